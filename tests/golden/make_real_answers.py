"""Write real_answers.json: a few real answers, computed again without the package.

Reads the embedded Parquet files directly and uses the plain twin of tests/properties (dictionaries and loops, written from
the methods page). Run it when the embedded data change: python -m tests.golden.make_real_answers
"""

import json
from collections import defaultdict
from pathlib import Path

import polars as pl

from tests.properties.twin import NAN, gravity, isnan

PLACE = Path(__file__).with_name("real_answers.json")
DEMO = Path(__file__).parents[2] / "src" / "entrepot" / "demo"
CASES = [
    {"exporter": "CHL", "product": "2603", "year": 2024, "basis": "bilateral"},
    {"exporter": "CHL", "product": "2603", "year": 2024, "basis": "world"},
    {"exporter": "AUS", "product": "260111", "year": 2019, "basis": "bilateral"},
    {"exporter": "ZAF", "product": "7110", "year": 2010, "basis": "world"},
]
WINDOW = 5


def answer(flows, pairs, exporter, product, year, basis):
    """importer → columns, for every market that imported the product from anyone in the window."""
    years = range(year - WINDOW + 1, year + 1)
    reports = defaultdict(set)
    cube = defaultdict(lambda: [0.0, 0.0, 0.0])
    for t, i, j, p, value, quantity in flows.filter(pl.col("year").is_in(list(years))).iter_rows():
        reports[t].add(j)
        if p.startswith(product) and i != j:
            cell = cube[t, i, j]
            cell[0] += value
            if quantity is not None:
                cell[1] += value
                cell[2] += quantity
    now = {(i, j): tuple(cell) for (t, i, j), cell in cube.items() if t == year}
    everyone = {i for _, i, _ in cube} | {exporter}
    markets = sorted({j for _, _, j in cube} - {exporter})
    km, near = {}, set()
    for i, j, border, distance in pairs.iter_rows():
        km[i, j] = distance if distance is not None else NAN
        if border:
            near.add((i, j))
    duty = {(i, j): NAN for i in everyone for j in {*markets, exporter}}
    columns = gravity(now, km, duty, near, basis=basis)

    def bilateral(t, i, j):
        if (t, i, j) in cube:
            return cube[t, i, j][0]
        return 0.0 if i in reports[t] and j in reports[t] else NAN

    def imports(t, j):
        whole = sum(cell[0] for (s, _, n), cell in cube.items() if s == t and n == j)
        return whole if whole or j in reports[t] else NAN

    found = {}
    for j in markets:
        history = [imports(t, j) if basis == "world" else bilateral(t, exporter, j) for t in years]
        cagr, lyg = growth_of(history)
        growth = lyg if isnan(cagr) else (cagr + lyg) / 2
        value, size = bilateral(year, exporter, j), imports(year, j)
        here = columns.get((exporter, j), {})
        unknown = isnan(value)
        gap = NAN if unknown else here.get("gap", 0.0)
        share = NAN if unknown else here.get("gravity_share", 0.0)
        static = share * size if basis == "world" else (1 + gap) * value
        row = {
            "value_usd": value,
            "market_size_usd": size,
            "share_in_market": value / size if size else value * size,
            "gravity_share": share,
            "gap": gap,
            "cda": here.get("cda", NAN),
            "cpa": here.get("cpa", NAN),
            "cagr": cagr,
            "lyg": lyg,
            "growth": growth,
            "potential_static_usd": static,
            "potential_usd": 0.0 if static == 0 else static * (1 + growth),
            "unrealised_usd": max(0.0, gap * size) if not isnan(gap * size) else NAN,
            "distance_km": km.get((exporter, j), NAN),
        }
        if not here:
            del row["cda"]  # nobody supplies the market in the year, or the exporter nobody: outside the twin
        found[j] = {column: None if isnan(x) else float(f"{x:.13g}") for column, x in row.items()}
    return found


def growth_of(history):
    known = [x for x in history if not isnan(x)]
    first, last = history[0], history[-1]
    if isnan(last) or len(known) < 2 or sum(known) == 0:
        return NAN, NAN
    mean = sum(known) / len(known)
    cagr = (last / first) ** (1 / len(history)) - 1 if not isnan(first) and first > 0 else NAN
    return cagr, (last - mean) / mean


if __name__ == "__main__":
    columns = ["year", "exporter", "importer", "product", "value_usd", "quantity_t"]
    flows = pl.read_parquet(DEMO / "flows.parquet", columns=columns).select(columns)
    pairs = pl.read_parquet(DEMO / "pairs.parquet").select("exporter", "importer", "border", "km_ports")
    answers = [{**case, "rows": answer(flows, pairs, **case)} for case in CASES]
    PLACE.write_text(json.dumps(answers, indent=0) + "\n", "utf-8")
