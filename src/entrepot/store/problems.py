"""What can be wrong with a store, each told once: what, where, why, what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from entrepot.core.errors import StoreError
from entrepot.core.text import Text

REMEDY = Text(
    "move the folder of the store away: the next command publishes the embedded data again, and your own data sets "
    "are loaded again from their files.",
    "移走数据仓库文件夹：下一条命令会重新发布内置数据，您自己的数据集需从原文件重新载入。",
)


class OtherSchemaStoreError(StoreError):
    """The store was written by a program with another layout.

    Parameters
    ----------
    home : folder of the store.
    schema : the number found.
    code_version : the program that wrote it.
    embedded_only : nothing of the user's own would be lost by publishing anew.
    """

    def __init__(self, home: Path, schema: object, code_version: str, embedded_only: bool) -> None:
        self.embedded_only = embedded_only
        super().__init__(
            "store_schema",
            Text(
                f"The store at {home} has schema version {schema}, which this program does not read (version "
                f"{code_version} wrote it). Use that version, or set ENTREPOT_HOME to a new folder and load your own "
                "data there again.",
                f"{home} 的数据仓库采用架构版本 {schema}，本程序无法读取（由版本 {code_version} 写入）。"
                "请使用该版本，或将 ENTREPOT_HOME 设为新文件夹并重新载入您自己的数据。",
            ),
            field="ENTREPOT_HOME",
        )


def absent(home: Path) -> StoreError:
    """Nothing was ever published here."""
    return StoreError(
        "store_absent",
        Text(
            f"There is no store at {home} yet. Any `entrepot` command makes one with the embedded data.",
            f"{home} 处尚无数据仓库。任何 `entrepot` 命令都会自动创建并发布内置数据。",
        ),
    )


def not_folder(home: Path) -> StoreError:
    """The home, or something above it, is a file."""
    return StoreError(
        "store_not_folder",
        Text(
            f"The store needs a folder, but {home} is a file or lies below one. Set ENTREPOT_HOME to a folder.",
            f"数据仓库需要一个文件夹，但 {home} 是文件或位于某个文件之下。请将 ENTREPOT_HOME 设为文件夹。",
        ),
        field="ENTREPOT_HOME",
    )


def not_usable(home: Path, doing: Text, error: OSError) -> StoreError:
    """The file system refuses."""
    reason = error.strerror or type(error).__name__
    return StoreError(
        "store_not_usable",
        Text(
            f"Could not {doing.en} in the store at {home}: {reason}. Check that the folder exists, belongs to you and "
            "has free space, or set ENTREPOT_HOME to another folder.",
            f"无法在 {home} 的数据仓库中{doing.zh}：{reason}。请检查该文件夹是否存在、是否属于您、是否有剩余空间，"
            "或将 ENTREPOT_HOME 设为其他文件夹。",
        ),
        field="ENTREPOT_HOME",
    )


def locked(home: Path, lock: Path, timeout_s: float) -> StoreError:
    """Another process writes."""
    return StoreError(
        "store_locked",
        Text(
            f"Another process has been publishing into the store at {home} for more than {timeout_s:g} s (it holds "
            f"{lock}). Wait until it ends, or end it, and try again; nothing was changed.",
            f"另一进程正在向 {home} 的数据仓库发布数据，已超过 {timeout_s:g} 秒（占用 {lock}）。"
            "请等待其结束或终止它后重试；数据未作任何改动。",
        ),
    )


def damaged(path: Path, why: Text) -> StoreError:
    """A file of the store is not what it was when it was published."""
    return StoreError(
        "store_damaged",
        Text(
            f"The store is damaged at {path}: {why.en}. `entrepot data verify` tells what else is; "
            f"to mend it, {REMEDY.en}",
            f"数据仓库在 {path} 处损坏：{why.zh}。`entrepot data verify` 可查看损坏范围；修复方法：{REMEDY.zh}",
        ),
    )


def object_missing(path: Path) -> StoreError:
    """An object is not there."""
    return StoreError(
        "object_missing",
        Text(
            f"The store needs {path}, which is not there: it was deleted, or pruned while this program held an older "
            f"version. Start the program again; if the error stays, {REMEDY.en}",
            f"数据仓库缺少文件 {path}：可能被删除，或在本程序使用旧版本期间被清理。请重新启动程序；若仍出错，{REMEDY.zh}",
        ),
    )


@contextmanager
def reading_told(where: Path) -> Iterator[None]:
    """Tell a failure of the Parquet reader as damage of the store."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise damaged(where, Text(f"it cannot be read ({reason})", f"无法读取（{reason}）")) from error


@contextmanager
def writing_told(home: Path, doing: Text) -> Iterator[None]:
    """Tell a failure of the file system, or of the Parquet writer upon it, with its place and remedy."""
    try:
        yield
    except (NotADirectoryError, FileExistsError) as error:
        raise not_folder(home) from error
    except OSError as error:
        raise not_usable(home, doing, error) from error
    except pl.exceptions.PolarsError as error:
        raise not_usable(home, doing, OSError(0, (str(error).splitlines() or [""])[0])) from error
