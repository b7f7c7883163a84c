"""The browser app as it is served."""

import gzip
import os
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from entrepot.webui import Pages

SCRIPT = "assets/index-Ab12Cd34.js"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "geometry").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Entrepôt</title>", encoding="utf-8")
    (folder / SCRIPT).write_text("export const x = 1;\n" * 200)
    (folder / "geometry" / "world-50m.json").write_text('{"type": "Topology"}')
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def pages(built: Path, bench, client_of) -> TestClient:
    return client_of(bench, pages=Pages(built))


@pytest.mark.parametrize("path", ["/", "/markets", "/markets/CHL/2603?lang=zh"])
def test_every_view_is_the_page(pages: TestClient, path: str):
    answer = pages.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Entrepôt</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_hashed_files_last_and_are_packed(pages: TestClient, built: Path):
    answer = pages.get(f"/{SCRIPT}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == (built / SCRIPT).read_text()
    assert int(answer.headers["content-length"]) == len(gzip.compress(answer.content, mtime=0))
    plain = pages.get(f"/{SCRIPT}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_geometry_is_data_to_be_revalidated(pages: TestClient):
    answer = pages.get("/geometry/world-50m.json")
    assert answer.json() == {"type": "Topology"}
    assert answer.headers["cache-control"] == "no-cache"
    again = pages.get("/geometry/world-50m.json", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/x.js", "//etc/x.y"]
)
def test_nothing_outside_is_served(pages: TestClient, path: str):
    answer = pages.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_the_api_is_not_the_page(pages: TestClient):
    assert pages.get("/api/v1/nothing").json()["error"]["code"] == "unknown_path"
    assert pages.get("/api/nothing").status_code == 404
    assert pages.post("/markets").status_code == 405


def test_a_new_build_is_seen_without_a_restart(pages: TestClient, built: Path):
    assert pages.get("/").status_code == 200
    (built / "assets" / "index-New00000.js").write_text("new")
    assert pages.get("/assets/index-New00000.js").status_code == 404
    page = built / "index.html"
    page.write_text("newer")
    os.utime(page, ns=(1, 1))
    assert pages.get("/assets/index-New00000.js").text == "new"
    assert pages.get("/").text == "newer"


def test_an_app_that_is_not_built_says_what_to_do(bench, client_of, tmp_path: Path):
    answer = client_of(bench, pages=Pages(tmp_path / "absent")).get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text
    assert "尚未构建" in answer.text
