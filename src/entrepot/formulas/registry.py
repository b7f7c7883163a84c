"""The entries of one package of formulas, and the way from entries to numbers: each column is computed once."""

import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

from entrepot.core.indicator import Indicator


class Registry:
    """Every Indicator entry of the modules directly below a package.

    A family of formulas with questions of its own (trade power, intra-industry trade) has its own registry, so that the
    same column id may mean another thing there and no list grows by what it cannot compute.

    Parameters
    ----------
    package : dotted name, such as "entrepot.formulas.power".
    """

    def __init__(self, package: str) -> None:
        self.package = package

    @cached_property
    def entries(self) -> dict[str, Indicator]:
        """Indicator entries by id, in the order of the modules and of their lines; not those of packages below."""
        where = import_module(self.package)
        below = [module.name for module in pkgutil.iter_modules(where.__path__) if not module.ispkg]
        modules = [import_module(f"{self.package}.{name}") for name in below]
        found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, Indicator)]
        return {entry.id: entry for entry in found}

    @cached_property
    def _parameters(self) -> dict[str, tuple[str, ...]]:
        return {
            entry.id: tuple(inspect.signature(entry.function).parameters)
            for entry in self.entries.values()
            if entry.function is not None
        }

    def needs(self, column: str) -> tuple[str, ...]:
        """The parameters of the column's function: other columns, or inputs of the analysis."""
        return self._parameters.get(column, ())

    def stands_on(self, column: str) -> frozenset[str]:
        """Every column and input that the column depends on, directly or through others."""
        direct = self.needs(column)
        return frozenset(direct).union(*(self.stands_on(name) for name in direct))

    def resolve(self, wanted: Iterable[str], known: Mapping[str, Any]) -> dict[str, Any]:
        """`known` and the wanted columns, each computed once from its function's parameters.

        Raises
        ------
        KeyError
            If a column has no function and is not known.

        Examples
        --------
        >>> import numpy as np
        >>> from entrepot.formulas.intraindustry import REGISTRY
        >>> known = {"exports_usd": np.array([15.0]), "imports_usd": np.array([5.0])}
        >>> REGISTRY.resolve(["gl"], known)["gl"].tolist()
        [0.5]
        """
        have = dict(known)
        for column in wanted:
            self._compute(column, have)
        return have

    def _compute(self, column: str, have: dict[str, Any]) -> Any:
        """The column, computed and kept in `have` if it is not there.

        A method, since a closure that calls itself would keep every array alive until the next garbage collection.
        """
        if column not in have:
            entry = self.entries.get(column)
            if entry is None or entry.function is None:
                raise KeyError(f"{column} is neither known nor computed by an indicator of {self.package}")
            have[column] = entry.function(*(self._compute(parameter, have) for parameter in self.needs(column)))
        return have[column]
