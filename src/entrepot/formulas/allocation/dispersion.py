"""Price dispersion among firms of like quality, read as misallocation (eq. 1 and 6)."""

from typing import Literal

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation import SOURCE

Metric = Literal["level", "log"]
Power = Literal[1, 2]
# Qualities that agree to so many digits are equal: what rounding did to the last ones must not choose a neighbour.
DIGITS = 12
ONE_FIRM = Text("null where fewer than two firms of the cell have a price", "单元内有价格的企业不足两家时为空")


def nearest_mean(
    price_usd: Values, quality: Values, firm_order: Codes, cells: Groups, neighbours: int, metric: Metric = "level"
) -> Values:
    """P̄_i: mean price of the firms of the same cell that are nearest to i in quality, i left out.

    Parameters
    ----------
    firm_order : order of the firms' codes; of two firms equally near, the one that comes first is taken.
    neighbours : how many; in a cell with no more than that, all others.
    metric : nearness as |EQ_i − EQ_k| ("level") or |ln EQ_i − ln EQ_k| ("log").

    Returns
    -------
    One per firm; NaN for the only firm of a cell. Found by sorting, in time n log n + n·neighbours.

    Examples
    --------
    >>> price, quality = np.array([1.0, 2.0, 4.0, 9.0]), np.array([1.0, 2.0, 3.0, 9.0])
    >>> nearest_mean(price, quality, np.arange(4), Groups(np.zeros(4, int), 1), 2).tolist()
    [3.0, 2.5, 1.5, 3.0]
    """
    near = _rounded(np.log(quality) if metric == "log" else quality)
    up = np.lexsort((firm_order, near, cells.code))
    down = np.lexsort((firm_order, -near, cells.code))
    cell, near_up = cells.code[up], near[up]
    count = len(near)
    equal = np.concatenate(([False], (cell[1:] == cell[:-1]) & (near_up[1:] == near_up[:-1])))
    start = np.maximum.accumulate(np.where(equal, 0, np.arange(count)))  # of the firms of one quality
    last = np.append(~equal[1:], True) if count else equal
    end = np.minimum.accumulate(np.where(last, np.arange(1, count + 1), count)[::-1])[::-1]
    size = np.bincount(cells.code, minlength=cells.count)[cell]
    cell_start = (
        np.cumsum(np.bincount(cells.code, minlength=cells.count)) - np.bincount(cells.code, minlength=cells.count)
    )[cell]
    total, taken = np.zeros(count), np.zeros(count)
    # Places in `up` of the next firm above, and in `down` of the next below (there, the cell is turned around).
    above, below = end.copy(), cell_start + (size - (start - cell_start))
    stop = cell_start + size
    own = np.arange(count)
    for step in range(neighbours):
        twin = start + step
        twin = twin + (twin >= own)
        is_twin = twin < end
        up_there, down_there = above < stop, below < stop
        above_at, below_at = up[np.minimum(above, count - 1)], down[np.minimum(below, count - 1)]
        rise = np.where(up_there, near[above_at] - near_up, np.inf)
        fall = np.where(down_there, near_up - near[below_at], np.inf)
        lower = (fall < rise) | ((fall == rise) & down_there & (firm_order[below_at] < firm_order[above_at]))
        chosen = np.where(is_twin, up[np.minimum(twin, count - 1)], np.where(lower, below_at, above_at))
        some = is_twin | up_there | down_there
        total += np.where(some, price_usd[chosen], 0.0)
        taken += some
        above += ~is_twin & ~lower & some
        below += ~is_twin & lower & some
    mean = np.full(count, np.nan)
    mean[up] = np.divide(total, taken, out=np.full(count, np.nan), where=taken > 0)
    return mean


def _rounded(x: Values) -> Values:
    with np.errstate(divide="ignore"):
        scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(np.where(x == 0, 1.0, x)))))
    return np.round(x * scale) / scale


def relative_deviation(price_usd: Values, nearest_usd: Values, cells: Groups, power: Power = 2) -> Values:
    """Mean over the firms of a cell of |(P_i − P̄_i)/P̄_i|^power (eq. 1); power 1 is Lu and Yu's absolute form.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> relative_deviation(np.array([2.0, 1.0]), np.array([1.0, 2.0]), one).tolist()
    [0.625]
    """
    return cells.mean(np.abs(price_usd / nearest_usd - 1) ** power)


def rmd(
    price_usd: Values, quality: Values, firm_order: Codes, cells: Groups, neighbours: int, metric: Metric, power: Power
) -> Values:
    """Price dispersion against the `neighbours` firms nearest in quality, by cell; see `nearest_mean`."""
    nearest = nearest_mean(price_usd, quality, firm_order, cells, neighbours, metric)
    return relative_deviation(price_usd, nearest, cells, power)


