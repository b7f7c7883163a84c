"""The charts of intra-industry trade: level over time by partner, kinds as stacked shares, sources of a change."""

from typing import Any

import polars as pl

from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.report.cells import compact
from entrepot.report.chart.model import Axis, Chart, Series
from entrepot.report.chart.ranking import MOST_BARS, about, bar_chart
from entrepot.report.heading import title

TOTAL = "TOTAL"
BROAD = (TOTAL, "PRIMARY", "MANUFACTURED")
MOST_LINES, MOST_STEPS = 8, 7
KINDS = ("hiit", "viit_high", "viit_low", "iit_untyped", "iit_below")


def over_years(result: Result) -> Chart:
    """The aggregate Grubel-Lloyd index of all industries, a line per partner; the eight with most trade."""
    rows = result.frame.filter(pl.col("industry") == TOTAL)
    size = rows.group_by("partner", "partner_name").agg(
        (pl.col("exports_usd") + pl.col("imports_usd")).sum().alias("size")
    )
    chosen = size.sort(-pl.col("size"), "partner").head(MOST_LINES)
    series = []
    for code, name in chosen.select("partner", "partner_name").iter_rows():
        own = rows.filter(pl.col("partner") == code).sort("year")
        series.append(Series(code, name, tuple(own["gl_aggregate"]), tuple(float(year) for year in own["year"])))
    y = Axis(about(result, "gl_aggregate").name.say(result.lang), "fraction")
    return _chart("path", result, Axis(Text("Year", "年份").say(result.lang), "year"), y, tuple(series))


def stacked_kinds(result: Result) -> Chart:
    """Horizontal and vertical shares of trade that sum to the overlap of the finest cells: by year, partner or industry."""
    frame, lang = result.frame, result.lang
    total = frame.filter(pl.col("industry") == TOTAL)
    years, partners = frame["year"].n_unique(), frame["partner"].n_unique()
    if partners == 1 and years > 1:
        rows = total.sort("year")
        categories = [str(year) for year in rows["year"]]
    elif partners > 1:
        ends = [total["year"].min(), total["year"].max()]
        rows = total.filter(pl.col("year").is_in(ends)).head(MOST_BARS)
        pairs = rows.select("partner_name", "year").iter_rows()
        categories = [f"{year} {name}" if years > 1 else str(name) for name, year in pairs]
    else:
        rows = _by_trade(result)
        categories = _industries(rows)
    used = [name for name in KINDS if rows[name].fill_null(0.0).sum() > 0]
    series = tuple(Series(name, about(result, name).name.say(lang), tuple(rows[name])) for name in used)
    whole = [sum(row[name] or 0.0 for name in used) for row in rows.select(used).iter_rows(named=True)] if used else []
    ends_said = tuple(compact(value, "fraction", lang) for value in whole)
    y = Axis(Text("Share of trade", "占贸易额的比例").say(lang), "fraction")
    return _chart("stack", result, Axis("", "text"), y, series, categories=tuple(categories), ends=ends_said)


def by_industry(result: Result) -> Chart:
    """The Grubel-Lloyd index of the twenty industries with most trade, latest year, first partner."""
    rows = _by_trade(result).drop_nulls("gl")
    ends = [compact(value, "fraction", result.lang) for value in rows["gl"]]
    return bar_chart(result, "gl", _industries(rows), ends, {"gl": rows["gl"].to_list()}, "fraction")


def sources(result: Result) -> Chart:
    """From the index of the first year over the contributions of classes to that of the last; first partner."""
    frame, lang = result.frame, result.lang
    own = frame.filter(pl.col("partner") == frame["partner"][0]).with_columns(pl.col(pl.Float64).fill_null(0.0))
    sides = [float((own[f"trade_share_{end}"] * own[f"gl_{end}"]).sum()) for end in ("before", "after")]
    parts = own.with_columns(
        (pl.col("trade_share_after") * pl.col("gl_after") - pl.col("trade_share_before") * pl.col("gl_before")).alias(
            "part"
        )
    ).sort(-pl.col("part").abs(), "industry")
    steps = [
        (str(name), float(part)) for name, part in parts.select("industry_name", "part").head(MOST_STEPS).iter_rows()
    ]
    rest = float(parts["part"][MOST_STEPS:].sum()) if parts.height > MOST_STEPS else 0.0
    if rest:
        steps.append((Text("all others", "其余").say(lang), rest))
    categories, froms, tos, level = [str(own["from_year"][0])], [0.0], [sides[0]], sides[0]
    for name, part in steps:
        categories.append(name)
        froms.append(level)
        level += part
        tos.append(level)
    series = (Series("from", "from", (*froms, 0.0)), Series("to", "to", (*tos, sides[1])))
    y = Axis(Text("Grubel-Lloyd index, all industries", "G-L 指数（全部产业）").say(lang), "fraction")
    partner = str(own["partner_name"][0])
    chart = _chart("waterfall", result, Axis("", "text"), y, series, categories=(*categories, str(own["to_year"][0])))
    return Chart(
        **{**{name: getattr(chart, name) for name in Chart.__dataclass_fields__}, "title": f"{chart.title}: {partner}"}
    )


def _by_trade(result: Result) -> pl.DataFrame:
    """Industries of the latest year and the first partner, most trade first."""
    frame = result.frame.filter((pl.col("year") == result.frame["year"].max()) & ~pl.col("industry").is_in(BROAD))
    own = frame.filter(pl.col("partner") == result.frame["partner"][0])
    return own.sort(-(pl.col("exports_usd") + pl.col("imports_usd")), "industry").head(MOST_BARS)


def _industries(rows: pl.DataFrame) -> list[str]:
    return [
        f"{code} {name}" if code not in str(name) else str(name)
        for code, name in rows.select("industry", "industry_name").iter_rows()
    ]


def _chart(kind: Any, result: Result, x: Axis, y: Axis, series: tuple[Series, ...], **more: Any) -> Chart:
    return Chart(kind, title(result), x, y, series, source=result.citation, lang=result.lang, **more)


IIT = {"stack": stacked_kinds, "path": over_years, "bars": by_industry}
SOURCES = {"waterfall": sources}
