"""The entries of a question about intra-industry trade: finest cells, industries below a row, rows; now and `span` years ago."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from entrepot.analyses.hs_sections import SECTION_ORDER
from entrepot.analyses.industries import TOTAL, Industries
from entrepot.analyses.sums import grouped
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups

AMOUNTS = ("exports_usd", "imports_usd", "exports_priced_usd", "imports_priced_usd", "exports_t", "imports_t")
ROW = ["order", "partner", "year", "industry"]


@dataclass(frozen=True)
class Entries:
    """Amounts with the row each belongs to.

    Parameters
    ----------
    frame : the amounts, one entry per line, and `row`.
    rows : which entries a row of the answer holds.
    """

    frame: pl.DataFrame
    rows: Groups

    def __getitem__(self, column: str) -> Values:
        values: Values = self.frame[column].fill_null(np.nan).to_numpy()
        return values


@dataclass(frozen=True)
class Question:
    """All entries of one question.

    Parameters
    ----------
    flows : year, exporter, importer, product and amounts of all economies, years shifted back included.
    reporter : code.
    members : order, partner, year, economy: who belongs to which partner when.
    industries : which product is where.
    years : years asked for; span : years over which changes are taken; held : years the data set has.
    """

    flows: pl.DataFrame
    reporter: str
    members: pl.DataFrame
    industries: Industries
    years: tuple[int, ...]
    span: int
    held: frozenset[int]

    @cached_property
    def places(self) -> pl.DataFrame:
        """product, industry, part: a product stands in its industry's row, its class's row, and the total."""
        own = self.industries.of_product
        broad = own.filter(pl.col("class").is_not_null()).with_columns(pl.col("class").alias("industry"))
        every = own.with_columns(pl.lit(TOTAL).alias("industry"))
        return pl.concat([own, broad, every]).select("product", "industry", "part")

    @cached_property
    def cells(self) -> pl.DataFrame:
        """order, partner, year, economy, product and amounts: the reporter's trade in the finest products with single partners."""
        return self._joined(self._own(0))

    @cached_property
    def earlier(self) -> pl.DataFrame:
        """The same `span` years before, dated with the later year and grouped as partners were then: like with like."""
        return self._joined(self._own(self.span))

    @cached_property
    def _of_reporter(self) -> pl.DataFrame:
        return self.flows.filter((pl.col("exporter") == self.reporter) | (pl.col("importer") == self.reporter))

    def _own(self, shift: int) -> pl.DataFrame:
        moved = self._of_reporter.with_columns(pl.col("year") + shift).filter(pl.col("year").is_in(self.years))
        sold = moved.filter(pl.col("exporter") == self.reporter).select(
            "year", pl.col("importer").alias("economy"), "product", pl.col("value_usd").alias("exports_usd"),
            pl.col("priced_usd").alias("exports_priced_usd"), pl.col("quantity_t").alias("exports_t"),
        )  # fmt: skip
        bought = moved.filter(pl.col("importer") == self.reporter).select(
            "year", pl.col("exporter").alias("economy"), "product", pl.col("value_usd").alias("imports_usd"),
            pl.col("priced_usd").alias("imports_priced_usd"), pl.col("quantity_t").alias("imports_t"),
        )  # fmt: skip
        both = sold.join(
            bought, on=["year", "economy", "product"], how="full", coalesce=True, maintain_order="left_right"
        )
        return both.with_columns(pl.col(AMOUNTS).fill_null(0.0))

    def _joined(self, own: pl.DataFrame) -> pl.DataFrame:
        return own.join(self.members, on=["year", "economy"], how="inner", maintain_order="left")

    @cached_property
    def keys(self) -> pl.DataFrame:
        """The rows of the answer in order: every industry that the reporter traded with the partner in the year."""
        found = (
            self.cells.select("order", "partner", "year", "product")
            .unique(maintain_order=True)
            .join(self.places, on="product", maintain_order="left")
        )
        shown = pl.col("industry").replace_strict(self._order, default=0, return_dtype=pl.Int64)
        return (
            found.select(ROW).unique(maintain_order=True).sort("order", "year", shown, "industry").with_row_index("row")
        )

    @cached_property
    def _order(self) -> dict[str, int]:
        return {**SECTION_ORDER, TOTAL: -3, "PRIMARY": -2, "MANUFACTURED": -1}

    def entries(self, frame: pl.DataFrame, by: list[str]) -> Entries:
        """The amounts of a frame with products, summed by row and `by`."""
        amounts = [name for name in frame.columns if name.endswith(("_usd", "_t"))]
        placed = (
            frame.join(self.places, on="product", maintain_order="left")
            .group_by([*ROW, *by], maintain_order=True)
            .agg(pl.col(amounts).sum())
        )
        return self._rowed(placed)

    def _rowed(self, frame: pl.DataFrame) -> Entries:
        rowed = frame.join(self.keys, on=ROW, how="inner", maintain_order="left").sort("row")
        return Entries(rowed, Groups(rowed["row"].to_numpy().astype(np.intp), self.keys.height))

    @cached_property
    def fine(self) -> Entries:
        """One entry per row, finest product and single partner."""
        return self.entries(self.cells, ["product", "economy"])

    @cached_property
    def by_part(self) -> Entries:
        """One entry per row and industry of the level, partners pooled."""
        return self.entries(self.cells, ["part"])

    @cached_property
    def by_market(self) -> Entries:
        """One entry per row and single partner, industries pooled."""
        return self.entries(self.cells, ["economy"])

    @cached_property
    def part_changes(self) -> Entries:
        """Changes by row and industry of the level, `exports_change` and `imports_change`; null without the earlier year."""
        return self._rowed(self._changes(["part"]))

    @cached_property
    def row_changes(self) -> Entries:
        """Changes of the rows themselves."""
        return self._rowed(self._changes([]))

    def _changes(self, by: list[str]) -> pl.DataFrame:
        sides = ["exports_usd", "imports_usd"]
        now, then = (
            frame.join(self.places, on="product", maintain_order="left")
            .group_by([*ROW, *by], maintain_order=True)
            .agg(pl.col(sides).sum())
            for frame in (self.cells, self.earlier)
        )
        joined = now.join(
            then, on=[*ROW, *by], how="full", coalesce=True, suffix="_before", maintain_order="left_right"
        )
        known = (pl.col("year") - self.span).is_in(sorted(self.held))
        return joined.with_columns(
            pl.when(known)
            .then(pl.col(f"{side}_usd").fill_null(0.0) - pl.col(f"{side}_usd_before").fill_null(0.0))
            .alias(f"{side}_change")
            for side in ("exports", "imports")
        )

    @cached_property
    def sold(self) -> pl.DataFrame:
        """year, economy, product, value_usd: what every economy sells to everybody, in the years asked for."""
        return self._by_economy("exporter")

    @cached_property
    def bought(self) -> pl.DataFrame:
        """The same of what every economy buys from everybody."""
        return self._by_economy("importer")

    def _by_economy(self, side: str) -> pl.DataFrame:
        asked = self.flows.filter(pl.col("year").is_in(self.years))
        of_side = asked.select("year", pl.col(side).alias("economy"), "product", "value_usd")
        return grouped(of_side, ["year", "economy", "product"], pl.col("value_usd").sum())

    def of_rows(self, frame: pl.DataFrame, columns: list[str], on: list[str] | None = None) -> dict[str, Values]:
        """Columns of a frame keyed by row (or by the keys in `on`), aligned to the rows; 0 where it has none."""
        joined = self.keys.join(frame, on=on or ROW, how="left", maintain_order="left")
        return {name: joined[name].fill_null(0.0).to_numpy() for name in columns}
