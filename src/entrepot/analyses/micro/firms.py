"""Firm rows of a block: price, quality, breadth and owner of each firm in a product and year."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from entrepot.analyses.micro.block import Block
from entrepot.analyses.micro.fit import Fit
from entrepot.analyses.micro.options import MicroOptions
from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation.quality import feng_quality, quality, relative_to_market
from entrepot.tables.schema import Dtype

SCHEMA: dict[str, Dtype] = {
    "firm": pl.Utf8,
    "product": pl.Utf8,
    "year": pl.Int16,
    "quality": pl.Float64,
    "price_usd": pl.Float64,
    "quality_feng": pl.Float64,
    "region": pl.Utf8,
    "value_usd": pl.Float64,
    "n_destinations": pl.Int64,
    "n_singletons": pl.Int64,
}


@dataclass(frozen=True)
class FirmRows:
    """One entry per firm row of a block, in its order; NaN where a firm has no price.

    Parameters
    ----------
    price_feng : price relative to its market, mean over destinations; singletons : destinations with quality 1 by construction.
    """

    value: Values
    price: Values
    quality: Values
    quality_feng: Values
    price_feng: Values
    destinations: Codes
    singletons: Codes


def firm_rows(block: Block, fit: Fit, number: int, options: MicroOptions) -> FirmRows:
    """Firm rows of block `number`."""
    rows, sigma = block.rows, fit.sigma_of(block)
    residual, singleton = fit.residuals(block, number)
    there = fit.priced(block)
    price = np.divide(block.priced, block.quantity, out=np.full(len(there), np.nan), where=there)
    of_market = _markets(block)
    own_quality_feng = feng_quality(fit.demand(block), sigma, block.markets, of_market)
    above, below = rows.total(block.priced), rows.total(block.quantity)
    total = np.divide(above, below, out=np.full(rows.count, np.nan), where=below > 0)
    return FirmRows(
        value=rows.total(block.value),
        price=total if options.price == "total" else rows.mean(price),
        quality=rows.mean(quality(residual, sigma)),
        quality_feng=rows.mean(own_quality_feng),
        price_feng=rows.mean(relative_to_market(price, of_market)),
        destinations=np.bincount(rows.code, minlength=rows.count),
        singletons=np.bincount(rows.code[singleton], minlength=rows.count),
    )


def _markets(block: Block) -> Groups:
    """Product, year and destination of each entry."""
    key = block.markets.code * block.size("destination") + block.destination
    keys, code = np.unique(key, return_inverse=True)
    return Groups(code, len(keys))


def firm_frame(block: Block, firms: FirmRows) -> pl.DataFrame:
    """The firm rows as they are handed out."""
    at = block.first
    frame = pl.DataFrame(
        {
            "firm": block.said("firm", block.firm[at]),
            "product": block.said("product", block.product[at]),
            "year": block.said("year", block.year[at]),
            "quality": firms.quality,
            "price_usd": firms.price,
            "quality_feng": firms.quality_feng,
            "region": block.said("region", block.region[at]),
            "value_usd": firms.value,
            "n_destinations": firms.destinations,
            "n_singletons": firms.singletons,
        }
    )
    return frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )
