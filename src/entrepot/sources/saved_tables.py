"""Tables that people keep: answers saved by this program, or a table of their own, in the formats it writes."""

from pathlib import Path

import orjson
import polars as pl

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text

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
        ``unreadable_table`` if the file is not what its suffix says, ``empty_table``.

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
        frame = _read(path, suffix)
    except DataError:
        raise
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
    if frame.is_empty():
        raise DataError("empty_table", Text(f"{path.name!r} has no rows.", f"{path.name!r} 没有数据行。"), field="file")
    return frame


def _read(path: Path, suffix: str) -> pl.DataFrame:
    if suffix == ".csv":
        frame = pl.read_csv(path, infer_schema=False)
        return frame.rename({name: name.lstrip("\ufeff").strip() for name in frame.columns})
    if suffix == ".parquet":
        return pl.read_parquet(path)
    if suffix == ".json":
        rows = orjson.loads(path.read_bytes())["rows"]
        held = [{name: value for name, value in row.items() if name != "missing"} for row in rows]
        return pl.DataFrame(held, infer_schema_length=None)
    if suffix == ".dta":
        import pyreadstat

        return pyreadstat.read_dta(path, output_format="polars")[0]
    return _first_sheet(path)


def _first_sheet(path: Path) -> pl.DataFrame:
    """A workbook's first sheet. Where the second row holds ids, as in our own workbooks, that is the header."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    if len(rows) < 2:
        return pl.DataFrame()
    at = 1 if all(isinstance(cell, str) and cell.isidentifier() for cell in rows[1]) else 0
    names = [str(cell).strip() for cell in rows[at]]
    columns = zip(*rows[at + 1 :], strict=True)
    return pl.DataFrame({name: [_told(cell) for cell in column] for name, column in zip(names, columns, strict=True)})


def _told(cell: object) -> str | None:
    """Every cell as text: a column of a sheet may mix kinds."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
