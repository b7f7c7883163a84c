"""Table ``borders``: which economies share a land border, in both directions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import polars as pl

from demo.economies import ATLAS
from demo.facts import read_facts
from entrepot.tables import borders as canonical


def build_borders(sources: Path, economies: pl.DataFrame) -> pl.DataFrame:
    """Take the atlas's borders, then the reviewed additions, removals and notes of ``facts/borders.csv``."""
    query = (
        "select a.alpha3, b.alpha3 from country_border x "
        "join country a on a.id = x.country1_id join country b on b.id = x.country2_id"
    )
    with sqlite3.connect(f"file:{sources / ATLAS}?mode=ro", uri=True) as database:
        pairs: dict[frozenset[str], tuple[str, str | None]] = {
            frozenset(pair): ("pyworldatlas", None) for pair in database.execute(query)
        }
    for action, one, other, note in read_facts("borders").iter_rows():
        pair = frozenset((one, other))
        if action == "drop":
            pairs.pop(pair, None)
            continue
        if (pair in pairs) != (action == "keep"):
            raise SystemExit(f"facts/borders.csv says {action} {one}-{other}, which the atlas contradicts")
        pairs[pair] = ("pyworldatlas" if action == "keep" else "entered by hand", note)
    known = set(economies["iso3"])
    rows = [
        (one, other, *about)
        for pair, about in pairs.items()
        for one, other in (sorted(pair), sorted(pair, reverse=True))
        if pair <= known
    ]
    return pl.DataFrame(rows, schema=dict(canonical.SCHEMA), orient="row").sort("economy", "neighbour")
