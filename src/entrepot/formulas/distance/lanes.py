"""Legs between ports over a network of sea lanes."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from entrepot.core.errors import check_choice
from entrepot.formulas.distance.sphere import degrees_of, great_circle_km, unit_vectors

PORTS_AT_ONCE = 256  # keeps the port × lane products below about 40 MB each on the full network


@dataclass(frozen=True)
class SeaLanes:
    """Undirected lanes (L of them); two lanes meet where they share an end point.

    Attributes
    ----------
    from_lat, from_lon, to_lat, to_lon
        (L,) degrees.
    km
        (L,) length of the lane.
    passage
        (L,) name of the strait or canal that the lane passes, empty for most.
    """

    from_lat: NDArray[np.float64]
    from_lon: NDArray[np.float64]
    to_lat: NDArray[np.float64]
    to_lon: NDArray[np.float64]
    km: NDArray[np.float64]
    passage: NDArray[np.str_]

    @property
    def passages(self) -> tuple[str, ...]:
        """Names of the passages on these lanes, in alphabetical order."""
        return tuple(sorted({str(name) for name in self.passage} - {""}))

    def without(self, closed: Collection[str]) -> "SeaLanes":
        """Return the lanes that remain when some passages are closed.

        Raises
        ------
        InputError
            If a name is no passage of these lanes.
        """
        for name in closed:
            check_choice("passage", name, self.passages)
        kept = ~np.isin(self.passage, sorted(closed))
        return SeaLanes(
            self.from_lat[kept],
            self.from_lon[kept],
            self.to_lat[kept],
            self.to_lon[kept],
            self.km[kept],
            self.passage[kept],
        )


@dataclass(frozen=True)
class Approach:
    """Where each port (P of them) meets the lanes: the nearest point of its nearest lane.

    ``lane`` is the position of that lane, ``lat`` and ``lon`` the nearest point (degrees), ``km`` the distance to it,
    ``km_from`` and ``km_to`` the way from the port to the lane's two ends by way of the nearest point.
    """

    lane: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    km: NDArray[np.float64]
    km_from: NDArray[np.float64]
    km_to: NDArray[np.float64]


def approach(lat: NDArray[np.float64], lon: NDArray[np.float64], lanes: SeaLanes) -> Approach:
    """Find the nearest point of the nearest lane, lanes being arcs of great circles (degrees in, kilometres out)."""
    ports = unit_vectors(lat, lon)
    start = unit_vectors(lanes.from_lat, lanes.from_lon)
    end = unit_vectors(lanes.to_lat, lanes.to_lon)
    pole = np.cross(start, end)
    length = np.linalg.norm(pole, axis=1)
    pole = pole / np.where(length > 0, length, 1.0)[:, None]
    lane = np.empty(len(ports), dtype=np.int64)
    foot = np.empty_like(ports)
    for first in range(0, len(ports), PORTS_AT_ONCE):
        block = ports[first : first + PORTS_AT_ONCE]
        above = block @ pole.T
        # The foot of the perpendicular lies on the arc if it is on the inner side of both ends.
        inside = (block @ np.cross(pole, start).T > 0) & (block @ np.cross(end, pole).T > 0)
        to_start, to_end = block @ start.T, block @ end.T
        # Cosine of the angle to the lane: the larger, the nearer.
        nearness = np.where(inside, np.sqrt(np.maximum(0.0, 1.0 - above**2)), np.maximum(to_start, to_end))
        best = nearness.argmax(axis=1)
        row = np.arange(len(block))
        ends = np.where((to_start[row, best] >= to_end[row, best])[:, None], start[best], end[best])
        projected = block - above[row, best][:, None] * pole[best]
        lane[first : first + len(block)] = best
        foot[first : first + len(block)] = np.where(inside[row, best][:, None], projected, ends)
    foot_lat, foot_lon = degrees_of(foot)
    km = great_circle_km(lat, lon, foot_lat, foot_lon)
    along_from = great_circle_km(foot_lat, foot_lon, lanes.from_lat[lane], lanes.from_lon[lane])
    along_to = great_circle_km(foot_lat, foot_lon, lanes.to_lat[lane], lanes.to_lon[lane])
    return Approach(lane, foot_lat, foot_lon, km, km + along_from, km + along_to)


def lane_distance_km(lat: NDArray[np.float64], lon: NDArray[np.float64], lanes: SeaLanes) -> NDArray[np.float64]:
    """Distance from each port to the nearest point of the lane network (km).

    Examples
    --------
    One lane along the equator; the port lies one degree (111.2 km) north of it:

    >>> one = SeaLanes(*(np.array([x]) for x in (0.0, 0.0, 0.0, 10.0, 1111.95)), np.array([""]))
    >>> lane_distance_km(np.array([1.0]), np.array([5.0]), one).round(1).tolist()
    [111.2]
    """
    return approach(lat, lon, lanes).km


def sea_leg_km(
    lat: NDArray[np.float64], lon: NDArray[np.float64], lanes: SeaLanes, *, without: Collection[str] = ()
) -> NDArray[np.float64]:
    """Shortest way by sea between every two ports: to the nearest lane, along the lanes, and from the lane to the port.

    One run of Dijkstra's algorithm for each place, on lanes and ports together.

    Parameters
    ----------
    lat, lon
        (P,) degrees.
    lanes
        The network.
    without
        Passages that are closed; their lanes are left out.

    Returns
    -------
    numpy.ndarray
        (P, P) kilometres, symmetric, 0 on the diagonal; infinite where the network does not connect two ports.

    Raises
    ------
    InputError
        If a name in `without` is no passage of the network.

    Examples
    --------
    Two ports on the ends of one lane:

    >>> one = SeaLanes(*(np.array([x]) for x in (0.0, 0.0, 0.0, 10.0, 1112.0)), np.array(["strait"]))
    >>> sea_leg_km(np.array([0.0, 0.0]), np.array([0.0, 10.0]), one).round(1).tolist()
    [[0.0, 1112.0], [1112.0, 0.0]]
    """
    open_lanes = lanes.without(without)
    places, place_of = np.unique(np.stack([lat, lon], axis=1), axis=0, return_inverse=True)
    place_of = place_of.ravel()
    if not len(open_lanes.km):
        same = place_of[:, None] == place_of[None, :]
        return np.where(same, 0.0, np.inf)
    graph, ends, _ = lane_graph(places, open_lanes)
    legs = dijkstra(graph, directed=False, indices=len(ends) + np.arange(len(places)))[:, len(ends) :]
    return np.asarray(legs)[np.ix_(place_of, place_of)]


def lane_graph(places: NDArray[np.float64], lanes: SeaLanes) -> tuple[csr_array, NDArray[np.float64], Approach]:
    """Adjacency of lane vertices followed by the places, where the vertices lie, and where the places meet the lanes.

    Parameters
    ----------
    places
        (P, 2) degrees north and east, each place once.

    Returns
    -------
    tuple
        The (V + P, V + P) graph in kilometres; (V, 2) degrees; the approach of each place.
    """
    ends = np.stack([np.r_[lanes.from_lat, lanes.to_lat], np.r_[lanes.from_lon, lanes.to_lon]], axis=1)
    vertices, index = np.unique(ends, axis=0, return_inverse=True)
    start, end = index.ravel().reshape(2, -1)
    met = approach(places[:, 0], places[:, 1], lanes)
    place = len(vertices) + np.arange(len(places))
    one, other, direct = _places_on_one_lane(met, lanes.km)
    tail = np.concatenate([start, place, place, place[one]])
    head = np.concatenate([end, start[met.lane], end[met.lane], place[other]])
    km = np.concatenate([lanes.km, met.km_from, met.km_to, direct])
    size = len(vertices) + len(places)
    return _shortest_edges(tail, head, km, size), vertices, met


def _places_on_one_lane(
    met: Approach, lane_km: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of places whose nearest lane is the same, and the way between them that does not leave it."""
    order = np.argsort(met.lane, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(met.lane[order])) + 1)
    pairs = [pair for group in groups for pair in combinations(group.tolist(), 2)]
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    along = np.abs((met.km_from - met.km)[one] - (met.km_from - met.km)[other])
    return one, other, met.km[one] + along + met.km[other]


def _shortest_edges(tail: NDArray[np.int64], head: NDArray[np.int64], km: NDArray[np.float64], size: int) -> csr_array:
    """Sparse adjacency with, for each pair, its shortest edge (a sparse matrix would add up several)."""
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((km, high, low))
    low, high, km = low[order], high[order], km[order]
    first = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])]
    return csr_array((km[first], (low[first], high[first])), shape=(size, size))
