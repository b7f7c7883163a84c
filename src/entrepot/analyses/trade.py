"""Trade as integer-coded arrays: the flows of one product, or of several, over the years; sums over sides; who reported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.directory import TOTAL
from entrepot.analyses.options import WINDOWS
from entrepot.analyses.roster import Matrix, Roster
from entrepot.cube.cells import Codes
from entrepot.tables.order import in_strict_order

if TYPE_CHECKING:
    from entrepot.analyses.world import World

LONGEST = max(WINDOWS)
KEY = ("product", "when", "exporter", "importer")
FLOW_ARRAYS = ("when", "exporter", "importer", "value", "priced", "quantity")


@dataclass(frozen=True)
class Trade:
    """One product's flows in the longest window that ends in the analysis year; or those of several products side by side.

    Where there are several, `good` tells them apart, and what is given by economy is given by product and economy, one
    product after the other.

    Parameters
    ----------
    product : code; of several, their codes parted by commas.
    years : the calendar years, ascending, whether or not the data have them.
    when, exporter, importer : place of the year in `years`, economy codes of the roster; one per flow.
    value, priced, quantity : US$, US$ of the part with a quantity, metric tons of that part.
    reports : shape (years, economies): whether the economy reported in the year (the set has an import flow of it).
    held : which of the years the data set has.
    goods, good : how many products there are, and the place of each flow's among them, ascending.
    """

    product: str
    years: tuple[int, ...]
    when: Codes
    exporter: Codes
    importer: Codes
    value: Matrix
    priced: Matrix
    quantity: Matrix
    reports: NDArray[np.bool_]
    held: NDArray[np.bool_]
    goods: int = 1
    good: Codes | None = None

    @property
    def economies(self) -> int:
        """How many economies the roster has."""
        return int(self.reports.shape[1])

    def _traders(self, side: Codes) -> Codes:
        """Product and economy of each flow as one number."""
        return side if self.good is None else self.good * self.economies + side

    @cached_property
    def _keys(self) -> Codes:
        return self._traders(self.exporter) * self.economies + self.importer

    @cached_property
    def pairs(self) -> Codes:
        """Pairs that trade in any of the years, as (product · economies + exporter) · economies + importer, ascending."""
        return self._keys if (self._keys[1:] > self._keys[:-1]).all() else np.unique(self._keys)

    @cached_property
    def place(self) -> Codes:
        """Where each flow's pair stands among `pairs`."""
        return np.arange(len(self._keys)) if self.pairs is self._keys else np.searchsorted(self.pairs, self._keys)

    @cached_property
    def products(self) -> list[str]:
        """The code of each product."""
        return self.product.split(",")

    def part(self, first: int, last: int, *, copy: bool = False) -> "Trade":
        """The products first … last − 1 of several.

        Parameters
        ----------
        copy : leave the others behind, so that what is kept of this does not keep them.
        """
        if self.good is None:
            return self
        start, end = np.searchsorted(self.good, [first, last])
        names = self.products[first:last]
        arrays = {of: getattr(self, of)[start:end] for of in FLOW_ARRAYS}
        if copy:
            arrays = {of: x.copy() for of, x in arrays.items()}
        good = None if last - first == 1 else self.good[start:end] - first
        return replace(self, product=",".join(names), goods=last - first, good=good, **arrays)

    def by_year(self, side: Codes) -> Matrix:
        """Σ value by year and economy on one side, shape (years, economies): 0 = none, NaN = nothing and not reporting."""
        size = self.goods * self.economies
        key = self.when * size + self._traders(side)
        total = np.bincount(key, self.value, len(self.years) * size).reshape(len(self.years), size)
        return np.where((total > 0) | np.tile(self.reports, self.goods), total, np.nan)

    @cached_property
    def exports(self) -> Matrix:
        """V_i by year."""
        return self.by_year(self.exporter)

    @cached_property
    def imports(self) -> Matrix:
        """V_j by year."""
        return self.by_year(self.importer)

    def history(self, exporter: int) -> Matrix:
        """V_ij by year for one exporter, shape (years, economies): 0 = both report and do not trade, NaN = not reported."""
        own = self.exporter == exporter
        flows = np.zeros((len(self.years), self.economies))
        flows[self.when[own], self.importer[own]] = self.value[own]
        both = self.reports & self.reports[:, [exporter]]
        return np.where((flows > 0) | both, flows, np.nan)

    def histories_of(self, exporter: int, good: Codes, markets: Codes) -> Matrix:
        """V_ij by year for one exporter's rows, shape (years, rows): 0 and NaN as in `history`.

        Parameters
        ----------
        good, markets : product and market of each row, ascending by product and then by market.
        """
        own = self.exporter == exporter
        sold = self.importer[own] if self.good is None else self.good[own] * self.economies + self.importer[own]
        rows = good * self.economies + markets
        place = np.minimum(np.searchsorted(rows, sold), len(rows) - 1)
        asked = rows[place] == sold
        flows = np.zeros((len(self.years), len(rows)))
        flows[self.when[own][asked], place[asked]] = self.value[own][asked]
        both = self.reports[:, markets] & self.reports[:, [exporter]]
        return np.where((flows > 0) | both, flows, np.nan)

    def histories(self, window: int) -> Matrix:
        """V_ij in the last years for every one of `pairs`, shape (window, pairs): 0 and NaN as in `history`."""
        first = len(self.years) - window
        late = slice(None) if self.when.min(initial=first) >= first else self.when >= first
        flows = np.zeros((window, len(self.pairs)))
        flows[self.when[late] - first, self.place[late]] = self.value[late]
        exporter, importer = np.divmod(self.pairs, self.economies)
        reports = self.reports[first:]
        both = reports[:, exporter % self.economies] & reports[:, importer]
        return np.where((flows > 0) | both, flows, np.nan)

    def supplies(self, importer: int) -> Matrix:
        """V_nj by year for one importer, shape (years, economies): 0 and NaN as in `history`."""
        own = self.importer == importer
        flows = np.zeros((len(self.years), self.economies))
        flows[self.when[own], self.exporter[own]] = self.value[own]
        both = self.reports & self.reports[:, [importer]]
        return np.where((flows > 0) | both, flows, np.nan)


