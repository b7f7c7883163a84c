"""Regressions with any number of absorbed effects, by least squares or instruments (through pyfixest)."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.models.packages import package
from entrepot.models.regression import Regression, Vector, check_design

TOLERANCE = 1e-10
MOST_ROUNDS = 100_000
NOTHING_LEFT = 1e-7  # of a column's spread, after the effects

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AbsorbedSample:
    """Rows that have every variable and stand in no effect alone.

    Attributes
    ----------
    outcome, y : name and values, shape (n,).
    columns : name → regressor, shape (n,), endogenous ones among them.
    instruments : name → excluded instrument, shape (n,).
    effects, clusters : name → whole numbers, shape (n,).
    dropped : rows that lacked a variable.
    singletons : rows that an effect explained alone, taken out until there was none.
    kept : of the rows given, which these are; shape (rows given,).
    """

    outcome: str
    y: Vector
    columns: Mapping[str, Vector]
    instruments: Mapping[str, Vector]
    effects: Mapping[str, Codes]
    clusters: Mapping[str, Codes]
    dropped: int
    singletons: int
    kept: npt.NDArray[np.bool_]


def absorbed_sample(
    outcome: str,
    y: npt.ArrayLike,
    columns: Mapping[str, npt.ArrayLike],
    *,
    effects: Mapping[str, Sequence[Any] | npt.NDArray[Any]],
    clusters: Mapping[str, Sequence[Any] | npt.NDArray[Any]],
    instruments: Mapping[str, npt.ArrayLike] | None = None,
) -> AbsorbedSample:
    """The rows of a regression: complete ones, without singletons.

    A row alone in one of its effects has residual 0 whatever the coefficients are; it would only make clusters look more
    numerous than they are (Correia 2015), so it leaves, and so on until none is left.

    Raises
    ------
    DataError
        ``no_complete_rows``.

    Examples
    --------
    >>> sample = absorbed_sample("y", [1, 2, 4, 9], {"x": [1, 3, 2, 5]}, effects={"f": list("aabb")}, clusters={})
    >>> sample.y.size, sample.singletons
    (4, 0)
    >>> absorbed_sample("y", [1, 2, 4], {"x": [1, 3, 2]}, effects={"f": list("aab")}, clusters={}).singletons
    1
    """
    values = np.asarray(y, dtype=np.float64)
    held = {name: np.asarray(column, dtype=np.float64) for name, column in columns.items()}
    excluded = {name: np.asarray(column, dtype=np.float64) for name, column in (instruments or {}).items()}
    kept = np.isfinite(values)
    for column in (*held.values(), *excluded.values()):
        kept &= np.isfinite(column)
    dropped = int((~kept).sum())
    coded = {name: np.unique(np.asarray(labels), return_inverse=True)[1] for name, labels in effects.items()}
    complete = int(kept.sum())
    while True:
        before = int(kept.sum())
        for codes in coded.values():
            counts = np.bincount(codes[kept], minlength=codes.max(initial=0) + 1)
            kept &= counts[codes] != 1
        if int(kept.sum()) == before:
            break
    if not kept.any():
        raise DataError(
            "no_complete_rows",
            Text(
                f"No row is left to estimate {outcome!r}: {dropped} of {values.size} lack a variable, and "
                f"{complete} stand alone in an effect.",
                f"没有可用于估计 {outcome!r} 的行：{values.size} 行中有 {dropped} 行缺少变量，{complete} 行为固定效应中的单例。",
            ),
        )
    return AbsorbedSample(
        outcome,
        values[kept],
        {name: column[kept] for name, column in held.items()},
        {name: column[kept] for name, column in excluded.items()},
        {name: _recoded(codes[kept]) for name, codes in coded.items()},
        {name: _recoded(np.asarray(labels)[kept]) for name, labels in clusters.items()},
        dropped,
        complete - int(kept.sum()),
        kept,
    )


def absorbed_regression(sample: AbsorbedSample, *, endogenous: str | None = None) -> Regression:
    """Least squares of y = β'x + effects + e, or two-stage least squares for one endogenous regressor.

    Parameters
    ----------
    sample : see `absorbed_sample`.
    endogenous : the regressor that the sample's instruments stand for.

    Returns
    -------
    Regression
        `r2` is the within R², null with instruments. Degrees of freedom: covariances clustered in G clusters carry the factor
        G/(G−1)·(n−1)/(n−k), and p-values come from t with G−1 (with two kinds of clusters the smaller G); k counts the
        coefficients and the absorbed effects, less one for each further effect and less those that are nested in a cluster
        (one of which stays for each nested effect). Without clusters errors are heteroskedasticity-robust with n/(n−k), t
        with n−k. `about` has `singletons`, `dropped`, `clusters` and `k`.

    Raises
    ------
    InputError
        ``no_regressors``, ``no_instruments``; without the extra.
    DataError
        ``collinear``, ``too_few_rows``, ``absorbed`` for a variable of which the effects leave nothing, ``few_clusters``.

    References
    ----------
    Bergé (2018) for the convention; Cameron, Gelbach & Miller (2011).

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> f, x = np.repeat(np.arange(50), 6), rng.normal(size=300)
    >>> sample = absorbed_sample(
    ...     "y", 2 * x + f + 0.1 * rng.normal(size=300), {"x": x}, effects={"f": f}, clusters={"f": f}
    ... )
    >>> absorbed_regression(sample).coefficients.round(1)
    array([2.])
    """
    _check(sample, endogenous)
    pandas, fixest = package("pandas"), package("pyfixest")
    names = [name for name in sample.columns if name != endogenous]
    # Names of a user may be anything ("log(gdp)"), names in a formula may not.
    terms = {f"x{at}": sample.columns[name] for at, name in enumerate(names)}
    excluded = {f"z{at}": column for at, column in enumerate(sample.instruments.values())}
    absorbed = dict(zip(_steady_names(len(sample.effects)), sample.effects.values(), strict=True))
    grouped = {f"c{at}": codes for at, codes in enumerate(sample.clusters.values())}
    frame = pandas.DataFrame({"y": sample.y, **terms, **excluded, **absorbed, **grouped})
    formula = "y ~ " + (" + ".join(terms) or "1")
    formula += " | " + " + ".join(absorbed) if absorbed else ""
    if endogenous is not None:
        frame["e"] = sample.columns[endogenous]
        formula += " | e ~ " + " + ".join(excluded)
    errors: Any = {"CRV1": "+".join(grouped)} if grouped else "hetero"
    exact = fixest.estimation.MapDemeaner(fixef_tol=TOLERANCE, fixef_maxiter=MOST_ROUNDS)
    with warnings.catch_warnings():
        # pyfixest tells of dropped columns by warnings; `_check` refuses them.
        warnings.simplefilter("ignore")
        done = fixest.feols(formula, frame, vcov=errors, fixef_rm="none", demeaner=exact)
    said = {"e": endogenous, "Intercept": "const"} | {f"x{at}": name for at, name in enumerate(names)}
    places = {said.get(str(name), str(name)): at for at, name in enumerate(done.coef().index)}
    # As they were given, the endogenous one too; a constant last.
    order = [places[name] for name in (*sample.columns, "const") if name in places]
    within = float(done._r2_within if absorbed else done._r2)
    about = {"singletons": float(sample.singletons), "dropped": float(sample.dropped), "k": float(done._df_k)}
    if grouped:
        about["clusters"] = float(min(np.unique(codes).size for codes in sample.clusters.values()))
    return Regression(
        sample.outcome,
        tuple(name for name in (*sample.columns, "const") if name in places),
        done.coef().to_numpy()[order],
        done.se().to_numpy()[order],
        done.tstat().to_numpy()[order],
        done.pvalue().to_numpy()[order],
        int(done._N),
        within if endogenous is None and np.isfinite(within) else None,
        ", ".join(sample.effects),
        f"clustered by {' and '.join(sample.clusters)}" if grouped else "heteroskedasticity-robust",
        float(done._df_t),
        np.asarray(done._vcov)[np.ix_(order, order)],
        about,
    )


def residualised(columns: npt.ArrayLike, effects: Sequence[Codes]) -> Vector:
    """What the effects leave of each column; by Frisch, Waugh and Lovell all that a regression with them uses.

    Parameters
    ----------
    columns : shape (n, k).
    effects : whole numbers from 0, shape (n,) each; none leaves the deviation from the mean.

    Raises
    ------
    DataError
        ``not_absorbed`` if the alternating projections do not settle.

    Examples
    --------
    >>> residualised([[1.0], [3.0], [5.0], [9.0]], [np.array([0, 0, 1, 1])])[:, 0]
    array([-1.,  1., -2.,  2.])
    """
    design = np.array(columns, dtype=np.float64)
    if not effects:
        return np.asarray(design - design.mean(axis=0))
    labels = np.asfortranarray(np.column_stack(list(effects)).astype(np.uint64))
    demean = package("pyfixest.core.demean").demean
    left, settled = demean(design, labels, np.ones(len(design)), TOLERANCE, MOST_ROUNDS)
    if not settled:
        raise DataError(
            "not_absorbed",
            Text(
                "The fixed effects could not be taken out: too few rows connect them. Use fewer effects.",
                "固定效应无法消去：连接各效应的样本过少。请减少固定效应。",
            ),
            field="effects",
        )
    return np.asarray(left)


def _steady_names(many: int) -> list[str]:
    """Names of effects that a set gives back in their order.

    pyfixest puts the names through a set, whose order changes from one process to the next, and with it the order in which
    the effects are taken out and the last digits of every estimate.
    """
    for turn in count():
        names = [f"f{at}_{turn}" for at in range(many)]
        if list(set(names)) == names:
            return names
    raise AssertionError  # count() never ends


def _recoded(labels: npt.NDArray[Any]) -> Codes:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _check(sample: AbsorbedSample, endogenous: str | None) -> None:
    """Refuse what identifies nothing, by name."""
    if not sample.columns:
        raise InputError(
            "no_regressors", Text("Name at least one regressor.", "请至少给出一个解释变量。"), field="regressors"
        )
    if (endogenous is None) != (not sample.instruments):
        raise InputError(
            "no_instruments",
            Text("An endogenous regressor needs instruments, and they need it.", "内生变量与工具变量须同时给出。"),
            field="instruments",
        )
    for name, codes in sample.clusters.items():
        if np.unique(codes).size < 2:
            raise DataError(
                "few_clusters",
                Text(f"All rows are in one cluster of {name!r}.", f"所有行都属于 {name!r} 的同一聚类。"),
                field="cluster",
            )
    names = [*sample.columns, *sample.instruments]
    given = np.column_stack([*sample.columns.values(), *sample.instruments.values()])
    left = residualised(given, list(sample.effects.values()))
    for at, name in enumerate(names):
        if left[:, at].std() <= NOTHING_LEFT * max(float(given[:, at].std()), 1e-300):
            raise DataError(
                "absorbed",
                Text(
                    f"The fixed effects take up {name!r} whole: it does not vary within them. Leave it or an effect out.",
                    f"{name!r} 被固定效应完全吸收：其在固定效应内没有变化。请去掉它或某个固定效应。",
                ),
                field=name,
            )
    check_design(left[:, : len(sample.columns)], list(sample.columns))
    if endogenous is not None:
        outer = [at for at, name in enumerate(names) if name != endogenous]
        check_design(left[:, outer], [names[at] for at in outer])
