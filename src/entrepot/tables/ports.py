"""Seaports and how far each lies from the lane network.

port : UN/LOCODE, or the id of the source where it has none; lat, lon : degrees north and east.
lane_km : kilometres to the nearest point of the network; on_lane : near enough, and not on the Caspian.
"""

import polars as pl

from entrepot.tables.schema import Table, between, iso3

TABLE = Table(
    "ports",
    schema={
        "port": pl.Utf8,
        "name": pl.Utf8,
        "economy": pl.Utf8,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "lane_km": pl.Float64,
        "on_lane": pl.Boolean,
        "source": pl.Utf8,
    },
    key=("port",),
    rules=(iso3("economy"), between("lat", -90, 90), between("lon", -180, 180), between("lane_km", 0, 20_100)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
