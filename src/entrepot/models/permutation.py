"""Do two groups have different coefficients? Fisher's permutation test, with effects taken out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.models.absorbed import AbsorbedSample, Codes, residualised
from entrepot.models.regression import Vector

AT_ONCE = 200_000  # labels drawn at a time


@dataclass(frozen=True, slots=True)
class Permutation:
    """A coefficient in two groups, and how often chance alone would part them as far.

    Attributes
    ----------
    coefficient : its name.
    first, second, difference : of the groups, and first − second.
    statistic : difference over its standard error, which is robust to clusters of what is exchanged.
    p_value : (1 + draws with a statistic at least as far from 0) / (1 + draws), two-sided.
    monte_carlo_error : standard error of the p-value for the number of draws, √(p(1−p)/(draws+1)).
    draws, seed : as used.
    exchanged : whose labels are exchanged: "row", or the name of a cluster or effect.
    manner : "dealt", where the label never changes within one and labels are dealt anew among all; "swapped", where it does
        and each keeps its labels or has both swapped.
    units : how many of them there are.
    """

    coefficient: str
    first: float
    second: float
    difference: float
    statistic: float
    p_value: float
    monte_carlo_error: float
    draws: int
    seed: int
    exchanged: str
    manner: str
    units: int


def permutation_test(
    sample: AbsorbedSample, groups: npt.ArrayLike, coefficient: str, *, draws: int = 1000, seed: int = 0
) -> Permutation:
    """H₀: the coefficient is the same in both groups, and group labels could have fallen otherwise.

    Effects interacted with the groups are taken out once, so that the observed difference is that of two separate
    regressions; a draw needs sums only. With A_ug = Σ x̃x̃' and c_ug = Σ x̃ỹ of the rows of group g in unit u, A_g = Σ_u A_ug:

        b_g = A_g⁻¹ Σ_u c_ug

    *What is exchanged.* The cluster (of two kinds the one with fewer clusters); without clusters an effect's value, the
    finest within which the label does not change, else the finest; without either a row. Rows of a cluster have errors in
    common, and what effects leave of one row depends on the others: to deal single rows would call too many differences
    significant.

    *Dealt*, where no unit has both labels: they are dealt anew among the units, and compared is

        t = (b_0 − b_1)_x / √(Σ_u r_u²),        r_u = [A_g⁻¹ (c_ug − A_ug b_g)]_x of the unit's own g

    as groups of unequal size, or with another spread of x or of the errors, make the difference itself vary otherwise under
    the draws than in truth.

    *Swapped*, where some unit has both labels. With b = (A_0 + A_1)⁻¹ Σ_u (c_u0 + c_u1), the coefficient in common,

        b_0 − b_1 = Σ_u d_u,        d_u = [A_0⁻¹ (c_u0 − A_u0 b) − A_1⁻¹ (c_u1 − A_u1 b)]

    and a draw turns the sign of each unit's d_u or leaves it, which is to swap its labels while A_0 and A_1 stay.

    Parameters
    ----------
    sample : see `absorbed_sample`; least squares only.
    groups : 0 or 1, shape (n,), of the sample's rows.
    coefficient : one of the regressors.
    draws, seed : how many, and of the generator.

    Raises
    ------
    InputError
        ``bad_draws``.
    DataError
        ``one_group`` if a group is empty or too small for the regressors.

    References
    ----------
    Fisher (1935); the regression form: Cleary (1999); why studentised: Chung & Romano (2013); signs of clusters: Canay,
    Romano & Shaikh (2017).

    Examples
    --------
    >>> from entrepot.models.absorbed import absorbed_sample
    >>> rng = np.random.default_rng(5)
    >>> unit, x = np.repeat(np.arange(80), 5), rng.normal(size=400)
    >>> side = unit % 2
    >>> y = x * (1 + side) + 0.5 * rng.normal(size=400)
    >>> sample = absorbed_sample("y", y, {"x": x}, effects={"unit": unit}, clusters={"unit": unit})
    >>> found = permutation_test(sample, side, "x", draws=199)
    >>> round(found.difference, 1), found.p_value, found.exchanged
    (-1.0, 0.005, 'unit')
    """
    if not 1 <= draws <= 1_000_000:
        raise InputError(
            "bad_draws",
            Text("permutations must be between 1 and 1,000,000.", "permutations 须在 1 至 1,000,000 之间。"),
            field="permutations",
        )
    side = np.asarray(groups).astype(np.int64)
    _check_sides(side, len(sample.columns))
    split = [np.unique(codes * 2 + side, return_inverse=True)[1] for codes in sample.effects.values()] or [side]
    left = residualised(np.column_stack([sample.y, *sample.columns.values()]), split)
    unit, name, swaps = _exchanged(sample, side)
    label = np.bincount(unit, weights=side) > 0
    halves = [_sums(left[side == of, 1:], left[side == of, 0], unit[side == of], int(unit.max()) + 1) for of in (0, 1)]
    place = list(sample.columns).index(coefficient)
    rng = np.random.default_rng(seed)
    if swaps:
        first, second, statistic, farther = _swapped(halves, place, draws, rng)
    else:
        first, second, statistic, farther = _dealt(halves, label, place, draws, rng)
    p = (1 + farther) / (1 + draws)
    error = sqrt(p * (1 - p) / (draws + 1))
    manner, units = "swapped" if swaps else "dealt", len(halves[0][1])
    return Permutation(
        coefficient, first, second, first - second, statistic, p, error, draws, seed, name, manner, units
    )


def _exchanged(sample: AbsorbedSample, side: Codes) -> tuple[Codes, str, bool]:
    """The unit of each row, what units are called, and whether some unit has both labels."""

    def mixed(codes: Codes) -> bool:
        rows, ones = np.bincount(codes), np.bincount(codes, weights=side)
        return bool(((ones > 0) & (ones < rows)).any())

    def many(one: tuple[str, Codes]) -> int:
        return int(one[1].max()) + 1

    if sample.clusters:
        name, codes = min(sample.clusters.items(), key=many)
    elif sample.effects:
        steady = {name: codes for name, codes in sample.effects.items() if not mixed(codes)}
        name, codes = max((steady or sample.effects).items(), key=many)
    else:
        name, codes = "row", np.arange(side.size)
    return codes, name, mixed(codes)


Sums = tuple[Vector, Vector]
"""Σ x x' and Σ x y of each unit, shapes (u, k·k) and (u, k)."""
HAIR = 1 - 1e-9
"""Slack: a draw that leaves every label as it is is as far apart, whatever rounding says."""


