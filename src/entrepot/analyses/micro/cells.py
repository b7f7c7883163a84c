"""Cells of a block, one per region, product and year: dispersion, exchange and companions."""

from collections.abc import Collection
from typing import Any

import numpy as np
import polars as pl

from entrepot.analyses.micro.block import Block
from entrepot.analyses.micro.firms import FirmRows
from entrepot.analyses.micro.options import MicroOptions
from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation import REGISTRY
from entrepot.formulas.allocation.companions import expy, herfindahl, log_destinations, owner_share
from entrepot.formulas.allocation.dispersion import rmd_markup
from entrepot.formulas.allocation.exchange import Presence, ico, iv_ico
from entrepot.formulas.distance.sphere import great_circle_km

DISPERSION = ("rmd", "rmd1", "rmd2", "rmd3")
RESTS_ON = "expy_value_usd"  # for the notes: the part of a cell's exports whose lines have a PRODY


def cell_keys(block: Block) -> pl.DataFrame:
    """Region, product, year and number of firms of each cell."""
    at = block.first_of_cell
    return pl.DataFrame(
        {
            "region": block.said("region", block.region[at]),
            "product": block.said("product", block.product[at]),
            "year": block.said("year", block.year[at]),
            "n_firms": np.bincount(block.cells.code, minlength=block.cells.count),
        }
    )


def dispersion_columns(block: Block, firms: FirmRows, options: MicroOptions) -> dict[str, Values]:
    """RMD and its variants by cell, over the firms that have a price."""
    priced = np.isfinite(firms.price) & np.isfinite(firms.quality)
    known: dict[str, Any] = {
        "price_usd": firms.price[priced],
        "quality": firms.quality[priced],
        "price_feng": firms.price_feng[priced],
        "quality_feng": firms.quality_feng[priced],
        "firm_order": block.firm[block.first][priced],
        "cells": Groups(block.cells.code[priced], block.cells.count),
        "neighbours": options.neighbours,
        "metric": options.metric,
        "power": options.power,
    }
    found = REGISTRY.resolve(DISPERSION, known)
    columns = {name: found[name] for name in DISPERSION}
    if options.markups is not None:
        columns["rmd_markup"] = rmd_markup(_markups(block, options.markups), block.cells)
    return columns


def _markups(block: Block, markups: pl.DataFrame) -> Values:
    at = block.first
    keys = pl.DataFrame(
        {
            name: block.said(name, codes[at])
            for name, codes in (("firm", block.firm), ("product", block.product), ("year", block.year))
        }
    )
    by = ["firm", "year", *(["product"] if "product" in markups.columns else [])]
    found: Values = keys.join(markups, on=by, how="left", maintain_order="left")["markup"].fill_null(np.nan).to_numpy()
    return found


def exchange_columns(block: Block, options: MicroOptions) -> dict[str, Values | pl.Series]:
    """ICO, its instrument, and who the nearest region is, by cell."""
    # Regions of the table count among those passed by even if nobody there exports any product of the block.
    names = block.names["region"]
    if options.regions is not None:
        names = pl.concat([names, options.regions["region"].drop_nulls()]).unique().sort()
    code = names.search_sorted(block.names["region"]).to_numpy().astype(np.intp)
    key = (block.markets.code * len(names) + code[block.region]) * block.size("destination") + block.destination
    keys, firms = np.unique(key, return_counts=True)
    cell, destination = np.divmod(keys, block.size("destination"))
    market, region = np.divmod(cell, len(names))
    presence = Presence(market, region, destination, firms.astype(np.float64), len(names), block.size("destination"))
    columns: dict[str, Values | pl.Series] = {"ico": ico(presence, options.include_self)}
    if options.regions is None:
        return columns | {"iv_ico": np.full(presence.cells.count, np.nan)}
    nearest = by_nearness(names, options.regions)
    columns["iv_ico"] = iv_ico(presence, nearest, options.include_self)
    mate, passed = presence.neighbour(nearest)
    there = mate >= 0
    named = names.gather(presence.cell_region[np.maximum(mate, 0)])
    said = pl.DataFrame({"name": named, "there": there}).select(pl.when("there").then("name"))
    columns["iv_region"] = said.to_series()
    columns["iv_passed"] = np.where(there, passed, np.nan)
    return columns


