"""The committed port tables and distances: what is known of the world must be found in them."""

import numpy as np
import polars as pl
import pytest

from entrepot.demo import FOLDER
from entrepot.formulas.distance import DistanceRules, sea_lanes, sea_leg_km
from entrepot.ingest.distances import build_pairs
from entrepot.tables import lanes, main_ports, pairs, ports

NAUTICAL_MILE = 1.852
TABLES = {"lanes": lanes, "main_ports": main_ports, "pairs": pairs, "ports": ports}


def table(name):
    return pl.read_parquet(FOLDER / f"{name}.parquet")


@pytest.fixture(scope="module")
def world():
    return {name: table(name) for name in ("economies", "borders", *TABLES)}


@pytest.fixture(scope="module")
def pair(world):
    rows = {(row["exporter"], row["importer"]): row for row in world["pairs"].to_dicts()}
    return lambda exporter, importer: rows[exporter, importer]


@pytest.mark.parametrize("name", TABLES)
def test_the_committed_tables_pass_their_checks(world, name):
    assert TABLES[name].check(world[name]).equals(world[name])


def test_the_committed_distances_are_what_the_committed_tables_give(world):
    again = build_pairs(world["economies"], world["borders"], world["ports"], world["main_ports"], world["lanes"])
    assert again.drop(pl.selectors.float()).equals(world["pairs"].drop(pl.selectors.float()))
    for column in ("km_ports", "km_sea", "km_great_circle"):
        np.testing.assert_allclose(again[column].to_numpy(), world["pairs"][column].to_numpy(), atol=2e-3)


def test_every_pair_has_a_rule_and_the_floor_holds(world):
    frame, economies = world["pairs"], world["economies"].height
    assert frame.height == economies * (economies - 1)
    for provider in ("ports", "sea"):
        assert frame[f"rule_{provider}"].null_count() == 0
        assert ((frame[f"rule_{provider}"] == "none") == frame[f"km_{provider}"].is_null()).all()
    assert frame.select(pl.selectors.float().min()).row(0) == (100.0, 100.0, 100.0)


def test_the_sea_is_never_shorter_than_the_great_circle_between_the_same_ports(world):
    same = world["pairs"].filter(pl.col("rule_ports") == pl.col("rule_sea"))
    assert (same["km_sea"] >= same["km_ports"] - 0.01).fill_null(True).all()


def test_only_pooling_makes_the_way_back_differ(world):
    frame = world["pairs"].select("exporter", "importer", "km_ports", "km_sea")
    back = frame.rename({"exporter": "importer", "importer": "exporter"})
    region = world["economies"].select("iso3", (pl.col("subregion_m49") == "419").fill_null(False).alias("pooled"))
    both = (
        frame.join(back, on=["exporter", "importer"], suffix="_back")
        .join(region, left_on="exporter", right_on="iso3")
        .join(region, left_on="importer", right_on="iso3", suffix="_importer")
        .filter(pl.col("pooled") == pl.col("pooled_importer"))
    )
    for column in ("km_ports", "km_sea"):
        assert (both[column] - both[f"{column}_back"]).abs().max() < 0.002


def test_latin_america_is_one_market_for_the_rest_of_the_world(pair):
    assert pair("CHN", "ARG")["rule_ports"] == "pooled"
    assert pair("CHN", "ARG")["km_ports"] == pair("CHN", "BRA")["km_ports"] == pair("CHN", "CHL")["km_ports"]
    assert pair("ARG", "CHN")["km_ports"] != pair("BRA", "CHN")["km_ports"]
    assert pair("BRA", "MEX")["rule_ports"] == "ports"


@pytest.mark.parametrize("two", [("HKG", "CHN"), ("MAC", "CHN"), ("FRA", "DEU"), ("USA", "MEX"), ("UZB", "KAZ")])
def test_neighbours_are_at_the_minimum(pair, two):
    assert pair(*two)["border"]
    assert pair(*two)["km_ports"] == pair(*two)["km_sea"] == 100.0


@pytest.mark.parametrize("inland", ["UZB", "LIE", "PRY", "KAZ", "AZE", "TKM", "MDA", "ETH", "BOL"])
def test_the_landlocked_reach_the_sea(pair, inland):
    assert pair(inland, "JPN")["rule_ports"] == "land+ports"
    assert 2_000 < pair(inland, "JPN")["km_ports"] < 20_100
    assert pair(inland, "JPN")["km_sea"] > pair(inland, "JPN")["km_ports"]


