"""An answer saved under the format its suffix names: whole or not at all, and never over another file unasked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from entrepot.analyses.result import Result
from entrepot.report.chart import svg_text
from entrepot.report.delimited import BOM, csv_text
from entrepot.report.target import check_path, replace_file

# What these formats cannot hold themselves lies beside them in a file of this name.
PROVENANCE = ".provenance.json"


def _write_csv(result: Result, path: Path) -> None:
    path.write_text(BOM + csv_text(result), encoding="utf-8", newline="")


def _write_json(result: Result, path: Path) -> None:
    path.write_bytes(result.to_json())


def _write_parquet(result: Result, path: Path) -> None:
    about = {f"entrepot.{name}": _json(value).decode() for name, value in provenance_beside(result).items()}
    result.frame.write_parquet(path, compression="zstd", metadata=about)


def _write_workbook(result: Result, path: Path) -> None:
    from entrepot.report.workbook import write_workbook

    write_workbook(result, path)


def _write_stata(result: Result, path: Path) -> None:
    from entrepot.report.stata import write_stata

    write_stata(result, path)


_WRITERS: dict[str, Callable[[Result, Path], None]] = {
    ".xlsx": _write_workbook,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".dta": _write_stata,
    ".json": _write_json,
}
SUFFIXES = (*_WRITERS, ".svg")
_WITH_PROVENANCE_BESIDE = (".csv", ".parquet", ".dta", ".svg")


def provenance_beside(result: Result) -> dict[str, Any]:
    """What goes along with a bare table: parameters, columns, notes, provenance, citation, reasons for nulls."""
    whole = result.as_dict()
    missing = [
        {"row": number, **{name: str(why) for name, why in reasons.items()}}
        for number, reasons in enumerate(result.missing, 1)
        if reasons
    ]
    kept = {name: whole[name] for name in ("parameters", "columns", "notes", "provenance", "citation")}
    return {"question": result.question, **kept, "missing": missing}


def save(
    result: Result, path: Path, *, suffix: str | None = None, force: bool = False, chart: str | None = None
) -> Path:
    """Write the answer to `path` in the format of its suffix, and give the path back.

    .xlsx is a workbook with sheets for parameters, notes, provenance and columns; .json is the answer of the REST
    interface; .csv, .parquet, .dta and .svg get a file `<name>.provenance.json` beside them. The file appears
    whole or not at all.

    Parameters
    ----------
    suffix : format, if the path's own suffix should not decide.
    force : replace files that are already there.
    chart : kind of the chart, for .svg; see `entrepot.report.chart.KINDS`.

    Raises
    ------
    InputError
        For a suffix without a writer, or a file that exists (without `force`).
    DataError
        If the folder is missing or cannot be written to.
    """
    chosen = check_target(path, suffix=suffix, force=force)
    if chosen == ".svg":
        drawn = svg_text(result, chart)
        replace_file(path, lambda draft: _write_text(draft, drawn))
    else:
        replace_file(path, lambda draft: _WRITERS[chosen](result, draft))
    if chosen in _WITH_PROVENANCE_BESIDE:
        write_provenance(result, path)
    return path


def write_provenance(result: Result, path: Path) -> None:
    """Write what goes along with a bare table beside it."""
    replace_file(_beside(path), lambda draft: _write_bytes(draft, _json(provenance_beside(result), pretty=True)))


def save_chart(result: Result, path: Path, chart: str | None = None, *, force: bool = False) -> Path:
    """Draw the answer into an .svg file and nothing else.

    Raises
    ------
    InputError, DataError
        For another suffix, a kind of chart that the answer does not have, a file that exists (without `force`), no folder.
    """
    check_path(path, (".svg",), force=force)
    drawn = svg_text(result, chart)
    replace_file(path, lambda draft: _write_text(draft, drawn))
    return path


def check_target(path: Path, *, suffix: str | None = None, force: bool = False) -> str:
    """The format to write, once it is sure that the path may be written; so that nobody computes in vain.

    Raises
    ------
    InputError, DataError
        As for `save`.
    """
    chosen = (suffix or path.suffix).lower()
    beside = (_beside(path),) if chosen in _WITH_PROVENANCE_BESIDE else ()
    return check_path(path, SUFFIXES, suffix=suffix, force=force, beside=beside)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + PROVENANCE)


def _json(value: Any, *, pretty: bool = False) -> bytes:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if pretty else 0)


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _write_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
