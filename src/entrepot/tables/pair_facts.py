"""Facts about ordered pairs of economies from outside: CEPII's distances, common language, colonial ties.

km_cepii : mean great circle between cities, weighted by population (GeoDist `distw`); null where not given.
contiguous, common_language (official or primary), common_spoken_language (of at least 9 % in both), colony (ever in a
colonial relationship), common_colonizer (after 1945) : true or false; null where not given.
note : null where the facts need no comment (an economy that takes the facts of the one it was part of).
"""

import polars as pl

from entrepot.tables.schema import Table, between, distinct, iso3

TABLE = Table(
    "pair_facts",
    schema={
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "km_cepii": pl.Float64,
        "contiguous": pl.Boolean,
        "common_language": pl.Boolean,
        "common_spoken_language": pl.Boolean,
        "colony": pl.Boolean,
        "common_colonizer": pl.Boolean,
        "source": pl.Utf8,
        "edition": pl.Utf8,
        "note": pl.Utf8,
    },
    key=("exporter", "importer", "source"),
    nullable=frozenset(
        {
            "km_cepii",
            "contiguous",
            "common_language",
            "common_spoken_language",
            "colony",
            "common_colonizer",
            "note",
        }
    ),
    rules=(iso3("exporter"), iso3("importer"), distinct("exporter", "importer"), between("km_cepii", 0, 20_100)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
