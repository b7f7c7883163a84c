"""Trade power over time and across products: the Divisia split of its change, roads, leaders, elasticities side by side."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from entrepot.analyses.columns import Column
from entrepot.analyses.families import columns_of, nulls, plain
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.power import KEYS, METHOD, TOTAL, check_total, compute
from entrepot.analyses.power_options import PowerOptions, PowerSetting, power_setting, power_title
from entrepot.analyses.power_totals import totals
from entrepot.analyses.result import Result
from entrepot.analyses.spoken import spoken
from entrepot.analyses.years import Years
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.power import REGISTRY
from entrepot.formulas.power.divisia import divisia, price_parts
from entrepot.formulas.power.elasticity import Method, settled
from entrepot.formulas.power.roads import ROADS, road

if TYPE_CHECKING:
    from entrepot.store import Snapshot

Side = Literal["total", "export", "import"]
Steps = Literal["ends", "each"]
METHODS: tuple[Method, ...] = ("fixed_point", "iterate", "feenstra", "given")
_TITLES = {
    "power_change": Text("Change of trade power", "贸易强国指数变化"),
    "power_roads": Text("Roads and stages", "道路与阶段"),
    "power_leaders": Text("Leaders by product", "各产品领先者"),
    "power_elasticities": Text("Elasticities by method", "各方法弹性对照"),
}
COLUMNS: dict[str, Column] = {
    **KEYS,
    "from_year": plain("from_year", "From", "起始年", "year"),
    "to_year": plain("to_year", "To", "终止年", "year"),
    "power_before": plain("power_before", "Power before", "起始强国指数", "1"),
    "power_after": plain("power_after", "Power after", "终止强国指数", "1"),
    "change": plain("change", "Change", "变化", "1"),
    "share_part": plain("share_part", "By share", "份额贡献", "1"),
    "price_part": plain("price_part", "By price", "价格贡献", "1"),
    "mix_part": plain("mix_part", "By product mix", "产品结构贡献", "1"),
    "entry_exit": plain("entry_exit", "Entry and exit", "进入与退出", "1"),
    "log_price_change": plain("log_price_change", "Change of ln price", "价格对数变化", "1"),
    "markup_part": plain("markup_part", "By mark-up", "加成贡献", "1"),
    "cost_part": plain("cost_part", "By marginal cost", "成本贡献", "1"),
    "road": plain("road", "Road", "道路", "text"),
    "road_meaning": plain("road_meaning", "What it means", "含义", "text"),
    "leader": plain("leader", "Leader", "领先者", "code"),
    "leader_power": plain("leader_power", "Leader's power", "领先者指数", "1"),
    "power": plain("power", "Power", "强国指数", "1"),
    "leads": plain("leads", "Leads", "是否领先", "flag"),
    "first_power": plain("first_power", "World's first trade power", "世界第一贸易强国", "code"),
    "above_first": plain("above_first", "Above the first trade power", "是否高于第一强国", "flag"),
    "leader_name": plain("leader_name", "Leader", "领先者名称", "text"),
    **{
        f"sigma_{m}": plain(f"sigma_{m}", f"σ by {spoken(m, 'en')}", f"弹性（{spoken(m, 'zh')}）", "1") for m in METHODS
    },
    **{f"converged_{m}": plain(f"converged_{m}", f"{m} settled", f"{m} 是否收敛", "flag") for m in METHODS},
    **{f"status_{m}": plain(f"status_{m}", f"How {m} ended", f"{m} 状态", "text") for m in METHODS},
}


def power_change(
    snapshot: "Snapshot",
    economy: str,
    *,
    years: Years,
    side: Side = "total",
    steps: Steps = "ends",
    product: str | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Where an economy's change of power comes from: share, price, product mix, entry and exit; nothing is left over.

    One row per product and pair of years with its contribution to the total, and the total; with a product, that product's
    own change. Parts are log-mean Divisia terms.

    Parameters
    ----------
    side : the total of eq. 7, or one side.
    steps : the first year against the last, or each year against the one before.
    """
    check_choice("side", side, ("total", "export", "import"))
    check_choice("steps", steps, ("ends", "each"))
    setting = _between(snapshot, economy, product, years, data, options)
    pairs = [(setting.years[0], setting.years[-1])] if steps == "ends" else list(pairwise(setting.years))
    frame = _terms(setting, side, tuple(sorted({year for pair in pairs for year in pair})))
    rows = pl.concat([_split(frame, *pair) for pair in pairs])
    parts = ["power_before", "power_after", "change", "share_part", "price_part", "mix_part", "entry_exit"]
    by = ["from_year", "to_year"]
    rows = rows.group_by(*by, "product", maintain_order=True).agg(pl.col(parts).sum())
    if setting.good is None:
        rows = pl.concat(
            [
                rows.group_by(by, maintain_order=True)
                .agg(pl.col(parts).sum())
                .with_columns(pl.lit(TOTAL).alias("product")),
                rows,
            ],
            how="diagonal",
        )
    rows = rows.with_columns(pl.lit(setting.code).alias("economy")).sort(
        "from_year", pl.col("product") != TOTAL, -pl.col("change").abs(), "product"
    )
    note = Text(
        "Change = by share + by price + by mix + by entry and exit, row by row and in the total.",
        "各行及合计均满足：变化 = 份额贡献 + 价格贡献 + 产品结构贡献 + 进入与退出。",
    )
    return _answer(
        setting, "power_change", rows.select("economy", "product", *by, *parts), {"side": side, "steps": steps}, (note,)
    )


