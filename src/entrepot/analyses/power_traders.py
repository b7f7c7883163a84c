"""Who sold and bought how much of what: the entries on which trade power is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from entrepot.analyses.families import check_columns
from entrepot.analyses.sums import grouped
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups

if TYPE_CHECKING:
    from entrepot.analyses.roster import Roster
    from entrepot.store import Snapshot

AMOUNTS = ("exports_usd", "exports_priced_usd", "exports_t", "imports_usd", "imports_priced_usd", "imports_t")
KEYS = ["year", "product", "economy"]


@dataclass(frozen=True)
class Traders:
    """One entry per economy, product and year, sorted by year, product, economy.

    Parameters
    ----------
    frame : year, product, economy and the amounts (US$, US$ of what has a quantity, metric tons; exports and imports),
        `exports_counted_usd` being what counts for the export share.
    flows : the flows behind it, products already at the level asked for.
    """

    frame: pl.DataFrame
    flows: pl.DataFrame

    def __getitem__(self, column: str) -> Values:
        values: Values = self.frame[column].to_numpy()
        return values

    @cached_property
    def markets(self) -> Groups:
        """Which entries share a product and a year."""
        return self._groups("year", "product")

    @cached_property
    def owners(self) -> Groups:
        """Which entries share an economy and a year; numbered by year, then code."""
        return self._groups("year", "economy")

    @cached_property
    def years(self) -> Groups:
        """Which entries share a year."""
        return self._groups("year")

    def _groups(self, *keys: str) -> Groups:
        code = self.frame.select(pl.struct(keys).rank("dense") - 1).to_series().to_numpy().astype(np.intp)
        return Groups(code, int(code.max()) + 1 if len(code) else 0)

    @cached_property
    def market_keys(self) -> pl.DataFrame:
        """Year and product of each market, in the order of their numbers."""
        return self.frame.select("year", "product").unique(maintain_order=True).sort("year", "product")

    @cached_property
    def owner_keys(self) -> pl.DataFrame:
        """Year and economy of each owner, in the order of their numbers."""
        return self.frame.select("year", "economy").unique(maintain_order=True).sort("year", "economy")


def load_traders(
    snapshot: "Snapshot",
    data: str,
    years: Sequence[int],
    products: Sequence[str] | None,
    *,
    level: int,
    roster: "Roster",
    economy: str | None = None,
    value_added: pl.DataFrame | None = None,
) -> Traders:
    """The traders of the products in the years.

    Parameters
    ----------
    products : codes or beginnings of codes; None for all.
    level : 4 or 6 digits; the codes below an HS4 are summed.
    economy : has an entry wherever anyone trades, even if it trades nothing itself.
    value_added : economy, product (or its beginning), share [, year]: domestic value added per dollar exported.
    """
    flows = (
        roster.recode(snapshot.flows(data, years, products).lazy())
        .with_columns(
            pl.col("year").cast(pl.Int64),
            pl.col("product").str.slice(0, level),
            pl.when(pl.col("quantity_t").is_not_null()).then("value_usd").otherwise(0.0).alias("priced_usd"),
            pl.col("quantity_t").fill_null(0.0),
        )
        .collect()
    )
    sides = [_side(flows, "exporter", "exports"), _side(flows, "importer", "imports")]
    frame = sides[0].join(sides[1], on=KEYS, how="full", coalesce=True, maintain_order="left_right")
    if economy is not None:
        present = (
            frame.select("year", "product").unique(maintain_order=True).with_columns(pl.lit(economy).alias("economy"))
        )
        frame = frame.join(present, on=KEYS, how="full", coalesce=True, maintain_order="left_right")
    frame = frame.with_columns(pl.col(AMOUNTS).fill_null(0.0)).select(*KEYS, *AMOUNTS).sort(KEYS)
    return Traders(_counted(frame, value_added), flows)


def _side(flows: pl.DataFrame, side: str, name: str) -> pl.DataFrame:
    sums = (("value_usd", "usd"), ("priced_usd", "priced_usd"), ("quantity_t", "t"))
    of_side = flows.select("year", "product", pl.col(side).alias("economy"), *(amount for amount, _ in sums))
    return grouped(of_side, KEYS, *(pl.col(amount).sum().alias(f"{name}_{of}") for amount, of in sums))


def _counted(frame: pl.DataFrame, value_added: pl.DataFrame | None) -> pl.DataFrame:
    """What counts for the export share: the value of the priced exports, or the domestic value added in it."""
    if value_added is None:
        return frame.with_columns(pl.col("exports_priced_usd").alias("exports_counted_usd"))
    check_columns("value_added", value_added, ["economy", "product", "share"])
    dated = "year" in value_added.columns
    told = value_added.select(
        pl.col("economy"), pl.col("product").cast(pl.String).fill_null(""), pl.col("share").cast(pl.Float64),
        *([pl.col("year").cast(pl.Int64)] if dated else []),
    )  # fmt: skip
    on = ["economy", "code", *(["year"] if dated else [])]
    share = pl.lit(None, dtype=pl.Float64)
    for digits in sorted(
        {len(code) for code in told["product"]}
    ):  # the longest beginning that fits comes last and wins
        rates = told.filter(pl.col("product").str.len_chars() == digits).rename({"product": "code", "share": "rate"})
        frame = frame.with_columns(pl.col("product").str.slice(0, digits).alias("code"))
        frame = (
            frame.join(rates, on=on, how="left", maintain_order="left").rename({"rate": f"rate_{digits}"}).drop("code")
        )
        share = pl.coalesce(pl.col(f"rate_{digits}"), share)
    # Who has no share in the table is not scaled; the answer says how many exports that is.
    counted = pl.col("exports_priced_usd") * share.fill_null(1.0)
    frame = frame.with_columns(counted.alias("exports_counted_usd"), share.alias("value_added_share"))
    return frame.select(*KEYS, *AMOUNTS, "exports_counted_usd", "value_added_share")
