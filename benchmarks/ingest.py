"""From a zip of BACI to one sorted Parquet file: the house's own way beside pandas and DuckDB on the same file.

    python -m benchmarks.ingest [PATH_TO_BACI.zip]

Then releases of 1, 5 and 30 years are made up, in the layout of BACI, to see that memory is that of one year. Each way runs in a process of its own. The house also maps countries, checks every value, counts what it leaves out,
derives the tables of reporters and coverage and publishes; the others only read, sort by product and write.
"""

import json
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

from benchmarks.memory import peak_mb
from benchmarks.release import write_release
from benchmarks.world import WorldYear, world_year

ROOT = Path(__file__).resolve().parents[1]
ECONOMIES, PRODUCTS = 226, 620  # 2.2 million rows a year, or 66 million in 30
YEARS = (1, 5, 30)
SPEED_TARGET, PEAK_TARGET = 1.5, 2.0  # million rows a second; GiB
WAYS = ("entrepot", "pandas", "pandas_unsorted", "duckdb")


def year_entries(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if "_Y" in name and name.endswith(".csv")]


def by_entrepot(path: Path, folder: Path) -> int:
    from entrepot.ingest.add import add
    from entrepot.ingest.embedded import ensure_published
    from entrepot.store import Store

    store = Store(folder)
    ensure_published(store)
    begun = time.perf_counter()
    report = add(store, path, name="world")
    took(begun)
    return report.added[0].report.rows_read


def by_pandas(path: Path, folder: Path, *, sort: bool = True) -> int:
    import pandas

    begun = time.perf_counter()
    rows = 0
    with zipfile.ZipFile(path) as archive:
        for name in year_entries(path):
            with archive.open(name) as file:
                frame = pandas.read_csv(file, dtype={"k": str}, skipinitialspace=True, na_values=["NA"])
            if sort:
                frame = frame.sort_values(["k", "i", "j"])
            frame.to_parquet(folder / f"{Path(name).stem}.parquet", compression="zstd", index=False)
            rows += len(frame)
    took(begun)
    return rows


def by_duckdb(path: Path, folder: Path) -> int:
    import duckdb

    begun = time.perf_counter()
    connection = duckdb.connect(config={"memory_limit": "1.5GB", "threads": 2, "temp_directory": str(folder)})
    rows = 0
    with zipfile.ZipFile(path) as archive:
        for name in year_entries(path):
            csv = archive.extract(name, folder)
            out = folder / f"{Path(name).stem}.parquet"
            connection.execute(
                f"COPY (SELECT * FROM read_csv('{csv}', nullstr=['NA', ''], types={{'k': 'VARCHAR', 'q': 'VARCHAR'}}) "
                f"ORDER BY k, i, j) TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
            )
            found = connection.execute(f"SELECT count(*) FROM read_parquet('{out}')").fetchone()
            rows += found[0] if found else 0
    took(begun)
    return rows


def took(begun: float) -> None:
    sys.stderr.write(json.dumps({"seconds": time.perf_counter() - begun}) + "\n")


def child(way: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if way == "pandas_unsorted":
            rows = by_pandas(path, Path(folder), sort=False)
        else:
            rows = {"entrepot": by_entrepot, "pandas": by_pandas, "duckdb": by_duckdb}[way](path, Path(folder))
    sys.stderr.write(json.dumps({"rows": rows, "gib": peak_mb() / 1024}) + "\n")


def run_way(way: str, path: Path) -> dict[str, float]:
    """One way in a process of its own: seconds, rows, the most memory it held (GiB)."""
    run = [sys.executable, "-m", "benchmarks.ingest", str(path), way]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{way} failed:\n{done.stderr}")
    told: dict[str, float] = {}
    for line in done.stderr.splitlines():
        if line.startswith("{"):
            told |= json.loads(line)
    return told


def measure(folder: Path, path: Path | None = None, *, rounds: int = 3) -> dict:
    """The ways side by side on one year, best of some rounds; and the house's way on 1, 5 and 30 years.

    Parameters
    ----------
    path : a zip of BACI to compare the ways on; a made-up year of 2.2 million rows if there is none.
    """
    world, codes, products = world_of()
    one = path or folder / "BACI_HS92_V209901.zip"
    if path is None:
        write_release(one, world, [2000], codes, products)
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(run_way(way, one))
    best = {way: min(found, key=lambda told: told["seconds"]) for way, found in runs.items()}
    found: dict = {
        "rows": int(best["entrepot"]["rows"]),
        "made_up": path is None,
        "million_rows_per_s": {way: round(told["rows"] / told["seconds"] / 1e6, 2) for way, told in best.items()},
        "peak_gib": {way: round(max(told["gib"] for told in runs[way]), 2) for way in WAYS},
        "years": {},
    }
    for years in YEARS:
        release = folder / f"BACI_HS92_V2099{years:02d}.zip"
        rows = write_release(release, world, range(2100 - years, 2100), codes, products)
        told = run_way("entrepot", release)
        release.unlink()
        found["years"][str(years)] = {
            "rows": rows,
            "million_rows_per_s": round(rows / told["seconds"] / 1e6, 2),
            "peak_gib": round(told["gib"], 2),
        }
        print(f"  {years} years: {json.dumps(found['years'][str(years)])}", flush=True)
    return found


def world_of(products: int = PRODUCTS) -> tuple[WorldYear, pl.DataFrame, list[str]]:
    """A made-up year; the numbers of its economies, which the store knows; its products' codes."""
    from entrepot.ingest.embedded import ensure_published
    from entrepot.store import Store

    with tempfile.TemporaryDirectory() as home:
        store = Store(Path(home))
        ensure_published(store)
        table = store.snapshot().reference("codes").filter(pl.col("scheme") == "baci").select("code", "iso3")
        codes = table.unique("iso3", keep="first", maintain_order=True).sort("code").head(ECONOMIES)
    world = world_year(economies=codes.height, products=products)
    return world, codes, [f"{10_100 + 130 * number:06d}" for number in range(products)]


def failures(result: dict) -> list[str]:
    found = []
    speed = result["million_rows_per_s"]["entrepot"]
    if speed < SPEED_TARGET:
        found.append(f"ingest at {speed} million rows a second, not {SPEED_TARGET}")
    for years, told in result["years"].items():
        if told["peak_gib"] > PEAK_TARGET:
            found.append(f"ingest of {years} years held {told['peak_gib']} GiB, not under {PEAK_TARGET}")
    return found


def main() -> None:
    if len(sys.argv) > 2:
        child(sys.argv[2], Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as folder:
        result = measure(Path(folder), Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)
    print(f"{'way':<16} {'million rows/s':>15} {'peak GiB':>9}")
    for way in WAYS:
        print(f"{way:<16} {result['million_rows_per_s'][way]:15.2f} {result['peak_gib'][way]:9.2f}")
    for miss in failures(result):
        print(f"MISSED: {miss}", file=sys.stderr)


if __name__ == "__main__":
    main()
