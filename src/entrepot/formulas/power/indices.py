"""Large-country index, price factor and trade power index of one product (sections 3.1 and 3.3 of the source).

Only what has a quantity has a price, so shares, world prices and indices all stand on the flows with a quantity.
"""

from typing import Literal

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power import SOURCE

WorldPrice = Literal["quantity", "simple", "geometric"]


def share_of_world(counted: Values, markets: Groups) -> Values:
    """r_ij / R_j: 0 for who trades none, NaN where nobody does.

    Examples
    --------
    >>> share_of_world(np.array([30.0, 10.0, 0.0]), Groups(np.array([0, 0, 0]), 1)).tolist()
    [0.75, 0.25, 0.0]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return counted / markets.sum(counted)


def unit_value(priced_usd: Values, quantity_t: Values) -> Values:
    """p_ij: value over quantity, US$ per metric ton; NaN where nothing with a quantity is traded."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((priced_usd > 0) & (quantity_t > 0), priced_usd / quantity_t, np.nan)


def world_price(priced_usd: Values, quantity_t: Values, markets: Groups, average: WorldPrice = "quantity") -> Values:
    """P_j, US$ per metric ton, given back to each entry.

    Parameters
    ----------
    average : "quantity", total value over total quantity (eq. 21); "simple", the mean of the economies' unit values;
        "geometric", their mean in logs weighted by value. No ranking within a product depends on it.
    """
    if average == "quantity":
        with np.errstate(invalid="ignore", divide="ignore"):
            return markets.sum(priced_usd) / markets.sum(quantity_t)
    own = unit_value(priced_usd, quantity_t)
    if average == "simple":
        return markets.align(markets.mean(own))
    return np.exp(markets.align(markets.mean(np.log(own), priced_usd)))


def tlc_export(exports_counted_usd: Values, markets: Groups) -> Values:
    """TLC^E_ij = r_ij / R_j (eq. 1); `exports_counted_usd` is the value of priced exports, or the value added in it."""
    return share_of_world(exports_counted_usd, markets)


