"""Who may ask, and what a browser may do with the answer."""

import pytest
from fastapi.testclient import TestClient

from entrepot.api.guard import host_name

API = "/api/v1"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "::1"])
def test_this_machine_may_ask(client: TestClient, host: str):
    assert client.get(f"{API}/lists/datasets", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8000", "10.0.0.1", ""]
)
def test_another_name_may_not(client: TestClient, host: str):
    answer = client.get(f"{API}/lists/datasets", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unknown_host"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_bound_to_a_name_or_to_all_addresses(bench, client_of):
    with client_of(bench, hosts=["trade.example"], addresses_too=True) as client:
        for host in ("trade.example:80", "10.1.2.3:8000", "[fd00::1]:8000", "localhost"):
            assert client.get(f"{API}/lists/datasets", headers={"Host": host}).status_code == 200
        assert client.get(f"{API}/lists/datasets", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", [f"{API}/lists/datasets", f"{API}/openapi.json", f"{API}/nothing", "/"])
def test_every_answer_is_marked(client: TestClient, path: str):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_other_origins_get_no_permission(client: TestClient):
    answer = client.get(f"{API}/lists/datasets", headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_no_page_that_loads_from_elsewhere(client: TestClient):
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("header", "name"), [("", ""), ("a.b:80", "a.b"), ("[::1]", "::1"), ("[::1", "::1")])
def test_names_in_host_headers(header: str, name: str):
    assert host_name(header) == name
