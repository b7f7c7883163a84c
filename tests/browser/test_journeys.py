"""Whole ways through the app, as the people go them for whom it is made."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.reading import choose, move_weight, top

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect

WORDS = {
    "en": {
        "exporter": "Exporter",
        "product": "Product",
        "typed": ("chile", "copper ores"),
        "tick": "Choose {} to compare",
        "compare": "Compare side by side",
        "caption": "Chosen markets side by side",
        "brief": "Market brief",
        "score": "Score",
    },
    "zh": {
        "exporter": "出口方",
        "product": "产品",
        "typed": ("智利", "铜矿砂"),
        "tick": "选择{}以作比较",
        "compare": "并排比较",
        "caption": "已选市场并排比较",
        "brief": "市场简报",
        "score": "得分",
    },
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_firm_finds_three_markets_compares_two_and_prints_a_brief(opened: "Opened", lang: str) -> None:
    words = WORDS[lang]
    page = opened.page(f"?lang={lang}")
    choose(page, str(words["exporter"]), words["typed"][0], "CHL")
    choose(page, str(words["product"]), words["typed"][1], "2603")
    before = top(page, 3)

    move_weight(page, "distance_km", 40)
    page.locator(".more-weights summary").click()
    move_weight(page, "political_stability", 40)
    page.wait_for_url(re.compile(r"distance_km=5.*political_stability=4"))
    best = top(page, 3)
    assert len(set(best)) == 3
    assert best != before

    names = [page.locator(f'tr[data-code="{code}"] .market-name').inner_text() for code in best[:2]]
    for name in names:
        page.get_by_role("checkbox", name=str(words["tick"]).format(name), exact=True).check()
    page.wait_for_url(re.compile(f"chosen={best[0]},{best[1]}"))
    page.locator(".chosen").get_by_role("button", name=str(words["compare"])).click()
    compared = page.get_by_role("table", name=str(words["caption"]))
    for name in names:
        expect(compared.get_by_role("columnheader", name=re.compile(re.escape(name)))).to_be_visible()
    scores = compared.get_by_role("row", name=re.compile(f"^{words['score']}")).locator("td").all_inner_texts()
    assert float(scores[0]) >= float(scores[1]) > 0

    with page.expect_popup() as opening:
        page.get_by_role("link", name=str(words["brief"])).click()
    brief = opening.value
    brief.wait_for_load_state()
    for name in names:
        expect(brief.locator("body")).to_contain_text(name)
    expect(brief.locator("html")).to_have_attribute("lang", re.compile(lang))
    assert len(brief.pdf(format="A4")) > 10_000


def test_everything_by_keyboard(opened: "Opened") -> None:
    page = opened.page("?lang=en")
    keys = page.keyboard
    page.get_by_role("link", name="Chile, copper ores").wait_for()
    keys.press("/")
    expect(page.locator('input[name="exporter"]')).to_be_focused()
    keys.type("zhili")
    keys.press("Enter")
    page.wait_for_url(re.compile("exporter=CHL"))
    keys.press("Escape")
    page.locator("body").press("Tab")
    page.evaluate("document.activeElement.blur()")
    keys.press("/")
    expect(page.locator('input[name="product"]')).to_be_focused()
    keys.type("2603")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("Enter")
    page.wait_for_url(re.compile("product=2603"))

    codes = top(page, 4)
    page.locator("tbody tr button").first.focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page.locator(f'tr[data-code="{codes[2]}"] button')).to_be_focused()
    keys.press("End")
    last = page.evaluate("document.activeElement.closest('tr').dataset.code")
    assert last not in codes
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(re.compile(f"market={codes[1]}"))
    expect(page.locator("#detail-heading")).to_be_focused()
    keys.press("Escape")
    expect(page.locator(".detail")).to_have_count(0)
    expect(page.locator(f'tr[data-code="{codes[1]}"] button')).to_be_focused()

    keys.press("Shift+Tab")
    keys.press("Space")
    page.wait_for_url(re.compile(f"chosen={codes[1]}"))

    page.locator('thead th[data-col="gap"] .head-sort').focus()
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Share gap")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    keys.press("Enter")
    page.wait_for_url(re.compile("sort=-gap"))

    keys.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus is seen"


def test_nothing_holds_the_focus(opened: "Opened") -> None:
    """Tab leads from the first thing on the page to the last and past it."""
    page = opened.page("?exporter=CHL&product=2603&lang=en")
    top(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the answer")).to_be_focused()
    reached = set()
    for _ in range(220):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement?.closest('header, aside.ask, main, aside.side, footer')?.className ?? 'out'"
        )
        reached.add(place)
        if place == "out":
            break
    assert {"masthead", "ask", "answer", "side", "out"} <= reached


def test_a_server_that_is_gone_comes_back_by_itself(opened: "Opened") -> None:
    page = opened.page("?exporter=CHL&product=2603&lang=en")
    top(page)
    page.route("**/api/v1/**", lambda route: route.abort())
    page.locator('select[name="year"]').select_option("2020")
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    expect(page.locator(".banner")).to_contain_text("last answer")
    assert len(top(page)) == 10, "the last answer stays"
    page.unroute("**/api/v1/**")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=20_000)
    expect(page.locator(".summary")).to_contain_text("2020")
    expect(page.locator(".banner")).to_be_hidden()
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


def test_a_server_that_is_gone_from_the_start_is_said_at_once(opened: "Opened") -> None:
    page = opened.page("?lang=zh")
    page.locator(".examples a").first.wait_for()
    page.route("**/api/v1/markets*", lambda route: route.abort())
    page.locator(".examples a").first.click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("没有连接")
    page.unroute("**/api/v1/markets*")
    retry = alert.get_by_role("button", name="重试")
    if retry.count():
        retry.click()
    assert len(top(page)) == 10
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]
