"""Pages of built cells say what `markets` says of the same flows, in a stable order, and what to run where nothing is built."""

import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from entrepot.analyses.flows_page import RANKED
from entrepot.core.errors import InputError
from entrepot.workbench import open_workbench


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The embedded data, built for headings."""
    bench = open_workbench(tmp_path_factory.mktemp("flows"))
    bench.build(level=4)
    return bench


@pytest.mark.parametrize("seller", ["CHL", "PER"])
def test_a_page_is_what_markets_computes_for_the_flows_that_there_are(built, seller):
    page = built.flows(product="2603", exporter=seller)
    asked = built.markets(seller, "2603")
    there = page.frame["importer"].to_list()
    rows = dict(zip(asked.frame["importer"], asked.as_dict()["rows"], strict=True))
    ours = dict(zip(there, page.frame.to_dicts(), strict=True))
    assert len(there) > 10
    for number, code in enumerate(there):
        theirs = {name: value for name, value in rows[code].items() if name not in (*RANKED, "parts", "missing")}
        assert ours[code] == theirs
        missing = {name: why for name, why in rows[code]["missing"].items() if name not in RANKED}
        assert page.missing[number] == missing


def test_the_largest_flow_is_first_and_the_order_does_not_change(built):
    page = built.flows(product="2603")
    key = page.frame.select("value_usd", "exporter", "importer")
    assert_frame_equal(
        key, key.sort("value_usd", "exporter", "importer", descending=[True, False, False], nulls_last=True)
    )
    parts = [built.flows(product="2603", offset=start, limit=100) for start in (0, 100)]
    assert_frame_equal(pl.concat([part.frame for part in parts]), page.frame.head(200))
    assert [part.total for part in parts] == [page.frame.height] * 2
    assert "101–200" in parts[1].notes[0].en
    assert "101–200" in parts[1].notes[0].zh
    beyond = built.flows(product="2603", offset=page.total)
    assert (beyond.frame.height, beyond.total) == (0, page.total)
    assert f"there are {page.total}" in beyond.notes[0].en
    assert f"共 {page.total} 行" in beyond.notes[0].zh


def test_a_market_narrows_a_page_and_a_pair_has_its_products(built):
    page = built.flows(product="2603")
    bought = built.flows(product="2603", market="CHN")
    assert set(bought.frame["exporter"]) == set(page.frame.filter(pl.col("importer") == "CHN")["exporter"])
    # The first of all economies as market is not mistaken for an exporter that nobody named.
    first = min(page.frame["importer"].unique())
    assert built.flows(product="2603", market=first).parameters["market"] == first
    pair = built.flows(exporter="智利", market="CHN", level=4, lang="zh")
    assert set(pair.frame["product"]) == set(built.market_page("CHL", "CHN", level=4)["product"])
    assert pair.title.say("zh").startswith("贸易流量，智利对中国")


def test_json_goes_by_column_and_says_the_same(built):
    page = built.flows(product="2603", limit=40)
    told = json.loads(page.to_json())
    assert (told["total"], told["offset"]) == (page.total, 0)
    assert {name: page.frame[name].to_list() for name in page.frame.columns} == told["values"]
    nulls = {name: set(page.frame[name].is_null().arg_true()) for name in page.frame.columns if name in told["missing"]}
    for name, why in told["missing"].items():
        at = [row for rows in why.values() for row in rows]
        assert len(at) == len(set(at))
        assert set(at) == nulls[name], name
    assert told["missing"]["fta_name"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "no_subject"),
        ({"exporter": "CHL"}, "no_subject"),
        ({"product": "260300"}, "not_built"),
        ({"product": "2603", "window": 3}, "not_built"),
        ({"product": "2603", "exporter": "EU27"}, "group_not_built"),
        ({"product": "2603", "market": "EU27"}, "group_not_built"),
        ({"product": "TOTAL"}, "total_not_built"),
        ({"product": "2603", "basis": "world"}, "unknown_option"),
        ({"product": "2603", "limit": 0}, "bad_limit"),
        ({"product": "2603", "offset": 1.5}, "bad_offset"),
        ({"exporter": "CHL", "market": "CHN", "level": 5}, "unknown_level"),
        ({"exporter": "CHL", "market": "CHN", "level": 0}, "unknown_level"),
        ({"product": "2603", "exporter": "TUV", "market": "NRU"}, "nothing_traded"),
    ],
)
def test_what_no_page_is_about_is_told(built, asked, code):
    with pytest.raises(InputError) as refused:
        built.flows(**asked)
    assert refused.value.code == code
    if code == "not_built":
        command = "--level 4 --window 3" if "window" in asked else "--level 6"
        assert f"entrepot build --data minerals --year 2024 {command}" in refused.value.message.en
        assert "entrepot build --data minerals" in refused.value.message.zh
    if code == "group_not_built":
        assert asked[refused.value.field] == "EU27"
    if code == "nothing_traded":
        assert "from Tuvalu to Nauru" in refused.value.message.en
        assert "图瓦卢对瑙鲁" in refused.value.message.zh


def test_the_chart_shows_the_largest_flows(built):
    drawn = built.flows(product="2603").plot()
    first = built.flows(product="2603", limit=1).frame.row(0, named=True)
    assert f"{first['exporter']} → {first['importer']} · 2603" in drawn
