"""Rows as they occur in real files, for testing what a reader does with them."""

import numpy as np
import polars as pl

SHARE = 0.01
NOWHERE = "99"  # a region with one firm only


def with_bad_rows(flows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The declarations of one product, with bad ones among them.

    About 1 % of each: firm codes that lost a character, product codes that lost their first digit, quantities of zero. One
    each: a firm alone in its region, and a destination that no other declaration names.

    Examples
    --------
    >>> row = {"firm": ["1110010000"], "product": ["8501"], "destination": ["USA"], "quantity": [2.0], "region": ["11"]}
    >>> bad = with_bad_rows(pl.DataFrame(row), np.random.default_rng(1))
    >>> bad["product"].to_list(), bad["region"].to_list()
    (['8501', '8501', '501', '8501', '8501', '8501'], ['11', '11', '11', '11', '99', '11'])
    """
    count = max(1, round(SHARE * flows.height))

    def some(rows: int) -> pl.DataFrame:
        return flows[rng.choice(flows.height, rows, replace=False)]

    product = flows["product"][0]
    return pl.concat(
        [
            flows,
            some(count).with_columns(pl.col("firm").str.slice(1)),
            some(count).with_columns(pl.col("product").str.slice(1)),
            some(count).with_columns(quantity=pl.lit(0.0)),
            some(1).with_columns(region=pl.lit(NOWHERE), firm=NOWHERE + pl.col("firm").str.slice(2)),
            some(1).with_columns(destination=pl.lit(f"X{product}")),
        ]
    )