def _between(
    snapshot: "Snapshot",
    economy: str | None,
    product: str | None,
    years: Years,
    data: str | None,
    options: dict[str, Any],
) -> PowerSetting:
    setting = power_setting(snapshot, economy, product, years, data, PowerOptions.of(**options))
    if len(setting.years) < 2:
        raise InputError(
            "one_year",
            Text(
                "A change needs two years or more: write years such as 2000-2024.",
                "比较变化至少需要两个年份：请写 2000-2024 之类的区间。",
            ),
            field="years",
        )
    return setting


def _terms(setting: PowerSetting, side: Side, years: tuple[int, ...]) -> pl.DataFrame:
    """Year, product, side, TLC, FP and weight of each term whose product is a part of the economy's power."""
    traders = setting.traders(years)
    frame = compute(setting, traders, setting.elasticities(traders))
    sold = traders["exports_counted_usd"] if side == "export" else traders["exports_priced_usd"]
    amounts = {"export": sold, "import": traders["imports_priced_usd"]}
    taken = ["export", "import"] if side == "total" else [side]
    over = traders.markets if setting.good else traders.years
    whole = sum((over.sum(amounts[name]) for name in taken), np.zeros(len(sold)))
    pieces = []
    for name in taken:
        with np.errstate(invalid="ignore", divide="ignore"):
            weight = traders.markets.sum(amounts[name]) / whole
        pieces.append(
            frame.select(
                "economy", "product", "year",
                pl.col(f"tlc_{name}").alias("share"), pl.col(f"price_factor_{name}").alias("factor"),
                pl.lit(name).alias("side"), pl.Series("weight", weight),
            )
        )  # fmt: skip
    return pl.concat(pieces).filter(pl.col("economy") == setting.code)


