"""Rows of the table `tariffs`, as several readers make them."""

import polars as pl

from entrepot.tables import tariffs

# What a column holds where a source has nothing to say in it.
DEFAULTS = {
    "exporter": "",
    "programme": "",
    "product": "",
    "vintage": "",
    "lines": None,
    "lines_left_out": None,
}


def tariff_rows(frame: pl.DataFrame, source: str, edition: str) -> pl.DataFrame:
    """Canonical rows of columns importer, regime, year, rate, basis and any of the others."""
    absent = {name: pl.lit(value) for name, value in DEFAULTS.items() if name not in frame.columns}
    origin = frame.with_columns(**absent, source=pl.lit(source), edition=pl.lit(edition))
    return origin.select(pl.col(name).cast(dtype) for name, dtype in tariffs.SCHEMA.items())