def by_nearness(names: pl.Series, regions: pl.DataFrame) -> Codes:
    """For each region the others with coordinates, from the nearest on, equals by code; -1 fills the rest."""
    places = pl.DataFrame({"region": names}).join(regions, on="region", how="left", maintain_order="left")
    lat, lon = (places[name].fill_null(np.nan).to_numpy() for name in ("latitude", "longitude"))
    km = great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :]).round(6)
    np.fill_diagonal(km, np.nan)
    order = np.argsort(km, axis=1, kind="stable")
    known = np.isfinite(np.take_along_axis(km, order, axis=1))
    return np.where(known, order, -1)[:, : max(len(names) - 1, 0)]


def companion_columns(block: Block, options: MicroOptions, years: Collection[int]) -> dict[str, Values]:
    """Concentration, sophistication, entrants, breadth and owners, by cell."""
    cells, rows = block.cells, block.rows
    destinations = np.bincount(rows.code, minlength=rows.count).astype(np.float64)
    columns = {
        "hhi": herfindahl(rows.total(block.value), cells),
        **_expy(block, options),
        "n_entrants": _entrants(block, years),
        "log_destinations": log_destinations(destinations, cells, options.log_of),
        "log_destinations_high_income": _high_income(block, options),
    }
    owner = block.firm_owner
    words = block.names["owner"].to_list()
    for name, meant in (("share_state", options.state), ("share_foreign", options.foreign)):
        counts = np.array([float(word in meant) for word in words] or [0.0])
        columns[name] = owner_share(np.where(owner < 0, np.nan, counts[np.maximum(owner, 0)]), cells)
    return columns


def _entrants(block: Block, years: Collection[int]) -> Values:
    at = block.first
    product, region, firm = (codes[at] for codes in (block.product, block.region, block.firm))
    calendar = block.calendar[block.year[at]]
    order = np.lexsort((calendar, firm, region, product))
    same = [codes[order][1:] == codes[order][:-1] for codes in (product, region, firm)]
    stays = np.zeros(len(at), dtype=bool)
    stays[order[1:]] = np.logical_and.reduce(same) & (np.diff(calendar[order]) == 1)
    entered = block.cells.total((~stays).astype(np.float64))
    before_known = np.isin(block.calendar[block.year[block.first_of_cell]] - 1, sorted(years))
    return np.where(before_known, entered, np.nan)


def _high_income(block: Block, options: MicroOptions) -> Values:
    table = options.high_income
    if table is None:
        return np.full(block.cells.count, np.nan)
    by = ["destination", *(["year"] if "year" in table.columns else [])]
    keys = pl.DataFrame(
        {"destination": block.said("destination", block.destination), "year": block.said("year", block.year)}
    )
    marked = table.with_columns(high=pl.lit(1.0))
    high: Values = keys.join(marked, on=by, how="left", maintain_order="left")["high"].fill_null(0.0).to_numpy()
    return log_destinations(block.rows.total(high), block.cells, options.log_of)


def _expy(block: Block, options: MicroOptions) -> dict[str, Values]:
    """EXPY of each cell, and the value of the lines on which it rests."""
    if options.prody is None or block.lines is None:
        return {"expy": np.full(block.cells.count, np.nan)}
    by = {"line": "product", **({"year": "year"} if "year" in options.prody.columns else {})}
    lines = block.lines.join(
        options.prody, left_on=list(by), right_on=list(by.values()), how="left", maintain_order="left"
    )
    # Lines are sorted by product, year and region as cells are, and every cell has one.
    changed = np.zeros(lines.height, dtype=bool)
    for name in ("product", "year", "region"):
        changed |= lines[name].ne_missing(lines[name].shift()).to_numpy()
    code = np.cumsum(changed) - 1
    prody = lines["prody"].fill_null(np.nan).to_numpy()
    value, cells = lines["value_usd"].to_numpy(), Groups(code, block.cells.count)
    return {"expy": expy(value, prody, cells), RESTS_ON: cells.total(np.where(np.isfinite(prody), value, 0.0))}
