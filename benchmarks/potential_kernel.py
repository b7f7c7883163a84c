"""Gap with its three advantages over a world year, by four engines: who takes how long, and do they agree?"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.agreement import TOLERANCE, largest_difference
from benchmarks.kernels import COLUMNS, ENGINES
from benchmarks.world import WorldYear

ROOT = Path(__file__).resolve().parents[1]
TARGETS = {"pandas": 8.0, "duckdb": 8.0}  # times as quick as these; not reached so far (README.md)


def write_world(world: WorldYear, path: Path) -> None:
    pq.write_table(pa.table(world.columns), path)


def run_engine(engine: str, source: Path, repeats: int, answer: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.child", engine, str(source), str(repeats), str(answer)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{engine} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(world: WorldYear, folder: Path, *, rounds: int, repeats: int) -> dict:
    """Each engine in a process of its own, round after round, so that a busy minute of the machine hits them all."""
    source = folder / "world.parquet"
    write_world(world, source)
    answers = {engine: folder / f"{engine}.npz" for engine in ENGINES}
    runs: dict[str, list[dict]] = {engine: [] for engine in ENGINES}
    for _ in range(rounds):
        for engine in ENGINES:
            runs[engine].append(run_engine(engine, source, repeats, answers[engine]))
    times = {engine: [t for run in runs[engine] for t in run["seconds"]] for engine in ENGINES}
    best = {engine: min(seconds) for engine, seconds in times.items()}
    middle = {engine: median(seconds) for engine, seconds in times.items()}
    others = ENGINES[1:]
    return {
        "cells": len(world),
        "runs": rounds * repeats,
        "seconds": rounded(best),
        "seconds_median": rounded(middle),
        "seconds_loading": rounded({engine: min(run["loading"] for run in runs[engine]) for engine in ENGINES}),
        "peak_mb": {engine: max(run["peak_mb"] for run in runs[engine]) for engine in ENGINES},
        "loaded_mb": {engine: max(run["loaded_mb"] for run in runs[engine]) for engine in ENGINES},
        "ratio_to": {engine: round(best[engine] / best["entrepot"], 2) for engine in others},
        "ratio_to_median": {engine: round(middle[engine] / middle["entrepot"], 2) for engine in others},
        "agreement": agreement(answers),
    }


def agreement(answers: dict[str, Path]) -> dict[str, float]:
    """Largest difference of each engine's answer from this package's."""
    found = {engine: dict(np.load(path)) for engine, path in answers.items()}
    mine = {name: found["entrepot"][name] for name in COLUMNS}
    return {engine: largest_difference(mine, found[engine]) for engine in ENGINES[1:]}


def failures(result: dict) -> list[str]:
    apart = {engine: x for engine, x in result["agreement"].items() if not x <= TOLERANCE}
    slow = {engine: x for engine, x in TARGETS.items() if result["ratio_to"][engine] < x}
    return [f"{engine} differs by {x:.1e}, more than {TOLERANCE:.0e}" for engine, x in apart.items()] + [
        f"{result['ratio_to'][engine]:.1f} times as quick as {engine}, not {x:g}" for engine, x in slow.items()
    ]


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {name: round(t, 4) for name, t in seconds.items()}
