"""Random worlds for property tests: sparse flows of several products, with prices, distances and duties missing."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from entrepot.cube.cells import Cells


@dataclass(frozen=True)
class RandomWorld:
    """Every (exporter, importer ≠ exporter) of every product is a cell; what does not trade has the value 0."""

    cells: Cells
    known: dict[str, object]
    km: np.ndarray
    rates: np.ndarray
    neighbour: np.ndarray


def make(seed: int, *, full_prices: bool = False) -> RandomWorld:
    rng = np.random.default_rng(seed)
    n, products = int(rng.integers(3, 9)), int(rng.integers(1, 4))
    p, i, j = (x.ravel() for x in np.meshgrid(np.arange(products), np.arange(n), np.arange(n), indexing="ij"))
    i, j, p = (x[i != j] for x in (i, j, p))
    cells = Cells(i, j, p, n, products)
    value = np.where(rng.random(len(i)) < 0.5, rng.lognormal(3, 2, len(i)), 0.0)
    covered = np.ones(len(i)) if full_prices else rng.choice([0.0, 0.3, 0.7, 1.0], len(i), p=[0.2, 0.1, 0.1, 0.6])
    priced = value * covered
    quantity = np.where(priced > 0, priced / rng.lognormal(0, 1, len(i)), 0.0)
    km = rng.uniform(50, 15000, (n, n))
    km[rng.random((n, n)) < 0.15] = np.nan
    rates = np.where(rng.random((n, n)) < 0.2, np.nan, rng.uniform(0, 0.5, (n, n)))
    np.fill_diagonal(rates, np.nan)
    neighbour = rng.random((n, n)) < 0.1
    from entrepot.formulas.tariff import mean_tariffs

    faced, levied = mean_tariffs(rates)
    known = {
        "cells": cells,
        "value_usd": value,
        "priced_value_usd": priced,
        "period_value_usd": value,
        "period_priced_value_usd": priced,
        "period_quantity_t": quantity,
        "importer_reports": np.ones(len(i)),
        "distance_weight": value,
        "log_distance": np.log(km)[i, j],
        "neighbour": neighbour[i, j],
        "tariff": rates[i, j],
        "tariff_faced": faced[i],
        "tariff_levied": levied[j],
        "basis": "bilateral",
        "average": "simple",
        "missing": "usual",
        "exponent": "window",
        "data_years": 5,
        "history": np.vstack([value * rng.uniform(0, 2, len(i)) for _ in range(4)] + [value]),
        "supply": rng.uniform(0.9, 1.1, len(i)),
        "demand": rng.uniform(0.9, 1.1, len(i)),
    }
    return RandomWorld(cells, known, km, rates, neighbour)


worlds = st.integers(0, 2**32 - 1).map(make)
