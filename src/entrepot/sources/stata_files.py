"""Stata files as frames, by ReadStat (it knows all versions of the format; Stata's own missing values become null)."""

from functools import lru_cache
from pathlib import Path

import polars as pl
import pyreadstat

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, require
from entrepot.sources.head import Head

MAX_BYTES = 1 << 30
OLD_VERSIONS = (b"\x69", b"\x6c", b"\x6e", b"\x6f", b"\x71", b"\x72", b"\x73")


def stata_columns(head: Head) -> tuple[str, ...]:
    """Variable names of a Stata file; none for any other file, or one that cannot be opened."""
    if head.suffix != ".dta" or not head.start.startswith((b"<stata_dta>", *OLD_VERSIONS)):
        return ()
    try:
        stat = head.path.stat()
        return _columns(head.path, stat.st_mtime_ns, stat.st_size)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError):
        return ()


@lru_cache(maxsize=16)
def _columns(path: Path, _modified: int, _size: int) -> tuple[str, ...]:
    _, meta = pyreadstat.read_dta(str(path), metadataonly=True, output_format="polars")
    return tuple(meta.column_names)


def stata_frame(place: Place, columns: list[str]) -> pl.DataFrame:
    """Some variables of a Stata file, with the number of the observation.

    Raises
    ------
    DataError
        ``bad_stata_file``, ``missing_column``, ``no_rows``, ``file_too_large``.
    """
    try:
        size = place.path.stat().st_size
        if size > MAX_BYTES:
            raise place.fault("file_too_large", Text(f"{size:,} bytes", f"{size:,} 字节"))
        frame, _ = pyreadstat.read_dta(str(place.path), output_format="polars")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError, MemoryError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        problem = Text(f"the Stata file is damaged ({reason})", f"Stata 文件已损坏（{reason}）")
        raise place.fault("bad_stata_file", problem) from error
    require(frame, columns, place)
    # Numbers as text, so that the same checks name the same faults in every format.
    texts = [pl.col(name).cast(pl.Utf8).str.strip_suffix(".0").fill_null("") for name in columns]
    return frame.select(texts).with_row_index(LINE, offset=1)
