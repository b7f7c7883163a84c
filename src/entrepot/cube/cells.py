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
    A block of 8 to 128 HS4 products of one year keeps its working arrays in the processor's cache.

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
    def _group(self) -> dict[Side, Codes]:
        start = self.product * self.economies
        return {"exporter": start + self.exporter, "importer": start + self.importer}

    def totals(self, side: Side, x: Values) -> Values:
        """Σ x by product and economy on `side`, shape (products · economies,); x must hold no NaN."""
        sums: Values = np.bincount(self._group[side], x, self.economies * self.products).astype(np.float64, copy=False)
        return sums

    def align(self, side: Side, totals: Values) -> Values:
        """Numbers per product and economy (as `totals` gives them), given back to each cell."""
        return totals[self._group[side]]

    def sum_by(self, side: Side, x: Values) -> Values:
        """Σ x over the cells with the same product and the same economy on `side`, given back to each; NaN adds nothing."""
        return self.align(side, self.totals(side, np.nan_to_num(x)))

    def mean_by(self, side: Side, x: Values) -> Values:
        """Mean of the known x in each group of `sum_by`; NaN where none is known."""
        return self.weighted_mean_by(side, x, np.ones(len(x)))

    def weighted_mean_by(self, side: Side, x: Values, weight: Values) -> Values:
        """Σ weight·x / Σ weight over the cells whose x is known; NaN where no weight meets a known x."""
        known = np.isfinite(x)
        if known.all():
            above, below = self.totals(side, weight * x), self.totals(side, weight)
        else:
            above = self.totals(side, np.where(known, weight * x, 0.0))
            below = self.totals(side, np.where(known, weight, 0.0))
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.align(side, np.where(below > 0, above / below, np.nan))

    def take(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> "Cells":
        """The chosen cells only: for arithmetic per cell, not for sums."""
        return Cells(self.exporter[index], self.importer[index], self.product[index], self.economies, self.products)
