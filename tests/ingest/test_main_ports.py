"""Main ports from the user's own index: the embedded ones where it has none, distances computed again, sources named."""

import polars as pl
import pytest

from entrepot.demo import FOLDER
from entrepot.formulas.distance import rules_of
from entrepot.ingest.add import add
from entrepot.ingest.embedded import embedded_table, ensure_published
from entrepot.ingest.main_ports import derive_ports
from entrepot.sources import port_throughput, world_port_index
from entrepot.store import Store
from entrepot.tables import REFERENCE_TABLES
from tests.sources.reference import SAMPLES, read, real, table

INDEX = SAMPLES / "UpdatedPub150_2026-03.csv"


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "home")
    ensure_published(store)
    return store


def empty(name):
    return pl.DataFrame(schema=dict(REFERENCE_TABLES[name].schema))


def test_the_index_outranks_the_embedded_list_economy_by_economy(store):
    before = store.snapshot().reference("pairs")
    add(store, INDEX)
    snapshot = store.snapshot()
    stops = snapshot.reference("main_ports")
    own = stops.filter(economy="CHL")
    # Both Chilean harbours of the sample, the Medium one first.
    assert own.select("port", "rank", "source", "note").rows() == [
        ("CLSAI", 1, "World Port Index", "harbour size: Medium"),
        ("WPI110", 2, "World Port Index", "harbour size: Small"),
    ]
    embedded = pl.read_parquet(FOLDER / "main_ports.parquet")
    others = stops.filter(~pl.col("economy").is_in(["CHL", "UMI"]))
    assert others.drop("lat", "lon").equals(
        embedded.filter(~pl.col("economy").is_in(["CHL", "UMI"])).drop("lat", "lon")
    )
    for name in ("main_ports", "ports", "pairs"):
        entry = snapshot.reference_entry(name)
        assert (entry.origin, entry.sources[0].name) == ("own", "World Port Index")
        assert len(entry.sources) > 1
    assert "World Port Index" in snapshot.reference_entry("main_ports").note.en
    changed = before.join(snapshot.reference("pairs"), on=["exporter", "importer"], suffix="_now").filter(
        pl.col("km_ports").ne_missing(pl.col("km_ports_now"))
    )
    assert changed.height
    touched = ["CHL", "UMI", "BOL", "ARG", "PER", "PRY"]  # in the sample, or reach the sea by way of who is
    elsewhere = ~pl.col("exporter").is_in(touched) & ~pl.col("importer").is_in(touched)
    assert changed.filter(elsewhere).is_empty()
    # Adding the same again, or throughput later, starts from the embedded list once more.
    add(store, SAMPLES / "top_ports.csv")
    assert store.snapshot().reference("main_ports").equals(stops)


def test_a_pooled_region_without_the_named_ports_takes_its_largest(store):
    add(store, INDEX)
    snapshot = store.snapshot()
    economies, stops = snapshot.reference("economies"), snapshot.reference("main_ports")
    without_santos = stops.filter(pl.col("port") != "BRSSZ")
    rules = rules_of(economies, without_santos, snapshot.reference("harbours"), empty("throughput"))
    assert set(rules.pooled["419"]) == {"PAONX", "PABLB", "COCTG", "MXZLO", "CLSAI"}  # the Medium harbour of the sample


def test_the_real_index_with_throughput():
    reading = read(world_port_index.PROVIDER, real("ports/UpdatedPub150_2026-03.csv"))
    listed = read(port_throughput.PROVIDER, real("ports/top100port.csv"), real("ports/TEUByYear_2011_2019.csv"))
    lanes = embedded_table("lanes")
    harbours, throughput = table(reading, "harbours"), table(listed, "throughput")
    found = derive_ports(harbours, throughput, lanes)
    assert len(found.derived) > 185
    assert set(found.embedded) == {
        "AIA", "ALA", "ANT", "BLM", "BLX", "CCK", "DDR", "MAF", "MSR", "MYT", "PCN", "PLW", "PRY", "SCG", "SUN", "YUG"
    }  # fmt: skip
    first = {row["economy"]: row["name"] for row in found.main_ports.filter(rank=1).iter_rows(named=True)}
    assert {code: first[code] for code in ("CHN", "NLD", "USA", "BRA", "TWN", "ARE", "IDN", "CHL")} == {
        "CHN": "Shanghai", "NLD": "Rotterdam", "USA": "Los Angeles", "BRA": "Santos", "TWN": "Kao-Hsiung",
        "ARE": "Mina Jabal Ali", "IDN": "Surabaya", "CHL": "Puerto San Antonio",
    }  # fmt: skip
    busy = found.main_ports.filter(economy="CHN")
    assert busy["note"].to_list()[0] == "43.3 million TEU in 2019"
    assert busy["name"].to_list() == ["Shanghai", "Ningbo", "Yantian", "Guangzhou", "Qingdao Gang"]
    caspian = found.ports.filter(pl.col("port").is_in(["AZBAK", "KZAAU", "TMKRW"]))
    assert not caspian["on_lane"].any()
    assert not {"AZE", "KAZ", "TKM"} & set(found.derived)
    rules = rules_of(embedded_table("economies"), found.main_ports, harbours, throughput)
    assert rules.pooled["419"] == ("PAONX", "BRSSZ", "MXZLO", "COCTG", "PABLB")
