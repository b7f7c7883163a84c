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

    def __len__(self) -> int:
        return len(self.exporter)

    @cached_property
    def _grouping(self) -> dict[Side, "_Grouping"]:
        start, size = self.product * self.economies, self.products * self.economies
        return {"exporter": _Grouping(start + self.exporter, size), "importer": _Grouping(start + self.importer, size)}

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


class _Grouping:
    """The cells by product and economy on one side: `group` holds the number of each cell's group, 0 … size-1.

    Where the groups ascend, each lies in one run, and a run is summed and filled several times as quickly as scattered cells.
    """

    def __init__(self, group: Codes, size: int) -> None:
        self.group, self.size = group, size
        self._in_runs = bool((group[1:] >= group[:-1]).all())
        if self._in_runs:
            self._starts = np.flatnonzero(np.concatenate(([len(group) > 0], group[1:] != group[:-1])))
            self._lengths = np.diff(self._starts, append=len(group))

    @cached_property
    def sizes(self) -> Values:
        """How many cells each group has."""
        return self.totals(np.ones(len(self.group)))

    def totals(self, x: Values) -> Values:
        if not self._in_runs:
            return np.bincount(self.group, x, self.size).astype(np.float64, copy=False)
        sums = np.zeros(self.size)
        sums[self.group[self._starts]] = np.add.reduceat(x, self._starts)
        return sums

    def align(self, totals: Values) -> Values:
        if not self._in_runs:
            return totals[self.group]
        return np.repeat(totals[self.group[self._starts]], self._lengths)


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
