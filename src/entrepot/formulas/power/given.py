"""Elasticities from a published table: Broda-Weinstein by country and HS3, ProTEE by HS6, or any table of one's own."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.cube.cells import Values
from entrepot.formulas.power.elasticity import Status

Duty = Literal["pre", "post"]


def from_tariff_response(printed: Values, duty: Duty = "pre") -> Values:
    """σ from the response of import value to the tariff, printed negative (ProTEE).

    Parameters
    ----------
    duty : "pre", values before duty, σ = −printed; "post", values with duty, σ = 1 − printed. What is not above 1 is NaN.

    Examples
    --------
    >>> from_tariff_response(np.array([-7.0, -0.5])).tolist()
    [7.0, nan]
    >>> from_tariff_response(np.array([-7.0, -0.5]), "post").tolist()
    [8.0, 1.5]
    """
    sigma = -printed if duty == "pre" else 1 - printed
    return np.where(sigma > 1, sigma, np.nan)


def weighted_median(x: Values, weight: Values) -> float:
    """The smallest x at which half of the weight is reached; NaN without weight.

    Examples
    --------
    >>> weighted_median(np.array([2.0, 9.0, 4.0]), np.array([1.0, 1.0, 3.0]))
    4.0
    """
    use = np.isfinite(x) & (weight > 0)
    if not use.any():
        return np.nan
    order = np.argsort(x[use], kind="stable")
    reached = np.cumsum(weight[use][order])
    return float(x[use][order][np.searchsorted(reached, reached[-1] / 2)])


def look_up(products: Sequence[str], table: Mapping[str, float]) -> tuple[Values, NDArray[np.object_]]:
    """σ of each product from a table by code: its own code, or the longest beginning of it that the table has.

    For a heading (HS4) of which the table has only the codes below, the plain median of those.

    Examples
    --------
    >>> look_up(["260300", "270900", "7108"], {"260": 3.0, "710811": 5.0, "710812": 7.0})[0].tolist()
    [3.0, nan, 6.0]
    """
    sigma = np.full(len(products), np.nan)
    for place, product in enumerate(products):
        beginnings = (product[:digits] for digits in range(len(product), 0, -1))
        hit = next((code for code in beginnings if table.get(code, np.nan) > 1), None)
        below = [value for code, value in table.items() if code.startswith(product) and value > 1]
        if hit is not None:
            sigma[place] = table[hit]
        elif below:
            sigma[place] = float(np.median(below))
    found: list[Status] = ["given" if np.isfinite(s) else "not_in_table" for s in sigma.tolist()]
    return sigma, np.array(found, dtype=object)
