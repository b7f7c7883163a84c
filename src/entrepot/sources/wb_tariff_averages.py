"""Average tariffs of whole economies (World Bank, from WITS): the visible last resort where no schedule is loaded."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, unique_rows
from entrepot.sources.condition_rows import NO_VALUE, SECOND_TELLING
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.tariff_rows import tariff_rows
from entrepot.sources.who import Economies
from entrepot.sources.world_bank_files import LAYOUTS, read_series, recognised

NAME = "World Bank tariff averages"
# Weighted means over all products: as applied (preferences counted) and most favoured nation.
INDICATORS = {"TM.TAX.MRCH.WM.AR.ZS": "applied", "TM.TAX.MRCH.WM.FN.ZS": "mfn"}
HIGHEST_PERCENT = 500.0


def recognise(head: Head) -> Match | None:
    """A file of one of the two averages, whatever the layout."""
    return recognised(head, NAME, INDICATORS)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Trade-weighted average duties as fractions, basis "country"; the economies of a customs union carry its rate."""
    tally, economies = Tally(), Economies(known)
    parts, rows_read, editions = [], 0, []
    for match in matches:
        place = Place(NAME, match.path)
        series = read_series(match, NAME, INDICATORS, low=0, high=HIGHEST_PERCENT)
        rows_read += series.rows
        editions.append(series.edition)
        told = series.frame.filter(pl.col("value").is_not_null())
        tally.drop("no_value", NO_VALUE, series.frame.filter(pl.col("value").is_null())["code"])
        frame = economies.mapped(told, "code", place, tally, to="importer")
        unique_rows(frame, ("importer", "year", "indicator"), place)
        frame = frame.with_columns(pl.col("indicator").replace_strict(INDICATORS).alias("regime"))
        frame = frame.with_columns(rate=pl.col("value") / 100, basis=pl.lit("country"))
        parts.append(tariff_rows(frame, NAME, series.edition))
    kept = pl.concat(parts)
    again = ~pl.struct("importer", "regime", "year").is_last_distinct()
    tally.drop("told_twice", SECOND_TELLING, kept.filter(again)["importer"])
    kept = kept.filter(~again)
    tally.warn(
        Text(
            "Averages over all products weighted by trade: a product's own duty can be far from them.",
            "为全部产品的贸易加权平均，具体产品的关税可能相差很大。",
        )
    )
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=kept.height)
    return TablesReading((TableRows("tariffs", kept),), report, edition=max(editions))


PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="World Bank, World Development Indicators, tariff rate, weighted mean, all products (from WITS).",
    feeds=("tariffs",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
