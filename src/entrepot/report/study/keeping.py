"""What a study has done so far, kept under its folder by a hash of what it depends on, so that a killed run goes on."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.report.target import replace_file

FOLDER = ".steps"
FORM = "3"
"""Of the results kept; raise it when what a step computes changes."""
NOTES = "notes"  # of a table, in its file


class Kept:
    """The results of steps in a folder. Each is a file that is there whole or not at all.

    Parameters
    ----------
    folder : of the study's output.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._used: set[str] = set()
        self.computed = 0
        self.found = 0

    def open(self, *, force: bool = False) -> None:
        """Make the folder, unless it holds what no study put there.

        Raises
        ------
        InputError
            ``folder_in_use``, without `force`.
        DataError
            ``not_written``.
        """
        above = self._folder.parent
        try:
            if above.exists() and not self._folder.is_dir() and not force and any(above.iterdir()):
                raise InputError(
                    "folder_in_use",
                    Text(
                        f"{str(above)!r} holds files that no study wrote. Choose another folder, or use --force.",
                        f"{str(above)!r} 中有非本程序研究结果的文件。请换一个文件夹，或使用 --force。",
                    ),
                    field="out",
                )
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as why:
            reason = why.strerror or type(why).__name__
            raise DataError(
                "not_written",
                Text(f"{str(above)!r} cannot be made ({reason}).", f"无法创建 {str(above)!r}（{reason}）。"),
                field="out",
            ) from why

    def json(self, key: str, compute: Callable[[], Any]) -> Any:
        """The result kept under that key, or computed and kept."""
        path = self._path(key, ".json")
        try:
            told = orjson.loads(path.read_bytes())
            self.found += 1
            return told
        except (OSError, orjson.JSONDecodeError):
            plain = orjson.dumps(compute(), option=orjson.OPT_SERIALIZE_NUMPY)
            replace_file(path, lambda draft: _write(draft, plain))
            self.computed += 1
            # Read back, so that a result is the same whether it was kept or just made.
            return orjson.loads(plain)

    def frame(
        self, key: str, compute: Callable[[], tuple[pl.DataFrame, Sequence[Text]]]
    ) -> tuple[pl.DataFrame, tuple[Text, ...]]:
        """The table kept under that key and what is said about it, or both computed and kept."""
        path = self._path(key, ".parquet")
        try:
            table, said = pl.read_parquet(path), orjson.loads(pl.read_parquet_metadata(path)[NOTES])
            self.found += 1
            return table, tuple(Text(*both) for both in said)
        except (OSError, pl.exceptions.PolarsError, KeyError, orjson.JSONDecodeError):
            made, notes = compute()
            told = orjson.dumps([(note.en, note.zh) for note in notes]).decode()
            replace_file(path, lambda draft: made.write_parquet(draft, metadata={NOTES: told}))
            self.computed += 1
            return made, tuple(notes)

    def prune(self) -> None:
        """Take away what this run did not use."""
        for path in self._folder.iterdir():
            if path.name not in self._used:
                path.unlink(missing_ok=True)

    def _path(self, key: str, suffix: str) -> Path:
        name = f"{key}{suffix}"
        self._used.add(name)
        return self._folder / name


def key_of(*parts: Any) -> str:
    """A short hash of whatever a result depends on.

    Examples
    --------
    >>> key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1}), key_of(1) == key_of(2)
    (True, False)
    """
    said = orjson.dumps([FORM, *parts], option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return sha256(said).hexdigest()[:24]


def hashes(paths: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """What each file holds, as a hash.

    Raises
    ------
    InputError
        ``no_such_file``.
    """
    found = {}
    for name, path in paths:
        try:
            with path.open("rb") as file:
                found[name] = file_digest(file, "sha256").hexdigest()
        except OSError as why:
            said = Text(
                f"{name}: there is no file {str(path)!r} that can be read. Correct the path, or leave the entry out."
                + (
                    " Of a simulated world `entrepot simulate customs … --truth FOLDER` writes it."
                    if name == "regions"
                    else ""
                ),
                f"{name}：没有可读取的文件 {str(path)!r}。请更正路径，或删去该项。"
                + (
                    "模拟世界的区域文件由 `entrepot simulate customs … --truth FOLDER` 写出。"
                    if name == "regions"
                    else ""
                ),
            )
            raise InputError("no_such_file", said, field=name) from why
    return found


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
