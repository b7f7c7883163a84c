"""Rows of the table `product_facts`, as several readers make them."""

import polars as pl

from entrepot.tables import product_facts

NOTHING_KNOWN = {"importer": pl.lit(""), "number": pl.lit(None, dtype=pl.Float64), "word": pl.lit(None, dtype=pl.Utf8)}


def fact_rows(frame: pl.DataFrame, source: str, edition: str) -> pl.DataFrame:
    """Canonical rows of columns classification, code, fact, and number or word."""
    absent = {name: value for name, value in NOTHING_KNOWN.items() if name not in frame.columns}
    origin = frame.with_columns(**absent, source=pl.lit(source), edition=pl.lit(edition))
    rows = origin.select(pl.col(name).cast(dtype) for name, dtype in product_facts.SCHEMA.items())
    return rows.sort("classification", "fact", "importer", "code")
