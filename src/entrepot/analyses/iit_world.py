"""What everybody else trades: the yardstick of revealed advantage, similarity, intensity, and Bergstrand's balance."""

import numpy as np
import polars as pl

from entrepot.analyses.iit_cells import ROW, Question
from entrepot.analyses.industries import TOTAL
from entrepot.analyses.partners import WORLD
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import bergstrand_factor, ratio

PAIR = ["order", "partner", "year"]


def world_amounts(question: Question) -> dict[str, Values]:
    """Per row: everybody's exports to the partner and imports from it, in the industry and over all; the reporter's totals."""
    given: dict[str, Values] = {}
    # What everybody exports to the partner is what the partner buys from everybody.
    for trade, name, whole in (
        (question.bought, "world_exports_usd", "world_total_usd"),
        (question.sold, "world_imports_usd", "world_imports_total_usd"),
    ):
        summed = _by_row(question, _of_partners(question, trade), name)
        total = summed.filter(pl.col("industry") == TOTAL).drop("industry").rename({name: whole})
        given |= question.of_rows(summed, [name])
        given |= question.of_rows(total, [whole], PAIR)
    own = question.entries(question.cells, []).frame.filter(pl.col("industry") == TOTAL)
    own = own.select(*PAIR, own_exports_usd="exports_usd", own_imports_usd="imports_usd")
    return {**given, **question.of_rows(own, ["own_exports_usd", "own_imports_usd"], PAIR)}


def _of_partners(question: Question, trade: pl.DataFrame) -> pl.DataFrame:
    """Trade by economy as trade by partner and product; with the world as partner, the reporter's own is part of it."""
    world = question.members.filter(pl.col("partner") == WORLD).select(PAIR).unique(maintain_order=True)
    members = question.members.select(*PAIR, "economy")
    everybody = pl.concat([members, world.with_columns(pl.lit(question.reporter).alias("economy"))])
    joined = trade.join(everybody, on=["year", "economy"], maintain_order="left")
    return joined.group_by(*PAIR, "product", maintain_order=True).agg(pl.col("value_usd").sum())


def _by_row(question: Question, trade: pl.DataFrame, name: str) -> pl.DataFrame:
    """Trade by product as trade by industry, class and total, whatever else it is keyed by."""
    placed = trade.join(question.places.select("product", "industry"), on="product", maintain_order="left").drop(
        "product"
    )
    keys = [column for column in placed.columns if column != "value_usd"]
    return placed.group_by(keys, maintain_order=True).agg(pl.col("value_usd").sum().alias(name))


def intensity_amounts(question: Question) -> dict[str, Values]:
    """Per row, in its industry: X_i to everybody, M_j from everybody, imports of everybody but the reporter."""
    own, by = pl.col("economy") == question.reporter, ["year", "industry"]
    exports = _by_row(question, question.sold.filter(own).drop("economy"), "reporter_world_exports_usd")
    bought = question.bought.filter(~own)
    others = _by_row(
        question,
        bought.group_by("year", "product", maintain_order=True).agg(pl.col("value_usd").sum()),
        "others_imports_usd",
    )
    joined = bought.join(question.members, on=["year", "economy"], maintain_order="left").drop("economy")
    partners = joined.group_by(*PAIR, "product", maintain_order=True).agg(pl.col("value_usd").sum())
    return {
        **question.of_rows(exports, ["reporter_world_exports_usd"], by),
        **question.of_rows(others, ["others_imports_usd"], by),
        **question.of_rows(_by_row(question, partners, "partner_world_imports_usd"), ["partner_world_imports_usd"]),
    }


