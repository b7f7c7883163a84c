"""The main ports of an economy, most important first.

rank : 1 = most important; lat, lon : degrees north and east.
note : null where the choice needs no comment.
"""

import polars as pl

from entrepot.tables.schema import Table, between, iso3

TABLE = Table(
    "main_ports",
    schema={
        "economy": pl.Utf8,
        "rank": pl.Int8,
        "port": pl.Utf8,
        "name": pl.Utf8,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "source": pl.Utf8,
        "note": pl.Utf8,
    },
    key=("economy", "rank"),
    nullable=frozenset({"note"}),
    rules=(iso3("economy"), between("rank", 1, 99), between("lat", -90, 90), between("lon", -180, 180)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
