"""The shortest way by sea between two places: where it runs, how long it is, which passages it takes."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from entrepot.formulas.distance.lanes import Approach, SeaLanes, lane_graph

KM_OF_NAUTICAL_MILE = 1.852
SHORTEST_KM = 1e-3


@dataclass(frozen=True)
class SeaWay:
    """A way of N points, the first and last of which are the two places.

    Attributes
    ----------
    lat, lon
        (N,) degrees.
    km
        (N,) kilometres sailed when the point is reached; the last is the length of the way, infinite where there is none.
    passage
        (N,) the passage sailed on the way to the point, empty on the open sea and at the start.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    km: NDArray[np.float64]
    passage: NDArray[np.str_]

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages in the order in which they are sailed."""
        return tuple(dict.fromkeys(name for name in self.passage.tolist() if name))


def sea_way(
    start: tuple[float, float], end: tuple[float, float], lanes: SeaLanes, *, without: Collection[str] = ()
) -> SeaWay:
    """The way whose length `sea_leg_km` tells: straight to the nearest lane, along the lanes, straight to the other place.

    Parameters
    ----------
    start, end
        Degrees north and east.
    lanes
        The network.
    without
        Passages that are closed.

    Returns
    -------
    SeaWay
        Where the network does not connect the two places: both places only, infinitely far apart.

    Raises
    ------
    InputError
        If a name in `without` is no passage of the network.

    Examples
    --------
    A lane of 10° along the equator with both places one degree beside its ends:

    >>> one = SeaLanes(*(np.array([x]) for x in (0.0, 0.0, 0.0, 10.0, 1111.95)), np.array(["strait"]))
    >>> way = sea_way((1.0, 0.0), (1.0, 10.0), one)
    >>> way.km.round(0).tolist(), way.passages
    ([0.0, 111.0, 1223.0, 1334.0], ('strait',))
    """
    ends = np.array([start, end], dtype=np.float64)
    open_lanes = lanes.without(without)
    if start == end or not len(open_lanes.km):
        km = np.array([0.0, 0.0 if start == end else np.inf])
        return SeaWay(ends[:, 0], ends[:, 1], km, np.array(["", ""], dtype=np.str_))
    graph, vertices, met = lane_graph(ends, open_lanes)
    first, last = len(vertices), len(vertices) + 1
    km, before = dijkstra(graph, directed=False, indices=first, return_predecessors=True)
    if not np.isfinite(km[last]):
        return SeaWay(ends[:, 0], ends[:, 1], np.array([0.0, np.inf]), np.array(["", ""], dtype=np.str_))
    steps = [last]
    while steps[-1] != first:
        steps.append(int(before[steps[-1]]))
    inner = np.array(steps[-2:0:-1], dtype=np.intp)
    return _drawn(ends, vertices[inner], km[inner], float(km[last]), met, open_lanes)


def _drawn(
    ends: NDArray[np.float64],
    inner: NDArray[np.float64],
    inner_km: NDArray[np.float64],
    total: float,
    met: Approach,
    lanes: SeaLanes,
) -> SeaWay:
    """The way with the points where it comes onto the lanes and leaves them, which are no vertices of the network."""
    feet = np.stack([met.lat, met.lon], axis=1)
    points = np.vstack([ends[:1], feet[:1], inner, feet[1:], ends[1:]])
    km = np.r_[0.0, met.km[0], inner_km, total - met.km[1], total]
    passages = np.array(["", "", *_between(points[1:-1], lanes, met), ""], dtype=np.str_)
    # A place beside the very end of a lane comes onto it there, and need not sail it.
    passages[1:][np.diff(km) < SHORTEST_KM] = ""
    return SeaWay(points[:, 0], points[:, 1], km, passages)


def _between(points: NDArray[np.float64], lanes: SeaLanes, met: Approach) -> list[str]:
    """The passage from each of the points to the next: the two outer stretches lie on the lanes that the places meet."""
    if len(points) == 2:  # both places meet one lane, and the way does not leave it
        return [str(lanes.passage[met.lane[0]])]
    of_ends: dict[frozenset[tuple[float, float]], tuple[float, str]] = {}
    listed = zip(lanes.from_lat, lanes.from_lon, lanes.to_lat, lanes.to_lon, lanes.km, lanes.passage, strict=True)
    for from_lat, from_lon, to_lat, to_lon, km, passage in listed:
        key = frozenset({(float(from_lat), float(from_lon)), (float(to_lat), float(to_lon))})
        of_ends[key] = min((float(km), str(passage)), of_ends.get(key, (np.inf, "")))
    inner = [
        of_ends[frozenset({tuple(one), tuple(other)})][1]
        for one, other in zip(points[1:-2].tolist(), points[2:-1].tolist(), strict=True)
    ]
    return [str(lanes.passage[met.lane[0]]), *inner, str(lanes.passage[met.lane[1]])]
