"""The description of the interface agrees with the interface."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from entrepot.analyses.family_vocabulary import QUESTIONS as FAMILIES
from entrepot.analyses.options import CHOICES, Options
from entrepot.analyses.vocabulary import OPTIONS
from entrepot.api import models, queries
from entrepot.api.downloads import QUESTIONS
from entrepot.api.examples import ERROR, RESULT
from entrepot.api.export_openapi import openapi_text


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict:
    return client.get("/api/v1/openapi.json").json()


def test_addresses(document: dict):
    names = ["markets", "products", "priorities", "history", "coverage"]
    names += ["competitors", "compare", "availability", "search", "lists/candidates"]
    names += ["power", "power/change", "power/roads", "power/leaders", "power/elasticities"]
    names += ["iit", "iit/sources", "iit/tables", "lists/partners"]
    names += ["economy", "product", "brief", "flows"]
    names += [f"files/{question}" for question in QUESTIONS]
    names += [f"files/{question.replace('-', '/')}" for question in (*FAMILIES, "iit-tables")]
    names += ["route", "studies", "studies/{name}", "files/studies/{name}"]
    names += ["lists/economies", "lists/products", "lists/datasets", "lists/indicators"]
    assert sorted(document["paths"]) == sorted(f"/api/v1/{name}" for name in names)
    assert all(list(operations) == ["get"] for operations in document["paths"].values())


def test_one_vocabulary():
    """An option has the same name and the same choices on every surface."""
    fields = set(Options.__dataclass_fields__)
    assert fields | {"year", "data", "exporter", "product"} == set(queries.MarketsQuery.model_fields)
    assert fields <= set(OPTIONS)
    for name, choices in CHOICES.items():
        for choice in choices:
            assert str(choice) in OPTIONS[name].en, name
            assert str(choice) in OPTIONS[name].zh, name


def test_choices_are_listed(document: dict):
    parameters = {one["name"]: one["schema"] for one in document["paths"]["/api/v1/markets"]["get"]["parameters"]}
    for name, choices in CHOICES.items():
        assert parameters[name]["enum"] == list(choices)


def test_errors_are_described_in_the_one_shape(document: dict):
    for operations in document["paths"].values():
        answers = operations["get"]["responses"]
        schema = answers["422"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_examples_are_valid(client: TestClient, document: dict):
    models.Result.model_validate(RESULT)
    models.ErrorAnswer.model_validate(ERROR, extra="forbid")
    shown = document["paths"]["/api/v1/markets"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    assert shown == RESULT
    real = client.get("/api/v1/markets", params={"exporter": "CHL", "basis": "bilatral", "product": "2603"}).json()
    assert real == ERROR


# Slow, and all but a few of their options are those of quick ones; a file is the answer of the address it is called after.
SLOW = ("/products", "/priorities", "/power/elasticities", "/iit/tables")
NOT_FOR_ALL = {
    ("distance", "cepii"): "distance_not_loaded",  # a file of the user's, not in the embedded set
    ("among", "region:Asia,income:high"): "not_among_markets",  # leaves out the market that a brief is about
}


def test_examples_of_parameters_can_be_asked(client: TestClient, document: dict):
    seen: set[tuple[str, str]] = set()
    # A study has to be run before it is read, and flows have to be built; see their own tests.
    paths = [path for path in document["paths"] if "{" not in path and not path.endswith("/flows")]
    for path in sorted(paths, key=lambda path: ("/files/" in path, path.endswith(SLOW))):
        parameters = document["paths"][path]["get"]["parameters"]
        needed = {one["name"]: one["schema"]["examples"][0] for one in parameters if one["required"]}
        assert client.get(path, params=needed).status_code == 200, path
        for one in parameters:
            for value in one["schema"].get("examples", []) + one["schema"].get("enum", [])[-1:]:
                known = (one["name"], str(value)) in seen
                seen.add((one["name"], str(value)))
                if known and ("/files/" in path or path.endswith(SLOW)):
                    continue
                answer = client.get(path, params=needed | {one["name"]: value})
                if answer.status_code != 200:
                    found = answer.json()["error"]["code"]
                    assert found == NOT_FOR_ALL.get((one["name"], value)), (path, one["name"], value, answer.text)


def test_the_exported_document_is_the_served_one_and_always_the_same(document: dict, tmp_path: Path):
    assert json.loads(openapi_text()) == document
    path = tmp_path / "openapi.json"
    subprocess.run([sys.executable, "-m", "entrepot.api.export_openapi", str(path)], check=True)
    assert path.read_text(encoding="utf-8") == openapi_text()


def test_the_page_on_the_interface_is_in_step(document: dict, project: Path):
    page = (project / "docs" / "api.md").read_text(encoding="utf-8")
    for path in document["paths"]:
        assert f"`{path.removeprefix('/api/v1')}`" in page
    for name in queries.Options.model_fields:
        assert name in page


def test_the_browser_app_is_built_on_this_document(project: Path):
    committed = (project / "web" / "openapi.json").read_text(encoding="utf-8")
    again = "run `make types`"
    assert committed == openapi_text(), again
