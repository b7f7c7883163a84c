"""The table of customs declarations: what passes and what is refused."""

import polars as pl
import pytest

from entrepot.core.errors import DataError
from entrepot.tables import firm_flows

ROW = {
    "year": 2010, "flow": "export", "firm": "1101115555", "region": "11", "product": "0101", "destination": "USA",
    "value_usd": 5.0, "quantity": None, "owner": None, "regime": None,
}  # fmt: skip


def test_rows_with_the_same_keys_are_declarations_to_be_added_up():
    assert firm_flows.check(pl.DataFrame([ROW, ROW]), unique=True).height == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"flow": "transit"}, "invalid_value"),
        ({"firm": " a"}, "invalid_value"),
        ({"region": ""}, "invalid_value"),
        ({"quantity": 0.0}, "invalid_value"),
        ({"value_usd": -1.0}, "invalid_value"),
        ({"destination": None}, "null_value"),
        ({"product": 101}, "wrong_type"),
    ],
)
def test_bad_rows_are_refused(change, code):
    with pytest.raises(DataError) as refused:
        firm_flows.check(pl.DataFrame([ROW | change]), unique=True)
    assert refused.value.code == code
