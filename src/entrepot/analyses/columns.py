"""The columns of an answer, in their fixed order, and which of them are computed on a whole block."""

from dataclasses import dataclass
from functools import lru_cache

from entrepot.core.indicator import Direction, Indicator, Unit
from entrepot.core.text import Text
from entrepot.formulas.compute import indicators, stands_on

# The order in which answers show their columns; ids are fixed.
COLUMN_ORDER = tuple(
    """
    exporter importer product year served value_usd quantity_t quantity_coverage price_usd_t share_in_market
    market_size_usd gravity_share gap cagr lyg growth growth_basis potential_static_usd potential_usd unrealised_usd
    supply demand sd sd_years gdp_basis distance_km cda edist idist tariff tariff_mfn tariff_preferential tariff_lowest
    tariff_lines tariff_basis et it cta ep ip cpa contract_cost customs_cost rule_of_law political_stability lpi
    lpi_customs lpi_infrastructure lpi_shipments lpi_competence lpi_tracking lpi_timeliness fta fta_name fta_date score
    rank rank_low rank_high weight_present
    """.split()
)
# Values read from a reference table, or resting on one, tell their year and source in hidden companion columns.
WITH_ORIGIN = (
    "supply", "demand", "distance_km", "tariff", "contract_cost", "customs_cost", "rule_of_law", "political_stability",
    "lpi", "lpi_customs", "lpi_infrastructure", "lpi_shipments", "lpi_competence", "lpi_tracking", "lpi_timeliness", "fta",
)  # fmt: skip
MARKET_CONDITIONS = WITH_ORIGIN[4:-1]

# Inputs that exist for the rows of an answer only; what stands on none of them but on sums over the block's cells is
# computed for every cell of the block at once.
ROW_INPUTS = frozenset({"history", "data_years", "supply", "demand"})
BLOCK_COLUMNS = tuple(
    column
    for column in COLUMN_ORDER
    if column in indicators() and "cells" in stands_on(column) and not ROW_INPUTS & stands_on(column)
)

_KEYS: dict[str, tuple[Text, Unit]] = {
    "exporter": (Text("Exporter", "出口方"), "code"),
    "importer": (Text("Market", "市场"), "code"),
    "product": (Text("Product", "产品"), "code"),
    "year": (Text("Year", "年份"), "year"),
    "exporter_name": (Text("Exporter", "出口方名称"), "text"),
    "importer_name": (Text("Market", "市场名称"), "text"),
    "product_name": (Text("Product", "产品名称"), "text"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a reader must know of one column of a Result."""

    id: str
    name: Text
    unit: Unit
    direction: Direction
    hidden: bool
    meaning: Text


@lru_cache
def column(name: str) -> Column:
    """The column of that id: a key, an indicator, or the `_year` or `_source` companion of one."""
    if name in _KEYS:
        label, unit = _KEYS[name]
        return Column(name, label, unit, "none", False, label)
    if name in indicators():
        entry = indicators()[name]
        return Column(name, entry.name, entry.unit, entry.direction, False, entry.meaning)
    base, _, what = name.rpartition("_")
    label = indicators()[base].name
    word = Text("year", "年份") if what == "year" else Text("source", "来源")
    said = Text(f"{label.en}: {word.en}", f"{label.zh}：{word.zh}")
    return Column(name, said, "year" if what == "year" else "text", "none", True, said)


@lru_cache(maxsize=1)
def weightable() -> dict[str, Indicator]:
    """The indicators that may enter a score, in the order of the columns."""
    return {name: indicators()[name] for name in COLUMN_ORDER if name in indicators() and indicators()[name].weightable}
