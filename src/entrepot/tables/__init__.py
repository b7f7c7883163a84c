"""The waist of the house: every source ends in these tables, every formula begins with them."""

from collections.abc import Mapping
from types import MappingProxyType

from entrepot.tables import (
    agreements,
    borders,
    cells,
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
    mirror,
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
# What is kept beside the flows of one data set: sums over them, and what both sides told where a source tells both.
DATA_TABLES: Mapping[str, Table] = MappingProxyType(
    {module.TABLE.name: module.TABLE for module in (reporters, coverage, mirror)}
)
FLOWS: Table = flows.TABLE
# What is computed once of the flows of a year.
CELLS: Table = cells.TABLE

__all__ = ["CELLS", "DATA_TABLES", "FLOWS", "REFERENCE_TABLES"]
