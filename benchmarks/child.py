"""One engine in a process of its own: `python -m benchmarks.child ENGINE INPUT REPEATS [ANSWER]`; prints its times as JSON."""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks.memory import peak_mb


def main(engine: str, source: str, repeats: str, answer: str | None = None) -> None:
    kernel = import_module(f"benchmarks.kernels.by_{engine}")
    start = time.perf_counter()
    loaded = kernel.load(Path(source))
    loading, loaded_mb = time.perf_counter() - start, peak_mb()
    seconds, computed = [], None
    for _ in range(int(repeats)):
        del computed  # or two answers are in memory at a time
        start = time.perf_counter()
        computed = kernel.compute(loaded)
        seconds.append(time.perf_counter() - start)
    peak = peak_mb()
    if answer:
        np.savez(answer, **kernel.answer(computed))
    print(json.dumps({"seconds": seconds, "loading": loading, "loaded_mb": loaded_mb, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
