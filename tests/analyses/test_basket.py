"""Baskets of products on the embedded data, against plain arithmetic on the answers for each product."""

import math

import numpy as np
import pytest

from entrepot.core.errors import InputError

GOODS = ("2603", "2604", "260700")


def by_market(result):
    return {row["importer"]: row for row in result.frame.to_dicts()}


@pytest.fixture(scope="module")
def alone(bench):
    return {good: by_market(bench.markets("PER", good, year=2022)) for good in GOODS}


@pytest.fixture(scope="module")
def basket(bench):
    return bench.markets("PER", ",".join(GOODS), year=2022)


def test_a_row_for_every_market_of_any_product(alone, basket):
    assert set(basket.frame["importer"]) == set().union(*alone.values())
    assert basket.parameters["product"] == "2603,2604,260700"
    assert basket.frame["product"].unique().to_list() == ["2603,2604,260700"]
    assert basket.frame["product_name"][0] == "Basket of 3 products"


def test_amounts_are_sums_and_shares_are_recomputed(alone, basket):
    for market, row in by_market(basket).items():
        parts = [rows[market] for rows in alone.values() if market in rows]
        for amount in ("value_usd", "market_size_usd", "unrealised_usd", "potential_static_usd"):
            known = [part[amount] for part in parts if part[amount] is not None]
            assert row[amount] == pytest.approx(sum(known), rel=1e-12) if known else row[amount] is None
        known = [part for part in parts if part["value_usd"] is not None and part["market_size_usd"] is not None]
        size = sum(part["market_size_usd"] for part in known)
        if size:
            assert row["share_in_market"] == pytest.approx(sum(part["value_usd"] for part in known) / size, rel=1e-12)
            pull = sum(part["gravity_share"] * part["market_size_usd"] for part in known)
            assert row["gravity_share"] == pytest.approx(pull / size, rel=1e-12)
            assert row["gap"] == pytest.approx(row["gravity_share"] - row["share_in_market"], abs=1e-12)


def test_the_rest_is_weighted_by_the_market_and_what_is_of_the_market_stays(alone, basket):
    for market, row in by_market(basket).items():
        parts = [rows[market] for rows in alone.values() if market in rows]
        for fixed in ("distance_km", "political_stability", "fta"):
            assert {part[fixed] for part in parts} == {row[fixed]}
        for column in ("sd", "cda", "cpa", "edist"):
            sizes = [part["market_size_usd"] or 0 for part in parts]
            pairs = [(w, part[column]) for w, part in zip(sizes, parts, strict=True) if part[column] is not None]
            weight = sum(w for w, _ in pairs)
            if weight:
                assert row[column] == pytest.approx(sum(w * x for w, x in pairs) / weight, rel=1e-12)


def test_coverage_is_told_and_noted(basket):
    told = [coverage for coverage in basket.coverage if coverage]
    assert told
    assert all(0 < share < 1 for coverage in told for share in coverage.values())
    assert basket.as_dict()["rows"][0]["coverage"] == basket.coverage[0]
    assert any("each computed alone" in note.en for note in basket.notes)
    assert any("part of the basket only" in note.en for note in basket.notes)


def test_every_null_of_a_basket_has_a_reason(basket):
    for row, missing in zip(basket.frame.to_dicts(), basket.missing, strict=True):
        shown = {c.id for c in basket.columns if not c.hidden} - {"tariff_lines_left_out"}
        assert {name for name, value in row.items() if value is None and name in shown} == set(missing) & shown


def test_growth_is_that_of_the_summed_flows(bench, basket):
    history = bench.history("PER", ",".join(GOODS), "CHN", year=2022).frame["value_usd"].to_list()
    singles = [bench.history("PER", good, "CHN", year=2022).frame["value_usd"].to_list() for good in GOODS]
    np.testing.assert_allclose(history, np.nansum(np.array(singles, dtype=float), axis=0), rtol=1e-12)
    row = by_market(basket)["CHN"]
    mean = sum(history) / 5
    expected = ((history[-1] / history[0]) ** 0.2 - 1 + (history[-1] - mean) / mean) / 2
    assert row["growth"] == pytest.approx(expected, rel=1e-9)


def test_order_and_repetition_do_not_matter(bench, basket):
    again = bench.markets("PER", ["260700", "2604", "2603", "26.03"], year=2022)
    assert again.frame.equals(basket.frame)


def test_a_basket_of_one_is_the_product(bench):
    assert bench.markets("PER", ["2603"], year=2022).frame.equals(bench.markets("PER", "2603", year=2022).frame)


def test_ranks_have_a_range(basket):
    for row in basket.frame.to_dicts():
        if row["rank"] is not None:
            assert row["rank_low"] <= row["rank"] <= row["rank_high"]
            assert not math.isnan(row["score"])


@pytest.mark.parametrize(
    "options", [{"basis": "world"}, {"price_period": "window"}, {"window": 10}, {"missing": "one"}]
)
def test_options_reach_every_product(bench, basket, options):
    moved = bench.markets("PER", ",".join(GOODS), year=2022, **options)
    assert set(moved.frame["importer"]) >= set(basket.frame["importer"])
    assert not moved.frame.select("gap", "growth", "price_usd_t").equals(
        basket.frame.select("gap", "growth", "price_usd_t")
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2603,260300", "basket_overlap"),
        (["TOTAL", "2603"], "basket_overlap"),
        ("2603,9999", "unknown_product"),
        ("2603,26030", "bad_product_code"),
    ],
)
def test_what_is_no_basket_says_why(bench, typed, code):
    with pytest.raises(InputError) as caught:
        bench.markets("PER", typed)
    assert caught.value.code == code
    assert caught.value.field == "product"


def test_a_basket_has_a_largest_size(bench):
    codes = [good["code"] for good in bench.product_list() if good["level"] == 6][:26]
    with pytest.raises(InputError) as caught:
        bench.markets("PER", codes)
    assert caught.value.code == "basket_too_large"
    assert bench.markets("PER", codes[:25], year=2022).frame.height


def test_a_name_with_commas_is_one_product(bench):
    name = next(good for good in bench.product_list() if good["level"] == 6 and "," in good["name_en"])
    assert bench.markets("AUS", name["name_en"]).parameters["product"] in {name["code"], name["code"][:4]}
