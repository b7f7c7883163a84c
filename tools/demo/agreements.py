"""Table ``agreements``: trade agreements entered by hand, as directed pairs with the dates that hold for the pair."""

from __future__ import annotations

import datetime as dt
from itertools import permutations, product
from typing import Any

import polars as pl

from demo.facts import read_facts
from demo.membership import Member, day, earliest, latest, read_members
from entrepot.tables import agreements as canonical

_KINDS = {
    "FTA": ("free trade agreement", "自由贸易协定"),
    "PTA": ("preferential trade agreement", "优惠贸易协定"),
    "CU": ("customs union", "关税同盟"),
}


def build_agreements(economies: pl.DataFrame) -> pl.DataFrame:
    """Build the table from ``facts/agreements.csv`` and ``facts/agreement_parties.csv``.

    A line with one side is an agreement among its members; with two sides, between each of one and each of the other.
    An agreement holds for a pair from the latest of the dates stated (its own, either member's) to the earliest of the
    end dates stated; pairs that were never in it together are left out.
    """
    parties = {fact["party"]: fact for fact in read_facts("agreement_parties").iter_rows(named=True)}
    names = {iso3: (en, zh) for iso3, en, zh in economies.select("iso3", "name_en", "name_zh").iter_rows()}
    names |= {f"@{party}": (fact["name_en"], fact["name_zh"]) for party, fact in parties.items()}
    rows = []
    for fact in read_facts("agreements").iter_rows(named=True):
        label, name_en, name_zh = _titles(fact, names)
        for one, other in _pairs(fact, parties):
            since = latest(day(fact["since"]), one.since, other.since)
            until = earliest(day(fact["until"]), one.until, other.until)
            if since is None:
                raise SystemExit(f"{label}: no date for {one.economy}-{other.economy}")
            if until is None or since <= until:
                pair = (one.economy, other.economy)
                rows.append((label, name_en, name_zh, *pair, since, until, fact["kind"], "entered by hand"))
    frame = pl.DataFrame(rows, schema=dict(canonical.SCHEMA), orient="row").sort(
        "agreement", "exporter", "importer", "since"
    )
    _check(frame, set(economies["iso3"]))
    return frame


def _titles(fact: dict[str, Any], names: dict[str, tuple[str, str]]) -> tuple[str, str, str]:
    """Short id and names of an agreement; where a line leaves them out they are those of its two sides."""
    sides = (fact["side_a"], fact["side_b"])
    label = fact["agreement"] or "-".join(str(side).removeprefix("@") for side in sides)
    if fact["name_en"]:
        return label, fact["name_en"], fact["name_zh"]
    (one_en, one_zh), (other_en, other_zh) = names[sides[0]], names[sides[1]]
    kind_en, kind_zh = _KINDS[fact["kind"]]
    return label, f"{one_en}-{other_en} {kind_en}", f"{one_zh}—{other_zh}{kind_zh}"


def _pairs(fact: dict[str, Any], parties: dict[str, Any]) -> list[tuple[Member, Member]]:
    one = _members(fact["side_a"], parties)
    if not fact["side_b"]:
        return list(permutations(one, 2))
    other = _members(fact["side_b"], parties)
    across = [(a, b) for a, b in product(one, other) if a.economy != b.economy]
    return across + [(b, a) for a, b in across]


def _members(side: str, parties: dict[str, Any]) -> list[Member]:
    return read_members(parties[side[1:]]["members"] if side.startswith("@") else side)


def _check(frame: pl.DataFrame, known: set[str]) -> None:
    strangers = (set(frame["exporter"]) | set(frame["importer"])) - known
    if strangers:
        raise SystemExit(f"facts/agreements.csv names economies that are not in the table: {sorted(strangers)}")
    twice = frame.filter(frame.select("agreement", "exporter", "importer").is_duplicated())
    overlap = twice.join(twice, on=["agreement", "exporter", "importer"]).filter(
        (pl.col("since") < pl.col("since_right")) & (pl.col("until").fill_null(dt.date.max) >= pl.col("since_right"))
    )
    same = frame.select("agreement", "exporter", "importer", "since").is_duplicated().any()
    if same or overlap.height:
        raise SystemExit(f"an agreement is stated twice for one pair:\n{twice}")
