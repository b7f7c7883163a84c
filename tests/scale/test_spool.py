"""Rows in any order come back as blocks of whole products, in memory or from files."""

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.scale.spool import Spool

rows = st.lists(
    st.tuples(st.sampled_from(["0101", "10", "2", "8501", "ab"]), st.integers(0, 9)), min_size=1, max_size=40
)


def frames_of(listed, size):
    frame = pl.DataFrame(listed, schema={"product": pl.Utf8, "x": pl.Int64}, orient="row")
    return [frame[start : start + size] for start in range(0, frame.height, size)]


@given(rows, st.integers(1, 7), st.integers(1, 50))
def test_every_row_comes_back_once_in_blocks_of_whole_products(listed, size, limit):
    with Spool(limit) as spool:
        for frame in frames_of(listed, size):
            spool.add(frame)
        blocks = list(spool.blocks())
        assert spool.rows == len(listed)
        ranges = spool.ranges()
    assert sorted(row for block in blocks for row in block.iter_rows()) == sorted(listed)
    own = [set(block["product"]) for block in blocks]
    assert all(max(before) < min(after) for before, after in pairwise(own))
    assert [block.height for block in blocks] == [rows for *_, rows in ranges]
    assert all(block.height <= limit or len(products) == 1 for block, products in zip(blocks, own, strict=True))


@pytest.mark.parametrize("limit", [2, 100])
def test_products_left_out_do_not_come_back(limit):
    with Spool(limit) as spool:
        for frame in frames_of([("b", 1), ("a", 2), ("c", 3), ("b", 4)], 2):
            spool.add(frame)
        spool.leave_out(["b", "nobody"])
        assert [value for block in spool.blocks() for value in block["x"]] == [2, 3]
        assert spool.rows == 2


def test_the_files_go_with_the_context():
    with Spool(1) as spool:
        spool.add(pl.DataFrame({"product": ["a"], "x": [1]}))
        folder = Path(spool._folder.name)
        assert list(folder.iterdir())
    assert not folder.exists()