def test_landlocked_africans_go_by_capitals(pair):
    # Lusaka to Kigali.
    assert pair("ZMB", "RWA")["rule_ports"] == "capitals"
    assert pair("ZMB", "RWA")["km_ports"] == pair("ZMB", "RWA")["km_great_circle"] == pytest.approx(1_509, abs=15)


def test_plausible_distances(pair):
    assert 2_000 < pair("AUS", "NZL")["km_ports"] < 3_500
    assert pair("CHN", "JPN")["km_ports"] < 2_500
    assert 8_000 < pair("CHN", "NLD")["km_ports"] < 10_000
    assert 18_000 < pair("CHN", "NLD")["km_sea"] < 21_000


def test_caspian_ports_make_no_economy_coastal(world):
    caspian = world["ports"].filter(pl.col("port").is_in(["AZBAK", "KZAAU", "TMKRW", "RUASF", "RUMCX", "IRBAZ"]))
    assert caspian.height == 6
    assert not caspian["on_lane"].any()
    assert world["ports"].filter(pl.col("port").is_in(["PYASU", "CNCKG"]))["on_lane"].to_list() == [False, False]


def test_main_ports_are_ports_in_order_and_at_most_five(world):
    chosen, known = world["main_ports"], world["ports"]
    assert chosen.join(known, on=["port", "name", "lat", "lon"], how="anti").is_empty()
    ranks = chosen.group_by("economy", maintain_order=True).agg("rank")["rank"].to_list()
    assert all(
        order == list(range(1, len(order) + 1)) and len(order) <= DistanceRules().ports_per_economy for order in ranks
    )
    first = dict(chosen.filter(pl.col("rank") == 1).select("economy", "name").iter_rows())
    assert [first[code] for code in ("CHN", "NLD", "SGP", "HKG")] == ["Shanghai", "Rotterdam", "Singapore", "Hong Kong"]


def test_every_coast_has_a_usable_port_or_a_known_reason(world):
    usable = world["main_ports"].join(world["ports"].filter("on_lane"), on="port", how="semi")["economy"].unique()
    coastal = world["economies"].filter(~pl.col("landlocked") & ~pl.col("iso3").is_in(usable.to_list()))["iso3"]
    assert sorted(coastal) == ["ATA", "ATF", "BIH", "BVT", "HMD", "PLW", "PSE", "TKL"]


# Nautical miles as printed in tables of distances between ports, by the usual route of merchant ships.
SAILED = {
    ("CNSHA", "NLRTM"): 10_500,
    ("NLRTM", "USNYC"): 3_400,
    ("SGSIN", "NLRTM"): 8_300,
    ("USLAX", "CNSHA"): 5_700,
    ("BRSSZ", "CNSHA"): 11_050,
    ("AUSYD", "NZAKL"): 1_276,
    ("USHOU", "NLRTM"): 5_030,
    ("JPYOK", "DEHAM"): 11_250,
    ("CLVAP", "CNSHA"): 10_230,
    ("USNYC", "USLAX"): 4_930,
    ("AUPHE", "CNTAO"): 3_550,
}


def sailed(world, one, other, without=("northwest",)):
    at = {row["port"]: (row["lat"], row["lon"]) for row in world["ports"].to_dicts()}
    lat, lon = np.array([at[one], at[other]]).T
    return sea_leg_km(lat, lon, sea_lanes(world["lanes"]), without=without)[0, 1]


@pytest.mark.parametrize(("two", "miles"), SAILED.items())
def test_sea_legs_are_those_that_ships_sail(world, two, miles):
    assert sailed(world, *two) == pytest.approx(miles * NAUTICAL_MILE, rel=0.04)


def test_without_suez_ships_go_round_africa(world):
    assert sailed(world, "CNSHA", "NLRTM") == pytest.approx(19_500, rel=0.01)
    assert sailed(world, "CNSHA", "NLRTM", ("northwest", "suez")) == pytest.approx(24_900, rel=0.01)


def test_the_lanes_are_one_network(world):
    """Every main port reaches every other, so that rule 4 is only for those without a coast."""
    at = world["main_ports"].unique("port")
    legs = sea_leg_km(at["lat"].to_numpy(), at["lon"].to_numpy(), sea_lanes(world["lanes"]), without=["northwest"])
    assert np.isfinite(legs).all()
