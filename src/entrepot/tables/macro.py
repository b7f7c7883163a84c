"""Size of economies by year.

indicator : "gdp_current_usd" (current US$) or "gdp_real_ppp_usd" (constant international US$); value : in US$.
An economy or year that no source gives has no row.
"""

import polars as pl

from entrepot.tables.schema import Table, iso3, one_of, positive, year

INDICATORS = ("gdp_current_usd", "gdp_real_ppp_usd")

TABLE = Table(
    "macro",
    schema={
        "economy": pl.Utf8,
        "year": pl.Int16,
        "indicator": pl.Utf8,
        "value": pl.Float64,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("economy", "year", "indicator", "source"),
    rules=(iso3("economy"), year(), one_of("indicator", INDICATORS), positive("value")),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
