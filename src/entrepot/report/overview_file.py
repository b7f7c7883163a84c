"""An overview as a file: a workbook with a sheet for every part, or the JSON of the REST interface."""

from pathlib import Path

from entrepot.analyses.overview import Overview
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.report.target import check_path, replace_file

SUFFIXES = (".xlsx", ".json")


def check_overview_target(path: Path, *, force: bool = False) -> str:
    """The format to write, once it is sure that the path may be written.

    Raises
    ------
    InputError, DataError
        As for `save`; for a format that holds one table only, ``one_table`` says how to choose it.
    """
    suffix = path.suffix.lower()
    if suffix in {".csv", ".parquet", ".dta", ".svg"}:
        raise InputError(
            "one_table",
            Text(
                f"{suffix} holds one table and an overview has several: name one with --part, or write .xlsx or .json.",
                f"{suffix} 只能保存一张表，而概览含多张表：请用 --part 指定其一，或写为 .xlsx、.json。",
            ),
            field="out",
            valid=SUFFIXES,
        )
    return check_path(path, SUFFIXES, force=force)


def save_overview(overview: Overview, path: Path, *, force: bool = False) -> Path:
    """Write the overview to `path` in the format of its suffix, whole or not at all, and give the path back."""
    from entrepot.report.workbook import write_overview

    if check_overview_target(path, force=force) == ".json":
        replace_file(path, lambda draft: _write(draft, overview.to_json()))
    else:
        replace_file(path, lambda draft: write_overview(overview, draft))
    return path


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
