"""Which economies a tariff schedule means by an area: customs unions that levy, groups that enjoy a preference.

area : code as the table `tariffs` uses it; name : as the source names it.
since, until : first and last day of membership; null where the source gives none.
"""

import polars as pl

from entrepot.tables.schema import Table, iso3

TABLE = Table(
    "tariff_areas",
    schema={
        "area": pl.Utf8,
        "name": pl.Utf8,
        "economy": pl.Utf8,
        "since": pl.Date,
        "until": pl.Date,
        "source": pl.Utf8,
    },
    key=("area", "economy", "since", "source"),
    nullable=frozenset({"since", "until"}),
    rules=(iso3("economy"),),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
