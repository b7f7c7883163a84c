"""Panels of units over years: pooled, fixed and random effects, and which of them to believe (through linearmodels)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from entrepot.core.errors import DataError, InputError, check_choice
from entrepot.core.text import Text
from entrepot.models.choices import EFFECTS, ERRORS, Effects, Errors
from entrepot.models.packages import check_finite, estimating, package
from entrepot.models.regression import Regression, Vector, check_design, rescaled
from entrepot.models.series import check_lags, scale_of

ABSORBED: dict[Effects, str] = {"pooled": "", "fixed": "unit", "two_way": "unit, year", "random": "random (unit)"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel whose rows are complete.

    Attributes
    ----------
    outcome : its name.
    y : shape (n,).
    columns : name → regressor, shape (n,), without a constant.
    units, years : of each row, shape (n,); no pair occurs twice.
    dropped : rows left out because a value was missing.
    """

    outcome: str
    y: npt.NDArray[np.float64]
    columns: Mapping[str, npt.NDArray[np.float64]]
    units: npt.NDArray[Any]
    years: npt.NDArray[np.int64]
    dropped: int


@dataclass(frozen=True, slots=True)
class Hausman:
    """Whether fixed and random effects tell different stories.

    Attributes
    ----------
    statistic, df, p_value : χ² of H₀ "the random effects are uncorrelated with the regressors". Null where the
        difference of the covariances is not positive definite: the test then says nothing.
    compared : coefficients that both models have.
    """

    statistic: float | None
    df: int
    p_value: float | None
    compared: tuple[str, ...]


def panel_of(
    outcome: str,
    y: npt.ArrayLike,
    columns: Mapping[str, npt.ArrayLike],
    units: Sequence[Any],
    years: Sequence[int],
) -> Panel:
    """Put a panel together; rows with a missing value are left out and counted.

    Raises
    ------
    DataError
        ``double_rows`` if a unit has a year twice, ``too_few_units`` for fewer than two units or two years,
        ``no_complete_rows``, ``constant_series`` for an outcome that is the same everywhere.

    Examples
    --------
    >>> panel_of("gl", [0.1, None, 0.3, 0.4], {"x": [1, 2, 3, 5]}, ["a", "a", "b", "b"], [1, 2, 1, 2]).dropped
    1
    """
    values = np.asarray(y, dtype=np.float64)
    held = {name: np.asarray(column, dtype=np.float64) for name, column in columns.items()}
    complete = np.isfinite(values)
    for column in held.values():
        complete &= np.isfinite(column)
    unit, year = np.asarray(units)[complete], np.asarray(years, dtype=np.int64)[complete]
    if not complete.any():
        raise DataError("no_complete_rows", Text("No row has every variable.", "没有一行的变量是齐全的。"))
    pairs = set(zip(unit.tolist(), year.tolist(), strict=True))
    if len(pairs) < unit.size:
        raise DataError(
            "double_rows",
            Text(
                f"{unit.size - len(pairs)} rows repeat a unit and year; a panel has one row for each. "
                "Name every column that tells units apart.",
                f"有 {unit.size - len(pairs)} 行的个体与年份重复；面板中每个个体每年只能有一行。请列出区分个体的全部列。",
            ),
            field="unit",
        )
    if len(set(unit.tolist())) < 2 or len(set(year.tolist())) < 2:
        raise DataError(
            "too_few_units",
            Text("A panel needs at least two units and two years.", "面板至少需要两个个体和两个年份。"),
            field="unit",
        )
    if np.ptp(values[complete]) == 0:
        raise DataError(
            "constant_series",
            Text(f"{outcome!r} does not vary; nothing can be explained.", f"{outcome!r} 没有变化，无从解释。"),
            field=outcome,
        )
    kept = {name: column[complete] for name, column in held.items()}
    return Panel(outcome, values[complete], kept, unit, year, int((~complete).sum()))


