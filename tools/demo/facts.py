"""Read the facts entered by hand (``tools/facts``) and write tables as Parquet files that are the same every time."""

from __future__ import annotations

from pathlib import Path

import polars as pl

FACTS = Path(__file__).resolve().parents[1] / "facts"


def read_facts(name: str) -> pl.DataFrame:
    """Read ``tools/facts/<name>.csv``: every column as text, an empty cell is null."""
    return pl.read_csv(FACTS / f"{name}.csv", infer_schema=False)


def split(cell: str | None, by: str = ";") -> list[str]:
    """Split a cell that lists several values."""
    return [part.strip() for part in (cell or "").split(by) if part.strip()]


def write(frame: pl.DataFrame, path: Path, *, level: int = 19) -> None:
    """Write a table: one row group, zstd, no time stamps, so that equal tables are equal files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.rechunk().write_parquet(path, compression="zstd", compression_level=level, row_group_size=frame.height or 1)
