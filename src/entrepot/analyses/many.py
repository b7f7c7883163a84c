"""Rows of many products at once: what `products` and `priorities` compare, block by block, as a build computes its cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from entrepot.analyses.asking import with_window
from entrepot.analyses.block import COLUMNS, Block, build_block, pairs_and_rows
from entrepot.analyses.candidates import narrowed
from entrepot.analyses.directory import Good
from entrepot.analyses.duties import Duties
from entrepot.analyses.rows import COMPUTED, Rows, Setting, known_besides, numbers_of, rows_from
from entrepot.analyses.trade import LONGEST, Trade, load_together
from entrepot.cube.cells import Codes, Grid, Values
from entrepot.formulas.advantage import cda, cta, et, it, nearness
from entrepot.formulas.compute import resolve, stands_on
from entrepot.formulas.gap import friction, share_of_pull
from entrepot.scale.blocks import made_ahead, pack

FLOWS_PER_BLOCK = 131_072  # computed together
FLOWS_PER_PART = 500_000  # read together; of a build, written as one object
THREADS = 2  # blocks at a time
Progress = Callable[[str, float], None]
# Under the basis "world" these compare pairs that do not trade too; they are computed market by market.
OF_WORLD = tuple(c for c in COLUMNS if "friction" in stands_on(c))


@dataclass
class Compared:
    """The rows of the products, in parts; as other windows would have them; and how many rows the candidates leave out."""

    parts: list[Rows] = field(default_factory=list)
    moved: list[list[Mapping[str, Values]]] = field(default_factory=list)
    left_out: int = 0


def compared(
    setting: Setting,
    goods: Sequence[Good],
    windows: Sequence[int],
    weighted: Sequence[str],
    *,
    market: int | None = None,
    progress: Progress | None = None,
) -> Compared:
    """The exporter's rows of all these products that it sells to anyone, in the markets that buy them from anyone.

    Parameters
    ----------
    windows : the other windows in which the ranks are wanted; weighted : columns that must follow them.
    market : if rows in this market are all that is wanted.
    progress : called with a product and the fraction done.
    """
    found = Compared(moved=[[] for _ in windows])

    def compute(block: tuple[Trade, float]) -> tuple[int, tuple[Rows, list[Mapping[str, Values]]] | None, str, float]:
        trade, done = block
        good, there, left_out = _wanted(setting, trade, market)
        rows = _rows(setting, trade, good, there, windows, weighted) if len(good) else None
        return left_out, rows, trade.products[-1], done

    for left_out, rows, product, done in made_ahead(compute, in_blocks(setting, goods), threads=THREADS):
        found.left_out += left_out
        if rows is not None:
            found.parts.append(rows[0])
            for window, values in zip(found.moved, rows[1], strict=True):
                window.append(values)
        if progress:
            progress(product, done)
    return found


def in_parts(setting: Setting, goods: Sequence[Good], size: int) -> Iterator[tuple[Trade, list[int], float]]:
    """The trade of products of one level side by side, some at a time, the next read meanwhile; flows of each; fraction done.

    Products come in the order of their codes.

    Parameters
    ----------
    size : flows that are read together, unless one product has more.
    """
    if not goods:
        return
    level, codes = goods[0].level, sorted(good.code for good in goods)
    years = range(setting.year - LONGEST + 1, setting.year + 1)
    covered = setting.world.snapshot.data_table(setting.data, "coverage").filter(pl.col("year").is_in(list(years)))
    flows = dict(covered.group_by(pl.col("product").str.head(level)).agg(pl.col("flows").sum()).iter_rows())
    sizes = [flows.get(code, 0) for code in codes]
    parts = pack(sizes, size)

    def read(part: slice) -> Trade:
        return load_together(setting.world, setting.data, setting.roster, codes[part], level=level, year=setting.year)

    for part, trade in zip(parts, made_ahead(read, parts), strict=True):
        yield trade, sizes[part], part.stop / len(codes)


def in_blocks(setting: Setting, goods: Sequence[Good]) -> Iterator[tuple[Trade, float]]:
    """The same cut smaller, into what is computed together."""
    for trade, sizes, done in in_parts(setting, goods, FLOWS_PER_PART):
        for block in pack(sizes, FLOWS_PER_BLOCK):
            yield trade.part(block.start, block.stop), done


def _wanted(setting: Setting, trade: Trade, market: int | None) -> tuple[Codes, Codes, int]:
    """Product and market of each row, ascending; and how many the candidates leave out."""
    window, exporter, shape = setting.options.window, setting.exporter_code, (trade.goods, trade.economies)
    bought, sold = (np.nansum(x[-window:], axis=0).reshape(shape) > 0 for x in (trade.imports, trade.exports))
    bought[:, exporter] = False
    if market is not None:
        bought[:, np.arange(trade.economies) != market] = False
    good, there = np.nonzero(bought & sold[:, [exporter]])
    if not setting.options.among and setting.options.served == "all":
        return good, there, 0
    kept = [(g, narrowed(setting, [trade.part(g, g + 1)], there[good == g])) for g in np.unique(good).tolist()]
    markets = np.concatenate([j for _, j in kept]) if kept else there
    return (
        np.repeat([g for g, _ in kept], [len(j) for _, j in kept]).astype(np.intp),
        markets,
        len(there) - len(markets),
    )


def _rows(
    setting: Setting, trade: Trade, good: Codes, there: Codes, windows: Sequence[int], weighted: Sequence[str]
) -> tuple[Rows, list[Mapping[str, Values]]]:
    """The rows of a block; and their numbers as other windows would have them."""
    duties = setting.duties_on(trade.products)
    sums = _of_block(setting, trade, good, there, duties)
    known = _known(setting, trade, good, there, sums)
    rows = rows_from(setting, trade, good, there, known, duties)
    moved: list[Mapping[str, Values]] = []
    for window in windows:
        other = with_window(setting, window)
        # Without prices of the window a block is the same in each.
        priced = setting.options.price_period == "window"
        of_other = _of_block(other, trade, good, there, duties) if priced else sums
        have = resolve([c for c in weighted if c in COMPUTED], _known(other, trade, good, there, of_other))
        moved.append({**rows.values, **numbers_of(have)})
    return rows, moved


def _of_block(setting: Setting, trade: Trade, good: Codes, there: Codes, duties: Sequence[Duties]) -> dict[str, Any]:
    """What the rows have from sums over the products' flows."""
    exporter, world = setting.exporter_code, setting.options.basis == "world"
    cells, at = pairs_and_rows(trade, good, exporter, there)
    columns = [c for c in COLUMNS if c not in OF_WORLD] if world else COLUMNS
    block = build_block(trade, cells, setting.place, setting.options, setting.weight_year, duties, columns)
    known = {
        name: x[at] if isinstance(x, np.ndarray) and len(x) == len(cells) else x
        for name, x in block.known.items()
        if name != "cells"
    }
    if world:
        share = _shares_of_all(setting, block, good, there, duties)
        share[~(known["market_size_usd"] > 0)] = 0.0
        share[np.isnan(known["value_usd"])] = np.nan
        known["gravity_share"] = share
    return known


