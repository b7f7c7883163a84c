"""How far unit values lie apart: quartiles over the sellers, their spread, a unit value against the world's."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import ratio
from entrepot.formulas.overview import SOURCE_HERE


def quantile(x: Values, groups: Groups, part: float) -> Values:
    """The quantile of the known x of each group, interpolated (Hyndman and Fan's seventh); NaN where none is known.

    Examples
    --------
    >>> quantile(np.array([1.0, 2.0, 4.0, np.nan]), Groups(np.array([0, 0, 0, 1]), 2), 0.25).tolist()
    [1.5, nan]
    """
    known = [x[rows][np.isfinite(x[rows])] for rows in groups.members()]
    return np.array([np.quantile(values, part) if len(values) else np.nan for values in known], dtype=np.float64)


def sellers_priced(seller_price_usd_t: Values, priced_sellers: Groups) -> Values:
    """How many sellers have a unit value."""
    return priced_sellers.total(np.isfinite(seller_price_usd_t).astype(np.float64))


def price_low(seller_price_usd_t: Values, priced_sellers: Groups) -> Values:
    """First quartile of the sellers' unit values."""
    return quantile(seller_price_usd_t, priced_sellers, 0.25)


def price_middle(seller_price_usd_t: Values, priced_sellers: Groups) -> Values:
    """Median of the sellers' unit values."""
    return quantile(seller_price_usd_t, priced_sellers, 0.5)


def price_high(seller_price_usd_t: Values, priced_sellers: Groups) -> Values:
    """Third quartile of the sellers' unit values."""
    return quantile(seller_price_usd_t, priced_sellers, 0.75)


def price_spread(price_low: Values, price_high: Values) -> Values:
    """(Q3 − Q1)/(Q3 + Q1): 0 where the middle half of the sellers asks one price, towards 1 the further they lie apart.

    Examples
    --------
    >>> price_spread(np.array([1.0]), np.array([3.0])).tolist()
    [0.5]
    """
    return ratio(price_high - price_low, price_high + price_low)


def price_relative(price_usd_t: Values, world_price_usd_t: Values) -> Values:
    """P / P_w: above 1, dearer than the world's unit value (all value over all quantity).

    Examples
    --------
    >>> price_relative(np.array([30.0, np.nan]), np.array([20.0, 20.0])).tolist()
    [1.5, nan]
    """
    return ratio(price_usd_t, world_price_usd_t)


_NO_PRICE = Text("null where no seller has a unit value", "没有出口方具有单价时为空")
SELLERS_PRICED = Indicator(
    "sellers_priced",
    Text("Sellers with a unit value", "有单价的出口方数"),
    "1",
    Text("Economies behind the quartiles", "四分位数所依据的经济体数"),
    formula="n of P_i",
    source=SOURCE_HERE,
    function=sellers_priced,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
PRICE_LOW = Indicator(
    "price_low",
    Text("Lower quartile of unit values", "单价下四分位数"),
    "usd/t",
    Text("A quarter of the sellers ask less; each seller counts once", "四分之一的出口方单价更低；各出口方权重相同"),
    formula="Q1 of P_i over sellers i",
    undefined=_NO_PRICE,
    source=SOURCE_HERE,
    function=price_low,
    invariances=("row_order",),
)
PRICE_MIDDLE = Indicator(
    "price_middle",
    Text("Median unit value", "单价中位数"),
    "usd/t",
    Text("Half of the sellers ask less; each seller counts once", "半数出口方单价更低；各出口方权重相同"),
    formula="median of P_i over sellers i",
    undefined=_NO_PRICE,
    source=SOURCE_HERE,
    function=price_middle,
    invariances=("row_order",),
)
PRICE_HIGH = Indicator(
    "price_high",
    Text("Upper quartile of unit values", "单价上四分位数"),
    "usd/t",
    Text("A quarter of the sellers ask more; each seller counts once", "四分之一的出口方单价更高；各出口方权重相同"),
    formula="Q3 of P_i over sellers i",
    undefined=_NO_PRICE,
    source=SOURCE_HERE,
    function=price_high,
    invariances=("row_order",),
)
PRICE_SPREAD = Indicator(
    "price_spread",
    Text("Spread of unit values", "单价离散度"),
    "1",
    Text(
        "How far the middle half of the sellers lies apart, between 0 and 1", "中间半数出口方单价的离散程度，介于0与1"
    ),
    formula="(Q3 − Q1) / (Q3 + Q1)",
    undefined=_NO_PRICE,
    source="quartile coefficient of dispersion; " + SOURCE_HERE,
    function=price_spread,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
PRICE_RELATIVE = Indicator(
    "price_relative",
    Text("Unit value against the world's", "相对世界单价"),
    "1",
    Text("Above 1: dearer than the world's average of the product", "大于1：高于该产品世界平均单价"),
    formula="P / P_w, P_w all value over all quantity",
    undefined=Text("null where the row or the world has no unit value", "该行或世界无单价时为空"),
    source=SOURCE_HERE,
    direction="more",
    function=price_relative,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
