"""Where a file may be written, and writing it whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text


def check_path(
    path: Path, suffixes: Sequence[str], *, suffix: str | None = None, force: bool = False, beside: Sequence[Path] = ()
) -> str:
    """The suffix that decides the format, once it is sure that the path and what lies beside it may be written.

    Parameters
    ----------
    suffixes : those with a writer.
    suffix : format, if the path's own suffix should not decide.
    force : files that are there may be replaced.
    beside : further files that will be written.

    Raises
    ------
    InputError
        For a suffix without a writer, or a file that exists (without `force`).
    DataError
        If the folder is missing or the path is one.
    """
    chosen = (suffix or path.suffix).lower()
    if chosen not in suffixes:
        listed = ", ".join(suffixes)
        raise InputError(
            "unknown_suffix",
            Text(
                f"Nothing is known of writing {path.name!r}: the suffix decides the format. Valid: {listed}.",
                f"无法写出 {path.name!r}：格式由后缀决定。可用：{listed}。",
            ),
            field="out",
            valid=suffixes,
            nearest=nearest_of(chosen, suffixes),
        )
    check_folder(path)
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


def check_folder(path: Path) -> None:
    """Refuse a path that is a folder, or lies in none."""
    if path.absolute().parent.is_dir() and not path.is_dir():
        return
    why = (
        Text("it is a folder", "它是文件夹") if path.is_dir() else Text("its folder does not exist", "所在文件夹不存在")
    )
    raise DataError(
        "no_such_folder",
        Text(
            f"{str(path)!r} cannot be written: {why.en}. Name a file in a folder that is there.",
            f"无法写入 {str(path)!r}：{why.zh}。请改用已有文件夹中的文件名。",
        ),
        field="out",
    )


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Write a draft in the same folder, then put it in place in one step.

    Raises
    ------
    DataError
        If the file cannot be written.
    """
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
