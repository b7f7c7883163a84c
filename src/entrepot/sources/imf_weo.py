"""World Economic Outlook (IMF): gross domestic product in current dollars, without the projections."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, last_year, numbers, require, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, first_told
from entrepot.sources.head import Head, columns_of
from entrepot.sources.macro_rows import macro_rows
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_bytes, text_frame, text_of
from entrepot.sources.who import Economies

NAME = "IMF WEO"
DATABASE, LONG = "database", "long"
LAYOUTS = {
    DATABASE: Text("whole database, tab-separated with the suffix .xls", "完整数据库（制表符分隔，后缀 .xls）"),
    LONG: Text("CSV of year, country, ngdpd", "CSV（year、country、ngdpd）"),
}
SUBJECT = "NGDPD"
BILLION = 1e9
# Every edition projects five years ahead of its own.
YEARS_AHEAD = 5
PROJECTION = Text("projections: the year of the edition and later", "预测值：版本当年及以后")


def recognise(head: Head) -> Match | None:
    """The database by its columns (tab-separated text whatever the suffix), or a long file by its."""
    columns = set(head.columns) | set(columns_of(_first_line(head.start)))
    layout = None
    if {"WEO Subject Code", "ISO"} <= columns:
        layout = DATABASE
    elif {"year", "country", SUBJECT.lower()} <= columns:
        layout = LONG
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"{NAME}：{said.zh}"))


def _first_line(start: bytes) -> str:
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    return start[: len(start) // 2 * 2].decode("utf-16", errors="replace").split("\n", 1)[0]


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """GDP in current US$ up to the year before the edition; later years are projections and left out."""
    tally, economies = Tally(), Economies(known)
    parts, rows_read = [], 0
    for match in matches:
        place = Place(NAME, match.path)
        raw = text_of(read_bytes(match.path, NAME), place, encodings=("utf-8", "cp1252"))
        frame, count = _of_database(raw, place) if match.layout == DATABASE else _of_long(raw, place)
        rows_read += count
        told = frame.filter(pl.col("value") > 0)
        tally.drop("no_value", NO_VALUE, frame.filter(~(pl.col("value") > 0).fill_null(False))["code"])
        if told.is_empty():
            raise place.fault("no_rows", Text("no value in the whole file", "整个文件没有取值"))
        edition = last_year(told) - YEARS_AHEAD
        tally.drop("projection", PROJECTION, told.filter(pl.col("year") >= edition)["year"])
        told = told.filter(pl.col("year") < edition)
        if told.is_empty():
            problem = Text("no year before the edition: all are projections", "没有早于版本年的年份：均为预测值")
            raise place.fault("no_rows", problem)
        told = economies.mapped(told, "code", place, tally)
        unique_rows(told, ("economy", "year"), place)
        rows = told.with_columns(indicator=pl.lit("gdp_current_usd"), value=pl.col("value") * BILLION)
        parts.append(macro_rows(rows, NAME, f"{edition} edition"))
    parts.sort(key=lambda part: str(part["edition"][0]), reverse=True)
    kept = first_told(parts, tally, series=True)
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=kept.height)
    return TablesReading((TableRows("macro", kept),), report, edition=str(parts[0]["edition"][0]))


def _of_long(text: str, place: Place) -> tuple[pl.DataFrame, int]:
    raw = text_frame(text, place)
    require(raw, ("year", "country", SUBJECT.lower()), place)
    value = numbers(raw, SUBJECT.lower(), place, low=0, high=1e7).alias("value")
    year = years(raw, "year", place)
    return raw.select(pl.col("country").alias("code"), LINE).with_columns(year, value), raw.height


def _of_database(text: str, place: Place) -> tuple[pl.DataFrame, int]:
    # The last line of the official file is a sentence about the source, with one cell only.
    lines = text.rstrip().split("\n")
    if lines and "\t" not in lines[-1].strip():
        lines.pop()
    raw = text_frame("\n".join(lines), place, separator="\t")
    require(raw, ("ISO", "WEO Subject Code", "Scale"), place)
    raw = raw.filter(pl.col("WEO Subject Code") == SUBJECT)
    columns = [name for name in raw.columns if re.fullmatch(r"[12]\d{3}", name)]
    if raw.is_empty() or not columns:
        raise place.fault("no_rows", Text(f"no row of {SUBJECT}", f"没有 {SUBJECT} 的行"))
    parts = [
        raw.select(
            pl.col("ISO").alias("code"),
            LINE,
            pl.lit(int(name)).cast(pl.Int16).alias("year"),
            numbers(raw, name, place, low=0, high=1e7).alias("value"),
        )
        for name in columns
    ]
    return pl.concat(parts), raw.height


PROVIDER = Provider(
    name=NAME,
    licence="IMF terms of use",
    licence_url="https://www.imf.org/external/terms.htm",
    citation="International Monetary Fund, World Economic Outlook Database.",
    feeds=("macro",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
