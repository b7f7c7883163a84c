"""Table ``groups``: blocs and organisations that stand for a list of economies."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl

from demo.facts import read_facts
from demo.membership import Member, day, read_members
from entrepot.tables import groups as canonical

TRADE_GROUPS = "firmapanel_trade_country_data/firmapanel_trade_country_data/data/trade-groups.json"
_COMPILED = "FirmaPanel Trade Country Data"
_BY_HAND = "entered by hand"

# Groups whose members come from the compilation alone; the other groups of it only confirm what facts/groups.csv says.
_TAKEN = {"african-continental-free-trade-area": ("AFCFTA", "African Continental Free Trade Area", "非洲大陆自由贸易区"),
          "african-union": ("AFRICAN_UNION", "African Union", "非洲联盟"),
          "world-trade-organization": ("WTO", "World Trade Organization", "世界贸易组织")}  # fmt: skip
_CONFIRMED = {
    "ASEAN": "association-of-southeast-asian-nations", "EFTA": "european-free-trade-association",
    "EU": "european-union", "EU27": "european-union", "G7": "group-of-seven", "G20": "group-of-twenty",
    "GCC": "gulf-cooperation-council", "MERCOSUR": "mercosur", "USMCA": "united-states-mexico-canada-agreement",
}  # fmt: skip


def build_groups(sources: Path, economies: pl.DataFrame) -> pl.DataFrame:
    """Build the table; where the compilation has the same group its present members must be ours."""
    records = json.loads((sources / TRADE_GROUPS).read_text(encoding="utf-8"))["records"]
    compiled = {record["id"]: record for record in records}
    iso3 = dict(economies.select("iso2", "iso3").drop_nulls().iter_rows())
    rows = []
    for fact in read_facts("groups").iter_rows(named=True):
        members = read_members(fact["members"])
        twin = _CONFIRMED.get(fact["group"])
        if twin:
            present = {member.economy for member in members if member.until is None}
            stated = {member.economy for member in _members(compiled[twin], iso3)}
            if present != stated:
                raise SystemExit(f"group {fact['group']}: the sources disagree on {sorted(present ^ stated)}")
        source = f"{_COMPILED}; dates {_BY_HAND}" if twin else _BY_HAND
        names = (fact["group"], fact["name_en"], fact["name_zh"])
        rows += [(*names, member.economy, member.since, member.until, source) for member in members]
    for group, names in _TAKEN.items():
        rows += [(*names, m.economy, m.since, m.until, _COMPILED) for m in _members(compiled[group], iso3)]
    frame = pl.DataFrame(rows, schema=dict(canonical.SCHEMA), orient="row").sort("group", "economy")
    strangers = set(frame["economy"]) - set(economies["iso3"])
    taken = set(frame["group"]) & (
        set(economies["iso3"]) | set(economies["iso2"]) | set(economies.explode("aliases")["aliases"])
    )
    if strangers or taken:
        raise SystemExit(f"groups: unknown economies {sorted(strangers)}; names of economies used {sorted(taken)}")
    return frame


def _members(record: dict[str, Any], iso3: dict[str, str]) -> list[Member]:
    """Full members of a compiled group: states and customs territories, neither signatories nor suspended."""
    return [
        Member(iso3[entry["id"]], _since(entry), None)
        for entry in record["members"]
        if entry["type"] == "country" and entry["status"] in ("member", "party")
    ]


def _since(entry: dict[str, Any]) -> dt.date | None:
    return day(entry.get("effective_from"))
