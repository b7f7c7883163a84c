"""Put the tables `ports` and `main_ports` together from the sources and the facts entered by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import polars as pl

from demo.facts import read_facts
from entrepot.formulas.distance import great_circle_km, with_lanes
from ports.sea_ports import Place, read_sea_ports
from ports.searoute import read_ports

LANE_LIMIT_KM = 100.0
DISAGREEMENT_KM = 50.0


@dataclass
class Findings:
    """What the report tells: names of things dropped, corrected or in dispute."""

    duplicates: list[tuple[str, Place, Place]] = field(default_factory=list)
    disagreements: list[tuple[str, Place, Place, float]] = field(default_factory=list)
    by_hand: list[tuple[str, Place, str]] = field(default_factory=list)
    without_economy: list[str] = field(default_factory=list)


def build_ports(sources: Path, economies: pl.DataFrame, lanes: pl.DataFrame) -> tuple[pl.DataFrame, Findings]:
    """Return the table `ports`: searoute's, the further ones that `main_ports` needs, and what was found on the way."""
    findings = Findings()
    others = read_sea_ports(sources)
    places = _unique(read_ports(sources), others, findings)
    _compare(places, others, findings)
    origin = dict.fromkeys(places, "searoute")
    for code in read_facts("main_ports")["port"].unique().sort():
        if code not in places and code in others:
            places[code], origin[code] = others[code], "sea-ports"
    for code, _, name, lat, lon, note in read_facts("main_ports_places").iter_rows():
        findings.by_hand.append((code, place := Place(name, float(lat), float(lon)), note or ""))
        places[code], origin[code] = place, "entered by hand"
    owner = _owners(places, economies, findings)
    codes = sorted(owner)
    frame = pl.DataFrame(
        {
            "port": codes,
            "name": [places[code].name for code in codes],
            "economy": [owner[code] for code in codes],
            "lat": [places[code].lat for code in codes],
            "lon": [places[code].lon for code in codes],
        }
    )
    placed = with_lanes(frame, lanes, limit_km=LANE_LIMIT_KM)
    return placed.with_columns(source=pl.Series([origin[code] for code in codes])), findings


def build_main_ports(ports: pl.DataFrame, key_ports: dict[str, list[str]]) -> pl.DataFrame:
    """Return the table `main_ports` from the facts, each checked against the Factbook's list and the table `ports`."""
    facts = read_facts("main_ports").with_columns(pl.col("rank").cast(pl.Int8))
    unfounded = [
        f"{economy} {port}"
        for economy, _, port, name, note in facts.iter_rows()
        if (name is None and note is None) or (name is not None and name not in key_ports.get(economy, []))
    ]
    if unfounded:
        listed = ", ".join(unfounded)
        raise SystemExit(f"facts/main_ports.csv: neither a key port that the Factbook names nor a note: {listed}")
    for (one, rank), (other, following) in pairwise(facts.select("economy", "rank").iter_rows()):
        if following != (rank + 1 if one == other else 1):
            raise SystemExit(f"facts/main_ports.csv: the ranks of {other} are not 1, 2, 3 …")
    unplaced = set(facts["port"]) - set(ports["port"])
    if unplaced:
        raise SystemExit(f"facts/main_ports.csv: no coordinates for {', '.join(sorted(unplaced))}")
    hand_note = pl.lit("not among the Factbook's key ports: ") + pl.col("note")
    return (
        facts.join(ports.select("port", "name", "lat", "lon", "source"), on="port", how="left")
        .with_columns(note=pl.when(pl.col("factbook").is_null()).then(hand_note).otherwise(None))
        .select("economy", "rank", "port", "name", "lat", "lon", "source", "note")
        .sort("economy", "rank")
    )


def _unique(ports: list[tuple[str, Place]], others: dict[str, Place], findings: Findings) -> dict[str, Place]:
    """Keep one place for each identifier: of two, the one nearer to where sea-ports has it, else the first."""
    places: dict[str, Place] = {}
    for code, place in ports:
        if code not in places:
            places[code] = place
            continue
        kept, dropped = places[code], place
        if code in others and _km(dropped, others[code]) < _km(kept, others[code]):
            kept, dropped = dropped, kept
        places[code] = kept
        findings.duplicates.append((code, kept, dropped))
    return places


def _compare(places: dict[str, Place], others: dict[str, Place], findings: Findings) -> None:
    for code in sorted(places.keys() & others.keys()):
        km = _km(places[code], others[code])
        if km > DISAGREEMENT_KM:
            findings.disagreements.append((code, places[code], others[code], km))


def _owners(places: dict[str, Place], economies: pl.DataFrame, findings: Findings) -> dict[str, str]:
    """Port → economy: the country of the UN/LOCODE, unless the facts say otherwise."""
    iso3 = dict(economies.filter(~pl.col("historical")).select("iso2", "iso3").drop_nulls().iter_rows())
    stated = dict(read_facts("port_economies").select("port", "economy").iter_rows())
    stated |= dict(read_facts("main_ports_places").select("port", "economy").iter_rows())
    owner = {code: stated.get(code) or iso3.get(code[:2]) for code in places}
    findings.without_economy.extend(sorted(code for code, economy in owner.items() if economy is None))
    return {code: economy for code, economy in owner.items() if economy is not None}


def _km(one: Place, other: Place) -> float:
    return float(great_circle_km(one.lat, one.lon, other.lat, other.lon))
