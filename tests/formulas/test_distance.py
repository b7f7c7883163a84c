"""The distance rules on worlds small enough to work by hand.

Every place lies on the equator, where one degree is 6371.0088·π/180 = 111.19508 km, so that distances are differences
of longitude. Names of economies are positions: E0, E1, ...
"""

import numpy as np
import pytest

from entrepot.core.errors import InputError
from entrepot.formulas.distance import (
    DistanceRules,
    Geography,
    capital_distances,
    great_circle_km,
    pair_distances,
)
from entrepot.formulas.distance.geography import gateways

DEGREE = 111.1950802335329


def on_the_equator(capitals, ports, *, borders=(), continent=None, subregion=None, unusable=()):
    """A world from longitudes: a capital for each economy, and (economy, longitude) for each port in order of rank."""
    size = len(capitals)
    border = np.zeros((size, size), dtype=bool)
    for one, other in borders:
        border[one, other] = border[other, one] = True
    owner = np.array([economy for economy, _ in ports], dtype=np.int64)
    return Geography(
        capital_lat=np.zeros(size),
        capital_lon=np.array(capitals, dtype=float),
        continent=np.array(continent or [""] * size),
        subregion=np.array(subregion or [""] * size),
        border=border,
        port_economy=owner,
        port_id=np.array([f"P{index}" for index in range(len(ports))], dtype=np.str_),
        port_lat=np.zeros(len(ports)),
        port_lon=np.array([longitude for _, longitude in ports], dtype=float),
        port_rank=np.array([1 + int((owner[:index] == owner[index]).sum()) for index in range(len(ports))]),
        port_usable=np.array([index not in unusable for index in range(len(ports))], dtype=bool),
    )


def straight(world):
    lat, lon = world.port_lat, world.port_lon
    return great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])


def measured(world, exporter, importer, *, legs=None, **rules):
    """Distance in degrees of longitude, and the rule that gave it."""
    found = pair_distances(world, straight(world) if legs is None else legs, DistanceRules(**rules))
    return found.km[exporter, importer] / DEGREE, str(found.rule[exporter, importer])


def test_great_circle_by_hand():
    assert great_circle_km(0, 0, 0, 180) == pytest.approx(np.pi * 6371.0088)  # half way round
    assert great_circle_km(90, 17, -90, 95) == pytest.approx(np.pi * 6371.0088)  # pole to pole, any longitude
    assert great_circle_km(60, 0, 60, 180) == pytest.approx(60 * DEGREE)  # over the pole: 30° up, 30° down
    assert great_circle_km(0, 179.5, 0, -179.5) == pytest.approx(DEGREE)  # across the date line
    assert np.isnan(great_circle_km(np.nan, 0, 0, 0))


def test_neighbours_are_at_the_minimum_whatever_their_ports():
    world = on_the_equator([0, 40], [(0, 0), (1, 40)], borders=[(0, 1)])
    assert measured(world, 0, 1) == (pytest.approx(100 / DEGREE), "neighbour")
    assert measured(world, 1, 0, minimum_km=250.0) == (pytest.approx(250 / DEGREE), "neighbour")


def test_no_pair_is_below_the_minimum():
    world = on_the_equator([0, 0], [(0, 0), (1, 0.5)])  # 55.6 km apart
    assert measured(world, 0, 1) == (pytest.approx(100 / DEGREE), "ports")
    assert capital_distances(world, DistanceRules())[0, 1] == 100.0  # two names for one capital


def test_ports_take_the_mean_over_all_pairs():
    # 0 and 4 to 10 and 20: (10 + 20 + 6 + 16) / 4 = 13
    world = on_the_equator([0, 10], [(0, 0), (0, 4), (1, 10), (1, 20)])
    assert measured(world, 0, 1) == (pytest.approx(13), "ports")
    assert measured(world, 1, 0) == (pytest.approx(13), "ports")


def test_only_the_first_usable_ports_count():
    # Of the ports at 0, 2, 4 the first is unusable and two are wanted: (2 + 4)/2 = 3 away from 0, so 10 − 3 = 7.
    world = on_the_equator([0, 10], [(0, 0), (0, 2), (0, 4), (0, 9), (1, 10)], unusable={0})
    assert measured(world, 0, 1, ports_per_economy=2) == (pytest.approx(7), "ports")


def test_an_importer_in_a_pooled_subregion_is_reached_at_the_pools_ports():
    # E0 outside at 0; E1 (port 30) and E2 (port 50) inside, pooled at P1 and P2: (30 + 50)/2 = 40 for both.
    pool = {"pooled": {"419": ("P1", "P2")}}
    world = on_the_equator([0, 30, 50], [(0, 0), (1, 30), (2, 50)], subregion=["030", "419", "419"])
    assert measured(world, 0, 1, **pool) == (pytest.approx(40), "pooled")
    assert measured(world, 0, 2, **pool) == (pytest.approx(40), "pooled")
    # Back from it the exporter's own ports count, and within it everybody's own.
    assert measured(world, 1, 0, **pool) == (pytest.approx(30), "ports")
    assert measured(world, 1, 2, **pool) == (pytest.approx(20), "ports")


def test_a_pool_of_unknown_ports_is_refused():
    world = on_the_equator([0, 30], [(0, 0), (1, 30)], subregion=["030", "419"])
    with pytest.raises(InputError, match="NOWHERE"):
        measured(world, 0, 1, pooled={"419": ("NOWHERE",)})


