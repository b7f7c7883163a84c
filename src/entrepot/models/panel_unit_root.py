"""Unit roots of many series at once: Levin-Lin-Chu and Im-Pesaran-Shin. No kept Python library has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy import stats

from entrepot.core.errors import DataError, InputError, check_choice
from entrepot.core.text import Text
from entrepot.models.packages import check_finite, estimating
from entrepot.models.panel_tables import (
    IPS_MEAN,
    IPS_T,
    IPS_VARIANCE,
    LLC_DEVIATION,
    LLC_MEAN,
    LLC_T,
)
from entrepot.models.series import Values, checked_series, scale_of
from entrepot.models.unit_root import CRITERIA, Criterion

Trend = Literal["n", "c", "ct"]
PanelTest = Literal["llc", "ips"]
TESTS: tuple[PanelTest, ...] = get_args(PanelTest)
MOST_LAGS = 8
"""Lagged differences up to which the moments of Im, Pesaran and Shin are tabulated."""
LEAST = 8


@dataclass(frozen=True, slots=True)
class PanelUnitRoot:
    """Outcome of a panel unit-root test; H₀: every series has a unit root.

    Attributes
    ----------
    test, trend : what was done.
    statistic, p_value : standard normal under H₀, small values speak against it.
    units, lags, observations : number of series; lagged differences and rows of each series' regression.
    t_ratios : of each series' lagged level, shape (units,).
    outside : series shorter or longer than the papers' tables; the nearest tabulated moments were used for them.
    """

    test: PanelTest
    trend: Trend
    statistic: float
    p_value: float
    units: int
    lags: tuple[int, ...]
    observations: tuple[int, ...]
    t_ratios: npt.NDArray[np.float64]
    outside: int


def panel_unit_root(
    series: Mapping[str, npt.ArrayLike],
    *,
    test: PanelTest = "ips",
    trend: Trend = "c",
    lags: int | None = None,
    criterion: Criterion = "aic",
) -> PanelUnitRoot:
    """Whether the series of a panel have unit roots.

    Each series: Δy_t = ρ·y_{t−1} + Σ θ_s·Δy_{t−s} + (constant, trend) + e_t.
    IPS: W = √N·(mean t_ρ − mean E)/√(mean V), E and V by T and lags from the paper's table 3; series may differ in
    length and in ρ. LLC: one ρ for all; residuals of Δy and of y_{t−1}, each divided by the series' σ, are pooled, and
    t* = (t_ρ − N·T̃·S·σ̃⁻²·se(ρ)·μ*)/σ*, S the mean ratio of long-run to short-run standard deviation (Bartlett, lags
    round(3.21·T^⅓)).

    Parameters
    ----------
    series : unit → values in order of time, without gaps.
    test : "ips" or "llc" (balanced panels only).
    trend : "c" a constant for each series, "ct" a trend too; "n" neither (LLC only).
    lags : lagged differences for every series; default chosen for each by `criterion`, up to what T and, for IPS, its
        table allow, 8 at most.

    Raises
    ------
    InputError
        For an unknown choice, or lags outside 0 … 8.
    DataError
        ``few_units`` below two series, ``unbalanced`` for LLC, ``not_tabulated`` where the paper gives no moments for so
        short a series with so many lags; gaps and constants as `unit_root`.

    References
    ----------
    Im, Pesaran & Shin (2003), Journal of Econometrics 115; Levin, Lin & Chu (2002), ibid. 108. In Grunfeld's data (10
    firms, value) IPS gives W = −1.419 without and 1.496 with two lags; EViews and gretl give the same.

    Examples
    --------
    >>> rng = np.random.default_rng(8)
    >>> walks = {f"u{n}": np.cumsum(rng.normal(size=40)) for n in range(12)}
    >>> noise = {f"u{n}": rng.normal(size=40) for n in range(12)}
    >>> panel_unit_root(walks).p_value > 0.05, panel_unit_root(noise).p_value < 0.01
    (True, True)
    """
    check_choice("test", test, TESTS)
    check_choice("trend", trend, ("c", "ct") if test == "ips" else ("n", "c", "ct"))
    check_choice("criterion", criterion, CRITERIA)
    if lags is not None and not 0 <= lags <= MOST_LAGS:
        raise InputError(
            "bad_lags",
            Text(f"lags must be 0 to {MOST_LAGS}, not {lags}.", f"lags 须为0至{MOST_LAGS}，而不是 {lags}。"),
            field="lags",
        )
    if len(series) < 2:
        raise DataError("few_units", Text("A panel needs at least two series.", "面板至少需要两个序列。"), field="unit")
    least = LEAST if lags is None else max(LEAST, 2 * lags + 5)
    held = [checked_series(str(name), values, least=least) for name, values in series.items()]
    held = [one / scale_of(one) for one in held]
    if test == "llc" and len({one.size for one in held}) > 1:
        raise DataError(
            "unbalanced",
            Text(
                "Levin, Lin and Chu's test needs series of one length; take a common span of years, or use ips.",
                "Levin-Lin-Chu 检验要求各序列等长；请取共同年段，或改用 ips。",
            ),
            field="test",
        )
    with estimating(test.upper()):
        chosen = [_chosen_lags(one, test, trend, criterion) if lags is None else lags for one in held]
        fitted = [_dickey_fuller(one, trend, lag) for one, lag in zip(held, chosen, strict=True)]
    for unit, one in zip(series, fitted, strict=True):
        check_finite(f"{test.upper()} ({unit})", one.t_ratio)
    statistic, outside = _ips(fitted, trend) if test == "ips" else _llc(held, fitted, trend)
    return PanelUnitRoot(
        test,
        trend,
        statistic,
        float(stats.norm.cdf(statistic)),
        len(held),
        tuple(chosen),
        tuple(one.rows for one in fitted),
        np.array([one.t_ratio for one in fitted]),
        outside,
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    """One series' regression: t of the lagged level, lags, rows, mean squared residual, and the two residual series
    that are pooled by LLC.
    """

    t_ratio: float
    lags: int
    rows: int
    mean_square: float
    of_difference: Values
    of_level: Values


def _design(y: Values, trend: Trend, lags: int, skip: int) -> tuple[Values, Values, Values]:
    """Differences, lagged levels, and everything else on the right side; `skip` ≥ lags rows are left out."""
    moves = np.diff(y)
    rows = moves.size - skip
    others = [moves[skip - lag : moves.size - lag] for lag in range(1, lags + 1)]
    if trend != "n":
        others.append(np.ones(rows))
    if trend == "ct":
        others.append(np.arange(rows, dtype=np.float64))
    return moves[skip:], y[skip:-1], np.column_stack(others) if others else np.empty((rows, 0))


def _apart(values: Values, others: Values) -> Values:
    """What the other regressors leave of it."""
    return values - others @ np.linalg.lstsq(others, values, rcond=None)[0] if others.shape[1] else values


def _dickey_fuller(y: Values, trend: Trend, lags: int, skip: int | None = None) -> _Fit:
    moves, level, others = _design(y, trend, lags, lags if skip is None else skip)
    left, right = _apart(moves, others), _apart(level, others)
    rho = float(right @ left) / float(right @ right)
    squares = float(((left - rho * right) ** 2).sum())
    free = moves.size - others.shape[1] - 1
    if squares <= 1e-20 * float(y @ y):
        squares = 0.0  # a line or a step explains itself: what is left is rounding, and t is infinite
    t_ratio = rho / np.sqrt(squares / free / float(right @ right))
    return _Fit(float(t_ratio), lags, moves.size, squares / moves.size, left, right)


def _chosen_lags(y: Values, test: PanelTest, trend: Trend, criterion: Criterion) -> int:
    """The lags with the smallest criterion, all compared on the same rows; for IPS as many as its table has."""
    most = min(MOST_LAGS, max(0, int(12 * (y.size / 100) ** 0.25)), max(0, (y.size - 8) // 3))
    while test == "ips" and np.isnan(_between(IPS_T, IPS_MEAN[trend][most], y.size - 1 - most)):
        most -= 1
    fits = [_dickey_fuller(y, trend, lag, skip=most) for lag in range(most + 1)]
    weight = 2.0 if criterion == "aic" else float(np.log(fits[0].rows))
    return int(np.argmin([fit.rows * np.log(fit.mean_square) + weight * fit.lags for fit in fits]))


def _ips(fitted: Sequence[_Fit], trend: Trend) -> tuple[float, int]:
    means = [_between(IPS_T, IPS_MEAN[trend][fit.lags], fit.rows) for fit in fitted]
    variances = [_between(IPS_T, IPS_VARIANCE[trend][fit.lags], fit.rows) for fit in fitted]
    untold = [fit for fit, mean in zip(fitted, means, strict=True) if np.isnan(mean)]
    if untold:
        raise DataError(
            "not_tabulated",
            Text(
                f"{len(untold)} series are too short for their lags (such as {untold[0].rows} rows with "
                f"{untold[0].lags}): Im, Pesaran and Shin give no moments there. Take fewer lags.",
                f"{len(untold)} 个序列相对其滞后阶数过短（如 {untold[0].rows} 行、{untold[0].lags} 阶），"
                "Im-Pesaran-Shin 未给出相应的矩。请减少滞后阶数。",
            ),
            field="lags",
        )
    mean_t = np.mean([fit.t_ratio for fit in fitted])
    statistic = np.sqrt(len(fitted)) * (mean_t - np.mean(means)) / np.sqrt(np.mean(variances))
    return float(statistic), _outside(IPS_T, fitted)


def _llc(held: Sequence[Values], fitted: Sequence[_Fit], trend: Trend) -> tuple[float, int]:
    deviations = [np.sqrt(fit.mean_square) for fit in fitted]
    left = np.concatenate([fit.of_difference / by for fit, by in zip(fitted, deviations, strict=True)])
    right = np.concatenate([fit.of_level / by for fit, by in zip(fitted, deviations, strict=True)])
    rho = float(right @ left) / float(right @ right)
    variance = float(((left - rho * right) ** 2).mean())
    error = np.sqrt(variance / float(right @ right))
    ratios = [np.sqrt(_long_run(y, trend)) / by for y, by in zip(held, deviations, strict=True)]
    length = held[0].size - float(np.mean([fit.lags for fit in fitted])) - 1
    mean, deviation = _between(LLC_T, LLC_MEAN[trend], length), _between(LLC_T, LLC_DEVIATION[trend], length)
    shift = len(held) * length * float(np.mean(ratios)) / variance * error * mean
    return float((rho / error - shift) / deviation), _outside(LLC_T, fitted)


def _long_run(y: Values, trend: Trend) -> float:
    """Long-run variance of the differences under H₀: Bartlett weights, round(3.21·T^⅓) lags."""
    moves = np.diff(y)
    if trend != "n":
        moves = moves - moves.mean()
    if trend == "ct":
        steps = np.column_stack([np.ones(moves.size), np.arange(moves.size, dtype=np.float64)])
        moves = _apart(moves, steps)
    most = min(round(3.21 * y.size ** (1 / 3)), moves.size - 1)
    products = [float(moves[lag:] @ moves[: moves.size - lag]) / moves.size for lag in range(most + 1)]
    return products[0] + 2 * float(sum((1 - lag / (most + 1)) * products[lag] for lag in range(1, most + 1)))


def _between(lengths: Values, figures: Values, length: float) -> float:
    """The tabulated figure at this length: linear between its neighbours, the nearest beyond the table's ends."""
    return float(np.interp(length, lengths, figures))


def _outside(lengths: Values, fitted: Sequence[_Fit]) -> int:
    return sum(not lengths[0] <= fit.rows <= lengths[-1] for fit in fitted)
