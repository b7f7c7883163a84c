"""Charts of power and intra-industry trade: what is drawn is what the answer says, to scale, in both languages, on any ground."""

import re
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree

import polars as pl
import pytest

from entrepot.core.errors import InputError
from entrepot.report.chart import KINDS, Chart, chart_of, svg_of, svg_text
from entrepot.report.chart.model import Axis, Series
from entrepot.report.chart.svg import legend, linear_ticks, log_ticks
from entrepot.workbench import open_workbench

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def answers():
    bench = open_workbench()

    def ask(lang: str):
        iit = {"partners": "WLD,developed", "by": "section", "years": "2000-2003", "lang": lang}
        return {
            "power": bench.power(economy="CHN", years="2000,2024", lang=lang),
            "power_change": bench.power_change("CHN", years="2000-2024", lang=lang),
            "power_roads": bench.power_roads("CHL", years="2000-2024", lang=lang),
            "power_leaders": bench.power_leaders(year=2024, lang=lang),
            "power_elasticities": bench.power_elasticities(product="2603", years="2020-2024", lang=lang),
            "iit": bench.iit("CHN", **iit),
            "iit_sources": bench.iit_sources("CHN", of="industry", **iit),
        }

    return {lang: ask(lang) for lang in ("en", "zh")}


@pytest.mark.parametrize(
    ("question", "kind"), [(question, kind) for question, kinds in KINDS.items() for kind in kinds]
)
def test_every_kind_is_valid_in_both_languages_and_on_any_ground(answers, question, kind):
    for lang in ("en", "zh"):
        result = answers[lang][question]
        chart = chart_of(result, kind)
        text = svg_of(chart)
        tree = ElementTree.fromstring(text)
        marks = [
            mark
            for name in ("rect", "circle")
            for mark in tree.iter(SVG + name)
            if mark.find(SVG + "title") is not None
        ]
        assert marks, "something is drawn, and says what it is"
        assert 'fill="white"' not in text
        assert "<style" not in text
        left, right = 0.0, float(tree.get("width"))
        for name, attribute in (("rect", "x"), ("circle", "cx")):
            for mark in tree.iter(SVG + name):
                assert left <= float(mark.get(attribute)) <= right
        told = chart.as_dict()
        assert told["kind"] == kind
        for series in told["series"]:
            assert len(series["values"]) in {len(told["categories"]), len(series["x"])}


def test_an_unknown_kind_names_the_others(answers):
    with pytest.raises(InputError) as refused:
        svg_text(answers["en"]["iit"], "pie")
    assert refused.value.valid == ("stack", "path", "bars")


def test_lines_are_the_aggregate_index_by_partner(answers):
    result = answers["en"]["iit"]
    chart = chart_of(result)
    assert chart.kind == "path", "several years are lines unless asked otherwise"
    for series in chart.series:
        rows = result.frame.filter((pl.col("partner") == series.id) & (pl.col("industry") == "TOTAL")).sort("year")
        assert series.x == (2000.0, 2001.0, 2002.0, 2003.0)
        assert series.values == tuple(rows["gl_aggregate"])


def test_stacks_sum_to_the_overlap(answers):
    result = answers["en"]["iit"]
    chart = chart_of(result, "stack")
    rows = result.frame.filter((pl.col("industry") == "TOTAL") & pl.col("year").is_in([2000, 2003]))
    sums = [sum(series.values[place] for series in chart.series) for place in range(len(chart.categories))]
    assert sums == pytest.approx(rows["gl_fine"].to_list())


def test_a_waterfall_leaves_nothing_over(answers):
    for question, column in (("power_change", "power_after"), ("iit_sources", None)):
        chart = chart_of(answers["en"][question])
        froms, tos = (series.values for series in chart.series)
        assert froms[1:-1] == tos[:-2], "each step begins where the last one ended"
        assert tos[-2] == pytest.approx(tos[-1], abs=1e-12), "and the last one at the last total"
        if column:
            total = answers["en"][question].frame.filter(pl.col("product") == "TOTAL")
            assert tos[-1] == total[column][0]


