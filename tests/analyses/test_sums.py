import math

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from entrepot.analyses.sums import summed

rows = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(2000, 2002), st.none() | st.floats(1e-3, 1e13)),
    min_size=1,
    max_size=40,
)


@given(rows, st.randoms(use_true_random=False))
def test_sums_are_exact_and_do_not_depend_on_the_order(given_rows, random):
    frame = pl.DataFrame(given_rows, schema={"k": pl.String, "year": pl.Int64, "x": pl.Float64}, orient="row")
    found = summed(frame, ["k", "year"], ["x"], "n")
    shuffled = list(given_rows)
    random.shuffle(shuffled)
    again = summed(pl.DataFrame(shuffled, schema=frame.schema, orient="row"), ["k", "year"], ["x"], "n")
    assert found.equals(again)
    for key, year, total, count in found.iter_rows():
        mine = [x for k, y, x in given_rows if (k, y) == (key, year)]
        assert count == len(mine)
        assert math.isclose(total, math.fsum(x for x in mine if x is not None), rel_tol=1e-9, abs_tol=1e-9)


def test_the_order_is_that_of_the_keys():
    frame = pl.DataFrame({"k": ["b", "a", "b"], "year": [2, 2, 1], "x": [1.0, 2.0, 4.0]})
    assert summed(frame, ["k", "year"], ["x"]).rows() == [("a", 2, 2.0), ("b", 1, 4.0), ("b", 2, 1.0)]
