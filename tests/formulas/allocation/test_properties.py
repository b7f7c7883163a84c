"""Random firms and regions: the independent twin agrees, and nothing hangs on the order of rows or on units."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrepot.cube.groups import Groups
from entrepot.formulas.allocation.dispersion import rmd, rmd2
from entrepot.formulas.allocation.exchange import Presence, ico, iv_ico
from tests.formulas.allocation import twin

seeds = st.integers(0, 2**32 - 1)


def firms_of(seed, *, ties):
    rng = np.random.default_rng(seed)
    count, cells = int(rng.integers(1, 60)), int(rng.integers(1, 6))
    quality = rng.integers(1, 6, count).astype(float) if ties else rng.lognormal(0, 1, count)
    return rng.lognormal(0, 1, count), quality, rng.permutation(count), Groups(rng.integers(0, cells, count), cells)


def as_lists(values):
    return [None if np.isnan(x) else x for x in values.tolist()]


def assert_like(found, expected):
    found = as_lists(found)
    assert [x is None for x in found] == [x is None for x in expected]
    np.testing.assert_allclose(
        [x for x in found if x is not None], [x for x in expected if x is not None], rtol=1e-11, atol=1e-13
    )


@given(seeds, st.booleans(), st.integers(1, 12), st.sampled_from([1, 2]))
def test_dispersion_is_the_twins(seed, ties, k, power):
    price, quality, order, cells = firms_of(seed, ties=ties)
    by_cell = [
        {int(order[i]): (price[i], quality[i]) for i in range(len(price)) if cells.code[i] == cell}
        for cell in range(cells.count)
    ]
    assert_like(rmd(price, quality, order, cells, k, "level", power), [twin.rmd(firms, k, power) for firms in by_cell])
    assert_like(rmd2(price, quality, cells), [twin.rmd2(firms) for firms in by_cell])


@given(seeds, st.booleans(), st.sampled_from(["level", "log"]))
def test_neither_row_order_nor_units_change_dispersion(seed, ties, metric):
    price, quality, order, cells = firms_of(seed, ties=ties)
    before = rmd(price, quality, order, cells, 5, metric, 2)
    new = np.random.default_rng(seed).permutation(len(price))
    moved = rmd(price[new], quality[new], order[new], Groups(cells.code[new], cells.count), 5, metric, 2)
    np.testing.assert_allclose(moved, before, rtol=1e-12)
    np.testing.assert_allclose(rmd(8 * price, quality, order, cells, 5, metric, 2), before, rtol=1e-12)


def regions_of(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(int(n) for n in rng.integers(1, [4, 7, 8]))
    counts = np.where(rng.random(shape) < 0.5, rng.integers(1, 9, shape), 0)
    counts[0, 0, 0] = 1
    market, region, destination = (x[counts.ravel() > 0] for x in (np.indices(shape).reshape(3, -1)))
    order = rng.permutation(len(market))
    firms = counts[counts > 0].astype(float)
    near = np.array([rng.permutation([p for p in range(shape[1]) if p != own]) for own in range(shape[1])], dtype=int)
    codes = [x[order] for x in (market, region, destination)]
    return Presence(*codes, firms[order], shape[1], shape[2]), counts, near.reshape(shape[1], shape[1] - 1)


@given(seeds, st.booleans())
def test_exchange_is_the_twins(seed, include_self):
    presence, counts, near = regions_of(seed)
    exchange, instrument = [], []
    for market, region in zip(presence.cell_market.tolist(), presence.cell_region.tolist(), strict=True):
        there = {
            p: {c: int(n) for c, n in enumerate(row) if n} for p, row in enumerate(counts[market].tolist()) if any(row)
        }
        exchange.append(twin.ico(there, region, include_self))
        instrument.append(twin.iv_ico(there, region, near[region].tolist(), include_self))
    assert_like(ico(presence, include_self), exchange)
    assert_like(iv_ico(presence, near, include_self), instrument)


@given(seeds)
def test_exchange_lies_within_its_bounds(seed):
    presence, _, near = regions_of(seed)
    own = ico(presence, True)
    assert (own > 0).all()
    assert (own <= 1 + 1e-12).all()
    instrument = iv_ico(presence, near, True)
    known = instrument[np.isfinite(instrument)]
    assert ((known > 0) & (known <= 1 + 1e-12)).all()
