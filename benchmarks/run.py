"""Measure everything, print it, write results.json beside this file; ends with 1 if a target is missed."""

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

from benchmarks import api, build, ingest, markets, potential_kernel
from benchmarks.kernels import ENGINES
from benchmarks.moment import moment
from benchmarks.world import world_year

PARTS = ("kernel", "markets", "api", "ingest", "build")
RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    chosen = arguments()
    results = {"machine": machine()}
    missed = []
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        folder = Path(name)
        if "kernel" in chosen.parts:
            world = world_year()
            result = potential_kernel.measure(world, folder, rounds=chosen.rounds, repeats=chosen.repeats)
            results["potential_kernel"] = result
            missed += potential_kernel.failures(result)
            print_kernel(result)
        homes = {"markets": folder / "home", "api": folder / "home", "ingest": folder, "build": folder / "world"}
        given: dict[str, tuple[Path | None, ...]] = {
            "ingest": (chosen.release,), "build": (chosen.release, chosen.reference)
        }  # fmt: skip
        for part, module in (("markets", markets), ("api", api), ("ingest", ingest), ("build", build)):
            if part in chosen.parts:
                if part in given and chosen.release is None:
                    print(
                        f"\n{part}: no --release given, so the real world is skipped and a made-up one taken",
                        flush=True,
                    )
                results[part] = {**moment(), **module.measure(homes[part], *given.get(part, ()))}
                missed += module.failures(results[part])
                print(f"\n{part}: {json.dumps(results[part])}", flush=True)
    if set(chosen.parts) == set(PARTS):
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        for part in ("ingest", "build"):  # what was measured on the real world is not lost to a made-up one
            if results[part]["made_up"] and part in kept and not kept[part]["made_up"]:
                results[part] = kept[part]
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    elif chosen.keep:
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        RESULTS.write_text(
            json.dumps(kept | {k: v for k, v in results.items() if k != "machine"}, indent=2) + "\n", encoding="utf-8"
        )
    for miss in missed:
        print(f"MISSED: {miss}", file=sys.stderr)
    return 1 if missed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"of {', '.join(PARTS)}; default all")
    parser.add_argument(
        "--release", type=existing, help="a zip of BACI for ingest and build; without it a made-up world"
    )
    parser.add_argument("--reference", type=existing, help="folder of reference files, so that the build has duties")
    parser.add_argument(
        "--keep", action="store_true", help="write the results of some parts too, beside the other ones"
    )
    parser.add_argument("--rounds", type=int, default=3, help="fresh processes per engine")
    parser.add_argument("--repeats", type=int, default=5, help="runs within each process")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return chosen


def existing(word: str) -> Path:
    """A path that is there, made absolute, since each measurement runs in a process of its own."""
    path = Path(word).resolve()
    if not path.exists():
        raise argparse.ArgumentTypeError(f"{word} is not there")
    return path


def machine() -> dict:
    """What the times depend on; nothing that names the machine."""
    libraries = ("numpy", "scipy", "pandas", "polars", "duckdb", "pyarrow")
    return {
        **moment(),
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in libraries},
    }


def print_kernel(result: dict) -> None:
    print(f"Gap with its three advantages, {result['cells']:,} flows, {result['runs']} runs per engine")
    print(
        f"{'':15}{'best s':>9}{'median s':>10}{'× (best)':>10}{'× (median)':>12}{'loading s':>11}{'peak MB':>9}{'differs':>10}"
    )
    for engine in ENGINES:
        ratios = [result[key].get(engine, 1.0) for key in ("ratio_to", "ratio_to_median")]
        print(
            f"{engine:15}{result['seconds'][engine]:9.3f}{result['seconds_median'][engine]:10.3f}"
            f"{ratios[0]:10.1f}{ratios[1]:12.1f}{result['seconds_loading'][engine]:11.2f}"
            f"{result['peak_mb'][engine]:9.0f}{result['agreement'].get(engine, 0.0):10.0e}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
