"""Duties, ad valorem, as schedules and statistics give them: by product line, by chapter, or for a whole economy.

importer : who levies: an economy, or a customs area of the table `tariff_areas` ("EUN").
exporter : "" for every origin; else an economy or an area of beneficiaries ("A01", "US-P").
regime : "mfn", "preferential" (what a programme grants) or "applied" (what was levied, preferences included).
programme : name of the preference as the source has it; "" for none.
product : 6 digits, 2 digits (a chapter), or "" for all products; vintage : "HS17" …, "" where product is "".
rate : fraction, mean over lines; null where no line has an ad-valorem rate.
lines : tariff lines with a rate; lines_left_out : lines without one (specific duties); both null where not told.
basis : "line" (from the lines of the HS6), "chapter" or "country".
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Table, between, one_of, pattern, year

REGIMES = ("mfn", "preferential", "applied")
BASES = ("line", "chapter", "country")
# 3,000 % is the highest duty known among official schedules.
HIGHEST = 50.0

TABLE = Table(
    "tariffs",
    schema={
        "importer": pl.Utf8,
        "exporter": pl.Utf8,
        "regime": pl.Utf8,
        "programme": pl.Utf8,
        "product": pl.Utf8,
        "vintage": pl.Utf8,
        "year": pl.Int16,
        "rate": pl.Float64,
        "lines": pl.Int32,
        "lines_left_out": pl.Int32,
        "basis": pl.Utf8,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("importer", "exporter", "regime", "programme", "product", "vintage", "year", "source"),
    nullable=frozenset({"rate", "lines", "lines_left_out"}),
    rules=(
        pattern(
            "product",
            "|[0-9]{2}|[0-9]{6}",
            Text("with neither 6 nor 2 digits", "既非 6 位也非 2 位"),
            Text("Sum lines to HS6 first; leading zeros are kept.", "请先汇总到 HS6，保留前导零。"),
        ),
        one_of("regime", REGIMES),
        one_of("basis", BASES),
        year(),
        between("rate", 0, HIGHEST),
        between("lines", 0, 100_000),
        between("lines_left_out", 0, 100_000),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
