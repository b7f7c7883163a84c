"""Market conditions by economy and year: governance, logistics, cost of contracts and of customs.

indicator : name of the condition, lower case; its unit belongs to the indicator.
An economy or year that no source gives has no row; note : null where the value needs no comment.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Table, iso3, pattern, year

TABLE = Table(
    "conditions",
    schema={
        "economy": pl.Utf8,
        "year": pl.Int16,
        "indicator": pl.Utf8,
        "value": pl.Float64,
        "source": pl.Utf8,
        "edition": pl.Utf8,
        "note": pl.Utf8,
    },
    key=("economy", "year", "indicator", "source"),
    nullable=frozenset({"note"}),
    rules=(
        iso3("economy"),
        year(),
        pattern(
            "indicator",
            "[a-z][a-z0-9_]*",
            Text("with no indicator name", "不是指标名"),
            Text("Use lower-case letters, digits and underscores.", "请用小写字母、数字和下划线。"),
        ),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
