"""The elasticity of each market by any of the four methods, and how each estimate came about."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from entrepot.analyses.families import check_columns
from entrepot.analyses.power_traders import Traders
from entrepot.formulas.power.elasticity import Elasticities, Method, estimate_by_market
from entrepot.formulas.power.feenstra import Estimator, PanelElasticity, panel_elasticity
from entrepot.formulas.power.given import look_up, weighted_median

if TYPE_CHECKING:
    from collections.abc import Callable

SigmaTable = pl.DataFrame | Mapping[str, float]


def elasticities(
    traders: Traders,
    method: Method,
    *,
    panel: "Callable[[], Traders]",
    table: SigmaTable | None,
    least: int,
    tail: float,
    estimator: Estimator = "liml",
) -> Elasticities:
    """σ_j of every market of the traders.

    Parameters
    ----------
    panel : gives the traders of every year the data set holds; asked only by "feenstra".
    table : published elasticities; needed by "given".
    """
    if method in ("iterate", "fixed_point"):
        way: Literal["iterate", "fixed_point"] = "iterate" if method == "iterate" else "fixed_point"
        return estimate_by_market(
            traders["exports_priced_usd"], traders["exports_t"], traders.markets, way, least=least, tail=tail
        )
    products = traders.market_keys["product"]
    exporters = traders.markets.total((traders["exports_t"] > 0).astype(float))
    if method == "given":
        assert table is not None, "the setting finds a table"
        sigma, status = look_up(list(products), sigma_by_code(table, traders))
        return Elasticities(sigma, status, exporters, np.full(len(sigma), np.nan))
    found = panel_elasticities(panel(), sorted(set(products)), least=least, tail=tail, estimator=estimator)
    sigma = np.array([found[product].sigma for product in products])
    status = np.array([found[product].status for product in products], dtype=object)
    return Elasticities(sigma, status, exporters, np.array([float(found[product].years) for product in products]))


def panel_elasticities(
    traders: Traders, products: Sequence[str], *, least: int, tail: float, estimator: Estimator = "liml"
) -> dict[str, PanelElasticity]:
    """Feenstra's σ of each product over the years of the traders; unit values winsorised within each year."""
    sold = traders.frame.filter((pl.col("exports_priced_usd") > 0) & (pl.col("exports_t") > 0)).with_columns(
        (pl.col("exports_priced_usd") / pl.col("exports_t")).log().alias("p"),
        (pl.col("exports_priced_usd") / pl.col("exports_priced_usd").sum().over("year", "product")).log().alias("s"),
    )
    if tail > 0:
        low, high = (pl.col("p").quantile(q, "linear").over("year", "product") for q in (tail, 1 - tail))
        sold = sold.with_columns(pl.col("p").clip(low, high))
    found = {}
    by_product = {str(key[0]): frame for key, frame in sold.group_by("product", maintain_order=True)}
    for product in products:
        own = by_product.get(product)
        if own is None:
            found[product] = PanelElasticity(np.nan, np.nan, "too_few", 0, 0, 0, 0)
            continue
        years = np.arange(own["year"].min(), int(own["year"].max()) + 1)  # type: ignore[arg-type]
        when = own["year"].to_numpy() - years[0]
        economies = sorted(own["economy"].unique())
        who = own["economy"].cast(pl.Enum(economies)).to_physical().to_numpy()
        shape = (len(years), len(economies))
        grids = []
        for column in ("p", "s", "exports_t"):
            grid = np.full(shape, np.nan)
            grid[when, who] = own[column].to_numpy()
            grids.append(grid)
        found[product] = panel_elasticity(grids[0], grids[1], grids[2], estimator=estimator, least=least)
    return found


def sigma_by_code(table: SigmaTable, traders: Traders) -> dict[str, float]:
    """Code → σ. A table by economy (as Broda and Weinstein's) becomes the import-weighted median over its economies."""
    if isinstance(table, Mapping):
        return {str(code): float(sigma) for code, sigma in table.items()}
    check_columns("sigma_table", table, ["product", "sigma"])
    table = table.with_columns(pl.col("product").cast(pl.String), pl.col("sigma").cast(pl.Float64))
    table = table.filter(pl.col("sigma") > 1)
    if "economy" not in table.columns:
        return dict(table.group_by("product", maintain_order=True).agg(pl.col("sigma").median()).iter_rows())
    last = traders.frame.filter(pl.col("year") == pl.col("year").max())
    found: dict[str, float] = {}
    for digits in sorted({len(code) for code in table["product"]}):
        bought = last.group_by("economy", pl.col("product").str.slice(0, digits), maintain_order=True).agg(
            pl.col("imports_usd").sum()
        )
        joined = table.join(bought, on=["economy", "product"], how="inner", maintain_order="left")
        for key, own in joined.group_by("product", maintain_order=True):
            found[str(key[0])] = weighted_median(own["sigma"].to_numpy(), own["imports_usd"].to_numpy())
    return found
