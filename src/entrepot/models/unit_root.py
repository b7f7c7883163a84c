"""Unit roots of one series: augmented Dickey-Fuller, Phillips-Perron, KPSS (through arch)."""

import warnings
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy.typing as npt

from entrepot.core.errors import DataError, check_choice
from entrepot.core.text import Text
from entrepot.models.packages import package
from entrepot.models.series import Values, checked_series

Test = Literal["adf", "pp", "kpss"]
Trend = Literal["n", "c", "ct"]
Criterion = Literal["aic", "bic"]
TESTS: tuple[Test, ...] = get_args(Test)
TRENDS: tuple[Trend, ...] = get_args(Trend)
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
LEAST = 8
"""Fewest observations; below, a regression with a trend and one lag leaves hardly a degree of freedom."""


@dataclass(frozen=True, slots=True)
class UnitRoot:
    """Outcome of one test.

    Attributes
    ----------
    test, trend : what was done; "n" no deterministic part, "c" a constant, "ct" a constant and a trend.
    statistic, p_value : of the null hypothesis (`null`).
    lags : lagged differences (ADF), or lags of the long-run variance (PP, KPSS).
    observations : that entered the regression.
    critical : level ("1%", "5%", "10%") → critical value.
    null : "unit root", or "stationary" for KPSS, whose rejection speaks for a unit root.
    """

    test: Test
    trend: Trend
    statistic: float
    p_value: float
    lags: int
    observations: int
    critical: dict[str, float]
    null: Literal["unit root", "stationary"]


def unit_root(
    values: npt.ArrayLike,
    *,
    test: Test = "adf",
    trend: Trend = "c",
    criterion: Criterion = "aic",
    lags: int | None = None,
    name: str = "y",
) -> UnitRoot:
    """Whether a series wanders (has a unit root) or returns.

    ADF: Δy_t = (constant, trend) + γ·y_{t−1} + Σ δ_s·Δy_{t−s} + e_t, H₀ γ = 0; PP corrects the same t-ratio for
    autocorrelation by a long-run variance instead of lags; KPSS turns the hypotheses around, H₀ stationarity.

    Parameters
    ----------
    values : shape (T,), in order of time, without gaps.
    test, trend : see `UnitRoot`; KPSS knows no "n".
    criterion : by which ADF chooses its lags, up to Schwert's 12·(T/100)^¼ or what T allows; the others ignore it.
    lags : a number of lags instead; for PP and KPSS default the package's bandwidth rule.
    name : what errors call the series.

    Raises
    ------
    InputError
        For an unknown test, trend or criterion, or where the extra is not installed.
    DataError
        For a series with gaps, of fewer than 8 values, or without variation; ``infeasible_test`` where arch finds no bandwidth
        or lag.

    References
    ----------
    Said & Dickey (1984), Phillips & Perron (1988), Kwiatkowski et al. (1992); p-values: MacKinnon (2010) for the first
    two, simulated by arch for KPSS. *Intra-industry trade*, section 5 of the methods.

    Examples
    --------
    >>> import numpy as np
    >>> walk = np.cumsum(np.random.default_rng(1).normal(size=200))
    >>> unit_root(walk).p_value > 0.10, unit_root(np.diff(walk)).p_value < 0.01
    (True, True)
    """
    check_choice("test", test, TESTS)
    check_choice("trend", trend, TRENDS if test != "kpss" else ("c", "ct"))
    check_choice("criterion", criterion, CRITERIA)
    series = checked_series(name, values, least=LEAST)
    tests, infeasible = package("arch.unitroot"), package("arch.utility.exceptions").InfeasibleTestException
    try:
        return _outcome(_test(tests, series, test, trend, criterion, lags), test, trend)
    except infeasible as why:
        raise DataError(
            "infeasible_test",
            Text(
                f"{test.upper()} cannot be computed for {name!r}: it is too short or too regular. Name the lags instead.",
                f"无法对 {name!r} 计算 {test.upper()}：序列过短或过于规则。请改为指定滞后阶。",
            ),
            field=name,
        ) from why


def _test(tests: Any, series: Values, test: Test, trend: Trend, criterion: Criterion, lags: int | None) -> Any:
    """The test of arch, computed."""
    if test == "adf":
        done = tests.ADF(series, lags=lags, trend=trend, method=criterion)
    elif test == "pp":
        done = tests.PhillipsPerron(series, lags=lags, trend=trend)
    else:
        with warnings.catch_warnings():
            # The package announces that its default bandwidth has become data-dependent; that is the one wanted.
            warnings.simplefilter("ignore", DeprecationWarning)
            done = tests.KPSS(series, lags=lags, trend=trend)
    float(done.stat)  # arch computes when asked
    return done


def _outcome(done: Any, test: Test, trend: Trend) -> UnitRoot:
    return UnitRoot(
        test,
        trend,
        float(done.stat),
        float(done.pvalue),
        int(done.lags),
        int(done.nobs),
        {level: float(value) for level, value in done.critical_values.items()},
        "stationary" if test == "kpss" else "unit root",
    )
