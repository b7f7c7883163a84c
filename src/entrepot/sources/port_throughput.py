"""Containers handled by the largest ports: by year (one column per port), or one year with the place of each port."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, numbers, require, said, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, SECOND_TELLING
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.tables import throughput

NAME = "Port throughput"
BY_YEAR, PLACED = "by_year", "placed"
LAYOUTS = {
    BY_YEAR: Text("CSV with a column per port, million TEU", "每港一列的 CSV（百万 TEU）"),
    PLACED: Text("CSV with place and size of each port, million TEU", "含坐标与规模的 CSV（百万 TEU）"),
}
PLACED_COLUMNS = ("lat", "lon", "name", "size", "type")
# The list with places does not say its year; its figures are those of 2019.
PLACED_YEAR = 2019
MILLION = 1e6
SHANGHAI = "Shanghai"


def recognise(head: Head) -> Match | None:
    """One of the two files, by its columns."""
    layout = None
    if set(PLACED_COLUMNS) <= set(head.columns):
        layout = PLACED
    elif head.columns[:1] == ("year",) and SHANGHAI in head.columns:
        layout = BY_YEAR
    if layout is None:
        return None
    of_layout = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {of_layout.en}", f"港口吞吐量：{of_layout.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Twenty-foot equivalents by port and year; places where a file gives them."""
    tally = Tally()
    parts, rows_read = [], 0
    # The list with places comes first, so that its rows carry them.
    for match in sorted(matches, key=lambda match: match.layout != PLACED):
        raw, place = read_text(match.path, NAME)
        rows_read += raw.height
        frame = _placed(raw, place) if match.layout == PLACED else _by_year(raw, place)
        tally.drop("no_value", NO_VALUE, frame.filter(~(pl.col("teu") > 0).fill_null(False))["port"])
        frame = frame.filter(pl.col("teu") > 0)
        unique_rows(frame, ("port", "year"), place)
        parts.append(frame)
    stacked = pl.concat(parts, how="diagonal")
    again = ~pl.struct("port", "year").is_first_distinct()
    tally.drop("told_twice", SECOND_TELLING, stacked.filter(again)["port"])
    stacked = stacked.filter(~again)
    edition = f"to {stacked.select(pl.col('year').max().cast(pl.Int64)).item()}"
    rows = stacked.with_columns(source=pl.lit(NAME), edition=pl.lit(edition))
    rows = rows.select(pl.col(name).cast(dtype) for name, dtype in throughput.SCHEMA.items()).sort("port", "year")
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=rows.height)
    return TablesReading((TableRows("throughput", rows),), report, edition=edition)


def _placed(raw: pl.DataFrame, place: Place) -> pl.DataFrame:
    require(raw, PLACED_COLUMNS, place)
    return raw.select(
        said("name").alias("port"),
        pl.lit(PLACED_YEAR).cast(pl.Int16).alias("year"),
        (numbers(raw, "size", place, low=0, high=200) * MILLION).alias("teu"),
        numbers(raw, "lat", place, low=-90, high=90).alias("lat"),
        numbers(raw, "lon", place, low=-180, high=180).alias("lon"),
        LINE,
    )


def _by_year(raw: pl.DataFrame, place: Place) -> pl.DataFrame:
    require(raw, ("year",), place)
    year = years(raw, "year", place).alias("year")
    ports = [name for name in raw.columns if name not in ("year", LINE) and not re.fullmatch(r"column_\d+", name)]
    empty = pl.lit(None, dtype=pl.Float64)
    return pl.concat(
        raw.select(
            pl.lit(port).alias("port"),
            year,
            (numbers(raw, port, place, low=0, high=200) * MILLION).alias("teu"),
            empty.alias("lat"),
            empty.alias("lon"),
            LINE,
        )
        for port in ports
    )


PROVIDER = Provider(
    name=NAME,
    licence="not stated",
    licence_url="",
    citation="Lloyd's List and World Shipping Council, container throughput of the largest ports.",
    feeds=("throughput",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
