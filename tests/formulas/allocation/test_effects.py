"""Two sets of effects from sums by pair: equal to a regression on all rows, whatever the shape of the data."""

import numpy as np
import pytest

from entrepot.core.errors import DataError
from entrepot.formulas.allocation import effects
from entrepot.formulas.allocation.effects import PairSums, two_way_effects


def sums_of(first, second, y, firsts, seconds):
    keys, which = np.unique(first * seconds + second, return_inverse=True)
    count = np.bincount(which).astype(float)
    return PairSums(keys // seconds, keys % seconds, count, np.bincount(which, y), firsts, seconds), which


def least_squares(first, second, y, firsts, seconds):
    """Residuals by a dense regression on dummies."""
    dummies = np.hstack([np.eye(firsts)[first], np.eye(seconds)[second]])
    return y - dummies @ np.linalg.lstsq(dummies, y, rcond=None)[0]


def residuals(first, second, y, firsts, seconds, **how):
    fit = two_way_effects(sums_of(first, second, y, firsts, seconds)[0], **how)
    return y - fit.first[first] - fit.second[second], fit


@pytest.mark.parametrize("direct_limit", [0, 8000])
@pytest.mark.parametrize("density", [1.0, 0.15, 0.05])
def test_residuals_are_those_of_the_regression(density, direct_limit):
    rng = np.random.default_rng(int(density * 100))
    firsts, seconds, rows = 30, 45, 900
    there = np.flatnonzero(rng.random(firsts * seconds) < density)
    pair = rng.choice(there, rows)
    first, second = pair // seconds, pair % seconds
    y = rng.normal(0, 1, rows) + 50 + 3 * first
    found, fit = residuals(first, second, y, firsts, seconds, direct_limit=direct_limit)
    np.testing.assert_allclose(found, least_squares(first, second, y, firsts, seconds), atol=1e-10)
    assert np.isnan(fit.first[np.setdiff1d(np.arange(firsts), first)]).all()
    turned, _ = residuals(second, first, y, seconds, firsts, direct_limit=direct_limit)
    np.testing.assert_allclose(turned, found, atol=1e-10)


def test_connected_sets_are_found_and_change_no_residual():
    first, second = np.array([0, 0, 1, 1, 2, 2, 3, 3]), np.array([0, 1, 0, 1, 2, 3, 2, 3])
    y = np.array([1.0, 2.0, 2.0, 5.0, 100.0, 90.0, 80.0, 71.0])
    found, fit = residuals(first, second, y, 4, 4)
    assert fit.sets == 2
    assert fit.largest == 0.5
    np.testing.assert_allclose(found, least_squares(first, second, y, 4, 4), atol=1e-12)
    # In each set ¼ of the double difference: (1 − 2 − 2 + 5)/4 = ½.
    np.testing.assert_allclose(found[:4], [0.5, -0.5, -0.5, 0.5])


def test_singletons_are_found_until_none_is_left():
    """Destination 2 has one row; once it is gone product 2 has one; the four others are a cycle."""
    first, second = np.array([0, 0, 1, 1, 0, 2]), np.array([0, 1, 0, 1, 2, 2])
    sums, _ = sums_of(first, second, np.arange(6.0), 3, 3)
    fit = two_way_effects(sums)
    pairs = list(zip(sums.first.tolist(), sums.second.tolist(), fit.singleton.tolist(), strict=True))
    assert [pair[:2] for pair in pairs if pair[2]] == [(0, 2), (2, 2)]
    rest = np.arange(6.0) - fit.first[first] - fit.second[second]
    np.testing.assert_allclose(rest[4:], 0, atol=1e-12)


def test_two_rows_in_one_pair_are_no_singleton():
    fit = two_way_effects(PairSums(*(np.array([0]) for _ in range(2)), np.array([2.0]), np.array([4.0]), 1, 1))
    assert not fit.singleton.any()
    assert fit.first[0] + fit.second[0] == pytest.approx(2.0)


def test_a_long_chain_is_solved_exactly():
    """Pairs 0-0, 0-1, 1-1, 1-2 …: the worst case for iterations."""
    length = 400
    first, second = np.repeat(np.arange(length), 2), np.repeat(np.arange(length + 1), 2)[1:-1]
    first, second = np.tile(first, 2), np.tile(second, 2)
    y = np.random.default_rng(1).normal(0, 1, len(first))
    found, _ = residuals(first, second, y, length, length + 1)
    half = len(first) // 2
    np.testing.assert_allclose(found[:half], (y[:half] - y[half:]) / 2, atol=1e-9)


def test_effects_that_are_not_found_are_refused(monkeypatch):
    monkeypatch.setattr(effects, "_direct", lambda reduced: np.zeros_like)
    with pytest.raises(DataError) as refused:
        residuals(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([1.0, 2.0, 3.0, 9.0]), 2, 2)
    assert refused.value.code == "no_convergence"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyfixest")
def test_residuals_are_those_of_pyfixest():
    pyfixest = pytest.importorskip("pyfixest", reason="the extra 'econometrics' is not installed")
    import pandas as pd

    rng = np.random.default_rng(4)
    rows = 3000
    first = rng.integers(0, 60, rows)
    second = (first // 3 + rng.geometric(0.2, rows)) % 80
    y = rng.normal(40, 5, rows)
    found, _ = residuals(first, second, y, 60, 80)
    data = pd.DataFrame({"y": y, "first": first, "second": second})
    demeaner = pyfixest.MapDemeaner(fixef_tol=1e-13, fixef_maxiter=100_000)
    fit = pyfixest.feols("y ~ 1 | first + second", data=data, fixef_rm="none", demeaner=demeaner)
    np.testing.assert_allclose(found, np.asarray(fit.resid()), atol=1e-9)
