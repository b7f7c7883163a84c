"""Every parameter of every pair that trades a product, computed once for a year of a data set (derived from its flows).

exporter, importer : ISO 3166 alpha-3. product : HS code. The other columns are those of an answer under the bilateral
basis, by the same names and units; null where undefined. Words are categories, since few of them say the same of millions of rows. What belongs to a market or a pair whatever the product
(distance, agreements, conditions) is not repeated here. `…_years` and `…_basis` put into words what supply and demand rest
on, `…_last_year` is the last year of the gross domestic product behind them.
"""

import polars as pl

from entrepot.tables.schema import Table

NUMBERS = (
    "served", "value_usd", "quantity_t", "quantity_coverage", "price_usd_t", "share_in_market", "market_size_usd",
    "gravity_share", "gap", "cagr", "lyg", "growth", "potential_static_usd", "potential_usd", "unrealised_usd",
    "supply", "demand", "sd", "cda", "edist", "idist", "tariff", "tariff_mfn", "tariff_preferential", "tariff_lowest",
    "tariff_lines", "tariff_lines_left_out", "et", "it", "cta", "ep", "ip", "cpa",
)  # fmt: skip
YEARS = ("supply_last_year", "demand_last_year", "tariff_year")
WORDS = (
    "growth_basis", "supply_years", "demand_years", "supply_basis", "demand_basis", "tariff_basis", "tariff_source",
)  # fmt: skip

TABLE = Table(
    "cells",
    schema={
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "product": pl.Utf8,
        **dict.fromkeys((*NUMBERS, *YEARS), pl.Float64),
        **dict.fromkeys(WORDS, pl.Categorical()),
    },
    key=("product", "exporter", "importer"),
    nullable=frozenset((*NUMBERS, *YEARS)),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
