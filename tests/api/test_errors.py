"""Whatever is wrong is told in one shape, in both languages, without a word about our insides."""

import logging
import threading
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from entrepot.api import models
from entrepot.core.errors import StoreError

API = "/api/v1"
GOOD = {"exporter": "CHL", "product": "2603"}


def told(answer, status: int = 422) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert "Traceback" not in answer.text
    models.ErrorAnswer.model_validate(answer.json(), extra="forbid")
    return answer.json()["error"]


@pytest.mark.parametrize(
    ("path", "change", "code", "field", "nearest"),
    [
        ("markets", {"exporter": "Chle"}, "unknown_economy", "exporter", ...),
        ("markets", {"exporter": "Germny"}, "unknown_economy", "exporter", "DEU"),
        ("markets", {"product": "2699"}, "unknown_product", "product", "2601"),
        ("markets", {"product": "260"}, "bad_product_code", "product", None),
        ("markets", {"year": "2030"}, "unknown_year", "year", "2024"),
        ("markets", {"year": "soon"}, "bad_year", "year", None),
        ("markets", {"year": ""}, "bad_year", "year", None),
        ("markets", {"data": "mineral"}, "unknown_data", "data", "minerals"),
        ("markets", {"weights": "gpa=1"}, "unknown_weights", "weights", "gap"),
        ("markets", {"weights": "gap=-1"}, "bad_weights", "weights", None),
        ("markets", {"weights": "gap=nan"}, "bad_weights", "weights", None),
        ("markets", {"weights": "gap"}, "bad_weights", "weights", None),
        ("markets", {"rank_by": "scor"}, "unknown_rank_by", "rank_by", "score"),
        ("markets", {"basis": "bilatral"}, "unknown_basis", "basis", "bilateral"),
        ("markets", {"exponent": "n"}, "unknown_exponent", "exponent", ...),
        ("markets", {"average": "x"}, "unknown_average", "average", ...),
        ("markets", {"price_period": "years"}, "unknown_price_period", "price_period", "year"),
        ("markets", {"missing": "x"}, "unknown_missing", "missing", ...),
        ("markets", {"tariff": "x"}, "unknown_tariff", "tariff", ...),
        ("markets", {"distance": "port"}, "unknown_distance", "distance", "ports"),
        ("markets", {"scale": "minmx"}, "unknown_scale", "scale", "minmax"),
        ("markets", {"window": "4"}, "unknown_window", "window", ...),
        ("markets", {"lang": "fr"}, "unknown_lang", "lang", ...),
        ("markets", {"exportr": "CHL"}, "unknown_parameter", "exportr", "exporter"),
        ("markets", {"level": "4"}, "unknown_parameter", "level", ...),
        ("products", {"market": "CHL", "product": None}, "same_economy", "market", ...),
        ("products", {"market": "CHN", "product": None, "level": "5"}, "unknown_level", "level", ...),
        ("priorities", {"product": None, "top": "0"}, "bad_top", "top", None),
        ("priorities", {"product": None, "top": "1000000"}, "bad_top", "top", None),
        ("history", {"market": "Chna"}, "unknown_economy", "market", "CHN"),
        ("lists/products", {"exporter": None, "product": None, "data": "x"}, "unknown_data", "data", ...),
        ("lists/economies", {"exporter": None, "product": None, "lang": "fr"}, "unknown_lang", "lang", ...),
    ],
)
def test_bad_input_names_field_and_nearest(client: TestClient, path, change, code, field, nearest):
    query = {name: value for name, value in (GOOD | change).items() if value is not None}
    error = told(client.get(f"{API}/{path}", params=query))
    if code != "same_economy":
        assert error["code"] == code
    assert error["field"] == field
    if nearest is not ...:
        assert error["nearest"] == nearest


def test_what_is_needed_and_absent_is_named(client: TestClient):
    assert told(client.get(f"{API}/markets", params={"exporter": "CHL"}))["code"] == "missing_parameter"
    # A misspelt name explains an absent one, so it is told first.
    error = told(client.get(f"{API}/markets", params={"exporter": "CHL", "prodct": "2603"}))
    assert (error["field"], error["nearest"]) == ("prodct", "product")


def test_an_ambiguous_name_lists_its_candidates(client: TestClient):
    error = told(client.get(f"{API}/markets", params={"exporter": "Congo", "product": "2603"}))
    assert error["valid"] == ["COD", "COG"]


