"""Several products as one: sums of amounts, and means of the other parameters weighted by the size of the market."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.cube.cells import Values

Parts = NDArray[np.float64]  # (products, rows), NaN where unknown


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean, and on which share of the weight it rests; one entry per row.

    `value` : NaN where no product that weighs anything has the parameter. `coverage` : 0 … 1, the weight of the products that have it over the
    weight of all; counted by products where nothing weighs anything.
    """

    value: Values
    coverage: Values


def basket_total(parts: Parts) -> Values:
    """Σ_p x_p over the products that have an amount; NaN where none has.

    Parameters
    ----------
    parts : amounts, shape (products, rows), NaN where unknown.

    Returns
    -------
    The amounts of the basket, shape (rows,), in the unit of the parts.

    Examples
    --------
    >>> basket_total(np.array([[1.0, np.nan, np.nan], [2.0, 5.0, np.nan]])).tolist()
    [3.0, 5.0, nan]
    """
    known = np.isfinite(parts)
    return np.where(known.any(axis=0), np.where(known, parts, 0.0).sum(axis=0), np.nan)


def basket_mean(parts: Parts, weight: Parts) -> Mean:
    """Σ_p w_p·x_p / Σ_p w_p over the products that have the parameter, w the product's market size.

    Parameters
    ----------
    parts : the parameter, shape (products, rows), NaN where unknown.
    weight : what the market imports of each product, US$, same shape; NaN for a product that is not part of the row, and
        counted as 0 where the size itself is unknown (`np.nan_to_num` before the call).

    Returns
    -------
    Mean
        In a row where nothing has weight (the market bought none of the products in the year) the plain mean. NaN where
        the parameter is known only for products that weigh nothing beside others that do.

    Examples
    --------
    Two products, 30 and 10 US$ of imports, duties of 10 % and 2 %; the second row lacks the second duty.

    >>> mean = basket_mean(np.array([[0.10, 0.10], [0.02, np.nan]]), np.array([[30.0, 30.0], [10.0, 10.0]]))
    >>> mean.value.round(3).tolist(), mean.coverage.tolist()
    ([0.08, 0.1], [1.0, 0.75])
    """
    inside = np.isfinite(weight)
    known = np.isfinite(parts) & inside
    heavy = np.where(inside, weight, 0.0)
    heavy = np.where(heavy.sum(axis=0) > 0, heavy, inside.astype(float))
    of_known = np.where(known, heavy, 0.0)
    total, rests = heavy.sum(axis=0), of_known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = (of_known * np.where(known, parts, 0.0)).sum(axis=0) / rests
        coverage = rests / total
    return Mean(np.where(rests > 0, value, np.nan), np.where(total > 0, coverage, 0.0))


def basket_share(amount: Parts, market: Parts) -> Values:
    """Σ_p amount_p / Σ_p market_p over the products for which both are known: a share recomputed from sums.

    Parameters
    ----------
    amount : what is sold, or would be at the gravity share, US$, shape (products, rows).
    market : what the market imports of the product, US$.

    Returns
    -------
    Fractions; 0 where the market imported none of the products, NaN where nothing is known.

    Examples
    --------
    >>> basket_share(np.array([[30.0, 0.0], [10.0, np.nan]]), np.array([[40.0, 0.0], [40.0, 5.0]])).tolist()
    [0.5, 0.0]
    """
    both = np.isfinite(amount) & np.isfinite(market)
    sold, bought = (np.where(both, x, 0.0).sum(axis=0) for x in (amount, market))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(bought > 0, sold / bought, 0.0)
    return np.where(both.any(axis=0), share, np.nan)
