"""Delimited text as a frame of text columns: any of the official separators and encodings, nothing guessed silently."""

import csv
import io
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, WHOLE_FILE, Place
from entrepot.sources.head import separator_of

MAX_BYTES = 1 << 30
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_bytes(path: Path, provider: str) -> bytes:
    """All of a file, if it is there and not beyond what any reference file needs."""
    place = Place(provider, path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise place.fault("file_too_large", Text(f"{size:,} bytes", f"{size:,} 字节"))
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise place.fault(
            "unreadable_file",
            Text(f"it cannot be read ({reason})", f"无法读取（{reason}）"),
            Text("Check the path and the permissions.", "请检查路径和权限。"),
        ) from error


def text_of(content: bytes, place: Place, *, encodings: tuple[str, ...] = ("utf-8", "cp1252")) -> str:
    """The text of a file: by its byte-order mark if it has one, else by the first encoding that fits all of it.

    Raises
    ------
    DataError
        ``not_text``: no encoding fits, or it holds zero bytes.
    """
    marked = tuple(name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark))
    for encoding in marked or encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise place.fault("not_text", Text("it is not text in a known encoding", "不是已知编码的文本"))


def text_frame(text: str, place: Place, *, separator: str = ",", skip_lines: int = 0) -> pl.DataFrame:
    """Rows of a delimited text, all columns as text, with the line that each row starts on.

    A row shorter or longer than the heading is an error: it is how a file cut short and a shifted row look.

    Raises
    ------
    DataError
        ``no_heading``, ``duplicate_column``, ``ragged_row``, ``bad_text``.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        line = reader.line_num
        problem = Text(f"the text cannot be parted into columns ({error})", f"无法分列（{error}）")
        raise place.fault("bad_text", problem, line=line) from error
    kept = [index for index, line in enumerate(lines) if line > skip_lines]
    if not kept:
        raise place.fault("no_heading", Text("it has no heading", "没有表头"))
    heading = [name.strip().strip("\ufeff") for name in rows[kept[0]]]
    return rows_frame(heading, [rows[i] for i in kept[1:]], [lines[i] for i in kept[1:]], place)


def rows_frame(heading: list[str], rows: list[list[str]], lines: list[int], place: Place) -> pl.DataFrame:
    """Rows of text under a heading as a frame, with their lines; see `text_frame` for the errors."""
    # World Bank files end every row, the heading too, with a separator.
    width = len(heading) - 1 if heading and not heading[-1] else len(heading)
    names = heading[:width]
    names = [name or f"column_{position}" for position, name in enumerate(names, start=1)]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise place.fault("duplicate_column", Text("two columns have one name", "列名重复"), column=twice)
    for row, line in zip(rows, lines, strict=True):
        if len(row) not in (width, len(heading)):
            raise place.fault(
                "ragged_row",
                Text(f"{len(row)} cells under {width} columns", f"{width} 列之下有 {len(row)} 个单元格"),
                WHOLE_FILE,
                line=line,
            )
    columns = {name: [row[position] for row in rows] for position, name in enumerate(names)}
    schema = dict.fromkeys(names, pl.Utf8())
    return pl.DataFrame(columns, schema=schema).with_columns(pl.Series(LINE, lines, dtype=pl.UInt32))


def read_text(path: Path, provider: str, *, separator: str | None = ",") -> tuple[pl.DataFrame, Place]:
    """A delimited file as a frame of text columns, and its place for errors.

    Parameters
    ----------
    separator : what parts the columns; null where the heading tells (`head.separator_of`).
    """
    place = Place(provider, path)
    text = text_of(read_bytes(path, provider), place)
    return text_frame(text, place, separator=separator or separator_of(text.partition("\n")[0])), place
