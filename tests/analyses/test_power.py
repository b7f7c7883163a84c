"""Trade power on the embedded data: against plain sums over the flows, and what a user may ask and is told."""

from collections import defaultdict

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.power import COLUMNS, TOTAL, power
from entrepot.analyses.power_changes import power_change, power_elasticities, power_leaders, power_roads
from entrepot.analyses.years import years_of
from entrepot.core.errors import InputError
from tests.formulas.power.twin import power as twin


@pytest.fixture(scope="module")
def snapshot(bench):
    return bench.snapshot


@pytest.fixture(scope="module")
def copper(snapshot):
    return power(snapshot, product="2603", years=2024)


def sides(flows):
    """economy → (priced value, quantity) of sellers and of buyers, by loops."""
    sold, bought = defaultdict(lambda: [0.0, 0.0]), defaultdict(lambda: [0.0, 0.0])
    for row in flows.iter_rows(named=True):
        if row["quantity_t"] is not None:
            for book, who in ((sold, row["exporter"]), (bought, row["importer"])):
                book[who][0] += row["value_usd"]
                book[who][1] += row["quantity_t"]
    return dict(sold), dict(bought)


def test_copper_ore_agrees_with_plain_sums(snapshot, copper):
    sold, bought = sides(snapshot.flows("minerals", [2024], ["2603"]))
    sigma = copper.frame["sigma"][0]
    expected = twin(sold, bought, sigma)
    rows = {row["economy"]: row for row in copper.frame.iter_rows(named=True)}
    assert set(expected) <= set(rows)
    for economy, columns in expected.items():
        for column, value in columns.items():
            found = rows[economy][column]
            assert (found is None) == bool(np.isnan(value)), (economy, column)
            if found is not None:
                assert found == pytest.approx(value, rel=1e-9, abs=1e-15), (economy, column)
    ranked = copper.frame["tpi"].to_list()
    assert ranked == sorted(ranked, reverse=True)
    assert copper.frame["rank"][0] == 1


def test_totals_agree_with_plain_sums(snapshot):
    flows = snapshot.flows("minerals", [2010])
    books = {key[0]: sides(frame) for key, frame in flows.group_by("product")}
    world = sum(r for sold, _ in books.values() for r, _ in sold.values())
    expected = dict.fromkeys(("tlc_export", "tpi_export", "tlc_import", "tpi_import"), 0.0)
    for sold, bought in books.values():
        if not sold:
            continue
        row = twin(sold, bought, np.nan).get("CHN")
        for column in expected:
            if row:
                expected[column] += row[column] * sum(r for r, _ in sold.values()) / world
    found = power(snapshot, economy="CHN", years=2010).frame.row(0, named=True)
    assert found["product"] == TOTAL
    for column, value in expected.items():
        assert found[column] == pytest.approx(value, rel=1e-9)
    assert found["tpi"] == pytest.approx((expected["tpi_export"] + expected["tpi_import"]) / 2)
    assert found["price_factor_export"] == pytest.approx(expected["tpi_export"] / expected["tlc_export"])


def test_identities_hold_for_everybody(snapshot):
    frame = power(snapshot, years="2022-2024").frame
    for year in (2022, 2023, 2024):
        own = frame.filter(pl.col("year") == year)
        for column in ("tlc", "tlc_export", "tlc_import", "tlc_all", "tpi_import"):
            assert own[column].sum() == pytest.approx(1)
        assert own["tpi_export"].sum() > 1
        assert own["rank"].min() == 1


def test_columns_are_the_fixed_ones_and_every_null_has_a_reason(copper):
    fixed = """economy product year tlc_export price_factor_export tpi_export tlc_import price_factor_import tpi_import tlc tpi
    covered_share market_power tpi_market_power sigma sigma_method converged quality markup marginal_cost stage value_for_money
    tlc_all""".split()
    assert list(COLUMNS[: len(fixed)]) == fixed
    assert copper.frame.columns == list(COLUMNS) == [column.id for column in copper.columns]
    for row, why in zip(copper.frame.iter_rows(named=True), copper.missing, strict=True):
        assert {name for name, value in row.items() if value is None} == set(why)
        if row["exports_usd"] == 0:
            assert why["price_factor_export"] == "zero_flow"
    told = copper.as_dict()
    assert told["parameters"]["product"] == "2603"
    assert copper.to_json()
    assert copper.to_csv().startswith('"economy"')


