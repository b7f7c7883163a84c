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


def targets_of(table: pl.DataFrame, source: str) -> list[str]:
    """Classifications to which the table knows a way from one, in either direction of its rows."""
    ahead = table.filter(pl.col("from_classification") == source)["to_classification"]
    back = table.filter((pl.col("to_classification") == source) & pl.col("from_classification").str.starts_with("HS"))
    return sorted({*ahead.unique(), *back["from_classification"].unique()})


def correspondences(table: pl.DataFrame, source: str, target: str, *, chosen: bool = False) -> list[tuple[str, str]]:
    """Pairs of codes that correspond, (source, target); where only the way back is told, that way turned round.

    Parameters
    ----------
    chosen : of a code of which the source of the table prefers some pairs (it converts by them itself), those alone.

    Examples
    --------
    >>> way = {"from_classification": ["HS17"] * 2, "to_classification": ["HS92"] * 2, "from_code": ["010121"] * 2}
    >>> told = pl.DataFrame({**way, "to_code": ["010111", "010119"], "chosen": [True, False]})
    >>> correspondences(told, "HS17", "HS92", chosen=True), correspondences(told, "HS92", "HS17")
    ([('010121', '010111')], [('010111', '010121'), ('010119', '010121')])
    """
    route = (pl.col("from_classification") == source) & (pl.col("to_classification") == target)
    back = (pl.col("from_classification") == target) & (pl.col("to_classification") == source)
    found = table.filter(route).select("from_code", "to_code", "chosen")
    if found.is_empty():
        found = table.filter(back).select("chosen", from_code="to_code", to_code="from_code")
    if chosen:
        picked = pl.col("chosen").fill_null(False)
        found = found.filter(picked | ~picked.any().over("from_code"))
    return found.select("from_code", "to_code").unique().sort("from_code", "to_code").rows()
