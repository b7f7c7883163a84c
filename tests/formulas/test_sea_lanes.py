"""Legs over the lane network: by hand, by brute force, and by an independent shortest-path computation."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import InputError
from entrepot.formulas.distance import SeaLanes, great_circle_km, lane_distance_km, sea_leg_km

DEGREE = 111.1950802335329


def network(*lanes):
    """Lanes from (lat, lon, lat, lon, passage), as long as their great circles."""
    from_lat, from_lon, to_lat, to_lon = (np.array([lane[k] for lane in lanes], dtype=float) for k in range(4))
    km = great_circle_km(from_lat, from_lon, to_lat, to_lon)
    return SeaLanes(from_lat, from_lon, to_lat, to_lon, km, np.array([lane[4] for lane in lanes], dtype=np.str_))


def leg(lanes, one, other, without=()):
    """Leg between two ports (lat, lon), in degrees of a great circle."""
    lat, lon = np.array([one, other], dtype=float).T
    legs = sea_leg_km(lat, lon, lanes, without=without)
    assert legs[0, 1] == legs[1, 0]
    assert (np.diag(legs) == 0).all()
    return legs[0, 1] / DEGREE


# A short way 0→10 through a canal and a long way round by 5°, both between (0, 0) and (0, 10).
CANAL = network((0, 0, 0, 10, "canal"), (0, 0, 5, 5, ""), (5, 5, 0, 10, ""))


def test_a_leg_is_port_to_lane_along_it_and_lane_to_port():
    # Both ports one degree south of the lane's ends: 1 + 10 + 1.
    assert leg(CANAL, (-1, 0), (-1, 10)) == pytest.approx(12)


def test_ports_join_a_lane_at_its_nearest_point_not_at_its_ends():
    # Ports at the ends of one degree of meridian above 3 and 7 degrees of longitude: 1 + 4 + 1, to rounding of the
    # foot of the perpendicular: a meridian meets the equator at a right angle, so the foot is exact.
    assert leg(CANAL, (-1, 3), (-1, 7)) == pytest.approx(6)


def test_a_closed_passage_makes_the_way_longer():
    # Two sides from (0, 0) to (5, 5) and on to (0, 10): cos c = cos 5° · cos 5°, c = 7.0667°.
    side = np.degrees(np.arccos(np.cos(np.radians(5)) ** 2))
    assert leg(CANAL, (0, 0), (0, 10)) == pytest.approx(10)
    assert leg(CANAL, (0, 0), (0, 10), without=["canal"]) == pytest.approx(2 * side)


def test_without_a_way_the_leg_is_infinite():
    apart = network((0, 0, 0, 10, ""), (40, 0, 40, 10, ""))
    assert leg(apart, (0, 1), (40, 1)) == np.inf


def test_without_any_lane_only_the_port_itself_is_reached():
    only = network((0, 0, 0, 10, "canal"))
    assert leg(only, (0, 1), (0, 2), without=["canal"]) == np.inf


def test_the_shorter_of_two_lanes_between_the_same_ends_counts():
    lanes = network((0, 0, 0, 10, ""), (0, 10, 0, 0, "strait"))
    lanes.km[0] = 5000.0
    assert leg(lanes, (0, 0), (0, 10)) == pytest.approx(10)


def test_one_place_twice_is_one_place():
    legs = sea_leg_km(np.array([0.0, 0.0, 0.0]), np.array([2.0, 2.0, 6.0]), CANAL)
    assert legs[0, 1] == 0
    assert legs[0, 2] == legs[1, 2] == pytest.approx(4 * DEGREE)


def test_an_unknown_passage_names_the_valid_ones():
    with pytest.raises(InputError) as refused:
        leg(CANAL, (0, 0), (0, 10), without=["canel"])
    assert refused.value.valid == ("canal",)
    assert refused.value.nearest == "canal"


def test_distance_to_a_lane_off_its_ends_is_to_the_end():
    # Three degrees beyond the end; two degrees beside the middle.
    found = lane_distance_km(np.array([0.0, -2.0]), np.array([13.0, 4.0]), CANAL)
    assert found / DEGREE == pytest.approx([3, 2])


degrees_north, degrees_east = st.floats(-85, 85), st.floats(-180, 179.9)


@given(
    st.lists(st.tuples(degrees_north, degrees_east, st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=4),
    degrees_north,
    degrees_east,
)
@settings(max_examples=60)
def test_distance_to_the_lanes_equals_a_search_along_them(ends, lat, lon):
    lanes = network(*[(a, b, np.clip(a + da, -89, 89), b + db, "") for a, b, da, db in ends])
    start, end = (
        np.stack([np.cos(p) * np.cos(q), np.cos(p) * np.sin(q), np.sin(p)], axis=-1)
        for p, q in (
            (np.radians(lanes.from_lat), np.radians(lanes.from_lon)),
            (np.radians(lanes.to_lat), np.radians(lanes.to_lon)),
        )
    )
    # Points on the chords project onto the arcs; 4,000 of them on at most 29° leave less than 1 km between two.
    share = np.linspace(0, 1, 4001)[:, None, None]
    points = start * (1 - share) + end * share
    found_lat = np.degrees(np.arctan2(points[..., 2], np.hypot(points[..., 0], points[..., 1])))
    found_lon = np.degrees(np.arctan2(points[..., 1], points[..., 0]))
    nearest = great_circle_km(lat, lon, found_lat, found_lon).min()
    found = lane_distance_km(np.array([lat]), np.array([lon]), lanes)[0]
    assert found <= nearest + 1e-3
    assert found >= nearest - 1.0


def shortest_by_relaxation(places, edges):
    """All shortest ways between places, by relaxing every edge until nothing changes (Bellman and Ford)."""
    ways = {}
    for origin in places:
        km = {place: 0.0 if place == origin else float("inf") for place in places}
        for _ in places:
            for one, other, length in edges:
                km[other] = min(km[other], km[one] + length)
                km[one] = min(km[one], km[other] + length)
        ways |= {(origin, place): km[place] for place in places}
    return ways


@given(st.data())
@settings(max_examples=60)
def test_legs_between_vertices_equal_an_independent_search(data):
    places = data.draw(
        st.lists(st.tuples(st.integers(-6, 6), st.integers(-12, 12)), min_size=2, max_size=8, unique=True)
    )
    pair = st.tuples(st.sampled_from(places), st.sampled_from(places)).filter(lambda ends: ends[0] != ends[1])
    ends = data.draw(st.lists(pair, min_size=1, max_size=14))
    passage = data.draw(st.lists(st.sampled_from(["", "strait"]), min_size=len(ends), max_size=len(ends)))
    lanes = network(*[(*one, *other, name) for (one, other), name in zip(ends, passage, strict=True)])
    closed = ["strait"] if "strait" in passage and "" in passage and data.draw(st.booleans()) else []
    edges = [
        (one, other, km) for (one, other), km, name in zip(ends, lanes.km, passage, strict=True) if name not in closed
    ]
    on_network = sorted({place for one, other, _ in edges for place in (one, other)})
    expected = shortest_by_relaxation(on_network, edges)
    lat, lon = np.array(on_network, dtype=float).T
    # A vertex on the middle of a lane that does not end there would join that lane, which the search knows nothing of.
    for place in on_network:
        passing = [(*one, *other, "") for one, other, _ in edges if place not in (one, other)]
        assume(not passing or lane_distance_km(np.array([place[0]]), np.array([place[1]]), network(*passing))[0] > 1)
    found = sea_leg_km(lat, lon, lanes, without=closed)
    for row, origin in enumerate(on_network):
        for column, place in enumerate(on_network):
            assert found[row, column] == pytest.approx(expected[origin, place], abs=1e-6)
