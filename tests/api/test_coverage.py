"""What the store covers, over REST."""

from fastapi.testclient import TestClient

from entrepot.api.coverage_shape import Coverage


def test_coverage_is_what_the_workbench_says_in_the_shape_that_is_described(client: TestClient, bench) -> None:  # type: ignore[no-untyped-def]
    for lang in ("en", "zh"):
        answer = client.get("/api/v1/coverage", params={"lang": lang})
        assert answer.status_code == 200
        assert answer.json() == bench.coverage(lang)
        assert Coverage.model_validate(answer.json()).model_dump() == answer.json()
    assert (
        client.get(
            "/api/v1/coverage", headers={"If-None-Match": answer.headers["etag"]}, params={"lang": "zh"}
        ).status_code
        == 304
    )
    assert client.get("/api/v1/coverage", params={"lang": "fr"}).status_code == 422
