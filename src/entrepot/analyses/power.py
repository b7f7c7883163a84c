"""Trade power: who has it in what, whether it comes from share or price, and what stands behind the price."""

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.families import columns_of, nulls, plain
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.power_notes import odd_prices, power_notes
from entrepot.analyses.power_options import RANKED, PowerOptions, PowerSetting, power_setting, power_title
from entrepot.analyses.power_totals import totals
from entrepot.analyses.power_traders import Traders
from entrepot.analyses.result import Result
from entrepot.analyses.years import Years
from entrepot.core.errors import InputError
from entrepot.core.missing import Reason
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power import REGISTRY
from entrepot.formulas.power.elasticity import Elasticities, settled
from entrepot.formulas.power.indices import unit_value
from entrepot.formulas.power.roads import exhausted, stage
from entrepot.formulas.power.variety import variety_adjusted_price

if TYPE_CHECKING:
    from entrepot.store import Snapshot

METHOD = "Yao Zhizhong (2019), Measuring trade power: theory and methods, World Economy （世界经济） 2019 （10）"
TOTAL = "TOTAL"  # the row that sums over an economy's products
COMPUTED = tuple(
    """
    tlc_export price_factor_export tpi_export tlc_import price_factor_import tpi_import tlc tpi covered_share market_power
    tpi_market_power quality markup marginal_cost value_for_money tlc_all
    """.split()
)
COLUMNS = tuple(
    """
    economy product year tlc_export price_factor_export tpi_export tlc_import price_factor_import tpi_import tlc tpi
    covered_share market_power tpi_market_power sigma sigma_method converged quality markup marginal_cost stage
    value_for_money tlc_all rank sigma_status sigma_exporters sigma_steps exports_usd imports_usd economy_name product_name
    """.split()
)
KEYS = {
    "economy": plain("economy", "Economy", "经济体", "code"),
    "product": plain("product", "Product", "产品", "code"),
    "year": plain("year", "Year", "年份", "year"),
    "rank": plain(
        "rank",
        "Rank",
        "名次",
        "rank",
        Text("Place among all economies in the product and year", "当年该产品在各经济体中的名次"),
    ),
    "sigma_exporters": plain(
        "sigma_exporters",
        "Exporters",
        "出口国数",
        "1",
        Text("Exporters with price and quantity", "有价格和数量的出口国数"),
    ),
    "sigma_steps": plain(
        "sigma_steps",
        "Steps or years",
        "步数或年数",
        "1",
        Text("iterate: steps made; feenstra: years of the panel", "迭代步数；Feenstra 法为面板年数"),
    ),
    "exports_usd": plain("exports_usd", "Exports", "出口额", "usd"),
    "imports_usd": plain("imports_usd", "Imports", "进口额", "usd"),
    "economy_name": plain("economy_name", "Economy", "经济体名称", "text"),
    "product_name": plain("product_name", "Product", "产品名称", "text"),
}


