"""Whom a reporter trades with: single economies, groups, committed lists such as developed and developing, or the world."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import polars as pl

from entrepot.analyses.directory import Place
from entrepot.analyses.world import World
from entrepot.core.errors import EntrepotError, InputError
from entrepot.core.text import Text

WORLD = "WLD"
EACH = "each"
_WORDS = {
    "wld": WORLD,
    "world": WORLD,
    "世界": WORLD,
    "each": EACH,
    "发达国家": "developed",
    "发展中国家": "developing",
}


@dataclass(frozen=True)
class Partner:
    """One partner of the answer.

    Parameters
    ----------
    code, name : how it is shown.
    members : year → the economies it holds.
    source : where a list is from; empty for an economy.
    """

    code: str
    name: Text
    members: dict[int, frozenset[str]]
    source: str = ""


@lru_cache(maxsize=1)
def partner_lists() -> dict[str, list[dict[str, str]]]:
    """The committed lists: name → its rows."""
    text = (files("entrepot.analyses") / "partner_lists.csv").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["list"], []).append(row)
    return found


def partners_of(
    world: World, asked: str | Sequence[str] | None, years: Sequence[int], reporter: Place
) -> tuple[Partner, ...]:
    """The partners asked for; None is the world as one.

    Parameters
    ----------
    asked : names separated by commas, or a list: economies, groups of the store (as they are in each year), committed lists
        ("developed", "developing", "advanced", "high_income" …), "each" for every economy by itself, "WLD".

    Raises
    ------
    InputError
        For a name that is none of these; it names the lists there are.
    """
    words = [WORLD] if asked is None else asked.replace("，", ",").split(",") if isinstance(asked, str) else list(asked)
    found: dict[str, Partner] = {}
    for word in (word.strip() for word in words if word.strip()):
        known = _WORDS.get(word.casefold(), word)
        for partner in _partners(world, known, years, reporter):
            found.setdefault(partner.code, partner)
    if not found:
        raise InputError(
            "no_partner",
            Text(
                "partners is empty: name economies, groups or lists, or leave it out for the world.", "partners 为空。"
            ),
            field="partners",
            valid=sorted(partner_lists()),
        )
    return tuple(found.values())


def _partners(world: World, word: str, years: Sequence[int], reporter: Place) -> list[Partner]:
    own = {reporter.code, *reporter.members}
    everyone = frozenset(world.codes) - own
    if word == WORLD:
        return [Partner(WORLD, Text("World", "世界"), dict.fromkeys(years, everyone))]
    if word == EACH:
        places = world.places.by_code
        return [Partner(code, places[code].name, dict.fromkeys(years, frozenset({code}))) for code in sorted(everyone)]
    rows = partner_lists().get(word.casefold().replace(" ", "_"))
    if rows:
        name = Text(rows[0]["name_en"], rows[0]["name_zh"])
        members = {year: _listed(world, rows, year) - own for year in years}
        return [Partner(rows[0]["list"], name, members, rows[0]["source"])]
    try:
        place = world.places.find(word, field="partners")
    except InputError as error:
        raise _unknown(error) from error
    return [Partner(place.code, place.name, {year: _at(world, place, year) - own for year in years})]


def _at(world: World, place: Place, year: int) -> frozenset[str]:
    try:
        there = world.places.at(place, year)
    except InputError:  # a group that had no members yet trades nothing in that year
        return frozenset()
    return frozenset(there.members or (there.code,))


def _listed(world: World, rows: list[dict[str, str]], year: int) -> frozenset[str]:
    if rows[0]["complement_of"]:
        return frozenset(world.codes) - _listed(world, partner_lists()[rows[0]["complement_of"]], year)
    found: set[str] = set()
    for row in rows:
        kind, _, group = row["place"].partition(":")
        if kind == "income":
            found |= set(world.economies.filter(pl.col("income_group") == group)["iso3"])
        elif row["place"] in world.places.by_code:
            found |= _at(world, world.places.by_code[row["place"]], year)
    return frozenset(found)


def _unknown(error: EntrepotError) -> InputError:
    lists = ", ".join(sorted(partner_lists()))
    said = error.message
    return InputError(
        error.code,
        Text(f"{said.en} Lists: {lists}, each, WLD.", f"{said.zh}名单：{lists}、each、WLD。"),
        field="partners",
        valid=(*sorted(partner_lists()), EACH, WORLD, *error.valid),
        nearest=error.nearest,
    )


def membership(partners: Sequence[Partner], years: Sequence[int]) -> pl.DataFrame:
    """label, year, economy: who belongs to which partner when; a partner's place in the answer is `order`."""
    rows = [
        (order, partner.code, year, economy)
        for order, partner in enumerate(partners)
        for year in years
        for economy in sorted(partner.members[year])
    ]
    schema = {"order": pl.Int64, "partner": pl.String, "year": pl.Int64, "economy": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
