"""Trade power and intra-industry trade as files over HTTP."""

import csv
import io
import zipfile

import pytest
from fastapi.testclient import TestClient

from entrepot.analyses.family_vocabulary import QUESTIONS

BASE = "/api/v1"
FILES = f"{BASE}/files"


def test_a_csv_has_the_rows_of_the_answer(client: TestClient) -> None:
    answer = client.get(f"{BASE}/power?product=2603").json()
    file = client.get(f"{FILES}/power?product=2603&format=csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == 'attachment; filename="power-2603.csv"'
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["economy"] for row in rows] == [row["economy"] for row in answer["rows"]]


def test_a_workbook_has_its_sources(client: TestClient) -> None:
    file = client.get(f"{FILES}/iit/sources?reporter=CHN&years=2020-2024&by=section&lang=zh")
    assert file.headers["content-disposition"] == 'attachment; filename="iit-sources-CHN-2020-2024.xlsx"'
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        assert book.read("xl/workbook.xml").decode().count("<sheet ") > 1


@pytest.mark.parametrize(("form", "begins"), [("txt", b"Table 1. "), ("tex", b"% "), ("xlsx", b"PK")])
def test_the_tables_for_publication_come_in_their_formats(client: TestClient, form: str, begins: bytes) -> None:
    file = client.get(f"{FILES}/iit/tables?reporter=CHN&years=2020-2024&format={form}")
    assert file.status_code == 200
    assert file.content.startswith(begins)
    assert file.headers["content-disposition"].endswith(f'.{form}"')


@pytest.mark.parametrize(
    ("query", "field"),
    [("power?product=zzzz", "product"), ("power?format=pdf", "format"), ("power?chart=bars", "chart")],
)
def test_what_is_asked_wrongly_gives_the_usual_error(client: TestClient, query: str, field: str) -> None:
    refused = client.get(f"{FILES}/{query}")
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == field


def test_every_question_of_the_families_has_a_file(client: TestClient) -> None:
    paths = client.get(f"{BASE}/openapi.json").json()["paths"]
    assert {f"{FILES}/{name.replace('-', '/')}" for name in (*QUESTIONS, "iit-tables")} <= set(paths)
