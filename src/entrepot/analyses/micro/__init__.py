"""The micro laboratory: from customs declarations to quality, price dispersion and overseas information exchange."""

from entrepot.analyses.micro.answers import cells, dispersion, exchange, quality
from entrepot.analyses.micro.product_year import product_year
from entrepot.analyses.micro.traders import traders

__all__ = ["cells", "dispersion", "exchange", "product_year", "quality", "traders"]
