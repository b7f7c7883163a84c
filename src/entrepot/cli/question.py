"""What the command line must know of a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from entrepot.core.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what must be named, what must be given as an option, which options it has, what its help says.

    Parameters
    ----------
    slow : it reports its progress.
    asks : method of the workbench that answers; the command's own name if empty.
    words : help of arguments and options that mean another thing here than elsewhere.
    kinds : type of options that are neither text nor the same everywhere.
    tables : options that name a file with a table.
    """

    arguments: tuple[str, ...]
    needed: tuple[str, ...]
    options: tuple[str, ...]
    help: Text
    slow: bool
    asks: str = ""
    words: Mapping[str, Text] = field(default_factory=dict)
    kinds: Mapping[str, type] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
