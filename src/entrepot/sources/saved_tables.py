"""Tables that people keep: answers saved by this program, or a table of their own, in the formats it writes."""

from pathlib import Path

import orjson
import polars as pl

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.sources.columns import Place
from entrepot.sources.workbooks import sheet_rows

FORMATS = (".csv", ".parquet", ".json", ".dta", ".xlsx")
LARGEST = 512 * 1024**2
"""Bytes; such a file is read whole."""


def read_saved(path: Path) -> pl.DataFrame:
    r"""The table in a file, one column per id. CSV columns stay text, so that "0901" stays a code.

    Parameters
    ----------
    path : .csv, .parquet, .json (an answer as the REST interface gives it), .dta, or .xlsx (the first sheet; in a workbook
        of this program the ids stand below the names).

    Raises
    ------
    InputError
        ``no_such_file``, ``unknown_format``, ``too_large``.
    DataError
        ``unreadable_table`` if the file is not what its suffix says, ``duplicate_column`` if two columns have one name,
        ``empty_table``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "gl.csv").write_text("year,product,gl\n2001,0901,0.4\n")
    ...     read_saved(Path(folder) / "gl.csv").row(0)
    ('2001', '0901', '0.4')
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        said = Text(
            f"{path.name!r}: tables are read from {', '.join(FORMATS)}.",
            f"{path.name!r}：可读取的表格格式为 {'、'.join(FORMATS)}。",
        )
        raise InputError("unknown_format", said, field="file", valid=FORMATS)
    if not path.is_file():
        raise InputError(
            "no_such_file", Text(f"There is no file {str(path)!r}.", f"没有文件 {str(path)!r}。"), field="file"
        )
    if path.stat().st_size > LARGEST:
        said = Text(f"{path.name!r} is larger than {LARGEST >> 20} MiB.", f"{path.name!r} 超过 {LARGEST >> 20} MiB。")
        raise InputError("too_large", said, field="file")
    try:
        names, frame = _read(path, suffix)
    except Exception as why:  # whatever a reader makes of a damaged file
        reason = (str(why).splitlines() or [type(why).__name__])[0][:160]
        raise DataError(
            "unreadable_table",
            Text(
                f"{path.name!r} cannot be read as {suffix} ({reason}). Save it again, or choose another format.",
                f"无法将 {path.name!r} 按 {suffix} 读取（{reason}）。请重新保存，或换一种格式。",
            ),
            field="file",
        ) from why
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        said = Text(
            f"{path.name!r} has two columns named {twice!r}. Rename one of them.",
            f"{path.name!r} 有两列同名：{twice!r}。请改其中一列的名称。",
        )
        raise DataError("duplicate_column", said, field="file")
    if frame.is_empty():
        raise DataError("empty_table", Text(f"{path.name!r} has no rows.", f"{path.name!r} 没有数据行。"), field="file")
    return frame


def _read(path: Path, suffix: str) -> tuple[list[str], pl.DataFrame]:
    """The columns' names as they stand in the file, and the table under them."""
    if suffix == ".csv":
        # Polars gives the second of two columns of one name another name, and nobody would know.
        header = pl.read_csv(path, infer_schema=False, has_header=False, n_rows=1).row(0)
        names = [(name or "").lstrip("\ufeff").strip() for name in header]
        frame = pl.read_csv(path, infer_schema=False)
        told = {held: name for held, name in zip(frame.columns, names, strict=True) if names.count(name) == 1 and name}
        return names, frame.rename(told)
    if suffix == ".parquet":
        frame = pl.read_parquet(path)
    elif suffix == ".json":
        rows = orjson.loads(path.read_bytes())["rows"]
        held = [{name: value for name, value in row.items() if name != "missing"} for row in rows]
        frame = pl.DataFrame(held, infer_schema_length=None)
    elif suffix == ".dta":
        import pyreadstat

        frame = pyreadstat.read_dta(path, output_format="polars")[0]
    else:
        return _first_sheet(path)
    return frame.columns, frame


def _first_sheet(path: Path) -> tuple[list[str], pl.DataFrame]:
    """A workbook's first sheet, as text: a column may mix kinds. In our own workbooks the second row, of ids, is the heading."""
    rows = sheet_rows(Place("–", path))
    if len(rows) < 2:
        return [], pl.DataFrame()
    at = 1 if all(cell.isidentifier() for cell in rows[1]) else 0
    names = [name.strip() for name in rows[at]]
    filled = [row for row in rows[at + 1 :] if any(row)]
    frame = pl.DataFrame({name: [row[k] or None for row in filled] for k, name in enumerate(names) if name})
    return names, frame
