"""The regression of eq. 2 over all blocks: sums by destination-year and product are gathered, solved once, handed back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.micro.block import Block
from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.allocation.effects import PairSums, TwoWayEffects, two_way_effects
from entrepot.formulas.allocation.quality import log_demand

YEARS = 400  # calendar years from FIRST_YEAR on: room for every year that a table may hold
FIRST_YEAR = 1800
# A residual this small, where ln Q + σ ln P is of the order of ten, is rounding: the row is fitted exactly.
EXACT = 1e-11


@dataclass
class Fit:
    """Sums gathered block by block, then the effects.

    Parameters
    ----------
    sigma : elasticity, or product → elasticity.
    """

    sigma: float | dict[str, float]
    _destinations: dict[str, int] = field(default_factory=dict)
    _sums: list[tuple[Codes, Codes, Values, Values]] = field(default_factory=list)
    _offsets: list[int] = field(default_factory=lambda: [0])
    _products: int = 0
    _product_offsets: list[int] = field(default_factory=lambda: [0])
    _levels: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    effects: TwoWayEffects | None = None
    observations: int = 0
    singletons: int = 0
    exact: int = 0
    lonely: tuple[str, ...] = ()
    lonely_count: int = 0

    def sigma_of(self, block: Block) -> Values | float:
        """σ of each entry of the block.

        Raises
        ------
        DataError
            ``no_sigma``, for products that the table does not have.
        """
        if isinstance(self.sigma, float | int):
            return float(self.sigma)
        products = block.names["product"].to_list()
        absent = [product for product in products if product not in self.sigma]
        if absent:
            raise DataError(
                "no_sigma",
                Text(f"The table of σ has no {', '.join(absent[:6])}.", f"σ 表中没有 {'、'.join(absent[:6])}。"),
                field="sigma",
            )
        return np.array([self.sigma[product] for product in products])[block.product]

    def priced(self, block: Block) -> NDArray[np.bool_]:
        """The entries with a price: those of the regression."""
        return block.quantity > 0

    def demand(self, block: Block) -> Values:
        """Left side of eq. 2 by entry; NaN without a price."""
        there = self.priced(block)
        price = np.divide(block.priced, block.quantity, out=np.full(len(there), np.nan), where=there)
        return log_demand(np.where(there, block.quantity, np.nan), price, self.sigma_of(block))

    def gather(self, block: Block) -> None:
        """Add the sums of a block; blocks come in the order in which they will ask for residuals."""
        there = self.priced(block)
        level, product, which = self._pairs(block, there)
        count = np.bincount(which, minlength=len(level)).astype(np.float64)
        total = np.bincount(which, self.demand(block)[there], len(level)).astype(np.float64, copy=False)
        self._sums.append((level, product, count, total))
        self._offsets.append(self._offsets[-1] + len(level))
        self._products += block.size("product")
        self._product_offsets.append(self._products)

    def _pairs(self, block: Block, there: NDArray[np.bool_], number: int | None = None) -> tuple[Codes, Codes, Codes]:
        """Destination-year and product of each pair of the block, and the pair of each priced entry."""
        known = self._destinations
        where = np.array(
            [known.setdefault(name, len(known)) for name in block.names["destination"].to_list()], dtype=np.int64
        )
        level = where[block.destination[there]] * YEARS + block.calendar[block.year[there]] - FIRST_YEAR
        products = block.size("product")
        keys, which = np.unique(level * products + block.product[there], return_inverse=True)
        offset = self._products if number is None else self._product_offsets[number]
        return keys // products, keys % products + offset, which

    def solve(self) -> None:
        """Estimate the effects once every block is gathered."""
        level, product, count, total = (np.concatenate(parts) for parts in zip(*self._sums, strict=True))
        self._levels, first = np.unique(level, return_inverse=True)
        sums = PairSums(first, product, count, total, len(self._levels), self._products)
        self.effects = two_way_effects(sums)
        self.observations = int(count.sum())
        self.singletons = int(count[self.effects.singleton].sum())
        rows = np.bincount(first, count, len(self._levels))
        names = list(self._destinations)
        alone = self._levels[rows == 1]
        self.lonely_count = len(alone)
        self.lonely = tuple(f"{names[code // YEARS]} {code % YEARS + FIRST_YEAR}" for code in alone[:6].tolist())

    def residuals(self, block: Block, number: int) -> tuple[Values, NDArray[np.bool_]]:
        """μ of each entry of block `number` (NaN without a price), and whether it is a singleton, 0 by construction."""
        assert self.effects is not None
        there = self.priced(block)
        level, product, which = self._pairs(block, there, number)
        fitted = self.effects.first[np.searchsorted(self._levels, level)] + self.effects.second[product]
        start, end = self._offsets[number], self._offsets[number + 1]
        alone = self.effects.singleton[start:end][which]
        rest = self.demand(block)[there] - fitted[which]
        tiny = np.abs(rest) < EXACT
        self.exact += int((tiny & ~alone).sum())
        residual, singleton = np.full(len(there), np.nan), np.zeros(len(there), dtype=bool)
        residual[there] = np.where(alone | tiny, 0.0, rest)
        singleton[there] = alone
        return residual, singleton

    @property
    def notes(self) -> tuple[Text, ...]:
        """What a reader must know of the fit."""
        assert self.effects is not None
        said = []
        if self.effects.sets > 1:
            said.append(
                Text(
                    f"Destination-years and products fall into {self.effects.sets} connected sets; the largest holds "
                    f"{self.effects.largest:.1%} of the observations. Residuals are the same however the sets are joined.",
                    f"目的地-年份与产品分为 {self.effects.sets} 个连通组，最大者含 {self.effects.largest:.1%} 的观测；残差不受影响。",
                )
            )
        if self.singletons:
            said.append(
                Text(
                    f"{self.singletons:,} of {self.observations:,} observations are singletons of a destination-year or product: "
                    "residual 0 and quality 1 by construction; each firm tells how many.",
                    f"{self.observations:,} 个观测中有 {self.singletons:,} 个为目的地-年份或产品的单例：残差为0、质量为1"
                    "；各企业的个数列于“单例数”。",
                )
            )
        if self.lonely_count:
            said.append(
                Text(
                    f"{self.lonely_count} destination-years have one observation ({', '.join(self.lonely)}).",
                    f"{self.lonely_count} 个目的地-年份仅有一个观测（{'、'.join(self.lonely)}）。",
                )
            )
        if self.exact:
            said.append(
                Text(
                    f"{self.exact:,} further observations are fitted exactly (most often since they alone join two parts of the data): quality 1.",
                    f"另有 {self.exact:,} 个观测被完全拟合（多因仅由其连接数据的两部分）：质量为1。",
                )
            )
        return tuple(said)


def fitted(blocks: Callable[[], Iterable[Block]], sigma: float | pl.DataFrame, step: Callable[[int], None]) -> Fit:
    """The fit of eq. 2 over all blocks."""
    given = dict(sigma.select("product", "sigma").iter_rows()) if isinstance(sigma, pl.DataFrame) else float(sigma)
    fit = Fit(given)
    for number, block in enumerate(blocks()):
        fit.gather(block)
        step(number)
    if not sum(len(sums[0]) for sums in fit._sums):
        raise DataError(
            "no_quantities",
            Text(
                "No declaration has a quantity, so there are no prices and no quality.",
                "所有申报均无数量，因此没有价格与质量。",
            ),
            field="file",
        )
    fit.solve()
    return fit
