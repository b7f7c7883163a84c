"""Who reports in a year of a data set (derived from its flows).

An economy reports in a year if the set has any import flow of it; an economy that only exports has no row.
imports_usd : all its imports, above zero; exports_usd : all its exports, 0 where it exported nothing.
"""

import polars as pl

from entrepot.tables.schema import Table, between, iso3, positive, year

TABLE = Table(
    "reporters",
    schema={"year": pl.Int16, "economy": pl.Utf8, "imports_usd": pl.Float64, "exports_usd": pl.Float64},
    key=("year", "economy"),
    rules=(year(), iso3("economy"), positive("imports_usd"), between("exports_usd", 0, float("inf"))),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
