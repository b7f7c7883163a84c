"""Bilateral trade: one row for each pair that traded a product in a year.

year : calendar year.
exporter, importer : ISO 3166 alpha-3.
product : HS code as text of 4 or 6 digits, leading zeros kept; the vintage belongs to the data set.
value_usd : current US$, above zero; an absent row is a zero flow between reporting economies.
quantity_t : metric tons, above zero; null where the source gives no quantity (never zero).
"""

import polars as pl

from entrepot.tables.schema import Table, iso3, positive, product_code, year

TABLE = Table(
    "flows",
    schema={
        "year": pl.Int16,
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "product": pl.Utf8,
        "value_usd": pl.Float64,
        "quantity_t": pl.Float64,
    },
    key=("year", "exporter", "importer", "product"),
    nullable=frozenset({"quantity_t"}),
    rules=(
        year(),
        iso3("exporter"),
        iso3("importer"),
        *product_code("product"),
        positive("value_usd"),
        positive("quantity_t"),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
