"""Answers of the REST interface: the same as in Python, packed, tagged, kept."""

import gzip
import json

import pytest
from fastapi.testclient import TestClient

from entrepot.api import models
from entrepot.api.desk import Cache, Encoded, accepts_gzip

API = "/api/v1"
MARKETS = {"exporter": "CHL", "product": "2603", "year": 2024}


def test_a_question_is_answered_as_in_python(client: TestClient, bench):
    answer = client.get(f"{API}/markets", params={**MARKETS, "weights": "gap=2,distance_km=1", "basis": "world"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    expected = bench.markets("CHL", "2603", year=2024, weights="gap=2,distance_km=1", basis="world").as_dict()
    assert answer.json() == expected
    assert answer.json()["parameters"]["weights"] == {"gap": 2.0, "distance_km": 1.0}


def test_products_priorities_and_history(client: TestClient, bench):
    products = client.get(f"{API}/products", params={"exporter": "CHL", "market": "CHN", "level": 6}).json()
    assert products == bench.products("CHL", "CHN", level=6).as_dict()
    priorities = client.get(f"{API}/priorities", params={"exporter": "AUS", "top": 7}).json()
    assert priorities == bench.priorities("AUS", top=7).as_dict()
    assert len(priorities["rows"]) == 7
    asked = {"exporter": "CHL", "product": "2603", "market": "CHN", "window": 3}
    history = client.get(f"{API}/history", params=asked).json()
    assert history == bench.history("CHL", "2603", "CHN", window=3).as_dict()
    assert [row["year"] for row in history["rows"]] == [2022, 2023, 2024]


def test_names_in_either_language_ask_the_same(client: TestClient):
    chinese = client.get(f"{API}/markets", params={"exporter": "智利", "product": "2603", "lang": "zh"}).json()
    assert chinese["parameters"]["exporter"] == "CHL"
    assert chinese["rows"][0]["exporter_name"] == "智利"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("economies", models.Economies),
        ("products", models.Products),
        ("datasets", models.Datasets),
        ("indicators", models.Indicators),
    ],
)
def test_lists_are_what_is_documented(client: TestClient, path: str, model, lang: str):
    answer = client.get(f"{API}/lists/{path}", params={"lang": lang})
    assert answer.status_code == 200
    model.model_validate(answer.json(), extra="forbid")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("markets", MARKETS),
        ("products", {"exporter": "CHL", "market": "CHN"}),
        ("priorities", {"exporter": "AUS", "top": 3}),
        ("history", {"exporter": "CHL", "product": "2603", "market": "CHN"}),
    ],
)
def test_answers_are_what_is_documented(client: TestClient, path: str, query: dict):
    answer = client.get(f"{API}/{path}", params=query).json()
    models.Result.model_validate(answer)
    documented = set(models.Row.model_fields)
    assert {key for row in answer["rows"] for key in row} <= documented
    assert set(answer) == set(models.Result.model_fields)


def test_a_reader_who_has_the_answer_is_told_so(client: TestClient):
    first = client.get(f"{API}/markets", params=MARKETS)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(f"{API}/markets", params=MARKETS, headers={"If-None-Match": sent})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert client.get(f"{API}/markets", params=MARKETS, headers={"If-None-Match": '"x"'}).status_code == 200


def test_the_tag_depends_on_the_question_not_on_its_order(client: TestClient):
    def tag(**query: object) -> str:
        return client.get(f"{API}/markets", params=query).headers["etag"]

    assert tag(exporter="CHL", product="2603") == tag(product="2603", exporter="CHL")
    assert tag(exporter="CHL", product="2603") == tag(product="2603", exporter="CHL", lang="en")
    assert tag(exporter="CHL", product="2603") != tag(exporter="CHL", product="2603", lang="zh")
    assert tag(exporter="CHL", product="2603") != tag(exporter="PER", product="2603")


def test_answers_are_packed_for_who_takes_it(client: TestClient):
    packed = client.get(f"{API}/markets", params=MARKETS, headers={"Accept-Encoding": "gzip"})
    plain = client.get(f"{API}/markets", params=MARKETS, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert "Accept-Encoding" in packed.headers["vary"]
    small = client.get(f"{API}/lists/datasets", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers


@pytest.mark.parametrize(
    ("header", "takes"),
    [("gzip", True), ("br, gzip", True), ("*", True), ("", False), ("gzip;q=0", False), ("deflate", False)],
)
def test_who_takes_gzip(header: str, takes: bool):
    assert accepts_gzip(header) is takes


def test_kept_answers_are_bounded_and_the_longest_unused_goes_first():
    cache = Cache(100)
    for name in "abc":
        cache.put(name, Encoded(bytes(40), packed=False))
    assert [name for name in "abc" if cache.get(name)] == ["b", "c"]
    cache.get("b")
    cache.put("d", Encoded(bytes(40), packed=False))
    assert [name for name in "abcd" if cache.get(name)] == ["b", "d"]
    cache.put("big", Encoded(bytes(101), packed=False))
    assert cache.get("big") is None
    assert cache.get("b") is not None


def test_a_kept_answer_can_be_unpacked():
    assert Encoded(gzip.compress(b"x"), packed=True).plain == b"x"
    assert Encoded(b"x", packed=False).plain == b"x"


def test_nan_never_appears(client: TestClient):
    text = client.get(f"{API}/markets", params=MARKETS).text
    answer = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the answer"))
    assert any(value is None for row in answer["rows"] for value in row.values())  # what could have been NaN
