"""The other views: what else could be sold to a market, what to look at first, an economy and a product at a glance."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reading import ask, choose, move_weight, order, rows, top

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect

PRODUCTS = "?view=products&exporter=CHL&market=CHN"
PRIORITIES = "?view=priorities&exporter=CHL"
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "products": "Products",
        "priorities": "Priorities",
        "exporter": ("Exporter", "chile"),
        "market": ("Market", "china"),
        "served": "Already sold there",
        "download": "Download",
        "xlsx": "Table with formulas and sources, Excel",
        "sheet": "RANKING",
        "overview": "Overview of this product",
        "markets": "Markets for Chile",
        "copy": "Copy link",
        "copied": "Link copied",
    },
    "zh": {
        "products": "找产品",
        "priorities": "优先方向",
        "exporter": ("出口方", "智利"),
        "market": ("市场", "中国"),
        "served": "是否已有出口",
        "download": "下载",
        "xlsx": "含公式与来源的表格（Excel）",
        "sheet": "排名",
        "overview": "该产品概览",
        "markets": "智利的市场",
        "copy": "复制链接",
        "copied": "链接已复制",
    },
}


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_trade_office_takes_the_untapped_products_away_and_the_workbook_gives_the_same_score(
    opened: "Opened", tmp_path: Path, lang: str
) -> None:
    pytest.importorskip("formulas")
    from tests.report.test_live_score import computed

    words = WORDS[lang]
    page = opened.page(f"?lang={lang}")
    page.get_by_role("link", name=words["products"], exact=True).click()
    choose(page, *words["exporter"], "CHL")
    choose(page, *words["market"], "CHN")
    page.get_by_label(words["served"]).select_option("new")
    page.wait_for_url(re.compile("view=products.*served=new"))
    asked = f"products?exporter=CHL&market=CHN&served=new&rank_by=unrealised_usd&lang={lang}"
    answer = ask(page, asked)["rows"]
    expect(page.locator("table")).to_have_attribute("aria-rowcount", str(len(answer) + 1))
    assert order(page) == [row["product"] for row in answer]
    assert all(row["value_usd"] in {0, None} for row in answer)
    potential = [row["unrealised_usd"] for row in answer if row["unrealised_usd"] is not None]
    assert potential == sorted(potential, reverse=True)

    page.locator(".take-away summary").filter(has_text=words["download"]).click()
    with page.expect_download() as saving:
        page.get_by_role("link", name=words["xlsx"]).click()
    book = tmp_path / "products.xlsx"
    saving.value.save_as(book)
    found = computed(book, words["sheet"])["score"]
    assert found == pytest.approx([row["score"] for row in answer], abs=1e-9)
    shown = [text for _, text in rows(page, '[data-col="score"]')]
    assert shown == [f"{score:.3f}" for score in found]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_ministry_goes_from_priorities_to_a_product_to_a_market_and_shares_the_link(
    opened: "Opened", lang: str
) -> None:
    words = WORDS[lang]
    page = opened.page(f"?lang={lang}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name=words["priorities"], exact=True).click()
    choose(page, *words["exporter"], "CHL")
    first = top(page, 1)[0]
    product, market = first.split("-")
    page.locator(f'.pair-cell[data-pair="{first}"]').click()
    page.wait_for_url(re.compile(f"product={product}&market={market}"))
    expect(page.locator(f'tr[data-code="{first}"]')).to_have_attribute("data-open", "true")
    page.locator(".detail").get_by_role("link", name=words["overview"]).click()
    page.wait_for_url(re.compile(f"view=product&.*product={product}"))
    expect(page.locator("h1 .code")).to_have_text(product)
    page.get_by_role("link", name=words["markets"]).click()
    page.wait_for_url(re.compile(f"^[^?]*[?]exporter=CHL&product={product}"))
    page.locator(f'tr[data-code="{top(page, 3)[2]}"] th button').click()
    heading = page.locator("#detail-heading").inner_text()
    page.get_by_role("button", name=words["copy"]).click()
    expect(page.get_by_text(words["copied"])).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")

    other = opened.page()
    other.goto(link)
    expect(other.locator("#detail-heading")).to_have_text(re.compile(re.escape(heading.split()[0])))
    assert other.url == page.url
    assert order(other) == order(page)
    assert other.locator("#detail-heading").inner_text() == heading
    expect(other.locator("html")).to_have_attribute("lang", re.compile(lang))


def test_the_heat_map_says_what_the_table_says_and_leads_to_either_finder(opened: "Opened") -> None:
    page = opened.page(f"{PRIORITIES}&top=100&lang=en")
    listed = order(page)
    assert len(listed) == 100
    cells = page.locator(".pair-cell").evaluate_all("cells => cells.map(cell => cell.dataset.pair)")
    assert set(cells) <= set(listed)
    assert len(set(cells)) == len(cells) > 50
    said = page.locator(f'.pair-cell[data-pair="{listed[0]}"] title').text_content() or ""
    assert "(rank 1)" in said
    name = page.locator(f'tr[data-code="{listed[0]}"] .row-name').inner_text()
    assert said.startswith(name)
    product, market = listed[0].split("-")
    page.locator(".heat-drawing").get_by_role("link", name=re.compile(f"Markets for .* {product}$")).click()
    page.wait_for_url(re.compile(f"[?]exporter=CHL&product={product}"))
    assert market in order(page)
    page.go_back()
    page.locator(".heat-drawing").get_by_role("link", name=re.compile("Products for")).first.click()
    page.wait_for_url(re.compile("view=products&exporter=CHL&market="))
    assert product in order(page)


def test_a_tree_map_takes_the_place_of_the_heat_map(opened: "Opened") -> None:
    page = opened.page(f"{PRIORITIES}&show=tree&lang=en")
    first = top(page, 1)[0]
    product, market = first.split("-")
    cell = page.locator(f'.tree-drawing .pair-cell[data-pair="{first}"]')
    sizes = page.locator(".pair-cell").evaluate_all(
        "cells => cells.map(cell => cell.width.baseVal.value * cell.height.baseVal.value)"
    )
    own = cell.evaluate("cell => cell.width.baseVal.value * cell.height.baseVal.value")
    assert own == max(sizes), "the largest potential has the largest area"
    cell.click()
    page.wait_for_url(re.compile(f"product={product}&market={market}"))
    expect(page.locator(".detail")).to_be_visible()


@pytest.mark.parametrize(("show", "key"), [("heat", "ArrowRight"), ("tree", "ArrowDown")])
def test_every_cell_of_a_picture_is_reached_by_keyboard_says_its_number_and_opens(
    opened: "Opened", show: str, key: str
) -> None:
    page = opened.page(f"{PRIORITIES}&top=50&show={show}&lang=en")
    cells = page.locator(".pair-cell")
    cells.first.wait_for()
    stop = page.locator('.pair-cell[tabindex="0"]')
    expect(stop).to_have_count(1)
    stop.focus()
    place = "[document.activeElement.dataset.pair, document.activeElement.getAttribute('aria-label')]"
    seen = dict([page.evaluate(place)])
    page.keyboard.press(key)
    assert page.evaluate(place)[0] not in seen, "an arrow leads on"
    expect(stop).to_be_focused()
    page.keyboard.press("Home")
    for _ in range(cells.count() - 1):
        page.keyboard.press("PageDown")
        code, name = page.evaluate(place)
        seen[code] = name
    page.keyboard.press("PageDown")
    assert page.evaluate(place)[0] == code, "there is none behind the last"
    assert len(seen) == cells.count() > 20
    assert all(re.search(r"→ .+: US\$[\d.]+[KMB]? \(rank \d+\)$", name) for name in seen.values())
    page.keyboard.press("Enter")
    product, market = code.split("-")
    page.wait_for_url(re.compile(f"product={product}&market={market}"))
    expect(page.locator("#detail-heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".detail")).to_have_count(0)
    expect(page.locator(f'.pair-cell[data-pair="{code}"]')).to_be_focused()


def test_priorities_can_be_kept_to_some_markets_and_the_link_says_so(opened: "Opened") -> None:
    page = opened.page(f"{PRIORITIES}&lang=en")
    world = {row["importer"] for row in ask(page, "priorities?exporter=CHL&rank_by=unrealised_usd")["rows"]}
    page.get_by_text("Candidate markets").click()
    choose(page, "Narrow to", "asia", "region:Asia")
    page.wait_for_url(re.compile("among=region%3AAsia"))
    narrowed = ask(page, "priorities?exporter=CHL&rank_by=unrealised_usd&among=region:Asia")["rows"]
    asia = {row["importer"] for row in narrowed}
    assert asia - world != asia != world
    expect(page.locator(".summary")).to_contain_text(f"{len(asia)} markets")
    page.reload()
    assert order(page) == [f"{row['product']}-{row['importer']}" for row in narrowed]
    expect(page.get_by_role("list", name="Candidate markets")).to_contain_text("Asia")


def test_the_table_keeps_room_beside_a_product_that_is_open(opened: "Opened") -> None:
    page = opened.page(f"{PRODUCTS}&product=2603&lang=en")
    page.locator(".rivals tbody tr").first.wait_for()
    widths = {one: page.locator(one).first.bounding_box() for one in (".table-scroll", ".detail", ".side")}
    assert widths[".table-scroll"]["width"] > 600
    assert widths[".detail"]["width"] > 350
    assert widths[".detail"]["x"] > widths[".table-scroll"]["x"] + widths[".table-scroll"]["width"]
    expect(page.locator('input[type="range"][name="weight-distance_km"]')).to_be_visible()


def test_moving_a_weight_ranks_the_products_by_their_score(opened: "Opened") -> None:
    page = opened.page(f"{PRODUCTS}&lang=en")
    by_potential = order(page)
    move_weight(page, "market_size_usd", 40)
    page.wait_for_url(re.compile("market_size_usd=5.*rank_by=score"))
    by_score = order(page)
    weights = re.search("weights=([^&]*)", page.url)
    assert weights
    answer = ask(page, f"products?exporter=CHL&market=CHN&weights={weights[1]}")["rows"]
    assert by_score == [row["product"] for row in answer] != by_potential


def test_a_product_opens_by_keyboard_and_closes_again(opened: "Opened") -> None:
    page = opened.page(f"{PRODUCTS}&lang=en")
    codes = top(page, 3)
    page.locator("tbody tr button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"product={codes[1]}"))
    expect(page.locator("#detail-heading")).to_be_focused()
    expect(page.locator(".detail .spark")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".detail")).to_have_count(0)
    expect(page.locator(f'tr[data-code="{codes[1]}"] button')).to_be_focused()


def test_what_is_not_known_yet_is_not_called_unknown(opened: "Opened") -> None:
    """An overview asks two registries; the second has the entry."""
    page = opened.page("?view=economy&exporter=CHL&lang=en")
    page.route("**/api/v1/lists/indicators?*family=finder*", lambda route: route.abort())
    page.locator('.part [data-how="unrealised_usd"]').click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("alert")).to_contain_text("No connection")
    expect(panel).not_to_contain_text("no entry")
    page.unroute("**/api/v1/lists/indicators?*family=finder*")
    expect(panel).to_contain_text("Formula")
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


@pytest.mark.parametrize(
    "query",
    ["view=products&exporter=CHLE&market=CHN", "view=priorities&exporter=CHLE", "view=economy&exporter=CHLE"],
)
def test_every_view_names_the_way_out_of_an_error(opened: "Opened", query: str) -> None:
    page = opened.page(f"?{query}&lang=en")
    fix = page.get_by_role("alert").get_by_role("button", name=re.compile("instead"))
    nearest = re.search(r'"(\w+)"', fix.inner_text())
    assert nearest
    fix.click()
    page.wait_for_url(re.compile(rf"exporter={nearest[1]}&"))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("main h1")).to_be_visible()
    # The browser itself reports the answer 422 as an error; nothing else may be.
    opened.complaints[:] = [text for text in opened.complaints if "422" not in text]


@pytest.mark.parametrize("view", ["products&market=CHN", "priorities", "economy", "product&product=2603"])
def test_every_view_says_that_the_server_is_gone_and_recovers(opened: "Opened", view: str) -> None:
    page = opened.page("?lang=en")
    page.locator(".examples a").first.wait_for()
    page.route(re.compile(r"/api/v1/(products|priorities|economy|product)[?]"), lambda route: route.abort())
    page.goto(f"/?view={view}&exporter=CHL&lang=en")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("No connection")
    page.unroute(re.compile(r"/api/v1/(products|priorities|economy|product)[?]"))
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    expect(page.locator("main h1")).to_be_visible()
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


@pytest.mark.parametrize("view", ["products", "priorities", "economy", "product"])
def test_a_view_that_is_asked_nothing_has_examples_that_work(opened: "Opened", view: str) -> None:
    page = opened.page(f"?view={view}&lang=zh")
    page.locator(".examples a").first.click()
    expect(page.locator(".headline h1")).to_be_visible()
    expect(page.locator("[data-code], figure.chart").first).to_be_visible()


def test_pictures_and_tables_can_be_taken_away(opened: "Opened", tmp_path: Path) -> None:
    page = opened.page(f"{PRIORITIES}&lang=en")
    page.locator(".pair-cell").first.wait_for()
    page.locator(".take-away summary").click()
    begins = {"Heat map, SVG": b"<svg", "Heat map, PNG": b"\x89PNG", "Table, CSV": b"\xef\xbb\xbf"}
    for name, begin in begins.items():
        with page.expect_download() as saving:
            page.locator(".take-away").get_by_text(name, exact=True).click()
        assert saved(saving.value, tmp_path).startswith(begin), name
    page.goto("/?view=economy&exporter=CHL&lang=en")
    figure = page.locator("figure.chart").first
    for name, begin in {"PNG": b"\x89PNG", "SVG": b"<svg"}.items():
        with page.expect_download() as saving:
            figure.get_by_role("button", name=name).click()
        assert saved(saving.value, tmp_path).startswith(begin), name
    page.locator(".take-away summary").click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="All tables with sources, Excel").click()
    assert saved(saving.value, tmp_path).startswith(b"PK")


def test_who_sells_a_product_is_computed_as_its_row_and_never_that_of_the_product_before(opened: "Opened") -> None:
    page = opened.page(f"{PRODUCTS}&lang=en")
    first, second = top(page, 2)
    row = ask(page, "products?exporter=CHL&market=CHN&rank_by=unrealised_usd")["rows"][0]
    assert row["product"] == first
    said = f"{100 * row['gravity_share']:.1f}"
    printed = ask(page, f"competitors?exporter=CHL&product={first}&market=CHN")["rows"]
    assert said not in {f"{100 * one['gravity_share']:.1f}" for one in printed if one["asked"]}, "the other basis"
    page.locator(f'tr[data-code="{first}"] button').click()
    asked = page.locator('.rivals tr[data-asked="true"]')
    expect(asked.locator("td").nth(2)).to_have_text(said)
    expect(page.locator(".detail .spark")).to_have_count(3)

    page.route(re.compile("/api/v1/(competitors|history)[?]"), lambda route: route.abort())
    page.locator(f'tr[data-code="{second}"] button').click()
    expect(page.locator("#detail-heading .code")).to_have_text(second)
    expect(page.locator(".detail [role=alert]")).to_have_count(2)
    expect(asked).to_have_count(0)
    expect(page.locator(".detail .spark")).to_have_count(0)
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


def saved(download: Any, folder: Path) -> bytes:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()
