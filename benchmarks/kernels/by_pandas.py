"""pandas as a competent user writes it: groupby by product and economy, one transform for each sum that the formulas name."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.kernels import COLUMNS

EXPORTER, IMPORTER = ["product", "exporter"], ["product", "importer"]


def load(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path)


def compute(flows: pd.DataFrame) -> pd.DataFrame:
    value, log_distance, tariff = flows["value_usd"], flows["log_distance"], flows["tariff"]
    price = value / flows["quantity_t"]
    cells = flows.assign(price=price, weight=value.where(log_distance.notna(), 0.0), weighted=value * log_distance)
    of_exporter, of_importer = (cells.groupby(key, sort=False) for key in (EXPORTER, IMPORTER))

    def nearness(groups) -> pd.Series:
        usual = groups["weighted"].transform("sum") / groups["weight"].transform("sum")
        return np.exp(-(usual - log_distance).abs())

    cda = np.minimum(nearness(of_exporter), nearness(of_importer)).mask(flows["neighbour"], 1.0)
    paid_to, paid_by = (groups["price"].transform("mean") for groups in (of_exporter, of_importer))
    cpa = np.minimum(1 + price / (paid_to + price), 1 + paid_by / (paid_by + price))
    faced, levied = (groups["tariff"].transform("mean") for groups in (of_exporter, of_importer))
    cta = np.minimum((1 + faced) / (1 + tariff), (1 + levied) / (1 + tariff))

    # Holes of a factor take its value-weighted mean over the market's suppliers, or 1.
    factors = {"cta": cta, "cpa": cpa, "cda": cda}
    above = {name: value * factor for name, factor in factors.items()}
    below = {f"{name}_weight": value.where(factor.notna(), 0.0) for name, factor in factors.items()}
    suppliers = flows.assign(**above, **below).groupby(IMPORTER, sort=False)
    friction = 1.0
    for name, factor in factors.items():
        usual = suppliers[name].transform("sum") / suppliers[f"{name}_weight"].transform("sum")
        friction = friction * factor.fillna(usual.fillna(1.0))

    pull = value * friction
    total = flows.assign(pull=pull).groupby(IMPORTER, sort=False)["pull"].transform("sum")
    gap = pull / total - value / of_importer["value_usd"].transform("sum")
    return pd.DataFrame(dict(zip(COLUMNS, (cda, cpa, cta, gap), strict=True)), copy=False)


def answer(computed: pd.DataFrame) -> dict:
    return {name: computed[name].to_numpy() for name in COLUMNS}
