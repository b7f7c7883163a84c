"""Granger causality in panels whose units differ: Dumitrescu and Hurlin. No kept Python library has it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.models.packages import check_finite
from entrepot.models.series import Values, check_lags, checked_series, scale_of


@dataclass(frozen=True, slots=True)
class DumitrescuHurlin:
    """H₀: in no unit does x cause y. The alternative: in some it does.

    Attributes
    ----------
    mean_wald : mean of the units' Wald statistics; `wald` each of them, by unit.
    z_bar, p_z_bar : standardised for long series.
    z_tilde, p_z_tilde : standardised with the exact moments for T years; the one to read where T is small.
    lags, units, observations : lags K, units N, rows of each unit's regression.
    """

    mean_wald: float
    wald: dict[str, float]
    z_bar: float
    p_z_bar: float
    z_tilde: float
    p_z_tilde: float
    lags: int
    units: int
    observations: int


def dumitrescu_hurlin(
    effect: Mapping[str, npt.ArrayLike], cause: Mapping[str, npt.ArrayLike], *, lags: int = 1
) -> DumitrescuHurlin:
    """Whether the past of x helps to foretell y in any unit of a balanced panel.

    In each unit y_t = α + Σ γ_k·y_{t−k} + Σ β_k·x_{t−k} + e_t, and W the Wald statistic of β = 0 (K times F). With T the
    rows of a regression: Z̄ = √(N/2K)·(W̄ − K) and
    Z̃ = √(N/2K · (T−2K−5)/(T−K−3)) · ((T−2K−3)/(T−2K−1)·W̄ − K).

    Parameters
    ----------
    effect, cause : unit → values of one length, in order of time, without gaps; the same units in both.
    lags : K ≥ 1.

    Raises
    ------
    InputError
        For lags below 1.
    DataError
        ``unbalanced`` unless all series are of one length, ``series_too_short`` unless T > 2K + 5, ``unequal_units``.

    References
    ----------
    Dumitrescu & Hurlin (2012), Economic Modelling 29. In Grunfeld's data (10 firms, from value to investment) Z̃ = 3.2896
    with one lag, 1.6832 with two (and Z̄ = 2.9657); R's plm gives the same.

    Examples
    --------
    >>> rng = np.random.default_rng(4)
    >>> x = {f"u{n}": rng.normal(size=30) for n in range(8)}
    >>> y = {unit: np.r_[0, 0.7 * past[:-1]] + rng.normal(size=30) for unit, past in x.items()}
    >>> dumitrescu_hurlin(y, x).p_z_tilde < 0.01, dumitrescu_hurlin(x, y).p_z_tilde > 0.05
    (True, True)
    """
    check_lags(lags, 1)
    if set(effect) != set(cause) or len(effect) < 2:
        raise DataError(
            "unequal_units",
            Text(
                "Both variables must be there for the same two or more units.",
                "两个变量须覆盖相同的个体，且不少于两个。",
            ),
            field="unit",
        )
    # Z̃ needs its variance, hence T − 2K − 5 > 0 with T = length − K.
    least = 3 * lags + 6
    outcomes = {unit: checked_series(unit, values, least=least) for unit, values in effect.items()}
    causes = {unit: checked_series(unit, cause[unit], least=least) for unit in effect}
    lengths = {values.size for values in (*outcomes.values(), *causes.values())}
    if len(lengths) > 1:
        raise DataError(
            "unbalanced",
            Text(
                f"The series differ in length ({min(lengths)} to {max(lengths)}); take a common span of years.",
                f"各序列长度不同（{min(lengths)} 至 {max(lengths)}）；请取共同年段。",
            ),
            field="unit",
        )
    wald = {unit: _wald(outcomes[unit], causes[unit], lags) for unit in outcomes}
    for unit, found in wald.items():
        check_finite(f"Dumitrescu-Hurlin ({unit})", found)
    units, rows, mean = len(wald), lengths.pop() - lags, float(np.mean(list(wald.values())))
    z_bar = float(np.sqrt(units / (2 * lags)) * (mean - lags))
    spread = units / (2 * lags) * (rows - 2 * lags - 5) / (rows - lags - 3)
    z_tilde = float(np.sqrt(spread) * ((rows - 2 * lags - 3) / (rows - 2 * lags - 1) * mean - lags))
    p_values = [float(2 * stats.norm.sf(abs(z))) for z in (z_bar, z_tilde)]
    return DumitrescuHurlin(mean, wald, z_bar, p_values[0], z_tilde, p_values[1], lags, units, rows)


def _wald(y: Values, x: Values, lags: int) -> float:
    """K times the F statistic of "no lag of x belongs in the regression of y"."""
    y, x = y / scale_of(y), x / scale_of(x)
    rows = y.size - lags
    own = [np.ones(rows), *(y[lags - lag : y.size - lag] for lag in range(1, lags + 1))]
    others = [x[lags - lag : x.size - lag] for lag in range(1, lags + 1)]
    without = _squares(y[lags:], np.column_stack(own))
    within = _squares(y[lags:], np.column_stack([*own, *others]))
    if within <= 1e-20 * float(y @ y):
        return np.inf  # a line explains itself: F is rounding over rounding
    return (without - within) / (within / (rows - 2 * lags - 1))


def _squares(y: Values, design: Values) -> float:
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(left @ left)
