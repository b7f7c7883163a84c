"""Declarations of whole products as arrays: summed to firm, product, destination and year, in one fixed order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups

KEYS = ("product", "year", "region", "firm", "destination")


@dataclass(frozen=True)
class Block:
    """Declarations of whole products, one entry per product, year, region, firm and destination, in that order.

    Parameters
    ----------
    names : for each key and `owner`, its values in ascending order; an entry's code is the place in there.
    product, year, region, firm, destination : codes, one per entry; owner : as the entry's declarations say, -1 where unknown.
    value : US$; priced, quantity : value and quantity of the declarations that give a quantity, 0 without one.
    lines : (cell, line, value) of finer products, where they were asked for.
    """

    names: dict[str, pl.Series]
    product: Codes
    year: Codes
    region: Codes
    firm: Codes
    destination: Codes
    owner: Codes
    value: Values
    priced: Values
    quantity: Values
    lines: pl.DataFrame | None = None

    def size(self, key: str) -> int:
        """How many codes a key has."""
        return len(self.names[key])

    def said(self, key: str, codes: Codes) -> pl.Series:
        """Values of codes."""
        return self.names[key].gather(codes)

    @cached_property
    def calendar(self) -> NDArray[np.int64]:
        """The year of each code of a year."""
        return self.names["year"].to_numpy().astype(np.int64)

    @cached_property
    def markets(self) -> Groups:
        """Product and year of each entry."""
        return groups_of(self.product, self.year)

    @cached_property
    def rows(self) -> Groups:
        """Product, year, region and firm of each entry: the firm rows, in order."""
        return groups_of(self.product, self.year, self.region, self.firm)

    @cached_property
    def first(self) -> Codes:
        """The first entry of each firm row."""
        return np.flatnonzero(np.diff(self.rows.code, prepend=-1))

    @cached_property
    def firm_owner(self) -> Codes:
        """The owner of each firm row, -1 where unknown; of several the first by name."""
        return _first_known(self.owner, self.first)

    @cached_property
    def cells(self) -> Groups:
        """Product, year and region of each firm row: the cells, in order."""
        return groups_of(*(codes[self.first] for codes in (self.product, self.year, self.region)))

    @cached_property
    def first_of_cell(self) -> Codes:
        """The first entry of each cell."""
        return self.first[np.flatnonzero(np.diff(self.cells.code, prepend=-1))]


def groups_of(*codes: Codes) -> Groups:
    """Groups of entries that share all codes, numbered in the order of the entries; equal ones must be neighbours.

    Examples
    --------
    >>> groups_of(np.array([0, 0, 1]), np.array([5, 6, 6])).code.tolist()
    [0, 1, 2]
    """
    changed = np.zeros(len(codes[0]), dtype=bool)
    for code in codes:
        changed[1:] |= code[1:] != code[:-1]
    number = np.cumsum(changed)
    return Groups(number, int(number[-1]) + 1 if len(number) else 0)


def block_of(frame: pl.DataFrame) -> Block:
    """A block from rows of `firm_flows`; the order of the rows changes nothing, not even the last bit of a sum."""
    names: dict[str, pl.Series] = {}
    codes: dict[str, pl.Series] = {}
    for key in (*KEYS, "owner"):
        values = frame[key].drop_nulls().unique().sort()
        names[key] = values
        place = pl.int_range(len(values), eager=True, dtype=pl.Int64)
        codes[key] = (
            frame[key].replace_strict(values, place, default=None, return_dtype=pl.Int64)
            if len(values)
            else pl.Series([None] * frame.height, dtype=pl.Int64)
        )
    whole = codes["product"]
    for name in KEYS[1:]:
        whole = whole * len(names[name]) + codes[name]
    table = pl.DataFrame(
        {
            "key": whole,
            "value": frame["value_usd"],
            "quantity": frame["quantity"],
            "owner": codes["owner"].fill_null(-1),
        }
    ).sort("key", "value", "quantity", "owner")
    every = table["key"].to_numpy()
    starts = np.flatnonzero(np.diff(every, prepend=-1))
    value, quantity = table["value"].to_numpy(), table["quantity"].fill_null(0.0).to_numpy()
    split = {}
    rest = every[starts]
    for name in reversed(KEYS[1:]):
        rest, split[name] = np.divmod(rest, len(names[name]))
    return Block(
        names,
        rest,
        split["year"],
        split["region"],
        split["firm"],
        split["destination"],
        _first_known(table["owner"].to_numpy(), starts),
        np.add.reduceat(value, starts),
        np.add.reduceat(np.where(quantity > 0, value, 0.0), starts),
        np.add.reduceat(quantity, starts),
        _lines(frame) if "line" in frame.columns else None,
    )


def _first_known(codes: Codes, starts: Codes) -> Codes:
    """The least code of each run that begins at one of `starts`, those below 0 (unknown) left out; -1 where all are."""
    most = np.iinfo(np.int64).max
    least = np.minimum.reduceat(np.where(codes < 0, most, codes), starts)
    return np.where(least == most, -1, least)


def _lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Value by product, year, region and finer line; rows sorted first, so that a sum is taken in one order."""
    keys = ["product", "year", "region", "line"]
    return (
        frame.select(*keys, "value_usd")
        .sort(*keys, "value_usd")
        .group_by(keys, maintain_order=True)
        .agg(pl.col("value_usd").sum())
    )
