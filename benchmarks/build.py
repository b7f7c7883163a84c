"""`entrepot build` of a whole year at HS6, how long pages from it take, in Python and over REST, and questions about all products.

    python -m benchmarks.build [PATH_TO_BACI.zip] [FOLDER_OF_REFERENCE_FILES]

Without a zip a year of 8.9 million rows is made up. With reference files (as `entrepot data add` takes them) duties are
part of it, which is most of the arithmetic.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

import numpy as np

from benchmarks.api import port_of, start_server
from benchmarks.memory import peak_mb

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = 2500  # of the made-up year
PAGES = 200
# All products of an exporter at HS6, in a market or in every market; the first is answered from the build in part.
QUESTIONS: dict[str, tuple[str, tuple[str, ...], str]] = {
    f"{name}_{basis}": (name, named, basis)
    for name, named in (("products", ("VNM", "CHN")), ("priorities", ("VNM",)))
    for basis in ("bilateral", "world")
}
SECONDS_TARGET, PEAK_TARGET_GIB, PAGE_TARGET_MS = 25.0, 3.0, 50.0


def measure(home: Path, release: Path | None = None, reference: Path | None = None, *, rounds: int = 3) -> dict:
    """Best of some builds, each in a process of its own, and pages by product and by pair from a further one."""
    _fill(home, release, reference)
    builds = [_child("build", home) for _ in range(rounds)]
    best = min(builds, key=lambda told: told["seconds"])
    return {
        "cells": best["cells"],
        "made_up": release is None,
        "with_reference_files": reference is not None,
        "seconds": round(best["seconds"], 1),
        "cpu_seconds": round(min(told["cpu"] for told in builds), 1),
        "peak_gib": round(max(told["peak_gib"] for told in builds), 2),
        "mib_on_disk": best["mib"],
        **_child("pages", home),
        **_child("served", home),
        "questions": {name: _child(name, home) for name in QUESTIONS},
    }


def _fill(home: Path, release: Path | None, reference: Path | None) -> None:
    from benchmarks.ingest import world_of
    from benchmarks.release import write_release
    from entrepot.ingest.add import add
    from entrepot.ingest.embedded import ensure_published
    from entrepot.store import Store

    store = Store(home)
    ensure_published(store)
    if reference is not None:
        add(store, reference)
    if release is not None:
        add(store, release, name="world")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "BACI_HS92_V209901.zip"
        world, codes, products = world_of(PRODUCTS)
        write_release(path, world, [2024], codes, products)
        add(store, path, name="world")


def _child(what: str, home: Path) -> dict:
    run = [sys.executable, "-m", "benchmarks.build", "--child", what]
    done = subprocess.run(run, cwd=ROOT, env={**os.environ, "ENTREPOT_HOME": str(home)}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{what} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def build_once() -> dict:
    from entrepot.workbench import open_workbench

    bench = open_workbench()
    begun, worked = time.perf_counter(), time.process_time()
    made = bench.build(data="world", level=6)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    size = sum(part.ref.bytes for part in made.parts) // 2**20
    return {"seconds": seconds, "cpu": cpu, "cells": made.rows, "mib": size, "peak_gib": peak_mb() / 1024}


def question(asked: str) -> dict:
    """One question over the whole world, in a process of its own."""
    from entrepot.workbench import open_workbench

    name, named, basis = QUESTIONS[asked]
    bench = open_workbench()
    begun, worked = time.perf_counter(), time.process_time()
    getattr(bench, name)(*named, data="world", level=6, basis=basis)
    return {
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu_seconds": round(time.process_time() - worked, 1),
        "peak_gib": round(peak_mb() / 1024, 2),
    }


def pages() -> dict:
    """Products and pairs at random, each asked once."""
    from entrepot.workbench import open_workbench

    bench = open_workbench()
    waits: dict[str, list[float]] = {"product": [], "market": []}
    rows: dict[str, int] = {"product": 0, "market": 0}
    for number, asked in enumerate(_questions()):
        for name, words in asked.items():
            begun = time.perf_counter()
            page = getattr(bench, f"{name}_page")(*words.values(), data="world")
            if number:  # the first of each opens the store
                waits[name].append((time.perf_counter() - begun) * 1000)
                rows[name] = max(rows[name], page.height)
    return {f"{name}_page_ms": {**_spread(found), "most_rows": rows[name]} for name, found in waits.items()}


def served() -> dict:
    """The same questions to the real server, one after the other on one connection: the 500 largest flows of each."""
    server = start_server(Path(os.environ["ENTREPOT_HOME"]))
    waits: dict[str, list[float]] = {"product": [], "market": []}
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=60)
        for number, asked in enumerate(_questions()):
            for name, words in asked.items():
                begun = time.perf_counter()
                connection.request(
                    "GET", f"/api/v1/flows?{urlencode({**words, 'data': 'world'})}", headers={"Accept-Encoding": "gzip"}
                )
                reply = connection.getresponse()
                body = reply.read()
                if number and reply.status == 200:  # 422: the two do not trade
                    waits[name].append((time.perf_counter() - begun) * 1000)
                elif reply.status not in {200, 422}:
                    raise SystemExit(f"{words}: {reply.status} {body[:300]!r}")
    finally:
        server.terminate()
        server.wait(timeout=20)
    return {f"{name}_page_rest_ms": {**_spread(found), "pages": len(found)} for name, found in waits.items()}


def _questions() -> list[dict[str, dict[str, str]]]:
    """A product, and a pair among the eighty largest importers, at random."""
    from entrepot.workbench import open_workbench

    bench, dice = open_workbench(), random.Random(1)
    goods = [good["code"] for good in bench.product_list("world") if good["level"] == 6]
    held = bench.snapshot.data_table("world", "reporters").sort("imports_usd", descending=True)["economy"].to_list()
    return [
        {
            "product": {"product": dice.choice(goods)},
            "market": dict(zip(("exporter", "market"), dice.sample(held[:80], 2), strict=True)),
        }
        for _ in range(PAGES + 1)
    ]


def _spread(waits: list[float]) -> dict[str, float]:
    return {"p50": round(float(np.median(waits)), 1), "p95": round(float(np.quantile(waits, 0.95)), 1)}


def failures(result: dict) -> list[str]:
    found = []
    if result["seconds"] > SECONDS_TARGET:
        found.append(f"build of {result['cells']:,} cells took {result['seconds']} s, not under {SECONDS_TARGET:.0f}")
    if result["peak_gib"] > PEAK_TARGET_GIB:
        found.append(f"build held {result['peak_gib']} GiB, not under {PEAK_TARGET_GIB:.0f}")
    for name in ("product_page", "market_page", "product_page_rest", "market_page_rest"):
        p95 = result[f"{name}_ms"]["p95"]
        if p95 > PAGE_TARGET_MS:
            found.append(f"{name}: {p95} ms (p95), not under {PAGE_TARGET_MS:.0f}")
    return found


PARTS = {"build": build_once, "pages": pages, "served": served}


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        what = sys.argv[2]
        print(json.dumps(question(what) if what in QUESTIONS else PARTS[what]()))
        return
    given = [Path(word).resolve() for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as folder:
        result = measure(Path(folder) / "home", *given)
    print(json.dumps(result, indent=2))
    for miss in failures(result):
        print(f"MISSED: {miss}", file=sys.stderr)


if __name__ == "__main__":
    main()
