"""The charts of trade power: rankings, paths, share against price, stages, where a change comes from."""

from dataclasses import replace
from typing import Any, get_args

import polars as pl

from entrepot.analyses.result import Result
from entrepot.analyses.spoken import WORDS
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.formulas.power.roads import Road, Stage
from entrepot.report.cells import compact
from entrepot.report.chart.model import Axis, Band, Chart, Series
from entrepot.report.chart.ranking import MOST_BARS, about, bar_chart
from entrepot.report.heading import header, title

TOTAL = "TOTAL"
MOST_LINES, MOST_POINTS = 8, 80
LEAST_SHARE = 1e-4  # of world exports, to be a point of the scatter
STAGES = {code: WORDS[code] for code in get_args(Stage)}
ROADS_SHORT = {code: WORDS[code] for code in get_args(Road)}
_PARTS = {
    "share_part": Text("share", "份额"),
    "price_part": Text("price", "价格"),
    "mix_part": Text("product mix", "产品结构"),
    "entry_exit": Text("entry and exit", "进入与退出"),
}


def ranking(result: Result) -> Chart:
    """The latest year: economies of a product (or their totals), or an economy's products."""
    measure = str(result.parameters["rank_by"])
    rows = _latest(result).drop_nulls(measure).sort(measure, descending=True).head(MOST_BARS)
    names = _names(result, rows)
    values = rows[measure].to_list()
    unit = about(result, measure).unit
    ends = [compact(value, unit, result.lang) for value in values]
    return bar_chart(result, measure, names, ends, {measure: values}, unit)


def over_years(result: Result) -> Chart:
    """Lines over the years: of the strongest economies, or of one economy's power in exports, imports and both."""
    frame, lang = result.frame, result.lang
    if "economy" in result.parameters:
        own = frame.filter(pl.col("product") == TOTAL) if (frame["product"] == TOTAL).any() else frame
        columns = ["tpi", "tpi_export", "tpi_import", "tlc_all"]
        series = tuple(_line(name, about(result, name).name.say(lang), own, name) for name in columns)
        label = Text("Trade power index and share", "强国指数与份额").say(lang)
        measure = "tpi"
    else:
        measure = str(result.parameters["rank_by"])
        last = frame.filter(pl.col("year") == frame["year"].max()).drop_nulls(measure)
        best = last.sort(measure, descending=True).head(MOST_LINES)
        series = tuple(
            _line(code, name, frame.filter(pl.col("economy") == code), measure)
            for code, name in best.select("economy", "economy_name").iter_rows()
        )
        label = header(about(result, measure), result)
    years = Axis(Text("Year", "年份").say(lang), "year")
    return _chart("path", result, years, Axis(label, about(result, measure).unit), series)


def share_and_price(result: Result) -> Chart:
    """Share in world exports against the price factor, both logarithmic; their product is export power."""
    sold = _latest(result).filter((pl.col("tlc_export") > 0) & (pl.col("price_factor_export") > 0))
    rows = sold.filter(pl.col("tlc_export") >= LEAST_SHARE).sort("tpi_export", descending=True).head(MOST_POINTS)
    series = (
        _points("exports", Text("Exports", "出口").say(result.lang), rows, "tlc_export", "price_factor_export", result),
    )
    left_out = sold.height - rows.height
    small = Text(f"; {left_out} below {LEAST_SHARE:.2%} not shown", f"；{left_out} 个低于{LEAST_SHARE:.2%}者未绘").say(
        result.lang
    )
    said = [header(about(result, name), result) for name in ("tlc_export", "price_factor_export")]
    x = Axis(said[0] + (small if left_out else ""), "fraction", "log")
    y = Axis(said[1], "1", "log")
    return _chart("scatter", result, x, y, series, lines=(("y", 1.0),))


def stage_map(result: Result) -> Chart:
    """The elasticity of each product against its price factor, over the stages."""
    rows = _latest(result)
    if rows["product"].n_unique() < 2:
        raise InputError(
            "unknown_chart",
            Text(
                "A map of stages shows an economy's products: ask for an economy without a product.",
                "阶段图展示一个经济体的各产品：请指定经济体而不指定产品。",
            ),
            field="chart",
            valid=("bars", "path", "scatter"),
        )
    sold = rows.filter(pl.col("tlc_export") > 0)
    said = {code: name.say(result.lang) for code, name in STAGES.items()}
    return _stages(result, sold, "stage", said)


def road_map(result: Result) -> Chart:
    """The same for the roads that products went between two years."""
    return _stages(result, result.frame, "road", {code: name.say(result.lang) for code, name in ROADS_SHORT.items()})


