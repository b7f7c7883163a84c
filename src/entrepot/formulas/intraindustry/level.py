"""How much trade is intra-industry: Grubel-Lloyd and its relatives (docs/methods-intraindustry.md)."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry import SOURCE_BOOK, SOURCE_CHINA

NO_TRADE = Text("null without trade", "无贸易时为空")


def ratio(above: Values, below: Values) -> Values:
    """Quotient where the denominator is above 0, NaN elsewhere."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def grubel_lloyd(exports: Values, imports: Values) -> Values:
    """GL = 1 − |X − M| / (X + M), written 2·min(X, M)/(X + M) so that it is 0 exactly for a one-way trader.

    Examples
    --------
    >>> grubel_lloyd(np.array([20.0, 15.0, 5.0, 0.0]), np.array([20.0, 5.0, 0.0, 0.0])).tolist()
    [1.0, 0.5, 0.0, nan]
    """
    return ratio(2 * np.minimum(exports, imports), exports + imports)


def gl(exports_usd: Values, imports_usd: Values) -> Values:
    """GL_k of each row, its industries and partners pooled."""
    return grubel_lloyd(exports_usd, imports_usd)


GL = Indicator(
    "gl",
    Text("Grubel-Lloyd", "G-L 指数"),
    "fraction",
    Text(
        "Share of trade in which exports and imports of the industry meet; the row's industry and partners pooled. Above "
        "0.5 is called intra-industry dominated",
        "同一产业进出口相互重叠的比例（该行产业与伙伴合并计算）；大于0.5称为以产业内贸易为主",
    ),
    formula="1 − |X − M| / (X + M)",
    undefined=NO_TRADE,
    source=f"{SOURCE_CHINA}, eq. 1",
    function=gl,
    invariances=("value_scale", "row_order"),
)


def overlap_share(exports: Values, imports: Values, groups: Groups) -> Values:
    """Σ 2·min(X, M) / Σ (X + M) by group: the trade-weighted mean of GL."""
    return ratio(groups.total(2 * np.minimum(exports, imports)), groups.total(exports + imports))


def gl_aggregate(part_exports_usd: Values, part_imports_usd: Values, parts: Groups) -> Values:
    """GL = 1 − Σ|X_k − M_k| / Σ(X_k + M_k) over the industries k below each row.

    Examples
    --------
    >>> gl_aggregate(np.array([15.0, 5.0]), np.array([5.0, 15.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.5]
    """
    return overlap_share(part_exports_usd, part_imports_usd, parts)


GL_AGGREGATE = Indicator(
    "gl_aggregate",
    Text("Grubel-Lloyd, aggregate", "综合 G-L 指数"),
    "fraction",
    Text("Trade-weighted mean of the GL of the industries below, partners pooled", "下级产业 G-L 指数的贸易额加权平均"),
    formula="1 − Σ|X_k − M_k| / Σ(X_k + M_k)",
    undefined=NO_TRADE,
    source=f"{SOURCE_CHINA}, eq. 2",
    function=gl_aggregate,
    invariances=("value_scale", "row_order"),
)


def gl_partner_weighted(market_exports_usd: Values, market_imports_usd: Values, market_rows: Groups) -> Values:
    """Trade-weighted mean, over single partners, of the row's GL with each; never above `gl`, which pools them.

    Examples
    --------
    >>> gl_partner_weighted(np.array([15.0, 5.0]), np.array([5.0, 15.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.5]
    """
    return overlap_share(market_exports_usd, market_imports_usd, market_rows)


GL_PARTNER_WEIGHTED = Indicator(
    "gl_partner_weighted",
    Text("Grubel-Lloyd, partner-weighted", "G-L 指数（伙伴加权）"),
    "fraction",
    Text(
        "Trade-weighted mean of the GL with each single partner; gl pools them",
        "与各单个伙伴 G-L 指数的加权平均；gl 为合并计算",
    ),
    formula="Σ_j w_j GL_j",
    undefined=NO_TRADE,
    source=f"{SOURCE_CHINA}, section 2",
    function=gl_partner_weighted,
    invariances=("value_scale", "row_order"),
)


def gl_fine(cell_exports_usd: Values, cell_imports_usd: Values, cells: Groups) -> Values:
    """GL_fine = Σ 2·min(X, M) / Σ(X + M) over the finest products with single partners: nothing is pooled."""
    return overlap_share(cell_exports_usd, cell_imports_usd, cells)


GL_FINE = Indicator(
    "gl_fine",
    Text("Grubel-Lloyd, finest cells", "G-L 指数（最细）"),
    "fraction",
    Text(
        "Overlap in the finest products with each partner by itself; the Grubel-Lloyd index minus this is what pooling adds",
        "按最细产品与单个伙伴计算的重叠比例；G-L 指数减去本值即合并造成的放大",
    ),
    formula="Σ 2·min(X, M) / Σ(X + M) over product × partner",
    undefined=NO_TRADE,
    source="docs/methods-intraindustry.md, level",
    function=gl_fine,
    invariances=("value_scale", "row_order"),
)


