"""What every model of time series asks of its data."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text

Values = npt.NDArray[np.float64]


def checked_series(name: str, values: npt.ArrayLike, *, least: int) -> Values:
    """One series as numbers, refused where no test could say anything about it.

    Parameters
    ----------
    name : what the user calls it; used in the error.
    values : shape (T,), in order of time, without gaps.
    least : fewest observations that the model needs.

    Raises
    ------
    DataError
        ``gaps_in_series`` for missing or infinite values, ``series_too_short``, ``constant_series``.

    Examples
    --------
    >>> checked_series("gl", [0.1, 0.3, 0.2], least=3)
    array([0.1, 0.3, 0.2])
    """
    found = np.asarray(values, dtype=np.float64).reshape(-1)
    holes = int(np.count_nonzero(~np.isfinite(found)))
    if holes:
        raise DataError(
            "gaps_in_series",
            Text(
                f"{name!r} has {holes} missing values among {found.size}; a time series must be without gaps. "
                "Choose a span of years in which every value is there.",
                f"{name!r} 的 {found.size} 个值中有 {holes} 个缺失；时间序列不得有缺口。请选择各年数值齐全的时段。",
            ),
            field=name,
        )
    if found.size < least:
        raise DataError(
            "series_too_short",
            Text(
                f"{name!r} has {found.size} observations; this model needs at least {least}.",
                f"{name!r} 只有 {found.size} 个观测值；该模型至少需要 {least} 个。",
            ),
            field=name,
        )
    if np.ptp(found) <= 1e-12 * float(np.abs(found).max()):
        raise DataError(
            "constant_series",
            Text(f"{name!r} does not vary; nothing can be tested.", f"{name!r} 没有变化，无法检验。"),
            field=name,
        )
    return found


def scale_of(values: npt.ArrayLike) -> Values:
    """The size of each column as a power of two, by which dividing loses no digit; 1 for a column of zeros.

    Packages solve by pseudo-inverses that take what is 10¹⁵ times smaller for nothing: beside exports of 10¹² dollars a
    constant disappears. So every model here divides first and multiplies its coefficients after.

    Examples
    --------
    >>> scale_of([[1.0, 3e12], [0.5, 1e12]])
    array([1.00000000e+00, 2.19902326e+12])
    """
    size = np.abs(np.asarray(values, dtype=np.float64)).max(axis=0)
    return np.asarray(np.exp2(np.round(np.log2(np.where(size > 0, size, 1.0)))))


def check_lags(lags: int | None, least: int = 0) -> None:
    """Refuse fewer lags than the model can have; none named is right.

    Raises
    ------
    InputError
        ``bad_lags``.

    Examples
    --------
    >>> check_lags(2)
    """
    if lags is not None and lags < least:
        raise InputError("bad_lags", Text(f"lags must be {least} or more.", f"lags 须不小于 {least}。"), field="lags")


def checked_together(series: Mapping[str, npt.ArrayLike], *, least: int) -> Values:
    """Several series of one length, shape (T, number of series), in the order given.

    Raises
    ------
    DataError
        As `checked_series`; ``unequal_series`` if their lengths differ; ``one_series`` if there are fewer than two;
        ``collinear`` if one is an exact combination of the others and a constant.
    """
    if len(series) < 2:
        raise DataError(
            "one_series", Text("This model needs two or more series.", "该模型至少需要两个序列。"), field="series"
        )
    columns = [checked_series(name, values, least=least) for name, values in series.items()]
    lengths = {name: column.size for name, column in zip(series, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise DataError(
            "unequal_series",
            Text(f"The series differ in length ({told}).", f"各序列长度不同（{told}）。"),
            field="series",
        )
    together = np.column_stack(columns)
    scaled = (together - together.mean(axis=0)) / together.std(axis=0)
    if np.linalg.matrix_rank(scaled, tol=1e-9 * len(scaled)) < len(series):
        raise DataError(
            "collinear",
            Text(
                f"Among {', '.join(series)} one is an exact combination of the others; leave one out.",
                f"{'、'.join(series)} 中有序列是其他序列的精确线性组合；请去掉一个。",
            ),
            field="series",
        )
    return together