def test_errors_speak_chinese(client: TestClient):
    for query in (
        {"exporter": "Chle", "product": "2603"},
        {"exporter": "CHL"},
        {**GOOD, "yaer": 1},
        {**GOOD, "year": "x"},
    ):
        error = told(client.get(f"{API}/markets", params=query | {"lang": "zh"}))
        assert any("\u4e00" <= letter <= "\u9fff" for letter in error["message"])


def test_a_parameter_twice_is_refused(client: TestClient):
    assert told(client.get(f"{API}/markets?exporter=CHL&product=2603&product=2604"))["code"] == "repeated_parameter"


def test_sizes_are_limited(client: TestClient):
    assert told(client.get(f"{API}/markets", params=GOOD | {"weights": "g" * 5000}), 414)["code"] == "query_too_long"
    assert told(client.get(f"{API}/markets", params=GOOD | {"weights": "g" * 2500}))["field"] == "weights"
    assert told(client.get(f"{API}/markets", params=GOOD | {"exporter": "x" * 300}))["field"] == "exporter"
    many = {f"p{number}": "1" for number in range(60)}
    assert told(client.get(f"{API}/markets", params=many))["code"] == "too_many_parameters"


def test_unknown_paths_and_methods(client: TestClient):
    assert told(client.get(f"{API}/market"), 404)["nearest"] == f"{API}/markets"
    assert told(client.get("/api"), 404)["code"] == "unknown_path"
    assert told(client.get(f"{API}/markets/"), 404)["code"] == "unknown_path"
    assert told(client.get("/"), 404)["code"] == "unknown_path"
    answer = client.post(f"{API}/markets", json={})
    assert told(answer, 405)["code"] == "method_not_allowed"
    assert "GET" in answer.headers["allow"]


class Broken:
    """A workbench that fails in whatever way it is told to."""

    class snapshot:  # noqa: N801
        id = "fake"

    def __init__(self, failure: Callable[[], object]) -> None:
        self.failure = failure

    def datasets(self, **_: object) -> object:
        return self.failure()


def test_our_own_fault_is_told_without_its_insides(client_of, caplog: pytest.LogCaptureFixture):
    def fail() -> None:
        raise KeyError("secret inside")

    with client_of(Broken(fail)) as client, caplog.at_level(logging.INFO):
        error = told(client.get(f"{API}/lists/datasets"), 500)
    assert error["code"] == "internal_error"
    assert "secret" not in str(error)
    assert "secret inside" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_damaged_store_is_told(client_of):
    def fail() -> None:
        raise StoreError("store_damaged", "The store is damaged.")

    with client_of(Broken(fail)) as client:
        assert told(client.get(f"{API}/lists/datasets"))["code"] == "store_damaged"


def test_a_store_that_cannot_be_opened_is_told_and_tried_again(bench):
    from entrepot.api import create_app

    calls: list[int] = []

    def factory():
        calls.append(1)
        if len(calls) == 1:
            raise StoreError("store_absent", "There is no store.")
        return bench

    with TestClient(create_app(factory), base_url="http://localhost") as client:
        assert told(client.get(f"{API}/lists/datasets"))["code"] == "store_absent"
        assert client.get(f"{API}/lists/datasets").status_code == 200
        assert client.get(f"{API}/lists/economies").status_code == 200
    assert len(calls) == 2


def test_too_many_questions_at_once_are_refused_in_the_same_shape(client_of):
    release, begun = threading.Event(), threading.Event()

    def wait() -> dict:
        begun.set()
        release.wait(10)
        return {"default": "x", "datasets": []}

    answers = []
    with client_of(Broken(wait), workers=1, waiting=0) as client:
        first = threading.Thread(target=lambda: answers.append(client.get(f"{API}/lists/datasets")))
        first.start()
        assert begun.wait(10)
        busy = client.get(f"{API}/lists/datasets", params={"lang": "zh"})
        release.set()
        first.join()
    assert told(busy, 503)["code"] == "busy"
    assert busy.headers["retry-after"] == "1"
    assert answers[0].status_code == 200


def test_the_same_question_at_the_same_time_is_computed_once(client_of):
    release, begun, calls = threading.Event(), threading.Event(), []

    def wait() -> dict:
        calls.append(1)
        begun.set()
        release.wait(10)
        return {"default": "x", "datasets": []}

    answers = []
    with client_of(Broken(wait)) as client:
        threads = [
            threading.Thread(target=lambda: answers.append(client.get(f"{API}/lists/datasets"))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        assert begun.wait(10)
        release.set()
        for thread in threads:
            thread.join()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert calls == [1]
