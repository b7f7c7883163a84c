"""Tables in, `pairs` out: a world small enough to read."""

import math

import polars as pl
import pytest

from entrepot.core.errors import InputError
from entrepot.formulas.distance import DistanceRules
from entrepot.ingest.distances import build_pairs
from entrepot.tables import pairs

DEGREE = 111.1950802335329


def economies():
    """AAA and BBB on the coast of one land, CCC landlocked behind AAA, DDD an island without a port or a capital."""
    return pl.DataFrame(
        {
            "iso3": ["BBB", "AAA", "CCC", "DDD"],
            "continent_en": ["Asia", "Asia", "Asia", None],
            "subregion_m49": ["030", "030", None, None],
            "capital_lat": [0.0, 0.0, 0.0, None],
            "capital_lon": [30.0, 2.0, 0.0, None],
        }
    )


def borders():
    return pl.DataFrame({"economy": ["AAA", "CCC", "AAA"], "neighbour": ["CCC", "AAA", "ZZZ"]})


def ports(**changes):
    columns = {
        "port": ["A1", "A2", "B1"],
        "lane_km": [0.0, 0.0, 0.0],
        "on_lane": [True, True, True],
    }
    return pl.DataFrame(columns | changes)


def main_ports():
    rows = [
        ("AAA", 1, "A1", 0.0, 4.0),
        ("AAA", 2, "A2", 0.0, 6.0),
        ("BBB", 1, "B1", 0.0, 25.0),
        ("ZZZ", 1, "A1", 0.0, 4.0),
    ]
    schema = {"economy": pl.String, "rank": pl.Int8, "port": pl.String, "lat": pl.Float64, "lon": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def lanes():
    """Along the equator from 4 to 25, through a canal between 10 and 20; the way round it goes by 10° north."""
    rows = [
        (0.0, 4.0, 0.0, 10.0, 6 * DEGREE, None),
        (0.0, 10.0, 0.0, 20.0, 10 * DEGREE, "canal"),
        (0.0, 20.0, 0.0, 25.0, 5 * DEGREE, None),
        (0.0, 10.0, 10.0, 15.0, 12 * DEGREE, None),
        (10.0, 15.0, 0.0, 20.0, 12 * DEGREE, "northwest"),
    ]
    columns = ["from_lat", "from_lon", "to_lat", "to_lon", "km", "passage"]
    return pl.DataFrame(rows, schema=columns, orient="row")


OPEN = DistanceRules(closed_passages=())


def distances(rules=OPEN, port_table=None, without=()):
    port_table = ports() if port_table is None else port_table
    frame = build_pairs(economies(), borders(), port_table, main_ports(), lanes(), rules=rules, without=without)
    return {(row["exporter"], row["importer"]): row for row in frame.to_dicts()}


def test_every_ordered_pair_once_in_canonical_columns():
    frame = build_pairs(economies(), borders(), ports(), main_ports(), lanes(), rules=OPEN)
    assert dict(frame.schema) == dict(pairs.SCHEMA)
    assert frame.select("exporter", "importer").rows() == [
        (one, other) for one in ("AAA", "BBB", "CCC", "DDD") for other in ("AAA", "BBB", "CCC", "DDD") if one != other
    ]


def test_values_by_hand():
    found = distances()
    # Ports at 4 and 6 to 25: (21 + 19)/2 = 20, and the lanes follow the equator.
    there = found["AAA", "BBB"]
    assert (there["rule_ports"], there["rule_sea"], there["border"]) == ("ports", "ports", False)
    assert there["km_ports"] == pytest.approx(20 * DEGREE, abs=1e-3)
    assert there["km_sea"] == pytest.approx(20 * DEGREE, abs=1e-3)
    assert there["km_great_circle"] == pytest.approx(28 * DEGREE, abs=1e-3)
    # CCC at 0 by way of 4 (or 6): 4 + 21 = 25.
    inland = found["CCC", "BBB"]
    assert inland["rule_ports"] == "land+ports"
    assert inland["km_ports"] == pytest.approx(25 * DEGREE, abs=1e-3)
    # Neighbours 100 km by the rules, but capitals are where they are.
    near = found["CCC", "AAA"]
    assert (near["border"], near["rule_ports"], near["km_ports"]) == (True, "neighbour", 100.0)
    assert near["km_great_circle"] == pytest.approx(2 * DEGREE, abs=1e-3)


def test_unknown_distances_are_null_and_say_so():
    row = distances()["AAA", "DDD"]
    assert (row["km_ports"], row["km_sea"], row["km_great_circle"]) == (None, None, None)
    assert (row["rule_ports"], row["rule_sea"]) == ("none", "none")


def test_a_closed_passage_lengthens_the_sea_and_nothing_else():
    open_sea, closed = distances()["AAA", "BBB"], distances(without=["canal"])["AAA", "BBB"]
    assert closed["km_sea"] == pytest.approx(open_sea["km_sea"] + 14 * DEGREE, abs=2e-3)  # 24° round instead of 10°
    assert closed["km_ports"] == open_sea["km_ports"]


def test_the_northwest_passage_is_closed_unless_opened():
    # Both ways shut: BBB is cut off, and as its neighbours offer no coast either, nothing is known by sea.
    row = distances(rules=DistanceRules(), without=["canal"])["AAA", "BBB"]
    assert (row["km_sea"], row["rule_sea"]) == (None, "none")
    assert not math.isnan(row["km_ports"])


def test_a_port_off_the_lanes_or_beyond_the_limit_is_not_used():
    for table in (ports(on_lane=[False, True, True]), ports(lane_km=[150.0, 0.0, 0.0])):
        assert distances(port_table=table)["AAA", "BBB"]["km_ports"] == pytest.approx(19 * DEGREE, abs=1e-3)


def test_an_unknown_passage_is_refused():
    with pytest.raises(InputError, match="canel"):
        distances(without=["canel"])