def test_an_economy_that_trades_nothing_has_its_row(snapshot):
    row = power(snapshot, economy="TUV", product="2603", years=2024).frame.row(0, named=True)
    assert row["tlc_export"] == row["tpi_export"] == 0
    assert row["price_factor_export"] is None


def test_one_economy_year_by_year_is_the_ranking_of_each_year(snapshot, copper):
    path = power(snapshot, economy="智利", product="2603", years="2000-2024", lang="zh").frame
    assert path["year"].to_list() == list(range(2000, 2025))
    now = copper.frame.filter(pl.col("economy") == "CHL")
    for column in ("tpi", "rank", "sigma", "quality"):
        assert path[column][-1] == pytest.approx(now[column][0])
    assert path["economy_name"][0] == "智利"


def test_a_group_is_one_trader_without_its_inner_trade(snapshot):
    row = power(snapshot, economy="EU27", product="2603", years=2024).frame.row(0, named=True)
    members = set(
        snapshot.reference("groups").filter((pl.col("group") == "EU27") & pl.col("until").is_null())["economy"]
    )
    flows = snapshot.flows("minerals", [2024], ["2603"])
    outward = flows.filter(pl.col("exporter").is_in(members) & ~pl.col("importer").is_in(members))
    assert row["exports_usd"] == pytest.approx(outward["value_usd"].sum())


def test_methods_and_what_they_say(snapshot):
    printed = power(snapshot, product="2709", years=2024, method="iterate")
    assert printed.frame["converged"][0] == 0
    assert printed.frame["sigma_status"][0] in ("did_not_settle", "stopped_near_fixed_point")
    assert any("repelled" in note.en for note in printed.notes)
    panel = power(snapshot, product="2709", years="2020-2024", method="feenstra").frame
    assert panel["sigma"].n_unique() == 1
    assert panel["sigma_steps"][0] == 30
    given = power(snapshot, product="2709", years=2024, method="given", sigma_table={"27": 2.5}).frame
    assert given["sigma"].unique().to_list() == [2.5]
    assert given["stage"].drop_nulls().unique().to_list() == ["efficiency"]
    by_country = pl.DataFrame({"economy": ["CHN", "TUV"], "product": ["270", "270"], "sigma": [4.0, 90.0]})
    assert power(snapshot, product="2709", method="given", sigma_table=by_country).frame["sigma"][0] == 4
    with pytest.raises(InputError, match="sigma_table"):
        power(snapshot, product="2709", method="given")


def test_methods_side_by_side(snapshot):
    found = power_elasticities(snapshot, product="2709", years="2023-2024", sigma_table={"2709": 3.0})
    assert found.frame.height == 2
    assert {f"sigma_{m}" for m in ("fixed_point", "iterate", "feenstra", "given")} <= set(found.frame.columns)
    assert found.as_dict()["columns"]


def test_value_added_scales_what_counts_and_leaves_prices_alone(snapshot, copper):
    table = pl.DataFrame({"economy": ["CHL"], "product": ["26"], "share": [0.5]})
    found = power(snapshot, product="2603", years=2024, value_added=table)
    rows = {row["economy"]: row for row in found.frame.iter_rows(named=True)}
    before = {row["economy"]: row for row in copper.frame.iter_rows(named=True)}
    chile = before["CHL"]["tlc_export"]
    assert rows["CHL"]["tlc_export"] == pytest.approx(0.5 * chile / (1 - 0.5 * chile))
    assert rows["CHL"]["price_factor_export"] == pytest.approx(before["CHL"]["price_factor_export"])
    assert any("value added" in note.en for note in found.notes)


def test_variety_moves_import_prices_only(snapshot, copper):
    found = power(snapshot, product="2603", years=2024, import_price="variety").frame
    joined = found.join(copper.frame, on="economy", suffix="_plain")
    assert (joined["tpi_export"] == joined["tpi_export_plain"]).all()
    china = joined.filter(pl.col("economy") == "CHN")
    assert china["price_factor_import"][0] != pytest.approx(china["price_factor_import_plain"][0])


