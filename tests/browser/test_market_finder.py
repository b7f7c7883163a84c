"""The main job in a browser: an exporter and a product, weights of one's own, and why a market stands where it stands."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.reading import choose, move_weight, order, rows, top

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect

CHILE_COPPER = "?exporter=CHL&product=2603&lang=en"


def test_the_whole_way_from_question_to_a_link_that_shows_the_same(opened: "Opened") -> None:
    page = opened.page()
    choose(page, "Exporter", "chile", "CHL")
    choose(page, "Product", "2603", "2603")
    first = order(page)
    assert len(first) > 100
    expect(page).to_have_title(re.compile("Chile"))

    move_weight(page, "distance_km", 20)
    expect(page.locator('input[type="range"][name="weight-distance_km"]')).to_have_value("3")
    page.wait_for_url(re.compile(r"distance_km=3"))
    reweighted = order(page)
    assert reweighted != first
    assert sorted(reweighted) == sorted(first)

    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name="权重")).to_be_visible()
    name = page.get_by_role("searchbox", name="筛选各行")
    name.fill("中国")
    china = page.locator('tr[data-code="CHN"]')
    expect(china).to_contain_text("中国")
    china.get_by_role("button").click()
    name.fill("")
    detail = page.locator(".detail")
    expect(detail.get_by_role("heading", name=re.compile("^中国"))).to_be_visible()
    expect(detail.locator(".spark")).to_have_count(3)

    score = float(detail.locator(".split tfoot td").nth(1).inner_text())
    parts = [float(text) for text in detail.locator(".split tbody td:nth-child(3)").all_inner_texts()]
    assert sum(parts) == pytest.approx(score, abs=0.0005 * (len(parts) + 1))

    page.wait_for_url(re.compile(r"market=CHN.*lang=zh"))
    link, left = page.url, order(page)
    page.reload()
    assert order(page) == left
    assert page.url == link
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator(".detail").get_by_role("heading", name=re.compile("^中国"))).to_be_visible()
    expect(page.locator('input[type="range"][name="weight-distance_km"]')).to_have_value("3")


def test_the_browsers_own_ranking_is_the_servers(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&weights=gap=2,distance_km=1,market_size_usd=0.5&scale=minmax")
    answer = page.request.get(
        "/api/v1/markets?exporter=CHL&product=2603&weights=gap=2,distance_km=1,market_size_usd=0.5&scale=minmax"
    ).json()
    shown = rows(page, '[data-col="score"]')
    assert [code for code, _ in shown] == [row["importer"] for row in answer["rows"]]
    said = ["–" if row["score"] is None else f"{row['score']:.3f}" for row in answer["rows"]]
    assert [text for _, text in shown] == said


def test_back_and_forward_lead_through_the_views(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    ranked = top(page)
    page.get_by_role("columnheader", name=re.compile("Market size")).locator(".head-sort").click()
    page.wait_for_url(re.compile(r"sort=-market_size_usd"))
    assert top(page) != ranked
    page.go_back()
    assert top(page) == ranked
    page.go_forward()
    expect(page.get_by_role("columnheader", name=re.compile("Market size"))).to_have_attribute(
        "aria-sort", "descending"
    )


def test_a_null_is_shown_as_its_reason(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&columns=tariff")
    cell = page.locator('tbody td[data-col="tariff"]').first
    expect(cell).to_have_text("not loaded")


@pytest.mark.parametrize(("lang", "said"), [("en", "of 5 years"), ("zh", "5 年中有")])
def test_codes_are_said_in_words(opened: "Opened", lang: str, said: str) -> None:
    page = opened.page(f"?exporter=CHL&product=2603&columns=growth,match&lang={lang}")
    cells = dict(rows(page, '[data-col="growth_basis"]'))
    answer = page.request.get("/api/v1/markets?exporter=CHL&product=2603").json()["rows"]
    coded = {row["importer"] for row in answer if row["growth_basis"]}
    assert len(coded) > 20
    assert all(said in cells[code] for code in coded)
    cell = page.locator('td[data-col="growth_basis"]:not(.missing)').first
    assert "\n" in (cell.get_attribute("title") or ""), "what it means stands beneath the words"
    assert "cagr+" not in page.locator("main").inner_text()


def test_of_a_wide_table_the_cells_in_sight_are_on_the_page_each_under_its_header(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&columns=all")
    codes = top(page, 3)
    heads = page.locator("thead th")
    assert heads.count() > 50, "every column can be sorted by wherever one is"
    assert page.locator(f'tr[data-code="{codes[0]}"] > *').count() < 25
    answer = page.request.get("/api/v1/markets?exporter=CHL&product=2603").json()["rows"]
    km = {row["importer"]: row["distance_km"] for row in answer}
    shown = dict(rows(page, '[data-col="distance_km"]'))
    assert {code: text.replace(",", "") for code, text in shown.items()} == {code: f"{km[code]:.0f}" for code in shown}
    for column in ("value_usd", "distance_km", "rank_high", "weight_present"):
        page.locator(f'thead th[data-col="{column}"]').scroll_into_view_if_needed()
        cell = page.locator(f'tr[data-code="{codes[0]}"] [data-col="{column}"]')
        head = page.locator(f'thead th[data-col="{column}"]')
        expect(cell).to_be_visible()
        places = [one.evaluate("one => one.getBoundingClientRect().right") for one in (head, cell)]
        assert places[0] == pytest.approx(places[1], abs=1)
    expect(page.locator(f'tr[data-code="{codes[0]}"] th button')).to_be_visible()


def test_a_row_that_a_link_opens_is_in_sight_and_moving_on_leaves_it_be(opened: "Opened") -> None:
    page = opened.page(f"{CHILE_COPPER}&market=CHN")
    box = page.locator(".table-scroll")
    row = page.locator('tr[data-code="CHN"]')
    expect(row).to_have_attribute("data-open", "true")
    around, own = (one.evaluate("one => one.getBoundingClientRect().toJSON()") for one in (box, row))
    assert around["top"] < own["top"] < own["bottom"] <= around["bottom"] + 1
    assert box.evaluate("box => box.scrollTop") > 0, "it stands too low to be seen without"
    box.evaluate("box => { box.scrollTop = 0 }")
    move_weight(page, "market_size_usd", 4)
    page.wait_for_url(re.compile("weights="))
    assert box.evaluate("box => box.scrollTop") == 0


def test_on_a_phone_the_view_that_is_shown_is_seen_among_the_views(opened: "Opened") -> None:
    page = opened.page("?view=study&lang=zh", width=390, height=844)
    shown = page.locator('nav.views [aria-current="page"]')
    expect(shown).to_be_visible()
    place = shown.evaluate("shown => shown.getBoundingClientRect().toJSON()")
    assert 0 <= place["left"] < place["right"] <= 390


def test_on_paper_the_table_is_whole(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    whole = len(order(page))
    lines = page.locator("tbody tr[data-code]")
    assert lines.count() < whole
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert lines.count() == whole
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(lines.nth(whole - 1)).to_have_count(0)


def test_columns_bounds_and_words_choose_what_is_in_sight_and_leave_ranks_alone(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    ranks = dict(rows(page, '[data-col="rank"]'))
    page.get_by_text("Columns one by one").click()
    page.get_by_role("checkbox", name="Unit value", exact=True).check()
    expect(page.locator('thead th[data-col="price_usd_t"]')).to_be_visible()
    page.wait_for_url(re.compile("columns=.*price_usd_t"))
    page.keyboard.press("Escape")

    page.get_by_text("Add a bound").first.click()
    page.get_by_label("Column", exact=True).select_option("market_size_usd")
    page.get_by_label("Bound in US$").fill("1,000,000,000")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("filter=market_size_usd"))
    large = dict(rows(page, '[data-col="rank"]'))
    assert 3 < len(large) < len(ranks)
    assert large == {code: ranks[code] for code in large}
    page.keyboard.press("Escape")

    page.get_by_role("searchbox", name="Filter rows").fill("jap")
    assert top(page) == ["JPN"]
    expect(page.locator('tr[data-code="JPN"] [data-col="rank"]')).to_have_text(ranks["JPN"])
    page.get_by_role("searchbox", name="Filter rows").fill("nowhere at all")
    page.get_by_role("button", name="Show all rows").click()
    assert len(order(page)) == len(ranks)


def test_candidates_and_a_basket_are_asked_of_the_server(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    world = len(order(page))
    page.get_by_text("Candidate markets").click()
    choose(page, "Narrow to", "latin america", "region:Latin America and the Caribbean")
    page.wait_for_url(re.compile("among="))
    expect(page.locator(".summary")).not_to_contain_text(f"of {world} ")
    near = order(page)
    assert "PER" in near
    assert "JPN" not in near
    page.get_by_label("Already served or new").select_option("new")
    page.wait_for_url(re.compile("served=new"))
    expect(page.locator('tr[data-served="true"]')).to_have_count(0)

    page.get_by_role("button", name="Ask about several products at once").click()
    choose(page, "Add to the basket", "2607", "2607")
    page.wait_for_url(re.compile("product=2603,2607"))
    expect(page.get_by_text("Basket of 2 products").first).to_be_visible()
    assert len(order(page)) > 0


def test_weights_can_be_saved_under_a_name(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&weights=gap=2,distance_km=1")
    order(page)
    page.get_by_text("Save these weights").click()
    page.get_by_label("Name of the profile").fill("our firm")
    page.get_by_role("button", name="Save", exact=True).click()
    preset = page.get_by_label("Preset")
    expect(preset).to_have_value("own:our firm")
    preset.select_option("low_risk")
    page.wait_for_url(re.compile("political_stability=3"))
    preset.select_option("own:our firm")
    page.wait_for_url(re.compile("weights=gap=2,distance_km=1"))
    page.reload()
    expect(preset).to_have_value("own:our firm")


def test_every_number_can_be_asked_how_it_is_computed(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&market=CHN")
    page.locator(".values").get_by_role("button", name="Share gap", exact=True).click()
    panel = page.get_by_role("dialog")
    entry = next(
        one for one in page.request.get("/api/v1/lists/indicators?lang=en").json()["indicators"] if one["id"] == "gap"
    )
    for part in ("formula", "undefined", "source"):
        expect(panel).to_contain_text(entry[part])
    page.wait_for_url(re.compile("how=gap"))
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.wait_for_url(re.compile("^(?!.*how=)"))


def test_an_error_names_the_way_out(opened: "Opened") -> None:
    page = opened.page("?exporter=CHLE&product=2603&lang=en")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("CHLE")
    fix = alert.get_by_role("button", name=re.compile("instead"))
    nearest = re.search(r'"(\w+)"', fix.inner_text())
    assert nearest
    fix.click()
    page.wait_for_url(re.compile(rf"exporter={nearest[1]}&"))
    assert len(top(page)) == 10
    # The browser itself reports the answer 422 as an error; nothing else may be.
    opened.complaints[:] = [text for text in opened.complaints if "422" not in text]


def test_the_answer_can_be_taken_away(opened: "Opened", tmp_path: Path) -> None:
    page = opened.page(CHILE_COPPER)
    page.locator(".map-drawing path").first.wait_for()
    begins = {"Map, SVG": b"<svg", "Map, PNG": b"\x89PNG", "Table, CSV": b"\xef\xbb\xbf", "Excel": b"PK"}
    for label, start in begins.items():
        page.get_by_text("Download", exact=True).click()
        with page.expect_download() as coming:
            page.locator(".popover-sheet").get_by_text(label).click()
        file = tmp_path / coming.value.suggested_filename
        coming.value.save_as(file)
        assert file.name.startswith("markets-CHL-2603")
        assert file.read_bytes().startswith(start)
        page.keyboard.press("Escape")
    drawn = (tmp_path / "markets-CHL-2603.svg").read_text(encoding="utf-8")
    assert "rgb(" in drawn, "the colours of the style sheet go along"
    assert "var(--" not in re.sub(r'style="[^"]*"', "", drawn)


def test_a_picture_that_cannot_be_made_is_said(opened: "Opened") -> None:
    page = opened.page("?lang=en")
    page.route("**/geometry/*", lambda route: route.abort())
    page.goto(f"/{CHILE_COPPER}")
    expect(page.locator(".map-frame")).to_contain_text("could not be loaded")
    page.get_by_text("Download", exact=True).click()
    page.locator(".popover-sheet").get_by_text("Map, SVG").click()
    expect(page.locator(".take-away [role=status]")).to_have_text("The picture could not be made")
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]
