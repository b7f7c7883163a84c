"""Pages of built cells over HTTP, and as files."""

import csv
import io

import polars as pl
import pytest
from fastapi.testclient import TestClient

from entrepot.api.flows import FlowsPage
from entrepot.workbench import open_workbench

API = "/api/v1"


@pytest.fixture(scope="module")
def built(tmp_path_factory, client_of):
    """A client of a store of its own, in which the embedded headings are built."""
    bench = open_workbench(tmp_path_factory.mktemp("flows"))
    bench.build(level=4)
    with client_of(bench) as client:
        yield client, bench


def test_a_page_is_the_one_of_python_and_has_the_shape_described(built):
    client, bench = built
    for asked in ({"product": "2603", "limit": 30}, {"exporter": "CHL", "market": "CHN", "level": 4, "lang": "zh"}):
        answer = client.get(f"{API}/flows", params=asked)
        assert answer.status_code == 200
        assert answer.json() == bench.flows(**asked).as_dict()
        FlowsPage.model_validate(answer.json(), extra="forbid")
    again = client.get(f"{API}/flows", params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_page_is_500_rows_unless_asked_otherwise_and_a_file_holds_all(built):
    client, bench = built
    page = client.get(f"{API}/flows", params={"product": "2603"}).json()
    assert len(page["values"]["importer"]) == min(500, page["total"])
    whole = bench.flows(product="2603").frame
    file = client.get(f"{API}/files/flows", params={"product": "2603", "format": "csv"})
    assert len(list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))) == whole.height == page["total"]
    parquet = client.get(f"{API}/files/flows", params={"product": "2603", "format": "parquet"})
    assert parquet.headers["content-disposition"] == 'attachment; filename="flows-2603.parquet"'
    assert pl.read_parquet(io.BytesIO(parquet.content)).equals(whole)


def test_what_is_not_built_says_what_to_run(client: TestClient, built):
    refused = client.get(f"{API}/flows", params={"product": "2603"})
    assert refused.status_code == 422
    assert "entrepot build" in refused.json()["error"]["message"]
    assert built[0].get(f"{API}/flows", params={"product": "2603", "limit": 10_001}).status_code == 422