def _split(terms: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    before, after = (terms.filter(pl.col("year") == year).drop("year", "economy") for year in (first, last))
    joined = before.join(
        after, on=["product", "side"], how="full", coalesce=True, suffix="_after", maintain_order="left_right"
    )

    def pair(name: str, nothing: float) -> tuple[Values, Values]:
        columns = (joined[name], joined[f"{name}_after"])
        told = [column.fill_nan(None).fill_null(nothing).to_numpy() for column in columns]
        return told[0], told[1]

    share, factor, weight = pair("share", 0.0), pair("factor", np.nan), pair("weight", 0.0)
    parts = divisia(share, factor, weight)
    before_power, after_power = (
        np.where(share[t] == 0, 0.0, np.nan_to_num(weight[t] * share[t] * factor[t])) for t in (0, 1)
    )
    return joined.select("product").with_columns(
        pl.lit(first, dtype=pl.Int64).alias("from_year"),
        pl.lit(last, dtype=pl.Int64).alias("to_year"),
        pl.Series("power_before", before_power),
        pl.Series("power_after", after_power),
        pl.Series("change", parts.change),
        pl.Series("share_part", parts.share),
        pl.Series("price_part", parts.price),
        pl.Series("mix_part", parts.mix),
        pl.Series("entry_exit", parts.entry_exit),
    )


def power_roads(
    snapshot: "Snapshot",
    economy: str,
    *,
    years: Years,
    product: str | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Which road each export product went from the first year to the last, its stage, and its price split into cost and mark-up.

    Every quantity of the stage map is there twice, in the first and the last year (`…_before`).
    """
    setting = _between(snapshot, economy, product, years, data, options)
    ends = (setting.years[0], setting.years[-1])
    traders = setting.traders(ends)
    frame = compute(setting, traders, setting.elasticities(traders)).filter(pl.col("economy") == setting.code)
    followed = ["tlc_export", "price_factor_export", "quality", "value_for_money", "markup", "marginal_cost"]
    before, after = (frame.filter(pl.col("year") == year) for year in ends)
    joined = after.select("product", "sigma", "stage", *followed).join(
        before.select("product", *followed),
        on="product",
        how="full",
        coalesce=True,
        suffix="_before",
        maintain_order="left_right",
    )

    def pair(name: str) -> tuple[Values, Values]:
        told = [joined[column].fill_null(np.nan).to_numpy() for column in (f"{name}_before", name)]
        return told[0], told[1]

    roads = road(pair("tlc_export"), pair("price_factor_export"), pair("quality"))
    cost, markup = pair("marginal_cost"), pair("markup")
    price = (cost[0] * (1 + markup[0]), cost[1] * (1 + markup[1]))
    parts = price_parts(price, markup)
    lang = setting.options.lang
    rows = joined.with_columns(
        pl.lit(setting.code).alias("economy"),
        pl.lit(ends[0], dtype=pl.Int64).alias("from_year"),
        pl.lit(ends[1], dtype=pl.Int64).alias("to_year"),
        pl.Series("road", roads.tolist(), dtype=pl.String),
        pl.Series(
            "road_meaning", [ROADS[told].say(lang) if told else None for told in roads.tolist()], dtype=pl.String
        ),
        pl.Series("log_price_change", parts.change, nan_to_null=True),
        pl.Series("markup_part", parts.markup, nan_to_null=True),
        pl.Series("cost_part", parts.cost, nan_to_null=True),
    ).filter(pl.col("road").is_not_null())
    names = ["log_price_change", "markup_part", "cost_part", "road_meaning"]
    order = ["economy", "product", "from_year", "to_year", "road", "stage", "sigma"]
    order += [f"{name}{end}" for name in followed for end in ("_before", "")] + names
    return _answer(setting, "power_roads", rows.select(order).sort("road", "product"), {}, ())


def power_leaders(
    snapshot: "Snapshot",
    *,
    economy: str | None = None,
    year: int | None = None,
    rank_by: str = "tpi",
    data: str | None = None,
    **options: Any,
) -> Result:
    """Per product who leads; with an economy, whether it leads there and where it is above the world's first trade power.

    Parameters
    ----------
    rank_by : the index compared; the first trade power is the economy with the highest total of it.
    """
    setting = power_setting(snapshot, economy, None, year, data, PowerOptions.of(rank_by=rank_by, **options))
    traders = setting.traders()
    every = compute(setting, traders, setting.elasticities(traders))
    frame, whole = every.drop_nulls(rank_by), totals(traders, every, TOTAL)
    check_total(whole, rank_by)
    first = whole.drop_nulls(rank_by).sort(-pl.col(rank_by), "economy")["economy"][0]
    ordered = frame.sort("product", -pl.col(rank_by).round(12), "economy")
    best = ordered.group_by("product", maintain_order=True).first()
    rows = best.select("product", "year", pl.col("economy").alias("leader"), pl.col(rank_by).alias("leader_power"))
    rows = rows.with_columns(pl.lit(first).alias("first_power"))
    if setting.code:
        own, top = (
            frame.filter(pl.col("economy") == code).select("product", pl.col(rank_by).alias(name))
            for code, name in ((setting.code, "power"), (first, "of_first"))
        )
        rows = rows.join(own, on="product", how="left", maintain_order="left").join(
            top, on="product", how="left", maintain_order="left"
        )
        rows = rows.with_columns(
            pl.lit(setting.code).alias("economy"),
            (pl.col("leader") == setting.code).cast(pl.Float64).alias("leads"),
            (pl.col("power") > pl.col("of_first").fill_null(0.0)).cast(pl.Float64).alias("above_first"),
        ).drop("of_first")
        rows = rows.select(
            "economy", "product", "year", "power", "leads", "above_first", "leader", "leader_power", "first_power"
        )
    names = {
        code: setting.world.places.by_code[code].name.say(setting.options.lang) for code in rows["leader"].unique()
    }
    rows = rows.with_columns(pl.col("leader").replace_strict(names, return_dtype=pl.String).alias("leader_name"))
    return _answer(setting, "power_leaders", rows.sort("product"), {}, ())


def power_elasticities(
    snapshot: "Snapshot",
    *,
    economy: str | None = None,
    product: str | None = None,
    years: Years = None,
    methods: Sequence[Method] | str | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """The methods side by side, product by product: σ, whether it settled, and how the estimate ended.

    Parameters
    ----------
    economy : only the products that it exports.
    methods : a list, or names parted by commas; default all, "given" only with a `sigma_table`.
    """
    setting = power_setting(snapshot, economy, product, years, data, PowerOptions.of(**options))
    table = setting.options.sigma_table is not None
    asked = [word.strip() for word in methods.split(",")] if isinstance(methods, str) else methods
    for method in asked or ():
        check_choice("methods", method, METHODS)
    chosen: list[Method] = (
        [m for m in METHODS if m in asked] if asked else [m for m in METHODS if m != "given" or table]
    )
    traders = setting.traders()
    rows = traders.market_keys.select("product", "year")
    for method in chosen:
        found = setting.elasticities(traders, method)
        rows = rows.with_columns(
            pl.Series(f"sigma_{method}", found.sigma, nan_to_null=True),
            pl.Series(f"converged_{method}", settled(found.status), nan_to_null=True),
            pl.Series(f"status_{method}", found.status.tolist(), dtype=pl.String),
        )
        if "sigma_exporters" not in rows.columns:
            rows = rows.with_columns(pl.Series("sigma_exporters", found.exporters).cast(pl.Int64))
    if setting.code:
        sold = traders.frame.filter((pl.col("economy") == setting.code) & (pl.col("exports_usd") > 0))
        rows = rows.join(sold.select("product", "year"), on=["product", "year"], how="semi", maintain_order="left")
    return _answer(setting, "power_elasticities", rows, {"methods": ",".join(chosen)}, ())


def _answer(
    setting: PowerSetting, question: str, rows: pl.DataFrame, asked: dict[str, Any], notes: tuple[Text, ...]
) -> Result:
    lang, goods = setting.options.lang, setting.world.goods(setting.data).by_code
    titles = {code: goods[code].name.say(lang) for code in rows["product"].unique() if code != TOTAL}
    titles[TOTAL] = Text("All products", "全部产品").say(lang)
    frame = rows.with_columns(pl.col("product").replace_strict(titles, return_dtype=pl.String).alias("product_name"))
    known = dict(COLUMNS)
    for name in frame.columns:
        if name.endswith("_before") and name not in known:
            entry = REGISTRY.entries[name.removesuffix("_before")]
            said = Text(f"{entry.name.en}, before", f"{entry.name.zh}（起始年）")
            known[name] = Column(name, said, entry.unit, "none", False, entry.meaning)
    return Result(
        question=question,
        frame=frame,
        columns=columns_of(frame, REGISTRY, known),
        parameters={**setting.asked(), **asked},
        notes=notes,
        provenance=provenance(setting.snapshot, setting.data, ("economies", "products")),
        missing=nulls(frame, {}),
        citation=citation(setting.snapshot, setting.data, METHOD),
        title=power_title(setting, _TITLES[question]),
    )
