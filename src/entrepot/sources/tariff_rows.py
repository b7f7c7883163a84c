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
# The vintages of the Harmonized System by the letter-and-number that WITS and Comtrade give them.
HS_VINTAGES = {
    "H0": "HS92",
    "H1": "HS96",
    "H2": "HS02",
    "H3": "HS07",
    "H4": "HS12",
    "H5": "HS17",
    "H6": "HS22",
}


def tariff_rows(frame: pl.DataFrame, source: str, edition: str) -> pl.DataFrame:
    """Canonical rows of columns importer, regime, year, rate, basis and any of the others."""
    absent = {name: pl.lit(value) for name, value in DEFAULTS.items() if name not in frame.columns}
    origin = frame.with_columns(**absent, source=pl.lit(source), edition=pl.lit(edition))
    return origin.select(pl.col(name).cast(dtype) for name, dtype in tariffs.SCHEMA.items())
