"""Import prices that count variety and quality: the CES price index of what an economy buys (eq. 11 of the source)."""

import numpy as np

from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups


def variety_adjusted_price(price: Values, quality: Values, sigma: Values, buyers: Groups) -> Values:
    """P_ij = [Σ_n (p_nij/a_nj)^(1−σ_j)]^(1/(1−σ_j)) by buyer, US$ per quality-adjusted ton; NaN where no supplier's is known.

    Parameters
    ----------
    price, quality, sigma : per flow n → i of product j: unit value, a_nj, σ_j; flows with a NaN are left out.
    buyers : the buyer (economy, product and year) of each flow.

    More suppliers lower the price even at the same price each. Against the CES world price, which is P_j of eq. 21 for the
    quality level of `quality`, it gives the price factor of imports with variety.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> variety_adjusted_price(np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]), one).round(6).tolist()
    [0.707107]
    """
    known = np.isfinite(price) & np.isfinite(quality) & (sigma > 1)
    log_term = np.where(known, (1 - sigma) * (np.log(price) - np.log(quality)), -np.inf)
    # Taking the largest term out of the sum keeps high elasticities from running over.
    top = np.full(buyers.count, -np.inf)
    np.maximum.at(top, buyers.code, log_term)
    with np.errstate(invalid="ignore", divide="ignore"):
        terms = np.where(known, np.exp(log_term - top[buyers.code]), 0.0)
        total = np.log(buyers.total(terms)) + top
        exponent = buyers.mean(np.where(known, 1 - sigma, np.nan))
        return np.where(np.isfinite(top), np.exp(total / exponent), np.nan)
