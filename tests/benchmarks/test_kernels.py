"""The engines that `make bench` times say the same, and ours is the quickest of the two that run on one core."""

import time
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from benchmarks.agreement import TOLERANCE, largest_difference
from benchmarks.kernels import COLUMNS, ENGINES
from benchmarks.potential_kernel import failures, write_world
from benchmarks.world import world_year

# Loose, since tests run on busy machines: on a quiet one the ratio here is about 4.
LEAST_RATIO = 1.5


def kernel(engine: str):
    return import_module(f"benchmarks.kernels.by_{engine}")


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.parquet"
    write_world(world_year(economies=60, products=40), path)
    return path


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_every_engine_says_what_ours_says(engine: str, source: Path):
    found = []
    for name in ("entrepot", engine):
        its = kernel(name)
        found.append(its.answer(its.compute(its.load(source))))
    assert list(found[0]) == list(COLUMNS)
    assert largest_difference(*found) <= TOLERANCE


def test_the_world_has_holes_of_every_kind_and_is_the_same_every_time():
    worlds = [world_year(economies=60, products=40) for _ in range(2)]
    for name, x in worlds[0].columns.items():
        np.testing.assert_array_equal(x, worlds[1].columns[name])
    for name in ("quantity_t", "log_distance", "tariff"):
        assert 0 < np.isnan(worlds[0].columns[name]).mean() < 0.1
    assert (np.diff(worlds[0].columns["product"]) >= 0).all()


def test_a_difference_is_seen():
    mine = {"cda": np.array([0.5, np.nan]), "gap": np.array([1e-15, 0.1])}
    assert largest_difference(mine, {"cda": np.array([0.5, np.nan]), "gap": np.array([0.0, 0.1])}) < TOLERANCE
    assert largest_difference(mine, mine | {"cda": np.array([0.5 + 1e-8, np.nan])}) > TOLERANCE
    assert largest_difference(mine, mine | {"cda": np.array([0.5, 0.5])}) == np.inf
    assert failures({"agreement": {"pandas": np.inf}, "ratio_to": {"pandas": 99, "duckdb": 99}})


@pytest.mark.slow
def test_blocks_beat_pandas(tmp_path: Path):
    path = tmp_path / "world.parquet"
    write_world(world_year(products=300), path)
    best = {}
    for engine in ("entrepot", "pandas"):
        its = kernel(engine)
        flows = its.load(path)
        best[engine] = min(timed(its.compute, flows) for _ in range(5))
    assert best["pandas"] / best["entrepot"] >= LEAST_RATIO


def timed(function, argument) -> float:
    start = time.perf_counter()
    function(argument)
    return time.perf_counter() - start
