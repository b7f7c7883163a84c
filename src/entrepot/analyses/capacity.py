"""SUPPLY and DEMAND of every economy for one product and window, with the years and the GDP they rest on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.roster import Matrix, Roster
from entrepot.cube.cells import Values
from entrepot.formulas.growth import Exponent
from entrepot.formulas.supply_demand import capacity, gdp_growth, relevance

if TYPE_CHECKING:
    from entrepot.analyses.world import World

CURRENT = "current"
ONE_CURRENT_YEAR = "current level, real growth"


@dataclass(frozen=True)
class Gdp:
    """GDP of a roster in the longest window, shape (years, economies), NaN where not at hand.

    `growth` is the series that growth is taken from: current US$ where two years of it are at hand, else real GDP
    (`basis` says which). One source per economy, never spliced.
    """

    years: tuple[int, ...]
    current: Matrix
    real: Matrix
    source: str


@dataclass(frozen=True)
class Capacity:
    """1 + REL · growth per economy; the last year and the years and basis it rests on ("" and NaN where undefined)."""

    value: Values
    last_year: Values
    years: NDArray[np.object_]
    basis: NDArray[np.object_]


def gdp_of(world: "World", roster: Roster, years: tuple[int, ...]) -> Gdp:
    """GDP of every economy of the roster; a group's is the sum of its members', unknown if one is."""
    span = range(years[0], years[-1] + 1)
    current, real = (
        np.array([roster.total(row) for row in world.gdp(indicator, span)])
        for indicator in ("gdp_current_usd", "gdp_real_ppp_usd")
    )
    return Gdp(years, current, real, world.gdp_source())


def capacity_of(trade: Matrix, gdp: Gdp, window: int, exponent: Exponent) -> Capacity:
    """SUPPLY from exports by year and economy, or DEMAND from imports.

    Parameters
    ----------
    trade : US$, shape (years, economies) over the longest window.
    """
    years = gdp.years[-window:]
    level, real, flows = gdp.current[-window:], gdp.real[-window:], trade[-window:]
    enough = np.isfinite(level).sum(axis=0) >= 2
    growing = np.where(enough, level, real)
    value = capacity(relevance(flows, level), gdp_growth(growing, exponent))
    both, known = np.isfinite(flows / level), np.isfinite(growing)
    defined = np.isfinite(value)
    labels: dict[bytes, str] = {}
    said = np.full(len(value), "", dtype=object)
    for e in np.flatnonzero(defined):
        key = both[:, e].tobytes() + known[:, e].tobytes()
        if key not in labels:
            labels[key] = f"level {_span(years, both[:, e])}, growth {_span(years, known[:, e])}"
        said[e] = labels[key]
    basis = np.where(defined, np.where(enough, CURRENT, ONE_CURRENT_YEAR), "").astype(object)
    last = np.where(known, np.array(years, dtype=float)[:, None], -np.inf).max(axis=0)
    return Capacity(value, np.where(defined, last, np.nan), said, basis)


def _span(years: tuple[int, ...], held: NDArray[np.bool_]) -> str:
    chosen = [year for year, there in zip(years, held.tolist(), strict=True) if there]
    return str(chosen[0]) if len(chosen) == 1 else f"{chosen[0]}–{chosen[-1]}"
