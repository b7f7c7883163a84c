"""The distance rules against a twin in plain Python, written from the text of the rules, on random small worlds."""

import math
from collections import deque
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.formulas.distance import DistanceRules, Geography, pair_distances

RADIUS_KM = 6371.0088
NOWHERE = float("nan")


def great_circle(one, other):
    """Spherical law of cosines in its arctangent form: another road to the same number as the haversine."""
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (one, other))
    east = math.cos(c) * math.sin(d - b)
    north = math.cos(a) * math.sin(c) - math.sin(a) * math.cos(c) * math.cos(d - b)
    up = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(d - b)
    return RADIUS_KM * math.atan2(math.hypot(east, north), up)


def mean(values):
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else NOWHERE


class Twin:
    """One world, economy by economy. `ports[i]` are the positions of the main ports of economy i, in order."""

    def __init__(self, world, legs, rules):
        self.world, self.legs, self.rules = world, legs, rules
        size = world.economies
        self.neighbours = [[j for j in range(size) if world.border[i, j]] for i in range(size)]
        self.ports = [self.main_ports(i) for i in range(size)]
        body = self.open_sea()
        self.at_sea = [[port for port in ports if port in body] for ports in self.ports]
        self.gates = [self.nearest_coasts(i) for i in range(size)]

    def main_ports(self, economy):
        world = self.world
        own = [p for p in range(len(world.port_id)) if world.port_economy[p] == economy and world.port_usable[p]]
        return sorted(own, key=lambda p: world.port_rank[p])[: self.rules.ports_per_economy]

    def open_sea(self):
        """The largest set of main ports that reach each other, over any port; the first on a tie."""
        left, bodies = set(range(len(self.legs))), []
        while left:
            queue, body = deque([min(left)]), {min(left)}
            while queue:
                here = queue.popleft()
                for port in range(len(self.legs)):
                    if port not in body and math.isfinite(self.legs[here][port]):
                        body.add(port)
                        queue.append(port)
            bodies.append(body)
            left -= body
        main = {port for ports in self.ports for port in ports}
        return max(bodies, key=lambda body: len(body & main), default=set()) if main else set()

    def nearest_coasts(self, economy):
        seen, frontier = {economy}, [economy]
        while frontier:
            coasts = [j for j in frontier if self.at_sea[j]]
            if coasts:
                return coasts
            frontier = sorted({j for i in frontier for j in self.neighbours[i]} - seen)
            seen.update(frontier)
        return []

    def capital(self, economy):
        return self.world.capital_lat[economy], self.world.capital_lon[economy]

    def place(self, port):
        return self.world.port_lat[port], self.world.port_lon[port]

    def land(self, economy):
        """(port, km) of every gateway port."""
        ports = [port for gate in self.gates[economy] for port in self.at_sea[gate]]
        ways = [(port, great_circle(self.capital(economy), self.place(port))) for port in ports]
        return [(port, km) for port, km in ways if not math.isnan(km)]

    def pool(self, exporter, importer):
        """Ports of the importer's pooled sub-region, none if it is not pooled or the exporter lies in it."""
        region = self.world.subregion[importer]
        if region not in self.rules.pooled or self.world.subregion[exporter] == region:
            return []
        named = self.rules.pooled[region]
        return [self.world.port_id.tolist().index(identifier) for identifier in named]

    def over_sea(self, sources, targets):
        return mean(self.legs[p][q] for p, q in product(sources, targets))

    def distance(self, i, j):
        if j in self.neighbours[i]:
            return self.rules.minimum_km, "neighbour"
        km, rule = self.unfloored(i, j)
        return (max(km, self.rules.minimum_km), rule) if math.isfinite(km) else (NOWHERE, "none")

    def unfloored(self, i, j):
        if self.ports[i] and self.ports[j]:
            pooled = self.over_sea(self.ports[i], self.pool(i, j))
            if not math.isnan(pooled):
                return pooled, "pooled"
            own = self.over_sea(self.ports[i], self.ports[j])
            if not math.isnan(own):
                return own, "ports"
        inland = [not self.at_sea[k] and bool(self.neighbours[k]) for k in (i, j)]
        continent = self.world.continent[i]
        if all(inland) and continent and continent == self.world.continent[j]:
            km = great_circle(self.capital(i), self.capital(j))
            if not math.isnan(km):
                return km, "capitals"
        return self.by_land(i, j), "land+ports"

    def by_land(self, i, j):
        if self.at_sea[j]:
            if j in self.gates[i]:
                return mean(km for port, km in self.land(i) if port in self.at_sea[j])
            ways = [km + self.over_sea([port], self.pool(i, j)) for port, km in self.land(i)]
            if not any(map(math.isfinite, ways)):
                ways = [km + self.over_sea([port], self.at_sea[j]) for port, km in self.land(i)]
        elif self.at_sea[i]:
            if i in self.gates[j]:
                return mean(km for port, km in self.land(j) if port in self.at_sea[i])
            ways = [self.over_sea(self.at_sea[i], [port]) + km for port, km in self.land(j)]
        else:
            ways = [a + self.legs[p][q] + b for (p, a), (q, b) in product(self.land(i), self.land(j))]
        return min((way for way in ways if math.isfinite(way)), default=NOWHERE)


