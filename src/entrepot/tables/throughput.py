"""Containers that a port handles in a year, by which ports of an economy are ranked.

port : name of the port as the source has it; teu : twenty-foot equivalents, above zero.
lat, lon : degrees north and east; null where the source gives none.
"""

import polars as pl

from entrepot.tables.schema import Table, between, positive, year

TABLE = Table(
    "throughput",
    schema={
        "port": pl.Utf8,
        "year": pl.Int16,
        "teu": pl.Float64,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("port", "year", "source"),
    nullable=frozenset({"lat", "lon"}),
    rules=(year(), positive("teu"), between("lat", -90, 90), between("lon", -180, 180)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
