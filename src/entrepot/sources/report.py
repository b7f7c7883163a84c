"""What a reader did with a file: nothing is dropped, summed or assumed without being counted here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from entrepot.core.text import Text

EXAMPLES_KEPT = 12


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows that did not come into the table as they stood.

    Parameters
    ----------
    reason : short stable name, such as "unknown_economy".
    meaning : the reason for people.
    rows : how many.
    examples : the values at fault, most frequent first; at most twelve when reports are merged.
    value_usd : what they were worth, where that is known.
    """

    reason: str
    meaning: Text
    rows: int
    examples: tuple[str, ...] = ()
    value_usd: float | None = None


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What was read from one file, or from several of one provider.

    Parameters
    ----------
    provider : name of the provider.
    files : names of the files (of the entry, inside an archive).
    layout : the layout as it was understood.
    rows_read : rows in the files, headings not counted.
    rows_kept : rows of the canonical tables made of them.
    dropped : rows left out or summed into others, by reason.
    warnings : what a user should know besides: what was assumed, what is missing.
    """

    provider: str
    files: tuple[str, ...]
    layout: Text
    rows_read: int
    rows_kept: int
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Text, ...] = field(default=())


def merged(reports: Iterable[ReadReport]) -> ReadReport:
    """Reports of one provider as one: rows added, reasons added up, each warning once.

    Examples
    --------
    >>> one = ReadReport("Atlas", ("a.csv",), Text("long", "长表"), 3, 2, (Dropped("blank", Text("blank", "空白"), 1),))
    >>> both = merged([one, one])
    >>> both.rows_read, both.dropped[0].rows, both.files
    (6, 2, ('a.csv',))
    """
    listed = list(reports)
    if not listed:
        raise ValueError("no report to merge")
    return ReadReport(
        provider=listed[0].provider,
        files=tuple(dict.fromkeys(name for report in listed for name in report.files)),
        layout=listed[0].layout,
        rows_read=sum(report.rows_read for report in listed),
        rows_kept=sum(report.rows_kept for report in listed),
        dropped=_merged_dropped(entry for report in listed for entry in report.dropped),
        warnings=tuple(dict.fromkeys(warning for report in listed for warning in report.warnings)),
    )


def _merged_dropped(entries: Iterable[Dropped]) -> tuple[Dropped, ...]:
    found: dict[str, Dropped] = {}
    for entry in entries:
        known = found.get(entry.reason)
        if known is None:
            found[entry.reason] = entry
            continue
        values = [value for value in (known.value_usd, entry.value_usd) if value is not None]
        found[entry.reason] = Dropped(
            entry.reason,
            known.meaning,
            known.rows + entry.rows,
            tuple(dict.fromkeys((*known.examples, *entry.examples)))[:EXAMPLES_KEPT],
            sum(values) if values else None,
        )
    return tuple(found.values())