@pytest.mark.parametrize("side", ["total", "export", "import"])
def test_a_change_of_power_leaves_nothing_over(snapshot, side):
    found = power_change(snapshot, "CHN", years="2000-2024", side=side)
    frame = found.frame
    parts = frame["share_part"] + frame["price_part"] + frame["mix_part"] + frame["entry_exit"]
    np.testing.assert_allclose(parts.to_numpy(), frame["change"].to_numpy(), atol=1e-14)
    total = frame.filter(pl.col("product") == TOTAL).row(0, named=True)
    column = "tpi" if side == "total" else f"tpi_{side}"
    ends = [
        power(snapshot, economy="CHN", years=year).frame.filter(pl.col("product") == TOTAL)[column][0]
        for year in (2000, 2024)
    ]
    assert total["power_before"] == pytest.approx(ends[0])
    assert total["change"] == pytest.approx(ends[1] - ends[0])


def test_a_product_has_two_parts(snapshot):
    row = power_change(snapshot, "CHL", product="2603", years=[2000, 2024], side="export").frame.row(0, named=True)
    assert row["mix_part"] == 0
    assert row["share_part"] + row["price_part"] == pytest.approx(row["change"])


def test_each_step_and_the_roads(snapshot):
    steps = power_change(snapshot, "CHL", product="2603", years="2020-2024", steps="each").frame
    assert steps["from_year"].to_list() == [2020, 2021, 2022, 2023]
    roads = power_roads(snapshot, "CHL", years="2000-2024")
    known = roads.frame.drop_nulls("markup_part")
    np.testing.assert_allclose(
        (known["markup_part"] + known["cost_part"]).to_numpy(), known["log_price_change"].to_numpy(), atol=1e-12
    )
    assert roads.frame["road"].null_count() == 0
    assert roads.as_dict()["rows"]


def test_leaders(snapshot):
    found = power_leaders(snapshot, economy="CHL", year=2024).frame
    best = power(snapshot, product="260300", years=2024).frame.row(0, named=True)
    row = found.filter(pl.col("product") == "260300").row(0, named=True)
    assert row["leader"] == best["economy"]
    assert row["first_power"] == power(snapshot, years=2024).frame["economy"][0]
    assert set(found["leads"].unique()) <= {0.0, 1.0}


def test_years_as_people_write_them():
    held = range(1995, 2025)
    assert years_of(None, held) == (2024,)
    assert years_of("1990-1996,2000", held) == (1995, 1996, 2000)
    assert years_of([2001, 2000], held) == (2000, 2001)
    for bad, code in (
        ("soon", "bad_years"),
        ("2005-2001", "bad_years"),
        (1900, "unknown_year"),
        ("1900", "unknown_year"),
        ([], "unknown_year"),
    ):
        with pytest.raises(InputError) as caught:
            years_of(bad, held)
        assert caught.value.code == code
        assert caught.value.field == "years"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"method": "guess"}, "unknown_method"),
        ({"economy": "Atlantis"}, "unknown_economy"),
        ({"product": "9999"}, "unknown_product"),
        ({"colour": "red"}, "unknown_option"),
        ({"winsorise": 0.6}, "bad_winsorise"),
        ({"value_added": pl.DataFrame({"economy": ["CHL"]})}, "bad_value_added"),
    ],
)
def test_what_cannot_be_answered_says_why(snapshot, asked, code):
    with pytest.raises(InputError) as caught:
        power(snapshot, **asked)
    assert caught.value.code == code
    assert caught.value.message.zh != caught.value.message.en


def test_one_year_has_no_change(snapshot):
    with pytest.raises(InputError, match="two years"):
        power_change(snapshot, "CHL", years=2024)


def test_notes_name_prices_that_cannot_be_right(snapshot):
    """Latvia's rare-earth metals of 2010 at a hundred times the world's price carry a power they do not have."""
    notes = power(snapshot, product="280530", years=2010, lang="zh").notes
    assert any("LVA 280530 2010" in note.en and "LVA" in note.zh for note in notes)
    assert not any("check the quantities" in note.en for note in power(snapshot, product="2709", years=2010).notes)