def test_landlocked_on_one_continent_go_by_capitals():
    # E0 and E2 are landlocked at 0 and 12; E1 between them has the coast.
    world = on_the_equator([0, 6, 12], [(1, 7)], borders=[(0, 1), (1, 2)], continent=["Africa"] * 3)
    assert measured(world, 0, 2) == (pytest.approx(12), "capitals")


def test_landlocked_on_two_continents_meet_at_the_best_port():
    # To P0 at 7 from both sides: 7 + 0 + (12 − 7) = 12. To P1 at 5: 5 + 0 + 7 = 12; mixed ones are longer.
    world = on_the_equator([0, 6, 12], [(1, 7), (1, 5)], borders=[(0, 1), (1, 2)], continent=["Asia", "Asia", "Europe"])
    assert measured(world, 0, 2) == (pytest.approx(12), "land+ports")


def test_a_landlocked_economy_goes_by_the_gateway_port_that_makes_the_whole_way_shortest():
    # E0 (capital 0) borders E1, whose ports are at −4 and 3; E2 beyond the sea has ports at 20 and 30 (mean 25).
    # By 3: 3 + (17 + 27)/2 = 25. By −4: 4 + (24 + 34)/2 = 33.
    world = on_the_equator([0, 1, 25], [(1, -4), (1, 3), (2, 20), (2, 30)], borders=[(0, 1)])
    assert measured(world, 0, 2) == (pytest.approx(25), "land+ports")
    assert measured(world, 2, 0) == (pytest.approx(25), "land+ports")


def test_doubly_landlocked_economies_reach_the_sea():
    # E0 (0) borders E1 (5), E1 borders E2, the coast at 8: by land 8, by sea on to 20.
    world = on_the_equator([0, 5, 7, 20], [(2, 8), (3, 20)], borders=[(0, 1), (1, 2)])
    assert measured(world, 0, 3) == (pytest.approx(8 + 12), "land+ports")


def test_a_gateway_is_reached_by_land_alone():
    # The coast two borders away is itself the market: land to its ports at 8 and 10, mean 9, no leg between ports.
    world = on_the_equator([0, 5, 7], [(2, 8), (2, 10)], borders=[(0, 1), (1, 2)])
    assert measured(world, 0, 2) == (pytest.approx(9), "land+ports")
    assert measured(world, 2, 0) == (pytest.approx(9), "land+ports")


def test_a_landlocked_exporter_reaches_a_pool_from_its_gateway():
    # 0 → port at 2 → pool at 30 and 50: 2 + (28 + 48)/2 = 40; back: from the own port at 30: 28 + 2 = 30.
    world = on_the_equator(
        [0, 1, 30, 50],
        [(1, 2), (2, 30), (3, 50)],
        borders=[(0, 1)],
        subregion=["143", "143", "419", "419"],
    )
    pool = {"pooled": {"419": ("P1", "P2")}}
    assert measured(world, 0, 2, **pool) == (pytest.approx(40), "land+ports")
    assert measured(world, 2, 0, **pool) == (pytest.approx(30), "land+ports")


def test_an_unusable_port_makes_no_coast():
    # E0's only port is on a closed sea; it borders E1, and counts as landlocked: 0 → 4 → 10.
    world = on_the_equator([0, 3, 10], [(0, 0), (1, 4), (2, 10)], borders=[(0, 1)], unusable={0})
    assert measured(world, 0, 2) == (pytest.approx(4 + 6), "land+ports")


def test_an_island_without_a_port_has_no_distance():
    world = on_the_equator([0, 10, 20], [(1, 10)], continent=["Oceania"] * 3)
    for other in (1, 2):
        km, rule = measured(world, 0, other)
        assert np.isnan(km)
        assert rule == "none"


def test_an_unknown_capital_leaves_sea_distances_alone():
    world = on_the_equator([np.nan, 10], [(0, 0), (1, 10)])
    assert measured(world, 0, 1) == (pytest.approx(10), "ports")
    assert np.isnan(capital_distances(world, DistanceRules())[0, 1])


def test_an_economy_cut_off_from_the_open_sea_goes_over_land():
    # P0 (E0) is cut off; E0 borders E1 with a port at 5 on the open sea, where E2 (15) and E3 (30) lie as well.
    world = on_the_equator([0, 4, 15, 30], [(0, 1), (1, 5), (2, 15), (3, 30)], borders=[(0, 1)])
    legs = straight(world)
    legs[0, 1:] = legs[1:, 0] = np.inf
    assert measured(world, 0, 2, legs=legs) == (pytest.approx(5 + 10), "land+ports")
    assert measured(world, 2, 3, legs=legs) == (pytest.approx(15), "ports")


def test_pairs_of_ports_without_a_route_do_not_count():
    world = on_the_equator([0, 10], [(0, 0), (0, 4), (1, 10)])
    legs = straight(world)
    legs[0, 1:] = legs[1:, 0] = np.inf
    assert measured(world, 0, 1, legs=legs) == (pytest.approx(6), "ports")


def test_gateways_are_the_nearest_coasts_only():
    # 0 borders 1 (coast) and 2; 2 borders 3 (coast), which is two borders away from 0.
    border = np.zeros((5, 5), dtype=bool)
    for one, other in [(0, 1), (0, 2), (2, 3)]:
        border[one, other] = border[other, one] = True
    found = gateways(border, np.array([False, True, False, True, False]))
    assert [row.nonzero()[0].tolist() for row in found] == [[1], [1], [3], [3], []]


@pytest.mark.parametrize("name", ["minimum_km", "ports_per_economy", "lane_limit_km"])
def test_rules_refuse_numbers_that_are_not_positive(name):
    with pytest.raises(InputError, match=name):
        DistanceRules(**{name: 0})