def structures(question: Question) -> dict[str, Values | Groups]:
    """Shares of each part in the totals of reporter, partner and others, one entry per row and part, with `structure_rows`."""
    of_part = question.industries.of_product.select("product", "part")
    sold, bought = (
        trade.join(of_part, on="product", maintain_order="left") for trade in (question.sold, question.bought)
    )
    own, value = pl.col("economy") == question.reporter, pl.col("value_usd").sum()
    by = ["year", "part"]
    wide = (
        sold.filter(own).group_by(by, maintain_order=True).agg(value.alias("own_export_shares"))
        .join(bought.filter(~own).group_by(by, maintain_order=True).agg(value.alias("others_import_shares")), on=by, how="full", coalesce=True, maintain_order="left_right")
    )  # fmt: skip
    wide = question.members.select(PAIR).unique(maintain_order=True).join(wide, on="year", maintain_order="left")
    for trade, name in ((sold, "partner_export_shares"), (bought, "partner_import_shares")):
        of_partner = (
            trade.join(question.members, on=["year", "economy"], maintain_order="left")
            .group_by(*PAIR, "part", maintain_order=True)
            .agg(value.alias(name))
        )
        wide = wide.join(of_partner, on=[*PAIR, "part"], how="full", coalesce=True, maintain_order="left_right")
    names = [name for name in wide.columns if name.endswith("_shares")]
    shares = wide.with_columns(pl.col(names).fill_null(0.0)).with_columns(
        (pl.col(name) / pl.col(name).sum().over(PAIR)).alias(name) for name in names
    )
    parts = question.places.select("industry", "part").unique(maintain_order=True)
    placed = (
        shares.join(parts, on="part", maintain_order="left")
        .join(question.keys, on=ROW, how="inner", maintain_order="left")
        .sort("row")
    )
    rows = Groups(placed["row"].to_numpy().astype(np.intp), question.keys.height)
    return {**{name: placed[name].to_numpy() for name in names}, "structure_rows": rows}


def balanced(question: Question) -> dict[str, Values]:
    """X* and M* of each entry of `by_part`: bilateral flows balanced for both sides' overall imbalance, then pooled."""
    sold, bought = (
        trade.group_by("year", "economy", maintain_order=True).agg(pl.col("value_usd").sum().alias(name))
        for trade, name in ((question.sold, "x"), (question.bought, "m"))
    )
    overall = sold.join(bought, on=["year", "economy"], how="full", coalesce=True, maintain_order="left_right")
    overall = overall.with_columns(pl.col("x", "m").fill_null(0.0))
    own = overall.filter(pl.col("economy") == question.reporter).select("year", own_x="x", own_m="m")
    cells = question.cells.join(overall, on=["year", "economy"], how="left", maintain_order="left").join(
        own, on="year", how="left", maintain_order="left"
    )
    x, m, own_x, own_m = (cells[name].fill_null(0.0).to_numpy() for name in ("x", "m", "own_x", "own_m"))
    out, back = bergstrand_factor(own_x, own_m, m, x), bergstrand_factor(x, m, own_m, own_x)
    starred = cells.select("order", "partner", "year", "product").with_columns(
        pl.Series("exports_usd", np.where(cells["exports_usd"] > 0, cells["exports_usd"] * out, 0.0)),
        pl.Series("imports_usd", np.where(cells["imports_usd"] > 0, cells["imports_usd"] * back, 0.0)),
    )
    entries = question.entries(starred, ["part"])
    order = [*ROW, "part"]
    aligned = question.by_part.frame.select(order).join(entries.frame, on=order, how="left", maintain_order="left")
    return {f"balanced_{side}_usd": aligned[f"{side}_usd"].to_numpy() for side in ("exports", "imports")}


def row_unit_value_ratio(question: Question) -> Values:
    """UV^X / UV^M of each row as a whole."""
    summed = question.entries(question.cells, [])
    names = ["exports_priced_usd", "exports_t", "imports_priced_usd", "imports_t"]
    told = question.of_rows(summed.frame.select(*ROW, *names), names)
    return ratio(ratio(told[names[0]], told[names[1]]), ratio(told[names[2]], told[names[3]]))
