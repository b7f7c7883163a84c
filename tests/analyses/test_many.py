"""Rows of many products at once are, bit for bit, those of each product asked alone."""

import itertools

import numpy as np
import polars as pl
import pytest

from entrepot.analyses import many
from entrepot.analyses.asking import goods_at, reachable_windows, setting_of, trade_of
from entrepot.analyses.basket import rows_in_windows
from entrepot.analyses.candidates import narrowed
from entrepot.analyses.many import compared
from entrepot.analyses.options import Options
from entrepot.analyses.rows import LEDGERS, markets_of, stacked
from entrepot.scale.blocks import made_ahead
from entrepot.tables import REFERENCE_TABLES
from entrepot.workbench import open_workbench
from tests.analyses.test_build import ECONOMIES, TARIFFS, made_up, publish


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Random worlds: one of ten years with tariffs, and one whose quantities are all missing."""
    bench = open_workbench(tmp_path_factory.mktemp("many"))
    with bench.store.publishing() as publication:
        publish(publication, "long", made_up(5, tuple(range(2001, 2011))), incomplete=(2010,))
        bare = [frame.with_columns(quantity_t=pl.lit(None, dtype=pl.Float64)) for frame in made_up(6, (2010,))]
        publish(publication, "bare", bare)
        schema = REFERENCE_TABLES["tariffs"].schema
        publication.put_reference("tariffs", pl.DataFrame(TARIFFS, schema=schema, orient="row"))
    return bench


def one_by_one(setting, level: int, market: int | None):
    """Products in the order of their codes, each asked alone: rows, rows in other windows, rows left out."""
    rows, moved, left_out = [], [], 0
    windows = reachable_windows(setting)
    weighted = [*setting.options.chosen_weights, setting.options.rank_by]
    for good in sorted(goods_at(setting.world, setting.data, level), key=lambda good: good.code):
        trade = trade_of(setting, good)
        if not np.nansum(trade.exports[-setting.options.window :, setting.exporter_code]) > 0:
            continue
        there = markets_of(trade, setting.options.window, setting.exporter_code)
        if market is not None:
            there = there[there == market]
        kept = narrowed(setting, [trade], there) if len(there) else there
        left_out += len(there) - len(kept)
        if len(kept):
            own, others = rows_in_windows(setting, [trade], kept, windows, weighted)
            rows.append(own)
            moved.append(others)
    return rows, moved, left_out


def assert_same(bench, data: str, level: int, exporter: str, market: str | None, options: dict) -> int:
    setting, buyer = setting_of(bench.snapshot, exporter, market, None, data, Options.of(**options))
    at = None if buyer is None else setting.roster.index[buyer.code]
    alone, moved, left_out = one_by_one(setting, level, at)
    windows = reachable_windows(setting)
    weighted = [*setting.options.chosen_weights, setting.options.rank_by]
    goods = goods_at(setting.world, setting.data, level)
    found = compared(setting, goods, windows, weighted, market=at)
    assert found.left_out == left_out
    if not alone:
        assert not found.parts
        return 0
    one, other = stacked(alone), stacked(found.parts)
    assert (one.markets, one.products) == (other.markets, other.products)
    np.testing.assert_array_equal(one.traded, other.traded)
    for ledger in LEDGERS:
        ours, theirs = getattr(other, ledger), getattr(one, ledger)
        assert set(ours) == set(theirs)
        for column, x in theirs.items():
            np.testing.assert_array_equal(ours[column], x, err_msg=f"{exporter} {column}")
    assert len(found.moved) == len(windows)
    for place, blocks in enumerate(found.moved):
        for column in weighted:
            if column in one.values:
                theirs = np.concatenate([others[place][column] for others in moved])
                np.testing.assert_array_equal(np.concatenate([block[column] for block in blocks]), theirs)
    return len(one.markets)


VARIANTS = [
    {"basis": "world"},
    {"basis": "bilateral"},
    {"basis": "world", "average": "weighted", "price_period": "window", "missing": "one", "tariff": "max"},
    {"basis": "world", "window": 3, "distance": "great_circle", "weights": "gap=1,growth=1,sd=1,cpa=1"},
    {"basis": "bilateral", "price_period": "window", "window": 10, "weights": "cpa=1,growth=2"},
    {"basis": "world", "served": "new"},
    {"basis": "bilateral", "served": "served", "among": "CHN,JPN,DEU,FRA"},
]


@pytest.mark.parametrize("options", VARIANTS, ids=lambda options: "-".join(map(str, options.values())))
@pytest.mark.parametrize(("data", "level"), [("long", 6), ("long", 4), ("bare", 6)])
def test_many_products_at_once_are_each_alone(small, data, level, options, monkeypatch):
    # Blocks and parts of a few flows, so that there are several of each.
    monkeypatch.setattr(many, "FLOWS_PER_BLOCK", 60)
    monkeypatch.setattr(many, "FLOWS_PER_PART", 150)
    compared_rows = sum(assert_same(small, data, level, exporter, None, options) for exporter in ECONOMIES[:4])
    assert compared_rows > 10


@pytest.mark.parametrize("basis", ["world", "bilateral"])
def test_one_market_and_groups_too(small, basis):
    pairs = [*itertools.permutations(ECONOMIES[:4], 2), ("EU27", "CHN"), ("CHL", "EU27")]
    assert sum(assert_same(small, "long", 6, i, j, {"basis": basis}) for i, j in pairs) > 10


@pytest.mark.parametrize("basis", ["world", "bilateral"])
def test_the_embedded_data(tmp_path_factory, basis):
    bench = open_workbench(tmp_path_factory.mktemp("embedded"))
    assert assert_same(bench, "minerals", 4, "PER", None, {"basis": basis}) > 1000


def test_what_is_made_ahead_comes_in_order_and_its_failure_is_told():
    made = []

    def make(number: int) -> int:
        made.append(number)
        if number == 7:
            raise ValueError("seven")
        return number * number

    assert list(made_ahead(make, range(7), threads=3)) == [number * number for number in range(7)]
    coming = made_ahead(make, iter(range(7, 20)))
    with pytest.raises(ValueError, match="seven"):
        next(coming)
    assert len(made) < 12  # no more was begun than is wanted soon