TLC_EXPORT = Indicator(
    "tlc_export",
    Text("Export share (TLC)", "出口贸易大国指数"),
    "fraction",
    Text("Share of the world's exports of the product, by value", "占该产品世界出口额的份额"),
    formula="TLC_ij = r_ij / R_j",
    undefined=Text("null where nobody exports with a quantity", "无任何有数量的出口时为空"),
    source=f"{SOURCE}, eq. 1",
    direction="more",
    function=tlc_export,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def price_factor_export(
    exports_priced_usd: Values, exports_t: Values, markets: Groups, average: WorldPrice = "quantity"
) -> Values:
    """FP^E_ij = p_ij / P_j: above 1, the economy sells dearer than the world.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> price_factor_export(np.array([30.0, 10.0]), np.array([10.0, 10.0]), one).tolist()
    [1.5, 0.5]
    """
    own = unit_value(exports_priced_usd, exports_t)
    return own / world_price(exports_priced_usd, exports_t, markets, average)


PRICE_FACTOR_EXPORT = Indicator(
    "price_factor_export",
    Text("Export price factor", "出口价格因子"),
    "1",
    Text("Export unit value over the world's", "出口单价与世界平均单价之比"),
    formula="FP_ij = p_ij / P_j",
    undefined=Text("null without exports that have a quantity", "无有数量的出口时为空"),
    source=f"{SOURCE}, eq. 5",
    direction="more",
    function=price_factor_export,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tpi(share: Values, factor: Values) -> Values:
    """TLC × FP; 0 for who trades none, since its price factor does not exist.

    Examples
    --------
    >>> tpi(np.array([0.5, 0.0]), np.array([1.2, np.nan])).tolist()
    [0.6, 0.0]
    """
    return np.where(share == 0, 0.0, share * factor)


def tpi_export(tlc_export: Values, price_factor_export: Values) -> Values:
    """TPI^E_ij = TLC_ij × FP_ij (eq. 5)."""
    return tpi(tlc_export, price_factor_export)


TPI_EXPORT = Indicator(
    "tpi_export",
    Text("Export power (TPI)", "出口贸易强国指数"),
    "1",
    Text("Export share times export price factor", "出口份额乘以出口价格因子"),
    formula="TPI_ij = TLC_ij × FP_ij",
    undefined=Text("null where nobody exports with a quantity", "无任何有数量的出口时为空"),
    source=f"{SOURCE}, eq. 5",
    direction="more",
    function=tpi_export,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tlc_import(imports_priced_usd: Values, markets: Groups) -> Values:
    """TLC^M_ij: the economy's share of the world's imports of the product, by value."""
    return share_of_world(imports_priced_usd, markets)


TLC_IMPORT = Indicator(
    "tlc_import",
    Text("Import share (TLC)", "进口贸易大国指数"),
    "fraction",
    Text("Share of the world's imports of the product, by value", "占该产品世界进口额的份额"),
    formula="TLC_ij = r_ij / R_j, imports",
    undefined=Text("null where nobody imports with a quantity", "无任何有数量的进口时为空"),
    source=f"{SOURCE}, eq. 1",
    direction="more",
    function=tlc_import,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def price_factor_import(
    imports_priced_usd: Values,
    imports_t: Values,
    markets: Groups,
    average: WorldPrice = "quantity",
) -> Values:
    """FP^M_ij = P_j / p_ij: above 1, the economy buys cheaper than the world."""
    own = unit_value(imports_priced_usd, imports_t)
    return world_price(imports_priced_usd, imports_t, markets, average) / own


PRICE_FACTOR_IMPORT = Indicator(
    "price_factor_import",
    Text("Import price factor", "进口价格因子"),
    "1",
    Text("World unit value over the import unit value", "世界平均单价与进口单价之比"),
    formula="FP_ij = P_j / p_ij",
    undefined=Text("null without imports that have a quantity", "无有数量的进口时为空"),
    source=f"{SOURCE}, section 3.3",
    direction="more",
    function=price_factor_import,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tpi_import(tlc_import: Values, price_factor_import: Values) -> Values:
    """TPI^M_ij = TLC^M_ij × P_j/p_ij; with P_j of eq. 21 this is the share of quantity, and the price drops out."""
    return tpi(tlc_import, price_factor_import)


TPI_IMPORT = Indicator(
    "tpi_import",
    Text("Import power (TPI)", "进口贸易强国指数"),
    "1",
    Text(
        "Import share times import price factor; with the world price as total value over total quantity it equals the "
        "share of the quantity imported",
        "进口份额乘以进口价格因子；世界价格取总额除以总量时，等于进口数量份额",
    ),
    formula="TPI_ij = TLC_ij × P_j / p_ij = q_ij / Q_j",
    undefined=Text("null where nobody imports with a quantity", "无任何有数量的进口时为空"),
    source=f"{SOURCE}, section 3.3",
    direction="more",
    function=tpi_import,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def both_sides(exports: Values, imports: Values, world_exports: Values, world_imports: Values) -> Values:
    """E/(E+M)·x^E + M/(E+M)·x^M (eq. 7), with E_j and M_j for one product; a side that the world lacks adds nothing.

    Examples
    --------
    >>> both_sides(np.array([0.2]), np.array([0.4]), np.array([100.0]), np.array([100.0])).tolist()
    [0.30000000000000004]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = world_exports / (world_exports + world_imports)
        sold = np.where(world_exports > 0, weight * exports, 0.0)
        bought = np.where(world_imports > 0, (1 - weight) * imports, 0.0)
    return np.where(world_exports + world_imports > 0, sold + bought, np.nan)


def tlc(
    tlc_export: Values, tlc_import: Values, exports_priced_usd: Values, imports_priced_usd: Values, markets: Groups
) -> Values:
    """TLC_ij of both sides: the share of all exports and imports of the product with a quantity."""
    return both_sides(tlc_export, tlc_import, markets.sum(exports_priced_usd), markets.sum(imports_priced_usd))


TLC = Indicator(
    "tlc",
    Text("Trade share (TLC)", "贸易大国指数"),
    "fraction",
    Text("Share of the world's exports and imports with a quantity", "占世界进出口额（有数量部分）的份额"),
    formula="E/(E+M)·TLC^E + M/(E+M)·TLC^M",
    undefined=Text("null where nothing is traded with a quantity", "无任何有数量的贸易时为空"),
    source=f"{SOURCE}, eq. 2",
    direction="more",
    function=tlc,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tpi_total(
    tpi_export: Values, tpi_import: Values, exports_priced_usd: Values, imports_priced_usd: Values, markets: Groups
) -> Values:
    """TPI_ij of both sides (eq. 7)."""
    return both_sides(tpi_export, tpi_import, markets.sum(exports_priced_usd), markets.sum(imports_priced_usd))


TPI = Indicator(
    "tpi",
    Text("Trade power (TPI)", "贸易强国指数"),
    "1",
    Text("Export and import power, weighted by world exports and imports", "出口与进口贸易强国指数按世界进出口额加权"),
    formula="E/(E+M)·TPI^E + M/(E+M)·TPI^M",
    undefined=Text("null where nothing is traded with a quantity", "无任何有数量的贸易时为空"),
    source=f"{SOURCE}, eq. 7",
    direction="more",
    function=tpi_total,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def covered_share(
    exports_usd: Values, imports_usd: Values, exports_priced_usd: Values, imports_priced_usd: Values
) -> Values:
    """Share of the economy's exports and imports that has a quantity; NaN without trade.

    Examples
    --------
    >>> covered_share(*(np.array([x]) for x in (60.0, 40.0, 60.0, 20.0))).tolist()
    [0.8]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return (exports_priced_usd + imports_priced_usd) / (exports_usd + imports_usd)


COVERED_SHARE = Indicator(
    "covered_share",
    Text("Covered share", "数量覆盖率"),
    "fraction",
    Text("Share of the economy's trade in the product that has a quantity", "该经济体该产品贸易额中有数量记录的比例"),
    formula="(r^E + r^M)(q ≠ ∅) / (r^E + r^M)",
    undefined=Text("null without trade", "无贸易时为空"),
    source=SOURCE,
    function=covered_share,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def tlc_all(exports_usd: Values, imports_usd: Values, markets: Groups) -> Values:
    """TLC_ij with every flow, whether or not it has a quantity."""
    return share_of_world(exports_usd + imports_usd, markets)


TLC_ALL = Indicator(
    "tlc_all",
    Text("Trade share, all flows", "贸易大国指数（全部贸易）"),
    "fraction",
    Text(
        "Share of the world's exports and imports, with or without a quantity", "占世界进出口额的份额（含无数量部分）"
    ),
    formula="(r^E + r^M) / (R^E + R^M), all flows",
    undefined=Text("null where nothing is traded", "无贸易时为空"),
    source=f"{SOURCE}, eq. 2",
    direction="more",
    function=tlc_all,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
