"""The three questions on the embedded data: which rows, which columns, what is missing and why."""

import json

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.columns import COLUMN_ORDER, WITH_ORIGIN
from entrepot.analyses.weights import presets
from entrepot.core.missing import REASONS
from entrepot.formulas.compute import indicators


@pytest.fixture(scope="module")
def copper(bench):
    return bench.markets("CHL", "2603", year=2024)


@pytest.fixture(scope="module")
def flows(bench):
    return bench.snapshot.flows("minerals", list(range(2015, 2025)))


def test_one_row_for_every_economy_that_imported_in_the_window(copper, flows):
    window = flows.filter(
        (pl.col("year") >= 2020)
        & pl.col("product").str.starts_with("2603")
        & (pl.col("exporter") != pl.col("importer"))
    )
    assert set(copper.frame["importer"]) == set(window["importer"]) - {"CHL"}
    assert copper.frame["importer"].n_unique() == copper.frame.height


def test_every_column_is_there_in_the_fixed_order(copper):
    names = [f"{side}_name" for side in ("exporter", "importer", "product")]
    companions = [f"{column}_{what}" for column in WITH_ORIGIN for what in ("year", "source")]
    assert copper.frame.columns == [*COLUMN_ORDER, *names, *companions]
    assert [c.id for c in copper.columns] == copper.frame.columns
    assert all(c.hidden == (c.id in companions) for c in copper.columns)
    assert all(c.name.en and c.name.zh and c.meaning.zh for c in copper.columns)


def test_every_null_has_one_reason_and_every_reason_a_null(copper):
    for row, missing in zip(copper.frame.select(COLUMN_ORDER).to_dicts(), copper.missing, strict=True):
        assert {column for column, value in row.items() if value is None} == set(missing)
        assert set(missing.values()) <= set(REASONS)


def test_an_untraded_pair_is_zero_where_it_is_known_to_be(copper):
    quiet = copper.frame.filter((pl.col("served") == 0) & pl.col("value_usd").is_not_null())
    for column in ("value_usd", "share_in_market", "gravity_share", "gap", "potential_static_usd", "potential_usd"):
        assert (quiet[column] == 0).all(), column
    assert quiet["price_usd_t"].null_count() == quiet["cpa"].null_count() == quiet.height > 50
    never = [k for k, m in enumerate(copper.missing) if m.get("growth") == "zero_flow"]
    assert all(copper.frame["served"][k] == 0 for k in never)
    assert len(never) > 50


def test_what_the_embedded_data_lack_is_null_and_named(copper):
    absent = ["tariff", "contract_cost", "customs_cost", "rule_of_law", "lpi", "lpi_timeliness"]
    for column in absent:
        assert copper.frame[column].null_count() == copper.frame.height
        assert all(m[column] == "not_loaded" for m in copper.missing)
    said = " ".join(note.en for note in copper.notes)
    assert all(indicators()[column].name.en in said for column in absent)


def test_json_is_json_without_nan(copper):
    text = copper.to_json().decode("utf-8")
    parsed = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} in JSON"))
    assert set(parsed) == {"columns", "rows", "parameters", "notes", "provenance", "citation"}
    assert set(parsed["columns"][0]) >= {"id", "name", "unit", "direction", "hidden"}
    assert parsed["parameters"]["weights"] == presets()["balanced"]
    assert (
        parsed["parameters"] | {"exporter": "CHL", "product": "2603", "year": 2024, "data": "minerals"}
        == (parsed["parameters"])
    )
    assert len(parsed["rows"]) == copper.frame.height
    assert any("BACI" in source["citation"] for source in parsed["provenance"])


def test_parts_sum_to_the_score(copper):
    for row, parts in zip(copper.frame.to_dicts(), copper.parts, strict=True):
        assert sum(parts.values()) == pytest.approx(row["score"], abs=1e-12)


def test_ranked_best_first_with_a_range_around_the_rank(copper):
    frame = copper.frame.filter(pl.col("rank").is_not_null())
    assert frame["rank"].is_sorted()
    assert frame["score"].is_sorted(descending=True)
    assert ((frame["rank_low"] <= frame["rank"]) & (frame["rank"] <= frame["rank_high"])).all()
    assert (frame["rank_low"] < frame["rank_high"]).any()


