"""Overviews of an economy and a product against sums made by hand from the flows."""

import polars as pl
import pytest

from entrepot.analyses.economy import economy
from entrepot.analyses.product import product
from entrepot.core.errors import InputError
from entrepot.formulas.overview import REGISTRY
from entrepot.workbench import Workbench


@pytest.fixture(scope="module")
def chile(bench: Workbench):
    return economy(bench.snapshot, "CHL", year=2024)


@pytest.fixture(scope="module")
def copper(bench: Workbench):
    return product(bench.snapshot, "2603", year=2024)


@pytest.fixture(scope="module")
def flows(bench: Workbench) -> pl.DataFrame:
    years = bench.snapshot.dataset(None).years
    return bench.snapshot.flows(None, years).with_columns(pl.col("product").str.head(4).alias("hs4"))


def test_totals_and_concentration_are_those_of_the_flows(chile, flows: pl.DataFrame):
    row = chile["years"].frame.filter(pl.col("year") == 2024).row(0, named=True)
    sold = flows.filter((pl.col("year") == 2024) & (pl.col("exporter") == "CHL"))
    bought = flows.filter((pl.col("year") == 2024) & (pl.col("importer") == "CHL"))
    assert row["exports_usd"] == pytest.approx(sold["value_usd"].sum())
    assert row["imports_usd"] == pytest.approx(bought["value_usd"].sum())
    assert row["balance_usd"] == pytest.approx(row["exports_usd"] - row["imports_usd"])
    for key, hhi, cr4, count in (("hs4", "hhi_products", "cr4_products", "products_sold"), ("importer", "hhi_markets", "cr4_markets", "markets_served")):  # fmt: skip
        shares = [v / sold["value_usd"].sum() for v in sold.group_by(key).agg(pl.col("value_usd").sum())["value_usd"]]
        assert row[hhi] == pytest.approx(sum(s * s for s in shares))
        assert row[cr4] == pytest.approx(sum(sorted(shares)[-4:]))
        assert row[count] == len(shares)


def test_products_are_the_largest_with_share_advantage_and_price(chile, flows: pl.DataFrame):
    frame = chile["sells"].frame
    year = flows.filter(pl.col("year") == 2024)
    sold = (
        year.filter(pl.col("exporter") == "CHL")
        .group_by("hs4")
        .agg(pl.col("value_usd").sum())
        .sort("value_usd", descending=True)
    )
    assert frame["product"].to_list() == sold["hs4"].head(10).to_list()
    first = frame.row(0, named=True)
    world = year.filter(pl.col("hs4") == first["product"])
    assert first["share_of_world"] == pytest.approx(first["exports_usd"] / world["value_usd"].sum())
    in_world = world["value_usd"].sum() / year["value_usd"].sum()
    assert first["rca"] == pytest.approx(first["share"] / in_world)
    priced = world.filter(pl.col("quantity_t").is_not_null())
    world_price = priced["value_usd"].sum() / priced["quantity_t"].sum()
    assert first["price_relative"] == pytest.approx(first["price_usd_t"] / world_price)


def test_growth_is_that_of_the_market_finder_formula(chile, flows: pl.DataFrame):
    partner = chile["markets"].frame.row(0, named=True)
    own = flows.filter((pl.col("exporter") == "CHL") & (pl.col("importer") == partner["partner"]))
    series = [own.filter(pl.col("year") == year)["value_usd"].sum() for year in range(2020, 2025)]
    cagr = (series[-1] / series[0]) ** (1 / 5) - 1
    lyg = series[-1] / (sum(series) / 5) - 1
    assert partner["growth"] == pytest.approx((cagr + lyg) / 2)


def test_potential_is_what_the_market_finder_says(chile, bench: Workbench):
    first = chile["potential"].frame.row(0, named=True)
    markets = bench.markets("CHL", first["product"], year=2024, basis="world").frame
    same = markets.filter(pl.col("importer") == first["importer"]).row(0, named=True)
    for name in ("unrealised_usd", "value_usd", "gravity_share", "share_in_market", "market_size_usd"):
        assert first[name] == pytest.approx(same[name]), name
    assert chile["potential"].frame["unrealised_usd"].is_sorted(descending=True)


def test_a_group_is_one_economy_without_its_inner_trade(bench: Workbench, flows: pl.DataFrame):
    union = economy(bench.snapshot, "EU27", year=2024, top=3)
    members = bench.world.places.at(bench.world.places.find("EU27", field="economy"), 2024).members
    beyond = flows.filter(
        (pl.col("year") == 2024) & pl.col("exporter").is_in(members) & ~pl.col("importer").is_in(members)
    )
    row = union["years"].frame.filter(pl.col("year") == 2024).row(0, named=True)
    assert row["exports_usd"] == pytest.approx(beyond["value_usd"].sum())
    inner = flows.filter(
        (pl.col("year") == 2024) & pl.col("exporter").is_in(members) & pl.col("importer").is_in(members)
    )
    world = flows.filter(pl.col("year") == 2024)["value_usd"].sum() - inner["value_usd"].sum()
    assert row["export_share_of_world"] == pytest.approx(beyond["value_usd"].sum() / world)
    assert not set(union["markets"].frame["partner"]) & set(members)


