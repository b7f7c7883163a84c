"""Table ``flows``: BACI HS92, minerals, metals and energy, 1995-2024, value and quantity."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from demo.codes import BACI
from entrepot.tables import flows as canonical


@dataclass(frozen=True)
class TradeCounts:
    """What happened to the rows on their way into the table."""

    rows_read: int
    without_quantity: int
    not_numbers: int
    own_trade: int
    duplicates_summed: int
    products_hs6: int
    products_hs4: int


def build_flows(sources: Path, codes: pl.DataFrame) -> tuple[pl.DataFrame, TradeCounts]:
    """Build the table and count every row that was changed or left out.

    Values become whole US dollars (the source gives thousands with three decimals), quantities metric tons with three
    decimals; a quantity that is absent, ``NA`` or zero is null. Codes that stand for one economy are summed.
    """
    raw = _read(sources / BACI)
    names = dict(codes.filter(pl.col("scheme") == "baci").select("code", "iso3").iter_rows())
    value = pl.col("v").str.strip_chars().cast(pl.Float64, strict=False)
    quantity = pl.col("q").str.strip_chars().cast(pl.Float64, strict=False)
    rows = raw.select(
        pl.col("t").cast(pl.Int16).alias("year"),
        pl.col("i").replace_strict(names).alias("exporter"),
        pl.col("j").replace_strict(names).alias("importer"),
        pl.col("k").cast(pl.String).str.zfill(6).alias("product"),
        (value * 1000).round(0).alias("value_usd"),
        pl.when(quantity.is_finite() & (quantity > 0)).then(quantity.round(3)).alias("quantity_t"),
    )
    usable = rows.filter(pl.col("value_usd").is_finite() & (pl.col("value_usd") > 0))
    between = usable.filter(pl.col("exporter") != pl.col("importer"))
    flows = _sum_duplicates(between)
    counts = TradeCounts(
        rows_read=raw.height,
        without_quantity=flows["quantity_t"].null_count(),
        not_numbers=rows.height - usable.height,
        own_trade=usable.height - between.height,
        duplicates_summed=between.height - flows.height,
        products_hs6=flows["product"].n_unique(),
        products_hs4=flows["product"].str.slice(0, 4).n_unique(),
    )
    return flows.select(list(canonical.SCHEMA)).sort("product", "year", "exporter", "importer"), counts


def _read(database: Path) -> pl.DataFrame:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        cursor = connection.execute("select t, i, j, k, v, q from baci_trade")
        columns = {"t": pl.String, "i": pl.String, "j": pl.String, "k": pl.Int32, "v": pl.String, "q": pl.String}
        return pl.DataFrame(cursor.fetchall(), schema=columns, orient="row")


def _sum_duplicates(rows: pl.DataFrame) -> pl.DataFrame:
    """Sum rows of one key; a quantity is known only if it is known for all of them."""
    key = ["year", "exporter", "importer", "product"]
    quantity = pl.col("quantity_t")
    known = pl.when(quantity.null_count() == 0).then(quantity.sum())
    return rows.group_by(key).agg(pl.col("value_usd").sum(), known.alias("quantity_t"))
