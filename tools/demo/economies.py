"""Table ``economies``: every ISO 3166 economy, Kosovo, and the former economies that trade files still name."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl

from demo.facts import read_facts, split
from entrepot.tables import economies as canonical

TAXONOMY = "hdx_python_country/hdx/location/Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"
ATLAS = "pyworldatlas/pyworldatlas/data/atlas.sqlite3"

# Columns of the taxonomy that hold another name of the economy, in English or Chinese.
_NAME_COLUMNS = (
    "Preferred Term", "ISO Alt Term", "DGACM Alt Term", "HPC Tools Alt Term", "RW Short Name", "RW API Alt Term",
    "English Short", "English Formal", "M49 English", "Chinese Short", "M49 Chinese",
)  # fmt: skip
_CLDR = """
import json, sys
sys.path.insert(0, sys.argv[1])
from babel import Locale
print(json.dumps({lang: dict(Locale(lang).territories) for lang in ("en", "zh")}))
"""


def cldr_names(sources: Path) -> dict[str, dict[str, str]]:
    """Names of territories in English and Chinese from CLDR, read by babel itself in a process of its own."""
    command = [sys.executable, "-c", _CLDR, str(sources / "babel")]
    names: dict[str, dict[str, str]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return names


def build_economies(sources: Path) -> pl.DataFrame:
    """Build the table, sorted by ISO3; former economies carry ``historical`` and, where there is one, a successor."""
    rows = {row["iso3"]: row for row in _current(sources)}
    for fact in read_facts("historical").iter_rows(named=True):
        rows[fact["iso3"]] = _former(fact, rows[fact["like"]])
    landlocked = set(read_facts("landlocked")["iso3"])
    capitals = _capitals(sources)
    notes = {fact["iso3"]: fact for fact in read_facts("economy_notes").iter_rows(named=True)}
    for iso3, row in rows.items():
        row["landlocked"] = iso3 in landlocked
        row["capital_en"], row["capital_lat"], row["capital_lon"] = capitals.get(iso3, (None, None, None))
        if iso3 in notes:
            row["note_en"], row["note_zh"] = notes[iso3]["note_en"], notes[iso3]["note_zh"]
    unknown = (landlocked | set(notes)) - set(rows)
    if unknown:
        raise SystemExit(f"facts name economies that are not in the table: {sorted(unknown)}")
    return pl.DataFrame(list(rows.values()), schema=dict(canonical.SCHEMA)).sort("iso3")


def _current(sources: Path) -> list[dict[str, Any]]:
    names = cldr_names(sources)
    by_hand = {fact["iso3"]: fact for fact in read_facts("economy_names").iter_rows(named=True)}
    regions_zh = dict(read_facts("regions_zh").iter_rows())
    other_names = _atlas_names(sources)
    rows = []
    with (sources / TAXONOMY).open(encoding="utf-8-sig", newline="") as handle:
        for entry in csv.DictReader(handle):
            iso2, iso3 = entry["ISO 3166-1 Alpha 2-Codes"], entry["ISO 3166-1 Alpha 3-Codes"]
            if entry["x Alpha3 codes"] == "XKX":  # Kosovo: the customary codes, which ISO leaves to its users
                iso2, iso3 = "XK", "XKX"
            if not iso2 or not iso3:  # islands and regions of states, and codes withdrawn: no economies of ISO 3166
                continue
            fact = by_hand.get(iso3, {})
            name_en = fact.get("name_en") or _plain(names["en"][iso2])
            name_zh = fact.get("name_zh") or names["zh"][iso2]
            aliases = [*split(fact.get("aliases")), names["en"][iso2], names["zh"][iso2], *other_names.get(iso3, ())]
            aliases += [entry[column].removeprefix("the ").strip() for column in _NAME_COLUMNS]
            region, subregion = entry["Region Code"].zfill(3), entry["Sub-region Code"].zfill(3)
            rows.append({
                "iso3": iso3, "iso2": iso2, "m49": entry["m49 numerical code"].zfill(3) if iso3 != "XKX" else None,
                "name_en": name_en, "name_zh": name_zh,
                "region_m49": region if entry["Region Name"] else None,
                "region_en": entry["Region Name"] or None, "region_zh": regions_zh.get(region),
                "subregion_m49": subregion if entry["Sub-region Name"] else None,
                "subregion_en": entry["Sub-region Name"] or None, "subregion_zh": regions_zh.get(subregion),
                "continent_en": entry["Region Name"] or None,
                "income_group": entry["World Bank Income Level"] or None,
                "aliases": _distinct(aliases, {name_en, name_zh}),
                "historical": False, "successor": None, "note_en": None, "note_zh": None,
                "source": "hdx-python-country; CLDR; pyworldatlas",
            })  # fmt: skip
    return rows


def _former(fact: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Row of a former economy: its regions are those of the economy that it is `like`."""
    own = {key: fact[key] for key in ("iso3", "m49", "name_en", "name_zh", "successor", "note_en", "note_zh")}
    aliases = _distinct(split(fact["aliases"]), {fact["name_en"], fact["name_zh"]})
    rest = {"iso2": None, "income_group": None, "aliases": aliases, "historical": True, "source": "entered by hand"}
    return {**like, **own, **rest}


def _atlas_names(sources: Path) -> dict[str, list[str]]:
    query = (
        "select c.alpha3, n.name from country_name n join country c on c.id = n.country_id "
        "where n.kind in ('common', 'official', 'alias') order by c.alpha3, n.name"
    )
    names: dict[str, list[str]] = {}
    with sqlite3.connect(f"file:{sources / ATLAS}?mode=ro", uri=True) as database:
        for iso3, name in database.execute(query):
            names.setdefault(iso3, []).append(name.strip())
    return names


def _capitals(sources: Path) -> dict[str, tuple[str, float, float]]:
    """Capitals from the atlas; those entered by hand come on top."""
    query = "select c.alpha3, a.name, a.latitude, a.longitude from capital a join country c on c.id = a.country_id"
    with sqlite3.connect(f"file:{sources / ATLAS}?mode=ro", uri=True) as database:
        capitals = {iso3: (name, lat, lon) for iso3, name, lat, lon in database.execute(query)}
    for fact in read_facts("capitals").iter_rows(named=True):
        capitals[fact["iso3"]] = (fact["capital"], float(fact["lat"]), float(fact["lon"]))
    return capitals


def _plain(name: str) -> str:
    """CLDR's display name without its abbreviations."""
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("U.S. ", "United States ").replace("’", "'")


def _distinct(names: list[str], main: set[str]) -> list[str]:
    seen = {name.casefold() for name in main}
    kept = []
    for name in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append(name)
    return kept