def power(
    snapshot: "Snapshot",
    *,
    economy: str | None = None,
    product: str | None = None,
    years: Years = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Trade power by product, or of whole economies.

    With a product: every economy that trades it, ranked within each year, or the one economy year by year. With an economy
    and no product: its products and, as product `TOTAL`, its total. With neither: every economy's total, ranked.

    Parameters
    ----------
    snapshot : the version of the store to ask.
    economy : ISO3, name in English or Chinese, or a group, counted as one economy without its inner trade.
    product : HS code of 4 or 6 digits, or words of its name.
    years : 2024, "2000-2024", "1995,2024" or a list; default the latest.
    data : data set; default the store's.
    **options : see `PowerOptions`.

    Raises
    ------
    InputError
        For anything unknown; it names what is valid and the nearest match.
    """
    setting = power_setting(snapshot, economy, product, years, data, PowerOptions.of(**options))
    traders = setting.traders()
    if not traders.frame.height:
        raise _nothing(setting)
    found = setting.elasticities(traders)
    frame = compute(setting, traders, found)
    notes = (*power_notes(setting, traders, found), *odd_prices(frame))
    rows = frame if setting.good else totals(traders, frame, TOTAL)
    if setting.good is None and not setting.code:
        check_total(rows, setting.options.rank_by)
    if setting.good is None and setting.code:
        rows = pl.concat([rows, frame], how="diagonal_relaxed")
    return _result(setting, _ranked(rows, setting.options.rank_by, setting.code), notes)


def compute(setting: PowerSetting, traders: Traders, found: Elasticities) -> pl.DataFrame:
    """Every column of every entry of the traders."""
    sigma = traders.markets.align(found.sigma)
    known: dict[str, Any] = {
        name: traders[name] for name in traders.frame.columns if name.startswith(("exports_", "imports_"))
    }
    known |= {"markets": traders.markets, "average": setting.options.average, "sigma": sigma}
    if setting.options.import_price == "variety":
        known["price_factor_import"] = _variety_factor(setting, traders, sigma)
    values = REGISTRY.resolve(COMPUTED, known)
    sells = traders["exports_priced_usd"] > 0
    inelastic = (found.status == "inelastic")[traders.markets.code]
    stages = _with_history(traders, stage(sigma, inelastic, sells), values)
    return traders.frame.select("economy", "product", "year", "exports_usd", "imports_usd").with_columns(
        *(pl.Series(name, values[name], nan_to_null=True) for name in COMPUTED),
        pl.Series("sigma", sigma, nan_to_null=True),
        pl.lit(setting.options.method).alias("sigma_method"),
        pl.Series("converged", traders.markets.align(settled(found.status)), nan_to_null=True),
        pl.Series("sigma_status", found.status[traders.markets.code].tolist(), dtype=pl.String),
        pl.Series("sigma_exporters", traders.markets.align(found.exporters)).cast(pl.Int64),
        pl.Series("sigma_steps", traders.markets.align(found.steps), nan_to_null=True).cast(pl.Int64),
        pl.Series("stage", stages.tolist(), dtype=pl.String),
    )


def _with_history(traders: Traders, stages: Any, values: dict[str, Values]) -> Any:
    """An `efficiency` product whose relative cost rose while its share fell since the first year asked for is `exhausted`."""
    if traders.years.count < 2:
        return stages
    cost = values["price_factor_export"] / (1 + values["markup"])  # marginal cost in units of the world price
    keyed = traders.frame.select("economy", "product", "year").with_columns(
        pl.Series("share", values["tlc_export"]), pl.Series("cost", cost)
    )
    first = (
        keyed.filter(pl.col("cost").is_finite())
        .sort("year")
        .group_by("economy", "product", maintain_order=True)
        .first()
    )
    then = keyed.join(first, on=["economy", "product"], how="left", suffix="_first", maintain_order="left")
    first_share, first_cost = (then[f"{name}_first"].fill_null(np.nan).to_numpy() for name in ("share", "cost"))
    spent = exhausted(first_share, values["tlc_export"], first_cost, cost)
    return np.where((stages == "efficiency") & spent, "exhausted", stages)


def _variety_factor(setting: PowerSetting, traders: Traders, sigma: Values) -> Values:
    """P_j / P_ij with P_ij the CES price index of what i buys; P_j of eq. 21 is the CES world price at these qualities."""
    known = {name: traders[name] for name in ("exports_counted_usd", "exports_priced_usd", "exports_t")}
    known |= {"markets": traders.markets, "average": "quantity", "sigma": sigma}  # type: ignore[dict-item]
    values = REGISTRY.resolve(["quality"], known)
    world = traders.markets.sum(traders["exports_priced_usd"]) / traders.markets.sum(traders["exports_t"])
    entries = traders.frame.select("year", "product", "economy").with_columns(
        pl.Series("quality", values["quality"] * 1.0), pl.Series("sigma", sigma), pl.Series("world", world)
    )
    flows = traders.flows.join(
        entries,
        left_on=["year", "product", "exporter"],
        right_on=["year", "product", "economy"],
        how="left",
        maintain_order="left",
    )
    by = ["year", "product", "importer"]
    buyers = flows.select(pl.struct(by).rank("dense") - 1).to_series().to_numpy().astype(np.intp)
    groups = Groups(buyers, int(buyers.max()) + 1 if len(buyers) else 0)
    price = unit_value(flows["priced_usd"].to_numpy(), flows["quantity_t"].to_numpy()) / flows["world"].to_numpy()
    index = variety_adjusted_price(price, flows["quality"].to_numpy(), flows["sigma"].to_numpy(), groups)
    keyed = flows.select(by).unique(maintain_order=True).sort(by).with_columns(pl.Series("factor", 1 / index))
    joined = traders.frame.join(
        keyed, left_on=["year", "product", "economy"], right_on=by, how="left", maintain_order="left"
    )
    factor: Values = joined["factor"].fill_null(np.nan).to_numpy()
    return factor


def _ranked(rows: pl.DataFrame, rank_by: str, economy: str | None) -> pl.DataFrame:
    """Rows with their place among all economies of the product and year (equal ones share it), then the one economy's.

    In order of year, the total before its products, the column that ranks, the code; nulls last.
    """
    place = pl.col(rank_by).round(12).rank("min", descending=True).over("year", "product").cast(pl.Int64)
    placed = rows.with_columns(place.alias("rank"))
    if economy is not None:
        placed = placed.filter(pl.col("economy") == economy)
    order = [
        pl.col("year"),
        pl.col("product") != TOTAL,
        -pl.col(rank_by).round(12),
        pl.col("economy"),
        pl.col("product"),
    ]
    return placed.sort(order, nulls_last=True)


def _result(setting: PowerSetting, rows: pl.DataFrame, notes: tuple[Text, ...]) -> Result:
    lang, places, goods = setting.options.lang, setting.world.places.by_code, setting.world.goods(setting.data).by_code
    names = {code: places[code].name.say(lang) for code in rows["economy"].unique()}
    titles = {code: goods[code].name.say(lang) for code in rows["product"].unique() if code != TOTAL}
    titles[TOTAL] = Text("All products", "全部产品").say(lang)
    said = {"sigma_method", "sigma_status", "stage"}
    absent = {
        name: pl.String if name in said else pl.Float64
        for name in COLUMNS
        if name not in {*rows.columns, "economy_name", "product_name"}
    }
    frame = rows.with_columns(
        *(pl.lit(None, dtype=dtype).alias(name) for name, dtype in absent.items()),
        pl.col("economy").replace_strict(names, return_dtype=pl.String).alias("economy_name"),
        pl.col("product").replace_strict(titles, return_dtype=pl.String).alias("product_name"),
    ).select(COLUMNS)
    return Result(
        question="power",
        frame=frame,
        columns=columns_of(frame, REGISTRY, KEYS),
        parameters=setting.asked(),
        notes=notes,
        provenance=provenance(setting.snapshot, setting.data, ("economies", "products")),
        missing=_reasons(frame),
        citation=citation(setting.snapshot, setting.data, METHOD),
        title=power_title(setting, Text("Trade power", "贸易强国指数")),
    )


def _reasons(frame: pl.DataFrame) -> list[dict[str, Reason]]:
    """Without trade a factor is `zero_flow`; with trade but no quantity it is `not_reported`; all else is `undefined`."""
    told = nulls(frame, {})
    traded = {"export": frame["exports_usd"].to_list(), "import": frame["imports_usd"].to_list()}
    seller = ("market_power", "quality", "markup", "marginal_cost", "stage", "value_for_money", "price_factor_export")
    for number, row in enumerate(told):
        for name in row:
            side = "import" if name == "price_factor_import" else "export" if name in seller else None
            if side is None:
                continue
            if not traded[side][number]:
                row[name] = "zero_flow"
            elif name.startswith("price_factor"):
                row[name] = "not_reported"
    return told


def check_total(rows: pl.DataFrame, rank_by: str) -> None:
    """Refuse to rank totals by what has no total over products.

    Raises
    ------
    InputError
        ``no_total``: it names what has one.
    """
    if rank_by not in rows.columns:
        valid = tuple(name for name in RANKED if name in rows.columns)
        raise InputError(
            "no_total",
            Text(
                f"{rank_by} has no total over products, so totals cannot be ranked by it. Ask for one product, or rank by one of: "
                f"{', '.join(valid)}.",
                f"{rank_by} 无跨产品合计，不能据以排名。请指定产品，或改用：{'、'.join(valid)}。",
            ),
            field="rank_by",
            valid=valid,
        )


def _nothing(setting: PowerSetting) -> InputError:
    asked = ", ".join(filter(None, (setting.code, setting.good.code if setting.good else None)))
    span = f"{setting.years[0]}–{setting.years[-1]}"
    return InputError(
        "nothing_traded",
        Text(
            f"No trade of {asked or 'anything'} in {span} in data set {setting.data!r}. Try other years or another --data.",
            f"数据集 {setting.data!r} 在 {span} 年无 {asked or '任何'} 贸易。请换年份或 --data。",
        ),
        field="years",
    )