def panel_regression(
    panel: Panel, *, effects: Effects = "fixed", errors: Errors = "by_unit", lags: int | None = None
) -> Regression:
    """y_it = (α, α_i, λ_t) + β'x_it + e_it.

    Parameters
    ----------
    panel : see `panel_of`.
    effects : "pooled" one constant; "fixed" a constant for each unit; "two_way" for each unit and each year; "random"
        Swamy and Arora's feasible GLS with unit effects.
    errors : "classical"; "robust" (HC1-type); clustered "by_unit", "by_year" or "two_way" (both);
        "driscoll_kraay" (Bartlett kernel, robust to dependence across units).
    lags : bandwidth of Driscoll and Kraay; default ⌊4·(T/100)^(2/9)⌋.

    Returns
    -------
    Regression
        `r2` is the within R² for fixed effects, the overall one for pooled, that of the quasi-demeaned data for random
        effects; with a constant wherever the model has one. `df`, of the t distribution behind the p-values, is n minus
        everything estimated (effects included), but with clusters the number of clusters less one (the smaller of the
        two), and with Driscoll and Kraay the number of years less one. Clustered errors carry the small-sample factor
        G/(G−1)·(n−1)/(n−k), in which absorbed effects that are nested in the clusters are not counted.

    Raises
    ------
    InputError
        For an unknown choice or without the extra.
    DataError
        ``collinear``, ``too_few_rows``, ``absorbed`` for a variable that the effects leave nothing of, ``not_estimable`` for
        whatever else leaves a coefficient or its error undefined.

    References
    ----------
    Baltagi (2021), chapters 2 and 3; Driscoll & Kraay (1998); Cameron, Gelbach & Miller (2011).

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> unit, year = np.repeat(np.arange(30), 8), np.tile(np.arange(8), 30)
    >>> own = np.repeat(rng.normal(size=30), 8)
    >>> x = own + rng.normal(size=240)
    >>> panel = panel_of("y", 2 * x + 5 * own + 0.1 * rng.normal(size=240), {"x": x}, unit, year)
    >>> panel_regression(panel).coefficients.round(1), panel_regression(panel, effects="pooled").coefficients[1] > 3
    (array([2.]), np.True_)
    """
    check_choice("effects", effects, EFFECTS)
    check_choice("errors", errors, ERRORS)
    check_lags(lags)
    span = len(np.unique(panel.years))
    if errors == "driscoll_kraay" and lags is not None and lags >= span:
        raise InputError(
            "bad_lags",
            Text(
                f"{lags} lags need more than the {span} years of the panel.",
                f"{lags} 阶滞后须多于面板的 {span} 个年份。",
            ),
            field="lags",
        )
    bandwidth = int(4 * (span / 100) ** (2 / 9)) if lags is None else lags
    said = f"{panel.outcome} ({effects}, {errors})"
    with estimating(said):
        model, sizes = _model(panel, effects)
        done = model.fit(**_covariance(errors, bandwidth))
        # The packages compute when asked; two-way clusters can leave a negative variance.
        check_finite(said, done.std_errors, done.params / done.std_errors, done.rsquared)
    about = {"units": float(done.entity_info["total"]), "years": float(done.time_info["total"])}
    if effects == "random":
        about["theta_mean"] = float(np.asarray(done.theta).mean())
    if done.f_statistic is not None and np.isfinite(done.f_statistic.stat):
        about["F"] = float(done.f_statistic.stat)
    df = _degrees(errors, float(done.df_resid), about)
    ratios = (done.params / done.std_errors).to_numpy()
    found = Regression(
        panel.outcome,
        tuple(map(str, done.params.index)),
        done.params.to_numpy(),
        done.std_errors.to_numpy(),
        ratios,
        2 * stats.t.sf(np.abs(ratios), df),
        int(done.nobs),
        float(done.rsquared_within if effects == "fixed" else done.rsquared),
        ABSORBED[effects],
        _told(errors, bandwidth),
        df,
        done.cov.to_numpy(),
        about,
    )
    return rescaled(found, float(scale_of(panel.y)), sizes)


def hausman(panel: Panel) -> Hausman:
    """Hausman's test of random against fixed unit effects, on classical covariances.

    H = (b_F − b_R)' (V_F − V_R)⁻¹ (b_F − b_R), χ² with as many degrees as coefficients compared. Both covariances use
    the error variance of the random-effects model, so that their difference can hardly fail to be positive definite.

    Raises
    ------
    InputError, DataError
        As `panel_regression`.

    References
    ----------
    Hausman (1978), through linearmodels; the common variance ("sigmamore"): Wooldridge (2010), section 10.7.3.

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> unit, year = np.repeat(np.arange(40), 8), np.tile(np.arange(8), 40)
    >>> own = np.repeat(rng.normal(size=40), 8)
    >>> x = own + rng.normal(size=320)
    >>> test = hausman(panel_of("y", x + 3 * own + rng.normal(size=320), {"x": x}, unit, year))
    >>> test.df, test.p_value < 0.01
    (1, True)
    """
    with estimating("Hausman"):
        found = _model(panel, "random")[0].fit().hausman(_model(panel, "fixed")[0].fit(), sigmamore=True)
    compared = tuple(map(str, found.estimates.index))
    statistic = float(found.statistic.stat)
    usable = np.isfinite(statistic) and statistic >= 0 and bool(np.isfinite(found.estimates["Std. Err."]).all())
    if not usable:
        return Hausman(None, len(compared), None, compared)
    return Hausman(statistic, len(compared), float(stats.chi2.sf(statistic, len(compared))), compared)