def change(result: Result) -> Chart:
    """From the power of the first year over its parts to that of the last."""
    frame, lang = result.frame, result.lang
    whole = frame.filter(pl.col("product") == TOTAL) if (frame["product"] == TOTAL).any() else frame
    whole = whole.sort("from_year")
    level = float(whole["power_before"][0])
    categories, froms, tos = [str(whole["from_year"][0])], [0.0], [level]
    for name, word in _PARTS.items():
        size = float(whole[name].sum())
        if name in ("mix_part", "entry_exit") and size == 0:
            continue
        categories.append(word.say(lang))
        froms.append(level)
        level += size
        tos.append(level)
    categories.append(str(whole["to_year"][-1]))
    froms.append(0.0)
    tos.append(float(whole["power_after"][-1]))
    label = Text("Trade power index", "强国指数").say(lang)
    series = (Series("from", "from", tuple(froms)), Series("to", "to", tuple(tos)))
    return _chart("waterfall", result, Axis("", "text"), Axis(label, "1"), series, categories=tuple(categories))


def leaders(result: Result) -> Chart:
    """In how many products each leads."""
    counted = (
        result.frame.group_by("leader", "leader_name")
        .len()
        .sort(-pl.col("len").cast(pl.Int64), "leader")
        .head(MOST_BARS)
    )
    said = Text("Products led", "领先的产品数").say(result.lang)
    series = (Series("led", said, tuple(float(n) for n in counted["len"])),)
    ends = tuple(str(n) for n in counted["len"])
    axis = Axis(said, "1")
    drawn = _chart("bars", result, Axis("", "text"), axis, series, categories=tuple(counted["leader_name"]), ends=ends)
    return replace(drawn, title=f"{drawn.title}{'：' if result.lang == 'zh' else ': '}{said}")


def methods_compared(result: Result) -> Chart:
    """The closed form against Feenstra's estimate (or the first two methods asked for), product by product."""
    found = [
        name
        for name in ("sigma_fixed_point", "sigma_feenstra", "sigma_given", "sigma_iterate")
        if name in result.frame.columns
    ]
    if len(found) < 2:
        raise InputError(
            "one_method", Text("A comparison needs two methods.", "对照至少需要两种方法。"), field="methods"
        )
    rows = result.frame.filter((pl.col(found[0]) > 0) & (pl.col(found[1]) > 0)).head(MOST_POINTS)
    one = Series(
        "products",
        Text("Products", "产品").say(result.lang),
        tuple(rows[found[1]]),
        tuple(rows[found[0]]),
        tuple(f"{code} {name}" for code, name in rows.select("product", "product_name").iter_rows()),
        tuple(1.0 for _ in range(rows.height)),
    )
    axes = [Axis(about(result, name).name.say(result.lang), "1", "log") for name in found[:2]]
    return _chart("scatter", result, axes[0], axes[1], (one,))


def _stages(result: Result, rows: pl.DataFrame, by: str, said: dict[str, str]) -> Chart:
    lang = result.lang
    told = rows.filter((pl.col("sigma") > 1) & (pl.col("price_factor_export") > 0))
    without = rows.height - told.height
    series = tuple(
        _points(code, said.get(code, code), told.filter(pl.col(by) == code), "sigma", "price_factor_export", result)
        for code in sorted(told[by].drop_nulls().unique())
    )
    absent = Text(f"; {without} products without an estimate or a price", f"；{without} 个产品无估计值或价格").say(lang)
    x = Axis(about(result, "sigma").name.say(lang) + (absent if without else ""), "1", "log")
    y = Axis(header(about(result, "price_factor_export"), result), "1", "log")
    bands = (Band(1.0, 2.0, STAGES["quality"].say(lang)), Band(2.0, None, STAGES["efficiency"].say(lang)))
    return _chart("stages", result, x, y, series, bands=bands, lines=(("y", 1.0), ("x", 2.0)))


def _latest(result: Result) -> pl.DataFrame:
    """Rows of the latest year; without the total where an economy's products stand beside it."""
    frame = result.frame.filter(pl.col("year") == result.frame["year"].max())
    products = frame.filter(pl.col("product") != TOTAL)
    return products if products.height else frame


def _names(result: Result, rows: pl.DataFrame) -> list[str]:
    if "economy" in result.parameters and "product" not in result.parameters:
        return [f"{code} {name}" for code, name in rows.select("product", "product_name").iter_rows()]
    return list(rows["economy_name"])


def _line(code: str, name: str, rows: pl.DataFrame, column: str) -> Series:
    rows = rows.sort("year")
    return Series(code, name, tuple(rows[column]), tuple(float(year) for year in rows["year"]))


def _points(code: str, name: str, rows: pl.DataFrame, x: str, y: str, result: Result) -> Series:
    sizes = rows["exports_usd"] if "exports_usd" in rows.columns else rows["tlc_export"]
    labels = _names(result, rows)
    return Series(code, name, tuple(rows[y]), tuple(rows[x]), tuple(labels), tuple(size or 0.0 for size in sizes))


def _chart(kind: Any, result: Result, x: Axis, y: Axis, series: tuple[Series, ...], **more: Any) -> Chart:
    return Chart(kind, title(result), x, y, series, source=result.citation, lang=result.lang, **more)


POWER = {"bars": ranking, "path": over_years, "stages": stage_map, "scatter": share_and_price}
CHANGE = {"waterfall": change}
ROADS = {"stages": road_map}
LEADERS = {"bars": leaders}
ELASTICITIES = {"scatter": methods_compared}
