"""Trade of a question as integer-coded arrays: one product's flows over the years, sums over sides, who reported when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.directory import TOTAL
from entrepot.analyses.options import WINDOWS
from entrepot.analyses.roster import Matrix, Roster
from entrepot.cube.cells import Codes

if TYPE_CHECKING:
    from entrepot.analyses.world import World

LONGEST = max(WINDOWS)
KEY = ("product", "when", "exporter", "importer")


@dataclass(frozen=True)
class Trade:
    """One product's flows in the longest window that ends in the analysis year.

    Parameters
    ----------
    product : code.
    years : the calendar years, ascending, whether or not the data have them.
    when, exporter, importer : place of the year in `years`, economy codes of the roster; one per flow.
    value, priced, quantity : US$, US$ of the part with a quantity, metric tons of that part.
    reports : shape (years, economies): whether the economy reported in the year (the set has an import flow of it).
    held : which of the years the data set has.
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

    @property
    def economies(self) -> int:
        """How many economies the roster has."""
        return int(self.reports.shape[1])

    def by_year(self, side: Codes) -> Matrix:
        """Σ value by year and economy on one side, shape (years, economies): 0 = none, NaN = nothing and not reporting."""
        shape = (len(self.years), self.economies)
        total = np.bincount(self.when * self.economies + side, self.value, shape[0] * shape[1]).reshape(shape)
        return np.where((total > 0) | self.reports, total, np.nan)

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


def load_trade(
    world: "World", data: str, roster: Roster, products: Sequence[str], *, level: int, year: int
) -> Iterator[Trade]:
    """The trade of each product, in the order of the codes; HS6 flows are summed where HS4 is asked for.

    Parameters
    ----------
    products : HS codes of `level` digits; level 0 is the total of all products.
    """
    dataset = world.snapshot.dataset(data)
    years = tuple(range(year - LONGEST + 1, year + 1))
    there = [t for t in years if t in dataset.years]
    everything = level == 0 or len(products) == len(world.goods(data).at_level(level))
    flows = roster.recode(world.snapshot.flows(data, there, None if everything else products).lazy())
    economy, product = pl.Enum(roster.codes), pl.Enum(sorted(products))
    coded = (
        flows.select(
            (pl.col("product").str.head(level) if level else pl.lit(TOTAL)).cast(product).alias("product"),
            (pl.col("year").cast(pl.Int64) - years[0]).alias("when"),
            pl.col("exporter").cast(economy).to_physical().cast(pl.Int64),
            pl.col("importer").cast(economy).to_physical().cast(pl.Int64),
            pl.col("value_usd"),
            pl.when(pl.col("quantity_t").is_not_null()).then(pl.col("value_usd")).otherwise(0.0).alias("priced"),
            pl.col("quantity_t").fill_null(0.0),
        )
        .sort(KEY, maintain_order=True)
        .collect()
    )
    reports, held = reporting(world, data, roster, years)
    found = _by_product(coded, products)
    for code in products:
        frame = found.get(code, coded.clear())
        (when, i, j), (value, priced, quantity) = _summed(frame)
        yield Trade(code, years, when, i, j, value, priced, quantity, reports, held)


def _summed(frame: pl.DataFrame) -> tuple[list[Codes], list[Matrix]]:
    """One entry per year and pair: HS6 flows added in their order, so that the same question gives the same bits."""
    keys = [frame[column].to_numpy() for column in KEY[1:]]
    starts = np.flatnonzero(np.any([np.diff(key, prepend=-1) != 0 for key in keys], axis=0))
    sums = [frame[column].to_numpy() for column in ("value_usd", "priced", "quantity_t")]
    if len(starts) == len(frame):
        return keys, sums
    return [key[starts] for key in keys], [np.add.reduceat(x, starts) for x in sums]


def _by_product(coded: pl.DataFrame, products: Sequence[str]) -> dict[str, pl.DataFrame]:
    if len(products) == 1:
        return {products[0]: coded}
    return {str(key[0]): frame for key, frame in coded.partition_by("product", as_dict=True).items()}


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
