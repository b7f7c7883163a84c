"""`/api/v1/route` answers as the command line does."""


def test_the_route_over_http(client, bench):
    told = client.get("/api/v1/route", params={"start": "Shanghai", "end": "Rotterdam", "without": "suez"})
    assert told.status_code == 200
    own = bench.route("Shanghai", "Rotterdam", without="suez").as_dict()
    assert told.json()["rows"] == own["rows"]
    assert told.json()["notes"] == own["notes"]


def test_a_port_that_is_none(client):
    told = client.get("/api/v1/route", params={"start": "Roterdam", "end": "CNSHA", "lang": "zh"})
    assert told.status_code == 422
    assert told.json()["error"]["nearest"] == "NLRTM"
    assert "海港" in told.json()["error"]["message"]
