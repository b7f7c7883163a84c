"""Cuts of whole products, and the same bits whatever the blocks and threads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.scale.blocks import cut, run_blocks

products = st.lists(st.integers(0, 9), max_size=60).map(lambda codes: np.array(sorted(codes), dtype=np.int16))


@given(products, st.integers(1, 80))
def test_cuts_are_whole_products_and_cover_all_cells_once(product, cells_per_block):
    parts = cut(product, cells_per_block)
    assert [k for part in parts for k in range(part.start, part.stop)] == list(range(len(product)))
    for part in parts:
        own = product[part]
        assert len(own) <= cells_per_block or len(set(own.tolist())) == 1
        assert (product == own[0]).sum() == (own == own[0]).sum()
        assert (product == own[-1]).sum() == (own == own[-1]).sum()


def test_unsorted_cells_are_refused():
    with pytest.raises(ValueError, match="not sorted by product"):
        cut(np.array([1, 0]))


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("cells_per_block", [1, 50, 10**6])
def test_blocks_and_threads_change_no_bit(threads: int, cells_per_block: int):
    rng = np.random.default_rng(5)
    product = np.sort(rng.integers(0, 20, 500))
    i, j = rng.integers(0, 12, (2, 500))
    value = rng.lognormal(0, 3, 500)

    def share(cells, known):
        return {"share": known["value"] / cells.sum_by("importer", known["value"])}

    def run(**how):
        return run_blocks(share, i, j, product, {"value": value}, economies=12, **how)["share"]

    whole = run()
    np.testing.assert_array_equal(run(cells_per_block=cells_per_block, threads=threads), whole)
    key = product * 12 + j
    np.testing.assert_allclose(whole, value / np.bincount(key, value)[key], rtol=1e-14)


def test_no_cells_no_columns():
    none = np.empty(0, dtype=np.intp)
    assert run_blocks(lambda cells, known: {}, none, none, none, {}, economies=3) == {}
