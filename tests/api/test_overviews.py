"""Overviews, brief and indicators over HTTP."""

import re

import pytest
from fastapi.testclient import TestClient

from entrepot.api.overviews import EconomyOverview, ProductOverview
from entrepot.workbench import Workbench

API = "/api/v1"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "query", "model"),
    [
        ("economy", {"economy": "CHL", "year": 2024, "top": 3}, EconomyOverview),
        ("economy", {"economy": "EU27", "level": 6}, EconomyOverview),
        ("product", {"product": "2603", "window": 10}, ProductOverview),
        ("product", {"product": "TOTAL"}, ProductOverview),
    ],
)
def test_overviews_are_what_is_documented(client: TestClient, path: str, query: dict, model, lang: str):
    answer = client.get(f"{API}/{path}", params=query | {"lang": lang})
    assert answer.status_code == 200
    model.model_validate(answer.json(), extra="forbid")


def test_an_overview_is_that_of_the_workbench(client: TestClient, bench: Workbench):
    answer = client.get(f"{API}/economy", params={"economy": "智利", "year": 2024}).json()
    assert answer == bench.economy("CHL", year=2024).as_dict()
    assert answer["subject"] == {"code": "CHL", "name": "Chile", "name_en": "Chile", "name_zh": "智利"}


def test_bad_overviews_are_told(client: TestClient):
    for path, query, field in (
        ("economy", {"economy": "XYZ"}, "economy"),
        ("economy", {"economy": "CHL", "top": 0}, "top"),
        ("product", {"product": "2603", "level": 4}, "level"),
    ):
        answer = client.get(f"{API}/{path}", params=query)
        assert answer.status_code == 422
        assert answer.json()["error"]["field"] == field


BRIEF = {"exporter": "CHL", "product": "2603", "market": "CHN,JPN", "year": "2024", "weights": "gap=2,distance_km=1"}


def test_a_brief_is_a_page_with_a_policy_of_its_own(client: TestClient):
    answer = client.get(f"{API}/brief", params=BRIEF | {"lang": "zh"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "市场简报" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    fingerprint = re.search(r"style-src '(sha256-[^']+)'", policy).group(1)
    assert fingerprint in answer.text
    link = re.search(r'href="([^"]+)"', answer.text).group(1)
    assert link.startswith("http://127.0.0.1:8000/?")
    assert "market=CHN" in link
    assert "weights=gap%3D2,distance_km%3D1" in link
    assert client.get(f"{API}/brief", params=BRIEF | {"lang": "zh"}, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304  # fmt: skip


def test_what_a_reader_types_cannot_act_in_a_brief(client: TestClient):
    answer = client.get(f"{API}/brief", params=BRIEF | {"weights": "gap=1", "market": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"


def test_indicators_of_one_family_and_of_all(client: TestClient):
    every = client.get(f"{API}/lists/indicators").json()["indicators"]
    assert {entry["family"] for entry in every} == {"finder", "power", "intraindustry", "overview", "allocation"}
    power = client.get(f"{API}/lists/indicators", params={"family": "power"}).json()["indicators"]
    assert power == [entry for entry in every if entry["family"] == "power"]
    gap = next(entry for entry in every if entry["id"] == "gap")
    assert gap["needs"] == ["gravity_share", "share_in_market"]
    assert {one["symbol"] for one in gap["symbols"]} == {"V_ij", "V_j"}
    assert gap["invariances"] == ["value_scale", "row_order", "quantity_scale"]
    assert client.get(f"{API}/lists/indicators", params={"family": "x"}).json()["error"]["field"] == "family"
