"""What an elasticity σ_j adds: market power, mark-up, marginal cost, quality, value for money (sections 3.2 and 4).

All of it models sellers and needs σ_j > 1. `sigma` is the product's elasticity given back to each entry, NaN without one.
"""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power import SOURCE
from entrepot.formulas.power.indices import unit_value

NO_SIGMA = Text("null without an elasticity above 1, or without exports", "无大于1的弹性或无出口时为空")


def _admissible(sigma: Values) -> Values:
    return np.where(sigma > 1, sigma, np.nan)


def faced_elasticity(sigma: Values, tlc_export: Values) -> Values:
    """σ_ij = σ_j − (σ_j − 1)·s_ij: what i itself faces; its own price moves P_j the more, the larger its share.

    Examples
    --------
    >>> faced_elasticity(np.array([3.0, 3.0]), np.array([0.5, 0.0])).tolist()
    [2.0, 3.0]
    """
    return sigma - (sigma - 1) * tlc_export


def market_power(sigma: Values, tlc_export: Values, markets: Groups) -> Values:
    """MP_ij = σ̄_j / σ_ij, the Lerner index of i over the mean one, σ̄_j = σ_j − (σ_j − 1)/m_j over m_j exporters (eq. 3).

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> market_power(np.array([3.0, 3.0]), np.array([0.5, 0.5]), one).tolist()
    [1.0, 1.0]
    """
    sells = tlc_export > 0
    exporters = markets.sum(sells.astype(float))
    elastic = _admissible(sigma)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = elastic - (elastic - 1) / exporters
        return np.where(sells, mean / faced_elasticity(elastic, tlc_export), np.nan)


MARKET_POWER = Indicator(
    "market_power",
    Text("Market power (MP)", "市场支配力指数"),
    "1",
    Text("Lerner index of the economy's exports over the mean of the exporters", "出口勒纳指数与各出口国平均之比"),
    formula="MP_ij = σ̄_j / σ_ij; σ_ij = σ_j − (σ_j − 1)s_ij; σ̄_j = σ_j − (σ_j − 1)/m_j",
    undefined=NO_SIGMA,
    source=f"{SOURCE}, eq. 3",
    direction="more",
    function=market_power,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tpi_market_power(tlc_export: Values, market_power: Values) -> Values:
    """TPI'_ij = TLC_ij × MP_ij (eq. 3): the index that the source builds first."""
    return np.where(tlc_export == 0, 0.0, tlc_export * market_power)


TPI_MARKET_POWER = Indicator(
    "tpi_market_power",
    Text("Power by market power (TPI′)", "基于市场支配力的强国指数"),
    "1",
    Text("Export share times market power", "出口份额乘以市场支配力指数"),
    formula="TPI'_ij = TLC_ij × MP_ij",
    undefined=Text("null without an elasticity above 1; 0 without exports", "无大于1的弹性时为空；无出口为0"),
    source=f"{SOURCE}, eq. 3",
    direction="more",
    function=tpi_market_power,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def markup(sigma: Values, tlc_export: Values) -> Values:
    """g_ij = 1 / ((σ_j − 1)(1 − s_ij)): price over marginal cost, less one (eq. 17).

    Examples
    --------
    >>> markup(np.array([3.0]), np.array([0.5])).tolist()
    [1.0]
    """
    usable = (tlc_export > 0) & (tlc_export < 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(usable, 1 / ((_admissible(sigma) - 1) * (1 - tlc_export)), np.nan)


MARKUP = Indicator(
    "markup",
    Text("Mark-up", "价格加成"),
    "fraction",
    Text("Price over marginal cost, less one", "价格相对边际成本的加成率"),
    formula="g_ij = 1 / ((σ_j − 1)(1 − s_ij))",
    undefined=Text(
        "null without an elasticity above 1, without exports, or for a sole exporter",
        "无大于1的弹性、无出口或为唯一出口国时为空",
    ),
    source=f"{SOURCE}, eq. 17",
    function=markup,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def marginal_cost(exports_priced_usd: Values, exports_t: Values, markup: Values) -> Values:
    """w_i v_ij = p_ij / (1 + g_ij), US$ per metric ton."""
    return unit_value(exports_priced_usd, exports_t) / (1 + markup)


MARGINAL_COST = Indicator(
    "marginal_cost",
    Text("Marginal cost", "边际成本"),
    "usd/t",
    Text("Export unit value without the mark-up", "扣除加成后的出口单价"),
    formula="w_i v_ij = p_ij / (1 + g_ij)",
    undefined=MARKUP.undefined,
    source=f"{SOURCE}, eq. 17",
    function=marginal_cost,
    invariances=("row_order",),
)


def quality(sigma: Values, tlc_export: Values, price_factor_export: Values) -> Values:
    """a_ij = FP_ij · TLC_ij^(1/(σ_j−1)): what sells well for its price must be good.

    With P_j of eq. 21 this level makes eq. 8, 10, 11, 13 and 14 of the source hold exactly; Khandelwal's (2010) quality.

    Examples
    --------
    >>> quality(np.array([3.0]), np.array([0.25]), np.array([1.2])).tolist()
    [0.6]
    """
    return price_factor_export * value_for_money(sigma, tlc_export)


QUALITY = Indicator(
    "quality",
    Text("Quality", "产品质量"),
    "1",
    Text("Quality of the exports as their share and price reveal it", "由市场份额与价格推断的出口质量"),
    formula="a_ij = FP_ij · TLC_ij^(1/(σ_j−1))",
    undefined=NO_SIGMA,
    source=f"{SOURCE}, eq. 13, 22",
    direction="more",
    function=quality,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def value_for_money(sigma: Values, tlc_export: Values) -> Values:
    """a_ij / (p_ij/P_j) = TLC_ij^(1/(σ_j−1)): quality for the price, the world's price being 1 (eq. 13)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        # 1 to the power of NaN is 1, so a sole exporter without an elasticity must be left out by hand.
        return np.where((tlc_export > 0) & (sigma > 1), tlc_export ** (1 / (_admissible(sigma) - 1)), np.nan)


VALUE_FOR_MONEY = Indicator(
    "value_for_money",
    Text("Value for money", "性价比"),
    "1",
    Text("Quality over relative price", "质量与相对价格之比"),
    formula="a_ij P_j / p_ij = TLC_ij^(1/(σ_j−1))",
    undefined=NO_SIGMA,
    source=f"{SOURCE}, eq. 13",
    direction="more",
    function=value_for_money,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
