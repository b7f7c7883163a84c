"""Rows of the table `products`, as several readers make them: headings and subheadings of one vintage of the HS."""

import polars as pl

from entrepot.tables import products
from entrepot.tables.hs_sections import section_of


def product_rows(frame: pl.DataFrame, classification: str, source: str) -> pl.DataFrame:
    """Canonical rows of columns code, name_en, name_zh (codes of 4 or 6 digits)."""
    count = frame.filter(pl.col("code").str.len_chars() == 6).group_by(pl.col("code").str.head(4).alias("code")).len()
    level = pl.col("code").str.len_chars()
    full = frame.join(count, on="code", how="left", maintain_order="left").with_columns(
        classification=pl.lit(classification),
        level=level,
        parent=pl.when(level == 6).then(pl.col("code").str.head(4)),
        section=pl.Series([section_of(code) for code in frame["code"]], dtype=pl.Utf8),
        hs6_total=pl.when(level == 4).then(pl.col("len")),
        source=pl.lit(source),
    )
    return full.select(pl.col(name).cast(dtype) for name, dtype in products.SCHEMA.items()).sort("code")
