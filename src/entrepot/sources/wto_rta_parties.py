"""Parties of a regional trade agreement as the WTO lists them: from when to when each, and who trades with whom under it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from entrepot.sources.provider import Known
from entrepot.sources.who import Economies

Spell = tuple[date, date | None]
EVER = (date(1900, 1, 1), None)
# Parties that are groups themselves → the group of the store that has their members.
BLOCS = {
    "ASEAN Free Trade Area (AFTA)": "ASEAN",
    "Central American Common Market (CACM)": "CACM",
    "Eurasian Economic Union (EAEU)": "EAEU",
    "European Free Trade Association (EFTA)": "EFTA",
    "European Union": "EU",
    "Gulf Cooperation Council (GCC)": "GCC",
    "Southern African Customs Union (SACU)": "SACU",
    "Southern Common Market (MERCOSUR)": "MERCOSUR",
}
# How the name of an agreement speaks of a bloc whose members are listed one by one: "EC - Malta".
BLOC_WORDS = {"EU": "EU", "EC": "EU", "EEC": "EU", **{group: group for group in BLOCS.values()}}
# Agreements of the Community with its associates that do not name it.
OF_THE_COMMUNITY = ("Lomé", "Yaoundé", "Arusha", "Cotonou")
NOT_IN_FORCE_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides of an agreement: economies with their spells. With more than one side only pairs across sides count.

    `strangers` are parties that the store does not know; `unread` are dates that could not be read.
    """

    sides: tuple[Mapping[str, Spell], ...]
    across: bool
    strangers: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str, date, date | None]]:
        """Both directions of each pair, with the days on which both were in."""
        found = []
        everyone = [
            (economy, spell, side) for side, members in enumerate(self.sides) for economy, spell in members.items()
        ]
        for one, (since, until), side in everyone:
            for other, (their_since, their_until), their_side in everyone:
                if one == other or (self.across and side == their_side):
                    continue
                start = max(since, their_since)
                ends = [end for end in (until, their_until) if end is not None]
                end = min(ends, default=None)
                if end is None or start <= end:
                    found.append((one, other, start, end))
        return found


class Membership:
    """When each economy was in a bloc."""

    def __init__(self, known: Known) -> None:
        groups = known.table("groups").filter(pl.col("group").is_in(list(BLOCS.values())))
        self._spells: dict[str, dict[str, Spell]] = {}
        for group, economy, since, until in groups.select("group", "economy", "since", "until").iter_rows():
            self._spells.setdefault(group, {})[economy] = (since or EVER[0], until)

    def of(self, group: str) -> Mapping[str, Spell]:
        """Members past and present; none where the store lacks the group."""
        return self._spells.get(group, {})


def parties_of(row: Mapping[str, str], since: date, until: date | None, who: Economies, blocs: Membership) -> Parties:
    """The parties of one row of the list.

    Parameters
    ----------
    since, until : the days of the agreement as a whole.
    """
    names = _names(row["Current signatories"]) or _names(row["Original signatories"])
    own_days, unread = days_of_parties(row["Specific Entry/Exit dates"])
    strangers: list[str] = []
    singles: dict[str, Spell] = {}
    sides: list[dict[str, Spell]] = []
    groups: list[str] = []
    for name in names:
        if name in BLOCS:
            groups.append(BLOCS[name])
            sides.append({economy: _within(spell, since, until) for economy, spell in blocs.of(BLOCS[name]).items()})
        elif (economy := who.of_name(name)) is not None:
            singles[economy] = (since, until)
        else:
            strangers.append(name)
    if not sides:
        groups, sides, singles = _split(row["RTA Name"], singles, until, blocs)
    for name, spell in own_days.items():
        economy = who.of_name(name)
        if economy is None:
            strangers.append(name)
            continue
        home = next((side for side, group in zip(sides, groups, strict=True) if economy in blocs.of(group)), singles)
        home.pop(economy, None)
        if spell is not None:
            start, end = spell
            home[economy] = (start or since, end if end is not None else until)
    sides = [{e: s for e, s in side.items() if s[1] is None or s[0] <= s[1]} for side in sides]
    every = (*sides, singles) if singles else tuple(sides)
    return Parties(tuple(every), bool(sides), tuple(strangers), unread)


def days_of_parties(text: str) -> tuple[dict[str, tuple[date | None, date | None] | None], tuple[str, ...]]:
    """Entry and exit days of single parties; None for a party where it is not in force; and what could not be read.

    Examples
    --------
    >>> days_of_parties("Chile(21-Feb-2023 - ); Austria( - 31-Dec-1994)")[0]["Chile"]
    (datetime.date(2023, 2, 21), None)
    """
    found: dict[str, tuple[date | None, date | None] | None] = {}
    unread: list[str] = []
    for piece in _names(text):
        shape = re.fullmatch(r"(.+)\((.*?)\s*-\s+(.*?)\)|(.+)\(\s*-\s*(.+?)\)", piece)
        try:
            if shape is None:
                raise ValueError(piece)
            name, start, end = (shape[1] or shape[4]).strip(), _day(shape[2]), _day(shape[3] or shape[5])
        except ValueError:
            unread.append(piece)
            continue
        found[name] = None if start is not None and start.year == NOT_IN_FORCE_YEAR else (start, end)
    return found, tuple(unread)


def _day(text: str | None) -> date | None:
    said = (text or "").strip()
    return datetime.strptime(said, "%d-%b-%Y").date() if said else None


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _within(spell: Spell, since: date, until: date | None) -> Spell:
    start, end = max(spell[0], since), spell[1]
    if until is not None:
        end = until if end is None else min(end, until)
    return start, end


def _split(
    name: str, singles: dict[str, Spell], until: date | None, blocs: Membership
) -> tuple[list[str], list[dict[str, Spell]], dict[str, Spell]]:
    """Members of the blocs that an agreement is named after, where they are listed one by one.

    The other party of an agreement may have joined the bloc when it ended: it is no member here.
    """
    parts = re.split(r"\s[-–]\s", name)
    first_words = [part.split()[0] for part in parts if part.split()] if len(parts) > 1 else []
    groups = list(dict.fromkeys(BLOC_WORDS[word] for word in first_words if word in BLOC_WORDS))
    if any(word in name for word in OF_THE_COMMUNITY):
        groups = ["EU"]
    last = until or date.max
    members = [{e for e, (joined, _) in blocs.of(group).items() if joined < last} for group in groups]
    sides = [{e: s for e, s in singles.items() if e in inside} for inside in members]
    taken = {economy for side in sides for economy in side}
    kept = [(group, side) for group, side in zip(groups, sides, strict=True) if side]
    rest = {economy: spell for economy, spell in singles.items() if economy not in taken}
    return [group for group, _ in kept], [side for _, side in kept], rest
