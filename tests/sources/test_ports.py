import pytest

from entrepot.sources import port_throughput, world_port_index
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, table

INDEX = SAMPLES / "UpdatedPub150_2026-03.csv"


def test_index_of_ports():
    reading = read(world_port_index.PROVIDER, INDEX)
    ports = table(reading, "harbours")
    assert reading.tables[0].replaces == "all"
    assert reading.edition == "2026-03"
    assert ports.select("port", "economy", "size").rows() == [
        ("CLSAI", "CHL", "Medium"), ("WPI110", "CHL", "Small"), ("WPI120", "UMI", None)
    ]  # fmt: skip
    assert dropped(reading) == {"listed_twice": 1, "unknown_economy": 1, "shared_locode": 1}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("-33.583,-71.617", "-93.583,-71.617", "out_of_range"),
        ("-33.583,-71.617", "south,-71.617", "not_a_number"),
        ("-33.583,-71.617", " ,-71.617", "no_place"),
        ("Chile,Medium", "Chile,Giant", "unknown_size"),
        ("Chile,Medium,Coastal (Breakwater),-33.583,-71.617", "Chile,Medium", "ragged_row"),
    ],
)
def test_bad_indexes(tmp_path, old, new, code):
    fails(world_port_index.PROVIDER, changed(INDEX, tmp_path, old, new), code, "line 2")


def test_throughput_by_year_and_with_places():
    reading = read(port_throughput.PROVIDER, SAMPLES / "teu_by_year.csv", SAMPLES / "top_ports.csv")
    assert table(reading, "throughput").select("port", "year", "teu", "lat").rows() == [
        ("Shanghai", 2018, 42_010_000.0, None),
        ("Shanghai", 2019, 43_303_000.0, 31.2),
        ("Singapore", 2018, 36_600_000.0, None),
    ]
    assert dropped(reading)["no_value"] == 1


def test_bad_throughput(tmp_path):
    path = changed(SAMPLES / "teu_by_year.csv", tmp_path, "42.01", "42010000")
    fails(port_throughput.PROVIDER, path, "out_of_range", "Shanghai", "line 2")


def test_real_files():
    ports = table(read(world_port_index.PROVIDER, real("ports/UpdatedPub150_2026-03.csv")), "harbours")
    assert ports.height == 3803
    assert ports.filter(port="NLRTM")["size"].item() == "Large"
    told = table(
        read(port_throughput.PROVIDER, real("ports/top100port.csv"), real("ports/TEUByYear_2011_2019.csv")),
        "throughput",
    )
    assert told.filter(port="Shanghai", year=2019)["teu"].item() == pytest.approx(43_303_000)
