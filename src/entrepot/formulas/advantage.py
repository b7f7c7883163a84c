"""Comparative advantages in distance, tariff and price (Global Potential Markets, sections 2.4, 2.6 and 2.7)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Cells, Side, Values
from entrepot.formulas.trade import price_usd_t as unit_value

Average = Literal["simple", "weighted"]

DISTANCE = "Global Potential Markets, section 2.4"
TARIFF = "Global Potential Markets, section 2.6"
PRICE = "Global Potential Markets, section 2.7"


def nearness_to_usual(log_distance: Values, distance_weight: Values, cells: Cells, side: Side) -> Values:
    """exp(−|mean log distance of the economy on `side` − ln DIST_ij|), in (0, 1]; NaN without a distance or a weight."""
    return nearness(cells.weighted_mean_by(side, log_distance, distance_weight), log_distance)


def nearness(usual: NDArray[np.float64], log_distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(−|usual log distance − ln DIST_ij|): how near a distance is to the usual one, in any shape.

    Examples
    --------
    >>> nearness(np.log([100.0]), np.log([50.0])).round(3).tolist()
    [0.5]
    """
    near: NDArray[np.float64] = np.exp(-np.abs(usual - log_distance))
    return near


def edist(log_distance: Values, distance_weight: Values, cells: Cells) -> Values:
    """EDIST: how near DIST_ij is to the distance over which i usually exports the product."""
    return nearness_to_usual(log_distance, distance_weight, cells, "exporter")


