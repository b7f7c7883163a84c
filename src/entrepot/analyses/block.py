"""One product's block: every supplier × market of the question, with shares, gap and advantages on each cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.columns import BLOCK_COLUMNS
from entrepot.analyses.options import Options
from entrepot.analyses.roster import Matrix, Roster
from entrepot.analyses.trade import Trade
from entrepot.cube.cells import Cells, Codes, Values
from entrepot.formulas.compute import resolve
from entrepot.formulas.tariff import mean_tariffs

if TYPE_CHECKING:
    from entrepot.analyses.world import World


@dataclass(frozen=True)
class Block:
    """The cells of one product and every column computed on them; `known[column]` has one number per cell."""

    trade: Trade
    cells: Cells
    known: Mapping[str, Any]

    def rows_of(self, exporter: int, markets: Codes) -> dict[str, Any]:
        """What is known of one exporter's cells in these markets, in their order; not per cell stays as it is."""
        own = np.flatnonzero(self.cells.exporter == exporter)
        at = np.full(self.trade.economies, -1)
        at[self.cells.importer[own]] = own
        rows = at[markets]
        return {
            name: x[rows] if isinstance(x, np.ndarray) and len(x) == len(self.cells) else x
            for name, x in self.known.items()
            if name != "cells"
        }


@dataclass(frozen=True)
class Geography:
    """Distances of a roster, exporter × importer: kilometres, their natural logarithm, and who are neighbours."""

    km: Matrix
    log_distance: Matrix
    neighbour: NDArray[np.bool_]


def geography(world: "World", roster: Roster, provider: str) -> Geography:
    """Distances by provider; a group is as far as its members' GDP-weighted mean, and a neighbour if a member is."""
    km = roster.mean_pairs(world.distance(provider))
    with np.errstate(divide="ignore"):
        return Geography(km, np.log(km), roster.any_pair(world.neighbours))


def build_block(
    trade: Trade, place: Geography, options: Options, exporter: int, weight_year: int, rates: Matrix | None = None
) -> Block:
    """Every supplier of the longest window (and the exporter) × every market of it, computed.

    A superset of the flows of the analysis year changes no sum, since what does not trade weighs nothing; so that one
    block serves every exporter and every window.

    Parameters
    ----------
    weight_year : the latest complete year not after the analysis year; its flows weight the usual distances.
    rates : duties on the product, exporter × importer, NaN where unknown; None where no schedule is loaded.
    """
    cells = _cells(trade, exporter)
    last = len(trade.years) - 1
    first = last if options.price_period == "year" else last - options.window + 1
    value, priced, quantity = _on_cells(trade, cells, last, last)
    period = (value, priced, quantity) if first == last else _on_cells(trade, cells, first, last)
    reported = (value > 0) | (trade.reports[last, cells.exporter] & trade.reports[last, cells.importer])
    usual = trade.years.index(weight_year) if weight_year in trade.years else last
    tariff, faced, levied = _tariffs(cells, rates)
    known = {
        "cells": cells,
        "value_usd": np.where(reported, value, np.nan),
        "quantity_t": np.where(priced > 0, quantity, np.nan),
        "period_value_usd": period[0],
        "period_priced_value_usd": period[1],
        "period_quantity_t": period[2],
        "importer_reports": trade.reports[last, cells.importer].astype(float),
        "distance_weight": value if usual == last else _on_cells(trade, cells, usual, usual)[0],
        "log_distance": place.log_distance[cells.exporter, cells.importer],
        "neighbour": place.neighbour[cells.exporter, cells.importer],
        "tariff": tariff,
        "tariff_faced": faced,
        "tariff_levied": levied,
        "basis": options.basis,
        "average": options.average,
        "missing": options.missing,
    }
    return Block(trade, cells, resolve((*BLOCK_COLUMNS, "served", "quantity_coverage"), known))


def _cells(trade: Trade, exporter: int) -> Cells:
    suppliers = np.union1d(trade.exporter, [exporter])
    markets = np.unique(trade.importer)
    i, j = np.repeat(suppliers, len(markets)), np.tile(markets, len(suppliers))
    other = i != j
    i, j = i[other].astype(np.intp), j[other].astype(np.intp)
    return Cells(i, j, np.zeros(len(i), dtype=np.intp), trade.economies, 1)


def _on_cells(trade: Trade, cells: Cells, first: int, last: int) -> tuple[Values, Values, Values]:
    """Value, priced value and quantity of each cell, summed over the years first … last."""
    chosen = (trade.when >= first) & (trade.when <= last)
    key = trade.exporter[chosen] * trade.economies + trade.importer[chosen]
    size = trade.economies**2
    at = cells.exporter * trade.economies + cells.importer
    value, priced, quantity = (
        np.bincount(key, x[chosen], size)[at] for x in (trade.value, trade.priced, trade.quantity)
    )
    return value, priced, quantity


def _tariffs(cells: Cells, rates: Matrix | None) -> tuple[Values, Values, Values]:
    """The duty on each cell, and the means that its exporter faces and its importer levies."""
    if rates is None:
        unknown = np.full(len(cells), np.nan)
        return unknown, unknown, unknown
    faced, levied = mean_tariffs(rates)
    return rates[cells.exporter, cells.importer], faced[cells.exporter], levied[cells.importer]
