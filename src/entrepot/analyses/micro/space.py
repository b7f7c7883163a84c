"""Distances in product space by cell, year by year, some firms at a time."""

from collections.abc import Callable
from math import ceil

import numpy as np
import polars as pl

from entrepot.analyses.micro.options import MicroOptions
from entrepot.cube.cells import Values
from entrepot.formulas.allocation.product_space import advantage, co_exports, market_centre, proximity

FIRM_ROWS_AT_ONCE = 2_000_000


def with_distances(
    cells: pl.DataFrame, firms: pl.LazyFrame, options: MicroOptions, step: Callable[[int], None]
) -> pl.DataFrame:
    """The cells with `dist_market_centre` and `dist_core`.

    Parameters
    ----------
    cells : region, product, year, value_usd and more.
    firms : firm, product, year, region, value_usd: every firm row, any order.
    """
    parts = []
    for number, ((year,), own) in enumerate(cells.group_by("year", maintain_order=True)):
        rows = firms.filter(pl.col("year") == year)
        parts.append(_of_year(own, rows, options))
        step(number)
    keys = ["region", "product", "year"]
    return cells.join(pl.concat(parts), on=keys, how="left", maintain_order="left")


def _of_year(cells: pl.DataFrame, firms: pl.LazyFrame, options: MicroOptions) -> pl.DataFrame:
    products, regions = (cells[name].unique().sort() for name in ("product", "region"))
    count = len(products)
    code = {name: index for index, name in enumerate(products.to_list())}
    keys = cells.select("region", "product", "year")
    if count < 2:
        return keys.with_columns(dist_market_centre=pl.lit(None, pl.Float64), dist_core=pl.lit(None, pl.Float64))
    rows = int(firms.select(pl.len()).collect(engine="streaming").item())
    shards = ceil(rows / FIRM_ROWS_AT_ONCE)
    by_product = cells.group_by("product").agg(pl.col("value_usd").sort().sum().alias("product_usd"))
    both = np.zeros((count, count))
    if options.space_unit == "region":
        both = _co_exports(cells, "region", by_product, code, options.space_threshold)
    else:
        for shard in range(shards):
            both += _co_exports(_shard(firms, shard, shards), "firm", by_product, code, options.space_threshold)
    phi = proximity(both)
    centre = market_centre(phi)
    away, there = np.zeros((len(regions), count)), np.zeros((len(regions), count))
    for shard in range(shards):
        found = _from_core(_shard(firms, shard, shards), regions, code, phi)
        away += found[0]
        there += found[1]
    at = cells["product"].replace_strict(code, return_dtype=pl.Int64).to_numpy()
    place = (
        cells["region"]
        .replace_strict({r: i for i, r in enumerate(regions.to_list())}, return_dtype=pl.Int64)
        .to_numpy()
    )
    return keys.with_columns(dist_market_centre=1 - phi[at, centre], dist_core=away[place, at] / there[place, at])


def _shard(firms: pl.LazyFrame, shard: int, shards: int) -> pl.DataFrame:
    chosen = firms if shards == 1 else firms.filter(pl.col("firm").hash(seed=0) % shards == shard)
    return (
        chosen.select("firm", "region", "product", "value_usd")
        .collect(engine="streaming")
        .sort("firm", "product", "region")
    )


def _co_exports(
    rows: pl.DataFrame, unit: str, by_product: pl.DataFrame, code: dict[str, int], threshold: float
) -> Values:
    pairs = rows.group_by(unit, "product", maintain_order=True).agg(pl.col("value_usd").sum())
    if threshold > 0:
        pairs = pairs.join(by_product, on="product", maintain_order="left").with_columns(
            unit_usd=pl.col("value_usd").sum().over(unit)
        )
        value, of_unit, of_product = (pairs[name].to_numpy() for name in ("value_usd", "unit_usd", "product_usd"))
        total = float(by_product["product_usd"].sort().sum())
        pairs = pairs.filter(pl.Series(advantage(value, of_unit, of_product, total) >= threshold))
    units = pairs[unit].rank("dense").cast(pl.Int64).to_numpy() - 1
    return co_exports(units, pairs["product"].replace_strict(code, return_dtype=pl.Int64).to_numpy(), len(code))


def _from_core(rows: pl.DataFrame, regions: pl.Series, code: dict[str, int], phi: Values) -> tuple[Values, Values]:
    """Σ over firms of 1 − φ to the firm's core product, and number of firms, by region and product."""
    of_firm = rows.group_by("firm", "product", maintain_order=True).agg(pl.col("value_usd").sum())
    # The largest export; of equals the product that comes first.
    core = of_firm.sort("firm", "value_usd", "product", descending=[False, True, False]).unique(
        "firm", keep="first", maintain_order=True
    )
    joined = rows.join(core.select("firm", core="product"), on="firm", how="left", maintain_order="left")
    product, core_of = (
        joined[name].replace_strict(code, return_dtype=pl.Int64).to_numpy() for name in ("product", "core")
    )
    place = {name: index for index, name in enumerate(regions.to_list())}
    region = joined["region"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    key, shape = region * len(code) + product, (len(regions), len(code))
    away = np.bincount(key, 1 - phi[product, core_of], len(regions) * len(code))
    count = np.bincount(key, minlength=len(regions) * len(code)).astype(np.float64)
    return away.astype(np.float64, copy=False).reshape(shape), count.reshape(shape)
