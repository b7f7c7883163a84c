"""A table for publication, before anyone decides on a file format: title, heads, groups of rows, notes."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from entrepot.core.text import Language, Text

BLANK = ""
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a cell: spreadsheets get the number itself, all else its digits.

    Parameters
    ----------
    value : finite; what has no value is a cell of None.
    digits : behind the decimal point.
    stars : what follows it ("***").
    brackets : in round brackets, as standard errors are.
    percent : a fraction shown in per cent.

    Raises
    ------
    ValueError
        For NaN and infinities.

    Examples
    --------
    >>> Number(-0.1234, stars="**").say(), Number(0.02, brackets=True).say(), Number(0.759, 1, percent=True).say()
    ('-0.123**', '(0.020)', '75.9 %')
    """

    value: float
    digits: int = 3
    stars: str = ""
    brackets: bool = False
    percent: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError("a number of a publication table must be finite; use None for what has no value")

    def say(self) -> str:
        """The digits as they are read."""
        said = f"{self.value * (100 if self.percent else 1):,.{self.digits}f}{' %' if self.percent else ''}"
        if not said.strip("-0.% "):
            said = said.removeprefix("-")  # no minus zero
        return f"({said}){self.stars}" if self.brackets else f"{said}{self.stars}"

    @property
    def excel(self) -> str:
        """The number format of a spreadsheet that shows the same."""
        form = "#,##0" + ("." + "0" * self.digits if self.digits else "") + ("%" if self.percent else "")
        stars = f'"{self.stars}"' if self.stars else ""
        return f'"("{form}")"{stars};"("-{form}")"{stars}' if self.brackets else f"{form}{stars}"


Cell = Number | Text | str | None


@dataclass(frozen=True, slots=True)
class Head:
    """Head of one column of numbers.

    Parameters
    ----------
    label : its own head.
    over : a head that it shares with its neighbours of the same `over`.
    """

    label: Text
    over: Text | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name and one cell per column.

    Parameters
    ----------
    label : empty for a second line, such as standard errors.
    cells : as many as the table has columns; None prints a dash, "" nothing.
    strong : a total or a class, set in bold.
    indent : how deep the name stands.
    """

    label: Text
    cells: tuple[Cell, ...]
    strong: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; a hairline parts one group from the next."""

    rows: tuple[Row, ...]
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class PublicationTable:
    """A table for publication.

    Parameters
    ----------
    name : short and unique, of letters, digits and underscores: the sheet, the LaTeX label.
    title : with its number, "Table 1 …".
    stub : head of the column of names.
    columns, groups : the table itself.
    notes : what stands below: samples, kinds of errors, what stars mean, sources.

    Raises
    ------
    ValueError
        If a row has another number of cells than there are columns.

    Examples
    --------
    >>> row = Row(Text("Manufactures", "工业制成品"), (Number(0.462), None))
    >>> heads = (Head(Text("1991", "1991")), Head(Text("1981", "1981")))
    >>> table = PublicationTable("table3", Text("Table 3", "表3"), Text("Class", "分类"), heads, (Group((row,)),))
    >>> table.cell(row.cells[0], "en"), table.cell(None, "en")
    ('0.462', '–')
    """

    name: str
    title: Text
    stub: Text
    columns: tuple[Head, ...]
    groups: tuple[Group, ...]
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        wide = len(self.columns)
        for group in self.groups:
            for row in group.rows:
                if len(row.cells) != wide:
                    raise ValueError(f"{self.name}: row {row.label.en!r} has {len(row.cells)} cells for {wide} columns")

    @staticmethod
    def cell(cell: Cell, lang: Language) -> str:
        """What a cell says."""
        if cell is None:
            return NOTHING
        if isinstance(cell, Number):
            return cell.say()
        return cell.say(lang) if isinstance(cell, Text) else cell

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """JSON-ready: what each cell says, and its number where it is one."""
        return {
            "name": self.name,
            "title": self.title.say(lang),
            "stub": self.stub.say(lang),
            "columns": [
                {"label": head.label.say(lang), "over": head.over.say(lang) if head.over else None}
                for head in self.columns
            ],
            "groups": [
                {
                    "title": group.title.say(lang) if group.title else None,
                    "rows": [
                        {
                            "label": row.label.say(lang),
                            "cells": [self.cell(cell, lang) for cell in row.cells],
                            "numbers": [cell.value if isinstance(cell, Number) else None for cell in row.cells],
                            "strong": row.strong,
                            "indent": row.indent,
                        }
                        for row in group.rows
                    ],
                }
                for group in self.groups
            ],
            "notes": [note.say(lang) for note in self.notes],
        }

    @property
    def spans(self) -> tuple[tuple[Text | None, int], ...]:
        """The upper heads with the number of columns below each; empty where no column has one."""
        if not any(head.over for head in self.columns):
            return ()
        found: list[tuple[Text | None, int]] = []
        for head in self.columns:
            if found and found[-1][0] == head.over and head.over is not None:
                found[-1] = (head.over, found[-1][1] + 1)
            else:
                found.append((head.over, 1))
        return tuple(found)
