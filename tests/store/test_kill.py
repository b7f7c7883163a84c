"""A publication killed at any moment leaves the old version whole. Real processes, real SIGKILL."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from entrepot.store import Store

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")

YEARS = range(2001, 2031)
WAIT_S = 30.0

# Publishes thirty other years; says when it begins, so that the parent does not wait for the imports.
LONG = """
import sys
import polars as pl
from entrepot.core.text import Text
from entrepot.store import DataSetInfo, Store
info = DataSetInfo("small", "HS92", 6, Text("", ""), "", "", "", "", "")
rows = pl.DataFrame({"value_usd": pl.int_range(1, 60_001, eager=True).cast(pl.Float64)}).with_row_index()
letter = lambda power: (pl.col("index") // 26**power % 26 + 65).cast(pl.UInt8)
code = lambda *powers: pl.concat_str([letter(p).replace_strict(range(65, 91), [chr(c) for c in range(65, 91)],
                                      return_dtype=pl.Utf8) for p in powers])
frame = rows.select(year=pl.lit(2001, pl.Int16), exporter=code(0, 1, 2), importer=code(3, 0, 1),
                    product=pl.lit("260300"), value_usd="value_usd", quantity_t="value_usd")
print("ready", flush=True)
with Store(sys.argv[1]).publishing() as publication:
    for year in range(2001, 2031):
        publication.put_flows(info, year, frame.with_columns(year=pl.lit(year, pl.Int16)))
print("done", flush=True)
"""

# Publishes over and over as fast as it can, so that a kill often falls between the last steps.
MANY = """
import sys
import polars as pl
from entrepot.core.text import Text
from entrepot.store import DataSetInfo, Store
info = DataSetInfo("small", "HS92", 6, Text("", ""), "", "", "", "", "")
store = Store(sys.argv[1])
print("ready", flush=True)
for step in range(1, 100_000):
    with store.publishing() as publication:
        publication.put_flows(info, 2001, pl.DataFrame({
            "year": [2001], "exporter": ["CHL"], "importer": ["CHN"], "product": ["260300"],
            "value_usd": [float(step)], "quantity_t": [1.0]}))
"""


def start(script: str, store: Store) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(store.home)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(WAIT_S)
    if process.stdout is not None:
        process.stdout.close()
    assert process.returncode == -signal.SIGKILL, "the publication ended before the kill"


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not happened():
        assert time.monotonic() < end, "the publication did not get that far"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def assert_as_before(store: Store, version: str, answer: pl.DataFrame) -> None:
    fresh = Store(store.home)
    assert fresh.snapshot().id == version
    assert_frame_equal(fresh.snapshot().flows("small", YEARS), answer, check_exact=True)
    assert fresh.verify().whole


def assert_usable(store: Store, world: Callable[..., pl.DataFrame], info: object) -> None:
    """The next publication needs no repair, and pruning takes away what the killed one left."""
    with Store(store.home).publishing(timeout_s=1.0) as publication:
        publication.put_flows(info, 2002, world(2002, seed=77))
    fresh = Store(store.home)
    fresh.prune(older_than_hours=0)
    kept = {f"{sha256}.parquet" for sha256 in fresh.snapshot().manifest.objects()}
    previous = [path for path in fresh.layout.versions.iterdir() if path.stem != fresh.snapshot().id]
    assert len(previous) == 1
    assert kept <= names(fresh.layout.objects)
    assert not [name for name in names(fresh.layout.objects) if name.startswith(".")]
    assert fresh.verify().whole
    assert_frame_equal(
        fresh.snapshot().flows("small", [2002]), world(2002, seed=77).sort("product", "exporter", "importer")
    )


@pytest.mark.parametrize("count", [1, 2, 9, 20])
def test_killed_after_some_objects(store, world, info, count) -> None:
    version, answer = store.snapshot().id, store.snapshot().flows("small", YEARS)
    before = names(store.layout.objects)
    process = start(LONG, store)
    wait_until(lambda: len(names(store.layout.objects) - before) >= count)
    kill(process)
    assert_as_before(store, version, answer)
    left = len(names(store.layout.objects) - before)
    assert left >= count
    pruned = Store(store.home).prune()
    assert pruned.objects == left
    assert names(store.layout.objects) == before
    assert_as_before(store, version, answer)
    assert_usable(store, world, info)


def test_killed_while_a_file_is_half_written(store, world, info) -> None:
    version, answer = store.snapshot().id, store.snapshot().flows("small", YEARS)
    process = start(LONG, store)
    wait_until(lambda: any(name.startswith(".tmp-") for name in names(store.layout.objects)))
    kill(process)
    assert_as_before(store, version, answer)
    assert_usable(store, world, info)


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_a_random_moment(store, world, info, seed) -> None:
    version, answer = store.snapshot().id, store.snapshot().flows("small", YEARS)
    process = start(LONG, store)
    time.sleep(random.Random(seed).uniform(0.0, 0.25))
    kill(process)
    assert_as_before(store, version, answer)
    assert_usable(store, world, info)


def test_killed_as_the_manifest_appears(store, world, info) -> None:
    """Between the manifest and the pointer either version may be current, and whichever it is, it is whole."""
    version, answer = store.snapshot().id, store.snapshot().flows("small", YEARS)
    before = names(store.layout.versions)
    process = start(LONG, store)
    wait_until(lambda: names(store.layout.versions) != before)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=WAIT_S)
    current = Store(store.home).snapshot()
    if current.id == version:
        assert_as_before(store, version, answer)
    else:
        assert Store(store.home).verify().whole
        assert current.flows("small", YEARS).height == 30 * 60_000
    assert_usable(store, world, info)


@pytest.mark.parametrize("seed", range(6))
def test_killed_among_many_small_publications(store, world, info, seed) -> None:
    """Whatever step the kill falls on, the store is one of the versions that were published, whole."""
    others = store.snapshot().flows("small", [2002, 2003])
    first = store.snapshot().id
    process = start(MANY, store)
    wait_until(lambda: Store(store.home).snapshot().id != first)
    time.sleep(random.Random(seed).uniform(0.0, 0.1))
    kill(process)
    fresh = Store(store.home)
    assert fresh.verify().whole
    assert_frame_equal(fresh.snapshot().flows("small", [2002, 2003]), others)
    (value,) = fresh.snapshot().flows("small", [2001])["value_usd"]
    assert value >= 1
    assert_usable(store, world, info)


def test_readers_see_whole_versions_while_others_are_published(store) -> None:
    process = start(MANY, store)
    try:
        seen = set()
        end = time.monotonic() + WAIT_S
        while len(seen) < 20 and time.monotonic() < end:
            snapshot = Store(store.home).snapshot()
            assert snapshot.flows("small", [2002]).height > 0
            seen.add(snapshot.id)
    finally:
        kill(process)
    assert len(seen) >= 20
