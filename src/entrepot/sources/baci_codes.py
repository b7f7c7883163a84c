"""The code files that come with a BACI release: names of countries and of products, beside the years or in the zip."""

import csv
import io
import re
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError
from entrepot.sources.archive import read_entry
from entrepot.sources.head import decoded, head_of

CODES_BYTES = 16 * 2**20


def product_names(path: Path, vintage: str) -> pl.DataFrame | None:
    """Codes of six digits and their English names (code, name_en); null if the release has no such file."""
    rows = _rows(path, rf"(?:.*/)?product_codes_{vintage}(?:_V\w+)?\.csv")
    found: dict[str, str] = {}
    for row in rows:
        code = row.get("code", "").strip().zfill(6)
        name = " ".join(row.get("description", "").split())
        # CEPII also lists 9999AA, "commodities not specified": no code of the classification, and no row uses it.
        if re.fullmatch(r"\d{6}", code) and name:
            found.setdefault(code, name)
    if not found:
        return None
    return pl.DataFrame({"code": list(found), "name_en": list(found.values())}).sort("code")


def country_names(path: Path) -> dict[str, str]:
    """Country number → name, so that a code that the store does not know can at least be named."""
    rows = _rows(path, r"(?:.*/)?country_codes(?:_V\w+)?\.csv")
    return {
        row["country_code"].strip(): (row.get("country_name") or row.get("country_name_full") or "").strip()
        for row in rows
        if row.get("country_code")
    }


def _rows(path: Path, pattern: str) -> list[dict[str, str]]:
    """Rows of the code file in the archive, or beside the file; none if there is no such file or it makes no sense."""
    content = _content(path, pattern)
    if content is None:
        return []
    reader = csv.DictReader(io.StringIO(decoded(content)))
    try:
        return [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]
    except csv.Error:
        return []


def _content(path: Path, pattern: str) -> bytes | None:
    entry = head_of(path).entry(pattern)
    if entry is not None:
        try:
            return read_entry(path, entry.name, limit=CODES_BYTES)
        except DataError:
            # Names are a courtesy; the years of the same archive tell its damage where it matters.
            return None
    shape = re.compile(pattern, re.IGNORECASE)
    for beside in sorted(path.parent.iterdir()) if path.suffix.lower() != ".zip" else ():
        if shape.fullmatch(beside.name) and beside.stat().st_size <= CODES_BYTES:
            return beside.read_bytes()
    return None
