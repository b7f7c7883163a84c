"""Whether series that wander do so together: Engle-Granger, Johansen, and the error-correction model that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import DataError, check_choice
from entrepot.core.text import Text
from entrepot.models.packages import check_finite, estimating, package
from entrepot.models.regression import Regression, least_squares
from entrepot.models.series import check_lags, checked_together, scale_of
from entrepot.models.unit_root import CRITERIA, Criterion

LEAST = 12
MOST_JOHANSEN = 12
"""Series for which the critical values of the Johansen statistics are tabulated (MacKinnon, Haug & Michelis 1999)."""


@dataclass(frozen=True, slots=True)
class EngleGranger:
    """The two-step test: the first series on the others, then a unit-root test of what is left.

    Attributes
    ----------
    statistic, p_value, critical : of H₀ "no cointegration".
    lags : lagged differences in the second step.
    vector : name → coefficient of the cointegrating relation, the first series at 1; "const" and "trend" if asked for.
    observations : length of the series.
    """

    statistic: float
    p_value: float
    critical: dict[str, float]
    lags: int
    vector: dict[str, float]
    observations: int


@dataclass(frozen=True, slots=True)
class Johansen:
    """The rank tests; arrays hold one entry for each null "rank ≤ r", r = 0 … k−1.

    Attributes
    ----------
    trace, maximum : statistics; `trace_critical`, `maximum_critical` of shape (k, 3) at 10, 5 and 1 %.
    eigenvalues, vectors : vectors in columns, in the order of the eigenvalues, normalised on the first series.
    rank_trace, rank_maximum : rank at which the 5 % sequence stops rejecting.
    observations : rows that entered the regressions.
    lags : lagged differences of the error-correction form.
    """

    names: tuple[str, ...]
    trace: npt.NDArray[np.float64]
    maximum: npt.NDArray[np.float64]
    trace_critical: npt.NDArray[np.float64]
    maximum_critical: npt.NDArray[np.float64]
    eigenvalues: npt.NDArray[np.float64]
    vectors: npt.NDArray[np.float64]
    rank_trace: int
    rank_maximum: int
    observations: int
    lags: int


def engle_granger(
    series: Mapping[str, npt.ArrayLike],
    *,
    trend: Literal["n", "c", "ct"] = "c",
    criterion: Criterion = "aic",
    lags: int | None = None,
) -> EngleGranger:
    """Engle and Granger's test of the first series against the others.

    y_t = (constant, trend) + β'x_t + z_t by least squares, then ADF on z_t without deterministic part.

    Parameters
    ----------
    series : name → values of one length, in order of time; the first is the one explained.
    trend, criterion, lags : as in `unit_root`.

    Raises
    ------
    InputError, DataError
        As `unit_root`, and for fewer than two series or 12 observations.

    References
    ----------
    Engle & Granger (1987); critical values and p-values of MacKinnon (2010), through arch.

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> x = np.cumsum(rng.normal(size=150))
    >>> engle_granger({"y": 2 * x + rng.normal(size=150), "x": x}).p_value < 0.01
    True
    """
    check_choice("trend", trend, ("n", "c", "ct"))
    check_choice("criterion", criterion, CRITERIA)
    check_lags(lags)
    test = package("arch.unitroot.cointegration").engle_granger
    with estimating("Engle-Granger"):
        values = checked_together(series, least=LEAST)
        sizes = scale_of(values)
        scaled = values / sizes
        done = test(scaled[:, 0], scaled[:, 1:], trend=trend, lags=lags, method=criterion)
        check_finite("Engle-Granger", done.stat, done.pvalue, done.cointegrating_vector)
    names = [*series, *{"n": [], "c": ["const"], "ct": ["const", "trend"]}[trend]]
    by = sizes[0] / np.r_[sizes, np.ones(len(names) - len(sizes))]
    return EngleGranger(
        float(done.stat),
        float(done.pvalue),
        {f"{level}%": float(done.critical_values[level]) for level in (1, 5, 10)},
        int(done.lags),
        dict(zip(names, map(float, done.cointegrating_vector * by), strict=True)),
        len(values),
    )


def johansen(series: Mapping[str, npt.ArrayLike], *, lags: int = 1, trend: Literal["n", "c", "ct"] = "c") -> Johansen:
    """Johansen's trace and maximum-eigenvalue tests of the number of cointegrating relations.

    Parameters
    ----------
    series : name → values of one length, in order of time; 2 to 12 of them.
    lags : lagged differences of the vector error-correction form (one fewer than the lags of the VAR in levels).
    trend : deterministic part: "n" none, "c" a constant, "ct" a linear trend.

    Raises
    ------
    InputError
        For fewer than 0 lags, an unknown trend, or without the extra.
    DataError
        As `checked_together`; ``many_series`` for more than 12; the series must be longer than what the regressions estimate.

    References
    ----------
    Johansen (1988, 1991), through statsmodels (`coint_johansen`).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.cumsum(rng.normal(size=150))
    >>> johansen({"y": 2 * x + rng.normal(size=150), "x": x}).rank_trace
    1
    """
    check_choice("trend", trend, ("n", "c", "ct"))
    check_lags(lags)
    if len(series) > MOST_JOHANSEN:
        raise DataError(
            "many_series",
            Text(
                f"Johansen's test takes 2 to {MOST_JOHANSEN} series; these are {len(series)}.",
                f"Johansen 检验可含 2 至 {MOST_JOHANSEN} 个序列；现为 {len(series)} 个。",
            ),
            field="series",
        )
    test = package("statsmodels.tsa.vector_ar.vecm").coint_johansen
    with estimating("Johansen"):
        values = checked_together(series, least=max(LEAST, (lags + 1) * (len(series) + 1) + 2 + lags))
        sizes = scale_of(values)
        done = test(values / sizes, {"n": -1, "c": 0, "ct": 1}[trend], lags)
        vectors = np.asarray(done.evec) / np.asarray(done.evec)[0] * (sizes[0] / sizes)[:, None]
        check_finite("Johansen", done.lr1, done.lr2, done.eig, vectors)
    return Johansen(
        tuple(series),
        np.asarray(done.lr1),
        np.asarray(done.lr2),
        np.asarray(done.cvt),
        np.asarray(done.cvm),
        np.asarray(done.eig),
        vectors,
        _rank(done.lr1, done.cvt[:, 1]),
        _rank(done.lr2, done.cvm[:, 1]),
        len(values) - lags - 1,
        lags,
    )


def _rank(statistics: npt.ArrayLike, critical: npt.ArrayLike) -> int:
    """The first r at which "rank ≤ r" is not rejected."""
    kept = np.flatnonzero(~(np.asarray(statistics) > np.asarray(critical)))
    return int(kept[0]) if kept.size else len(np.asarray(statistics))


def error_correction(
    series: Mapping[str, npt.ArrayLike], *, lags: int = 1, trend: Literal["n", "c", "ct"] = "c"
) -> Regression:
    """The error-correction model in two steps: how fast the first series returns to its relation with the others.

    Δy_t = c + γ·z_{t−1} + Σ_{s=1..lags} (a_s·Δy_{t−s} + b_s'·Δx_{t−s}) + b_0'·Δx_t + e_t, where z is the residual of the
    long-run relation y_t = (c, trend) + β'x_t + z_t; γ < 0 is the speed of adjustment per period.

    Parameters
    ----------
    series : name → values; the first is y.
    lags : lagged differences.
    trend : deterministic part of the long-run relation, as in `engle_granger`.

    Raises
    ------
    InputError, DataError
        As `engle_granger`; ``too_few_rows`` where more is estimated than observed.

    References
    ----------
    Engle & Granger (1987), step 2; errors are those of ordinary least squares.

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> x = np.cumsum(rng.normal(size=200))
    >>> model = error_correction({"y": 2 * x + rng.normal(size=200), "x": x})
    >>> model.names[1], bool(-1.3 < model.coefficients[1] < -0.7)
    ('ec(-1)', True)
    """
    check_choice("trend", trend, ("n", "c", "ct"))
    check_lags(lags)
    with estimating("ECM"):
        values = checked_together(series, least=max(LEAST, lags + 3))
        steady = [np.ones(len(values)), np.arange(len(values), dtype=np.float64)][: len(trend) if trend != "n" else 0]
        regressors = np.column_stack([values[:, 1:], *steady])
        regressors /= scale_of(regressors)
        apart = values[:, 0] - regressors @ np.linalg.lstsq(regressors, values[:, 0], rcond=None)[0]
    names = list(series)
    moves = np.diff(values, axis=0)
    rows = slice(lags, None)
    columns = {"const": np.ones(len(moves) - lags), "ec(-1)": apart[lags:-1]}
    for at, name in enumerate(names[1:], 1):
        columns[f"Δ{name}"] = moves[rows, at]
    for lag in range(1, lags + 1):
        for at, name in enumerate(names):
            columns[f"Δ{name}(-{lag})"] = moves[lags - lag : len(moves) - lag, at]
    return least_squares(f"Δ{names[0]}", moves[rows, 0], columns)
