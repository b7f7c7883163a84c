"""The numbers behind a study's figures: densities, means over the years, high and low halves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from entrepot.analyses.study.plan import FigurePlan, Plan
from entrepot.analyses.study.sample import HIGH, LOW, Prepared
from entrepot.core.text import Text

POINTS = 200
BINS = 2000
REACH = 3.0  # bandwidths that the curve goes on beyond the data

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a figure: its name, and points (x, y)."""

    name: Text
    x: tuple[float, ...]
    y: tuple[float, ...]


def density(values: Values) -> tuple[Values, Values]:
    """Gaussian kernel density with Silverman's bandwidth 0.9·min(sd, IQR/1.349)·n^(−1/5), on 2,000 bins.

    Undefined (empty) for fewer than two different values.

    References
    ----------
    Silverman (1986), equation 3.31.

    Examples
    --------
    >>> x, y = density(np.random.default_rng(0).normal(size=5000))
    >>> bool(abs(float(y.max()) - 0.3989) < 0.02), bool(abs(float(np.trapezoid(y, x)) - 1) < 0.01)
    (True, True)
    """
    known = values[np.isfinite(values)]
    if known.size < 2 or known.min() == known.max():
        return np.array([]), np.array([])
    quarter = (np.quantile(known, 0.75) - np.quantile(known, 0.25)) / 1.349
    spread = min(known.std(ddof=1), quarter) if quarter > 0 else known.std(ddof=1)
    width = 0.9 * spread * known.size ** (-1 / 5)
    low, high = known.min() - REACH * width, known.max() + REACH * width
    counts, edges = np.histogram(known, bins=BINS, range=(low, high))
    middles = (edges[1:] + edges[:-1]) / 2
    x = np.linspace(low, high, POINTS)
    kernel = np.exp(-0.5 * ((x[:, None] - middles[None, :]) / width) ** 2)
    return x, kernel @ counts / (known.size * width * np.sqrt(2 * np.pi))


def lines_of(figure: FigurePlan, plan: Plan, rows: Prepared) -> tuple[Line, ...]:
    """The lines of a figure, over its sample."""
    kept = rows.kept_in(plan, figure.sample)
    value, years = rows.value(figure.variable)[kept], rows.years[kept]
    if figure.kind == "density":
        if not figure.years:
            return (_curve(Text("all years", "全部年份"), value),)
        return tuple(_curve(Text(str(year), str(year)), value[years == year]) for year in figure.years)
    if figure.kind == "trend":
        return (_means(Text("mean", "均值"), value, years),)
    by = rows.value(str(figure.by))[kept]
    high = np.full(by.size, np.nan)
    for year in np.unique(years):  # halves of each year, as the levels of both may move together
        here = (years == year) & np.isfinite(by)
        if here.any():
            high[here] = by[here] > np.median(by[here])
    return _means(HIGH, value[high == 1], years[high == 1]), _means(LOW, value[high == 0], years[high == 0])


def _curve(name: Text, values: Values) -> Line:
    x, y = density(values)
    return Line(name, tuple(x.tolist()), tuple(y.tolist()))


def _means(name: Text, values: Values, years: npt.NDArray[np.int64]) -> Line:
    known = np.isfinite(values)
    found = {int(year): float(values[known & (years == year)].mean()) for year in np.unique(years[known])}
    return Line(name, tuple(float(year) for year in found), tuple(found.values()))
