"""How structures of trade compare: similarity, complementarity, intensity, concentration (docs/methods-intraindustry.md)."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import ratio


def common_share(one: Values, other: Values, parts: Groups) -> Values:
    """Σ_k min(share of one, share of the other) by row = 1 − ½Σ|difference| over everything; NaN where a share is unknown."""
    smaller = np.minimum(one, other)
    return np.where(parts.total(np.isnan(smaller).astype(float)) > 0, np.nan, parts.total(smaller))


def export_similarity(own_export_shares: Values, partner_export_shares: Values, structure_rows: Groups) -> Values:
    """Finger-Kreinin: Σ_k min(X_ik/X_i, X_jk/X_j), exports of reporter and partner to everybody.

    Examples
    --------
    >>> export_similarity(np.array([0.7, 0.3]), np.array([0.5, 0.5]), Groups(np.array([0, 0]), 1)).tolist()
    [0.8]
    """
    return common_share(own_export_shares, partner_export_shares, structure_rows)


EXPORT_SIMILARITY = Indicator(
    "export_similarity",
    Text("Export similarity", "出口相似度"),
    "fraction",
    Text(
        "How alike the exports of reporter and partner are; an industry's row is its part of the total",
        "报告方与伙伴出口结构的相似程度；产业行为其在合计中的部分",
    ),
    formula="Σ_k min(X_ik/X_i, X_jk/X_j)",
    undefined=Text("null where either exports nothing", "任一方无出口时为空"),
    source="Finger and Kreinin (1979)",
    function=export_similarity,
    invariances=("value_scale", "row_order"),
)


def complementarity(own_export_shares: Values, partner_import_shares: Values, structure_rows: Groups) -> Values:
    """Michaely: 1 − ½Σ|M_jk/M_j − X_ik/X_i| = Σ_k min of the two."""
    return common_share(own_export_shares, partner_import_shares, structure_rows)


COMPLEMENTARITY = Indicator(
    "complementarity",
    Text("Complementarity", "贸易互补性"),
    "fraction",
    Text(
        "How far the reporter exports what the partner imports; an industry's row is its part of the total",
        "报告方出口与伙伴进口结构的吻合程度；产业行为其在合计中的部分",
    ),
    formula="1 − ½Σ|M_jk/M_j − X_ik/X_i| = Σ_k min(X_ik/X_i, M_jk/M_j)",
    undefined=Text("null where the reporter exports or the partner imports nothing", "报告方无出口或伙伴无进口时为空"),
    source="Michaely (1996)",
    function=complementarity,
    invariances=("value_scale", "row_order"),
)


def drysdale_complementarity(
    own_export_shares: Values, partner_import_shares: Values, others_import_shares: Values, structure_rows: Groups
) -> Values:
    """Drysdale: Σ_k (X_ik/X_i)·(M_jk/M_j)/(M_wk/M_w), w the world without the reporter; 1 is no special match.

    Examples
    --------
    >>> shares = np.array([0.5, 0.5])
    >>> drysdale_complementarity(shares, shares, shares, Groups(np.array([0, 0]), 1)).tolist()
    [1.0]
    """
    match = own_export_shares * ratio(partner_import_shares, others_import_shares)
    unknown = np.isnan(own_export_shares) | np.isnan(partner_import_shares)
    return np.where(structure_rows.total(unknown.astype(float)) > 0, np.nan, structure_rows.total(match))


COMPLEMENTARITY_DRYSDALE = Indicator(
    "complementarity_drysdale",
    Text("Complementarity (Drysdale)", "贸易互补性（Drysdale）"),
    "1",
    Text(
        "The same weighted by how rare the match is; 1 is no special match", "按稀缺程度加权的互补性；1表示无特别吻合"
    ),
    formula="Σ_k (X_ik/X_i)(M_jk/M_j)/(M_wk/M_w), w the world without i",
    undefined=COMPLEMENTARITY.undefined,
    source="Drysdale (1967)",
    function=drysdale_complementarity,
    invariances=("value_scale", "row_order"),
)


def intensity(
    exports_usd: Values,
    reporter_world_exports_usd: Values,
    partner_world_imports_usd: Values,
    others_imports_usd: Values,
) -> Values:
    """Export intensity (X_ij/X_i) / (M_j/(M_w − M_i)), in the row's industry.

    Parameters
    ----------
    reporter_world_exports_usd : X_i to everybody; partner_world_imports_usd : M_j from everybody;
        others_imports_usd : M_w − M_i, imports of everybody but the reporter.

    Examples
    --------
    >>> intensity(*(np.array([x]) for x in (20.0, 100.0, 50.0, 1000.0))).tolist()
    [4.0]
    """
    return ratio(ratio(exports_usd, reporter_world_exports_usd), ratio(partner_world_imports_usd, others_imports_usd))


INTENSITY = Indicator(
    "intensity",
    Text("Export intensity", "贸易结合度"),
    "1",
    Text(
        "How much more of the reporter's exports go to the partner than of the world's",
        "对伙伴出口比重与伙伴在世界进口比重之比",
    ),
    formula="(X_ij/X_i) / (M_j/(M_w − M_i))",
    undefined=Text("null where the reporter exports or the partner imports nothing", "报告方无出口或伙伴无进口时为空"),
    source="Kojima (1964); Drysdale and Garnaut (1982)",
    function=intensity,
    invariances=("value_scale", "row_order"),
)


def herfindahl(amount: Values, groups: Groups) -> Values:
    """Σ share² by group; NaN where the group sums to 0.

    Examples
    --------
    >>> herfindahl(np.array([3.0, 1.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.625]
    """
    return ratio(groups.total(amount**2), groups.total(amount) ** 2)


def hhi_products(part_exports_usd: Values, parts: Groups) -> Values:
    """Concentration of the row's exports over the industries below."""
    return herfindahl(part_exports_usd, parts)


def hhi_markets(market_exports_usd: Values, market_rows: Groups) -> Values:
    """Concentration of the row's exports over partner economies."""
    return herfindahl(market_exports_usd, market_rows)


HHI_PRODUCTS = Indicator(
    "hhi_products", Text("Concentration of products", "产品集中度"), "fraction",
    Text("Hirschman-Herfindahl of the exports over the industries below", "出口在下级产业间的赫芬达尔指数"),
    formula="Σ_k (X_k/X)²", undefined=Text("null without exports", "无出口时为空"), source="Hirschman (1945)",
    function=hhi_products, invariances=("value_scale", "row_order"),
)  # fmt: skip
HHI_MARKETS = Indicator(
    "hhi_markets", Text("Concentration of markets", "市场集中度"), "fraction",
    Text("Hirschman-Herfindahl of the exports over partner economies", "出口在伙伴经济体间的赫芬达尔指数"),
    formula="Σ_j (X_j/X)²", undefined=Text("null without exports", "无出口时为空"), source="Hirschman (1945)",
    function=hhi_markets, invariances=("value_scale", "row_order"),
)  # fmt: skip
