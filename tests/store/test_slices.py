"""For any subset of years, products, exporters and importers, a slice is a plain filter of what was published."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from entrepot.core.text import Text
from entrepot.store import DataSetInfo, Snapshot, Store, objects

YEARS = (2001, 2002, 2003, 2004)
CODES = tuple(a + b + c for a in "ABC" for b in "XY" for c in "PQ")
PRODUCTS = ("010121", "2601", "260111", "260112", "260300", "2700", "270900", "999999")
ORDER = ["year", "product", "exporter", "importer"]
INFO = DataSetInfo("any", "HS92", 6, Text("", ""), "", "", "", "", "")


@pytest.fixture(scope="module")
def published(world) -> Iterator[tuple[Snapshot, pl.DataFrame]]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # So small that every slice has row groups to leave out.
        patch.setattr(objects, "ROW_GROUP", 16)
        store = Store(Path(folder))
        with store.publishing() as publication:
            for year in YEARS:
                publication.put_flows(INFO, year, world(year))
        snapshot = store.snapshot()
        yield snapshot, pl.concat(world(year) for year in YEARS).sort(ORDER)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(values, max_size=6)


PREFIXES = st.text("0123456789", min_size=1, max_size=6) | st.sampled_from(
    ["0", "01", "2", "26", "260", "2601", "26011", "260111", "2603", "9", "999999"]
)
ECONOMIES = st.sampled_from(["AUS", "CHL", "CHN", "DEU", "JPN", "PER", "TWN", "ZAF", "ZZZ"])


@given(
    years=st.lists(st.integers(2000, 2005), max_size=6),
    products=some(PREFIXES),
    exporters=some(ECONOMIES),
    importers=some(ECONOMIES),
)
@settings(max_examples=150)
def test_a_slice_is_a_filter(published, years, products, exporters, importers) -> None:
    snapshot, everything = published
    keep = pl.col("year").is_in(years)
    if products is not None:
        keep &= pl.any_horizontal([pl.lit(False), *(pl.col("product").str.starts_with(one) for one in products)])
    if exporters is not None:
        keep &= pl.col("exporter").is_in(exporters)
    if importers is not None:
        keep &= pl.col("importer").is_in(importers)
    assert_frame_equal(snapshot.flows("any", years, products, exporters, importers), everything.filter(keep))


FLOWS = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(PRODUCTS)),
    st.tuples(
        st.floats(min_value=5e-324, max_value=1.7e308), st.none() | st.floats(min_value=5e-324, max_value=1.7e308)
    ),
    min_size=1,
    max_size=40,
)


@given(FLOWS)
@settings(max_examples=30)
def test_any_flows_come_back_bit_for_bit(flows) -> None:
    rows = [(*key, *values) for key, values in flows.items()]
    schema = ["year", "exporter", "importer", "product", "value_usd", "quantity_t"]
    frame = pl.DataFrame(rows, schema=schema, orient="row").cast({"year": pl.Int16, "quantity_t": pl.Float64})
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        with store.publishing() as publication:
            for (year,), part in frame.partition_by("year", as_dict=True).items():
                publication.put_flows(INFO, year, part)
        assert store.verify().whole
        assert_frame_equal(store.snapshot().flows("any", YEARS), frame.sort(ORDER), check_exact=True)
