"""Trade records in one table, as CSV, text with tabs, or Parquet: columns found by any of the names that providers use."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, said
from entrepot.sources.head import Head, columns_of, head_of, separator_of

TEXT_SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".dat")


def plain(name: str) -> str:
    """A column name without case, blanks and punctuation.

    Examples
    --------
    >>> plain("Trade Value (US$)"), plain("reporter_iso")
    ('tradevalueus', 'reporteriso')
    """
    return re.sub(r"[^0-9a-z]", "", name.casefold())


@dataclass(frozen=True, slots=True)
class Names:
    """What a provider may call a column.

    Parameters
    ----------
    choices : our name → the provider's names (see `plain`), the preferred one first.
    """

    choices: Mapping[str, tuple[str, ...]]

    def found(self, columns: Iterable[str]) -> dict[str, str]:
        """Our name → the column of the file, for those that it has."""
        present: dict[str, str] = {}
        for column in columns:
            present.setdefault(plain(column), column)
        return {
            ours: present[theirs[0]]
            for ours, names in self.choices.items()
            if (theirs := [name for name in names if name in present])
        }


def is_table(head: Head) -> bool:
    """Whether a file is text or Parquet by its suffix."""
    return head.suffix in (*TEXT_SUFFIXES, ".parquet")


def read_table(path: Path, names: Names, required: Iterable[str], place: Place) -> pl.DataFrame:
    """The columns that are known, under our names and as text, with the line of each row.

    Raises
    ------
    DataError
        ``unreadable``, ``missing_column``, ``no_rows``, ``not_text``.
    """
    head = head_of(path)
    if b"\x00" in head.start[:1024] and path.suffix.lower() != ".parquet":
        raise place.fault("not_text", Text("it is not text in UTF-8", "不是 UTF-8 编码的文本"))
    found = names.found(head.columns)
    for column in required:
        if column not in found:
            shown = " / ".join(names.choices[column])
            raise place.fault(
                "missing_column",
                Text(f"none of the columns {shown} is there", f"缺少列 {shown}"),
                column=column,
            )
    try:
        frame = _whole(path, head)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, UnicodeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:120]
        raise place.fault("unreadable", Text(f"it cannot be read ({reason})", f"无法读取（{reason}）")) from error
    if frame.is_empty():
        raise place.fault("no_rows", Text("no rows below the heading", "表头之下没有数据"))
    first = 1 if path.suffix.lower() == ".parquet" else 2
    texts = frame.select(pl.col(column).cast(pl.Utf8).alias(ours) for ours, column in found.items())
    return texts.with_columns(pl.int_range(first, first + frame.height, dtype=pl.UInt32).alias(LINE))


def values(frame: pl.DataFrame, column: str, place: Place) -> pl.Series:
    """A column of amounts, not negative; null where the file says nothing.

    Raises
    ------
    DataError
        ``bad_value`` or ``negative_value``: with line, column and value.
    """
    text = frame.select(said(column)).to_series()
    number = text.cast(pl.Float64, strict=False)
    for code, wrong, problem in (
        ("bad_value", text.is_not_null() & (number.is_null() | ~number.is_finite()), Text("not a number", "不是数值")),
        ("negative_value", number < 0, Text("an amount below zero", "金额或数量为负")),
    ):
        at = wrong.fill_null(False).arg_true()
        if len(at):
            row = int(at[0])
            line = int(frame[LINE][row])
            raise place.fault(code, problem, line=line, column=column, value=frame[column][row])
    return number


def _whole(path: Path, head: Head) -> pl.DataFrame:
    if path.suffix.lower() == ".parquet":
        return pl.read_parquet(path, glob=False)
    heading = (head.lines(1) or [""])[0]
    frame = pl.read_csv(path, separator=separator_of(heading), infer_schema=False, encoding="utf8", glob=False)
    # Read again by our own rule, so that both see the same names (quotes, blanks, byte-order mark).
    return frame.rename(dict(zip(frame.columns, columns_of(heading), strict=False)))
