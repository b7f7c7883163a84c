"""How long the market finder thinks: one question on the embedded store, in a fresh process and again in the same."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
QUESTION = ("CHL", "2603", 2024)
COLD_TARGET = 0.3  # seconds


def measure(home: Path, processes: int = 5) -> dict:
    """The median over fresh processes; the store at `home` is published if it is not there."""
    run_once(home)
    runs = [run_once(home) for _ in range(processes)]
    cold, warm, loading = (median(run[name] for run in runs) for name in ("cold", "warm", "opening"))
    return {
        "question": "markets({!r}, {!r}, year={})".format(*QUESTION),
        "seconds": {"cold": round(cold, 4), "warm": round(warm, 4), "import_and_open": round(loading, 4)},
    }


def run_once(home: Path) -> dict:
    environment = {**os.environ, "ENTREPOT_HOME": str(home)}
    command = [sys.executable, "-m", "benchmarks.markets"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the market finder failed:\n{done.stderr}")
    return json.loads(done.stdout)


def failures(result: dict) -> list[str]:
    cold = result["seconds"]["cold"]
    return [] if cold < COLD_TARGET else [f"markets took {cold:.3f} s of compute, not under {COLD_TARGET} s"]


def ask() -> None:
    start = time.perf_counter()
    from entrepot.workbench import open_workbench

    bench = open_workbench()
    opened = time.perf_counter()
    exporter, product, year = QUESTION
    seconds = []
    for _ in range(6):
        begin = time.perf_counter()
        bench.markets(exporter, product, year=year)
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({"opening": opened - start, "cold": seconds[0], "warm": median(seconds[1:])}))


if __name__ == "__main__":
    ask()