def test_gravity_shares_of_all_suppliers_sum_to_one(bench):
    """China's copper ore: the shares found one exporter at a time make a whole."""
    china = bench.snapshot.flows("minerals", [2024], ["2603"], importers=["CHN"])
    total = gap = 0.0
    for supplier in china["exporter"].unique():
        row = bench.markets(supplier, "2603", year=2024).frame.filter(pl.col("importer") == "CHN").to_dicts()[0]
        total, gap = total + row["gravity_share"], gap + row["gap"]
    assert total == pytest.approx(1, abs=1e-9)
    assert gap == pytest.approx(0, abs=1e-9)


def test_reference_values_tell_year_and_source(copper):
    frame = copper.frame
    stable = frame.filter(pl.col("political_stability").is_not_null())
    assert stable.height > 100
    assert (stable["political_stability_year"] <= 2024).all()
    assert (stable["political_stability_year"] >= 2021).all()
    assert stable["political_stability_source"].null_count() == 0
    assert frame.filter(pl.col("distance_km").is_not_null())["distance_km_source"].str.starts_with("ports").all()
    assert frame.filter(pl.col("demand").is_not_null())["demand_year"].is_in([2022, 2023, 2024]).all()


def test_never_a_later_value(bench):
    early = bench.markets("CHL", "2603", year=2001).frame
    assert (early["political_stability_year"].drop_nulls() <= 2001).all()
    assert early["sd"].null_count() == early.height  # GDP is at hand for 2022–24 only


def test_agreements_are_one_or_null_with_name_and_date(copper):
    china = copper.frame.filter(pl.col("importer") == "CHN").to_dicts()[0]
    assert (china["fta"], china["fta_date"]) == (1, "2006-10-01")
    assert china["fta_name"]
    assert set(copper.frame["fta"].unique()) == {1, None}


@pytest.mark.parametrize(
    ("option", "value", "moves"),
    [
        ("basis", "world", "gap"),
        ("exponent", "intervals", "cagr"),
        ("average", "weighted", "cpa"),
        ("price_period", "window", "price_usd_t"),
        ("missing", "one", "gap"),
        ("distance", "sea", "distance_km"),
        ("distance", "great_circle", "distance_km"),
        ("window", 3, "growth"),
        ("window", 10, "lyg"),
        ("scale", "zscore", "score"),
        ("scale", "minmax", "score"),
        ("weights", "gap=2,distance_km=1", "score"),
        ("rank_by", "distance_km", "rank"),
    ],
)
def test_each_option_moves_what_it_should(bench, copper, option, value, moves):
    other = bench.markets("CHL", "2603", year=2024, **{option: value})
    assert other.parameters[option] == ({"gap": 2.0, "distance_km": 1.0} if option == "weights" else value)
    both = copper.frame.select("importer", moves).join(other.frame.select("importer", moves), on="importer")
    assert not both[moves].equals(both[f"{moves}_right"])


def test_rank_by_one_column_lists_it_best_first_and_nulls_last(bench):
    frame = bench.markets("CHL", "2603", year=2024, rank_by="distance_km").frame
    assert frame["distance_km"].drop_nulls().is_sorted()
    assert frame["rank"].null_count() == frame["distance_km"].null_count()


def test_all_weights_zero_is_no_score_and_order_by_code(bench):
    frame = bench.markets("CHL", "2603", year=2024, weights="gap=0").frame
    assert frame["score"].null_count() == frame["rank"].null_count() == frame.height
    assert frame["importer"].is_sorted()


def test_steadiness_is_what_rescoring_by_hand_gives(bench):
    weights = {"gap": 1.0, "growth": 1.0, "market_size_usd": 1.0}
    base = bench.markets("AUS", "2601", year=2020, weights=weights).frame
    ranks = [base.select("importer", "rank")]
    for column in weights:
        for factor in (0.75, 1.25):
            swung = bench.markets("AUS", "2601", year=2020, weights={**weights, column: factor}).frame
            ranks.append(swung.select("importer", "rank"))
    # The rows compared stay those of the five-year window; growth is that of the other window.
    ranks += [_rescored(bench, base, weights, window) for window in (3, 10)]
    seen = pl.concat(ranks).group_by("importer").agg(low=pl.col("rank").min(), high=pl.col("rank").max())
    checked = base.join(seen, on="importer")
    assert checked["rank_low"].equals(checked["low"])
    assert checked["rank_high"].equals(checked["high"])


