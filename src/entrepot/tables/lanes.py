"""Edges of the sea-lane network; each is sailed both ways and listed once.

from_lat … to_lon : degrees north and east; km : length.
passage : name of the canal or strait that the edge runs through, null on the open sea.
"""

import polars as pl

from entrepot.tables.schema import Table, between

TABLE = Table(
    "lanes",
    schema={
        "from_lat": pl.Float64,
        "from_lon": pl.Float64,
        "to_lat": pl.Float64,
        "to_lon": pl.Float64,
        "km": pl.Float64,
        "passage": pl.Utf8,
    },
    key=("from_lat", "from_lon", "to_lat", "to_lon"),
    nullable=frozenset({"passage"}),
    rules=(
        between("from_lat", -90, 90),
        between("from_lon", -180, 180),
        between("to_lat", -90, 90),
        between("to_lon", -180, 180),
        between("km", 0, 20_100),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
