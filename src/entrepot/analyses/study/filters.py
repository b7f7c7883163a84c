"""Filters of a study: `column op value`, read into an expression; nothing is evaluated."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from entrepot.analyses.econ.variables import as_numbers
from entrepot.analyses.study.reading import unknown
from entrepot.core.errors import InputError
from entrepot.core.text import Text

COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "!=": lambda a, b: a != b,
    "==": lambda a, b: a == b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
_FORM = re.compile(r"\s*([^\s<>=!]+)\s*(>=|<=|!=|==|>|<|\bnot in\b|\bin\b)\s*(\S.*?)\s*")


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows that are kept: those whose `column` stands in that relation to the values.

    Attributes
    ----------
    said : as it was written.
    operator : ">=", "<=", "!=", "==", ">", "<", "in" or "not in".
    values : one, or several for "in" and "not in".
    """

    said: str
    column: str
    operator: str
    values: tuple[str, ...]


def filter_of(said: str, field: str = "filters") -> Filter:
    """Read "n_firms >= 5", "year != 2015" or "region not in 11, 12, 31, 50".

    Raises
    ------
    InputError
        ``bad_filter``.

    Examples
    --------
    >>> filter_of("region not in 11, 12").values
    ('11', '12')
    """
    found = _FORM.fullmatch(said)
    values = tuple(part.strip() for part in found[3].split(",")) if found else ()
    several = found is not None and found[2] in ("in", "not in")
    ordered = found is not None and found[2] in (">=", "<=", ">", "<")
    if not found or not all(values) or (len(values) > 1 and not several) or (ordered and _number(values[0]) is None):
        raise InputError(
            "bad_filter",
            Text(
                f"{field}: {said!r} is no filter. Write column >= number, column == value, column in value, value "
                f"(operators {' '.join(COMPARED)} in, not in).",
                f"{field}：{said!r} 不是有效的筛选条件。应写作 列 >= 数值、列 == 值 或 列 in 值, 值"
                f"（运算符 {' '.join(COMPARED)} in、not in）。",
            ),
            field=field,
        )
    return Filter(said, found[1], found[2], values)


def kept_by(frame: pl.DataFrame, filters: Sequence[Filter], field: str = "filters") -> pl.Series:
    """Which rows all filters keep; a missing value is kept by none, not even by != and "not in".

    Values are compared as numbers where both sides are numbers, else as text, so that a region "11" in a column of text and
    one in a column of numbers are the same.

    Raises
    ------
    InputError, DataError
        ``unknown_key`` for a column that is not there; ``not_numbers`` for an order among words.

    Examples
    --------
    >>> frame = pl.DataFrame({"region": ["11", "12", None], "n": [4, 7, 9]})
    >>> kept_by(frame, [filter_of("n >= 5"), filter_of("region != 11")]).to_list()
    [False, True, False]
    """
    kept = pl.Series([True] * frame.height, dtype=pl.Boolean)
    for one in filters:
        if one.column not in frame.columns:
            raise unknown(field, one.column, frame.columns)
        kept = kept & _kept(frame, one).fill_null(False)
    return kept


def _kept(frame: pl.DataFrame, one: Filter) -> pl.Series:
    column = frame[one.column]
    if one.operator in (">=", "<=", ">", "<"):
        return pl.Series(COMPARED[one.operator](as_numbers(frame, one.column), float(one.values[0])))
    numbers = [_number(value) for value in one.values]
    if column.dtype.is_numeric() and None not in numbers:
        found = column.cast(pl.Float64).is_in([number for number in numbers if number is not None])
    else:
        found = column.cast(pl.String).is_in(list(one.values))
    return found if one.operator in ("in", "==") else ~found


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None
