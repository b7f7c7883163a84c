"""What an economy or a product looks like at a glance: amounts, shares, concentration, the spread of unit values.

X and M are exports and imports, W what the world trades of the same; k is a product, j a partner. A row is one year, product or
partner. Where a row sums over parts (its products, partners, sellers), the parts stand in an array of their own beside the
`Groups` that say to which row each belongs. Everything is of what the data set holds.
"""

from entrepot.formulas.registry import Registry

SOURCE_HERE = "docs/overview.md"
REGISTRY = Registry(__name__)
