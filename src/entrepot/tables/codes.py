"""Foreign codes of economies: what BACI, Comtrade and older statistics call them.

scheme : "baci", "comtrade" or "old"; code : as text, as the scheme writes it; iso3 : the economy it stands for.
note : null where the mapping needs no comment.
"""

import polars as pl

from entrepot.tables.schema import Table, iso3, one_of

SCHEMES = ("baci", "comtrade", "old")

TABLE = Table(
    "codes",
    schema={"scheme": pl.Utf8, "code": pl.Utf8, "iso3": pl.Utf8, "note": pl.Utf8},
    key=("scheme", "code"),
    nullable=frozenset({"note"}),
    rules=(one_of("scheme", SCHEMES), iso3("iso3")),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