def _known(setting: Setting, trade: Trade, good: Codes, there: Codes, sums: Mapping[str, Any]) -> dict[str, Any]:
    """That, and the window's history, supply and demand."""
    seller, buyer = (good * trade.economies + side for side in (setting.exporter_code, there))
    history = trade.histories_of(setting.exporter_code, good, there)
    if setting.options.basis == "world":
        history = trade.imports[:, buyer]
    return {**sums, **known_besides(setting, trade, seller, buyer, history)}


def _shares_of_all(setting: Setting, block: Block, good: Codes, there: Codes, duties: Sequence[Duties]) -> Values:
    """The pull of the exporter in each row's market over that of every supplier, whether or not it sells there.

    Usual distances and masses come from the pairs that trade, since no other weighs anything in them; suppliers that sell
    nothing in the year pull nothing, and are left out.
    """
    cells, known, exporter, place = block.cells, block.known, setting.exporter_code, setting.place
    size = (cells.products, cells.economies)
    usual_out, usual_in = (
        cells.weighted_means(side, known["log_distance"], known["distance_weight"]).reshape(size)
        for side in ("exporter", "importer")
    )
    mass = cells.totals("exporter", np.nan_to_num(known["value_usd"])).reshape(size)
    starts, ends = (np.searchsorted(cells.product, np.arange(cells.products), side) for side in ("left", "right"))
    share = np.empty(len(good))
    first, begins, counts = np.unique(good, return_index=True, return_counts=True)
    for p, begin, count in zip(first.tolist(), begins.tolist(), counts.tolist(), strict=True):
        j = there[begin : begin + count]
        pulls = mass[p] > 0
        pulls[exporter] = True
        i = np.flatnonzero(pulls)
        pairs = np.ix_(i, j)
        km = place.log_distance[pairs]
        near = cda(
            nearness(usual_out[p][i][:, None], km).ravel(),
            nearness(usual_in[p][j], km).ravel(),
            place.neighbour[pairs].ravel(),
        )
        weight = np.where(i[:, None] == j, 0.0, mass[p][i][:, None]).ravel()  # nobody supplies itself
        own = slice(starts[p], ends[p])
        prices = _prices(block, own, i, j)
        grid = Grid(len(i), count)
        apart = friction(_duties(duties, p, i, j), prices, near, weight, setting.options.missing, grid)
        row = int(np.searchsorted(i, exporter))
        share[begin : begin + count] = share_of_pull(weight * apart, grid)[row * count : (row + 1) * count]
    return share


def _duties(duties: Sequence[Duties], product: int, i: Codes, j: Codes) -> Values:
    """The tariff advantage of every supplier in every market; 1 where no schedule is loaded."""
    if not duties:
        return np.ones(len(i) * len(j))
    one = duties[product]
    faced, levied = one.means
    rate = one.average[np.ix_(i, j)]
    return cta(et(rate, faced[i][:, None]), it(rate, levied[j])).ravel()


def _prices(block: Block, own: slice, i: Codes, j: Codes) -> Values:
    """The price advantage of every supplier in every market, NaN where nothing is sold; 1 where no price is known at all."""
    found = block.known["cpa"][own]
    there = np.flatnonzero(np.isfinite(found))
    if not len(there):
        return np.ones(len(i) * len(j))
    whole = np.full((block.cells.economies, block.cells.economies), np.nan)
    whole[block.cells.exporter[own][there], block.cells.importer[own][there]] = found[there]
    return whole[np.ix_(i, j)].ravel()
