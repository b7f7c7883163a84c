"""Polars: window expressions over one integer key per side (two keys take nearly twice as long), on all cores."""

from pathlib import Path

import polars as pl

from benchmarks.kernels import COLUMNS
from benchmarks.world import ECONOMIES

SIDES = ("exporter", "importer")


def load(path: Path) -> pl.DataFrame:
    flows = pl.read_parquet(path)
    return flows.with_columns(pl.col("quantity_t", "log_distance", "tariff").fill_nan(None)).rechunk()


def nearness(side: str) -> pl.Expr:
    value, log_distance = pl.col("value_usd"), pl.col("log_distance")
    weighted = (value * log_distance).sum().over(f"by_{side}")
    weight = pl.when(log_distance.is_not_null()).then(value).sum().over(f"by_{side}")
    return (-(weighted / weight - log_distance).abs()).exp()


def lower(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The smaller of two that are null together."""
    return pl.min_horizontal(a, b)


def filled(factor: str) -> pl.Expr:
    value, known = pl.col("value_usd"), pl.col(factor).is_not_null()
    weighted = (value * pl.col(factor)).sum().over("by_importer")
    usual = weighted / pl.when(known).then(value).sum().over("by_importer")
    return pl.coalesce(factor, usual.fill_nan(None), 1.0)


def compute(flows: pl.DataFrame) -> pl.DataFrame:
    price, tariff, value = pl.col("price"), pl.col("tariff"), pl.col("value_usd")
    price_of = {side: price.mean().over(f"by_{side}") for side in SIDES}
    tariff_of = {side: tariff.mean().over(f"by_{side}") for side in SIDES}
    ep, ip = 1 + price / (price_of["exporter"] + price), 1 + price_of["importer"] / (price_of["importer"] + price)
    et, it = ((1 + mean) / (1 + tariff) for mean in tariff_of.values())
    pull = pl.col("pull")
    return (
        flows.lazy()
        .with_columns(
            (value / pl.col("quantity_t")).alias("price"),
            *((pl.col("product").cast(pl.Int32) * ECONOMIES + pl.col(side)).alias(f"by_{side}") for side in SIDES),
        )
        .with_columns(
            pl.when("neighbour").then(1.0).otherwise(lower(*map(nearness, SIDES))).alias("cda"),
            lower(ep, ip).alias("cpa"),
            lower(et, it).alias("cta"),
        )
        .with_columns((value * filled("cta") * filled("cpa") * filled("cda")).alias("pull"))
        .select(
            *COLUMNS[:3],
            (pull / pull.sum().over("by_importer") - value / value.sum().over("by_importer")).alias("gap"),
        )
        .collect()
    )


def answer(computed: pl.DataFrame) -> dict:
    return {name: computed[name].fill_null(float("nan")).to_numpy() for name in COLUMNS}
