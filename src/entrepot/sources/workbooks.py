"""Excel workbooks, old and new, as frames of text columns.

One reader (calamine, in Rust) for both: no macro runs, no formula is computed, no XML entity is followed.
"""

import datetime
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.archive import entries_of, opened_entry
from entrepot.sources.columns import LINE, Place
from entrepot.sources.head import ZIP_MAGIC, Head

OLD_MAGIC = b"\xd0\xcf\x11\xe0"
MAX_BYTES = 256 * 2**20
PREVIEW_ROWS, PREVIEW_COLUMNS = 8, 60

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta


@dataclass(frozen=True, slots=True)
class Preview:
    """Sheet names of a workbook and the first rows of its first sheet, as text: enough to recognise it."""

    sheets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview_of(head: Head) -> Preview | None:
    """The preview of a file that looks like a workbook; None for any other, or one that cannot be opened."""
    if not head.start.startswith((ZIP_MAGIC, OLD_MAGIC)) or head.suffix not in (".xlsx", ".xls", ".xlsm"):
        return None
    try:
        stat = head.path.stat()
        return _preview(head.path, stat.st_mtime_ns, stat.st_size)
    except (DataError, OSError):
        return None


# Every reader of workbooks looks at the same preview; opening the file once is enough.
@lru_cache(maxsize=16)
def _preview(path: Path, _modified: int, _size: int) -> Preview:
    with _opened(Place("–", path)) as book:
        names = tuple(book.sheet_names)
        sheet = _sheet(book, names[0], Place("–", path)) if names else None
        rows = _rows(sheet, PREVIEW_ROWS) if sheet else []
        return Preview(names, tuple(tuple(text_of_cell(cell) for cell in row[:PREVIEW_COLUMNS]) for row in rows))


def sheet_names(place: Place) -> list[str]:
    """The sheets of a workbook, in order."""
    with _opened(place) as book:
        return list(book.sheet_names)


def sheet_rows(place: Place) -> list[list[str]]:
    """All rows of the sheet of a place, as text.

    Raises
    ------
    DataError
        ``bad_workbook``, ``bad_archive``, ``missing_sheet``, ``file_too_large``.
    """
    with _opened(place) as book:
        stat = place.path.stat()
        _check_bytes(place.path, place.provider, stat.st_mtime_ns, stat.st_size)
        name = place.sheet or (book.sheet_names or [""])[0]
        rows = _rows(_sheet(book, name, place), None)
    return [[text_of_cell(cell) for cell in row] for row in rows]


def sheet_frame(place: Place, *, heading_row: int = 1, unique: bool = True) -> pl.DataFrame:
    """A sheet as a frame of text columns under the heading in a row (counted from 1), with the row that each came from.

    Parameters
    ----------
    unique : refuse two columns of one name; otherwise the first of them is read.

    Raises
    ------
    DataError
        As `sheet_rows`, and ``no_heading``, ``duplicate_column``.
    """
    rows = sheet_rows(place)
    if len(rows) < heading_row:
        raise place.fault("no_heading", Text(f"no row {heading_row}", f"没有第 {heading_row} 行"))
    heading = [name.strip() for name in rows[heading_row - 1]]
    named = [position for position, name in enumerate(heading) if name]
    names = [heading[position] for position in named]
    if not names:
        raise place.fault("no_heading", Text(f"row {heading_row} is empty", f"第 {heading_row} 行为空"))
    if not unique:
        named = [position for position in named if heading.index(heading[position]) == position]
        names = [heading[position] for position in named]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise place.fault("duplicate_column", Text("two columns have one name", "列名重复"), column=twice)
    kept = [(line, row) for line, row in enumerate(rows, start=1) if line > heading_row and any(row)]
    columns = {heading[position]: [row[position] for _, row in kept] for position in named}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.Utf8()))
    return frame.with_columns(pl.Series(LINE, [line for line, _ in kept], dtype=pl.UInt32))


def text_of_cell(cell: object) -> str:
    """A cell as the text that a delimited file would hold: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return cell.strip() if isinstance(cell, str) else str(cell)


def _opened(place: Place) -> CalamineWorkbook:
    try:
        size = place.path.stat().st_size
        if size > MAX_BYTES:
            raise place.fault("file_too_large", Text(f"{size:,} bytes", f"{size:,} 字节"))
        with place.path.open("rb") as file:
            zipped = file.read(4) == ZIP_MAGIC
        if zipped:
            entries_of(place.path, place.provider)
        return CalamineWorkbook.from_path(str(place.path))
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(place, error) from error


# Once for all sheets of a file.
@lru_cache(maxsize=16)
def _check_bytes(path: Path, provider: str, _modified: int, _size: int) -> None:
    """See that every part unpacks to the bytes that were packed: the reader of workbooks takes damaged ones as they are."""
    if zipfile.is_zipfile(path):
        for entry in entries_of(path, provider):
            with opened_entry(path, entry.name, provider) as content:
                while content.read(1 << 20):
                    pass


def _sheet(book: CalamineWorkbook, name: str, place: Place) -> CalamineSheet:
    if name not in book.sheet_names:
        listed = ", ".join(book.sheet_names)
        raise place.fault(
            "missing_sheet", Text(f"no sheet {name!r}; there are {listed}", f"没有工作表 {name!r}；现有：{listed}")
        )
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, ValueError) as error:
        raise _damaged(place, error) from error


def _rows(sheet: CalamineSheet, count: int | None) -> list[list[Cell]]:
    rows = sheet.to_python(skip_empty_area=False, nrows=count)
    return [list(row) for row in rows]


def _damaged(place: Place, error: Exception) -> DataError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return place.fault("bad_workbook", Text(f"the workbook is damaged ({reason})", f"工作簿已损坏（{reason}）"))
