"""How few hold how much: Herfindahl and the share of the largest four, over products, partners, sellers and buyers."""

from collections.abc import Callable

import numpy as np

from entrepot.core.indicator import Indicator, Unit
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import ratio
from entrepot.formulas.intraindustry.structure import herfindahl
from entrepot.formulas.overview import SOURCE_HERE

LARGEST = 4


def concentration_ratio(amount: Values, groups: Groups, largest: int = LARGEST) -> Values:
    """CR4: the largest four parts over the whole, by group; NaN where the group sums to 0, 1 where it has four or fewer.

    Examples
    --------
    >>> concentration_ratio(np.array([4.0, 3.0, 2.0, 1.0, 10.0]), Groups(np.zeros(5, dtype=int), 1)).round(2).tolist()
    [0.95]
    """
    order = np.lexsort((-amount, groups.code))
    place = np.arange(len(order)) - np.searchsorted(groups.code[order], groups.code[order], "left")
    held = np.zeros(len(amount))
    held[order] = np.where(place < largest, amount[order], 0.0)
    return ratio(groups.total(held), groups.total(amount))


def hhi_products(product_exports_usd: Values, export_products: Groups) -> Values:
    """Σ_k (X_k/X)² over the products sold.

    Examples
    --------
    >>> hhi_products(np.array([3.0, 1.0]), Groups(np.array([0, 0]), 1)).tolist()
    [0.625]
    """
    return herfindahl(product_exports_usd, export_products)


def cr4_products(product_exports_usd: Values, export_products: Groups) -> Values:
    """Share of the four largest products in exports."""
    return concentration_ratio(product_exports_usd, export_products)


def hhi_markets(market_exports_usd: Values, export_markets: Groups) -> Values:
    """Σ_j (X_j/X)² over the markets."""
    return herfindahl(market_exports_usd, export_markets)


def cr4_markets(market_exports_usd: Values, export_markets: Groups) -> Values:
    """Share of the four largest markets in exports."""
    return concentration_ratio(market_exports_usd, export_markets)


def hhi_products_bought(product_imports_usd: Values, import_products: Groups) -> Values:
    """Σ_k (M_k/M)² over the products bought."""
    return herfindahl(product_imports_usd, import_products)


def hhi_suppliers(supplier_imports_usd: Values, import_suppliers: Groups) -> Values:
    """Σ_j (M_j/M)² over the suppliers."""
    return herfindahl(supplier_imports_usd, import_suppliers)


def hhi_sellers(seller_exports_usd: Values, sellers_of: Groups) -> Values:
    """Σ_i (X_i/W)² over the economies that sell the product."""
    return herfindahl(seller_exports_usd, sellers_of)


def cr4_sellers(seller_exports_usd: Values, sellers_of: Groups) -> Values:
    """Share of the four largest sellers in world trade of the product."""
    return concentration_ratio(seller_exports_usd, sellers_of)


def hhi_buyers(buyer_imports_usd: Values, buyers_of: Groups) -> Values:
    """Σ_j (M_j/W)² over the economies that buy the product."""
    return herfindahl(buyer_imports_usd, buyers_of)


def cr4_buyers(buyer_imports_usd: Values, buyers_of: Groups) -> Values:
    """Share of the four largest buyers in world trade of the product."""
    return concentration_ratio(buyer_imports_usd, buyers_of)


_NONE = Text("null where nothing is traded", "无贸易时为空")


def _entry(
    column: str, name: Text, unit: Unit, meaning: Text, formula: str, function: Callable[..., Values]
) -> Indicator:
    source = "Hirschman (1945)" if column.startswith("hhi") else f"share of the largest four; {SOURCE_HERE}"
    return Indicator(
        column, name, unit, meaning, formula=formula, undefined=_NONE, source=source,
        function=function, invariances=("value_scale", "row_order"),
    )  # fmt: skip


def _hhi(column: str, over: Text, formula: str, function: Callable[..., Values]) -> Indicator:
    name = Text(f"Concentration of {over.en}", f"{over.zh}集中度")
    said = Text(
        f"Hirschman-Herfindahl over the {over.en}: 1 is all in one, 1/n is n alike",
        f"在各{over.zh}间的赫芬达尔指数：1为全部集中于一个，1/n 相当于 n 个均等",
    )
    return _entry(column, name, "1", said, formula, function)


def _cr4(column: str, over: Text, formula: str, function: Callable[..., Values]) -> Indicator:
    name = Text(f"Largest four {over.en}", f"前四大{over.zh}占比")
    said = Text(f"Share of the four largest {over.en} (CR4)", f"最大四个{over.zh}的份额之和（CR4）")
    return _entry(column, name, "fraction", said, formula, function)


_PRODUCTS, _MARKETS = Text("products sold", "出口产品"), Text("markets", "出口市场")
_SELLERS, _BUYERS = Text("sellers", "出口方"), Text("buyers", "进口方")
HHI_PRODUCTS = _hhi("hhi_products", _PRODUCTS, "Σ_k (X_k/X)²", hhi_products)
HHI_MARKETS = _hhi("hhi_markets", _MARKETS, "Σ_j (X_j/X)²", hhi_markets)
HHI_PRODUCTS_BOUGHT = _hhi(
    "hhi_products_bought", Text("products bought", "进口产品"), "Σ_k (M_k/M)²", hhi_products_bought
)
HHI_SUPPLIERS = _hhi("hhi_suppliers", Text("suppliers", "供应方"), "Σ_j (M_j/M)²", hhi_suppliers)
HHI_SELLERS = _hhi("hhi_sellers", _SELLERS, "Σ_i (X_i/W)²", hhi_sellers)
HHI_BUYERS = _hhi("hhi_buyers", _BUYERS, "Σ_j (M_j/W)²", hhi_buyers)
CR4_PRODUCTS = _cr4("cr4_products", _PRODUCTS, "Σ X_k / X over the four largest k", cr4_products)
CR4_MARKETS = _cr4("cr4_markets", _MARKETS, "Σ X_j / X over the four largest j", cr4_markets)
CR4_SELLERS = _cr4("cr4_sellers", _SELLERS, "Σ X_i / W over the four largest i", cr4_sellers)
CR4_BUYERS = _cr4("cr4_buyers", _BUYERS, "Σ M_j / W over the four largest j", cr4_buyers)
