"""The geography that the distance rules work on, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.formulas.distance.rules import DistanceRules


@dataclass(frozen=True, kw_only=True)
class Geography:
    """Economies (E of them), their borders, and their main ports (P of them, one row for each economy that uses one).

    Attributes
    ----------
    capital_lat, capital_lon
        (E,) degrees; NaN where unknown.
    continent, subregion
        (E,) text; empty where unknown. Sub-regions are M49 codes.
    border
        (E, E) true between economies that share a land border; symmetric, false on the diagonal.
    port_economy
        (P,) position of the economy in the arrays above.
    port_id
        (P,) identifier; a port that serves two economies appears once for each.
    port_lat, port_lon
        (P,) degrees.
    port_rank
        (P,) importance within the economy, 1 the most important.
    port_usable
        (P,) false for ports on the Caspian Sea or too far from the sea lanes: they do not make an economy coastal.
    """

    capital_lat: NDArray[np.float64]
    capital_lon: NDArray[np.float64]
    continent: NDArray[np.str_]
    subregion: NDArray[np.str_]
    border: NDArray[np.bool_]
    port_economy: NDArray[np.int64]
    port_id: NDArray[np.str_]
    port_lat: NDArray[np.float64]
    port_lon: NDArray[np.float64]
    port_rank: NDArray[np.int64]
    port_usable: NDArray[np.bool_]

    @property
    def economies(self) -> int:
        """Number of economies."""
        return len(self.capital_lat)


def main_ports(geography: Geography, ports_per_economy: int) -> NDArray[np.bool_]:
    """(E, P) which ports each economy is measured by: its first usable ones in order of importance."""
    chosen = np.zeros((geography.economies, len(geography.port_id)), dtype=bool)
    taken = np.zeros(geography.economies, dtype=int)
    for port in np.lexsort((geography.port_id, geography.port_rank)):
        economy = geography.port_economy[port]
        if geography.port_usable[port] and taken[economy] < ports_per_economy:
            chosen[economy, port] = True
            taken[economy] += 1
    return chosen


def pooled_ports(geography: Geography, rules: DistanceRules) -> dict[str, NDArray[np.bool_]]:
    """(P,) for each pooled sub-region that has an economy here: the ports at which importers in it are reached.

    Raises
    ------
    InputError
        If a port named for the sub-region is not among the ports.
    """
    pools = {}
    for subregion, identifiers in rules.pooled.items():
        if subregion not in geography.subregion:
            continue
        unknown = sorted(set(identifiers) - set(geography.port_id.tolist()))
        if unknown or not identifiers:
            listed = ", ".join(unknown) or "—"
            raise InputError(
                "unknown_port",
                Text(
                    f"Sub-region {subregion} is pooled at ports that are no main port of any economy: {listed}.",
                    f"次区域 {subregion} 的合并港口不在任何经济体的主要港口之列：{listed}。",
                ),
                field="pooled",
            )
        # A port listed for two economies (a historical one and its successor) counts once.
        first = np.unique(geography.port_id, return_index=True)[1]
        pools[subregion] = np.isin(np.arange(len(geography.port_id)), first) & np.isin(geography.port_id, identifiers)
    return pools


def gateways(border: NDArray[np.bool_], coastal: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(E, E) the coastal economies reached first from each economy by crossing land borders, breadth first.

    A row of a coastal economy is that economy alone; an economy from which no coast can be reached has an empty row.

    Examples
    --------
    A chain 0–1–2, where only 2 has a coast: both others reach it, 0 by way of 1.

    >>> chain = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
    >>> gateways(chain, np.array([False, False, True])).astype(int).tolist()
    [[0, 0, 1], [0, 0, 1], [0, 0, 1]]
    """
    reached = np.eye(len(border), dtype=bool)
    frontier = reached.copy()
    found = frontier & coastal
    searching = ~found.any(axis=1)
    while searching.any():
        frontier = (frontier.astype(np.int64) @ border.astype(np.int64) > 0) & ~reached
        reached |= frontier
        found[searching] = (frontier & coastal)[searching]
        searching &= ~found.any(axis=1) & frontier.any(axis=1)
    return found
