"""Which ports are main ports: a few harbours to read, the order worked out by hand."""

import polars as pl
import pytest

from entrepot.formulas.distance.harbours import handled, pool_of, ranked_harbours

HARBOURS = [
    ("AAONE", "Port One", "AAA", 0.0, 0.0, "Small"),
    ("AATWO", "Puerto Dos", "AAA", 0.0, 1.0, "Large"),
    ("AATRE", "Tres", "AAA", 0.0, 2.0, "Medium"),
    ("AAFOR", "Cuatro", "AAA", 0.0, 3.0, "Medium"),
    ("WPI5", "Cinco", "AAA", 0.0, 4.0, "Medium"),
    ("WPI6", "Seis", "AAA", 0.0, 5.0, None),
    ("BBONE", "One", "BBB", 0.0, 1.3, None),
    ("BBFAR", "Kao-Hsiung", "BBB", 40.0, 40.0, "Very Small"),
]


def harbours():
    return pl.DataFrame(HARBOURS, schema=["port", "name", "economy", "lat", "lon", "size"], orient="row")


def boxes(*rows):
    schema = {"port": pl.Utf8, "year": pl.Int16, "teu": pl.Float64, "lat": pl.Float64, "lon": pl.Float64}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def main_ports(*rows):
    return pl.DataFrame(list(rows), schema={"economy": pl.Utf8, "port": pl.Utf8, "rank": pl.Int8}, orient="row")


def test_throughput_first_then_size_then_the_known_order_then_the_code():
    # One handles 2 million: first, small as its harbour is. Then Large; of the three Medium ones the one that the embedded
    # list has, then the one with a UN/LOCODE, then the other; last the one whose size is not told.
    ranked = ranked_harbours(harbours(), boxes(("One", 2019, 2e6, 0.0, 0.1)), main_ports(("AAA", "AAFOR", 1)))
    own = ranked.filter(economy="AAA")
    assert own["port"].to_list() == ["AAONE", "AATWO", "AAFOR", "AATRE", "WPI5", "WPI6"]
    assert own["rank"].to_list() == [1, 2, 3, 4, 5, 6]
    assert own["teu"].to_list()[:2] == [2e6, None]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (("One", 2019, 1e6, 0.0, 0.9), "BBONE"),  # both hold the name: 0.4° to the one, 0.9° to the other
        (("Dos", 2019, 1e6, 0.0, 1.9), "AATWO"),  # within 120 km by name, though Tres is nearer
        (("Deux", 2019, 1e6, 0.0, 2.1), "AATRE"),  # no such name: the nearest within 50 km
        (("Deux", 2019, 1e6, 0.0, 2.5), None),  # 56 km off
        (("Kaohsiung", 2019, 1e6, None, None), "BBFAR"),  # no place, but a name that one harbour has
        (("Kaohsiung", 2019, 1e6, -40.0, 0.0), "BBFAR"),  # a wrong place, but a name that one harbour has
        (("One", 2019, 1e6, None, None), None),  # two harbours of the name and no place
    ],
)
def test_a_port_of_the_list_is_one_harbour_or_none(row, found):
    assert handled(harbours(), boxes(row))["port"].to_list() == ([] if found is None else [found])


def test_a_harbour_is_one_port_and_the_latest_year_counts():
    rows = boxes(("One", 2018, 9e6, 0.0, 0.0), ("One", 2019, 2e6, None, None), ("Uno", 2019, 1e6, 0.0, 0.1))
    # "Uno" lies at the harbour that the name took: no other harbour within 50 km, so it is none.
    assert handled(harbours(), rows).rows() == [("AAONE", 2e6, 2019)]


def test_a_pool_is_the_largest_main_ports_then_the_named_ones():
    stops = main_ports(
        ("AAA", "AAONE", 1), ("AAA", "AATWO", 2), ("AAA", "WPI6", 3), ("BBB", "BBFAR", 1), ("CCC", "X", 1)
    )
    found = pool_of(["AAA", "BBB"], stops, harbours(), boxes(("One", 2019, 2e6, 0.0, 0.1)), named=["BBFAR"], count=3)
    assert found == ("AAONE", "BBFAR", "AATWO")
    assert pool_of(["DDD"], stops, harbours(), boxes(), named=["BBFAR"], count=3) == ()
