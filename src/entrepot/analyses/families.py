"""What the families of formulas beside the market finder share in their answers: columns, origins, citation, options."""

from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import polars as pl

from entrepot.analyses.columns import Column
from entrepot.core.errors import InputError, nearest_of
from entrepot.core.indicator import Direction, Unit
from entrepot.core.missing import Reason
from entrepot.core.text import Text
from entrepot.formulas.registry import Registry


def plain(
    name: str, en: str, zh: str, unit: Unit, meaning: Text | None = None, direction: Direction = "none"
) -> Column:
    """A column that no indicator stands behind: a key, a name, an amount."""
    label = Text(en, zh)
    return Column(name, label, unit, direction, False, meaning or label)


def columns_of(frame: pl.DataFrame, registry: Registry, keys: Mapping[str, Column]) -> tuple[Column, ...]:
    """What each column of the frame is, in its order."""
    said = []
    for name in frame.columns:
        if name in keys:
            said.append(keys[name])
        else:
            entry = registry.entries[name]
            said.append(Column(name, entry.name, entry.unit, entry.direction, False, entry.meaning))
    return tuple(said)


def nulls(frame: pl.DataFrame, reason_of: Mapping[str, Reason]) -> list[dict[str, Reason]]:
    """Column → reason for every null of every row; a column not named in `reason_of` is `undefined` where null."""
    empty = [name for name in frame.columns if frame[name].null_count()]
    rows = frame.select(pl.col(empty).is_null()).iter_rows() if empty else ()
    told = [
        {name: reason_of.get(name, "undefined") for name, null in zip(empty, row, strict=True) if null} for row in rows
    ]
    return told or [{} for _ in range(frame.height)]


def spanned(years: Sequence[int]) -> Text:
    """The years in a title: "2024", "2000–2024"."""
    said = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return Text(said, f"{said} 年")


def check_between(
    field: str, value: Any, low: float, high: float, *, open_ends: bool = False, whole: bool = False
) -> None:
    """Refuse what is no number (where `whole`: no whole number), and a number outside a range."""
    number = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
    if not number or not (low < value < high if open_ends else low <= value <= high):
        kind = Text(", a whole number", "的整数") if whole else Text("", "")
        raise InputError(
            f"bad_{field}",
            Text(
                f"{field} is {value!r}; it must lie between {low:g} and {high:g}{kind.en}.",
                f"{field} 为 {value!r}；须为 {low:g} 与 {high:g} 之间{kind.zh}。",
            ),
            field=field,
        )


def check_columns(field: str, frame: pl.DataFrame, needed: Sequence[str]) -> None:
    """Refuse a table of the user's that lacks a column."""
    absent = [name for name in needed if name not in frame.columns]
    if absent:
        raise InputError(
            f"bad_{field}",
            Text(
                f"The table {field} lacks {', '.join(absent)}; it has {', '.join(frame.columns)}.",
                f"表 {field} 缺少列 {'、'.join(absent)}；现有 {'、'.join(frame.columns)}。",
            ),
            field=field,
            valid=list(needed),
            nearest=nearest_of(absent[0], frame.columns),
        )
