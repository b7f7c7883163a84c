"""Intra-industry trade and competitiveness of an economy: with whom, in what, of which kind, and how it has changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.families import columns_of, nulls, plain
from entrepot.analyses.iit_options import IitOptions, IitSetting, iit_setting, iit_title
from entrepot.analyses.iit_world import balanced, intensity_amounts, row_unit_value_ratio, structures, world_amounts
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.result import Result
from entrepot.analyses.years import Years
from entrepot.core.errors import InputError
from entrepot.core.missing import Reason
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.intraindustry import REGISTRY
from entrepot.formulas.intraindustry.kinds import overlap_by_gap, two_way_shares

if TYPE_CHECKING:
    from entrepot.analyses.iit_cells import Question
    from entrepot.store import Snapshot

METHOD = (
    "China's intra-industry trade and its development （中国产业内贸易指数及其发展，2006）；Xiang Yijun and Zhao Yangyang (2015), "
    "产业内贸易理论与经验研究，Economic Science Press; and the literature named with each index"
)
KEYED = ("reporter", "partner", "industry", "year", "exports_usd", "imports_usd")
COMPUTED = tuple(
    """
    gl gl_fine gl_aggregate gl_adjusted balassa aquino bergstrand brulhart_a brulhart_b brulhart_c hamilton_kniest thom_mcdowell
    hiit viit_high viit_low iit_untyped iit_below iit_type tc tc_band rca rsca nrca vollrath lafay michaely export_similarity
    complementarity intensity hhi_products hhi_markets
    """.split()
)
FURTHER = tuple(
    """
    gl_partner_weighted thom_mcdowell_vertical vollrath_rxa vollrath_rma vollrath_rc rsia market_share
    complementarity_drysdale
    """.split()
)
OWN_SHARES = {
    "one_way": Text("One-way trade", "单向贸易"),
    "two_way_horizontal": Text("Two-way, horizontal", "双向水平贸易"),
    "two_way_vertical": Text("Two-way, vertical", "双向垂直贸易"),
    "two_way_untyped": Text("Two-way, untyped", "双向无法判定"),
}
KEYS = {
    "reporter": plain("reporter", "Reporter", "报告方", "code"),
    "partner": plain("partner", "Partner", "伙伴", "code"),
    "industry": plain("industry", "Industry", "产业", "code"),
    "year": plain("year", "Year", "年份", "year"),
    "exports_usd": plain("exports_usd", "Exports", "出口额", "usd"),
    "imports_usd": plain("imports_usd", "Imports", "进口额", "usd"),
    "reporter_name": plain("reporter_name", "Reporter", "报告方名称", "text"),
    "partner_name": plain("partner_name", "Partner", "伙伴名称", "text"),
    "industry_name": plain("industry_name", "Industry", "产业名称", "text"),
    "trade_dependence": plain(
        "trade_dependence",
        "Trade dependence",
        "贸易依存度",
        "fraction",
        Text("Exports and imports over GDP", "进出口额与 GDP 之比"),
    ),
    "trade_share": plain(
        "trade_share",
        "Share of trade",
        "贸易份额",
        "fraction",
        Text("Of the reporter's trade with the partner", "占与该伙伴贸易额的比例"),
    ),
    **{name: plain(name, label.en, label.zh, "fraction") for name, label in OWN_SHARES.items()},
}


def iit(
    snapshot: "Snapshot",
    reporter: str,
    *,
    partners: str | Sequence[str] | None = None,
    by: str = "hs6",
    level: str | None = None,
    years: Years = None,
    products: str | Sequence[str] | None = None,
    industries: pl.DataFrame | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Every index of intra-industry trade, its kinds, and competitiveness: one row per partner, year and industry.

    Beside the industries there is a row `TOTAL`, and `PRIMARY` and `MANUFACTURED` where the products fall into both.

    Parameters
    ----------
    snapshot : the version of the store to ask.
    reporter : ISO3, name in English or Chinese, or a group without its inner trade.
    partners : economies, groups, committed lists ("developed,developing", "advanced,emerging" …), "each"; default the
        world as one partner, `WLD`.
    by : what an industry is: "hs6", "hs4", "hs2", "section", "class", or a table of one's own in `industries`.
    level : over what an aggregate sums; default `by`.
    years : 2024, "1995-2024", or a list; default the latest.
    products : only these codes or beginnings of codes; every total is then over them.
    industries : product (code or beginning), industry [, name_en, name_zh, class].
    data : data set; default the store's.
    **options : see `IitOptions`.

    Raises
    ------
    InputError
        For anything unknown; it names what is valid and the nearest match.
    """
    chosen = IitOptions.of(**options)
    setting = iit_setting(snapshot, reporter, partners, by, level, years, products, industries, data, chosen)
    if not setting.question.keys.height:
        raise _nothing(setting)
    return answer(setting, compute(setting))


