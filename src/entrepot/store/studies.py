"""Finished studies by name, in folders beside the versions of the data; surfaces read them, only names lead to them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text
from entrepot.store.layout import Layout

NAME = re.compile(r"[a-z0-9_-]{1,40}")
FINISHED = "study.json"
"""Written last: a folder without it is a study under way."""
LARGEST = 64 * 1024**2  # bytes
TOLD = {"title", "rows", "overview"}  # of a study in each language, at least
NUMBERS = ("csv", "parquet")
FILES: Mapping[str, tuple[str, ...]] = {
    "tables": ("xlsx", "docx", "tex", "html", "txt"),
    "report": ("html",),
    "coefficients": NUMBERS,
    "instruments": NUMBERS,
    "permutations": NUMBERS,
    "sample": NUMBERS,
    "traders": NUMBERS,
}
"""What may be taken away of a study, and in which formats: no other name leads to a file."""


class Studies:
    """The studies of a store. They are the user's: no version of the data holds them, `prune` leaves them alone."""

    def __init__(self, layout: Layout) -> None:
        self._folder = layout.home / "studies"

    def folder(self, name: str) -> Path:
        """Where the study of that name lies or will lie.

        Raises
        ------
        InputError
            ``bad_name``.

        Examples
        --------
        >>> Studies(Layout(Path("home"))).folder("main").name
        'main'
        """
        if not NAME.fullmatch(name):
            raise InputError(
                "bad_name",
                Text(
                    f"{name!r} is no name of a study: 1 to 40 of a-z, 0-9, _ and -.",
                    f"{name!r} 不是有效的研究名称：由 1 至 40 个 a-z、0-9、_、- 组成。",
                ),
                field="name",
            )
        return self._folder / name

    def names(self) -> list[str]:
        """The finished ones, sorted."""
        try:
            return sorted(
                path.parent.name for path in self._folder.glob(f"*/{FINISHED}") if NAME.fullmatch(path.parent.name)
            )
        except OSError:
            return []

    def finished(self, name: str) -> str:
        """The day on which the study was finished (UTC), as 2026-11-22."""
        seen = (self.folder(name) / FINISHED).stat().st_mtime
        return datetime.fromtimestamp(seen, UTC).date().isoformat()

    def files(self, name: str) -> list[dict[str, Any]]:
        """What there is to be taken away: part, format, bytes."""
        found = []
        for part, formats in FILES.items():
            for form in formats:
                path = self._file(name, part, form)
                if path.is_file():
                    found.append({"part": part, "format": form, "bytes": path.stat().st_size})
        return found

    def file(self, name: str, part: str, form: str) -> bytes:
        """One of `files`, as the study wrote it.

        Raises
        ------
        InputError
            ``bad_name``, ``unknown_study``, ``no_such_part``.
        DataError
            ``damaged_study``, ``too_large`` for more than 64 MiB.
        """
        self.get(name)
        there = [f"{one['part']}.{one['format']}" for one in self.files(name)]
        asked = f"{part}.{form}"
        if asked not in there:
            raise InputError(
                "no_such_part",
                Text(
                    f"The study {name!r} has no {asked}. It has: {', '.join(there)}.",
                    f"研究 {name!r} 没有 {asked}。现有：{'、'.join(there)}。",
                ),
                field="part",
                valid=there,
                nearest=nearest_of(asked, there),
            )
        path = self._file(name, part, form)
        if path.stat().st_size > LARGEST:
            raise DataError(
                "too_large",
                Text(
                    f"{asked} has more than 64 MiB. It lies in the folder {name!r} among the studies of the store.",
                    f"{asked} 超过 64 MiB，请直接在数据仓库的研究文件夹 {name!r} 中读取。",
                ),
                field="part",
            )
        return path.read_bytes()

    def _file(self, name: str, part: str, form: str) -> Path:
        inside = self.folder(name) if part in ("tables", "report") else self.folder(name) / "data"
        return inside / f"{part}.{form}"

    def state(self) -> str:
        """A mark that changes whenever a study is finished, renewed or taken away."""
        marks = []
        for name in self.names():
            try:
                seen = (self._folder / name / FINISHED).stat()
                marks.append(f"{name} {seen.st_mtime_ns} {seen.st_size}")
            except OSError:  # taken away meanwhile
                continue
        return "; ".join(marks)

    def get(self, name: str) -> dict[str, Any]:
        """The finished study of that name, in every language.

        Raises
        ------
        InputError
            ``bad_name``, ``unknown_study``.
        DataError
            ``damaged_study``.
        """
        path = self.folder(name) / FINISHED
        if not path.is_file():
            names = self.names()
            listed = ", ".join(names)
            raise InputError(
                "unknown_study",
                Text(
                    f"There is no finished study {name!r}. " + (f"There are: {listed}." if names else "There is none."),
                    f"没有已完成的研究 {name!r}。" + (f"现有：{listed}。" if names else "目前没有任何研究。"),
                ),
                field="name",
                valid=names,
                nearest=nearest_of(name, names),
            )
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError("too large")
            told = orjson.loads(path.read_bytes())
            if not isinstance(told, dict) or any(not told[lang].keys() >= TOLD for lang in ("en", "zh")):
                raise ValueError("no study, or one of an earlier version")
        except (OSError, ValueError, KeyError, AttributeError) as why:
            raise DataError(
                "damaged_study",
                Text(
                    f"The study {name!r} cannot be read. Run it again: entrepot study run FILE --name {name}.",
                    f"无法读取研究 {name!r}。请重新运行：entrepot study run FILE --name {name}。",
                ),
                field="name",
            ) from why
        return told
