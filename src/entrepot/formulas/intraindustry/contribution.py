"""Where intra-industry trade comes from: shares of classes, and their contributions to its change (docs/methods-intraindustry.md)."""

import numpy as np

from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import ratio


def share_of_iit(trade_share: Values, gl: Values, classes: Groups) -> Values:
    """s_k·GL_k / Σ s_k·GL_k: a class's share of all intra-industry trade; NaN where there is none.

    Parameters
    ----------
    trade_share : s_k = (X_k+M_k)/Σ(X+M); classes : which entries make up one whole.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> share_of_iit(np.array([0.244, 0.756]), np.array([0.455, 0.462]), one).round(3).tolist()
    [0.241, 0.759]
    """
    amount = trade_share * np.nan_to_num(gl)
    return ratio(amount, classes.sum(amount))


def contribution(trade_share: tuple[Values, Values], gl: tuple[Values, Values], classes: Groups) -> Values:
    """Δ(s_k·GL_k) / ΔGL between two years; sums to 1, and may leave 0…1; NaN where GL did not change.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> before = (np.array([0.5, 0.5]), np.array([0.2, 0.4]))
    >>> contribution((before[0], before[0]), (before[1], np.array([0.2, 0.6])), one).tolist()
    [0.0, 1.0]
    """
    change = trade_share[1] * np.nan_to_num(gl[1]) - trade_share[0] * np.nan_to_num(gl[0])
    whole = classes.sum(change)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole == 0, np.nan, change / whole)
