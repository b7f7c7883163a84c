"""Penn World Table (Groningen): real GDP at constant prices in purchasing-power dollars."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, last_year, numbers, require, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE
from entrepot.sources.head import Head
from entrepot.sources.macro_rows import macro_rows
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.sources.workbooks import preview_of, sheet_frame

NAME = "Penn World Table"
WORKBOOK, STATA, CSV = "workbook", "stata", "csv"
LAYOUTS = {
    WORKBOOK: Text("workbook with the sheet Data", "含 Data 工作表的工作簿"),
    STATA: Text("Stata file", "Stata 文件"),
    CSV: Text("CSV with the same columns", "列名相同的 CSV"),
}
# At constant national prices: the series that its authors recommend for growth over time.
REAL_GDP = "rgdpna"
COLUMNS = ("countrycode", "year", REAL_GDP)
MILLION = 1e6


def recognise(head: Head) -> Match | None:
    """A file with the table's columns, or a workbook with its sheets."""
    layout = None
    preview = preview_of(head)
    if preview is not None:
        layout = WORKBOOK if {"Info", "Legend", "Data"} <= set(preview.sheets) else None
    elif set(COLUMNS) <= set(stata_columns(head)):
        layout = STATA
    elif set(COLUMNS) <= set(head.columns):
        layout = CSV
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"佩恩世界表（PWT）：{said.zh}"), _edition(head.name))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Real GDP in constant international US$; of several files the last is read."""
    tally, economies = Tally(), Economies(known)
    match = tally.last_of(matches)
    place = Place(NAME, match.path)
    if match.layout == WORKBOOK:
        place = Place(NAME, match.path, "Data")
        raw = sheet_frame(place)
        require(raw, COLUMNS, place)
    elif match.layout == STATA:
        raw = stata_frame(place, list(COLUMNS))
    else:
        raw, _ = read_text(match.path, NAME)
        require(raw, COLUMNS, place)
    value = numbers(raw, REAL_GDP, place, low=0, high=1e9).alias("value")
    frame = raw.select("countrycode", LINE).with_columns(years(raw, "year", place), value)
    tally.drop("no_value", NO_VALUE, frame.filter(pl.col("value").is_null())["countrycode"])
    frame = economies.mapped(frame.filter(pl.col("value") > 0), "countrycode", place, tally)
    unique_rows(frame, ("economy", "year"), place)
    frame = frame.with_columns(indicator=pl.lit("gdp_real_ppp_usd"), value=pl.col("value") * MILLION)
    edition = match.edition or f"to {last_year(frame)}"
    rows = macro_rows(frame, NAME, edition)
    report = tally.report(NAME, [match.path], LAYOUTS[match.layout], rows_read=raw.height, rows_kept=rows.height)
    return TablesReading((TableRows("macro", rows),), report, edition=edition)


def _edition(name: str) -> str:
    """pwt1001.xlsx is edition 10.01, pwt110.dta 11.0."""
    digits = "".join(letter for letter in name.split(".")[0] if letter.isdigit())
    return f"{digits[:2]}.{digits[2:]}" if len(digits) in (3, 4) and name.startswith("pwt") else ""


PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="Feenstra, R., R. Inklaar and M. Timmer (2015), The Next Generation of the Penn World Table, AER 105(10).",
    feeds=("macro",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
