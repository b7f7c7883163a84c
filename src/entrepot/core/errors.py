"""Errors that a user can act on: what, where, why, what to do. None of them ever shows a traceback."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, ClassVar

from entrepot.core.text import Language, Text


class EntrepotError(Exception):
    """A failure told in the user's words.

    Parameters
    ----------
    code : short stable name of the failure ("unknown_product").
    message : the sentence shown; a plain string says the same in every language.
    field : the option or argument at fault, as the user typed its name.
    valid : what would have been valid (a list short enough to show).
    nearest : the valid value most like the one given.
    """

    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 422

    def __init__(
        self,
        code: str,
        message: Text | str,
        *,
        field: str | None = None,
        valid: Iterable[Any] = (),
        nearest: str | None = None,
    ) -> None:
        self.code = code
        self.message = message if isinstance(message, Text) else Text(message, message)
        self.field = field
        self.valid = tuple(valid)
        self.nearest = nearest
        super().__init__(self.message.en)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The one error shape of the REST interface."""
        return {
            "error": {
                "code": self.code,
                "message": self.message.say(lang),
                "field": self.field,
                "valid": list(self.valid),
                "nearest": self.nearest,
            }
        }


class InputError(EntrepotError):
    """The question cannot be answered as it was put."""


class DataError(EntrepotError):
    """A file or table is not what it should be."""


class StoreError(EntrepotError):
    """The store is absent, damaged, locked or of another version."""


LISTED = 60  # valid values in a message; of more, each surface shows as many as it has room for


def nearest_of(given: str, valid: Sequence[str]) -> str | None:
    """The valid word most like the one given, or None if nothing is close.

    Examples
    --------
    >>> nearest_of("distnce_km", ["gap", "distance_km"])
    'distance_km'
    """
    folded = {word.casefold(): word for word in valid}
    close = get_close_matches(given.casefold(), list(folded), n=1, cutoff=0.5)
    return folded[close[0]] if close else None


def check_choice(field: str, given: object, valid: Sequence[Any]) -> None:
    """Refuse a value that is not among the valid ones, naming the nearest, and them unless they are very many."""
    if any(given == word and type(given) is type(word) for word in valid):
        return
    words = [str(word) for word in valid]
    few = len(words) <= LISTED
    listed = Text(f" Valid: {', '.join(words)}.", f"可用：{'、'.join(words)}。") if few else Text("", "")
    raise InputError(
        f"unknown_{field}",
        Text(f"{field} {given!r} is not known.{listed.en}", f"{field} 的取值 {given!r} 无效。{listed.zh}"),
        field=field,
        valid=valid,
        nearest=nearest_of(str(given), words),
    )


def given_options(
    given: Mapping[str, Any], known: Sequence[str], choices: Mapping[str, Sequence[Any]]
) -> dict[str, Any]:
    """The options that a user gave; None means the default, and is left out.

    Parameters
    ----------
    given : name → value, as typed.
    known : the options there are.
    choices : what is valid, of the options that have a list.

    Raises
    ------
    InputError
        ``unknown_option``, or as `check_choice`; it names what is valid and the nearest match.

    Examples
    --------
    >>> given_options({"scale": "minmax", "lang": None}, ["scale", "lang"], {"scale": ("minmax", "zscore")})
    {'scale': 'minmax'}
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    for name, value in chosen.items():
        if name not in known:
            raise InputError(
                "unknown_option",
                Text(
                    f"There is no option {name!r}. Options: {', '.join(known)}.",
                    f"没有选项 {name!r}。可用：{'、'.join(known)}。",
                ),
                field=name,
                valid=known,
                nearest=nearest_of(name, known),
            )
        if name in choices:
            check_choice(name, value, choices[name])
    return chosen
