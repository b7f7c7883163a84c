"""Trade power and intra-industry trade in the browser: real questions, their options, files, keys, and what is said when nothing comes."""

import json
import re
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reading import choose, rows
from tests.browser.test_looks import axe, complaints

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect

__all__ = ["axe"]  # a fixture
COPPER = "view=power&product=2603"
OTHERS = (
    f"{COPPER}&show=path&chosen=CHL,PER",
    "view=power&exporter=CHN&show=change",
    "view=power&show=leaders",
    f"{COPPER}&show=elasticities",
    "view=iit&exporter=CHN&show=industries&by=hs4",
    "view=iit&exporter=CHN&show=competitiveness&by=hs4",
    "view=iit&exporter=CHN&show=sources",
)
WORDS = {
    "en": {
        "economy": "Economy",
        "typed": "peru",
        "vertical": "mostly horizontal",
        "over": "Over time",
        "file": "Excel",
    },
    "zh": {"economy": "经济体", "typed": "秘鲁", "vertical": "水平型为主", "over": "历年走势", "file": "Excel"},
}


def asked(opened: "Opened", query: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{opened.address}/api/v1/{query}", timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_holds_power_in_copper_ore(opened: "Opened", lang: str) -> None:
    words = WORDS[lang]
    answer = asked(opened, f"power?product=2603&lang={lang}")["rows"]
    page = opened.page(f"?{COPPER}&lang={lang}")
    shown = rows(page, 'td[data-col="tpi"]')
    assert [code for code, _ in shown] == [row["economy"] for row in answer]
    assert shown[0][1] == f"{answer[0]['tpi']:.3f}"
    expect(page.locator(".summary")).to_contain_text(answer[0]["economy_name"])

    choose(page, words["economy"], words["typed"], "PER")
    page.wait_for_url(re.compile("exporter=PER"))
    row = next(one for one in answer if one["economy"] == "PER")
    parts = page.locator(".power-split tbody tr").first.locator("td").all_inner_texts()
    assert parts[0] == f"{row['tlc_export']:.1%}"
    assert float(parts[1]) * row["tlc_export"] == pytest.approx(float(parts[2]), abs=0.001)

    with page.expect_download() as download:
        page.locator(".take-away summary").click()
        page.get_by_role("link", name=re.compile(words["file"])).click()
    assert download.value.suggested_filename == "power-2603.xlsx"

    page.locator(".tabs").get_by_role("button", name=words["over"]).click()
    page.wait_for_url(re.compile("show=path"))
    expect(page.locator(".chart-canvas canvas")).to_be_visible()
    assert {code.split("-")[0] for code, _ in rows(page)} == {"PER"}
    page.go_back()
    expect(page.locator(".power-split")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_is_the_copper_trade_of_china_vertical(opened: "Opened", lang: str) -> None:
    answer = asked(opened, f"iit?reporter=CHN&products=2603&by=section&level=hs6&lang={lang}")["rows"]
    total = next(row for row in answer if row["industry"] == "TOTAL")
    assert total["hiit"] > total["viit_high"] + total["viit_low"]
    page = opened.page(f"?view=iit&exporter=CHN&product=2603&show=kinds&lang={lang}")
    expect(page.locator(".summary")).to_contain_text(WORDS[lang]["vertical"])
    years = [code for code, _ in rows(page)]
    assert years[0] == "WLD-TOTAL-1995"
    assert len(years) == 30
    page.locator(".chart-foot summary").click()
    expect(page.locator(".figure-table tbody tr")).to_have_count(30)


def test_options_and_partners_stand_in_the_address_and_come_back(opened: "Opened") -> None:
    page = opened.page("?view=iit&exporter=CHN&years=2020-2024&lang=en")
    choose(page, "Partners", "developed (source", "developed")
    choose(page, "Partners", "developing (source", "developing")
    page.keyboard.press("Escape")
    page.locator(".method summary").click()
    page.locator('select[name="typing"]').select_option("ff")
    page.locator('input[name="alpha"]').fill("0.25")
    page.locator('input[name="alpha"]').press("Enter")
    page.wait_for_url(re.compile(r"partners=developed,developing.*years=2020-2024.*typing=ff.*alpha=0.25"))
    page.locator(".tabs").get_by_role("button", name="Tables").click()
    expect(page.locator(".publication")).to_have_count(4, timeout=30_000)
    again = opened.page(page.url.removeprefix(f"{opened.address}/"))
    expect(again.locator(".publication")).to_have_count(4, timeout=30_000)
    expect(again.locator(".chips").first).to_contain_text("Developing")


def test_what_is_asked_wrongly_is_said_with_a_way_out(opened: "Opened") -> None:
    page = opened.page(f"?{COPPER}&method=feenstr&lang=en")
    page.get_by_role("alert").get_by_role("button", name=re.compile("feenstra")).click()
    page.wait_for_url(re.compile("method=feenstra"))
    assert rows(page)
    opened.complaints[:] = [text for text in opened.complaints if "422" not in text]


def test_no_answer_about_one_economy_is_taken_for_another_that_traded_nothing(opened: "Opened") -> None:
    page = opened.page(f"?{COPPER}&exporter=CHL&show=path&lang=en")
    assert rows(page)
    page.route("**/api/v1/power?*", lambda route: route.abort())
    choose(page, "Economy", "peru", "PER")
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    expect(page.get_by_text("Nothing was traded")).to_have_count(0)
    page.unroute("**/api/v1/power?*")
    assert {code.split("-")[0] for code, _ in rows(page)} == {"PER"}
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


def test_a_server_that_is_gone_is_said(opened: "Opened") -> None:
    page = opened.page("?view=iit&lang=zh")
    page.locator(".examples a").first.wait_for()
    page.route("**/api/v1/iit?*", lambda route: route.abort())
    page.locator(".examples a").first.click()
    expect(page.get_by_role("alert")).to_contain_text("没有连接")
    page.unroute("**/api/v1/iit?*")
    assert rows(page)
    opened.complaints[:] = [text for text in opened.complaints if "ERR_FAILED" not in text]


def test_closed_passages_are_offered_on_sea_lanes_only(opened: "Opened") -> None:
    page = opened.page("?exporter=CHL&product=2603&lang=en")
    page.locator(".method summary").get_by_text("Method").click()
    expect(page.locator('input[name="without-suez"]')).to_have_count(0)
    page.locator('select[name="distance"]').select_option("sea")
    page.locator('input[name="without-panama"]').check()
    page.wait_for_url(re.compile("distance=sea&without=panama"))
    page.locator('select[name="distance"]').select_option("ports")
    page.wait_for_url(lambda url: "without" not in url)


def test_the_other_tabs_are_accessible(opened: "Opened", axe: str) -> None:
    page = opened.page(bypass_csp=True)
    for query in OTHERS:
        page.goto(f"/?{query}&lang=en")
        page.locator(".chart-canvas canvas").first.wait_for()
        page.evaluate(axe)
        assert complaints(page) == [], query
