"""The waist of the house: every source ends in these tables, every formula begins with them."""

from collections.abc import Mapping
from types import MappingProxyType

from entrepot.tables import (
    agreements,
    borders,
    codes,
    concordances,
    conditions,
    coverage,
    economies,
    flows,
    groups,
    harbours,
    lanes,
    macro,
    main_ports,
    pair_facts,
    pairs,
    ports,
    product_facts,
    products,
    reporters,
    tariff_areas,
    tariffs,
    throughput,
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
            tariffs,
            tariff_areas,
            pair_facts,
            concordances,
            product_facts,
            harbours,
            throughput,
        )
    }
)
# Sums over the flows of one data set, kept beside them.
DATA_TABLES: Mapping[str, Table] = MappingProxyType(
    {module.TABLE.name: module.TABLE for module in (reporters, coverage)}
)
FLOWS: Table = flows.TABLE

__all__ = ["DATA_TABLES", "FLOWS", "REFERENCE_TABLES"]