def _rescored(bench, base, weights, window):
    from entrepot.formulas.score import competition_rank, scaled, weighted_score

    other = bench.markets("AUS", "2601", year=2020, weights=weights, window=10).frame.select("importer")
    assert set(base["importer"]) <= set(other["importer"])
    growth = bench.markets("AUS", "2601", year=2020, window=window).frame.select("importer", "growth")
    joined = base.drop("growth").join(growth, on="importer", how="left")
    z = {c: scaled(joined[c].to_numpy().astype(float), indicators()[c].direction, "percentile") for c in weights}
    rank = competition_rank(weighted_score(z, weights, joined.height).score)
    return joined.select("importer").with_columns(rank=pl.Series(rank).fill_nan(None).cast(pl.Int64))


def test_products_are_those_that_one_sells_and_the_other_buys(bench, flows):
    result = bench.products("CHL", "CHN", year=2024)
    window = flows.filter(pl.col("year") >= 2020).with_columns(pl.col("product").str.head(4))
    sold = set(window.filter(pl.col("exporter") == "CHL")["product"])
    bought = set(window.filter((pl.col("importer") == "CHN") & (pl.col("exporter") != "CHN"))["product"])
    assert set(result.frame["product"]) == sold & bought
    assert result.parameters["basis"] == "world"
    fine = bench.products("CHL", "CHN", year=2024, level=6).frame
    assert fine["product"].str.len_chars().unique().to_list() == [6]


def test_priorities_rank_every_pair_and_show_the_top(bench):
    result = bench.priorities("AUS", year=2024, top=50)
    assert result.frame.height == 50
    assert result.frame["rank"].to_list()[0] == 1
    assert any("50 of" in note.en for note in result.notes)
    again = bench.priorities("AUS", year=2024, top=10**6).frame
    assert again.head(50).equals(result.frame)
    pair = again.filter((pl.col("importer") == "JPN") & (pl.col("product") == "2601")).to_dicts()[0]
    alone = (
        bench.markets("AUS", "2601", year=2024, basis="world").frame.filter(pl.col("importer") == "JPN").to_dicts()[0]
    )
    for column in ("gap", "cpa", "cda", "growth", "sd", "potential_usd", "distance_km"):
        assert pair[column] == pytest.approx(alone[column], rel=1e-12)


def test_hs4_from_an_incomplete_set_says_so(bench):
    listed = {good["code"]: good for good in bench.product_list()}
    partial = next(good for good in listed.values() if good["level"] == 4 and not good["complete"])
    exporter = bench.snapshot.flows("minerals", [2024], [partial["code"]])["exporter"][0]
    notes = bench.markets(exporter, partial["code"], year=2024).notes
    assert any(partial["code"] in note.en and "incomplete" in note.en for note in notes)
    whole = bench.markets("CHL", "2603", year=2024).notes
    assert not any("incomplete set" in note.en for note in whole)


def test_a_group_stands_for_its_members(bench, flows):
    eu = bench.world.places.by_code["EU27"].members
    result = bench.markets("EU27", "2603", year=2024)
    assert not set(result.frame["importer"]) & set(eu)
    china = result.frame.filter(pl.col("importer") == "CHN").to_dicts()[0]
    sold = flows.filter(
        (pl.col("year") == 2024) & (pl.col("product") == "260300") & pl.col("exporter").is_in(eu)
        & (pl.col("importer") == "CHN")
    )  # fmt: skip
    assert china["value_usd"] == pytest.approx(sold["value_usd"].sum())
    assert any("EU27 stands for 27 members" in note.en for note in result.notes)
    buyer = bench.products("CHL", "ASEAN", year=2024)
    assert set(buyer.frame["importer"]) == {"ASEAN"}


def test_a_group_is_what_it_was_in_the_year(bench):
    """The United Kingdom is a market of its own for the EU of 2022, and inside the EU of 2015."""
    assert "GBR" in set(bench.markets("EU", "2709", year=2022).frame["importer"])
    assert "GBR" not in set(bench.markets("EU", "2709", year=2015).frame["importer"])


def test_too_short_a_window_is_said_and_growth_is_null(bench):
    result = bench.markets("CHL", "2603", year=1995)
    for column in ("growth", "cagr", "lyg", "potential_usd"):
        assert result.frame[column].null_count() == result.frame.height
    assert result.frame["potential_static_usd"].null_count() < result.frame.height
    assert any("growth and the dynamic potential are empty" in note.en for note in result.notes)


