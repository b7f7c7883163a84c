"""Products of a classification, with names in both languages.

classification : "HS92", "HS17" …; code : text of 4 or 6 digits; level : how many.
parent : the HS4 of an HS6; null for an HS4.
section : section of the Harmonized System.
hs6_total : for an HS4, how many HS6 codes the classification has below it; null for an HS6.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Rule, Table, between, product_code

TABLE = Table(
    "products",
    schema={
        "classification": pl.Utf8,
        "code": pl.Utf8,
        "level": pl.Int8,
        "parent": pl.Utf8,
        "name_en": pl.Utf8,
        "name_zh": pl.Utf8,
        "section": pl.Utf8,
        "hs6_total": pl.Int16,
        "source": pl.Utf8,
    },
    key=("classification", "code"),
    nullable=frozenset({"parent", "hs6_total"}),
    rules=(
        *product_code("code"),
        Rule(
            "level",
            pl.col("level") != pl.col("code").str.len_chars(),
            Text("with a level unlike the number of digits of the code", "与编码位数不符"),
            Text("The level is 4 or 6, as many as the code has digits.", "级别为 4 或 6，须等于编码位数。"),
        ),
        Rule(
            "parent",
            (pl.col("level") == 6) & pl.col("parent").ne_missing(pl.col("code").str.head(4))
            | (pl.col("level") == 4) & pl.col("parent").is_not_null(),
            Text("with something else than the HS4 of the code", "不是该编码的 HS4"),
            Text(
                "The parent is the first four digits of an HS6, and null for an HS4.",
                "HS6 的上级为前四位，HS4 的上级为空。",
            ),
        ),
        between("hs6_total", 1, 999),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