def test_sellers_sum_to_world_trade_and_prices_are_quartiles(copper, bench: Workbench, flows: pl.DataFrame):
    row = copper["years"].frame.filter(pl.col("year") == 2024).row(0, named=True)
    own = flows.filter((pl.col("year") == 2024) & (pl.col("hs4") == "2603"))
    assert row["world_usd"] == pytest.approx(own["value_usd"].sum())
    assert row["sellers"] == own["exporter"].n_unique()
    assert row["buyers"] == own["importer"].n_unique()
    sellers = own.group_by("exporter").agg(
        pl.col("value_usd").sum(),
        pl.col("value_usd").filter(pl.col("quantity_t").is_not_null()).sum().alias("priced"),
        pl.col("quantity_t").sum(),
    )
    prices = sellers.filter((pl.col("priced") >= 0.5 * pl.col("value_usd")) & (pl.col("quantity_t") > 0)).select(pl.col("priced") / pl.col("quantity_t")).to_series()  # fmt: skip
    assert row["price_middle"] == pytest.approx(prices.quantile(0.5, "linear"))
    assert row["price_high"] == pytest.approx(prices.quantile(0.75, "linear"))
    assert row["sellers_priced"] == len(prices)
    every = product(bench.snapshot, "2603", year=2024, top=1000)
    assert every["sells"].frame["share"].sum() == pytest.approx(1)
    assert every["buys"].frame["share"].sum() == pytest.approx(1)
    assert every["flows"].frame["share"].sum() == pytest.approx(1)


def test_power_is_that_of_its_own_family(copper, bench: Workbench):
    power = bench.power(product="2603", years=2024).frame
    first = copper["sells"].frame.row(0, named=True)
    theirs = power.filter(pl.col("economy") == first["economy"])["tpi_export"][0]
    assert first["tpi_export"] == pytest.approx(theirs)


def test_every_column_is_explained_and_every_null_has_a_reason(chile, copper):
    for overview in (chile, copper):
        for part in overview.parts.values():
            for number, row in enumerate(part.frame.iter_rows(named=True)):
                nulls = {name for name, value in row.items() if value is None}
                assert nulls == set(part.missing[number])
            computed = {c.id for c in part.columns} - set(REGISTRY.entries)
            assert all(c.meaning.zh for c in part.columns)
            assert not {c for c in computed if c.endswith("_usd") and c not in {"unrealised_usd", "market_size_usd"}}
    assert "NaN" not in chile.to_json().decode()


def test_what_the_data_set_holds_is_said_first(chile, copper):
    assert "74 HS6 products" in chile.notes[0].en
    assert "74" in chile.notes[0].zh


def test_a_year_without_reports_is_null_and_not_zero(bench: Workbench):
    for code in bench.snapshot.data_table(None, "reporters")["economy"].unique().sort().to_list():
        rows = economy(bench.snapshot, code, top=1)["years"]
        quiet = [n for n, row in enumerate(rows.frame.iter_rows(named=True)) if row["imports_usd"] is None]
        if quiet:
            assert {rows.missing[quiet[0]][name] for name in ("imports_usd", "balance_usd", "tc")} == {"not_reported"}
            return
    pytest.fail("every economy reports in every year; choose other data for this test")


def test_a_total_has_no_unit_values(bench: Workbench):
    whole = product(bench.snapshot, "TOTAL", year=2024, top=2)
    assert whole["years"].frame["quantity_coverage"].null_count() == whole["years"].frame.height, "none, not 0 %"
    assert whole["years"].missing[0]["sellers_priced"] == "undefined"
    for part in whole.parts.values():
        assert {why for missing in part.missing for why in missing.values()} <= {"undefined"}, "whoever reports"
    row = whole["sells"].frame.row(0, named=True)
    assert row["price_usd_t"] is None
    assert row["exports_usd"] > 0


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda s: economy(s, "XYZ"), "unknown_economy"),
        (lambda s: economy(s, "CHL", level=2), "unknown_level"),
        (lambda s: economy(s, "CHL", top=0), "bad_top"),
        (lambda s: economy(s, "CHL", window=4), "unknown_window"),
        (lambda s: economy(s, "CHL", year=1900), "unknown_year"),
        (lambda s: economy(s, "CHL", basis="world"), "unknown_option"),
        (lambda s: product(s, "2603", level=4), "unknown_option"),
        (lambda s: product(s, "9999"), "unknown_product"),
        (lambda s: economy(s, "CHL")["nothing"], "unknown_part"),
    ],
)
def test_bad_questions_are_told(bench: Workbench, ask, code: str):
    with pytest.raises(InputError) as refused:
        ask(bench.snapshot)
    assert refused.value.code == code
