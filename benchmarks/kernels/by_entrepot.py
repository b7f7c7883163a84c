"""This package: its own formulas on blocks of whole products, two blocks at a time where there are two cores."""

import os
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.kernels import COLUMNS
from benchmarks.world import ECONOMIES
from entrepot.formulas.compute import resolve
from entrepot.scale.blocks import run_blocks

THREADS = min(2, os.cpu_count() or 1)
# Threads hand the interpreter to each other at every array operation, so theirs should be longer than one thread would choose.
CELLS_PER_BLOCK = 131_072 if THREADS > 1 else 65_536


def load(path: Path) -> dict:
    table = pq.read_table(path)
    return {name: table[name].to_numpy() for name in table.column_names}


def gap_of_block(cells, known):
    value, quantity = known["value_usd"], known["quantity_t"]
    priced = np.where(np.isfinite(quantity), value, 0.0)
    inputs = {
        "cells": cells,
        "value_usd": value,
        "distance_weight": value,
        "period_value_usd": value,
        "period_priced_value_usd": priced,
        "period_quantity_t": quantity,
        "importer_reports": np.ones(len(cells)),
        "log_distance": known["log_distance"],
        "neighbour": known["neighbour"],
        "tariff": known["tariff"],
        "tariff_faced": cells.mean_by("exporter", known["tariff"]),
        "tariff_levied": cells.mean_by("importer", known["tariff"]),
        "basis": "bilateral",
        "average": "simple",
        "missing": "usual",
    }
    found = resolve(COLUMNS, inputs)
    return {name: found[name] for name in COLUMNS}


def compute(flows: dict) -> dict:
    keys = ("exporter", "importer", "product")
    i, j, p = (flows[name] for name in keys)
    rest = {name: x for name, x in flows.items() if name not in keys}
    how = {"cells_per_block": CELLS_PER_BLOCK, "threads": THREADS}
    return run_blocks(gap_of_block, i, j, p, rest, economies=ECONOMIES, **how)


def answer(computed: dict) -> dict:
    return computed
