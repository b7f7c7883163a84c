"""An economy's totals over its products (eq. 2, 4, 6): each product weighs what it weighs in world trade."""

import numpy as np

from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups


def over_products(index: Values, world_weight: Values, owners: Groups) -> Values:
    """Σ_j index_ij · R_j/R by economy and year; a product without the index (nobody trades it) weighs nothing.

    Parameters
    ----------
    index : TLC or TPI of each entry.
    world_weight : R_j/R of the entry's product and year.
    owners : which economy and year each entry belongs to.

    Examples
    --------
    >>> over_products(np.array([0.5, 0.1]), np.array([0.4, 0.6]), Groups(np.array([0, 0]), 1)).tolist()
    [0.26]
    """
    return owners.total(np.where(world_weight > 0, index * world_weight, 0.0))


def mean_factor(total_power: Values, total_share: Values) -> Values:
    """FP_i = TPI_i / TLC_i = Σ_j (r_ij/R_i) FP_ij (eq. 6); NaN where the economy trades nothing.

    Examples
    --------
    >>> mean_factor(np.array([0.3, 0.0]), np.array([0.2, 0.0])).tolist()
    [1.4999999999999998, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total_share > 0, total_power / total_share, np.nan)
