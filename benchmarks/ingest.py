"""From a zip of BACI to one sorted Parquet file: the house's own way beside pandas and DuckDB on the same file.

    python -m benchmarks.ingest PATH_TO_BACI.zip

Each way runs in a process of its own. The house also maps countries, checks every value, counts what it leaves out,
derives the tables of reporters and coverage and publishes; the others only read, sort by product and write.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stderr.write(json.dumps({"rows": rows, "gib": peak}) + "\n")


def main() -> None:
    path = Path(sys.argv[1]).resolve()
    if len(sys.argv) > 2:
        child(sys.argv[2], path)
        return
    print(f"{'way':<16} {'seconds':>8} {'million rows/s':>15} {'peak GiB':>9}")
    for way in WAYS:
        run = [sys.executable, "-m", "benchmarks.ingest", str(path), way]
        done = subprocess.run(run, capture_output=True, text=True, check=True)
        told: dict[str, float] = {}
        for line in done.stderr.splitlines():
            if line.startswith("{"):
                told |= json.loads(line)
        print(f"{way:<16} {told['seconds']:8.1f} {told['rows'] / told['seconds'] / 1e6:15.2f} {told['gib']:9.2f}")


if __name__ == "__main__":
    main()
