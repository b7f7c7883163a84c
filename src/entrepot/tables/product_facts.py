"""What is known of products besides their names: elasticities, degree of differentiation, technology, product groups.

classification : of the code ("HS07", "SITC2" …). fact : "name_en" (of codes outside the Harmonized System), "trade_elasticity" (negative), "substitution_elasticity"
(sigma, above 1), "rauch_conservative", "rauch_liberal" ("w" organised exchange, "r" reference-priced,
"n" differentiated), "lall" (technology class), "epm_group" (product group of the Export Potential Map).
importer : the economy that an elasticity was estimated for; "" for all.
number, word : one of the two; the other is null.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Rule, Table, one_of

FACTS = (
    "name_en",
    "trade_elasticity",
    "substitution_elasticity",
    "rauch_conservative",
    "rauch_liberal",
    "lall",
    "epm_group",
)

TABLE = Table(
    "product_facts",
    schema={
        "classification": pl.Utf8,
        "code": pl.Utf8,
        "importer": pl.Utf8,
        "fact": pl.Utf8,
        "number": pl.Float64,
        "word": pl.Utf8,
        "source": pl.Utf8,
        "edition": pl.Utf8,
    },
    key=("classification", "code", "importer", "fact", "source"),
    nullable=frozenset({"number", "word"}),
    rules=(
        one_of("fact", FACTS),
        Rule(
            "number",
            pl.col("number").is_null() == pl.col("word").is_null(),
            Text("with both a number and a word, or neither", "数值与文字同时有值或同时缺失"),
            Text("Give one of the two.", "请只给其一。"),
        ),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
