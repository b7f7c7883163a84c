"""Entrepôt (商埠): an open workbench for world trade.

Examples
--------
>>> import entrepot
>>> entrepot.markets("CHL", "2603", year=2024).frame.head()  # doctest: +SKIP
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.analyses.brief import Brief
    from entrepot.analyses.econ import econ_panel, econ_series
    from entrepot.analyses.micro.answers import cells, dispersion, exchange, quality
    from entrepot.analyses.micro.product_year import product_year
    from entrepot.analyses.micro.traders import traders
    from entrepot.analyses.overview import Overview
    from entrepot.analyses.result import Result
    from entrepot.analyses.simulation import simulate_customs
    from entrepot.core.text import Language
    from entrepot.workbench import Workbench, open_workbench

__all__ = [
    "Brief",
    "Overview",
    "Result",
    "Workbench",
    "availability",
    "brief",
    "cells",
    "compare",
    "competitors",
    "dispersion",
    "econ_panel",
    "econ_series",
    "economy",
    "exchange",
    "history",
    "iit",
    "iit_sources",
    "iit_tables",
    "markets",
    "open_workbench",
    "power",
    "power_change",
    "power_elasticities",
    "power_leaders",
    "power_roads",
    "priorities",
    "product",
    "product_year",
    "products",
    "quality",
    "route",
    "simulate_customs",
    "traders",
]

_HOME = {
    "Brief": "entrepot.analyses.brief",
    **dict.fromkeys(("econ_panel", "econ_series"), "entrepot.analyses.econ"),
    **dict.fromkeys(("cells", "dispersion", "exchange", "quality"), "entrepot.analyses.micro.answers"),
    "product_year": "entrepot.analyses.micro.product_year",
    "traders": "entrepot.analyses.micro.traders",
    "simulate_customs": "entrepot.analyses.simulation",
    "Overview": "entrepot.analyses.overview",
    "Result": "entrepot.analyses.result",
    "Workbench": "entrepot.workbench",
    "open_workbench": "entrepot.workbench",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import entrepot` costs nothing."""
    from importlib import import_module

    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'entrepot' has no attribute {name!r}")


def markets(exporter: str, product: str, **options: Any) -> "Result":
    """Every market of the world for an exporter's product, ranked; see `Workbench.markets`."""
    return _bench().markets(exporter, product, **options)


def products(exporter: str, market: str, **options: Any) -> "Result":
    """Every product for an exporter in a market, ranked; see `Workbench.products`."""
    return _bench().products(exporter, market, **options)


def priorities(exporter: str, **options: Any) -> "Result":
    """The best product-market pairs of an exporter; see `Workbench.priorities`."""
    return _bench().priorities(exporter, **options)


def history(exporter: str, product: str, market: str, **options: Any) -> "Result":
    """One flow year by year; see `Workbench.history`."""
    return _bench().history(exporter, product, market, **options)


def competitors(product: str, market: str, **options: Any) -> "Result":
    """Every exporter of a product in a market; see `Workbench.competitors`."""
    return _bench().competitors(product, market, **options)


def compare(exporter: str, product: str, markets: str, **options: Any) -> "Result":
    """Two to four markets side by side; see `Workbench.compare`."""
    return _bench().compare(exporter, product, markets, **options)


def availability(exporter: str, product: str, **options: Any) -> "Result":
    """Which parameter is known for which market, of which year and source; see `Workbench.availability`."""
    return _bench().availability(exporter, product, **options)


def route(start: str, end: str, **options: Any) -> "Result":
    """The way by sea from one port to another; see `Workbench.route`."""
    return _bench().route(start, end, **options)


def economy(economy: str, **options: Any) -> "Overview":
    """Overview of an economy: what it sells and buys, to whom, where it could sell more; see `Workbench.economy`."""
    return _bench().economy(economy, **options)


def product(product: str, **options: Any) -> "Overview":
    """Overview of a product: who sells, who buys, at what prices; see `Workbench.product`."""
    return _bench().product(product, **options)


def power(**options: Any) -> "Result":
    """Who has trade power, by share or by price; see `entrepot.analyses.power.power`."""
    return _bench().power(**options)


def power_change(economy: str, **options: Any) -> "Result":
    """Where a change of power comes from; see `entrepot.analyses.power_changes.power_change`."""
    return _bench().power_change(economy, **options)


def power_roads(economy: str, **options: Any) -> "Result":
    """The road and the stage of each export product; see `entrepot.analyses.power_changes.power_roads`."""
    return _bench().power_roads(economy, **options)


def power_leaders(**options: Any) -> "Result":
    """Who leads in each product; see `entrepot.analyses.power_changes.power_leaders`."""
    return _bench().power_leaders(**options)


def power_elasticities(**options: Any) -> "Result":
    """Elasticities by all methods; see `entrepot.analyses.power_changes.power_elasticities`."""
    return _bench().power_elasticities(**options)


def iit(reporter: str, **options: Any) -> "Result":
    """Intra-industry trade, its kinds, competitiveness; see `entrepot.analyses.intraindustry.iit`."""
    return _bench().iit(reporter, **options)


def iit_sources(reporter: str, **options: Any) -> "Result":
    """Where a change of intra-industry trade comes from; see `entrepot.analyses.iit_sources.iit_sources`."""
    return _bench().iit_sources(reporter, **options)


def iit_tables(reporter: str, path: "str | Path | None" = None, *, force: bool = False, **options: Any) -> str:
    """Tables 1–4 of the source of 2006 as text; written to `path` (.txt .html .tex .docx .xlsx) if one is given.

    Parameters
    ----------
    reporter, **options : as in `entrepot.analyses.iit_tables.iit_tables`.
    """
    from pathlib import Path

    from entrepot.report.publication import publish, render
    from entrepot.report.publication.intraindustry import intraindustry_tables

    tables = intraindustry_tables(_bench().iit_tables(reporter, **options))
    lang: Language = "zh" if options.get("lang") == "zh" else "en"
    if path is not None:
        publish(tables, Path(path), lang=lang, force=force)
    return render(tables, ".txt", lang)


def brief(exporter: str, product: str, market: str | Sequence[str], **options: Any) -> "Brief":
    """A market brief for one to three markets, for `entrepot.report.brief.save_brief`; see `Workbench.brief`."""
    return _bench().brief(exporter, product, market, **options)


def _bench() -> "Workbench":
    from entrepot.workbench import open_workbench

    return open_workbench()
