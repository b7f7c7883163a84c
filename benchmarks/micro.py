"""The micro laboratory measured: does it find the truth, and how large a customs file can it take.

    .venv/bin/python benchmarks/micro.py recovery             # quality in simulated worlds against the truth
    .venv/bin/python benchmarks/micro.py size --rows 100000000 --folder FOLDER   # simulated to Parquet, then computed
    .venv/bin/python benchmarks/micro.py engines --rows 20000000 --folder FOLDER # the sums of eq. 2 by Polars and DuckDB
    .venv/bin/python benchmarks/micro.py pandas --rows 5000000 --folder FOLDER   # eq. 2 by pandas and pyfixest

Each prints JSON, with the date and the load of the machine. `recovery.py` beside this file sees whether the effect is found.
`size` wants a quiet machine and about 6 GB of disk for 100 million rows; its file is kept and used again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

import numpy as np
import polars as pl

from benchmarks.moment import moment

ROWS_PER_FIRM = 14.8  # with the defaults below
LARGE = {"products": 1200, "regions": 31, "destinations": 60}
SMALL = {"firms": 4000, "products": 80, "regions": 6, "years": range(2010, 2014)}
PYTHON = sys.executable
ENTREPOT = str(Path(PYTHON).with_name("entrepot"))


def recovery(worlds: int) -> dict:
    """Least correlation of quality with the truth within a product, over worlds."""
    from entrepot.analyses.micro.answers import quality
    from entrepot.analyses.simulation import simulate_customs

    least = []
    for seed in range(worlds):
        world = simulate_customs(**SMALL, seed=seed)
        both = quality(world.flows).frame.join(world.firms, on=["firm", "product", "year"], suffix="_true")
        least.append(both.group_by("product").agg(pl.corr("quality", "quality_true"))["quality"].min())
    return {"worlds": worlds, "least_correlation": min(least), "median_of_least": float(np.median(least))}


def size(rows: int, folder: Path) -> dict:
    """Time and peak memory of every command on a simulated file of about that many rows."""
    flows, regions = _simulated(rows, folder)
    found = {
        "rows": pl.scan_parquet(flows).select(pl.len()).collect().item(),
        "file_mb": round(flows.stat().st_size / 1e6),
    }
    for command in (["cells", "--regions", str(regions)], ["quality"], ["traders"]):
        out = folder / f"{command[0]}.parquet"
        words = [ENTREPOT, command[0], str(flows), *command[1:], "--out", str(out), "--force"]
        found[command[0]] = _measured(words)
    return found


def engines(rows: int, folder: Path) -> dict:
    """The aggregation behind eq. 2 by two engines, each in a process of its own."""
    flows, _ = _simulated(rows, folder)
    return {name: _measured([PYTHON, __file__, f"one-{name}", "--folder", str(flows)]) for name in ("polars", "duckdb")}


def pandas(rows: int, folder: Path) -> dict:
    """The first so many rows through pandas and pyfixest, in a process of its own."""
    flows, _ = _simulated(rows, folder)
    return {"rows": rows, **_measured([PYTHON, __file__, "one-pandas", "--rows", str(rows), "--folder", str(flows)])}


def _simulated(rows: int, folder: Path) -> tuple[Path, Path]:
    flows, truth = folder / f"flows-{rows}.parquet", folder / f"truth-{rows}"
    if not flows.exists():
        firms = str(round(rows / ROWS_PER_FIRM))
        words = [f"--{name}={value}" for name, value in LARGE.items()]
        written = ["--firms", firms, *words, "--out", str(flows), "--truth", str(truth), "--force"]
        subprocess.run([ENTREPOT, "simulate", "customs", *written], check=True)
    return flows, truth / "regions.csv"


def _measured(words: list[str]) -> dict:
    """Seconds and peak memory of a process."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        last = said.read().decode(errors="replace").strip().splitlines()[-1:]
    found = {"seconds": round(time.perf_counter() - start, 1), "peak_mb": round(used.ru_maxrss / 1024)}
    return (
        found if run.returncode == 0 else {**found, "failed": last[0][:200] if last else f"exit code {run.returncode}"}
    )


def one_polars(flows: Path) -> None:
    price = pl.col("value_usd") / pl.col("quantity")
    pl.scan_parquet(flows).filter(pl.col("quantity") > 0).group_by("destination", "year", "product").agg(
        pl.len(), (pl.col("quantity").log() + 4 * price.log()).sum()
    ).collect(engine="streaming")


def one_duckdb(flows: Path) -> None:
    import duckdb

    duckdb.sql(
        "select destination, year, product, count(*), sum(ln(quantity) + 4 * ln(value_usd / quantity)) "
        f"from '{flows}' where quantity > 0 group by all"
    ).fetchnumpy()


def one_pandas(flows: Path, rows: int) -> None:
    import pyfixest as pf

    columns = ["firm", "product", "year", "destination", "value_usd", "quantity"]
    data = pl.scan_parquet(flows).select(columns).head(rows).collect().to_pandas()
    data["y"] = np.log(data["quantity"]) + 4 * np.log(data["value_usd"] / data["quantity"])
    data["ct"] = data["destination"] + data["year"].astype(str)
    fit = pf.feols("y ~ 1 | ct + product", data=data, fixef_rm="none", demeaner=pf.MapDemeaner(fixef_tol=1e-10))
    data["quality"] = np.exp(np.asarray(fit.resid()) / 3)
    data.groupby(["firm", "product", "year"], observed=True)["quality"].mean()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part")
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path.cwd())
    chosen = parser.parse_args()
    parts = {
        "recovery": lambda: recovery(chosen.worlds),
        "size": lambda: size(chosen.rows, chosen.folder),
        "engines": lambda: engines(chosen.rows, chosen.folder),
        "pandas": lambda: pandas(chosen.rows, chosen.folder),
        "one-polars": lambda: one_polars(chosen.folder),
        "one-duckdb": lambda: one_duckdb(chosen.folder),
        "one-pandas": lambda: one_pandas(chosen.folder, chosen.rows),
    }
    if chosen.part not in parts:
        parser.error(f"unknown part; there are {', '.join(parts)}")
    found = parts[chosen.part]()
    if found is not None:
        print(json.dumps({"measured": moment(), **found}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
