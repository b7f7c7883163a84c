"""The market finder's registry: every column of Global Potential Markets, and the way from a column to its numbers."""

from entrepot.core.indicator import Indicator
from entrepot.formulas.registry import Registry

REGISTRY = Registry("entrepot.formulas")
needs = REGISTRY.needs
stands_on = REGISTRY.stands_on
resolve = REGISTRY.resolve


def indicators() -> dict[str, Indicator]:
    """Every Indicator entry of the market finder's formula modules, by id.

    A family with a folder of its own (distance, power, …) keeps its own entries.
    """
    return REGISTRY.entries
