"""Answers as files over HTTP."""

import csv
import io
import zipfile

import pytest
from fastapi.testclient import TestClient

from entrepot.api.downloads import QUESTIONS

FILES = "/api/v1/files"
ASKED = "exporter=CHL&product=2603"


def test_a_csv_has_the_rows_of_the_answer(client: TestClient) -> None:
    answer = client.get(f"/api/v1/markets?{ASKED}").json()
    file = client.get(f"{FILES}/markets?{ASKED}&format=csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == 'attachment; filename="markets-CHL-2603.csv"'
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["importer"] for row in rows] == [row["importer"] for row in answer["rows"]]
    assert rows[0]["product"] == "2603"


def test_a_workbook_is_the_one_of_the_command_line(client: TestClient) -> None:
    file = client.get(f"{FILES}/markets?{ASKED}&lang=zh")
    assert file.headers["content-disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        sheets = book.read("xl/workbook.xml").decode()
    assert sheets.count("<sheet ") > 2


def test_the_second_time_a_reader_is_told_that_nothing_changed(client: TestClient) -> None:
    first = client.get(f"{FILES}/history?{ASKED}&market=CHN&format=csv")
    again = client.get(
        f"{FILES}/history?{ASKED}&market=CHN&format=csv", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)
    other = client.get(f"{FILES}/history?{ASKED}&market=CHN&format=xlsx")
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("exporter=CHLE&product=2603", "exporter"), (f"{ASKED}&format=pdf", "format"), (f"{ASKED}&path=/etc", "path")],
)
def test_a_question_that_cannot_be_answered_gives_the_usual_error(client: TestClient, query: str, field: str) -> None:
    refused = client.get(f"{FILES}/markets?{query}")
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == field
    assert "content-disposition" not in refused.headers


def test_every_question_with_a_file_is_in_the_description(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"{FILES}/{question}" for question in QUESTIONS} <= set(paths)


def test_an_overview_is_a_workbook_of_all_its_tables_or_one_of_them_as_csv(client: TestClient) -> None:
    parts = client.get("/api/v1/economy?economy=CHL").json()["parts"]
    book = client.get(f"{FILES}/economy?economy=CHL")
    assert book.headers["content-disposition"] == 'attachment; filename="economy-CHL.xlsx"'
    with zipfile.ZipFile(io.BytesIO(book.content)) as opened:
        assert opened.read("xl/workbook.xml").decode().count("<sheet ") > len(parts)
    file = client.get(f"{FILES}/economy?economy=CHL&format=csv&part=markets")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["partner"] for row in rows] == [row["partner"] for row in parts["markets"]["rows"]]


@pytest.mark.parametrize("query", ["product=2603&format=csv", "product=2603&format=csv&part=buyers"])
def test_an_overview_as_csv_names_one_of_its_tables(client: TestClient, query: str) -> None:
    refused = client.get(f"{FILES}/product?{query}")
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] in {"one_table", "unknown_part", "invalid_choice"}