def compute(setting: IitSetting) -> pl.DataFrame:
    """Every column of every row, in the order of the rows."""
    question, options = setting.question, setting.options
    known = inputs(question)
    known |= {
        "alpha": options.alpha,
        "typing": options.typing,
        "iit_type_by": options.iit_type_by,
        "tc_bands": options.tc_bands,
    }
    values = REGISTRY.resolve([*COMPUTED, *FURTHER, "unit_value_ratio", "cell_kind"], known)
    held = np.array([year - question.span in question.held for year in question.keys["year"]])
    extra: dict[str, Values] = {"trade_share": _trade_share(known), "trade_dependence": _dependence(setting, known)}
    fine = question.fine
    if options.typing == "ff":
        extra |= two_way_shares(fine["exports_usd"], fine["imports_usd"], values["cell_kind"], fine.rows)
    if options.bands:
        found = overlap_by_gap(
            fine["exports_usd"], fine["imports_usd"], values["unit_value_ratio"], fine.rows, options.bands
        )
        extra |= {f"overlap_band_{number}": band for number, band in enumerate(found, 1)}
    numbers = {"exports_usd": known["exports_usd"], "imports_usd": known["imports_usd"]}
    numbers |= {name: values[name] for name in (*COMPUTED, *FURTHER)} | extra
    said = {name: x for name, x in numbers.items() if x.dtype == object}
    return question.keys.with_columns(
        *(pl.Series(name, x, nan_to_null=True) for name, x in numbers.items() if name not in said),
        *(pl.Series(name, x.tolist(), dtype=pl.String) for name, x in said.items()),
        pl.Series("span", np.where(held, float(question.span), np.nan), nan_to_null=True).cast(pl.Int64),
        pl.lit(options.typing).alias("typing"),
        pl.lit(options.alpha).alias("alpha"),
    )


def inputs(question: "Question") -> dict[str, Any]:
    """What the formulas stand on: amounts of rows, parts, markets, finest cells, changes, and the world's."""
    fine, parts, markets = question.fine, question.by_part, question.by_market
    changes, own_changes = question.part_changes, question.row_changes
    world = world_amounts(question)
    known: dict[str, Any] = {
        "exports_usd": parts.rows.total(parts["exports_usd"]),
        "imports_usd": parts.rows.total(parts["imports_usd"]),
        "part_exports_usd": parts["exports_usd"],
        "part_imports_usd": parts["imports_usd"],
        "parts": parts.rows,
        "balance_exports_usd": parts.rows.align(world["own_exports_usd"]),
        "balance_imports_usd": parts.rows.align(world["own_imports_usd"]),
        "market_exports_usd": markets["exports_usd"],
        "market_imports_usd": markets["imports_usd"],
        "market_rows": markets.rows,
        "cells": fine.rows,
        **{f"cell_{name}": fine[name] for name in fine.frame.columns if name.endswith(("_usd", "_t"))},
        "part_exports_change": changes["exports_change"],
        "part_imports_change": changes["imports_change"],
        "change_parts": changes.rows,
        "row_unit_value_ratio": row_unit_value_ratio(question),
        **balanced(question),
        **world,
        **intensity_amounts(question),
    }
    for side in ("exports", "imports"):
        change = np.full(question.keys.height, np.nan)
        change[own_changes.rows.code] = own_changes[f"{side}_change"]
        known[f"{side}_change"] = change
    return {**known, **structures(question)}


