"""Finished studies by name, in folders beside the versions of the data; surfaces read them, only names lead to them."""

import re
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
            if not isinstance(told, dict) or not {"en", "zh"} <= set(told):
                raise ValueError("no study")
        except (OSError, ValueError) as why:
            raise DataError(
                "damaged_study",
                Text(
                    f"The study {name!r} cannot be read. Run it again: entrepot study run FILE --name {name}.",
                    f"无法读取研究 {name!r}。请重新运行：entrepot study run FILE --name {name}。",
                ),
                field="name",
            ) from why
        return told
