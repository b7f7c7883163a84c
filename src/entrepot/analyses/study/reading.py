"""Reading a study file strictly: whatever is unknown, misspelt or of the wrong kind is refused by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text


class Section:
    """One table of a TOML file, of which every key must be known.

    Parameters
    ----------
    said : what the file says.
    where : its place in the file, as messages name it.
    known : the keys that it may have.

    Raises
    ------
    InputError
        ``unknown_key`` with the nearest that there is, ``bad_value``.

    Examples
    --------
    >>> Section({"seed": 7}, "study", ("seed", "title_en")).whole("seed", 0)
    7
    """

    def __init__(self, said: Any, where: str, known: Sequence[str]) -> None:
        self.where = where
        if not isinstance(said, Mapping):
            raise bad_value(where, said, Text("a table of keys and values", "键值表"))
        self._said = said
        for key in said:
            if key not in known:
                raise unknown(f"{where}.{key}", key, known)

    def __contains__(self, key: str) -> bool:
        return key in self._said

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        value = self._said.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise bad_value(f"{self.where}.{key}", value, Text("a text", "文本"))
        return value

    def maybe(self, key: str) -> str | None:
        """A text or nothing."""
        return self.text(key) if key in self._said else None

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts; a text alone is a list of one."""
        value = self._said.get(key, default)
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or any(not isinstance(one, str) or not one for one in value):
            raise bad_value(f"{self.where}.{key}", value, Text("a list of texts", "文本列表"))
        return tuple(value)

    def whole(self, key: str, default: int, low: int = 0, high: int = 1_000_000) -> int:
        """A whole number within bounds."""
        value = self._said.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            said = Text(f"a whole number from {low} to {high:,}", f"{low} 至 {high:,} 之间的整数")
            raise bad_value(f"{self.where}.{key}", value, said)
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty if it is not there."""
        value = self._said.get(key, [])
        if not isinstance(value, list) or any(not isinstance(one, int) or isinstance(one, bool) for one in value):
            raise bad_value(f"{self.where}.{key}", value, Text("a list of whole numbers", "整数列表"))
        return tuple(value)

    def share(self, key: str, default: float) -> float:
        """A fraction of at least 0 and less than one half."""
        value = self._said.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 0.5:
            raise bad_value(
                f"{self.where}.{key}", value, Text("a number from 0 to below 0.5", "0 至 0.5（不含）之间的数")
            )
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false (the default)."""
        value = self._said.get(key, False)
        if not isinstance(value, bool):
            raise bad_value(f"{self.where}.{key}", value, Text("true or false", "true 或 false"))
        return value

    def choice(self, key: str, default: str, valid: Sequence[str]) -> str:
        """One of some words."""
        value = self.text(key, default)
        if value not in valid:
            raise unknown(f"{self.where}.{key}", value, valid)
        return value

    def names(self, key: str) -> Text:
        """`key`_en and `key`_zh, one standing in for the other; empty if neither is there."""
        en, zh = self.text(f"{key}_en", ""), self.text(f"{key}_zh", "")
        return Text(en or zh, zh or en)

    def table(self, key: str) -> Mapping[str, Any]:
        """A table of further keys, empty if it is not there."""
        value = self._said.get(key, {})
        if not isinstance(value, Mapping):
            raise bad_value(f"{self.where}.{key}", value, Text("a table of keys and values", "键值表"))
        return value

    def tables(self, key: str) -> list[Any]:
        """A list of tables, empty if it is not there."""
        value = self._said.get(key, [])
        if not isinstance(value, list):
            raise bad_value(f"{self.where}.{key}", value, Text(f"tables headed [[{key}]]", f"以 [[{key}]] 开头的表"))
        return value


def unknown(field: str, given: str, valid: Sequence[str]) -> InputError:
    """The error of a word that is not among those known."""
    listed = [str(word) for word in valid]
    close = nearest_of(given, listed)
    return InputError(
        "unknown_key",
        Text(
            f"{field}: {given!r} is not known here." + (f" Did you mean {close!r}?" if close else "")
            + f" Known: {', '.join(listed) or 'nothing'}.",
            f"{field}：此处没有 {given!r}。" + (f"是否指 {close!r}？" if close else "")
            + f"可用：{'、'.join(listed) or '无'}。",
        ),
        field=field,
        valid=listed,
        nearest=close,
    )  # fmt: skip


def bad_value(field: str, given: Any, wanted: Text) -> InputError:
    """The error of a value of the wrong kind."""
    shown = repr(given)[:80]
    return InputError(
        "bad_value",
        Text(f"{field} is {shown}; it must be {wanted.en}.", f"{field} 为 {shown}；应为{wanted.zh}。"),
        field=field,
    )
