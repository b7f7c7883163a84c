"""Real answers against the independent computation committed beside its script (tests/golden/make_real_answers.py)."""

import json
from pathlib import Path

import pytest

CASES = json.loads((Path(__file__).parents[1] / "golden" / "real_answers.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['exporter']}-{c['product']}-{c['year']}-{c['basis']}")
def test_markets_agree_with_the_independent_computation(bench, case):
    result = bench.markets(case["exporter"], case["product"], year=case["year"], basis=case["basis"])
    rows = {row["importer"]: row for row in result.frame.to_dicts()}
    assert set(rows) == set(case["rows"])
    compared = 0
    for market, expected in case["rows"].items():
        for column, value in expected.items():
            found = rows[market][column]
            if value is None:
                assert found is None, (market, column, found)
            else:
                assert found == pytest.approx(value, rel=1e-9, abs=1e-9), (market, column)
            compared += 1
    assert compared > 1000
