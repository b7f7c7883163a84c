"""The market brief: what it says is what the answers say; it is safe, self-contained and in both languages."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest

from entrepot.analyses.brief import brief
from entrepot.analyses.spoken import cell_words
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.report.brief import brief_html, save_brief
from entrepot.report.brief.figures import WIDTH, Place, five_years, rank_scale, rivals, split
from entrepot.workbench import Workbench, open_workbench

DAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench()


@pytest.fixture(scope="module")
def japan(bench: Workbench):
    return brief(bench.snapshot, "CHL", "2603", "JPN", year=2024)


@pytest.fixture(scope="module")
def page(japan) -> str:
    return brief_html(japan, on=DAY, link="http://127.0.0.1:8000/?exporter=CHL&market=JPN", command="entrepot brief …")


def body(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(html)))


def test_the_page_is_well_formed_and_acts_on_nothing(page: str):
    ElementTree.fromstring(re.sub(r"<meta[^>]*>", "", page.split("\n", 1)[1]))
    assert "<script" not in page
    assert not re.search(r"\son\w+=|style=|javascript:", body(page))
    assert not re.search(r"(src|href)=\"(?!http://127)", body(page))


def test_the_policy_lets_exactly_this_style_act(page: str):
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    fingerprint = b64encode(sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)
    assert f"style-src 'sha256-{fingerprint}'" in policy
    assert "default-src 'none'" in policy


def test_the_words_are_those_of_the_ranking(japan, page: str, bench: Workbench):
    frame = bench.markets("CHL", "2603", year=2024).frame
    row = next(row for row in frame.iter_rows(named=True) if row["importer"] == "JPN")
    said = words(page)
    assert (
        f"Japan is number {row['rank']} of {frame.height} markets, between {row['rank_low']} and {row['rank_high']}"
        in said
    )
    share = f"{row['share_in_market'] * 100:.1f}\u202f%"
    assert share in page
    assert f"{row['gravity_share'] * 100:.1f}\u202f%" in page
    assert "2026-01-31" in said
    assert "minerals" in said
    assert japan.ranking.citation in said.replace("  ", " ")
    assert "http://127.0.0.1:8000/?exporter=CHL&amp;market=JPN" in page
    for note in japan.ranking.notes:
        assert note.en.split(". ")[0].split("<")[0][:40] in said


def test_what_is_missing_is_said_with_its_reason(page: str):
    assert re.search(r"no data loaded for it: [^.]*tariff", words(page))


def test_the_parts_of_the_score_are_all_drawn(japan, page: str):
    for part in japan.pages[0].parts.values():
        assert f">{part:.3f}<" in page
    assert f">{japan.pages[0].row['score']:.3f}<" in page


def test_five_years_and_the_competitors(japan, page: str):
    for year in range(2020, 2025):
        assert f">{year}<" in page
    largest = japan.pages[0].rivals.frame.row(0, named=True)
    assert f">{largest['exporter_name']}<" in page


def test_only_who_sells_there_counts_as_a_supplier(bench: Workbench):
    made = brief(bench.snapshot, "CHL", "2603", "JPN", year=2024, basis="world")
    rivals = made.pages[0].rivals.frame
    selling = rivals.filter(rivals["value_usd"] > 0).height
    assert selling < rivals.height, "at the world basis, all that sell to anyone have a gravity share"
    assert f">{selling} suppliers<" in brief_html(made, on=DAY)


def test_it_speaks_chinese(bench: Workbench):
    html = brief_html(brief(bench.snapshot, "CHL", "2603", "JPN", year=2024, lang="zh"), on=DAY)
    assert '<html lang="zh-Hans">' in html
    said = words(html)
    for heading in (
        "市场简报",
        "名次",
        "近五年",
        "该市场的供应方",
        "名次的由来",
        "缺失的数据",
        "使用须知",
        "方法",
        "数据来源",
    ):
        assert heading in said
    assert "亿美元" in said
    assert not re.search(r"[\u4e00-\u9fff]\s*[,;:]\s*[\u4e00-\u9fff]", said), "full-width punctuation"


def test_several_markets_are_put_side_by_side(bench: Workbench):
    made = brief(bench.snapshot, "CHL", "2603", "CHN，JPN、KOR", year=2024)
    html = brief_html(made, on=DAY)
    assert [page.code for page in made.pages] == ["CHN", "JPN", "KOR"]
    best = min(made.pages, key=lambda page: page.row["rank"])
    assert f'<td class="n best">{best.row["rank"]}</td>' in html
    for heading in ("Who sells there", "Five years", "Why this rank", "Caveats"):
        assert html.count(heading) == 1, "said once for all"
    for page in made.pages:
        assert html.count(f"<h3>{page.name}</h3>") == 4, "its words and its three pictures"
        assert f">{number_of(page, 'score')}<" in html


def number_of(page, column: str) -> str:
    return f"{page.row[column]:.3f}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mark_leads_from_each_value_to_its_year_and_source(bench: Workbench, lang: str):
    made = brief(bench.snapshot, "CHL", "2603", "CHN,JPN", year=2024, lang=lang)
    html = brief_html(made, on=DAY)
    told = dict(re.findall(r"<li><sup>(\d+)</sup>([^<]*)</li>", html))
    row = re.search(r"<tr><th scope=\"row\">(?:Political stability|政治稳定)</th>(.*?)</tr>", html).group(1)
    marks = re.findall(r"<sup>(\d+)</sup>", row)
    assert len(marks) == 2
    for page, mark in zip(made.pages, marks, strict=True):
        assert str(page.row["political_stability_year"]) in told[mark]
        assert cell_words("political_stability_source", page.row["political_stability_source"], lang) in told[mark]
    assert len(set(told.values())) == len(told), "each source once"
    assert all(mark in told for mark in re.findall(r"</?td[^>]*>[^<]*<sup>(\d+)</sup>", html))


def test_what_the_small_print_has_no_room_for_is_counted_and_said_where_to_find(japan):
    long = tuple(Text(f"Note {n}. " + "word " * 100, f"说明{n}。" + "字" * 300) for n in range(20))
    for lang, words_left in (("en", r"And (\d+) more, in full on the sheet “Notes”"), ("zh", r"另有 (\d+) 条")):
        made = replace(
            japan, ranking=replace(japan.ranking, notes=long, parameters={**japan.ranking.parameters, "lang": lang})
        )
        html = brief_html(made, on=DAY)
        left = int(re.search(words_left, html).group(1))
        shown = len(re.findall(r"Note \d|说明\d", html))
        assert 0 < shown < 20
        assert shown + left == 20
        assert ".xlsx" in html


def test_equal_weights_are_said_once_and_others_one_by_one(bench: Workbench):
    html = words(brief_html(brief(bench.snapshot, "CHL", "2603", "JPN", year=2024), on=DAY))
    assert "all with the same weight" in html
    own = brief(bench.snapshot, "CHL", "2603", "JPN", year=2024, weights="gap=2,distance_km=1")
    html = words(brief_html(own, on=DAY))
    assert "Score of: Share gap 2, Distance 1." in html
    assert "parameters made comparable by percentile; ranked by Score." in html


def test_closed_passages_stand_with_the_distance(bench: Workbench):
    made = brief(bench.snapshot, "CHN", "2804", "NLD", distance="sea", without="suez")
    assert "along shipping lanes, closed: Suez Canal" in words(brief_html(made, on=DAY))
    chinese = brief(bench.snapshot, "CHN", "2804", "NLD", distance="sea", without="suez", lang="zh")
    assert "沿航线，关闭：苏伊士运河" in words(brief_html(chinese, on=DAY))


def test_a_distance_of_cepii_is_called_what_it_is(japan):
    """GeoDist's distw: cities weighted by their people."""
    page = japan.pages[0]
    made = replace(japan, pages=(replace(page, row={**page.row, "distance_km_source": "cepii"}),))
    assert "CEPII, between cities, weighted by population" in words(brief_html(made, on=DAY))


