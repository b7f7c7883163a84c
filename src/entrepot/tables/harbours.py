"""Seaports as the World Port Index lists them; the tables `ports` and `main_ports` can be derived from it.

port : UN/LOCODE without blanks, or "WPI" and the number of the index where it has none.
size : "Large", "Medium", "Small", "Very Small"; null where not told. kind : harbour type as the source has it.
"""

import polars as pl

from entrepot.tables.schema import Table, between, iso3, one_of

SIZES = ("Large", "Medium", "Small", "Very Small")

TABLE = Table(
    "harbours",
    schema={
        "port": pl.Utf8,
        "name": pl.Utf8,
        "economy": pl.Utf8,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "size": pl.Utf8,
        "kind": pl.Utf8,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("port",),
    nullable=frozenset({"size", "kind"}),
    rules=(iso3("economy"), between("lat", -90, 90), between("lon", -180, 180), one_of("size", SIZES)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
