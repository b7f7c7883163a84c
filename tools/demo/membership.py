"""Read lists of members with dates, such as ``GBR:1973-01-01/2020-12-31 SGP VEN:/2006-04-22``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """An economy and the first and the last day on which it belongs; None where no date is stated."""

    economy: str
    since: dt.date | None
    until: dt.date | None


def read_members(cell: str) -> list[Member]:
    """Read a list of members.

    >>> read_members("VEN:/2006-04-22")[0].until
    datetime.date(2006, 4, 22)
    """
    members = []
    for token in cell.split():
        economy, _, dates = token.partition(":")
        since, _, until = dates.partition("/")
        members.append(Member(economy, day(since), day(until)))
    if len({member.economy for member in members}) != len(members):
        raise SystemExit(f"an economy is listed twice: {cell}")
    return members


def day(text: str | None) -> dt.date | None:
    """Read a date; nothing is None."""
    return dt.date.fromisoformat(text) if text else None


def latest(*days: dt.date | None) -> dt.date | None:
    """Return the latest of the days stated."""
    return max((one for one in days if one), default=None)


def earliest(*days: dt.date | None) -> dt.date | None:
    """Return the earliest of the days stated."""
    return min((one for one in days if one), default=None)
