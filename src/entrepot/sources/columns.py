"""Columns of text as a file gives them, turned into numbers and years, or the first cell that will not.

Readers hold a file as a frame of text columns beside `LINE`, the line or row of the file that each came from, so that
an error can name the place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.faults import bad_file

LINE = "line"
# Commas part thousands. Anywhere else one is a decimal comma, and without it a number would be ten times as large.
THOUSANDS = r"^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$"
# How official files say "nothing here".
NOTHING = ("", ".", "..", "...", "-", "--", "n/a", "N/A", "NA", "NaN", "nan", "None", "null", "#N/A")

WHOLE_FILE = Text(
    "Download the file again from its provider, and do not save it from a spreadsheet program.",
    "请从发布方重新下载该文件，不要用电子表格软件另存。",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which file, and which sheet or entry of it, a frame came from."""

    provider: str
    path: Path
    sheet: str | None = None
    entry: str | None = None

    def fault(
        self,
        code: str,
        problem: Text,
        remedy: Text = WHOLE_FILE,
        *,
        line: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> DataError:
        """The error for something wrong in this place."""
        return bad_file(
            code,
            self.provider,
            self.path,
            problem,
            remedy,
            entry=self.entry,
            sheet=self.sheet,
            line=line,
            column=column,
            value=value,
        )


def require(frame: pl.DataFrame, columns: Iterable[str], place: Place) -> None:
    """See that a frame has these columns and at least one row."""
    for column in columns:
        if column not in frame.columns:
            listed = ", ".join(name for name in frame.columns if name != LINE)[:200]
            raise place.fault(
                "missing_column",
                Text(f"the column is missing; there are {listed}", f"缺少该列；现有：{listed}"),
                column=column,
            )
    if frame.is_empty():
        raise place.fault("no_rows", Text("no rows below the heading", "表头之下没有数据"))


def said(column: str) -> pl.Expr:
    """The text of a column without blanks around it, null where it says nothing."""
    text = pl.col(column).str.strip_chars()
    return pl.when(text.is_in(NOTHING)).then(None).otherwise(text)


def numbers(frame: pl.DataFrame, column: str, place: Place, *, low: float, high: float) -> pl.Series:
    """A column as floats within bounds; null where the file says nothing.

    Raises
    ------
    DataError
        ``not_a_number``, ``out_of_range``: with line, column and value.
    """
    text = frame.select(said(column)).to_series()
    value = text.str.replace_all(",", "").cast(pl.Float64, strict=False)
    misplaced = text.str.contains(",", literal=True) & ~text.str.contains(THOUSANDS)
    wrong = text.is_not_null() & (value.is_null() | ~value.is_finite() | misplaced)
    _refuse(frame, column, wrong, place, "not_a_number", Text("not a number", "不是数值"))
    outside = (value < low) | (value > high)
    bounds = Text(f"outside {low:g} to {high:g}", f"超出 {low:g} 至 {high:g} 的范围")
    _refuse(frame, column, outside, place, "out_of_range", bounds)
    return value


def years(frame: pl.DataFrame, column: str, place: Place) -> pl.Series:
    """A column as calendar years.

    Raises
    ------
    DataError
        ``not_a_year``: with line, column and value.
    """
    text = frame.select(pl.col(column).str.strip_chars().str.strip_suffix(".0")).to_series()
    value = text.cast(pl.Int16, strict=False)
    wrong = value.is_null() | ~value.is_between(1800, 2100)
    _refuse(frame, column, wrong, place, "not_a_year", Text("not a calendar year", "不是年份"))
    return value


def check_codes(frame: pl.DataFrame, column: str, shape: str, place: Place, problem: Text) -> None:
    """See that every cell of a column is a code of this shape, a regular expression for the whole of it.

    Raises
    ------
    DataError
        ``bad_code``: with line, column and value.
    """
    _refuse(frame, column, ~frame[column].str.contains(f"^(?:{shape})$"), place, "bad_code", problem)


def last_year(frame: pl.DataFrame) -> int:
    """The last year of a frame with rows."""
    return int(frame.select(pl.col("year").max().cast(pl.Int64)).item())


def unique_rows(frame: pl.DataFrame, key: Sequence[str], place: Place) -> None:
    """See that no two rows of a file speak of the same thing."""
    repeated = frame.filter(frame.select(key).is_duplicated())
    if repeated.height:
        first = repeated.row(0, named=True)
        raise place.fault(
            "duplicate_rows",
            Text(f"{repeated.height} rows speak of the same thing", f"{repeated.height} 行内容重复"),
            line=first.get(LINE),
            column=", ".join(key),
            value=" ".join(str(first[name]) for name in key),
        )


def _refuse(frame: pl.DataFrame, column: str, wrong: pl.Series, place: Place, code: str, problem: Text) -> None:
    at = wrong.fill_null(False).arg_true()
    if len(at):
        row = int(at[0])
        raise place.fault(code, problem, line=int(frame[LINE][row]), column=column, value=frame[column][row])
