"""Supply-demand match (Global Potential Markets, section 2.2)."""

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.growth import Exponent, growth

SOURCE = "Global Potential Markets, section 2.2"
Series = NDArray[np.float64]  # (years, economies): the window, oldest year first; NaN = not at hand


def relevance(trade: Series, gdp: Series) -> Values:
    """REL = (mean_t(V_t / GDP_t) + V_last / GDP_last) / 2 over the years of the window with both; NaN with none.

    Parameters
    ----------
    trade, gdp : current US$, shape (years, economies).

    Examples
    --------
    >>> relevance(np.array([[1.0], [3.0]]), np.array([[100.0], [100.0]])).tolist()
    [0.025]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = trade / gdp
    known = np.isfinite(ratio)
    count = known.sum(axis=0)
    mean = np.divide(np.nansum(np.where(known, ratio, 0.0), axis=0), count, out=_nan(ratio), where=count > 0)
    both: Values = (mean + _last_known(ratio)) / 2
    return both


def gdp_growth(gdp: Series, exponent: Exponent) -> Values:
    """(CAGR + LYG) / 2 of GDP over the years at hand, from the first to the last of them; NaN with fewer than two.

    The window of the CAGR is the span of the years at hand: three years give the exponent 1/3, or 1/2 by `intervals`.

    Examples
    --------
    >>> gdp_growth(np.array([[np.nan], [100.0], [110.0], [121.0]]), "intervals").round(6).tolist()
    [0.09818]
    """
    known = np.isfinite(gdp)
    count = known.sum(axis=0)
    years = np.arange(len(gdp))[:, None]
    first = np.where(known, years, len(gdp)).min(axis=0)
    last = np.where(known, years, -1).max(axis=0)
    span = last - first + 1
    steps = np.maximum(span if exponent == "window" else span - 1, 1)
    start, end = _last_known(gdp[::-1]), _last_known(gdp)
    with np.errstate(invalid="ignore", divide="ignore"):
        cagr = (end / start) ** (1 / steps) - 1
        mean = np.nansum(gdp, axis=0) / count
        lyg = (end - mean) / mean
    return np.where(count >= 2, growth(cagr, lyg), np.nan)


def capacity(relevance: Values, gdp_growth: Values) -> Values:
    """SUPPLY or DEMAND: 1 + REL · growth of GDP. Above 1 where a growing economy leans on the product."""
    return 1 + relevance * gdp_growth


def _last_known(series: Series) -> Values:
    """The last known number of each column; NaN where there is none."""
    known = np.isfinite(series)
    last = len(series) - 1 - np.argmax(known[::-1], axis=0)
    return np.where(known.any(axis=0), np.take_along_axis(series, last[None, :], axis=0)[0], np.nan)


def _nan(like: Series) -> Values:
    return np.full(like.shape[1], np.nan)


def sd(supply: Values, demand: Values) -> Values:
    """SD = min(SUPPLY, DEMAND): the part of supply and demand that meet; NaN where either is unknown.

    Examples
    --------
    >>> sd(np.array([1.02]), np.array([1.01])).tolist()
    [1.01]
    """
    return np.minimum(supply, demand)


SUPPLY = Indicator(
    "supply",
    Text("Supply", "供应能力"),
    "1",
    Text("The exporter's capacity to supply more of the product", "出口方扩大供应的能力"),
    formula="1 + REL_i · (CAGR(GDP_i) + LYG(GDP_i)) / 2",
    undefined=Text("null without GDP in the window", "窗口内无GDP数据时为空"),
    source=SOURCE,
    direction="more",
    weightable=True,
)
DEMAND = Indicator(
    "demand",
    Text("Demand", "需求体量"),
    "1",
    Text("The market's capacity to absorb more of the product", "市场扩大需求的能力"),
    formula="1 + REL_j · (CAGR(GDP_j) + LYG(GDP_j)) / 2",
    undefined=Text("null without GDP in the window", "窗口内无GDP数据时为空"),
    source=SOURCE,
    direction="more",
    weightable=True,
)
SD = Indicator(
    "sd",
    Text("Supply-demand match", "供需匹配度"),
    "1",
    Text("The smaller of supply and demand", "供应与需求中的较小值"),
    formula="min(SUPPLY, DEMAND)",
    undefined=Text("null without GDP of both sides in the window", "窗口内缺任一方GDP时为空"),
    source=SOURCE,
    direction="more",
    function=sd,
    invariances=("row_order",),
    weightable=True,
)
SD_YEARS = Indicator(
    "sd_years",
    Text("Years behind the match", "供需匹配所用年份"),
    "text",
    Text("Years of trade over GDP, and of GDP growth", "贸易/GDP比值与GDP增长所用的年份"),
    undefined=Text("null where the match is", "供需匹配度为空时为空"),
    source=SOURCE,
)
GDP_BASIS = Indicator(
    "gdp_basis",
    Text("GDP basis", "GDP口径"),
    "text",
    Text("current, or one current year with growth of real GDP", "现价，或单一年份现价并以实际GDP计算增长"),
    undefined=Text("null where the match is", "供需匹配度为空时为空"),
    source=SOURCE,
)
