"""Intra-industry trade and competitiveness of one reporter with a partner, a group of partners, or the world.

X_k, M_k are its exports and imports of industry k. Several sizes of entry appear, and each function's parameters say which it takes:

`exports_usd`, `imports_usd` — one per row of the answer (an industry, partner and year);
`part_exports_usd`, `part_imports_usd` with `parts` — the industries of the level over which a row sums, and their rows;
`part_exports_change` … with `change_parts` — the same industries' changes, with those that are no longer traded;
`cell_exports_usd`, `cell_imports_usd` … with `cells` — the finest product with a single partner economy, and their rows.
"""

from entrepot.formulas.registry import Registry

SOURCE_CHINA = "China's intra-industry trade 1980–2003 (2006)"
SOURCE_BOOK = "Xiang and Zhao (2015), Intra-industry trade"
REGISTRY = Registry(__name__)