EDIST = Indicator(
    "edist",
    Text("Exporter's distance advantage", "出口侧距离优势"),
    "1",
    Text(
        "Nearness of the distance to what the exporter is used to in the product", "该距离与出口方惯常出口距离的接近度"
    ),
    formula="exp(−|Σ_n ln DIST_in·V_in/V_i − ln DIST_ij|)",
    undefined=Text("null without a distance, or if the exporter sells nowhere", "无距离数据或出口方无出口时为空"),
    source=DISTANCE,
    direction="more",
    function=edist,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def idist(log_distance: Values, distance_weight: Values, cells: Cells) -> Values:
    """IDIST: how near DIST_ij is to the distance over which j usually imports the product."""
    return nearness_to_usual(log_distance, distance_weight, cells, "importer")


IDIST = Indicator(
    "idist",
    Text("Importer's distance advantage", "进口侧距离优势"),
    "1",
    Text("Nearness of the distance to what the market is used to in the product", "该距离与该市场惯常进口距离的接近度"),
    formula="exp(−|Σ_n ln DIST_nj·V_nj/V_j − ln DIST_ij|)",
    undefined=Text("null without a distance, or if the market imports nothing", "无距离数据或市场无进口时为空"),
    source=DISTANCE,
    direction="more",
    function=idist,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def cda(edist: Values, idist: Values, neighbour: NDArray[np.bool_]) -> Values:
    """CDA = min(EDIST, IDIST), in (0, 1]; 1 between neighbours; NaN where either is unknown.

    Examples
    --------
    >>> cda(np.array([0.5, 0.2]), np.array([0.4, 0.9]), np.array([False, True])).tolist()
    [0.4, 1.0]
    """
    advantage = np.minimum(edist, idist)
    advantage[neighbour] = 1.0
    return advantage


CDA = Indicator(
    "cda",
    Text("Comparative distance advantage", "比较距离优势"),
    "1",
    Text("How usual the distance is for both sides; 1 between neighbours", "该距离对双方而言的惯常程度；邻国为1"),
    formula="min(EDIST, IDIST); neighbours 1",
    undefined=Text("null where EDIST or IDIST is", "EDIST 或 IDIST 为空时为空"),
    source=DISTANCE,
    direction="more",
    function=cda,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def et(tariff: Values, tariff_faced: Values) -> Values:
    """ET = (1 + mean_n T_in) / (1 + T_ij): the duty here against the mean of what i's product faces anywhere.

    Examples
    --------
    >>> et(np.array([0.0]), np.array([0.1])).tolist()
    [1.1]
    """
    return (1 + tariff_faced) / (1 + tariff)


ET = Indicator(
    "et",
    Text("Exporter's tariff advantage", "出口侧关税优势"),
    "1",
    Text("Above 1: the duty here is below what the product meets elsewhere", "大于1表示该市场关税低于在其他市场的平均"),
    formula="(1 + mean_n T_in) / (1 + T_ij)",
    undefined=Text("null without a tariff", "无关税数据时为空"),
    source=TARIFF,
    direction="more",
    function=et,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def it(tariff: Values, tariff_levied: Values) -> Values:
    """IT = (1 + mean_n T_nj) / (1 + T_ij): the duty on i against the mean of what j levies on all.

    Examples
    --------
    >>> it(np.array([0.25]), np.array([0.0])).tolist()
    [0.8]
    """
    return (1 + tariff_levied) / (1 + tariff)


IT = Indicator(
    "it",
    Text("Importer's tariff advantage", "进口侧关税优势"),
    "1",
    Text("Above 1: the exporter pays less duty than others there", "大于1表示出口方在该市场的关税低于其他来源"),
    formula="(1 + mean_n T_nj) / (1 + T_ij)",
    undefined=Text("null without a tariff", "无关税数据时为空"),
    source=TARIFF,
    direction="more",
    function=it,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def cta(et: Values, it: Values) -> Values:
    """CTA = min(ET, IT); above 1 the exporter enters on better terms than usual."""
    return np.minimum(et, it)


CTA = Indicator(
    "cta",
    Text("Comparative tariff advantage", "比较关税优势"),
    "1",
    Text("Above 1: entry on better terms than usual, for both sides", "大于1表示准入条件优于惯常"),
    formula="min(ET, IT)",
    undefined=Text("null without a tariff", "无关税数据时为空"),
    source=TARIFF,
    direction="more",
    function=cta,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def usual_price(
    price_usd_t: Values,
    period_value_usd: Values,
    period_priced_value_usd: Values,
    period_quantity_t: Values,
    average: Average,
    cells: Cells,
    side: Side,
) -> Values:
    """Mean unit value of the economy on `side`: the mean of its bilateral unit values, or its total value over total quantity.

    The weighted mean follows the rule of a unit value: only flows with a quantity, and NaN below half of the value.
    """
    if average == "simple":
        return cells.mean_by(side, price_usd_t)
    value, priced, quantity = (
        cells.sum_by(side, x) for x in (period_value_usd, period_priced_value_usd, period_quantity_t)
    )
    return unit_value(value, priced, quantity)


def ep(
    price_usd_t: Values,
    period_value_usd: Values,
    period_priced_value_usd: Values,
    period_quantity_t: Values,
    average: Average,
    cells: Cells,
) -> Values:
    """EP = 1 + P_ij / (P̄_i + P_ij): j pays i well compared with i's other markets. In (1, 2), 1.5 at the usual price."""
    usual = usual_price(
        price_usd_t, period_value_usd, period_priced_value_usd, period_quantity_t, average, cells, "exporter"
    )
    return 1 + price_usd_t / (usual + price_usd_t)


EP = Indicator(
    "ep",
    Text("Exporter's price advantage", "出口侧价格优势"),
    "1",
    Text("Above 1.5: the market pays more than the exporter's usual price", "大于1.5表示该市场支付价格高于出口方均价"),
    formula="1 + P_ij / (P̄_i + P_ij)",
    undefined=Text("null without a unit value", "无单价时为空"),
    source=PRICE,
    direction="more",
    function=ep,
    invariances=("value_scale", "row_order", "quantity_scale"),
    weightable=True,
)


def ip(
    price_usd_t: Values,
    period_value_usd: Values,
    period_priced_value_usd: Values,
    period_quantity_t: Values,
    average: Average,
    cells: Cells,
) -> Values:
    """IP = 1 + P̄_j / (P̄_j + P_ij): i is cheap compared with j's other suppliers. In (1, 2), 1.5 at the usual price."""
    usual = usual_price(
        price_usd_t, period_value_usd, period_priced_value_usd, period_quantity_t, average, cells, "importer"
    )
    return 1 + usual / (usual + price_usd_t)


IP = Indicator(
    "ip",
    Text("Importer's price advantage", "进口侧价格优势"),
    "1",
    Text(
        "Above 1.5: the exporter is cheaper than the market's usual supplier", "大于1.5表示出口方价格低于该市场进口均价"
    ),
    formula="1 + P̄_j / (P̄_j + P_ij)",
    undefined=Text("null without a unit value", "无单价时为空"),
    source=PRICE,
    direction="more",
    function=ip,
    invariances=("value_scale", "row_order", "quantity_scale"),
    weightable=True,
)


def cpa(ep: Values, ip: Values) -> Values:
    """CPA = min(EP, IP), in (1, 2).

    Examples
    --------
    >>> cpa(np.array([1.5]), np.array([1.6])).tolist()
    [1.5]
    """
    return np.minimum(ep, ip)


CPA = Indicator(
    "cpa",
    Text("Comparative price advantage", "比较价格优势"),
    "1",
    Text("Between 1 and 2; the overlap of a price good for both sides", "介于1与2之间；买卖双方价格优势的重合部分"),
    formula="min(EP, IP)",
    undefined=Text("null without a unit value", "无单价时为空"),
    source=PRICE,
    direction="more",
    function=cpa,
    invariances=("value_scale", "row_order", "quantity_scale"),
    weightable=True,
)
