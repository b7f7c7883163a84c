"""Charts of power and intra-industry trade: what is drawn is what the answer says, to scale, in both languages, on any ground."""

from xml.etree import ElementTree

import polars as pl
import pytest

from entrepot.core.errors import InputError
from entrepot.report.chart import KINDS, Chart, chart_of, svg_of, svg_text
from entrepot.report.chart.model import Axis, Series
from entrepot.report.chart.svg import linear_ticks, log_ticks
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
