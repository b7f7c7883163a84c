"""Divisia parts, price parts, stages and roads."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrepot.formulas.power.divisia import divisia, log_mean, price_parts
from entrepot.formulas.power.roads import ROADS, exhausted, road, stage


def test_log_mean():
    np.testing.assert_allclose(
        log_mean(np.array([1.0, 2, 0, 3]), np.array([2.0, 2, 1, 3 + 3e-12])), [1 / np.log(2), 2, np.nan, 3]
    )


def test_divisia_by_hand():
    """TLC 0.2 → 0.4, FP 1 → 0.5: power stands still at 0.2 = L, so the parts are ±0.2·ln 2."""
    one = lambda x: np.array([x])  # noqa: E731
    parts = divisia((one(0.2), one(0.4)), (one(1.0), one(0.5)))
    np.testing.assert_allclose(
        [parts.change[0], parts.share[0], parts.price[0]], [0, 0.2 * np.log(2), -0.2 * np.log(2)], atol=1e-15
    )
    entry = divisia((one(0.0), one(0.4)), (one(np.nan), one(0.5)), (one(0.1), one(0.3)))
    np.testing.assert_allclose([entry.change[0], entry.entry_exit[0], entry.share[0]], [0.06, 0.06, 0])


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_parts_sum_to_the_change(seed, weighted):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 20))
    share = tuple(np.where(rng.random(size) < 0.8, rng.random(size), 0.0) for _ in range(2))
    factor = tuple(np.where(s > 0, rng.lognormal(0, 1, size), np.nan) for s in share)
    weight = tuple(rng.dirichlet(np.ones(size)) for _ in range(2)) if weighted else None
    parts = divisia(share, factor, weight)
    w = weight or (np.ones(size), np.ones(size))
    power = [np.nan_to_num(w[t] * share[t] * factor[t]) for t in (0, 1)]
    np.testing.assert_allclose(parts.change, power[1] - power[0], atol=1e-15)
    np.testing.assert_allclose(parts.share + parts.price + parts.mix + parts.entry_exit, parts.change, atol=1e-13)
    if not weighted:
        assert (parts.mix == 0).all()  # a product has two parts


def test_price_splits_into_cost_and_mark_up():
    parts = price_parts((np.array([2.0]), np.array([4.0])), (np.array([0.25]), np.array([1.0])))
    np.testing.assert_allclose([parts.markup[0], parts.cost[0]], [np.log(1.6), np.log(2 / 1.6)])
    np.testing.assert_allclose(parts.markup + parts.cost, parts.change)


def test_stages():
    sigma = np.array([2.5, 2.0, 1.2, np.nan, np.nan, 4.0])
    inelastic = np.array([False, False, False, True, False, False])
    sells = np.array([True, True, True, True, True, False])
    assert stage(sigma, inelastic, sells).tolist() == ["efficiency", "quality", "quality", "inelastic", None, None]
    spent = exhausted(np.array([0.3, 0.3]), np.array([0.2, 0.4]), np.array([1.0, 1.0]), np.array([1.1, 1.1]))
    assert spent.tolist() == [True, False]


def test_roads():
    share = (
        np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.0, 0.1, 0.1, 0.0]),
        np.array([0.2, 0.2, 0.2, 0.05, 0.05, 0.1, 0.0, 0.05, 0.0]),
    )
    factor = (np.ones(9), np.array([1.2, 1.2, 0.8, 1.2, 1.2, 1.0, np.nan, 0.9, np.nan]))
    quality = (np.ones(9), np.array([1.5, np.nan, 0.9, 1.1, 0.9, 1.0, np.nan, 0.9, np.nan]))
    told = road(share, factor, quality).tolist()
    assert told == [
        "better_and_larger", "dearer_and_larger", "cheaper_and_larger", "upgrading", "pricing_out", "entry", "exit", "retreat", None,
    ]  # fmt: skip
    assert set(told) - {None} == set(ROADS)
