"""Rows of the table `macro`, as several readers make them."""

import polars as pl

from entrepot.tables import macro

KEY = ("economy", "year", "indicator")


def macro_rows(frame: pl.DataFrame, source: str, edition: str) -> pl.DataFrame:
    """Canonical rows of columns economy, year, indicator, value."""
    origin = frame.with_columns(source=pl.lit(source), edition=pl.lit(edition))
    return origin.select(pl.col(name).cast(dtype) for name, dtype in macro.SCHEMA.items()).sort(*KEY)