def test_history_ends_with_the_row_of_the_markets(bench, copper):
    past = bench.history("CHL", "2603", "CHN", year=2024).frame
    assert past["year"].to_list() == [2020, 2021, 2022, 2023, 2024]
    now = copper.frame.filter(pl.col("importer") == "CHN").to_dicts()[0]
    last = past.to_dicts()[-1]
    for column in ("value_usd", "quantity_t", "price_usd_t", "share_in_market", "market_size_usd"):
        assert last[column] == pytest.approx(now[column])


def test_answers_in_chinese(bench):
    result = bench.markets("智利", "铜矿砂", year=2024, lang="zh")
    assert result.parameters["product"] == "2603"
    row = result.frame.filter(pl.col("importer") == "TWN").to_dicts()[0]
    assert row["importer_name"] == "中国台湾"
    assert np.isfinite(row["score"])


def test_total_trade_is_the_sum_of_the_products(bench, flows):
    result = bench.markets("CHL", "TOTAL", year=2024)
    to_china = result.frame.filter(pl.col("importer") == "CHN").to_dicts()[0]
    sold = flows.filter((pl.col("year") == 2024) & (pl.col("exporter") == "CHL") & (pl.col("importer") == "CHN"))
    assert to_china["value_usd"] == pytest.approx(sold["value_usd"].sum(), rel=1e-12)
    assert to_china["product_name"] == "All products of the data set"
    assert any("74 products of this data set" in note.en for note in result.notes)


def test_the_same_question_gives_the_same_bits():
    """HS6 flows are added in one order whatever the threads do; a cold world each time."""
    from entrepot.analyses.trade import load_trade
    from entrepot.analyses.world import World
    from entrepot.store import Store

    snapshot = Store().snapshot()
    world = World(snapshot)
    roster = world.roster(world.places.by_code["EU27"])
    seen = set()
    for _ in range(20):
        trade = next(load_trade(world, "minerals", roster, ["2846"], level=4, year=2008))
        seen.add((trade.value.tobytes(), trade.quantity.tobytes()))
    assert len(seen) == 1


def test_an_agreement_on_part_of_the_trade_is_not_a_free_trade_area(bench):
    japan = bench.markets("USA", "2709", year=2024).frame.filter(pl.col("importer") == "JPN").to_dicts()[0]
    assert japan["fta"] is None
    table = bench.snapshot.reference("agreements")
    partial = table.filter((pl.col("exporter") == "USA") & (pl.col("importer") == "JPN"))
    assert partial["kind"].to_list() == ["PTA"]


def test_rounding_does_not_outrank_a_true_zero(bench):
    """Kazakhstan's sulphur in Kyrgyzstan lacks a factor, so its gap is 0 like that of the untraded pairs."""
    frame = bench.markets("KAZ", "2504", year=2024).frame
    tiny = frame.filter((pl.col("gap") != 0) & (pl.col("gap").abs() < 1e-12))
    assert tiny.height == 0


def test_threads_get_the_answers_that_one_gets(bench):
    from concurrent.futures import ThreadPoolExecutor

    asked = [(e, p) for e in ("CHL", "AUS", "USA", "CHN") for p in ("2603", "2601", "2701", "7108", "7601", "2709")]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda q: bench.markets(*q, year=2021).to_json(), asked))
    assert together == [bench.markets(*q, year=2021).to_json() for q in asked]


def test_score_and_rank_have_reasons_of_their_own(bench):
    by_tariff = bench.markets("CHL", "2603", year=2024, rank_by="tariff")
    assert all("score" not in m and m["rank"] == "undefined" for m in by_tariff.missing)
    unweighted = bench.markets("CHL", "2603", year=2024, weights="gap=0", rank_by="distance_km")
    assert all(m["score"] == "undefined" for m in unweighted.missing)


def test_history_tells_years_that_are_not_held_and_what_a_total_is(bench):
    past = bench.history("CHL", "2603", "CHN", year=1996)
    assert past.frame["year"].to_list() == [1992, 1993, 1994, 1995, 1996]
    assert [set(missing.values()) for missing in past.missing] == [{"not_loaded"}] * 3 + [set()] * 2
    total = bench.history("CHL", "TOTAL", "CHN", year=2024)
    assert [note.en for note in total.notes] == [
        note.en for note in bench.markets("CHL", "TOTAL", year=2024).notes if "74 products" in note.en
    ]
    assert "(1/2)" in bench.history("CHL", "2613", "CHN", year=2024).notes[0].zh.replace("（", "(").replace("）", ")")
