"""Every reader of this folder, found by what its module exposes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import entrepot.sources as package
from entrepot.sources.provider import Provider


@cache
def providers() -> tuple[Provider, ...]:
    """All providers, in the order of their names."""
    found: list[Provider] = []
    for module in iter_modules(package.__path__):
        loaded = import_module(f"{package.__name__}.{module.name}")
        found.extend(getattr(loaded, "PROVIDERS", ()))
        one = getattr(loaded, "PROVIDER", None)
        if isinstance(one, Provider):
            found.append(one)
    return tuple(sorted(found, key=lambda provider: provider.name))
