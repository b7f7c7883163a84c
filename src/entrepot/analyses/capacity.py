"""SUPPLY and DEMAND of every economy for one product and window, with the years and the GDP they rest on."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.roster import Matrix, Roster
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.growth import Exponent
from entrepot.formulas.supply_demand import capacity, gdp_growth, relevance

if TYPE_CHECKING:
    from entrepot.analyses.world import World

CURRENT = "current"
ONE_CURRENT_YEAR = "current level, real growth"


@dataclass(frozen=True, eq=False)
class Gdp:
    """GDP of a roster in the longest window, shape (years, economies), NaN where not at hand.

    `growth` is the series that growth is taken from: current US$ where two years of it are at hand, else real GDP
    (`basis` says which). One source per economy, never spliced.
    """

    years: tuple[int, ...]
    current: Matrix
    real: Matrix
    source: NDArray[np.object_]


@dataclass(frozen=True)
class Grounds:
    """What SUPPLY or DEMAND rests on, per economy: the last year of GDP, the years in words, and the basis of growth."""

    last_year: Values
    years: NDArray[np.object_]
    basis: NDArray[np.object_]

    def at(self, places: Codes) -> "Grounds":
        """The same for rows, given the place of each row's economy."""
        return Grounds(self.last_year[places], self.years[places], self.basis[places])


def gdp_of(world: "World", roster: Roster, years: tuple[int, ...]) -> Gdp:
    """GDP of every economy of the roster; a group's is the sum of its members', unknown if one is."""
    span = range(years[0], years[-1] + 1)
    current, source = world.gdp("gdp_current_usd", span)
    real, _ = world.gdp("gdp_real_ppp_usd", span)
    of_current, of_real = (np.array([roster.total(row) for row in series]) for series in (current, real))
    return Gdp(years, of_current, of_real, roster.words(source, "sum of members"))


def capacity_of(trade: Matrix, gdp: Gdp, window: int, exponent: Exponent) -> Values:
    """SUPPLY of every economy from its exports by year, or DEMAND from its imports.

    Parameters
    ----------
    trade : US$, shape (years, economies) over the longest window; for several products, one after the other.
    """
    goods = trade.shape[1] // gdp.current.shape[1]
    level = np.tile(gdp.current[-window:], goods)
    return capacity(relevance(trade[-window:], level), np.tile(_growth(gdp, window, exponent), goods))


def grounds_of(trade: Matrix, gdp: Gdp, window: int) -> Grounds:
    """The years and the basis behind `capacity_of`, for the same arguments."""
    years, goods = gdp.years[-window:], trade.shape[1] // gdp.current.shape[1]
    growing, enough = (np.tile(x, goods) for x in (_growing(gdp, window), _enough(gdp, window)))
    both, known = np.isfinite(trade[-window:] / np.tile(gdp.current[-window:], goods)), np.isfinite(growing)
    rests = both.any(axis=0) & (known.sum(axis=0) >= 2)
    # Few patterns of years occur: each is put into words once.
    patterns, which = np.unique(2.0 ** np.arange(2 * len(years)) @ np.vstack([both, known]), return_inverse=True)
    first = np.zeros(len(patterns), dtype=np.intp)
    first[which] = np.arange(len(which))
    words = [f"level {_span(years, both[:, e])}, growth {_span(years, known[:, e])}" if rests[e] else "" for e in first]
    said = np.array(words, dtype=object)[which]
    basis = np.where(enough, CURRENT, ONE_CURRENT_YEAR).astype(object)
    last = np.where(known, np.array(years, dtype=float)[:, None], -np.inf).max(axis=0)
    return Grounds(np.where(np.isfinite(last), last, np.nan), said, basis)


@lru_cache(maxsize=64)
def _growth(gdp: Gdp, window: int, exponent: Exponent) -> Values:
    """Growth of GDP is the same for every product."""
    return gdp_growth(_growing(gdp, window), exponent)


def _enough(gdp: Gdp, window: int) -> NDArray[np.bool_]:
    """Whether current GDP has two years in the window, so that growth can be taken from it."""
    held: NDArray[np.bool_] = np.isfinite(gdp.current[-window:]).sum(axis=0) >= 2
    return held


def _growing(gdp: Gdp, window: int) -> Matrix:
    """The series that growth is taken from: current US$ where it has two years, else real GDP; never a mixture."""
    return np.where(_enough(gdp, window), gdp.current[-window:], gdp.real[-window:])


def _span(years: tuple[int, ...], held: NDArray[np.bool_]) -> str:
    chosen = [year for year, there in zip(years, held.tolist(), strict=True) if there]
    return str(chosen[0]) if len(chosen) == 1 else f"{chosen[0]}–{chosen[-1]}"
