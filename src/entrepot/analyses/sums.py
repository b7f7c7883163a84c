"""Sums by key that come out the same, bit by bit, however many threads the machine has."""

from collections.abc import Sequence

import polars as pl

# Amounts are added as whole numbers of so small a part of a US dollar or metric ton; a power of two, so that nothing is lost
# on the way there and back.
FINE = 2.0**40


def summed(rows: pl.DataFrame, keys: Sequence[str], amounts: Sequence[str], count: str | None = None) -> pl.DataFrame:
    """Σ of the amounts by the keys, sorted by the keys; a null adds nothing.

    Polars adds the parts of a group in whatever order its threads finish, and floating-point sums depend on the order in
    their last digits. Whole numbers do not, so the same question has the same answer to the last digit.

    Parameters
    ----------
    keys : columns without nulls.
    count : name of a further column with the number of rows, if wanted.

    Examples
    --------
    >>> rows = pl.DataFrame({"k": ["b", "a", "b"], "x": [0.5, 1.0, 0.25]})
    >>> summed(rows, ["k"], ["x"], "n").rows()
    [('a', 1.0, 1), ('b', 0.75, 2)]
    """
    sums = [
        ((pl.col(name) * FINE).round().cast(pl.Int128).sum().cast(pl.Float64) / FINE).alias(name) for name in amounts
    ]
    counts = [] if count is None else [pl.len().cast(pl.Int64).alias(count)]
    return rows.group_by(keys).agg(*sums, *counts).sort(keys)


def grouped(rows: pl.DataFrame, keys: Sequence[str], *sums: pl.Expr) -> pl.DataFrame:
    """Sums by key of very many rows, the groups in the order of their first rows: words are compared as numbers, at once.

    Examples
    --------
    >>> rows = pl.DataFrame({"k": ["b", "a", "b"], "x": [0.5, 1.0, 0.25]})
    >>> grouped(rows, ["k"], pl.col("x").sum()).rows()
    [('b', 0.75), ('a', 1.0)]
    """
    words = [key for key in keys if rows.schema[key] == pl.String]
    coded = rows.with_columns(pl.col(words).cast(pl.Categorical)) if words else rows
    return coded.group_by(keys, maintain_order=True).agg(*sums).with_columns(pl.col(words).cast(pl.String))
