"""An answer saved under the format its suffix names: whole or not at all, and never over another file unasked."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from entrepot.analyses.result import Result
from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text
from entrepot.report.chart import svg_text
from entrepot.report.delimited import BOM, csv_text

# What these formats cannot hold themselves lies beside them in a file of this name.
PROVENANCE = ".provenance.json"


def _write_csv(result: Result, path: Path) -> None:
    path.write_text(BOM + csv_text(result), encoding="utf-8", newline="")


def _write_svg(result: Result, path: Path) -> None:
    path.write_text(svg_text(result), encoding="utf-8")


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
    ".svg": _write_svg,
}
SUFFIXES = tuple(_WRITERS)
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


def save(result: Result, path: Path, *, suffix: str | None = None, force: bool = False) -> Path:
    """Write the answer to `path` in the format of its suffix, and give the path back.

    .xlsx is a workbook with sheets for parameters, notes, provenance and columns; .json is the answer of the REST
    interface; .csv, .parquet, .dta and .svg get a file `<name>.provenance.json` beside them. The file appears
    whole or not at all.

    Parameters
    ----------
    suffix : format, if the path's own suffix should not decide.
    force : replace files that are already there.

    Raises
    ------
    InputError
        For a suffix without a writer, or a file that exists (without `force`).
    DataError
        If the folder is missing or cannot be written to.
    """
    chosen = check_target(path, suffix=suffix, force=force)
    _replace(path, lambda draft: _WRITERS[chosen](result, draft))
    if chosen in _WITH_PROVENANCE_BESIDE:
        _replace(_beside(path), lambda draft: _write_bytes(draft, _json(provenance_beside(result), pretty=True)))
    return path


def check_target(path: Path, *, suffix: str | None = None, force: bool = False) -> str:
    """The format to write, once it is sure that the path may be written; so that nobody computes in vain.

    Raises
    ------
    InputError, DataError
        As for `save`.
    """
    chosen = (suffix or path.suffix).lower()
    if chosen not in _WRITERS:
        listed = ", ".join(SUFFIXES)
        raise InputError(
            "unknown_suffix",
            Text(
                f"Nothing is known of writing {path.name!r}: the suffix decides the format. Valid: {listed}.",
                f"无法写出 {path.name!r}：格式由后缀决定。可用：{listed}。",
            ),
            field="out",
            valid=SUFFIXES,
            nearest=nearest_of(chosen, SUFFIXES),
        )
    if not path.absolute().parent.is_dir() or path.is_dir():
        why = (
            Text("it is a folder", "它是文件夹")
            if path.is_dir()
            else Text("its folder does not exist", "所在文件夹不存在")
        )
        raise DataError(
            "no_such_folder",
            Text(
                f"{str(path)!r} cannot be written: {why.en}. Name a file in a folder that is there.",
                f"无法写入 {str(path)!r}：{why.zh}。请改用已有文件夹中的文件名。",
            ),
            field="out",
        )
    beside = (_beside(path),) if chosen in _WITH_PROVENANCE_BESIDE else ()
    for target in (path, *beside):
        if target.exists() and not force:
            raise InputError(
                "file_exists",
                Text(
                    f"{str(target)!r} is already there. Choose another name, or replace it with --force (force=True).",
                    f"{str(target)!r} 已存在。请换一个文件名，或用 --force（force=True）允许覆盖。",
                ),
                field="out",
            )
    return chosen


def _beside(path: Path) -> Path:
    return path.with_name(path.name + PROVENANCE)


def _json(value: Any, *, pretty: bool = False) -> bytes:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if pretty else 0)


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    """Write a draft in the same folder, then put it in place in one step."""
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".entrepot-", suffix=path.suffix, dir=path.absolute().parent)
        os.close(handle)
        draft = Path(name)
        write(draft)
        # mkstemp makes private files; a report is as readable as any other file of its owner.
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask)
        draft.replace(path)
    except OSError as why:
        reason = why.strerror or type(why).__name__
        raise DataError(
            "not_written",
            Text(
                f"{str(path)!r} could not be written ({reason}). Check the free space and your right to write.",
                f"无法写入 {str(path)!r}（{reason}）。请检查磁盘空间和写入权限。",
            ),
            field="out",
        ) from why
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
