"""The market brief on paper: how many sheets of A4 it takes, and that nothing runs over the edge."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from entrepot.core.text import Text
from entrepot.report.brief import brief_html
from entrepot.workbench import Workbench, open_workbench

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHEET_PX = 703  # the width of A4 within its margins, in CSS pixels


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench()


# The longest that people ask: a group that sells, a basket, passages closed, every market of several agreements.
LONG = {"basis": "world", "distance": "sea", "without": "suez,malacca"}
FILLING = tuple(Text(f"Note {n}: " + "a word more " * 14, f"说明{n}：" + "再说一句。" * 14) for n in range(40))
ASKED = {
    "one": ("CHL", "2603", "CHN", {}),
    "two": ("CHL", "2603", "CHN,JPN", {}),
    "two, much to say": ("EU27", "2519,2603,2616", "CHN,IND", LONG),
    "two, notes without end": ("CHL", "2603", "CHN,JPN", {}),
    "three": ("CHL", "2603", "CHN,JPN,IND", {}),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", ASKED)
def test_it_prints_on_two_sheets_and_nothing_is_cut(
    bench: Workbench, browser: "Browser", tmp_path: Path, case: str, lang: str
) -> None:
    exporter, product, markets, options = ASKED[case]
    brief = bench.brief(exporter, product, markets, lang=lang, **options)
    if case == "two, notes without end":
        ranking = replace(brief.ranking, notes=(*brief.ranking.notes, *FILLING))
        brief = replace(brief, ranking=ranking)
    path = tmp_path / "brief.html"
    path.write_text(
        brief_html(brief, on=date(2026, 1, 31), link="http://127.0.0.1/", command="entrepot brief …"), "utf-8"
    )
    page = browser.new_page(viewport={"width": SHEET_PX, "height": 1000})
    try:
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        wide = page.evaluate(
            "Math.max(...[...document.querySelectorAll('svg text, td, th, p, li')].map(one => one.getBoundingClientRect().right))"
        )
        left = page.evaluate(
            "Math.min(...[...document.querySelectorAll('svg text, td, th, p, li')].map(one => one.getBoundingClientRect().left))"
        )
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
    finally:
        page.close()
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert sheets <= 2, f"{case}, {lang}"
    assert wide <= SHEET_PX + 3, "a mark may hang over the edge by less than a millimetre"
    assert left >= -1
