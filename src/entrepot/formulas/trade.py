"""What a flow is: value, quantity, unit value, share of the market (Global Potential Markets, sections 2.1 and 2.7)."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Cells, Values

LEAST_COVERAGE = 0.5  # below this share of value with a quantity, a unit value says too little

VALUE_USD = Indicator(
    "value_usd",
    Text("Exports", "出口额"),
    "usd",
    Text("Exports of the product from the exporter to the market in the year", "当年出口方对该市场出口该产品的金额"),
    formula="V_ij",
    undefined=Text("null if either side reported nothing in the year", "任一方当年无申报时为空"),
    direction="more",
    weightable=True,
)


def served(value_usd: Values) -> Values:
    """1 where the exporter sells in the market in the analysis year, 0 where it does not.

    Examples
    --------
    >>> served(np.array([5.0, 0.0])).tolist()
    [1.0, 0.0]
    """
    return np.where(np.nan_to_num(value_usd) > 0, 1.0, 0.0)


SERVED = Indicator(
    "served",
    Text("Served", "已进入"),
    "flag",
    Text("1 if a flow to the market is recorded in the year, 0 if none is", "当年有对该市场出口的记录为1，无记录为0"),
    formula="1 if V_ij > 0",
    function=served,
    invariances=("value_scale", "row_order"),
)


def quantity_coverage(period_value_usd: Values, period_priced_value_usd: Values) -> Values:
    """Share of the value behind the unit value that has a quantity: V_ij(with Q) / V_ij; NaN where nothing flows.

    Examples
    --------
    >>> quantity_coverage(np.array([10.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [0.4, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(period_value_usd > 0, period_priced_value_usd / period_value_usd, np.nan)


QUANTITY_COVERAGE = Indicator(
    "quantity_coverage",
    Text("Quantity coverage", "数量覆盖率"),
    "fraction",
    Text("Share of the value whose quantity is known", "有数量记录的金额占比"),
    formula="Σ V(Q ≠ ∅) / Σ V",
    undefined=Text("null where nothing flows", "无贸易时为空"),
    function=quantity_coverage,
    invariances=("value_scale", "row_order"),
)


def price_usd_t(period_value_usd: Values, period_priced_value_usd: Values, period_quantity_t: Values) -> Values:
    """Unit value P_ij: the value of the flows that have a quantity over that quantity, US$ per metric ton.

    The period is the analysis year or the window (`price_period`). NaN where less than half of the value has a quantity.

    Examples
    --------
    >>> price_usd_t(np.array([10.0, 10.0]), np.array([8.0, 4.0]), np.array([2.0, 1.0])).tolist()
    [4.0, nan]
    """
    covered = period_priced_value_usd >= LEAST_COVERAGE * period_value_usd
    with np.errstate(invalid="ignore", divide="ignore"):
        price = period_priced_value_usd / period_quantity_t
    price[~(covered & (period_quantity_t > 0))] = np.nan
    return price


PRICE_USD_T = Indicator(
    "price_usd_t",
    Text("Unit value", "单价"),
    "usd/t",
    Text("Value per metric ton of the flows that have a quantity", "有数量记录的贸易额除以吨数"),
    formula="P_ij = V_ij(Q ≠ ∅) / Q_ij",
    undefined=Text(
        "null without a flow, or if less than half of its value has a quantity", "无贸易或数量覆盖率低于一半时为空"
    ),
    source="Global Potential Markets, section 2.7",
    direction="more",
    function=price_usd_t,
    invariances=("row_order",),
    weightable=True,
)


def market_size_usd(value_usd: Values, importer_reports: Values, cells: Cells) -> Values:
    """V_j: what the market imports of the product from all suppliers; NaN where it reported nothing in the year."""
    size = cells.sum_by("importer", value_usd)
    size[~(importer_reports > 0)] = np.nan
    return size


MARKET_SIZE_USD = Indicator(
    "market_size_usd",
    Text("Market size", "市场规模"),
    "usd",
    Text("Imports of the product by the market from all suppliers in the year", "该市场当年自全球进口该产品的总额"),
    formula="V_j = Σ_n V_nj, n ≠ j",
    undefined=Text("null if the market reported nothing in the year", "该市场当年无申报时为空"),
    direction="more",
    function=market_size_usd,
    invariances=("row_order",),
    weightable=True,
)


def share_in_market(value_usd: Values, market_size_usd: Values) -> Values:
    """V_ij / V_j, the share held; 0 in a market that reported and imported none of the product.

    Examples
    --------
    >>> share_in_market(np.array([30.0, 0.0]), np.array([40.0, 0.0])).tolist()
    [0.75, 0.0]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share = value_usd / market_size_usd
    empty = market_size_usd == 0
    share[empty] = value_usd[empty]  # 0, or NaN where the flow is not reported
    return share


SHARE_IN_MARKET = Indicator(
    "share_in_market",
    Text("Share in market", "市场份额"),
    "fraction",
    Text("The exporter's share of what the market imports", "出口方在该市场进口中的份额"),
    formula="V_ij / V_j",
    undefined=Text(
        "null if the flow is not reported; 0 if the market imported none", "未申报时为空；市场当年无进口时为0"
    ),
    source="Global Potential Markets, section 2.1",
    direction="more",
    function=share_in_market,
    invariances=("value_scale", "row_order"),
    weightable=True,
)

QUANTITY_T = Indicator(
    "quantity_t",
    Text("Quantity", "数量"),
    "t",
    Text("Metric tons of the flows whose quantity is known", "有数量记录的贸易量（吨）"),
    formula="Q_ij",
    undefined=Text("null where nothing flows or no quantity is known", "无贸易或无数量记录时为空"),
    direction="more",
)