def _model(panel: Panel, effects: Effects) -> tuple[Any, Vector]:
    """The model of linearmodels on variables divided by their sizes, and the sizes of the regressors.

    Only once it is sure that it identifies its coefficients.
    """
    pandas, models = package("pandas"), package("linearmodels.panel")
    constant = {"const": np.ones(panel.y.size)} if effects in ("pooled", "random") else {}
    columns = constant | dict(panel.columns)
    if not panel.columns:
        raise InputError("no_regressors", Text("Name at least one regressor.", "请至少给出一个解释变量。"), field="x")
    _check_left(panel, effects)
    design = np.column_stack(list(columns.values()))
    check_design(design, list(columns))
    sizes = scale_of(design)
    units = np.unique(panel.units, return_inverse=True)[1]
    index = pandas.MultiIndex.from_arrays([units, panel.years], names=["unit", "year"])
    frame = pandas.DataFrame(design / sizes, columns=list(columns), index=index)
    y = pandas.Series(panel.y / scale_of(panel.y), index=index, name=panel.outcome)
    if effects == "pooled":
        return models.PooledOLS(y, frame), sizes
    if effects == "random":
        return models.RandomEffects(y, frame), sizes
    return models.PanelOLS(y, frame, entity_effects=True, time_effects=effects == "two_way"), sizes


def _check_left(panel: Panel, effects: Effects) -> None:
    """Refuse a variable of which the effects leave nothing."""
    if effects not in ("fixed", "two_way"):
        return
    groups = {"unit": panel.units} | ({"year": panel.years} if effects == "two_way" else {})
    for name, column in {panel.outcome: panel.y, **panel.columns}.items():
        for group, labels in groups.items():
            place, sizes = np.unique(labels, return_inverse=True, return_counts=True)[1:]
            left = column - (np.bincount(place, column) / sizes)[place]
            if np.abs(left).max() <= 1e-10 * float(np.abs(column).max()):
                raise DataError(
                    "absorbed",
                    Text(
                        f"{name!r} does not vary within a {group}: the fixed effects of {group}s take it up. "
                        "Leave it out, or use random effects or a pooled model.",
                        f"{name!r} 在同一{'个体' if group == 'unit' else '年份'}内没有变化，会被固定效应吸收。"
                        "请去掉它，或改用随机效应、混合模型。",
                    ),
                    field=name,
                )


def _covariance(errors: Errors, bandwidth: int) -> dict[str, Any]:
    """The estimator's options, as linearmodels names them."""
    options: dict[str, dict[str, Any]] = {
        "classical": {"cov_type": "unadjusted"},
        "robust": {"cov_type": "robust"},
        "by_unit": {"cov_type": "clustered", "cluster_entity": True, "group_debias": True},
        "by_year": {"cov_type": "clustered", "cluster_time": True, "group_debias": True},
        "two_way": {"cov_type": "clustered", "cluster_entity": True, "cluster_time": True, "group_debias": True},
        "driscoll_kraay": {"cov_type": "kernel", "kernel": "bartlett", "bandwidth": bandwidth},
    }
    return options[errors]


def _degrees(errors: Errors, left: float, about: Mapping[str, float]) -> float:
    """Degrees of freedom of the t distribution; see `panel_regression`."""
    return {
        "by_unit": about["units"] - 1,
        "by_year": about["years"] - 1,
        "two_way": min(about["units"], about["years"]) - 1,
        "driscoll_kraay": about["years"] - 1,
    }.get(errors, left)


def _told(errors: Errors, bandwidth: int) -> str:
    return {
        "classical": "classical",
        "robust": "heteroskedasticity-robust",
        "by_unit": "clustered by unit",
        "by_year": "clustered by year",
        "two_way": "clustered by unit and year",
        "driscoll_kraay": f"Driscoll-Kraay ({bandwidth} lags)",
    }[errors]
