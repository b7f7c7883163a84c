"""Trade agreements in force between two economies, in both directions.

agreement : short id; since : first day in force for the pair; until : last day, null while it lasts.
source : whose list; of several the first in the order of the rows is believed (see `PRECEDENCE` of the ingest).
kind : "FTA" free-trade area, "CU" customs union, "EIA" economic integration, "PTA" partial preferences.
"""

import polars as pl

from entrepot.tables.schema import Table, distinct, iso3, one_of

KINDS = ("FTA", "CU", "EIA", "PTA")

TABLE = Table(
    "agreements",
    schema={
        "agreement": pl.Utf8,
        "name_en": pl.Utf8,
        "name_zh": pl.Utf8,
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "since": pl.Date,
        "until": pl.Date,
        "kind": pl.Utf8,
        "source": pl.Utf8,
    },
    key=("source", "agreement", "exporter", "importer", "since"),
    nullable=frozenset({"until"}),
    rules=(iso3("exporter"), iso3("importer"), distinct("exporter", "importer"), one_of("kind", KINDS)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
