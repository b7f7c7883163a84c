"""Entries that belong to groups: sums over each group, given back to its entries."""

from dataclasses import dataclass

import numpy as np

from entrepot.cube.cells import Codes, Values


@dataclass(frozen=True)
class Groups:
    """Which group each entry belongs to.

    Parameters
    ----------
    code : group number 0 … count-1, one per entry.
    count : how many groups there are; a group may be empty.

    `Cells` knows two sides of a flow; this is for everything that has one: the economies in the market of a product, the
    industries below an aggregate, the finest cells below an industry.

    Examples
    --------
    >>> groups = Groups(np.array([0, 0, 1]), 2)
    >>> groups.total(np.array([1.0, 2.0, 5.0])).tolist()
    [3.0, 5.0]
    >>> groups.sum(np.array([1.0, np.nan, 5.0])).tolist()
    [1.0, 1.0, 5.0]
    """

    code: Codes
    count: int

    def __len__(self) -> int:
        return len(self.code)

    def total(self, x: Values) -> Values:
        """Σ x by group, shape (count,); NaN adds nothing."""
        sums: Values = np.bincount(self.code, np.nan_to_num(x), self.count).astype(np.float64, copy=False)
        return sums

    def align(self, totals: Values) -> Values:
        """A number per group, given back to each entry."""
        return totals[self.code]

    def sum(self, x: Values) -> Values:
        """Σ x over the entry's group, given back to each entry; NaN adds nothing."""
        return self.align(self.total(x))

    def mean(self, x: Values, weight: Values | None = None) -> Values:
        """Weighted mean of the known x by group, shape (count,); NaN where no weight meets a known x."""
        known = np.isfinite(x)
        w = np.where(known, 1.0 if weight is None else weight, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            below = self.total(w)
            return np.where(below > 0, self.total(np.where(known, w * x, 0.0)) / below, np.nan)

    def members(self) -> list[Codes]:
        """The entries of each group, in their order."""
        order = np.argsort(self.code, kind="stable")
        ends = np.cumsum(np.bincount(self.code, minlength=self.count))
        return np.split(order, ends[:-1]) if self.count else []
