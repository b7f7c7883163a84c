"""Entrepôt (商埠): an open workbench for world trade.

Examples
--------
>>> import entrepot
>>> entrepot.markets("CHL", "2603", year=2024).frame.head()  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.analyses.result import Result
    from entrepot.workbench import Workbench, open_workbench

__all__ = ["Result", "Workbench", "history", "markets", "open_workbench", "priorities", "products"]

_HOME = {
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


def _bench() -> "Workbench":
    from entrepot.workbench import open_workbench

    return open_workbench()
