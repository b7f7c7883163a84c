"""The embedded set in the store: published once, renewed when the program brings another, the user's own left alone."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from entrepot.core.errors import DataError, StoreError
from entrepot.core.text import Text
from entrepot.ingest import embedded
from entrepot.ingest.embedded import ensure_published, publish_embedded
from entrepot.store import DataSetInfo, Store

SOURCE = {
    "name": "Atlas",
    "edition": "2026",
    "licence": "CC0",
    "licence_url": "https://example.org/cc0",
    "retrieved": "2026-01-01",
    "package": "atlas",
    "package_sha256": "0" * 64,
    "citation": "The Atlas, 2026",
}
OWN = DataSetInfo("own", "HS17", 6, Text("Mine", "我的"), "2026", "", "", "", "")


def write_demo(folder: Path, *, years: tuple[int, ...] = (2001, 2002), borders: bool = True) -> Path:
    """A folder like that of the embedded set, with a small world in it."""
    folder.mkdir(exist_ok=True)
    pairs = [("CHL", "CHN"), ("PER", "CHN"), ("CHN", "CHL")]
    flows = [
        (year, *pair, code, float(year), None) for year in years for pair in pairs for code in ("260300", "260111")
    ]
    columns = ["year", "exporter", "importer", "product", "value_usd", "quantity_t"]
    tables = {"flows": pl.DataFrame(flows, schema=columns, orient="row").cast({"quantity_t": pl.Float64})}
    if borders:
        rows = {"economy": ["CHL", "PER"], "neighbour": ["PER", "CHL"], "source": ["Atlas"] * 2, "note": [None] * 2}
        tables["borders"] = pl.DataFrame(rows, schema_overrides={"note": pl.Utf8})
    entries = []
    for name, frame in tables.items():
        path = folder / f"{name}.parquet"
        frame.write_parquet(path)
        entry = {"table": name, "file": path.name, "rows": frame.height, "sources": [SOURCE], "complete": False}
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries.append(entry | {"sha256": digest, "note_en": "a note", "note_zh": "说明"})
    dataset = {
        "name": "minerals",
        "classification": "HS92",
        "level": 6,
        "title_en": "Minerals",
        "title_zh": "矿产",
        "release": "2026",
        "licence": "CC0",
        "source": "Atlas",
        "citation": "The Atlas, 2026",
        "retrieved": "2026-01-01",
        "incomplete_years": [2002],
    }
    (folder / "manifest.json").write_text(json.dumps({"tables": entries, "dataset": dataset}))
    return folder


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_demo(tmp_path / "demo")
    monkeypatch.setattr(embedded, "FOLDER", folder)
    return folder


@pytest.fixture
def store(tmp_path: Path, demo: Path) -> Store:
    return Store(tmp_path / "home")


def own_flows(year: int) -> pl.DataFrame:
    rows = [(year, "CHL", "CHN", "999999", 1.0, 1.0)]
    return pl.DataFrame(
        rows, schema=["year", "exporter", "importer", "product", "value_usd", "quantity_t"], orient="row"
    )


def test_an_empty_store_is_filled(store: Store) -> None:
    steps = []
    ensure_published(store, progress=lambda done, total: steps.append((done, total)))
    snapshot = store.snapshot()
    assert snapshot.default_data == "minerals"
    dataset = snapshot.dataset()
    assert (dataset.origin, dataset.years, dataset.info.incomplete_years) == ("embedded", (2001, 2002), (2002,))
    assert dataset.info.title == Text("Minerals", "矿产")
    assert dataset.info.sources[0].licence_url == "https://example.org/cc0"
    assert snapshot.flows(None, [2001, 2002], ["2603"]).height == 6
    assert snapshot.data_table(None, "reporters")["economy"].to_list() == ["CHL", "CHN"] * 2
    assert snapshot.data_table(None, "coverage")["flows"].to_list() == [3] * 4
    assert snapshot.reference("borders").height == 2
    assert snapshot.reference_entry("borders").note == Text("a note", "说明")
    assert store.verify().whole
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_second_time_does_nothing(store: Store) -> None:
    ensure_published(store)
    before = store.snapshot().id
    files = {path: path.stat().st_mtime_ns for path in store.home.rglob("*") if path.is_file()}
    ensure_published(store, progress=lambda done, total: pytest.fail("there was nothing to do"))
    ensure_published(Store(store.home))
    assert store.snapshot().id == before
    assert {path: path.stat().st_mtime_ns for path in store.home.rglob("*") if path.is_file()} == files


def test_publishing_again_on_demand_changes_nothing_and_heals(store: Store) -> None:
    ensure_published(store)
    before = store.snapshot()
    store.layout.object(before.dataset().flows[2001]).write_bytes(b"damaged")
    assert not store.verify().whole
    publish_embedded(store)
    assert store.snapshot().id == before.id
    assert store.verify().whole


def test_another_edition_replaces_the_embedded_and_keeps_what_is_the_users(store: Store, demo: Path) -> None:
    ensure_published(store)
    with store.publishing() as publication:
        publication.put_flows(OWN, 2010, own_flows(2010))
        publication.set_default("own")
    write_demo(demo, years=(2002, 2003), borders=False)
    ensure_published(store)
    snapshot = store.snapshot()
    assert snapshot.dataset("minerals").years == (2002, 2003)
    assert not snapshot.has_reference("borders")
    assert snapshot.default_data == "own"
    assert snapshot.flows("own", [2010]).height == 1
    assert store.verify().whole


def test_the_default_follows_a_new_edition(store: Store, demo: Path) -> None:
    ensure_published(store)
    write_demo(demo, years=(2003,))
    ensure_published(store)
    assert store.snapshot().default_data == "minerals"


def test_the_users_own_table_outranks_the_embedded(store: Store, demo: Path) -> None:
    ensure_published(store)
    own = pl.DataFrame({"economy": ["CHL"], "neighbour": ["ARG"], "source": ["me"], "note": ["mine"]})
    with store.publishing() as publication:
        publication.put_reference("borders", own)
    write_demo(demo, years=(2003,))
    ensure_published(store)
    assert store.snapshot().reference("borders").rows() == own.rows()
    assert store.snapshot().dataset("minerals").years == (2003,)


def other_schema(store: Store) -> None:
    path = store.layout.version(store.snapshot().id)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"schema": 0}))


def test_a_store_of_another_schema_is_rebuilt_if_all_is_embedded(store: Store) -> None:
    ensure_published(store)
    former = store.snapshot().id
    other_schema(store)
    fresh = Store(store.home)
    ensure_published(fresh)
    assert fresh.snapshot().flows(None, [2001]).height == 6
    assert fresh.verify().whole
    # Pruning understands that nobody reads the former version any more.
    fresh.prune(older_than_hours=0)
    assert not fresh.layout.version(former).exists()
    assert fresh.verify().whole


def test_a_store_of_another_schema_with_own_data_is_refused(store: Store) -> None:
    ensure_published(store)
    with store.publishing() as publication:
        publication.put_flows(OWN, 2010, own_flows(2010))
    other_schema(store)
    before = sorted(store.home.rglob("*"))
    for publish in (ensure_published, publish_embedded):
        with pytest.raises(StoreError, match="ENTREPOT_HOME") as caught:
            publish(Store(store.home))
        assert caught.value.code == "store_schema"
    assert sorted(store.home.rglob("*")) == before


def test_a_damaged_store_is_not_hidden_by_publishing_over_it(store: Store) -> None:
    ensure_published(store)
    store.layout.current.write_text("garbage")
    with pytest.raises(StoreError) as caught:
        ensure_published(Store(store.home))
    assert caught.value.code == "store_damaged"


@pytest.mark.parametrize("damage", ["changed", "missing", "no manifest"])
def test_a_damaged_program_says_so(store: Store, demo: Path, damage: str) -> None:
    if damage == "changed":
        (demo / "flows.parquet").write_bytes((demo / "borders.parquet").read_bytes())
    elif damage == "missing":
        (demo / "borders.parquet").unlink()
    else:
        (demo / "manifest.json").unlink()
    with pytest.raises(DataError, match="Install entrepot again") as caught:
        ensure_published(store)
    assert caught.value.code == "embedded_damaged"
    assert not store.exists()


CHILD = """
import sys
from pathlib import Path
from entrepot.ingest import embedded
from entrepot.store import Store
embedded.FOLDER = Path(sys.argv[1])
store = Store(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
embedded.ensure_published(store)
print(store.snapshot().id, store.snapshot().flows(None, [2001]).height, flush=True)
"""


def start(demo: Path, store: Store) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(demo), str(store.home)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_processes_that_race_on_an_empty_home_all_end_well(store: Store, demo: Path) -> None:
    processes = [start(demo, store) for _ in range(3)]
    answers = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        answers.append(output)
    assert set(answers) == {f"{store.snapshot().id} 6\n"}
    assert len(list(store.layout.versions.iterdir())) == 1
    assert store.verify().whole


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("wait_ms", [0, 2, 5, 10, 20])
def test_a_first_start_that_is_killed_leaves_a_home_to_start_in(store: Store, demo: Path, wait_ms: int) -> None:
    process = start(demo, store)
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    time.sleep(wait_ms / 1000)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    ensure_published(store)
    assert store.snapshot().flows(None, [2001]).height == 6
    assert store.verify().whole


def test_the_real_embedded_set_is_published_whole_and_fast(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    begun = time.perf_counter()
    ensure_published(store)
    seconds = time.perf_counter() - begun
    snapshot = store.snapshot()
    assert snapshot.default_data == "minerals"
    assert snapshot.dataset().years == tuple(range(1995, 2025))
    assert store.verify().whole
    manifest = json.loads((embedded.FOLDER / "manifest.json").read_bytes())
    rows = {entry["table"]: entry["rows"] for entry in manifest["tables"]}
    assert sum(ref.rows for ref in snapshot.dataset().flows.values()) == rows.pop("flows")
    assert {table: snapshot.reference(table).height for table in rows} == rows
    # 1.3 s on two cores; the bound leaves room for a busy machine and still tells a quadratic mistake.
    assert seconds < 15
