"""Vector autoregressions and what they say about who leads whom (through statsmodels)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.models.packages import check_finite, estimating, package
from entrepot.models.regression import Regression, rescaled
from entrepot.models.series import Values, checked_together, scale_of
from entrepot.models.unit_root import CRITERIA, Criterion

LEAST = 10


@dataclass(frozen=True, slots=True)
class Autoregression:
    """A vector autoregression.

    Attributes
    ----------
    equations : one for each series, in the order given; coefficients named "const" and "name(-lag)".
    lags, stable : order, and whether all roots lie outside the unit circle.
    criteria : "aic", "bic", "hqic", "fpe" at that order.
    residual_covariance : shape (k, k).
    """

    equations: tuple[Regression, ...]
    lags: int
    stable: bool
    criteria: dict[str, float]
    residual_covariance: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Granger:
    """Whether the past of `cause` helps to foretell `effect`, given the past of `effect` (and of the other series).

    Attributes
    ----------
    statistic, p_value, df : F test of H₀ "does not cause", with its two degrees of freedom.
    lags : order of the autoregression.
    """

    cause: str
    effect: str
    statistic: float
    p_value: float
    df: tuple[int, int]
    lags: int


def autoregression(
    series: Mapping[str, npt.ArrayLike],
    *,
    lags: int | None = None,
    most_lags: int | None = None,
    criterion: Criterion = "aic",
) -> Autoregression:
    """A vector autoregression with constants, y_t = c + Σ_s A_s·y_{t−s} + e_t, by least squares.

    Parameters
    ----------
    series : name → values of one length, in order of time. They should be stationary; test first.
    lags : its order; default chosen by `criterion` among 1 … `most_lags`.
    most_lags : default 12·(T/100)^¼, as many as leave each equation half of its observations.

    Raises
    ------
    InputError
        For an order below 1 or too high for the series, an unknown criterion, or without the extra.
    DataError
        As `checked_together`; ``not_estimable`` where nothing is left to compute errors from.

    References
    ----------
    Sims (1980); Lütkepohl (2005), chapters 3 and 4.

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> x = rng.normal(size=300)
    >>> y = np.r_[0, 0.8 * x[:-1]] + rng.normal(size=300)
    >>> model = autoregression({"y": y, "x": x}, lags=1)
    >>> model.equations[0].names, bool(abs(model.equations[0].coefficients[2] - 0.8) < 0.15)
    (('const', 'y(-1)', 'x(-1)'), True)
    """
    with estimating("VAR"):
        return _described(*_fitted(series, lags, most_lags, criterion), tuple(series))


def granger(
    series: Mapping[str, npt.ArrayLike],
    *,
    lags: int | None = None,
    most_lags: int | None = None,
    criterion: Criterion = "aic",
) -> tuple[Granger, ...]:
    """Granger causality between every ordered pair of the series, in one vector autoregression of all of them.

    Parameters
    ----------
    series, lags, most_lags, criterion : as in `autoregression`.

    Raises
    ------
    InputError, DataError
        As `autoregression`.

    References
    ----------
    Granger (1969); the F form of Lütkepohl (2005), section 3.6. With series that have unit roots its distribution is not
    the stated one: difference them, or test for cointegration first.

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> x = rng.normal(size=300)
    >>> y = np.r_[0, 0.8 * x[:-1]] + rng.normal(size=300)
    >>> [(one.cause, one.effect, one.p_value < 0.01) for one in granger({"y": y, "x": x}, lags=1)]
    [('x', 'y', True), ('y', 'x', False)]
    """
    names = tuple(series)
    with estimating("Granger"):
        fitted, _ = _fitted(series, lags, most_lags, criterion)
        found = []
        for effect, told in enumerate(names):
            for cause, other in enumerate(names):
                if cause != effect:
                    test = fitted.test_causality(effect, cause, kind="f")
                    df, (statistic, p) = tuple(map(int, test.df)), (float(test.test_statistic), float(test.pvalue))
                    check_finite("Granger", statistic, p)
                    found.append(Granger(other, told, statistic, p, (df[0], df[1]), int(fitted.k_ar)))
    return tuple(found)


def _fitted(
    series: Mapping[str, npt.ArrayLike], lags: int | None, most_lags: int | None, criterion: Criterion
) -> tuple[Any, Values]:
    """The model of the series divided by their sizes, and the sizes."""
    check_choice("criterion", criterion, CRITERIA)
    values = checked_together(series, least=LEAST)
    length, width = values.shape
    room = (length // 2 - 1) // (width + 1)
    wanted = lags if lags is not None else most_lags
    if wanted is not None and not 1 <= wanted <= max(1, (length - 2) // (width + 1)):
        raise InputError(
            "bad_lags",
            Text(
                f"{wanted} lags of {width} series cannot be estimated from {length} observations; take 1 to {max(1, room)}.",
                f"{length} 个观测值无法估计 {width} 个序列的 {wanted} 阶滞后；请取1至{max(1, room)}。",
            ),
            field="lags",
        )
    sizes = scale_of(values)
    model = package("statsmodels.tsa.api").VAR(values / sizes)
    if lags is not None:
        return model.fit(lags), sizes
    highest = most_lags or max(1, min(room, int(12 * (length / 100) ** 0.25)))
    # Order 0 can win a criterion; a question about lags then still gets its one lag.
    return model.fit(max(1, int(getattr(model.select_order(highest), criterion)))), sizes


def _described(fitted: Any, sizes: Values, names: tuple[str, ...]) -> Autoregression:
    labels = ("const", *(f"{name}(-{lag})" for lag in range(1, fitted.k_ar + 1) for name in names))
    width = len(labels)
    covariance = np.asarray(fitted.cov_params())
    equations = []
    for at, name in enumerate(names):
        observed = np.asarray(fitted.endog)[fitted.k_ar :, at]
        left = np.asarray(fitted.resid)[:, at]
        # statsmodels stacks the coefficients by regressor, then by equation.
        own = np.arange(width) * len(names) + at
        r2 = 1 - float(left @ left) / float(((observed - observed.mean()) ** 2).sum())
        found = Regression(
            name,
            labels,
            np.asarray(fitted.params)[:, at],
            np.asarray(fitted.stderr)[:, at],
            np.asarray(fitted.tvalues)[:, at],
            np.asarray(fitted.pvalues)[:, at],
            int(fitted.nobs),
            r2,
            "",
            "classical",
            None,
            covariance[np.ix_(own, own)],
        )
        equations.append(rescaled(found, sizes[at], np.r_[1.0, np.tile(sizes, fitted.k_ar)]))
    check_finite("VAR", *(one.errors for one in equations), *(one.p_values for one in equations))
    # The criteria are logarithms of a determinant whose unit is the product of the series' squared units; FPE is one itself.
    units = 2 * float(np.log(sizes).sum())
    criteria = {name: float(getattr(fitted, name)) + units for name in ("aic", "bic", "hqic")}
    criteria["fpe"] = float(fitted.fpe * np.exp(units))
    return Autoregression(
        tuple(equations),
        int(fitted.k_ar),
        bool(fitted.is_stable()),
        criteria,
        np.asarray(fitted.sigma_u) * np.outer(sizes, sizes),
    )
