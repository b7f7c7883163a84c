"""Facts about destinations carried to products: their mean, weighted with what is exported there (eq. 3's controls)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from entrepot.analyses.families import nulls, plain
from entrepot.analyses.micro.cell_notes import ROUNDING
from entrepot.analyses.micro.intake import Progress, taken_in
from entrepot.analyses.micro.options import MicroOptions, table_of
from entrepot.analyses.result import Result
from entrepot.core.text import Text


def product_year(data: Any, tables: Mapping[str, Any], *, progress: Progress | None = None, **given: Any) -> Result:
    """Log of the export-weighted mean over destinations of each supplied fact, by product and year.

    ``ln Σ_c (x_jct / Σ_c x_jct)·f_c``, over the destinations for which the fact is known: distance, real exchange rate,
    tariff and the like.

    Parameters
    ----------
    data : path of a file or any Arrow frame; see `quality`.
    tables : name → table with destination, value and, where the fact varies with them, year and product.

    Returns
    -------
    Result
        product, year, log_<name> …; null where no destination has the fact, or its mean is not above zero.

    Examples
    --------
    >>> rows = {
    ...     "year": [2010, 2010],
    ...     "firm": ["a", "a"],
    ...     "region": ["11"] * 2,
    ...     "product": ["8501"] * 2,
    ...     "destination": ["USA", "JPN"],
    ...     "value_usd": [3.0, 1.0],
    ... }
    >>> km = pl.DataFrame({"destination": ["USA", "JPN"], "value": [10.0, 2.0]})
    >>> product_year(pl.DataFrame(rows), {"distance": km}).frame["log_distance"].round(6).to_list()
    [2.079442]
    """
    options = MicroOptions.of(**given)
    keys = ["product", "year", "destination"]
    facts = {
        name: table_of(name, table, ("destination", "value"), ("destination", "year", "product")).drop_nulls("value")
        for name, table in tables.items()
    }
    with taken_in(data, options, progress) as intake:
        flows = pl.concat(
            block.select(*keys, "value_usd")
            .sort(*keys, "value_usd")
            .group_by(keys, maintain_order=True)
            .agg(pl.col("value_usd").sum())
            for block in intake.spool.blocks()
        )
        notes = list(intake.notes)
        name_of = ", ".join(intake.reading.files)
    frame = flows.select("product", "year").unique(maintain_order=True).sort("product", "year")
    for name, fact in facts.items():
        by = [key for key in keys if key in fact.columns]
        known = flows.join(fact, on=by, how="inner", maintain_order="left")
        share = float(known["value_usd"].sum()) / float(flows["value_usd"].sum())
        if share < 1 - ROUNDING:
            notes.append(
                Text(
                    f"{name} is known for {share:.1%} of the exports; the mean runs over these.",
                    f"{name} 覆盖出口额的 {share:.1%}；均值仅就此部分计算。",
                )
            )
        mean = (pl.col("value") * pl.col("value_usd")).sum() / pl.col("value_usd").sum()
        found = known.group_by("product", "year", maintain_order=True).agg(mean=mean)
        log = found.with_columns(pl.when(pl.col("mean") > 0).then(pl.col("mean").log()).alias(f"log_{name}")).drop(
            "mean"
        )
        frame = frame.join(log, on=["product", "year"], how="left", maintain_order="left")
    columns = (
        plain("product", "Product", "产品", "code"),
        plain("year", "Year", "年份", "year"),
        *(
            plain(
                f"log_{name}",
                f"{name} (log)",
                f"{name}（对数）",
                "1",
                Text("Log of the export-weighted mean over destinations", "各目的地出口加权均值的对数"),
            )
            for name in facts
        ),
    )
    return Result(
        "product_year", frame, columns, {"data": name_of, **options.as_dict()}, tuple(notes),
        ({"table": "firm_flows", "name": name_of},), nulls(frame, {}), citation=name_of,
        title=Text("Facts about destinations by product and year", "产品-年份的目的地特征"),
    )  # fmt: skip
