"""Groups of economies (EU27, ASEAN …): one row for each spell of membership.

since, until : first and last day of membership; null `since` means from the beginning or not known, null `until`
means that it lasts.
"""

import polars as pl

from entrepot.tables.schema import Table, iso3

TABLE = Table(
    "groups",
    schema={
        "group": pl.Utf8,
        "name_en": pl.Utf8,
        "name_zh": pl.Utf8,
        "economy": pl.Utf8,
        "since": pl.Date,
        "until": pl.Date,
        "source": pl.Utf8,
    },
    key=("group", "economy", "since"),
    nullable=frozenset({"since", "until"}),
    rules=(iso3("economy"),),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
