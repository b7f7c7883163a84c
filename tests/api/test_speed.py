"""A smoke test of the time an answer takes. The measurement proper is `make bench`; other work may share the machine here."""

from time import perf_counter

import pytest
from fastapi.testclient import TestClient

LIMIT_S = 0.050
LOOSE = 3


@pytest.mark.slow
def test_an_exporter_and_product_are_answered_quickly(client: TestClient):
    exporters = "CHL PER AUS CAN ZAF BRA MEX IDN RUS KAZ".split()
    client.get("/api/v1/markets", params={"exporter": "USA", "product": "2603"})
    taken = []
    for gap in range(1, 5):
        for exporter in exporters:
            begun = perf_counter()
            query = {"exporter": exporter, "product": "2603", "weights": f"gap={gap},distance_km=1"}
            assert client.get("/api/v1/markets", params=query).status_code == 200
            taken.append(perf_counter() - begun)
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    assert p95 < LOOSE * LIMIT_S, f"p95 {p95 * 1000:.0f} ms"
