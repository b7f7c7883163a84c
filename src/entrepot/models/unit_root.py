"""Unit roots of one series: augmented Dickey-Fuller, Phillips-Perron, KPSS (through arch)."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy.typing as npt

from entrepot.core.errors import DataError, check_choice
from entrepot.core.text import Text
from entrepot.models.packages import check_finite, estimating, package
from entrepot.models.series import Values, check_lags, checked_series, scale_of

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
        For an unknown test, trend or criterion, negative lags, or where the extra is not installed.
    DataError
        For a series with gaps, of fewer than 8 values, or without variation; ``infeasible_test`` where arch finds no bandwidth
        or lag, ``not_estimable`` where the regression leaves nothing over.

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
    check_lags(lags)
    series = checked_series(name, values, least=LEAST)
    series = series / scale_of(series)
    tests, infeasible = package("arch.unitroot"), package("arch.utility.exceptions").InfeasibleTestException
    said = f"{test.upper()} ({name})"
    with estimating(said):
        try:
            found = _outcome(_test(tests, series, test, trend, criterion, lags), test, trend)
        except infeasible as why:
            raise DataError(
                "infeasible_test",
                Text(
                    f"{test.upper()} cannot be computed for {name!r}: it is too short or too regular. Name fewer lags.",
                    f"无法对 {name!r} 计算 {test.upper()}：序列过短或过于规则。请指定较少的滞后阶数。",
                ),
                field=name,
            ) from why
    check_finite(said, found.statistic, found.p_value)
    return found


def _test(tests: Any, series: Values, test: Test, trend: Trend, criterion: Criterion, lags: int | None) -> Any:
    """The test of arch, computed."""
    if test == "adf":
        done = tests.ADF(series, lags=lags, trend=trend, method=criterion)
    elif test == "pp":
        done = tests.PhillipsPerron(series, lags=lags, trend=trend)
    else:
        # The package warns that its default bandwidth has become data-dependent; that is the one wanted.
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
