"""Rows of the table `conditions`, as several readers make them."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.tally import Tally
from entrepot.tables import conditions

KEY = ("economy", "year", "indicator")
NO_VALUE = Text("rows without a value", "没有取值的行")
SECOND_TELLING = Text(
    "values that another of the files gives too (the newer or more exact one is kept)",
    "另一文件也给出的取值（保留较新或较精确者）",
)


def condition_rows(frame: pl.DataFrame, source: str, edition: str) -> pl.DataFrame:
    """Canonical rows of columns economy, year, indicator, value and, if there is one, note."""
    if "note" not in frame.columns:
        frame = frame.with_columns(note=pl.lit(None, dtype=pl.Utf8))
    origin = frame.with_columns(source=pl.lit(source), edition=pl.lit(edition))
    return origin.select(pl.col(name).cast(dtype) for name, dtype in conditions.SCHEMA.items())


def first_told(parts: Sequence[pl.DataFrame], tally: Tally, *, series: bool = False) -> pl.DataFrame:
    """The parts as one table; what an earlier part tells is not taken from a later one, and that is counted.

    Parameters
    ----------
    series : whole series of an economy and indicator at a time, where a new edition revises the years before.
    """
    key = [name for name in KEY if name != "year" or not series]
    kept = parts[0]
    for part in parts[1:]:
        new = part.join(kept, on=key, how="anti", maintain_order="left")
        again = part.join(kept, on=key, how="semi")
        tally.drop("told_twice", SECOND_TELLING, again["economy"])
        kept = pl.concat([kept, new])
    return kept.sort(*KEY)
