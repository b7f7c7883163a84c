"""Tables derived from flows, by hand."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from entrepot.ingest.derived import coverage, reporters
from entrepot.tables import DATA_TABLES, flows

# A sells 5 of copper to B and 2 of iron to B, B sells 3 of copper to A, C sells 4 of copper to A and imports nothing.
TRADE = flows.check(
    pl.DataFrame(
        {
            "year": [2024, 2024, 2024, 2024, 2023],
            "exporter": ["AAA", "AAA", "BBB", "CCC", "CCC"],
            "importer": ["BBB", "BBB", "AAA", "AAA", "BBB"],
            "product": ["260300", "260111", "260300", "260300", "260300"],
            "value_usd": [5.0, 2.0, 3.0, 4.0, 1.0],
            "quantity_t": [1.0, None, None, 2.0, None],
        }
    )
)


def test_an_economy_reports_if_it_imports() -> None:
    assert reporters(TRADE).rows() == [
        (2023, "BBB", 1.0, 0.0),
        (2024, "AAA", 7.0, 7.0),
        (2024, "BBB", 7.0, 3.0),
    ]


def test_coverage_counts_flows_and_the_value_that_has_a_quantity() -> None:
    assert coverage(TRADE).rows() == [
        (2023, "260300", 1, 1.0, 0.0),
        (2024, "260111", 1, 2.0, 0.0),
        (2024, "260300", 3, 12.0, 9.0),
    ]


@given(st.randoms(use_true_random=False))
def test_derived_tables_are_canonical_and_blind_to_the_order_of_rows(dice) -> None:
    order = list(range(TRADE.height))
    dice.shuffle(order)
    for derive, name in ((reporters, "reporters"), (coverage, "coverage")):
        derived = derive(TRADE[order])
        assert DATA_TABLES[name].check(derived).equals(derived)
        assert derived.equals(derive(TRADE))