def test_columns_stand_to_scale():
    """0.1 + 0.3 on a scale whose top is 0.4: the pieces fill a quarter and three quarters of it."""
    series = (Series("a", "A", (0.1, 0.2)), Series("b", "B", (0.3, 0.0)))
    chart = Chart("stack", "t", Axis("", "text"), Axis("y", "fraction"), series, ("2000", "2001"))
    rects = [r for r in ElementTree.fromstring(svg_of(chart)).iter(SVG + "rect") if r.find(SVG + "title") is not None]
    heights = [float(rect.get("height")) for rect in rects]
    assert heights[1] == pytest.approx(3 * heights[0], abs=0.05)
    assert heights[2] == pytest.approx(2 * heights[0], abs=0.05)
    assert float(rects[1].get("y")) + heights[1] == pytest.approx(float(rects[0].get("y")), abs=0.02)


def test_a_gap_in_the_years_breaks_the_line():
    years = (2000.0, 2001.0, 2002.0, 2003.0)
    chart = Chart("path", "t", Axis("", "year"), Axis("y", "1"), (Series("a", "A", (1.0, None, 2.0, 3.0), years),))
    tree = ElementTree.fromstring(svg_of(chart))
    lines = [path for path in tree.iter(SVG + "path") if path.get("stroke-linecap") == "round"]
    assert len(lines) == 1
    assert len(list(tree.iter(SVG + "circle"))) == 3


def test_ticks_are_round_and_hold_the_values():
    assert linear_ticks(-0.3, 0.9) == [-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0]
    assert linear_ticks(2, 2)[0] <= 2 <= linear_ticks(2, 2)[-1]
    for low, high in ((0.011, 0.9), (1, 400), (3, 3), (1e-5, 20)):
        ticks = log_ticks(low, high)
        assert ticks[0] <= low <= high <= ticks[-1]
        assert len(ticks) >= 2


def test_a_notebook_shows_the_picture(answers):
    result = answers["en"]["power_leaders"]
    assert result.plot()._repr_svg_() == svg_text(result)
    assert result.plot(kind="bars") == svg_text(result, "bars")
    assert "<table" in result._repr_html_()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_question_draws_something_or_says_why_not(lang: str) -> None:
    bench = open_workbench()
    held = svg_text(bench.competitors("2603", "CHN", lang=lang))
    assert f">{'秘鲁' if lang == 'zh' else 'Peru'}<" in held
    known = svg_text(bench.availability("CHL", "2603", lang=lang))
    assert f">{'距离' if lang == 'zh' else 'Distance'}<" in known
    for drawn in (held, known):
        assert "Nothing to draw" not in drawn
        assert "无可绘制" not in drawn
    with pytest.raises(InputError) as refused:
        svg_text(bench.compare("CHL", "2603", "CHN,JPN", lang=lang))
    assert refused.value.code == "no_chart"
    compared = svg_text(bench.power_elasticities(lang=lang))
    assert "fixed_point" not in compared
    leading = svg_text(bench.power_leaders(lang=lang))
    assert ("领先的产品数" if lang == "zh" else "Products led") in leading, "what a bar is"


def test_the_source_is_told_whole_and_a_long_title_is_not_cut() -> None:
    result = open_workbench().markets("CHL", "2603")
    drawn = svg_text(result)
    said = re.sub(r"\s+", " ", " ".join(re.findall(r'font-size="10">([^<]*)</text>', drawn)))
    assert unescape(said).strip() == result.citation
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', drawn).group(1))
    assert max(float(y) for y in re.findall(r'y="([\d.]+)"', drawn)) < height
    titled = re.search(r'font-size="([\d.]+)" font-weight="600">([^<]*)<', drawn)
    assert not titled.group(2).endswith("…")
    assert float(titled.group(1)) * 0.62 * len(titled.group(2)) < 760


def test_entries_of_a_legend_do_not_run_into_each_other() -> None:
    series = [
        Series("a", name, (1.0,))
        for name in ("Democratic Republic of the Congo", "Developing (source of 2006)", "C", "D")
    ]
    drawn, high = legend(series, 100)
    starts = sorted({float(x) for x in re.findall(r'<rect x="(\d+)"', "".join(drawn))})
    letters = max(len(said) for said in re.findall(r">([^<]+)</text>", "".join(drawn)))
    assert min(b - a for a, b in pairwise(starts)) > 15 + 7 * letters
    assert high == 36, "three columns, so two lines"
