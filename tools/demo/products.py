"""Table ``products``: the HS92 products of the embedded flows, named in English and Chinese in our own words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import polars as pl

from demo.codes import BACI
from demo.facts import read_facts
from entrepot.tables import products as canonical

# Last chapter of each section of the Harmonized System that the embedded products fall into.
_SECTIONS = ((24, None), (27, "V"), (38, "VI"), (70, None), (71, "XIV"), (83, "XV"))


def build_products(sources: Path, flows: pl.DataFrame) -> pl.DataFrame:
    """Build one row per HS6 of the flows and one per HS4 above them; they must be the ones that ``facts`` names."""
    with sqlite3.connect(f"file:{sources / BACI}?mode=ro", uri=True) as database:
        hs92 = [code for (code,) in database.execute('select code from "product_codes_HS92_V202401b"')]
    totals: dict[str, int] = {}
    for code in hs92:
        totals[code[:4]] = totals.get(code[:4], 0) + 1
    traded = set(flows["product"].unique())
    wanted = traded | {code[:4] for code in traded}
    rows = [
        ("HS92", code, len(code), code[:4] if len(code) == 6 else None, name_en, name_zh, _section(code),
         totals[code] if len(code) == 4 else None, "names: entered by hand; codes: BACI")
        for code, name_en, name_zh in read_facts("products").iter_rows()
    ]  # fmt: skip
    named = {row[1] for row in rows}
    if named != wanted or not traded <= set(hs92):
        raise SystemExit(f"facts/products.csv does not fit the flows: {sorted(named ^ wanted)}")
    return pl.DataFrame(rows, schema=dict(canonical.SCHEMA), orient="row").sort("level", "code")


def _section(code: str) -> str:
    chapter = int(code[:2])
    section = next(roman for last, roman in _SECTIONS if chapter <= last)
    if section is None:
        raise SystemExit(f"no section is known for HS chapter {chapter}")
    return section
