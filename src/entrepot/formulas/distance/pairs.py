"""The distance rules, applied to every ordered pair of economies at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from entrepot.formulas.distance.geography import Geography, gateways, main_ports, pooled_ports
from entrepot.formulas.distance.rules import DistanceRules
from entrepot.formulas.distance.sphere import great_circle_km


@dataclass(frozen=True)
class PairDistances:
    """Distances between E economies, exporter by importer.

    ``km`` is (E, E), NaN where no rule gives a distance and on the diagonal; ``rule`` is (E, E), the name of the rule
    that gave it (see :data:`entrepot.formulas.distance.RULES`), ``none`` where the distance is NaN.
    """

    km: NDArray[np.float64]
    rule: NDArray[np.str_]


def pair_distances(geography: Geography, leg_km: NDArray[np.float64], rules: DistanceRules) -> PairDistances:
    """Transport distance from every exporter to every importer by the rules of Global Potential Markets.

    The first rule that fits a pair decides it:

    1. ``neighbour``: a shared land border, the fixed minimum.
    2. ``ports``: both have sea access; the mean leg over all pairs of their main ports. ``pooled``: the importer lies
       in a pooled sub-region and the exporter does not; the mean leg to the main ports of that sub-region. Within
       a sub-region each economy keeps its own ports, as the source states for China and Japan.
    3. ``capitals``: both are landlocked on the same continent; great circle between the capitals.
    4. ``land+ports``: one or both have no sea access, or no route joins their ports. Goods go by land (great circle)
       from the capital to a main port of the coastal economies that are fewest borders away, whichever port makes the
       whole way shortest, and from there as under rule 2. Where the other side is itself one of those economies they
       arrive by land: mean over its main ports, no leg between ports.

    Every distance is at least ``rules.minimum_km``. Landlocked means: no usable main port, but a land border.
    A port that closed passages cut off from the largest body of connected ports gives no access to the sea.

    Parameters
    ----------
    geography
        Economies, borders and ports.
    leg_km
        (P, P) distance between ports: the great circle, or :func:`sea_leg_km`; infinite where there is no route.
    rules
        The configurable numbers.

    Returns
    -------
    PairDistances
        Directed: with pooled sub-regions the distance there differs from the distance back.

    Examples
    --------
    Two islands with one port each, ten degrees apart on the equator:

    >>> where = np.array([0.0, 10.0])
    >>> islands = Geography(
    ...     capital_lat=np.zeros(2),
    ...     capital_lon=where,
    ...     continent=np.array(["", ""]),
    ...     subregion=np.array(["", ""]),
    ...     border=np.zeros((2, 2), dtype=bool),
    ...     port_economy=np.array([0, 1]),
    ...     port_id=np.array(["A", "B"]),
    ...     port_lat=np.zeros(2),
    ...     port_lon=where,
    ...     port_rank=np.ones(2, dtype=int),
    ...     port_usable=np.ones(2, dtype=bool),
    ... )
    >>> leg_km = great_circle_km(0.0, where[:, None], 0.0, where[None, :])
    >>> found = pair_distances(islands, leg_km, DistanceRules())
    >>> float(found.km[0, 1].round()), str(found.rule[0, 1])
    (1112.0, 'ports')
    """
    own = main_ports(geography, rules.ports_per_economy)
    at_sea = own & largest_connected_body(leg_km, own)[None, :]
    access = _any_port(at_sea)
    apart = ~np.eye(geography.economies, dtype=bool)

    km, pooled = _between_ports(geography, leg_km, own, rules)
    rule = np.where(pooled, "pooled", "ports").astype("U10")
    inland = ~access & geography.border.any(axis=1)
    capitals = np.isnan(km) & inland[:, None] & inland[None, :] & _same(geography.continent)
    km = np.where(capitals, _capital_km(geography), km)
    rule[capitals] = "capitals"

    overland = np.isnan(km) & apart
    km = np.where(overland, _over_land(geography, leg_km, at_sea, rules, overland), km)
    rule[overland] = "land+ports"

    km = np.where(geography.border, rules.minimum_km, np.maximum(km, rules.minimum_km))
    rule[geography.border] = "neighbour"
    km[~apart] = np.nan
    rule[np.isnan(km)] = "none"
    return PairDistances(km, rule)


def capital_distances(geography: Geography, rules: DistanceRules) -> NDArray[np.float64]:
    """(E, E) great circle between capitals (km), at least the minimum; NaN without a capital and on the diagonal."""
    km = np.maximum(_capital_km(geography), rules.minimum_km)
    np.fill_diagonal(km, np.nan)
    return km


def largest_connected_body(leg_km: NDArray[np.float64], own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(P,) the ports on the largest set of main ports that can all reach each other; the first such set on a tie."""
    if not own.any():
        return np.zeros(len(leg_km), dtype=bool)
    body = connected_components(np.isfinite(leg_km), directed=False)[1]
    return np.asarray(body == np.bincount(body[own.any(axis=0)]).argmax())


