"""Land borders, in both directions.

note : null where the border needs no comment.
"""

import polars as pl

from entrepot.tables.schema import Table, distinct, iso3

TABLE = Table(
    "borders",
    schema={"economy": pl.Utf8, "neighbour": pl.Utf8, "source": pl.Utf8, "note": pl.Utf8},
    key=("economy", "neighbour"),
    nullable=frozenset({"note"}),
    rules=(iso3("economy"), iso3("neighbour"), distinct("economy", "neighbour")),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
