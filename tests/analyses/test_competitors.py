"""Who sells a product in a market, against plain sums over the flows."""

import polars as pl
import pytest

from entrepot.core.errors import InputError


@pytest.fixture(scope="module")
def flows(bench):
    return bench.snapshot.flows("minerals", [2024], None).filter(pl.col("product").str.starts_with("2603"))


@pytest.fixture(scope="module")
def rivals(bench):
    return bench.competitors("2603", "CHN", exporter="PER", year=2024)


def test_one_row_for_every_supplier_the_largest_first(rivals, flows):
    sold = flows.filter(pl.col("importer") == "CHN").group_by("exporter").agg(pl.col("value_usd").sum())
    told = rivals.frame.filter(pl.col("value_usd") > 0)
    assert dict(zip(told["exporter"], told["value_usd"], strict=True)) == pytest.approx(dict(sold.iter_rows()))
    assert told["value_usd"].is_sorted(descending=True)
    assert told["rank"].to_list()[:3] == [1, 2, 3]


@pytest.mark.parametrize("basis", ["bilateral", "world"])
@pytest.mark.parametrize("product", ["2603", "2603,2604"])
def test_shares_and_gravity_shares_sum_to_one_and_gaps_to_none(bench, basis, product):
    frame = bench.competitors(product, "CHN", year=2024, basis=basis).frame
    assert frame["share_in_market"].sum() == pytest.approx(1, abs=1e-9)
    assert frame["gravity_share"].sum() == pytest.approx(1, abs=1e-9)
    assert frame["gap"].sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("product", ["2603", "2603,2604"])
@pytest.mark.parametrize("basis", ["bilateral", "world"])
def test_each_row_is_that_of_the_market_finder(bench, product, basis):
    frame = bench.competitors(product, "JPN", year=2024, basis=basis).frame
    for seller in ("CHL", "AUS", "IDN"):
        row = frame.row(by_predicate=pl.col("exporter") == seller, named=True)
        markets = bench.markets(seller, product, year=2024, basis=basis).frame
        own = markets.row(by_predicate=pl.col("importer") == "JPN", named=True)
        same = [
            "value_usd",
            "share_in_market",
            "gravity_share",
            "gap",
            "unrealised_usd",
            "price_usd_t",
            "distance_km",
            "cda",
        ]
        same += ["growth", "cagr", "growth_basis"] if basis == "bilateral" else []
        for column in same:
            expected = own[column] if isinstance(own[column], str) else pytest.approx(own[column], rel=1e-12, abs=1e-12)
            assert row[column] == expected, (seller, column)


def test_the_exporter_asked_about_is_marked_even_if_it_sells_nothing(bench, rivals):
    assert rivals.frame.filter(asked=1)["exporter"].to_list() == ["PER"]
    outsider = bench.competitors("2603", "CHN", exporter="LUX", year=2024).frame
    row = outsider.row(by_predicate=pl.col("asked") == 1, named=True)
    assert row["exporter"] == "LUX"
    assert row["value_usd"] == 0
    assert bench.competitors("2603", "CHN", year=2024).frame["asked"].sum() == 0


def test_under_world_those_who_could_sell_are_there(bench, rivals):
    wider = bench.competitors("2603", "CHN", year=2024, basis="world").frame
    assert set(rivals.frame["exporter"]) < set(wider["exporter"]) | {"PER"}
    outside = wider.filter((pl.col("value_usd") == 0) & (pl.col("gravity_share") > 0))
    assert outside.height


def test_a_group_is_one_competitor_or_one_market(bench):
    market = bench.competitors("2603", "EU27", exporter="CHL", year=2024)
    assert not set(market.frame["exporter"]) & {"DEU", "ESP"}
    seller = bench.competitors("2603", "CHN", exporter="EU27", year=2024).frame
    assert seller.filter(asked=1)["exporter"].to_list() == ["EU27"]
    assert "DEU" not in seller["exporter"]


def test_every_null_has_a_reason(rivals):
    for row, missing in zip(rivals.frame.to_dicts(), rivals.missing, strict=True):
        assert {name for name, value in row.items() if value is None} == set(missing)


def test_what_cannot_be_answered(bench):
    with pytest.raises(InputError) as caught:
        bench.competitors("2603", "PCN", year=2024)
    assert caught.value.code == "nothing_traded"
    with pytest.raises(InputError, match="hold each other"):
        bench.competitors("2603", "CHN", exporter="CHN")
    for exporter in (None, "PER"):
        for market, code in (("Chnia", "unknown_economy"), (156, "bad_market")):
            with pytest.raises(InputError, match="market") as caught:
                bench.competitors("2603", market, exporter=exporter)
            assert (caught.value.code, caught.value.field) == (code, "market"), "an error names what was typed"
    with pytest.raises(InputError) as caught:
        bench.competitors("2603", "CHN", exporter="")
    assert (caught.value.code, caught.value.field) == ("unknown_economy", "exporter")
