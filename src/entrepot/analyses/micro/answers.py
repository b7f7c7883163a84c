"""The questions of the micro laboratory, on any Arrow frame or file: quality, dispersion, exchange, all cells together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl

from entrepot.analyses.families import columns_of, plain
from entrepot.analyses.micro import firms as firm_table
from entrepot.analyses.micro.block import Block, block_of
from entrepot.analyses.micro.cell_notes import cell_notes, unpriced_notes
from entrepot.analyses.micro.cells import (
    DISPERSION,
    cell_keys,
    companion_columns,
    dispersion_columns,
    exchange_columns,
)
from entrepot.analyses.micro.firms import firm_frame, firm_rows
from entrepot.analyses.micro.fit import fitted
from entrepot.analyses.micro.intake import MOVES, Intake, Progress, taken_in
from entrepot.analyses.micro.options import MicroOptions
from entrepot.analyses.micro.rows import Answer, Parts, Steps
from entrepot.analyses.micro.space import with_distances
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.formulas.allocation import REGISTRY, SOURCE

KEYS = ("region", "product", "year", "n_firms")
EXCHANGE = (
    "ico", "iv_ico", "hhi", "expy", "n_entrants", "log_destinations", "log_destinations_high_income", "share_state",
    "share_foreign", "dist_market_centre", "dist_core",
)  # fmt: skip
# Behind the fixed columns: who the nearest region is and how many nearer ones do not export the product; the cell's value.
BESIDE = ("iv_region", "iv_passed", "value_usd")
WHOLE = ("n_firms", "n_entrants", "iv_passed")
PLAIN = {
    "region": plain("region", "Region", "地区", "code"),
    "product": plain("product", "Product", "产品", "code"),
    "year": plain("year", "Year", "年份", "year"),
    "firm": plain("firm", "Firm", "企业", "code"),
    "value_usd": plain("value_usd", "Exports", "出口额", "usd"),
    "n_destinations": plain("n_destinations", "Destinations", "目的地数", "1"),
    "n_singletons": plain(
        "n_singletons", "Singletons", "单例数", "1",
        Text("Destinations in which quality is 1 by construction", "质量按构造为1的目的地数"),
    ),
    "iv_region": plain("iv_region", "Nearest region", "最近地区", "code", Text("Nearest region that exports the product", "最近且出口该产品的地区")),
    "iv_passed": plain(
        "iv_passed", "Nearer regions passed", "跳过的更近地区数", "1",
        Text("Nearer regions that do not export the product", "距离更近但不出口该产品的地区数"),
    ),
}  # fmt: skip


TITLES = {
    "quality": Text("Quality of exports by firm, product and year", "企业-产品-年份出口质量"),
    "dispersion": Text("Price dispersion by region, product and year", "地区-产品-年份价格离散度"),
    "exchange": Text("Overseas information exchange by region, product and year", "地区-产品-年份海外市场信息交流"),
    "cells": Text(
        "Price dispersion and information exchange by region, product and year", "地区-产品-年份价格离散度与信息交流"
    ),
}


def quality(data: Any, *, progress: Progress | None = None, **options: Any) -> Result:
    """Quality of every firm's product by year (eq. 2), with its price and Feng-type quality.

    Parameters
    ----------
    data : path of a CSV, Parquet or Stata file, or any Arrow frame, with the columns of `firm_flows` (or a `mapping`).
    options : see `MicroOptions`.

    Returns
    -------
    Result
        firm, product, year, quality, price_usd, quality_feng; region, value_usd, n_destinations, n_singletons.

    Raises
    ------
    InputError, DataError
        For an option or a file that cannot be used.

    Examples
    --------
    >>> import entrepot
    >>> entrepot.quality("flows.parquet").frame.head()  # doctest: +SKIP
    """
    with quality_rows(data, progress=progress, **options) as answer:
        return answer.collected()


def dispersion(data: Any, *, progress: Progress | None = None, **options: Any) -> Result:
    """Price dispersion among firms of like quality by region, product and year: RMD, RMD1, RMD2, RMD3; see `quality`."""
    with cell_rows(data, DISPERSION, progress=progress, **options) as answer:
        return answer.collected()


def exchange(data: Any, *, progress: Progress | None = None, **options: Any) -> Result:
    """Overseas information exchange, its instrument and its companions by region, product and year; see `quality`."""
    with cell_rows(data, EXCHANGE, progress=progress, **options) as answer:
        return answer.collected()


def cells(data: Any, *, progress: Progress | None = None, **options: Any) -> Result:
    """Dispersion and exchange in one pass: every column of a regression sample; see `quality`."""
    with cell_rows(data, (*DISPERSION, *EXCHANGE), progress=progress, **options) as answer:
        return answer.collected()


@contextmanager
def quality_rows(data: Any, *, progress: Progress | None = None, **given: Any) -> Iterator[Answer]:
    """`quality`, with rows that need not fit memory."""
    options = MicroOptions.of(**given)
    steps = Steps(progress, options)
    with taken_in(data, options, progress) as intake, Parts() as parts:
        fit = fitted(lambda: _blocks(intake), options.sigma, steps.of(FITTING, MOVES, 0.3, intake))
        step = steps.of(FIRMS, MOVES + 0.3, 0.3, intake)
        unpriced = 0
        for number, block in enumerate(_blocks(intake)):
            frame = firm_frame(block, firm_rows(block, fit, number, options))
            unpriced += frame["quality"].null_count()
            parts.add(frame)
            step(number)
        notes = [*intake.notes, *fit.notes, *unpriced_notes(unpriced)]
        yield _answer("quality", parts.lazy(), tuple(firm_table.SCHEMA), options, notes, intake, ())


@contextmanager
def cell_rows(
    data: Any, wanted: tuple[str, ...], *, progress: Progress | None = None, **given: Any
) -> Iterator[Answer]:
    """Cells with the wanted families of columns (`DISPERSION`, `EXCHANGE` or both)."""
    options = MicroOptions.of(**given)
    steps = Steps(progress, options)
    priced, meeting = "rmd" in wanted, "ico" in wanted
    with taken_in(data, options, progress) as intake, Parts() as slim:
        notes = list(intake.notes)
        fit = fitted(lambda: _blocks(intake), options.sigma, steps.of(FITTING, MOVES, 0.2, intake)) if priced else None
        step = steps.of(CELLS, MOVES + 0.2, 0.3, intake)
        unpriced, found = 0, []
        for number, block in enumerate(_blocks(intake)):
            columns: dict[str, Any] = {"value_usd": block.cells.total(block.rows.total(block.value))}
            if fit is not None:
                firms = firm_rows(block, fit, number, options)
                unpriced += int((firms.quality != firms.quality).sum())
                columns |= dispersion_columns(block, firms, options)
            if meeting:
                columns |= exchange_columns(block, options) | companion_columns(block, options, intake.years)
                slim.add(_slim(block))
            found.append(_nulled(cell_keys(block), columns))
            step(number)
        table = pl.concat(found)
        if meeting:
            table = with_distances(table, slim.lazy(), options, steps.of(SPACE, MOVES + 0.5, 0.1, intake))
        if fit is not None:
            notes += [*fit.notes, *unpriced_notes(unpriced)]
        notes += cell_notes(table, options, meeting)
        extra = ["rmd_markup"] if options.markups is not None and priced else []
        shown = [name for name in (*KEYS, *wanted, *extra, *BESIDE) if name in table.columns]
        rows = (
            table.select(shown)
            .cast({name: pl.Int64 for name in WHOLE if name in shown})
            .sort("product", "year", "region")
        )
        question = "cells" if priced and meeting else "dispersion" if priced else "exchange"
        yield _answer(question, rows.lazy(), tuple(shown), options, notes, intake, _not_loaded(options, meeting))


FITTING, FIRMS = Text("effects", "固定效应"), Text("firms", "企业")
CELLS, SPACE = Text("cells", "单元"), Text("product space", "产品空间")


def _blocks(intake: Intake) -> Iterator[Block]:
    return (block_of(frame) for frame in intake.spool.blocks())


def _slim(block: Block) -> pl.DataFrame:
    at = block.first
    return pl.DataFrame(
        {
            "firm": block.said("firm", block.firm[at]),
            "product": block.said("product", block.product[at]),
            "year": block.said("year", block.year[at]),
            "region": block.said("region", block.region[at]),
            "value_usd": block.rows.total(block.value),
        }
    )


def _nulled(keys: pl.DataFrame, columns: dict[str, Any]) -> pl.DataFrame:
    return keys.with_columns(**{name: pl.Series(name, x) for name, x in columns.items()}).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def _not_loaded(options: MicroOptions, meeting: bool) -> tuple[str, ...]:
    given = {"iv_ico": options.regions, "expy": options.prody, "log_destinations_high_income": options.high_income}
    return tuple(name for name, table in given.items() if table is None) if meeting else ()


def _answer(
    question: str,
    rows: pl.LazyFrame,
    names: tuple[str, ...],
    options: MicroOptions,
    notes: list[Text],
    intake: Intake,
    not_loaded: tuple[str, ...],
) -> Answer:
    from importlib.metadata import version

    empty = rows.head(0).collect().select(names)
    source = {
        "table": "firm_flows",
        "name": ", ".join(intake.reading.files),
        "edition": intake.reading.layout.say(options.lang),
    }
    about = Result(
        question=question,
        frame=empty,
        columns=columns_of(empty, REGISTRY, PLAIN),
        parameters={"data": source["name"], **options.as_dict(), "not_loaded": list(not_loaded)},
        notes=tuple(notes),
        provenance=(source,),
        citation=f"Entrepôt {version('entrepot')}; {SOURCE}; {source['name']}",
        title=TITLES[question],
    )
    return Answer(rows, about)
