"""One estimated equation, whatever package estimated it, and ordinary least squares."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.models.packages import check_finite, estimating, package
from entrepot.models.series import scale_of

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regression:
    """One equation as a table prints it.

    Attributes
    ----------
    outcome : name of what is explained.
    names : of the coefficients, in order; `coefficients`, `errors`, `statistics`, `p_values` have the same length.
    observations, r2 : rows used, and the share of variance explained (within, where effects are absorbed; null if the
        estimator defines none).
    effects : what was absorbed or assumed of the units, such as "entity", "entity, time", "random"; empty for none.
    error_type : how errors were computed, such as "classical" or "Driscoll-Kraay (3 lags)".
    df : residual degrees of freedom used for p-values; null where they come from the normal distribution.
    covariance : of the coefficients, shape (k, k).
    about : further figures by name (F, theta, number of units …).
    """

    outcome: str
    names: tuple[str, ...]
    coefficients: Vector
    errors: Vector
    statistics: Vector
    p_values: Vector
    observations: int
    r2: float | None
    effects: str
    error_type: str
    df: float | None
    covariance: npt.NDArray[np.float64]
    about: Mapping[str, float] = field(default_factory=dict)


def least_squares(outcome: str, y: npt.ArrayLike, columns: Mapping[str, npt.ArrayLike]) -> Regression:
    """Ordinary least squares with classical errors and t-distributed statistics.

    Parameters
    ----------
    outcome, y : name and values, shape (n,).
    columns : name → regressor, shape (n,); a constant is one of them if it is wanted.

    Raises
    ------
    DataError
        ``too_few_rows`` unless there are more rows than columns, ``collinear`` if one is a combination of the others,
        ``not_estimable`` if nothing is left to compute errors from.
    InputError
        Without the extra.

    Examples
    --------
    >>> least_squares("y", [1.0, 3.0, 5.0, 7.1], {"const": [1, 1, 1, 1], "x": [0, 1, 2, 3]}).coefficients.round(2)
    array([0.98, 2.03])
    """
    design = np.column_stack([np.asarray(column, dtype=np.float64) for column in columns.values()])
    check_design(design, list(columns))
    explained = np.asarray(y, dtype=np.float64)
    size, sizes = float(scale_of(explained)), scale_of(design)
    with estimating(outcome):
        done = package("statsmodels.api").OLS(explained / size, design / sizes).fit()
        check_finite(outcome, done.bse, done.pvalues, done.rsquared)
    found = Regression(
        outcome,
        tuple(columns),
        np.asarray(done.params),
        np.asarray(done.bse),
        np.asarray(done.tvalues),
        np.asarray(done.pvalues),
        int(done.nobs),
        float(done.rsquared),
        "",
        "classical",
        float(done.df_resid),
        np.asarray(done.cov_params()),
    )
    return rescaled(found, size, sizes)


def rescaled(found: Regression, size: float, sizes: Vector) -> Regression:
    """A regression of y/size on columns/sizes, as one of y on the columns; only what has a unit changes.

    Examples
    --------
    >>> model = least_squares("y", [1.0, 3.0, 5.0, 7.1], {"const": [1, 1, 1, 1], "x": [0, 1, 2, 3]})
    >>> rescaled(model, 10.0, np.array([1.0, 5.0])).coefficients.round(2)
    array([9.8 , 4.06])
    """
    by = size / sizes
    return replace(
        found,
        coefficients=found.coefficients * by,
        errors=found.errors * by,
        covariance=found.covariance * np.outer(by, by),
    )


def check_design(design: Vector, names: list[str]) -> None:
    """Refuse a design that identifies nothing.

    Raises
    ------
    DataError
        ``too_few_rows``, ``collinear``.
    """
    rows, width = design.shape
    if rows <= width:
        raise DataError(
            "too_few_rows",
            Text(
                f"{rows} rows cannot estimate {width} coefficients ({', '.join(names)}). "
                "Take more years, fewer lags or fewer variables.",
                f"{rows} 行数据不足以估计 {width} 个系数（{'、'.join(names)}）。请延长年份，或减少滞后阶数、变量。",
            ),
        )
    scaled = design / np.where(np.abs(design).max(axis=0) > 0, np.abs(design).max(axis=0), 1.0)
    if np.linalg.matrix_rank(scaled) < width:
        raise DataError(
            "collinear",
            Text(
                f"Among {', '.join(names)} one is a combination of the others; leave one out.",
                f"{'、'.join(names)} 中有变量是其他变量的线性组合；请去掉一个。",
            ),
        )
