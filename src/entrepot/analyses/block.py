"""One product's block: every supplier × market of the question, with shares, gap and advantages on each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.columns import BLOCK_COLUMNS
from entrepot.analyses.duties import Duties
from entrepot.analyses.options import Options
from entrepot.analyses.roster import Matrix, Roster
from entrepot.analyses.trade import Trade
from entrepot.cube.cells import Cells, Codes, Values
from entrepot.formulas.compute import resolve

if TYPE_CHECKING:
    from entrepot.analyses.world import World


COLUMNS = (*BLOCK_COLUMNS, "served", "quantity_coverage")


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


def geography(world: "World", roster: Roster, provider: str, without: str | None = None) -> Geography:
    """Distances by provider; a group is as far as its members' GDP-weighted mean, and a neighbour if a member is."""
    km = roster.mean_pairs(world.distance(provider, without))
    with np.errstate(divide="ignore"):
        return Geography(km, np.log(km), roster.any_pair(world.neighbours))


def build_block(
    trade: Trade,
    cells: Cells,
    place: Geography,
    options: Options,
    weight_year: int,
    duties: Sequence[Duties] = (),
    columns: Iterable[str] = COLUMNS,
) -> Block:
    """Every column that stands on sums over the product's flows, computed on the cells.

    Parameters
    ----------
    cells : `all_pairs`, or `trading_pairs` where rows of pairs that do not trade are not wanted.
    weight_year : the latest complete year not after the analysis year; its flows weight the usual distances.
    duties : duties on each product; none where no schedule is loaded.
    columns : what to compute on the cells.
    """
    last = len(trade.years) - 1
    first = last if options.price_period == "year" else last - options.window + 1
    value, priced, quantity = _on_cells(trade, cells, last, last)
    period = (value, priced, quantity) if first == last else _on_cells(trade, cells, first, last)
    reported = (value > 0) | (trade.reports[last, cells.exporter] & trade.reports[last, cells.importer])
    usual = trade.years.index(weight_year) if weight_year in trade.years else last
    tariff, faced, levied = _tariffs(cells, duties)
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
    return Block(trade, cells, resolve(columns, known))


def all_pairs(trade: Trade, exporter: int) -> Cells:
    """Every supplier of the longest window (and the exporter) × every market of it.

    A superset of the flows of the analysis year changes no sum, since what does not trade weighs nothing; so that one
    block serves every exporter and every window.
    """
    suppliers = np.union1d(trade.exporter, [exporter])
    markets = np.unique(trade.importer)
    i, j = np.repeat(suppliers, len(markets)), np.tile(markets, len(suppliers))
    other = i != j
    return _cells(trade, i[other].astype(np.intp), j[other].astype(np.intp))


def pairs_in_markets(trade: Trade, exporter: int, markets: Codes) -> Cells:
    """The pairs that trade, and every supplier (and the exporter) in these markets: enough for rows in these."""
    suppliers = np.union1d(trade.exporter, [exporter])
    there = (suppliers[:, None] * trade.economies + markets).ravel()
    i, j = np.divmod(np.union1d(there, trade.pairs), trade.economies)
    other = i != j
    return _cells(trade, i[other], j[other])


def pairs_and_rows(trade: Trade, good: Codes, exporter: int, markets: Codes) -> tuple[Cells, Codes]:
    """The pairs that trade, and an exporter's rows whether or not it sells there; and where these rows stand among them.

    Parameters
    ----------
    good, markets : product and market of each row, ascending by product and then by market.
    """
    size, pairs = trade.economies, trade.pairs
    rows = (good * size + exporter) * size + markets
    place = np.searchsorted(pairs, rows)
    new = pairs[np.minimum(place, len(pairs) - 1)] != rows
    at = place + np.cumsum(new) - new
    keys = np.insert(pairs, place[new], rows[new])
    trades = np.ones(len(keys), dtype=bool)
    trades[at[new]] = False
    trader, j = np.divmod(keys, size)
    p, i = np.divmod(trader, size)
    return Cells(i, j, p, size, trade.goods, None if trades.all() else np.flatnonzero(trades)), at


def trading_pairs(trade: Trade) -> Cells:
    """The pairs that trade in the longest window, of one product or several: under the bilateral basis no other enters a sum."""
    trader, importer = np.divmod(trade.pairs, trade.economies)
    good, exporter = np.divmod(trader, trade.economies)
    return Cells(exporter, importer, good, trade.economies, trade.goods)


def _cells(trade: Trade, i: Codes, j: Codes) -> Cells:
    trading = np.zeros(trade.economies**2, dtype=bool)
    trading[trade.pairs] = True
    traded = np.flatnonzero(trading[i * trade.economies + j])
    return Cells(i, j, np.zeros(len(i), dtype=np.intp), trade.economies, 1, traded)


def _on_cells(trade: Trade, cells: Cells, first: int, last: int) -> tuple[Values, Values, Values]:
    """Value, priced value and quantity of each cell, summed over the years first … last."""
    chosen = (trade.when >= first) & (trade.when <= last)
    place, size = trade.place[chosen], len(trade.pairs)
    value, priced, quantity = (
        _spread(trade, cells, np.bincount(place, x[chosen], size).astype(np.float64, copy=False))
        for x in (trade.value, trade.priced, trade.quantity)
    )
    return value, priced, quantity


def _spread(trade: Trade, cells: Cells, of_pairs: Values) -> Values:
    """Numbers of the pairs that trade, given to each cell; 0 where a cell does not trade."""
    if cells.traded is None:
        return of_pairs
    found = np.zeros(len(cells))
    found[cells.traded] = of_pairs
    return found


def _tariffs(cells: Cells, duties: Sequence[Duties]) -> tuple[Values, Values, Values]:
    """The duty on each cell, and the means that its exporter faces and its importer levies."""
    tariff, faced, levied = np.full((3, len(cells)), np.nan)
    ends = np.searchsorted(cells.product, np.arange(len(duties) + 1))
    for one, start, end in zip(duties, ends, ends[1:], strict=False):
        i, j = cells.exporter[start:end], cells.importer[start:end]
        tariff[start:end] = one.average[i, j]
        faced[start:end], levied[start:end] = one.means[0][i], one.means[1][j]
    return tariff, faced, levied