def test_an_unserved_market_says_so(bench: Workbench):
    ranking = bench.markets("CHL", "2603", year=2024).frame
    code = next(row["importer"] for row in ranking.iter_rows(named=True) if row["value_usd"] == 0)
    html = words(brief_html(brief(bench.snapshot, "CHL", "2603", code, year=2024), on=DAY))
    assert "Chile sold none of it there in 2024." in html
    assert "no potential; weighted by sales to the world it would show one" in html


def test_a_ranking_by_one_column_says_so(bench: Workbench):
    made = brief(bench.snapshot, "CHL", "2603", "JPN", year=2024, rank_by="gap", weights="gap=0")
    html = words(brief_html(made, on=DAY))
    assert "Ranked by Share gap alone." in html
    assert "there is no score" in html


def test_names_from_outside_are_escaped():
    drawn = rivals([{"exporter_name": "<b>&", "asked": 1, "share_in_market": 0.5, "gravity_share": None}], "en")
    assert "&lt;b&gt;&amp;" in drawn
    ElementTree.fromstring(drawn)


def test_figures_stand_holes_and_extremes():
    for drawn in (
        five_years([2020, 2021], {"value_usd": [None, 0.0], "price_usd_t": [None, None]}, "en"),
        five_years([], {"value_usd": []}, "zh"),
        rank_scale([Place("A", 1, 1, 1)], 1, "en"),
        rivals([], "en"),
        split([("gap", -0.5, 0.5), ("growth", 0.25, 0.5)], "en"),
        split([], "zh"),
    ):
        ElementTree.fromstring(drawn)
        assert "nan" not in drawn
    drawn = five_years([2020], {"value_usd": [None], "share_in_market": [0.5]}, "en", WIDTH)
    assert ">–<" in drawn
    assert ">50.0\u202f%<" in drawn


def test_a_negative_part_lies_left_of_where_it_starts():
    drawn = ElementTree.fromstring(split([("a", 0.5, 0.5), ("b", -0.25, 0.5)], "en"))
    bars = {one.get("class"): one for one in drawn.iter("rect") if one.get("class") in {"own", "less", "total"}}
    ends = float(bars["own"].get("x")) + float(bars["own"].get("width"))
    assert float(bars["less"].get("x")) + float(bars["less"].get("width")) == pytest.approx(ends, abs=0.11)
    assert float(bars["total"].get("width")) == pytest.approx(float(bars["own"].get("width")) / 2, abs=0.11)


def test_saving_is_whole_and_never_over_another_file(japan, tmp_path: Path):
    path = save_brief(japan, tmp_path / "b.html", on=DAY)
    assert path.read_text("utf-8").startswith("<!doctype html>")
    with pytest.raises(InputError) as refused:
        save_brief(japan, path, on=DAY)
    assert refused.value.code == "file_exists"
    with pytest.raises(InputError) as refused:
        save_brief(japan, tmp_path / "b.pdf", on=DAY)
    assert refused.value.code == "unknown_suffix"


@pytest.mark.parametrize(
    ("market", "code"),
    [("CHN,JPN,KOR,IND", "too_many_markets"), (" , ", "too_many_markets"), ("CHN,中国", "repeated_market"), ("XYZ", "unknown_economy"), ("CHL", "not_among_markets")],
)  # fmt: skip
def test_bad_markets_are_told(bench: Workbench, market: str, code: str):
    with pytest.raises(InputError) as refused:
        brief(bench.snapshot, "CHL", "2603", market, year=2024)
    assert refused.value.code == code
