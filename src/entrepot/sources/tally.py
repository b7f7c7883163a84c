"""Counts of what a reader left out, kept while it reads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from entrepot.core.text import Text
from entrepot.sources.provider import Match
from entrepot.sources.report import EXAMPLES_KEPT, Dropped, ReadReport


class Tally:
    """What one reading left out, by reason, and what it wants to say besides."""

    def __init__(self) -> None:
        self._meanings: dict[str, Text] = {}
        self._examples: dict[str, Counter[str]] = {}
        self._rows: Counter[str] = Counter()
        self._warnings: dict[Text, None] = {}

    def drop(self, reason: str, meaning: Text, examples: Iterable[object]) -> None:
        """Count rows left out, one for each example."""
        listed = [str(example) for example in examples]
        if listed:
            self._meanings.setdefault(reason, meaning)
            self._examples.setdefault(reason, Counter()).update(listed)
            self._rows[reason] += len(listed)

    def warn(self, said: Text) -> None:
        """Keep a sentence for the report, once."""
        self._warnings[said] = None

    def last_of(self, matches: Sequence[Match]) -> Match:
        """The last of several files of one content, which alone is read; the others are named."""
        unread = ", ".join(match.path.name for match in matches[:-1])
        if unread:
            name = matches[-1].path.name
            self.warn(Text(f"Only {name} was read, not {unread}.", f"只读取 {name}，未读 {unread}。"))
        return matches[-1]

    def report(
        self, provider: str, files: Sequence[Path], layout: Text, *, rows_read: int, rows_kept: int
    ) -> ReadReport:
        """The report of the reading."""
        dropped = tuple(
            Dropped(reason, meaning, self._rows[reason], _most_frequent(self._examples[reason]))
            for reason, meaning in self._meanings.items()
        )
        names = tuple(path.name for path in files)
        return ReadReport(provider, names, layout, rows_read, rows_kept, dropped, tuple(self._warnings))


def _most_frequent(examples: Counter[str]) -> tuple[str, ...]:
    ordered = sorted(examples.items(), key=lambda item: (-item[1], item[0]))
    return tuple(example for example, _ in ordered[:EXAMPLES_KEPT])
