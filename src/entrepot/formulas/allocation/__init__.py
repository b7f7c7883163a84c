"""Allocation efficiency from customs declarations: quality, price dispersion, overseas information exchange, companions.

p is a region, j a product, i a firm, c a destination and t a year, as in the source. Several sizes of entry appear, and
each function's parameters say which it takes:

`price_usd`, `quality` … with `cells`: one per firm, product and year, and the (region, product, year) cell of each;
`presence`: one per region, product, year and destination, with the number of firms there;
`first`, `second`: one per pair of effect levels that share observations (destination-years and products).
"""

from entrepot.formulas.registry import Registry

SOURCE = "Yu, Xie and Cheng (2024), Overseas information exchange and allocation efficiency"
REGISTRY = Registry(__name__)
