"""From entries to numbers: find every column that a wanted column stands on, and compute each once."""

import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

import entrepot.formulas as family
from entrepot.core.indicator import Indicator


@lru_cache
def indicators() -> dict[str, Indicator]:
    """Every Indicator entry of the market finder's formula modules, by id.

    A family with a folder of its own (distance, …) keeps its own entries and is not imported here.
    """
    found = [module.name for module in pkgutil.iter_modules(family.__path__) if not module.ispkg]
    modules = [import_module(f"{family.__name__}.{name}") for name in found]
    entries = [thing for module in modules for thing in vars(module).values() if isinstance(thing, Indicator)]
    return {entry.id: entry for entry in entries}


@lru_cache
def needs(column: str) -> tuple[str, ...]:
    """The parameters of the column's function: other columns, or inputs of the analysis."""
    entry = indicators().get(column)
    return tuple(inspect.signature(entry.function).parameters) if entry and entry.function else ()


@lru_cache
def stands_on(column: str) -> frozenset[str]:
    """Every column and input that the column depends on, directly or through others."""
    direct = needs(column)
    return frozenset(direct).union(*(stands_on(name) for name in direct)) if direct else frozenset()


def resolve(wanted: Iterable[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """`known` and the wanted columns, each computed once from its function's parameters.

    Raises
    ------
    KeyError
        If a column has no function and is not known.

    Examples
    --------
    >>> resolve(["cpa"], {"ep": 1.5, "ip": 1.6})["cpa"].item()
    1.5
    """
    have = dict(known)
    for column in wanted:
        _compute(column, have)
    return have


def _compute(column: str, have: dict[str, Any]) -> Any:
    """The column, computed and kept in `have` if it is not there.

    A function of its own, since a closure that calls itself would keep every array alive until the next garbage collection.
    """
    if column not in have:
        entry = indicators().get(column)
        if entry is None or entry.function is None:
            raise KeyError(f"{column} is neither known nor computed by an indicator")
        have[column] = entry.function(*(_compute(parameter, have) for parameter in needs(column)))
    return have[column]
