"""Which codes of one classification correspond to which of another.

from_classification, to_classification : "HS17", "HS92", "SITC3", "BEC4" …; codes are text with leading zeros.
relationship : "1:1", "1:n" (one is split), "n:1" (several are merged), "n:n".
chosen : the one code that the source itself converts to; null where the source names none.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Rule, Table, one_of

RELATIONSHIPS = ("1:1", "1:n", "n:1", "n:n")

TABLE = Table(
    "concordances",
    schema={
        "from_classification": pl.Utf8,
        "from_code": pl.Utf8,
        "to_classification": pl.Utf8,
        "to_code": pl.Utf8,
        "relationship": pl.Utf8,
        "chosen": pl.Boolean,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("from_classification", "from_code", "to_classification", "to_code"),
    nullable=frozenset({"chosen"}),
    rules=(
        one_of("relationship", RELATIONSHIPS),
        Rule(
            "from_code",
            pl.col("from_classification").str.starts_with("HS") & (pl.col("from_code").str.len_chars() != 6),
            Text("with an HS code that has not 6 digits", "HS 编码不是 6 位"),
            Text("Read the column as text: leading zeros were probably lost.", "请按文本读取该列：前导零可能已丢失。"),
        ),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
