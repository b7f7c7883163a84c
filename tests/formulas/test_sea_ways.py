"""The way between two places: by hand, as long as the leg says, and never through what is closed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.formulas.distance import SeaLanes, great_circle_km, sea_leg_km, sea_way
from tests.formulas.test_sea_lanes import CANAL, DEGREE, network


def measured(way):
    """The way measured point by point."""
    return great_circle_km(way.lat[:-1], way.lon[:-1], way.lat[1:], way.lon[1:]).sum()


def test_a_way_by_hand():
    # From a place one degree beside the middle of the western lane: 1 down, 5 to the canal, 10 through it, 1 off its end.
    lanes = network((0, -10, 0, 0, ""), (0, 0, 0, 10, "canal"))
    way = sea_way((1.0, -5.0), (0.0, 11.0), lanes)
    assert (way.km / DEGREE).tolist() == pytest.approx([0, 1, 6, 16, 17])
    assert way.passage.tolist() == ["", "", "", "canal", ""]
    assert way.passages == ("canal",)
    assert (way.lat[0], way.lon[0], way.lat[-1], way.lon[-1]) == (1, -5, 0, 11)
    assert way.lon.tolist() == pytest.approx([-5, -5, 0, 10, 11])


def test_a_place_beside_the_end_of_a_canal_need_not_sail_it():
    lanes = network((0, 0, 0, 10, "canal"), (0, 0, -20, 0, ""))
    way = sea_way((0.5, -0.1), (-20.0, 0.0), lanes)
    assert way.passages == ()


def test_a_way_along_one_lane_keeps_to_it():
    way = sea_way((-1.0, 3.0), (-1.0, 7.0), CANAL)
    assert (way.km / DEGREE).tolist() == pytest.approx([0, 1, 5, 6])
    assert (way.lat.tolist(), way.lon.tolist()) == (
        pytest.approx([-1, 0, 0, -1], abs=1e-9),
        pytest.approx([3, 3, 7, 7]),
    )
    assert way.passages == ("canal",)


def test_with_the_canal_closed_the_way_goes_round():
    way = sea_way((0.0, 0.0), (0.0, 10.0), CANAL, without=["canal"])
    assert way.passages == ()
    assert 5 in way.lat.round(9)
    assert way.km[-1] > 14 * DEGREE


def test_of_two_lanes_with_the_same_ends_the_shorter_one_is_named():
    lanes = network((0, 0, 0, 10, "wide"), (0, 10, 0, 0, "narrow"), (0, 10, 0, 20, ""), (0, -10, 0, 0, ""))
    lanes.km[0] = 5000.0
    assert sea_way((0.0, 20.0), (0.0, -3.0), lanes).passages == ("narrow",)


def test_without_a_way_both_places_are_left():
    apart = network((0, 0, 0, 10, ""), (40, 0, 40, 10, ""))
    way = sea_way((0.0, 1.0), (40.0, 1.0), apart)
    assert way.km.tolist() == [0, np.inf]
    assert way.passages == ()
    only = network((0, 0, 0, 10, "canal"))
    assert sea_way((0.0, 1.0), (0.0, 2.0), only, without=["canal"]).km[-1] == np.inf
    assert sea_way((0.0, 1.0), (0.0, 1.0), only).km[-1] == 0


places = st.tuples(st.floats(-15, 15), st.floats(-15, 15))


@given(places, places, st.lists(st.tuples(places, places), min_size=1, max_size=6), st.integers(0, 5))
@settings(max_examples=60)
def test_a_way_is_as_long_as_its_leg_and_as_measured(one, other, ends, closed):
    lanes = network(
        *[(*a, *b, "shut" if k == closed else f"p{k % 2}") for k, (a, b) in enumerate(ends) if a != b], (0, 0, 9, 9, "")
    )
    without = ["shut"] if "shut" in lanes.passages else []
    way = sea_way(one, other, lanes, without=without)
    lat, lon = np.array([one, other]).T
    assert way.km[-1] == pytest.approx(sea_leg_km(lat, lon, lanes, without=without)[0, 1], abs=1e-6)
    assert "shut" not in way.passages
    if np.isfinite(way.km[-1]):
        assert (np.diff(way.km) >= -1e-6).all()
        # The foot on a lane is found on the sphere, so that the lane's two parts add up to it but for rounding.
        assert measured(way) == pytest.approx(way.km[-1], rel=1e-6, abs=1e-3)


def test_lanes_are_not_changed():
    before = CANAL.km.copy()
    sea_way((0.0, 0.0), (0.0, 10.0), CANAL, without=["canal"])
    assert isinstance(CANAL, SeaLanes)
    assert (CANAL.km == before).all()
