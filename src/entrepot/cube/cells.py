"""Cells of the trade cube: one entry per (exporter, importer, product), and sums along one side given back to each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Side = Literal["exporter", "importer"]
Values = NDArray[np.float64]  # one number per cell, NaN where unknown
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Cells:
    """A block of whole products.

    Parameters
    ----------
    exporter, importer : economy codes 0 … economies-1, one per cell.
    product : product codes 0 … products-1 within the block, one per cell.
    economies, products : how many codes there are.
    traded : places of the cells that trade; None if every cell does. Sums along exporters run over these only: the others
        add nothing, but between them they would change in which pairs a run is added up, and so its last bits.

    Every formula of the house is a sum along exporters or importers within a product, followed by arithmetic per cell.
    A block of 8 to 128 HS4 products of one year keeps its working arrays in the processor's cache. Any order of the cells
    will do; sorted by product and then by economy, sums on that side are several times as quick.

    Examples
    --------
    >>> cells = Cells(np.array([0, 1]), np.array([2, 2]), np.array([0, 0]), economies=3, products=1)
    >>> cells.sum_by("importer", np.array([30.0, 10.0])).tolist()
    [40.0, 40.0]
    """

    exporter: Codes
    importer: Codes
    product: Codes
    economies: int
    products: int
    traded: Codes | None = None

    def __len__(self) -> int:
        return len(self.exporter)

    @cached_property
    def _grouping(self) -> dict[Side, "_Grouping"]:
        start, size = self.product * self.economies, self.products * self.economies
        exporters = _Grouping(start + self.exporter, size, self.traded)
        # Cells of one market each may happen to ascend on both sides: one side's order decides, whatever the other's.
        return {
            "exporter": exporters,
            "importer": _Grouping(start + self.importer, size, may_run=not exporters.in_runs),
        }

    def totals(self, side: Side, x: Values) -> Values:
        """Σ x by product and economy on `side`, shape (products · economies,); x must hold no NaN."""
        return self._grouping[side].totals(x)

    def align(self, side: Side, totals: Values) -> Values:
        """Numbers per product and economy (as `totals` gives them), given back to each cell."""
        return self._grouping[side].align(totals)

    def sum_by(self, side: Side, x: Values) -> Values:
        """Σ x over the cells with the same product and the same economy on `side`, given back to each; NaN adds nothing."""
        return self.align(side, self.totals(side, put_at(unknown(x), x, 0.0)))

    def mean_by(self, side: Side, x: Values) -> Values:
        """Mean of the known x in each group of `sum_by`; NaN where none is known."""
        hole, grouping = unknown(x), self._grouping[side]
        known = grouping.sizes - np.bincount(grouping.group[hole], minlength=grouping.size)
        return self.align(side, _ratio(self.totals(side, put_at(hole, x, 0.0)), known))

    def weighted_mean_by(self, side: Side, x: Values, weight: Values) -> Values:
        """Σ weight·x / Σ weight over the cells whose x is known; NaN where no weight meets a known x."""
        return self.align(side, self._weighted_means(side, x, weight, unknown(x)))

    def weighted_means(self, side: Side, x: Values, weight: Values) -> Values:
        """`weighted_mean_by` per product and economy (as `totals` gives them), not per cell."""
        return self._weighted_means(side, x, weight, unknown(x))

    def fill_by(self, side: Side, x: Values, weight: Values) -> Values:
        """Fill x: each unknown is replaced by `weighted_mean_by`; NaN stays where there is none."""
        hole = unknown(x)
        if not len(hole):
            return x
        usual = self._weighted_means(side, x, weight, hole)
        return put_at(hole, x, usual[self._grouping[side].group[hole]])

    def _weighted_means(self, side: Side, x: Values, weight: Values, hole: Codes) -> Values:
        above = weight * x
        above[hole] = 0.0
        return _ratio(self.totals(side, above), self.totals(side, put_at(hole, weight, 0.0)))

    def take(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> "Cells":
        """The chosen cells only: for arithmetic per cell, not for sums."""
        return Cells(self.exporter[index], self.importer[index], self.product[index], self.economies, self.products)


class Grid(Cells):
    """Every one of some suppliers × every one of some markets, of one product, supplier by supplier; sums over suppliers only.

    The same sums as those of `Cells` over these cells, to the bit: a market's suppliers are added up in their order.

    Examples
    --------
    >>> Grid(2, 3).sum_by("importer", np.array([1.0, 2.0, 3.0, 10.0, 20.0, np.nan])).tolist()
    [11.0, 22.0, 3.0, 11.0, 22.0, 3.0]
    """

    def __init__(self, suppliers: int, markets: int) -> None:
        i, j = np.repeat(np.arange(suppliers), markets), np.tile(np.arange(markets), suppliers)
        super().__init__(i, j, np.zeros(len(i), dtype=np.intp), max(suppliers, markets), 1)

    @cached_property
    def _grouping(self) -> dict[Side, "_Grouping"]:
        return {"importer": _Columns(self.importer, int(self.importer[-1]) + 1)}


class _Grouping:
    """The cells by product and economy on one side: `group` holds the number of each cell's group, 0 … size-1.

    Where the groups ascend, each lies in one run, and a run is summed and filled several times as quickly as scattered cells.
    """

    def __init__(self, group: Codes, size: int, summed: Codes | None = None, *, may_run: bool = True) -> None:
        self.group, self.size, self._summed = group, size, summed
        self.in_runs = may_run and bool((group[1:] >= group[:-1]).all())
        if self.in_runs:
            self._starts = _starts(group)
            self._lengths = np.diff(self._starts, append=len(group))
            self._into = group if summed is None else group[summed]
            self._runs = self._starts if summed is None else _starts(self._into)

    @cached_property
    def sizes(self) -> Codes:
        """How many cells each group has."""
        return np.bincount(self.group, minlength=self.size)

    def totals(self, x: Values) -> Values:
        if not self.in_runs:
            return np.bincount(self.group, x, self.size).astype(np.float64, copy=False)
        sums = np.zeros(self.size)
        there = x if self._summed is None else x[self._summed]
        sums[self._into[self._runs]] = np.add.reduceat(there, self._runs)
        return sums

    def align(self, totals: Values) -> Values:
        if not self.in_runs:
            return totals[self.group]
        return np.repeat(totals[self.group[self._starts]], self._lengths)


class _Columns(_Grouping):
    """The cells of a `Grid` by market: each market is a column."""

    def __init__(self, group: Codes, size: int) -> None:
        self.group, self.size, self.in_runs = group, size, False

    def totals(self, x: Values) -> Values:
        # NumPy adds up the rows of a matrix one by one, but a single column in pairs.
        if self.size == 1:
            return super().totals(x)
        sums: Values = x.reshape(-1, self.size).sum(axis=0)
        return sums

    def align(self, totals: Values) -> Values:
        return np.tile(totals, len(self.group) // self.size)


def _starts(group: Codes) -> Codes:
    """Where each run of ascending groups begins."""
    return np.flatnonzero(np.concatenate(([len(group) > 0], group[1:] != group[:-1])))


def unknown(x: Values) -> Codes:
    """Where x is not a number: few places as a rule, so that writing to them costs little."""
    return np.flatnonzero(~np.isfinite(x))


def put_at(places: Codes, x: Values, number: float | Values) -> Values:
    """Put other numbers in these places of a copy of x; x itself, not a copy, if there are no places."""
    if not len(places):
        return x
    changed = x.copy()
    changed[places] = number
    return changed


def _ratio(above: Values, below: Values | Codes) -> Values:
    """Divide above by below; NaN where nothing is below."""
    ratio: Values = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return ratio