def _sums(x: Vector, y: Vector, unit: Codes, units: int) -> Sums:
    def total(values: Vector) -> Vector:
        return np.bincount(unit, weights=values, minlength=units).astype(np.float64)

    k = x.shape[1]
    squares = [total(x[:, i] * x[:, j]) for i in range(k) for j in range(k)]
    return np.column_stack(squares), np.column_stack([total(x[:, i] * y) for i in range(k)])


def _dealt(
    halves: Sequence[Sums], label: npt.NDArray[np.bool_], place: int, draws: int, rng: np.random.Generator
) -> tuple[float, float, float, int]:
    """Both coefficients, t, and in how many draws t is as far from 0; `label`: which units are in the second half."""
    squares, products = (one + other for one, other in zip(*halves, strict=True))
    first, second, observed = (float(one[0]) for one in _apart(squares, products, label[None, :], place))
    farther, most = 0, max(1, AT_ONCE // len(label))
    for start in range(0, draws, most):
        dealt = rng.permuted(np.tile(label, (min(most, draws - start), 1)), axis=1)
        farther += int((np.abs(_apart(squares, products, dealt, place)[2]) >= abs(observed) * HAIR).sum())
    return first, second, observed, farther


def _apart(
    squares: Vector, products: Vector, label: npt.NDArray[np.bool_], place: int
) -> tuple[Vector, Vector, Vector]:
    """Both coefficients and t, for each row of `label`: whether a unit is in the second group."""
    k = products.shape[1]
    slopes, scores = [], []
    for chosen in (~label, label):
        inside = chosen.astype(np.float64)
        inverse = np.linalg.pinv((inside @ squares).reshape(-1, k, k), hermitian=True)
        b = (inverse @ (inside @ products)[:, :, None])[:, :, 0]
        row = inverse[:, place, :]
        scores.append(row @ products.T - (row[:, :, None] * b[:, None, :]).reshape(len(b), k * k) @ squares.T)
        slopes.append(b[:, place])
    error = np.sqrt((np.where(label, scores[1], scores[0]) ** 2).sum(axis=1))
    return slopes[0], slopes[1], _over(slopes[0] - slopes[1], error)


def _swapped(
    halves: Sequence[Sums], place: int, draws: int, rng: np.random.Generator
) -> tuple[float, float, float, int]:
    """Both coefficients, Σ d_u over its standard error, and in how many draws it is as far from 0."""
    k = halves[0][1].shape[1]
    totals = [squares.sum(axis=0).reshape(k, k) for squares, _ in halves]
    moments = [products.sum(axis=0) for _, products in halves]
    inverses = [np.linalg.pinv(total, hermitian=True) for total in totals]
    common = np.linalg.pinv(totals[0] + totals[1], hermitian=True) @ (moments[0] + moments[1])
    each = [
        (products - (squares.reshape(-1, k, k) @ common)) @ inverse[place]
        for (squares, products), inverse in zip(halves, inverses, strict=True)
    ]
    parts = each[0] - each[1]
    apart, error, farther = float(parts.sum()), float(np.sqrt((parts**2).sum())), 0
    most = max(1, AT_ONCE // len(parts))
    for start in range(0, draws, most):
        signs = rng.integers(0, 2, (min(most, draws - start), len(parts))) * 2.0 - 1.0
        farther += int((np.abs(signs @ parts) >= abs(apart) * HAIR).sum())
    slopes = [float((inverse @ moment)[place]) for inverse, moment in zip(inverses, moments, strict=True)]
    return slopes[0], slopes[1], float(_over(np.array([apart]), np.array([error]))[0]), farther


def _over(difference: Vector, error: Vector) -> Vector:
    """The difference over its error; without any error two coefficients are equal or as far apart as can be."""
    exact = np.where(difference == 0, 0.0, np.copysign(np.finfo(np.float64).max, difference))
    return np.where(error > 0, difference / np.where(error > 0, error, 1.0), exact)


def _check_sides(side: Codes, width: int) -> None:
    counts = np.bincount(side, minlength=2)
    if side.size == 0 or counts.size != 2 or counts.min() <= width:
        raise DataError(
            "one_group",
            Text(
                f"The groups have {' and '.join(map(str, counts.tolist()))} rows; two groups with more rows than regressors "
                "are needed to compare them.",
                f"两组分别有 {'、'.join(map(str, counts.tolist()))} 行；比较需要两组，且各组行数须多于解释变量数。",
            ),
            field="group",
        )