def joined(trades: Sequence[Trade], product: str) -> Trade:
    """The flows of several products of one question added up, as if they were one product of that code."""
    size = trades[0].economies
    keys = [(trade.when * size + trade.exporter) * size + trade.importer for trade in trades]
    distinct, place = np.unique(np.concatenate(keys), return_inverse=True)
    value, priced, quantity = (
        np.bincount(place, np.concatenate([getattr(trade, of) for trade in trades]), len(distinct)).astype(np.float64)
        for of in ("value", "priced", "quantity")
    )
    rest, importer = np.divmod(distinct, size)
    when, exporter = np.divmod(rest, size)
    return replace(
        trades[0],
        product=product,
        when=when,
        exporter=exporter,
        importer=importer,
        value=value,
        priced=priced,
        quantity=quantity,
    )


def load_trade(
    world: "World", data: str, roster: Roster, products: Sequence[str], *, level: int, year: int
) -> Iterator[Trade]:
    """The trade of each product, in the order of the codes; HS6 flows are summed where HS4 is asked for.

    Parameters
    ----------
    products : HS codes of `level` digits; level 0 is the total of all products.
    """
    together = load_together(world, data, roster, products, level=level, year=year)
    place = {code: number for number, code in enumerate(together.products)}
    for code in products:
        yield together.part(place[code], place[code] + 1, copy=True)


def load_together(
    world: "World", data: str, roster: Roster, products: Sequence[str], *, level: int, year: int
) -> Trade:
    """The trade of products side by side, ascending by code; arguments as in `load_trade`."""
    dataset = world.snapshot.dataset(data)
    years = tuple(range(year - LONGEST + 1, year + 1))
    there = [t for t in years if t in dataset.years]
    everything = level == 0 or len(products) == len(world.goods(data).at_level(level))
    flows = roster.recode(world.snapshot.flows(data, there, None if everything else products).lazy())
    codes = sorted(products)
    economy, product = pl.Enum(roster.codes), pl.Enum(codes)
    coded = flows.select(
        (pl.col("product").str.head(level) if level else pl.lit(TOTAL))
        .cast(product)
        .to_physical()
        .cast(pl.Int64)
        .alias("product"),
        (pl.col("year").cast(pl.Int64) - years[0]).alias("when"),
        pl.col("exporter").cast(economy).to_physical().cast(pl.Int64),
        pl.col("importer").cast(economy).to_physical().cast(pl.Int64),
        pl.col("value_usd"),
        pl.when(pl.col("quantity_t").is_not_null()).then(pl.col("value_usd")).otherwise(0.0).alias("priced"),
        pl.col("quantity_t").fill_null(0.0),
    ).collect()
    if not in_strict_order(coded, KEY):  # flows of one year as the store holds them are
        coded = coded.sort(KEY, maintain_order=True)
    reports, held = reporting(world, data, roster, years)
    (good, when, i, j), (value, priced, quantity) = _summed(coded)
    whole = ",".join(codes)
    return Trade(whole, years, when, i, j, value, priced, quantity, reports, held, len(codes), good)


def _summed(coded: pl.DataFrame) -> tuple[list[Codes], list[Matrix]]:
    """One entry per product, year and pair: HS6 flows added in their order, so that a question gives the same bits again."""
    keys = [coded[column].to_numpy() for column in KEY]
    sums = [coded[column].to_numpy() for column in ("value_usd", "priced", "quantity_t")]
    other = np.zeros(len(coded), dtype=bool)
    for key in keys:
        other |= np.diff(key, prepend=-1) != 0
    if other.all():
        return keys, sums
    starts = np.flatnonzero(other)
    return [key[starts] for key in keys], [np.add.reduceat(x, starts) for x in sums]


@lru_cache(maxsize=32)
def reporting(
    world: "World", data: str, roster: Roster, years: tuple[int, ...]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which economies reported in which years (years, economies), and which years the data set has."""
    rows = world.snapshot.data_table(data, "reporters").filter(
        pl.col("year").is_between(years[0], years[-1]) & (pl.col("imports_usd") > 0)
    )
    base = np.zeros((len(years), len(world.codes)), dtype=bool)
    at = [world.index[code] for code in rows["economy"]]
    base[rows["year"].to_numpy() - years[0], at] = True
    held = np.isin(years, list(world.snapshot.dataset(data).years))
    return roster.any_of(base), held
