"""What RMD is on average where prices are known to scatter by so much: the truth of simulated worlds."""

from functools import lru_cache

import numpy as np

from entrepot.cube.cells import Codes, Values

NODES = 60  # of the quadrature: exact to about 1e-12 for deviations up to 0.95
LARGEST = 0.95  # half-width of the price deviations; a price must stay above zero
GRID = 4_000


def expected_rmd(relative_variance: Values, neighbours: int) -> Values:
    """E[RMD] of firms whose prices are P·(1+u), u independent and uniform with mean 0 and the variance given.

    The price of the k neighbours is P·(1+ū), ū the mean of k such draws, so that
    ``E[(u−ū)²/(1+ū)²] = s²·A₂ + 1 − 2A₁ + A₂`` with ``A_m = E[(1+ū)^−m] = ∫ x^(m−1) e^−x M(x) dx`` and
    ``M(x) = (sinh(hx/k)/(hx/k))^k``, h = √(3s²). To first order it is (1 + 1/k)·s².

    Parameters
    ----------
    relative_variance : s², below 0.3 (h below 0.95).
    neighbours : k.

    Examples
    --------
    >>> expected_rmd(np.array([0.001]), 5).round(6).tolist()
    [0.001201]
    """
    x, weight = np.polynomial.laguerre.laggauss(NODES)
    step = np.sqrt(3 * relative_variance)[:, None] * x[None, :] / neighbours
    moment = np.exp(neighbours * _log_sinh_ratio(step))
    first, second = moment @ weight, moment @ (weight * x)
    expected: Values = relative_variance * second + 1 - 2 * first + second
    return expected


def _log_sinh_ratio(x: Values) -> Values:
    """Logarithm of sinh(x)/x, 0 at 0."""
    small = x < 1e-4
    safe = np.where(small, 1.0, x)
    return np.where(small, x**2 / 6, safe + np.log1p(-np.exp(-2 * safe)) - np.log(2 * safe))


def variance_for(rmd: Values, neighbours: Codes) -> Values:
    """The relative variance whose `expected_rmd` is `rmd`, one per cell; NaN beyond what uniform deviations can give.

    Parameters
    ----------
    neighbours : k of each cell; NaN is returned where it is below 1.

    Examples
    --------
    >>> variance_for(expected_rmd(np.array([0.04]), 5), np.array([5])).round(6).tolist()
    [0.04]
    """
    found = np.full(len(rmd), np.nan)
    for k in np.unique(neighbours[neighbours > 0]).tolist():
        own = neighbours == k
        found[own] = np.interp(rmd[own], *_curve(k), left=np.nan, right=np.nan)
    return found


def largest_rmd(neighbours: int) -> float:
    """The most that `variance_for` can give.

    Examples
    --------
    >>> round(largest_rmd(5), 3)
    0.496
    """
    return float(_curve(neighbours)[0][-1])


@lru_cache(maxsize=64)
def _curve(neighbours: int) -> tuple[Values, Values]:
    """RMD and relative variance along a grid so fine that straight lines between its points are off by 1e-7."""
    variance = np.linspace(0, np.sqrt(LARGEST**2 / 3), GRID) ** 2
    return expected_rmd(variance, neighbours), variance
