"""The way by sea between two ports on the embedded lanes: against published tables, with passages closed, and refused."""

import numpy as np
import polars as pl
import pytest

import entrepot
from entrepot.core.errors import InputError
from entrepot.formulas.distance import great_circle_km, sea_lanes, sea_leg_km


def test_shanghai_to_rotterdam(bench):
    """About 19,500 km via Suez and 24,900 km without it, by published tables of distances (to 2 %)."""
    usual = bench.route("Shanghai", "Rotterdam")
    assert usual.frame["km_total"][-1] == pytest.approx(19_500, rel=0.02)
    assert usual.frame["to_place"].to_list() == [
        "Strait of Malacca", "Bab el-Mandeb", "Suez Canal", "Strait of Gibraltar", "Rotterdam"
    ]  # fmt: skip
    closed = bench.route("Shanghai", "Rotterdam", without="Suez")
    assert closed.frame["km_total"][-1] == pytest.approx(24_900, rel=0.02)
    assert "Suez Canal" not in closed.frame["to_place"].to_list()
    more = closed.frame["km_total"][-1] - usual.frame["km_total"][-1]
    assert f"{usual.frame['km_total'][-1]:,.0f} km, that is {more:,.0f} km less" in closed.notes[0].en
    # And round the Cape where Panama is closed too.
    cape = bench.route("Shanghai", "Rotterdam", without="suez,panama")
    assert "Cape of Good Hope" in cape.frame["to_place"].to_list()


def test_a_stage_is_what_its_line_measures(bench):
    frame = bench.route("CNSHA", "NLRTM").frame
    assert frame["km"].sum() == pytest.approx(frame["km_total"][-1], abs=0.5)
    assert frame["nautical_miles_total"].to_list() == [round(km / 1.852) for km in frame["km_total"]]
    assert frame["from_place"].to_list()[1:] == frame["to_place"].to_list()[:-1]
    for line, km in frame.select("way", "km").rows():
        points = [point.split() for point in line.removeprefix("LINESTRING (").removesuffix(")").split(", ")]
        lon, lat = np.array(points, dtype=float).T
        assert great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum() == pytest.approx(km, rel=1e-3)


def test_the_same_both_ways_and_as_in_the_distances_of_pairs(bench):
    there, back = bench.route("CNSHA", "NLRTM"), bench.route("NLRTM", "CNSHA")
    assert there.frame["km_total"][-1] == back.frame["km_total"][-1]
    assert back.frame["to_place"][-1] == "Shanghai"
    ports = bench.world.table("ports").filter(pl.col("port").is_in(["CNSHA", "NLRTM"]))
    lanes = sea_lanes(bench.world.table("lanes"))
    leg = sea_leg_km(ports["lat"].to_numpy(), ports["lon"].to_numpy(), lanes, without=["northwest"])[0, 1]
    assert there.frame["km_total"][-1] == pytest.approx(leg, abs=0.05)


def test_closing_what_is_not_sailed_makes_no_way_longer(bench):
    for passage in ("bosporus", "northwest"):  # the second is closed in any case, which every answer says
        answer = bench.route("CNSHA", "NLRTM", without=passage)
        assert "no longer for it" in answer.notes[0].en
        assert "未因此变长" in answer.notes[0].zh
        assert not any("With them open" in note.en for note in answer.notes)
        assert any(
            "in any case" in note.en and "Northwest" in note.en and "西北航道" in note.zh for note in answer.notes
        )


def test_ports_by_code_name_and_economy(bench):
    def ends(*typed):
        asked = bench.route(*typed).parameters
        return asked["start"], asked["end"]

    assert ends("nl rtm", "SHANGHAI") == ("NLRTM", "CNSHA")
    assert ends("Georgetown, GUY", "Georgetown，马来西亚") == ("GYGEO", "MYGEO")
    assert ends("Valencia", "new york") == ("ESVLC", "USNYC")


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ({"start": "Roterdam", "end": "CNSHA"}, "unknown_start", "Rotterdam (NLRTM)"),
        ({"start": "CNSHA", "end": "qqqqqq"}, "unknown_end", "UN/LOCODE"),
        ({"start": "Georgetown", "end": "CNSHA"}, "ambiguous_start", "GYGEO"),
        ({"start": "CNSHA", "end": "Harare"}, "port_off_lanes", "ZWHRE"),
        ({"start": "CNSHA", "end": "NLRTM", "without": "sues"}, "unknown_without", "suez"),
        ({"start": "CNSHA", "end": "UAODS", "without": "bosporus"}, "no_way", "UAODS"),
        ({"start": "CNSHA", "end": "NLRTM", "lang": "fr"}, "unknown_lang", "zh"),
        ({"start": 5, "end": "NLRTM"}, "bad_start", "int"),
        ({"start": "CNSHA", "end": None}, "unknown_end", "UN/LOCODE"),
        ({"start": "CNSHA", "end": "NLRTM", "without": 5}, "bad_without", "passages"),
    ],
)
def test_what_cannot_be_answered(bench, asked, code, words):
    with pytest.raises(InputError) as told:
        bench.route(**asked)
    assert told.value.code == code
    assert words in told.value.message.en + " ".join(map(str, told.value.valid))
    assert told.value.message.zh != told.value.message.en


def test_what_the_answer_says(bench):
    answer = entrepot.route("CNSHA", "NLRTM", without="panama", lang="zh")
    assert answer.title is not None
    assert "海里" in answer.title.zh
    assert answer.frame["to_place"][0] == "马六甲海峡"
    assert {entry["table"] for entry in answer.provenance} == {"ports", "lanes"}
    assert any("大圆距离" in note.zh for note in answer.notes)
    assert "searoute" in answer.citation