def gl_adjusted(part_exports_usd: Values, part_imports_usd: Values, parts: Groups) -> Values:
    """GL* = (Σ(X+M) − Σ|X−M|) / (Σ(X+M) − |ΣX − ΣM|): as a share of the trade that could have been balanced.

    Examples
    --------
    >>> gl_adjusted(np.array([30.0, 0.0]), np.array([10.0, 10.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.5]
    """
    overlap = parts.total(np.minimum(part_exports_usd, part_imports_usd))
    # Σ(X+M) − |ΣX − ΣM| is 2·min(ΣX, ΣM), which loses no digits where trade is nearly one-way.
    return ratio(overlap, np.minimum(parts.total(part_exports_usd), parts.total(part_imports_usd)))


GL_ADJUSTED = Indicator(
    "gl_adjusted",
    Text("Grubel-Lloyd, adjusted", "调整的综合 G-L 指数"),
    "fraction",
    Text("The aggregate index with the row's own trade imbalance taken out", "剔除该行贸易不平衡后的综合指数"),
    formula="(Σ(X+M) − Σ|X−M|) / (Σ(X+M) − |ΣX − ΣM|)",
    undefined=Text("null for a one-way trader", "单向贸易时为空"),
    source=f"{SOURCE_CHINA}, eq. 3",
    function=gl_adjusted,
    invariances=("value_scale", "row_order"),
)


def balassa(part_exports_usd: Values, part_imports_usd: Values, parts: Groups) -> Values:
    """E = (1/n) Σ |X_k − M_k| / (X_k + M_k): plain mean over the n industries with trade; 0 is all intra-industry.

    Examples
    --------
    >>> balassa(np.array([15.0, 5.0, 0.0]), np.array([5.0, 5.0, 0.0]), Groups(np.array([0, 0, 0]), 1)).tolist()
    [0.25]
    """
    return parts.mean(1 - grubel_lloyd(part_exports_usd, part_imports_usd))


BALASSA = Indicator(
    "balassa",
    Text("Balassa", "Balassa 指数"),
    "fraction",
    Text(
        "Unweighted mean imbalance of the industries below; the lower, the more intra-industry",
        "下级产业不平衡度的简单平均；越低越偏产业内",
    ),
    formula="(1/n) Σ |X_k − M_k| / (X_k + M_k)",
    undefined=NO_TRADE,
    source=f"{SOURCE_BOOK}, section 1.2",
    function=balassa,
    invariances=("value_scale", "row_order"),
)


def aquino(
    part_exports_usd: Values,
    part_imports_usd: Values,
    parts: Groups,
    balance_exports_usd: Values,
    balance_imports_usd: Values,
) -> Values:
    """Aquino's index: GL on X^e = X·½Σ(X+M)/ΣX and M^e = M·½Σ(X+M)/ΣM, as if overall trade were balanced.

    Parameters
    ----------
    balance_exports_usd, balance_imports_usd : ΣX and ΣM over all industries with the partner in the year, one per part.

    Examples
    --------
    >>> x, m = np.array([30.0, 10.0]), np.array([10.0, 10.0])
    >>> aquino(x, m, Groups(np.array([0, 0]), 1), np.full(2, 40.0), np.full(2, 20.0)).tolist()
    [0.75]
    """
    half = (balance_exports_usd + balance_imports_usd) / 2
    return overlap_share(
        part_exports_usd * ratio(half, balance_exports_usd), part_imports_usd * ratio(half, balance_imports_usd), parts
    )


AQUINO = Indicator(
    "aquino",
    Text("Aquino", "Aquino 指数"),
    "fraction",
    Text("The aggregate index as if all trade with the partner were balanced", "假定与伙伴总贸易平衡时的综合指数"),
    formula="GL on X·½Σ(X+M)/ΣX and M·½Σ(X+M)/ΣM",
    undefined=Text("null without trade, or with one-way trade in all", "无贸易或总体单向贸易时为空"),
    source=f"{SOURCE_BOOK}, section 1.2; Aquino (1978)",
    function=aquino,
    invariances=("value_scale", "row_order"),
)


def bergstrand_factor(own_total: Values, own_other: Values, their_total: Values, their_other: Values) -> Values:
    """½[(X_i+M_i)/(2X_i) + (X_j+M_j)/(2M_j)]: what balances a bilateral export for both sides' overall imbalances.

    Parameters
    ----------
    own_total, own_other : X_i and M_i of the exporter, all partners; their_total, their_other : M_j and X_j of the importer.

    Examples
    --------
    >>> bergstrand_factor(*(np.array([x]) for x in (100.0, 50.0, 80.0, 40.0))).tolist()
    [0.75]
    """
    return (ratio(own_total + own_other, 2 * own_total) + ratio(their_total + their_other, 2 * their_total)) / 2


def bergstrand(balanced_exports_usd: Values, balanced_imports_usd: Values, parts: Groups) -> Values:
    """Bergstrand's index: the aggregate GL on X* and M*, each bilateral flow balanced multilaterally before pooling."""
    return overlap_share(balanced_exports_usd, balanced_imports_usd, parts)


BERGSTRAND = Indicator(
    "bergstrand",
    Text("Bergstrand", "Bergstrand 指数"),
    "fraction",
    Text(
        "The aggregate index on flows balanced for both sides' overall trade imbalance",
        "按双方多边贸易不平衡调整后的综合指数",
    ),
    formula="GL on X*_ij = ½[(X_i+M_i)/(2X_i) + (X_j+M_j)/(2M_j)]·X_ij, likewise X*_ji",
    undefined=NO_TRADE,
    source="Bergstrand (1983)",
    function=bergstrand,
    invariances=("value_scale", "row_order"),
)
