"""The main job in a browser: an exporter and a product, weights of one's own, and why a market stands where it stands."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect

CHILE_COPPER = "?exporter=CHL&product=2603&lang=en"


def choose(page: "sync_api.Page", label: str, typed: str, code: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(typed)
    page.get_by_role("option").filter(has_text=re.compile(rf"^{code}")).first.wait_for()
    box.press("Enter")


def order(page: "sync_api.Page") -> list[str]:
    page.locator("tbody tr[data-code]").first.wait_for()
    return page.locator("tbody tr[data-code]").evaluate_all("rows => rows.map(row => row.dataset.code)")


def move_weight(page: "sync_api.Page", column: str, steps: int) -> None:
    slider = page.locator(f'input[name="weight-{column}"]')
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_the_whole_way_from_question_to_a_link_that_shows_the_same(opened: "Opened") -> None:
    page = opened.page()
    choose(page, "Exporter", "chile", "CHL")
    choose(page, "Product", "2603", "2603")
    first = order(page)
    assert len(first) > 100
    expect(page).to_have_title(re.compile("Chile"))

    move_weight(page, "distance_km", 20)
    expect(page.locator('input[name="weight-distance_km"]')).to_have_value("3")
    page.wait_for_url(re.compile(r"distance_km=3"))
    reweighted = order(page)
    assert reweighted != first
    assert sorted(reweighted) == sorted(first)

    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name="权重")).to_be_visible()
    china = page.locator('tr[data-code="CHN"]')
    expect(china).to_contain_text("中国")
    china.get_by_role("button").click()
    detail = page.locator(".detail")
    expect(detail.get_by_role("heading", name="中国")).to_be_visible()
    expect(detail.locator(".split tbody tr").first).to_be_visible()
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
    expect(page.locator(".detail").get_by_role("heading", name="中国")).to_be_visible()
    expect(page.locator('input[name="weight-distance_km"]')).to_have_value("3")


def test_the_browsers_own_ranking_is_the_servers(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&weights=gap=2,distance_km=1,market_size_usd=0.5&scale=minmax")
    answer = page.request.get(
        "/api/v1/markets?exporter=CHL&product=2603&weights=gap=2,distance_km=1,market_size_usd=0.5&scale=minmax"
    ).json()
    assert order(page) == [row["importer"] for row in answer["rows"]]
    shown = page.locator("tbody tr[data-code] .score-number").all_inner_texts()
    assert shown == ["–" if row["score"] is None else f"{row['score']:.3f}" for row in answer["rows"]]


def test_back_and_forward_lead_through_the_views(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    ranked = order(page)
    page.get_by_role("columnheader", name=re.compile("Market size")).get_by_role("button").click()
    page.wait_for_url(re.compile(r"sort=-market_size_usd"))
    assert order(page) != ranked
    page.go_back()
    assert order(page) == ranked
    page.go_forward()
    expect(page.get_by_role("columnheader", name=re.compile("Market size"))).to_have_attribute(
        "aria-sort", "descending"
    )


def test_a_null_is_shown_as_its_reason(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER + "&columns=tariff")
    cell = page.locator('tbody td[data-col="tariff"]').first
    expect(cell).to_have_text("not loaded")


def test_rows_open_and_close_by_keyboard(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    codes = order(page)
    page.locator("tbody tr button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"market={codes[1]}"))
    expect(page.locator("#detail-heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".detail")).to_have_count(0)
    expect(page.locator(f'tr[data-code="{codes[1]}"] button')).to_be_focused()


def test_an_error_names_the_way_out(opened: "Opened") -> None:
    page = opened.page("?exporter=CHLE&product=2603&lang=en")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("CHLE")
    fix = alert.get_by_role("button", name=re.compile("instead"))
    nearest = re.search(r'"(\w+)"', fix.inner_text())
    assert nearest
    fix.click()
    page.wait_for_url(re.compile(rf"exporter={nearest[1]}&"))
    assert len(order(page)) > 100
    # The browser itself reports the answer 422 as an error; nothing else may be.
    opened.complaints[:] = [text for text in opened.complaints if "422" not in text]


def test_a_server_that_is_gone_can_come_back(opened: "Opened") -> None:
    page = opened.page(CHILE_COPPER)
    order(page)
    page.route("**/api/v1/markets*", lambda route: route.abort())
    page.locator('select[name="year"]').select_option("2020")
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    page.unroute("**/api/v1/markets*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".summary")).to_contain_text("2020")
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures(opened: "Opened", project: Path, lang: str, scheme: str, width: int) -> None:
    """Kept under build/screenshots to be looked at; and no page is wider than its window."""
    folder = project / "build/screenshots"
    for name, query in {"finder": "", "open": "&market=CHN"}.items():
        page = opened.page(
            f"?exporter=CHL&product=2603&lang={lang}{query}",
            width=width,
            height=900 if width > 500 else 844,
            scheme=scheme,
        )
        order(page)
        page.locator(".map-canvas canvas").first.wait_for()
        if query:
            page.locator(".spark svg").first.wait_for()
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=folder / f"{name}-{lang}-{scheme}-{width}.png")
