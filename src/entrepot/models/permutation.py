"""Do two groups have different coefficients? Fisher's permutation test, with effects taken out once."""

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
    p_value : (1 + draws at least as far apart) / (1 + draws), two-sided.
    monte_carlo_error : standard error of the p-value for the number of draws, √(p(1−p)/(draws+1)).
    draws, seed : as used.
    exchanged : what is dealt anew: "row", or the name of a cluster or effect.
    units : how many of them there are.
    """

    coefficient: str
    first: float
    second: float
    difference: float
    p_value: float
    monte_carlo_error: float
    draws: int
    seed: int
    exchanged: str
    units: int


def permutation_test(
    sample: AbsorbedSample, groups: npt.ArrayLike, coefficient: str, *, draws: int = 1000, seed: int = 0
) -> Permutation:
    """H₀: the coefficient is the same in both groups, and group labels could have fallen otherwise.

    Effects interacted with the groups are taken out once, so that the observed difference is that of two separate
    regressions. A draw deals the labels anew and needs sums only: with A_u = Σ x̃x̃' and c_u = Σ x̃ỹ of each unit,
    b = (Σ_u A_u)⁻¹ Σ_u c_u over the units of a group. What is dealt is the largest unit within which the label never
    changes: a cluster, else a value of an effect, else a row.

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
    Fisher (1935); the regression form: Cleary (1999).

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
    name, unit = _exchanged(sample, side)
    squares, products = _sums(left[:, 1:], left[:, 0], unit)
    label = np.zeros(len(products), dtype=np.int64)
    label[unit] = side
    place = list(sample.columns).index(coefficient)
    observed = _slopes(squares, products, np.stack([label == 0, label == 1]).astype(np.float64))[:, place]
    difference = float(observed[0] - observed[1])
    rng, farther = np.random.default_rng(seed), 0
    most = max(1, AT_ONCE // len(label))
    for start in range(0, draws, most):
        dealt = rng.permuted(np.tile(label, (min(most, draws - start), 1)), axis=1).astype(np.float64)
        apart = _slopes(squares, products, 1 - dealt)[:, place] - _slopes(squares, products, dealt)[:, place]
        # A hair of slack: a draw that deals the labels as they are is as far apart, whatever rounding says.
        farther += int((np.abs(apart) >= abs(difference) * (1 - 1e-9)).sum())
    p = (1 + farther) / (1 + draws)
    error = sqrt(p * (1 - p) / (draws + 1))
    return Permutation(
        coefficient, float(observed[0]), float(observed[1]), difference, p, error, draws, seed, name, len(label)
    )


def _exchanged(sample: AbsorbedSample, side: Codes) -> tuple[str, Codes]:
    """The largest unit within which the label does not change."""
    named = sorted([*sample.clusters.items(), *sample.effects.items()], key=lambda one: np.unique(one[1]).size)
    for name, codes in named:
        units, ones = np.bincount(codes), np.bincount(codes, weights=side)
        if ((ones == 0) | (ones == units)).all():
            return name, codes
    return "row", np.arange(side.size)


def _sums(x: Vector, y: Vector, unit: Codes) -> tuple[Vector, Vector]:
    """Σ x x' and Σ x y of each unit, shapes (u, k, k) and (u, k)."""
    k, units = x.shape[1], int(unit.max()) + 1

    def total(values: Vector) -> Vector:
        return np.asarray(np.bincount(unit, weights=values, minlength=units), dtype=np.float64)

    squares = np.stack([[total(x[:, i] * x[:, j]) for j in range(k)] for i in range(k)])
    products = np.stack([total(x[:, i] * y) for i in range(k)])
    return np.moveaxis(squares, 2, 0), products.T


def _slopes(squares: Vector, products: Vector, chosen: Vector) -> Vector:
    """The coefficients over the chosen units; one row per choice."""
    units, k = products.shape
    total = (chosen @ squares.reshape(units, k * k)).reshape(-1, k, k)
    moments = chosen @ products
    return np.asarray((np.linalg.pinv(total, hermitian=True) @ moments[:, :, None])[:, :, 0])


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
