"""Saved weight profiles: one small JSON file each, beside the versions of the data."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text
from entrepot.store.disk import sync_folder, write_durably
from entrepot.store.layout import Layout
from entrepot.store.problems import writing_told

FORMAT = "entrepot-profile-1"
NAME = re.compile(r"[a-z0-9_-]{1,40}")
LARGEST = 64 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Profile:
    """How someone weighs.

    Parameters
    ----------
    name : `[a-z0-9_-]{1,40}`.
    weights : column → weight.
    options : further options of a question that go with them, by name.
    """

    name: str
    weights: Mapping[str, float]
    options: Mapping[str, Any]

    def as_json(self) -> bytes:
        """The file."""
        told = {"format": FORMAT, "name": self.name, "weights": dict(self.weights), "options": dict(self.options)}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


class Profiles:
    """The profiles of a store, by name. They are the user's: no version of the data holds them, `prune` leaves them alone."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._folder = layout.home / "profiles"

    def names(self) -> list[str]:
        """The names there are, sorted."""
        try:
            return sorted(path.stem for path in self._folder.glob("*.json") if NAME.fullmatch(path.stem))
        except OSError:
            return []

    def get(self, name: str) -> Profile:
        """The profile of that name.

        Raises
        ------
        InputError
            ``unknown_profile`` names the nearest.
        DataError
            ``bad_profile`` for a file that is no profile.
        """
        if not NAME.fullmatch(name) or name not in self.names():
            raise self._unknown(name)
        path = self._folder / f"{name}.json"
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError("too large")
            told = json.loads(path.read_text(encoding="utf-8"))
            if told["format"] != FORMAT:
                raise ValueError(told["format"])
            return Profile(name, dict(told["weights"]), dict(told.get("options", {})))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise DataError(
                "bad_profile",
                Text(
                    f"The saved profile {name!r} ({path}) is damaged. Save it again with `entrepot profile save {name} …`.",
                    f"已保存的权重方案 {name!r}（{path}）已损坏。请用 `entrepot profile save {name} …` 重新保存。",
                ),
                field="weights",
            ) from error

    def save(self, profile: Profile, *, force: bool = False) -> None:
        """Keep a profile under its name, whole or not at all.

        Raises
        ------
        InputError
            ``bad_profile_name``, or ``profile_exists`` without `force`.
        """
        check_name(profile.name)
        if profile.name in self.names() and not force:
            raise InputError(
                "profile_exists",
                Text(
                    f"There is a profile {profile.name!r} already. Use --force to replace it.",
                    f"权重方案 {profile.name!r} 已存在。如需覆盖请加 --force。",
                ),
                field="name",
            )
        with writing_told(self._layout.home, Text("save the profile", "保存权重方案")):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_durably(self._folder / f"{profile.name}.json", profile.as_json())

    def remove(self, name: str) -> None:
        """Forget a profile.

        Raises
        ------
        InputError
            ``unknown_profile``.
        """
        if not NAME.fullmatch(name) or name not in self.names():
            raise self._unknown(name)
        with writing_told(self._layout.home, Text("remove the profile", "删除权重方案")):
            (self._folder / f"{name}.json").unlink()
            sync_folder(self._folder)

    def _unknown(self, name: str) -> InputError:
        names = self.names()
        return InputError(
            "unknown_profile",
            Text(
                f"There is no saved profile {name!r}. `entrepot profile list` shows those there are.",
                f"没有已保存的权重方案 {name!r}。`entrepot profile list` 可列出现有方案。",
            ),
            field="name",
            valid=names,
            nearest=nearest_of(name, names),
        )


def check_name(name: str) -> None:
    """Refuse a name that could be more than a name.

    Raises
    ------
    InputError
        ``bad_profile_name``.
    """
    if not NAME.fullmatch(name):
        raise InputError(
            "bad_profile_name",
            Text(
                f"{name!r} cannot be the name of a profile: 1 to 40 of a–z, 0–9, _ and -.",
                f"{name!r} 不能用作方案名称：须为1至40个 a–z、0–9、_ 或 -。",
            ),
            field="name",
        )
