"""World Development Indicators (World Bank): gross domestic product, from single-indicator files."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, last_year, unique_rows
from entrepot.sources.condition_rows import NO_VALUE
from entrepot.sources.head import Head
from entrepot.sources.macro_rows import KEY, macro_rows
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.who import Economies
from entrepot.sources.world_bank_files import LAYOUTS, read_series, recognised

NAME = "World Bank WDI"
# Constant PPP dollars measure growth as well as constant dollars do, and compare economies too.
INDICATORS = {"NY.GDP.MKTP.CD": "gdp_current_usd", "NY.GDP.MKTP.PP.KD": "gdp_real_ppp_usd"}
HIGHEST_USD = 1e16
OLDER = Text("years that a newer file gives too", "较新文件也给出的年份")


def recognise(head: Head) -> Match | None:
    """A file of one of the indicators, whatever the layout."""
    return recognised(head, NAME, INDICATORS)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """GDP in US$ by economy and year; groups of economies are left out.

    Of several files with one indicator the one that reaches further is taken, whole series at a time.
    """
    tally, economies = Tally(), Economies(known)
    parts, rows_read = [], 0
    for match in matches:
        place = Place(NAME, match.path)
        series = read_series(match, NAME, INDICATORS, low=0, high=HIGHEST_USD)
        rows_read += series.rows
        told = series.frame.filter(pl.col("value") > 0)
        tally.drop("no_value", NO_VALUE, series.frame.filter(~(pl.col("value") > 0).fill_null(False))["code"])
        if told.is_empty():
            raise place.fault("no_rows", Text("no value in the whole file", "整个文件没有取值"))
        frame = economies.mapped(told, "code", place, tally)
        unique_rows(frame, KEY, place)
        frame = frame.with_columns(pl.col("indicator").replace_strict(INDICATORS))
        parts.append(macro_rows(frame, NAME, series.edition))
    parts.sort(key=last_year, reverse=True)
    kept = parts[0]
    for part in parts[1:]:
        series_key = ["economy", "indicator"]
        tally.drop("older_file", OLDER, part.join(kept, on=series_key, how="semi")["economy"])
        kept = pl.concat([kept, part.join(kept, on=series_key, how="anti")])
    kept = kept.sort(*KEY)
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=kept.height)
    return TablesReading((TableRows("macro", kept),), report, edition=str(parts[0]["edition"][0]))


PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="World Bank, World Development Indicators.",
    feeds=("macro",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
