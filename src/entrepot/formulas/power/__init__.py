"""Trade power: share of the world market times a price factor, and what stands behind price and share.

After Yao Zhizhong (2019), 贸易强国的测度：理论与方法, World Economy (世界经济) 2019 (10). i is the economy and j the product,
as there. An entry of an array is one economy in one product and year; `markets` says which entries share a product and year.
"""

from entrepot.formulas.registry import Registry

SOURCE = "Yao (2019), Measuring trade power"
REGISTRY = Registry(__name__)