RMD = Indicator(
    "rmd",
    Text("Price dispersion (RMD)", "价格离散度（RMD）"),
    "1",
    Text(
        "How far prices of a region's firms lie from those of the five firms nearest in quality; less is better allocation",
        "地区内企业价格相对质量最接近的五家企业均价的偏离；越小配置效率越高",
    ),
    formula="(1/n) Σ_i [(P_i − P̄_i)/P̄_i]²",
    undefined=ONE_FIRM,
    source=f"{SOURCE}, eq. 1",
    direction="less",
    function=rmd,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def rmd1(
    price_usd: Values, quality: Values, firm_order: Codes, cells: Groups, neighbours: int, metric: Metric, power: Power
) -> Values:
    """Eq. 1 with twice as many neighbours (ten for five)."""
    return rmd(price_usd, quality, firm_order, cells, 2 * neighbours, metric, power)


RMD1 = Indicator(
    "rmd1",
    Text("Price dispersion, ten neighbours", "价格离散度（十家企业）"),
    "1",
    Text("RMD with twice as many neighbours", "以两倍数量的邻近企业计算的 RMD"),
    formula="RMD with 10 nearest",
    undefined=ONE_FIRM,
    source=f"{SOURCE}, robustness 1",
    direction="less",
    function=rmd1,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def relative_mean_deviation(x: Values, cells: Groups) -> Values:
    """Mean of |(x_i − x̄)/x̄| over a cell, x̄ its mean: of price over quality (eq. 6), of mark-ups (Lu and Yu 2015).

    Examples
    --------
    >>> relative_mean_deviation(np.array([1.0, 3.0, 5.0]), Groups(np.array([0, 0, 1]), 2)).tolist()
    [0.5, nan]
    """
    deviation = cells.mean(np.abs(x / cells.align(cells.mean(x)) - 1))
    return np.where(cells.total(np.isfinite(x).astype(float)) > 1, deviation, np.nan)


def rmd2(price_usd: Values, quality: Values, cells: Groups) -> Values:
    """Relative mean deviation of Y = P/EQ by cell (eq. 6).

    Examples
    --------
    >>> rmd2(np.array([2.0, 12.0]), np.array([2.0, 4.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.5]
    """
    return relative_mean_deviation(price_usd / quality, cells)


RMD2 = Indicator(
    "rmd2",
    Text("Dispersion of price over quality", "价格质量比离散度"),
    "1",
    Text("Mean relative deviation of price per unit of quality", "单位质量价格的相对均值偏离"),
    formula="(1/n) Σ_i |(Y_i − Ȳ)/Ȳ|, Y = P/EQ",
    undefined=ONE_FIRM,
    source=f"{SOURCE}, eq. 6",
    direction="less",
    function=rmd2,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def rmd3(
    price_feng: Values,
    quality_feng: Values,
    firm_order: Codes,
    cells: Groups,
    neighbours: int,
    metric: Metric,
    power: Power,
) -> Values:
    """Eq. 1 on Feng-type quality and prices relative to their markets."""
    return rmd(price_feng, quality_feng, firm_order, cells, neighbours, metric, power)


RMD3 = Indicator(
    "rmd3",
    Text("Price dispersion, Feng quality", "价格离散度（Feng 质量）"),
    "1",
    Text(
        "RMD on Feng-type quality and on prices divided by their mean in product, destination and year",
        "以 Feng 等的质量及除以市场均值的价格计算的 RMD",
    ),
    formula="eq. 1 on P/mean_jct and Feng's EQ",
    undefined=ONE_FIRM,
    source=f"{SOURCE}, robustness 3",
    direction="less",
    function=rmd3,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def rmd_markup(markup: Values, cells: Groups) -> Values:
    """Relative mean deviation of supplied mark-ups (or productivities) by cell: Lu and Yu's own form."""
    return relative_mean_deviation(markup, cells)


RMD_MARKUP = Indicator(
    "rmd_markup",
    Text("Dispersion of mark-ups", "成本加成离散度"),
    "1",
    Text(
        "Mean relative deviation of the firms' mark-ups, where a table of them is supplied",
        "企业成本加成的相对均值偏离（需提供数据）",
    ),
    formula="(1/n) Σ_i |(m_i − m̄)/m̄|",
    undefined=Text("null without mark-ups of two firms", "不足两家企业有成本加成数据时为空"),
    source="Lu and Yu (2015)",
    direction="less",
    function=rmd_markup,
    invariances=("row_order",),
)
