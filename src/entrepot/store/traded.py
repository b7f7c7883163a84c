"""What the store knows of the trade in a classification: by it codes of another one are parted."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from entrepot.store.snapshot import Snapshot

HS6 = 6


@dataclass(frozen=True, slots=True)
class Traded:
    """Trade by product.

    Parameters
    ----------
    data : name of the data set; empty where the store has none of the classification.
    value : product → US$, all years together.
    """

    data: str
    value: Mapping[str, float]


def traded_in(snapshot: Snapshot, classification: str) -> Traded:
    """Trade in a classification: of its data sets of six digits the one with most products.

    A data set that was itself carried over is not asked: it would only confirm the weights that made it.
    """
    best = Traded("", {})
    for dataset in snapshot.datasets.values():
        info = dataset.info
        if info.classification == classification and info.level == HS6 and info.converted is None:
            summed = snapshot.data_table(info.name, "coverage").group_by("product").agg(pl.col("value_usd").sum())
            if summed.height > len(best.value):
                best = Traded(info.name, dict(summed.iter_rows()))
    return best
