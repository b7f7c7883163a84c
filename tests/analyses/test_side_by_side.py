"""Markets side by side, and which parameter is known for which market."""

import polars as pl
import pytest

from entrepot.analyses.columns import weightable
from entrepot.core.errors import InputError


@pytest.fixture(scope="module")
def copper(bench):
    return bench.markets("CHL", "2603", year=2024)


@pytest.fixture(scope="module")
def side(bench):
    return bench.compare("CHL", "2603", "CHN,日本,KOR", year=2024)


def test_every_number_is_that_of_the_market_finder(copper, side):
    rows = {row["importer"]: row for row in copper.frame.to_dicts()}
    assert {"gap", "score", "rank", "distance_km"} <= set(side.frame["parameter"])
    for line in side.frame.to_dicts():
        for market in ("CHN", "JPN", "KOR"):
            assert line[market] == rows[market][line["parameter"]]


def test_parts_sum_to_the_score(side):
    scores = side.frame.row(by_predicate=pl.col("parameter") == "score", named=True)
    for market in ("CHN", "JPN", "KOR"):
        assert side.frame[f"part_{market}"].sum() == pytest.approx(scores[market], abs=1e-12)


def test_differences_and_who_is_best(bench, side):
    two = bench.compare("CHL", "2603", ["CHN", "JPN"], year=2024).frame
    for line in two.to_dicts():
        if line["unit"] != "flag" and line["CHN"] is not None and line["JPN"] is not None:
            assert line["difference"] == pytest.approx(line["JPN"] - line["CHN"], abs=1e-9)
    three = {line["parameter"]: line for line in side.frame.to_dicts()}
    far = three["distance_km"]
    kilometres = {market: far[market] for market in ("CHN", "JPN", "KOR")}
    assert far["best"] == min(kilometres, key=kilometres.get)
    assert far["difference"] == pytest.approx(max(kilometres.values()) - min(kilometres.values()))
    assert three["market_size_usd"]["best"] == "CHN"
    assert three["served"]["best"] is None, "a column that does not rank has no best"
    assert three["served"]["difference"] is None


def test_nulls_have_their_reasons(side):
    for line, missing in zip(side.frame.to_dicts(), side.missing, strict=True):
        assert {market for market in ("CHN", "JPN", "KOR") if line[market] is None} == set(missing)


@pytest.mark.parametrize(
    ("markets", "code"),
    [
        ("CHN", "bad_markets"),
        ("CHN,JPN,KOR,DEU,FRA", "bad_markets"),
        ("CHN,EU27", "not_a_market"),
        ("CHN,CHL", "not_a_market"),
    ],
)
def test_who_cannot_be_compared(bench, markets, code):
    with pytest.raises(InputError) as caught:
        bench.compare("CHL", "2603", markets, year=2024)
    assert (caught.value.code, caught.value.field) == (code, "markets")


def test_availability_is_what_the_markets_have(bench, copper):
    long = bench.availability("CHL", "2603", year=2024, by="market").frame
    assert long.height == copper.frame.height * len(weightable())
    for row, missing in zip(copper.frame.head(20).to_dicts(), copper.missing, strict=False):
        own = long.filter(importer=row["importer"])
        for line in own.to_dicts():
            name = line["parameter"]
            assert line["present"] == (row[name] is not None)
            assert line["reason"] == missing.get(name)
            if f"{name}_year" in row and row[name] is not None:
                assert line["data_year"] == row[f"{name}_year"]
                assert line["source"] == row[f"{name}_source"]
            if not line["present"]:
                assert line["data_year"] is None
                assert line["source"] is None


def test_the_summary_counts_the_markets(bench, copper):
    summary = bench.availability("CHL", "2603", year=2024).frame
    assert summary["parameter"].to_list() == list(weightable())
    for line in summary.to_dicts():
        known = copper.frame[line["parameter"]].is_not_null().sum()
        why = sum(value for name, value in line.items() if name.startswith("missing_"))
        assert (line["known"], line["of"]) == (known, copper.frame.height)
        assert known + why == copper.frame.height
    stability = summary.row(by_predicate=pl.col("parameter") == "political_stability", named=True)
    assert "Governance" in stability["sources"]
    assert stability["last_year"] <= 2024


def test_availability_follows_the_candidates_and_refuses_nonsense(bench):
    few = bench.availability("CHL", "2603,2604", year=2024, among="CHN,JPN").frame
    assert set(few["of"]) == {2}
    with pytest.raises(InputError) as caught:
        bench.availability("CHL", "2603", by="marke")
    assert caught.value.nearest == "market"