@st.composite
def worlds(draw):
    """Up to seven economies on random borders, with up to three ports each, on up to two seas."""
    size = draw(st.integers(2, 7))
    at = lambda count, bound: draw(st.lists(st.integers(-bound, bound), min_size=count, max_size=count))  # noqa: E731
    pairs = [(i, j) for i in range(size) for j in range(i)]
    border = np.zeros((size, size), dtype=bool)
    for one, other in draw(st.lists(st.sampled_from(pairs), max_size=size, unique=True)):
        border[one, other] = border[other, one] = True
    owners = np.repeat(np.arange(size), draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
    count = len(owners)
    known = np.array(draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))) > 0
    world = Geography(
        capital_lat=np.where(known, np.array(at(size, 80), dtype=float), np.nan),
        capital_lon=np.array(at(size, 179), dtype=float),
        continent=np.array(draw(st.lists(st.sampled_from(["", "Asia", "Africa"]), min_size=size, max_size=size))),
        subregion=np.array(draw(st.lists(st.sampled_from(["", "030", "419"]), min_size=size, max_size=size))),
        border=border,
        port_economy=owners,
        port_id=np.array([f"P{port}" for port in range(count)], dtype=np.str_),
        port_lat=np.array(at(count, 80), dtype=float),
        port_lon=np.array(at(count, 179), dtype=float),
        port_rank=np.array(draw(st.permutations(range(1, count + 1))), dtype=np.int64),
        port_usable=np.array(draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)), dtype=int) > 0,
    )
    sea = np.array(draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=count, max_size=count)), dtype=int)
    places = list(zip(world.port_lat, world.port_lon, strict=True))
    legs = np.array([[great_circle(one, other) for other in places] for one in places]).reshape(count, count)
    legs[sea[:, None] != sea[None, :]] = np.inf
    pool = (
        tuple(draw(st.lists(st.sampled_from(world.port_id.tolist()), min_size=1, max_size=3, unique=True)))
        if count
        else ()
    )
    rules = DistanceRules(
        minimum_km=draw(st.sampled_from([1.0, 100.0, 3000.0])),
        ports_per_economy=draw(st.integers(1, 3)),
        pooled={"419": pool} if pool else {},
    )
    return world, legs, rules


@given(worlds())
@settings(derandomize=True, deadline=None, max_examples=300)
def test_the_rules_equal_their_twin(case):
    world, legs, rules = case
    found = pair_distances(world, legs, rules)
    twin = Twin(world, legs.tolist(), rules)
    for i, j in product(range(world.economies), repeat=2):
        if i == j:
            assert np.isnan(found.km[i, j])
            continue
        km, rule = twin.distance(i, j)
        assert str(found.rule[i, j]) == rule, (i, j)
        assert found.km[i, j] == pytest.approx(km, rel=1e-9, abs=1e-6, nan_ok=True), (i, j)


@given(worlds())
@settings(derandomize=True, deadline=None, max_examples=100)
def test_without_pools_there_and_back_are_the_same(case):
    world, legs, rules = case
    plain = DistanceRules(minimum_km=rules.minimum_km, ports_per_economy=rules.ports_per_economy, pooled={})
    found = pair_distances(world, legs, plain)
    np.testing.assert_allclose(found.km, found.km.T, rtol=1e-12)
    assert (found.rule == found.rule.T).all()


@given(worlds())
@settings(derandomize=True, deadline=None, max_examples=100)
def test_every_pair_has_a_rule_and_no_distance_is_below_the_minimum(case):
    world, legs, rules = case
    found = pair_distances(world, legs, rules)
    assert ((found.rule == "none") == np.isnan(found.km)).all()
    assert (found.km[found.rule != "none"] >= rules.minimum_km).all()