def _trade_share(known: dict[str, Any]) -> Values:
    whole = known["own_exports_usd"] + known["own_imports_usd"]
    return np.where(whole > 0, (known["exports_usd"] + known["imports_usd"]) / np.where(whole > 0, whole, 1.0), np.nan)


def _dependence(setting: IitSetting, known: dict[str, Any]) -> Values:
    """(X + M)/GDP of the row's year; NaN without a GDP of the reporter."""
    years = setting.years
    series, _ = setting.world.gdp("gdp_current_usd", range(years[0], years[-1] + 1))
    own = [setting.world.index[code] for code in (setting.reporter.members or (setting.reporter.code,))]
    gdp = {year: float(series[year - years[0], own].sum()) for year in years}
    below = np.array([gdp[year] for year in setting.question.keys["year"]])
    dependence: Values = (known["exports_usd"] + known["imports_usd"]) / below
    return dependence


def answer(setting: IitSetting, frame: pl.DataFrame) -> Result:
    """The Result of the rows."""
    lang, names = setting.options.lang, setting.question.industries.names
    partners = {partner.code: partner.name.say(lang) for partner in setting.partners}
    titles = {code: names[code].say(lang) if code in names else code for code in frame["industry"].unique()}
    order = [*KEYED, *COMPUTED]
    order[order.index("brulhart_a") : order.index("brulhart_a")] = ["span"]
    order[order.index("hiit") : order.index("hiit")] = ["typing", "alpha"]
    bands = [name for name in frame.columns if name.startswith(("overlap_band_", "one_way", "two_way_"))]
    order += [*FURTHER, "trade_share", "trade_dependence", *bands, "reporter_name", "partner_name", "industry_name"]
    rows = frame.with_columns(
        pl.lit(setting.reporter.code).alias("reporter"),
        pl.lit(setting.reporter.name.say(lang)).alias("reporter_name"),
        pl.col("partner").replace_strict(partners, return_dtype=pl.String).alias("partner_name"),
        pl.col("industry").replace_strict(titles, return_dtype=pl.String).alias("industry_name"),
    ).select(order)
    known = {**KEYS, **{name: _band(name, setting.options.bands) for name in bands if name.startswith("overlap")}}
    return Result(
        question="iit",
        frame=rows,
        columns=columns_of(rows, REGISTRY, known),
        parameters=setting.asked(),
        notes=setting.notes(),
        provenance=provenance(setting.snapshot, setting.data, ("economies", "products", "groups", "macro")),
        missing=_reasons(rows, setting),
        citation=citation(setting.snapshot, setting.data, METHOD),
        title=iit_title(setting, Text("Intra-industry trade", "产业内贸易")),
    )


def _band(name: str, edges: Sequence[float]) -> Any:
    number = int(name.rpartition("_")[2])
    low = "0" if number == 1 else f"{edges[number - 2]:g}"
    high = "∞" if number > len(edges) else f"{edges[number - 1]:g}"
    return plain(name, f"Overlap, u {low}–{high}", f"重叠（单价比 {low}–{high}）", "fraction")


def _reasons(rows: pl.DataFrame, setting: IitSetting) -> list[dict[str, Reason]]:
    """A change without its earlier year, or a GDP that is not at hand, is `not_loaded`; all else is `undefined`."""
    told = nulls(rows, {"span": "not_loaded", "trade_dependence": "not_loaded"})
    marginal = {"brulhart_a", "brulhart_b", "brulhart_c", "hamilton_kniest", "thom_mcdowell", "thom_mcdowell_vertical"}
    for row in told:
        if "span" in row:
            row |= dict.fromkeys(marginal & set(row), "not_loaded")
    return told


def _nothing(setting: IitSetting) -> InputError:
    span = f"{setting.years[0]}–{setting.years[-1]}"
    partners = ", ".join(partner.code for partner in setting.partners)
    return InputError(
        "nothing_traded",
        Text(
            f"{setting.reporter.code} traded nothing of these industries with {partners} in {span} (data set {setting.data!r}).",
            f"{setting.reporter.code} 在 {span} 年与 {partners} 无这些产业的贸易（数据集 {setting.data!r}）。",
        ),
        field="reporter",
    )
