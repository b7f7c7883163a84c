"""The waist of the house: every source ends in these tables, every formula begins with them."""

from collections.abc import Mapping
from types import MappingProxyType

from entrepot.tables import (
    agreements,
    borders,
    codes,
    conditions,
    coverage,
    economies,
    flows,
    groups,
    lanes,
    macro,
    main_ports,
    pairs,
    ports,
    products,
    reporters,
)
from entrepot.tables.schema import Table

# Facts about the world: they belong to the store, whatever data sets it holds.
REFERENCE_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        module.TABLE.name: module.TABLE
        for module in (
            economies,
            codes,
            groups,
            products,
            borders,
            ports,
            main_ports,
            lanes,
            pairs,
            agreements,
            macro,
            conditions,
        )
    }
)
# Sums over the flows of one data set, kept beside them.
DATA_TABLES: Mapping[str, Table] = MappingProxyType(
    {module.TABLE.name: module.TABLE for module in (reporters, coverage)}
)
FLOWS: Table = flows.TABLE

__all__ = ["DATA_TABLES", "FLOWS", "REFERENCE_TABLES"]
