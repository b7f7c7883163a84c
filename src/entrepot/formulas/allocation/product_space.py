"""Product space: how alike two products are by who exports both (Hidalgo, Klinger, Barabási and Hausmann 2007)."""

import numpy as np
from scipy import sparse

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.allocation import SOURCE

MECHANISM = f"{SOURCE}, section 6.1; Hidalgo et al. (2007)"


def advantage(value_usd: Values, unit_usd: Values, product_usd: Values, total_usd: float) -> Values:
    """Balassa's advantage of a unit in a product among these units: (x/Σ_unit x) / (Σ_product x/Σ x).

    Parameters
    ----------
    value_usd, unit_usd, product_usd : exports of the pair, of its unit and of its product, one per entry.

    Examples
    --------
    >>> advantage(np.array([2.0, 4.0]), np.array([4.0, 4.0]), np.array([2.0, 6.0]), 8.0).round(3).tolist()
    [2.0, 1.333]
    """
    return (value_usd / unit_usd) / (product_usd / total_usd)


def co_exports(unit: Codes, product: Codes, products: int) -> Values:
    """How many units export both of two products, shape (products, products); on the diagonal, how many export one.

    Parameters
    ----------
    unit, product : one entry per unit (region, firm or economy) and product that it exports; each pair once.

    Examples
    --------
    >>> co_exports(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).tolist()
    [[1.0, 1.0], [1.0, 2.0]]
    """
    units = int(unit.max(initial=-1)) + 1
    there = sparse.csr_array((np.ones(len(unit)), (unit, product)), shape=(units, products))
    both: Values = (there.T @ there).toarray()
    return both


def proximity(both: Values) -> Values:
    """φ_jk = min(P(j|k), P(k|j)): the smaller conditional probability that a unit exports both.

    Parameters
    ----------
    both : numbers of units, as `co_exports` gives them.

    Returns
    -------
    Symmetric matrix, 1 on the diagonal; 0 beside it for a product that nobody exports.

    Examples
    --------
    >>> proximity(np.array([[1.0, 1.0], [1.0, 2.0]])).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    alone = np.diag(both)
    larger = np.maximum(alone[:, None], alone[None, :])
    phi: Values = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    np.fill_diagonal(phi, 1.0)
    return phi


def market_centre(phi: Values) -> int:
    """The product with the highest mean φ to all others; of equals the one that comes first.

    Examples
    --------
    >>> market_centre(np.array([[1.0, 0.2, 0.0], [0.2, 1.0, 0.9], [0.0, 0.9, 1.0]]))
    1
    """
    return int(np.argmax(np.round(phi.sum(axis=1), 12)))


DIST_MARKET_CENTRE = Indicator(
    "dist_market_centre",
    Text("Distance to the market centre", "与市场中心产品的距离"),
    "1",
    Text(
        "1 − φ between the product and the market-centre product of the year, the one nearest to all others on average",
        "该产品与当年市场中心产品（平均相似性最高）之间的 1 − φ",
    ),
    formula="1 − φ_jm, m = argmax_k mean φ_k",
    undefined=Text("null where the year has one product", "当年仅一种产品时为空"),
    source=MECHANISM,
    invariances=("quantity_scale", "row_order"),
)
DIST_CORE = Indicator(
    "dist_core",
    Text("Distance to firms' core products", "与企业核心产品的距离"),
    "1",
    Text(
        "Mean over the cell's firms of 1 − φ between the product and the firm's core product, its largest export of the year",
        "单元内企业该产品与其核心产品（当年出口份额最大）之间 1 − φ 的均值",
    ),
    formula="(1/n) Σ_i (1 − φ_j,core(i))",
    undefined=Text("null where the year has one product", "当年仅一种产品时为空"),
    source=MECHANISM,
    invariances=("quantity_scale", "row_order"),
)
