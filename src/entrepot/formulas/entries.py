"""Every Indicator entry of the house, family by family: what the lists of columns show."""

from collections.abc import Iterator, Mapping

from entrepot.core.indicator import Indicator
from entrepot.formulas.allocation import REGISTRY as ALLOCATION
from entrepot.formulas.compute import REGISTRY as MARKETS
from entrepot.formulas.intraindustry import REGISTRY as INTRAINDUSTRY
from entrepot.formulas.overview import REGISTRY as OVERVIEW
from entrepot.formulas.power import REGISTRY as POWER
from entrepot.formulas.registry import Registry

FAMILIES: Mapping[str, Registry] = {
    "finder": MARKETS,
    "power": POWER,
    "intraindustry": INTRAINDUSTRY,
    "overview": OVERVIEW,
    "allocation": ALLOCATION,
}
# How the names of a family's questions begin; all others are the market finder's.
_QUESTIONS = {
    "power": "power",
    "iit": "intraindustry",
    "economy_": "overview",
    "product_": "overview",
    **dict.fromkeys(("quality", "dispersion", "exchange", "cells"), "allocation"),
}


def every_indicator() -> Iterator[tuple[str, Indicator]]:
    """The entries of all families with the name of their family; the same id may stand in several.

    Examples
    --------
    >>> {("finder", "gap"), ("power", "tpi"), ("overview", "balance_usd")} <= {(f, e.id) for f, e in every_indicator()}
    True
    """
    for family, registry in FAMILIES.items():
        for entry in registry.entries.values():
            yield family, entry


def entry_of(column: str, question: str) -> Indicator | None:
    """The entry behind a column of an answer: its family's, else the market finder's; None for keys and names.

    Examples
    --------
    >>> entry_of("hhi_sellers", "product_years").id, entry_of("product_name", "markets")
    ('hhi_sellers', None)
    """
    family = next((family for begin, family in _QUESTIONS.items() if question.startswith(begin)), "finder")
    return FAMILIES[family].entries.get(column) or MARKETS.entries.get(column)