def _any_port(ports: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(E,) whether a row of (E, P) has any port."""
    return np.asarray(ports.any(axis=1), dtype=bool)


def _same(names: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which pairs share a name, an empty name being shared with nobody."""
    return np.asarray((names[:, None] == names[None, :]) & (names != "")[:, None])


def _capital_km(geography: Geography) -> NDArray[np.float64]:
    lat, lon = geography.capital_lat, geography.capital_lon
    return great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])


def _mean_leg(from_ports: NDArray[np.bool_], leg_km: NDArray[np.float64], to: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean leg from each set of ports (a row of `from_ports`) to each set (a row of `to`), over the pairs with a route.

    NaN where no pair has one.
    """
    route = np.isfinite(leg_km)
    one, other = from_ports.astype(float), to.astype(float).T
    pairs = one @ route.astype(float) @ other
    total = one @ np.where(route, leg_km, 0.0) @ other
    return _quotient(total, pairs)


def _pooled_importers(geography: Geography, subregion: str) -> NDArray[np.bool_]:
    """(E, E) pairs of an exporter outside the pooled sub-region and an importer in it."""
    inside = geography.subregion == subregion
    return np.asarray(~inside[:, None] & inside[None, :])


def _between_ports(
    geography: Geography, leg_km: NDArray[np.float64], own: NDArray[np.bool_], rules: DistanceRules
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Rule 2: (E, E) mean leg, NaN where either side has no port or no route; and which pairs were pooled."""
    km = _mean_leg(own, leg_km, own)
    pooled = np.zeros_like(km, dtype=bool)
    for subregion, ports in pooled_ports(geography, rules).items():
        to_pool = _mean_leg(own, leg_km, ports[None, :])
        here = _pooled_importers(geography, subregion) & _any_port(own)[None, :] & np.isfinite(to_pool)
        km = np.where(here, to_pool, km)
        pooled |= here
    return km, pooled


def _over_land(
    geography: Geography,
    leg_km: NDArray[np.float64],
    at_sea: NDArray[np.bool_],
    rules: DistanceRules,
    wanted: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Rule 4 for the wanted pairs: (E, E), NaN elsewhere and where no coast can be reached."""
    access = _any_port(at_sea)
    gate = gateways(geography.border, access)
    # (E, P) way from the capital to each gateway port, infinite to ports that are no gateway.
    lat, lon = geography.capital_lat[:, None], geography.capital_lon[:, None]
    land = great_circle_km(lat, lon, geography.port_lat[None, :], geography.port_lon[None, :])
    open_gate = (gate.astype(float) @ at_sea.astype(float) > 0) & ~np.isnan(land)
    land = np.where(open_gate, land, np.inf)

    # From each port to each importer and from each exporter to each port: mean over the other side's main ports, or
    # by whichever of its gateway ports is best if it has none.
    every_port = np.eye(len(leg_km), dtype=bool)
    to_own = np.where(access[None, :], _mean_leg(every_port, leg_km, at_sea), _best_way(leg_km, land.T))
    from_own = np.where(access[:, None], _mean_leg(at_sea, leg_km, every_port), _best_way(land, leg_km))

    km = np.full(wanted.shape, np.nan)
    inland = ~access[:, None]
    km = np.where(wanted & inland, _best_way(land, to_own), km)
    for subregion, ports in pooled_ports(geography, rules).items():
        to_pool = _mean_leg(every_port, leg_km, ports[None, :])
        way = _best_way(land, to_pool)
        here = wanted & inland & access[None, :] & _pooled_importers(geography, subregion) & np.isfinite(way)
        km = np.where(here, way, km)
    km = np.where(wanted & access[:, None], _best_way(from_own, land.T), km)

    # Rule 4's last sentence: the other side is itself a gateway, so that its ports are reached by land.
    arrival = _mean_land(land, at_sea)
    km = np.where(wanted & inland & gate, arrival, km)
    km = np.where(wanted & inland.T & gate.T, arrival.T, km)
    return np.where(np.isfinite(km), km, np.nan)


def _best_way(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """(A, B) the shortest way from each of A over any of K to each of B, from (A, K) and (K, B) distances.

    Infinite where there is none; an unknown distance is no way.
    """
    onward = np.where(np.isnan(second), np.inf, second)
    rows = [(way[:, None] + onward).min(axis=0, initial=np.inf) for way in np.where(np.isnan(first), np.inf, first)]
    return np.array(rows).reshape(len(first), second.shape[1])


def _mean_land(land: NDArray[np.float64], at_sea: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(E, E) mean way by land from each capital to the ports of each of its gateways; NaN for any other economy."""
    reached = np.isfinite(land).astype(float) @ at_sea.T.astype(float)
    total = np.where(np.isfinite(land), land, 0.0) @ at_sea.T.astype(float)
    return _quotient(total, reached)


def _quotient(total: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    """Element by element, NaN where nothing was counted."""
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
