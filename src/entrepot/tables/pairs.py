"""Ordered pairs of economies: border and distances, one column for each provider.

km_ports, km_sea, km_great_circle : kilometres; null where that provider gives no distance for the pair.
rule_ports, rule_sea : which of the provider's rules gave the number; "none" where no rule does.
"""

import polars as pl

from entrepot.tables.schema import Table, between, distinct, iso3

# Detours by sea exceed half the Earth's circumference, but never its whole.
LONGEST_KM = 40_100

TABLE = Table(
    "pairs",
    schema={
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "border": pl.Boolean,
        "km_ports": pl.Float64,
        "rule_ports": pl.Utf8,
        "km_sea": pl.Float64,
        "rule_sea": pl.Utf8,
        "km_great_circle": pl.Float64,
    },
    key=("exporter", "importer"),
    nullable=frozenset({"km_ports", "rule_ports", "km_sea", "rule_sea", "km_great_circle"}),
    rules=(
        iso3("exporter"),
        iso3("importer"),
        distinct("exporter", "importer"),
        between("km_ports", 0, LONGEST_KM),
        between("km_sea", 0, LONGEST_KM),
        between("km_great_circle", 0, 20_100),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
