"""Product quality told from demand at given prices (eq. 2; Khandelwal, Schott and Wei 2013; Feng, Li and Swenson 2017)."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation import SOURCE

EQUATION = f"{SOURCE}, eq. 2"


def log_demand(quantity: Values, price_usd: Values, sigma: Values | float) -> Values:
    """Log demand ln Q + σ ln P: what a destination would buy at the same price; the left side of eq. 2.

    Parameters
    ----------
    quantity, price_usd : above zero, in any unit that is the same within a product; NaN gives NaN.
    sigma : elasticity of substitution, a number or one per entry.

    Examples
    --------
    >>> log_demand(np.array([1.0, 8.0]), np.array([2.0, 1.0]), 3.0).round(6).tolist()
    [2.079442, 2.079442]
    """
    said: Values = np.log(quantity) + sigma * np.log(price_usd)
    return said


def quality(residual: Values, sigma: Values | float) -> Values:
    """EQ = exp(μ / (σ − 1)) of one firm, product, destination and year; 1 where it sells what its price lets expect.

    Examples
    --------
    >>> quality(np.log(np.array([1.0, 8.0])), 4.0).round(12).tolist()
    [1.0, 2.0]
    """
    return np.exp(residual / (sigma - 1))


QUALITY = Indicator(
    "quality",
    Text("Quality", "产品质量"),
    "1",
    Text(
        "Mean over destinations of exp(μ/(σ−1)), μ the demand that price, destination-year and product do not explain; "
        "compares within a product",
        "各目的地 exp(μ/(σ−1)) 的均值，μ 为价格、目的地-年份与产品之外的需求；仅在同一产品内可比",
    ),
    formula="ln Q_ijct + σ ln P_ijct = α_ct + α_j + μ_ijct;  EQ = exp(μ/(σ−1))",
    undefined=Text("null where no declaration has a quantity", "所有申报均无数量时为空"),
    source=EQUATION,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
PRICE_USD = Indicator(
    "price_usd",
    Text("Export price", "出口价格"),
    "1",
    Text(
        "Σ value / Σ quantity over destinations, or the mean over destinations (US$ per unit of quantity)",
        "各目的地金额合计除以数量合计，或各目的地价格均值（美元/单位）",
    ),
    formula="P = Σ_c value / Σ_c quantity",
    undefined=Text("null where no declaration has a quantity", "所有申报均无数量时为空"),
    source=EQUATION,
)


def relative_to_market(x: Values, markets: Groups) -> Values:
    """Each x divided by its mean in the product, destination and year, before means over destinations are taken.

    Examples
    --------
    >>> relative_to_market(np.array([1.0, 3.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.5, 1.5]
    """
    return x / markets.align(markets.mean(x))


def feng_quality(log_demand: Values, sigma: Values | float, effects: Groups, markets: Groups) -> Values:
    """Feng-type quality of one declaration: residual of product-year effects, relative to its market.

    Parameters
    ----------
    effects : product and year of each entry; markets : product, destination and year of each.

    The product-year effect is a factor common to a market, so it cancels; it is taken out to keep numbers near 1.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> feng_quality(np.log(np.array([1.0, 27.0])), 4.0, one, one).round(12).tolist()
    [0.5, 1.5]
    """
    return relative_to_market(quality(log_demand - effects.align(effects.mean(log_demand)), sigma), markets)


QUALITY_FENG = Indicator(
    "quality_feng",
    Text("Quality (Feng et al.)", "产品质量（Feng 等）"),
    "1",
    Text(
        "Quality with product-year effects, divided by its mean in product, destination and year, then averaged over destinations",
        "控制产品-年份效应的质量，除以同产品、目的地、年份均值后对目的地取平均",
    ),
    formula="ln Q + σ ln P = α_jt + μ;  exp(μ/(σ−1)) / mean_jct",
    undefined=Text("null where no declaration has a quantity", "所有申报均无数量时为空"),
    source=f"{SOURCE}, robustness 3; Feng, Li and Swenson (2017)",
    invariances=("value_scale", "quantity_scale", "row_order"),
)
