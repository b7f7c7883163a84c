"""Customs declarations of firms, or their sums: one or more rows for a firm, product, destination and year.

year : calendar year.
flow : "export" or "import".
firm : the firm's code, text.
region : where the firm is at home, text.
product : code as text, leading zeros kept; HS of 4, 6 or 8 digits, or another classification.
destination : economy that buys; for imports, the origin.
value_usd : current US$, above zero.
quantity : in any unit that is the same within a product, above zero; null where the declaration gives none.
owner : type of owner; null where unknown. The words of the ready mapping are in `OWNERS`.
regime : customs regime ("ordinary", "processing" …); null where unknown.

Rows with the same keys are declarations to be added up, so no key is unique.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Table, one_of, pattern, positive, year

FLOWS = ("export", "import")
FOREIGN = ("cooperative", "joint_venture", "wholly_foreign", "foreign")
STATE = ("state",)
OWNERS = (*STATE, *FOREIGN, "collective", "private", "individual", "other")

TABLE = Table(
    "firm_flows",
    schema={
        "year": pl.Int16,
        "flow": pl.Utf8,
        "firm": pl.Utf8,
        "region": pl.Utf8,
        "product": pl.Utf8,
        "destination": pl.Utf8,
        "value_usd": pl.Float64,
        "quantity": pl.Float64,
        "owner": pl.Utf8,
        "regime": pl.Utf8,
    },
    key=(),
    nullable=frozenset({"quantity", "owner", "regime"}),
    rules=(
        year(),
        one_of("flow", FLOWS),
        *(
            pattern(
                column,
                r"\S(?:.*\S)?",
                Text("with an empty code, or one with blanks around it", "编码为空或首尾含空格"),
                Text("Write codes as text without blanks around them.", "编码请写为首尾无空格的文本。"),
            )
            for column in ("firm", "region", "product", "destination")
        ),
        positive("value_usd"),
        positive("quantity"),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
