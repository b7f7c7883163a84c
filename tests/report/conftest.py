"""A small Result with every awkward thing in it: codes with zeros, formula-like text, nulls, both languages."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from entrepot.analyses.columns import column
from entrepot.analyses.result import Result
from entrepot.core.text import Text

COLUMNS = "importer product year served value_usd gap fta_name score rank importer_name supply_source".split()
ROWS: list[tuple[Any, ...]] = [
    ("CHN", "0901", 2024, 1, 1_234_567_890.0, -0.25, '=HYPERLINK("x")', 0.75, 1, "China", "@source"),
    ("XKX", "0901", 2024, 0, 0.0, None, "+1", 0.5, 2, "<b>Kosovo & co</b>", "\tx"),
    ("CIV", "0901", 2024, 1, 12.5, 0.1, None, None, None, 'Côte "d\'Ivoire"', "-x"),
]


def _result(lang: str = "en", question: str = "markets", **parameters: Any) -> Result:
    frame = pl.DataFrame(ROWS, schema=COLUMNS, orient="row", infer_schema_length=None)
    return Result(
        question=question,
        frame=frame,
        columns=tuple(column(name) for name in COLUMNS),
        parameters={
            "exporter": "CHL", "product": "0901", "year": 2024, "data": "toy", "weights": {"gap": 1.0},
            "rank_by": "score", "lang": lang, **parameters,
        },
        notes=(Text("A note.", "说明一。"), Text("=second", "第二")),
        provenance=({"table": "flows", "name": "Source & co", "edition": "1", "licence": "CC0", "retrieved": "2026"},),
        missing=({}, {"gap": "zero_flow"}, {"fta_name": "not_loaded", "score": "undefined", "rank": "undefined"}),
        parts=({"gap": 0.5, "value_usd": 0.25}, {"gap": 0.75, "value_usd": -0.25}, {}),
        citation="Cite <me> & it.",
    )  # fmt: skip


@pytest.fixture(scope="session")
def made_up() -> Callable[..., Result]:
    """Makes the Result, in a language, with other parameters."""
    return _result
