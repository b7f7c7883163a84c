"""Doing Business (World Bank, ended with its 2020 edition): cost of enforcing a contract, cost of customs on imports."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, numbers, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, condition_rows, first_told
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.who import Economies

NAME = "Doing Business"
HISTORICAL = "historical"
LAYOUTS = {HISTORICAL: Text("historical data of all editions (.dta)", "历年数据（.dta）")}
COLUMNS = ("cod", "economy", "dbyear", "contractscost", "tradeMcostborder", "tradeMcostdocs")
# Eleven economies are measured in two cities. The row with the ISO code is then the first city; the published value of
# the economy, its cities weighted by population, stands under a code of its own.
WHOLE = {
    "BANG": "BGD",
    "BRAZ": "BRA",
    "CHIN": "CHN",
    "INDI": "IND",
    "INDO": "IDN",
    "JAP": "JPN",
    "MEXI": "MEX",
    "NIGE": "NGA",
    "PAKI": "PAK",
    "RUSS": "RUS",
    "US": "USA",
}
WEIGHTED = "mean of two cities, weighted by population"
NO_PRACTICE = "-9999"
NO_PRACTICE_MEANING = Text(
    "costs of customs where nothing was traded (“no practice”)", "无此类贸易实践的通关成本（no practice）"
)
CITY = Text("values of single cities, where the economy has a value", "已有经济体数值的单个城市数值")
HIGHEST_PERCENT, HIGHEST_USD = 1_000.0, 100_000.0


def recognise(head: Head) -> Match | None:
    """The historical file, by its variables."""
    if not set(COLUMNS) <= set(stata_columns(head)):
        return None
    said = LAYOUTS[HISTORICAL]
    return Match(
        head.path, HISTORICAL, Text(f"{NAME}: {said.en}", f"营商环境报告（Doing Business）：{said.zh}"), "DB2020"
    )


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Contract cost (per cent of the claim) and customs cost on imports (US$: border plus documentary compliance).

    The year is the one of measurement: an edition is named for the year after (DB2020 was measured in May 2019).
    """
    tally, economies = Tally(), Economies(known)
    parts: list[pl.DataFrame] = []
    rows_read = 0
    for match in matches:
        place = Place(NAME, match.path)
        raw = stata_frame(place, list(COLUMNS))
        rows_read += raw.height
        edition = years(raw, "dbyear", place)
        for column in ("tradeMcostborder", "tradeMcostdocs"):
            tally.drop("no_practice", NO_PRACTICE_MEANING, raw.filter(pl.col(column) == NO_PRACTICE)["cod"])
        raw = raw.with_columns(pl.col("tradeMcostborder", "tradeMcostdocs").replace(NO_PRACTICE, ""))
        raw = raw.with_columns(
            year=edition - 1,
            code=pl.col("cod").replace(WHOLE).str.head(3),
            contract_cost=numbers(raw, "contractscost", place, low=0, high=HIGHEST_PERCENT),
            border=numbers(raw, "tradeMcostborder", place, low=0, high=HIGHEST_USD),
            papers=numbers(raw, "tradeMcostdocs", place, low=0, high=HIGHEST_USD),
        ).with_columns(customs_cost=pl.col("border") + pl.col("papers"))
        unique_rows(raw, ("cod", "year"), place)
        raw = economies.mapped(raw, "code", place, tally, to="iso3")
        parts += [_of_economies(raw, indicator, place, tally) for indicator in ("contract_cost", "customs_cost")]
    tally.warn(
        Text(
            "Doing Business ended with its 2020 edition (measured in 2019) and has not been replaced.",
            "《营商环境报告》止于 2020 年版（2019 年测度），此后无替代数据。",
        )
    )
    kept = first_told(parts, tally)
    report = tally.report(
        NAME, [m.path for m in matches], LAYOUTS[HISTORICAL], rows_read=rows_read, rows_kept=kept.height
    )
    return TablesReading((TableRows("conditions", kept),), report, edition="DB2020")


def _of_economies(raw: pl.DataFrame, indicator: str, place: Place, tally: Tally) -> pl.DataFrame:
    """One value per economy and year: as published for the whole of it, or one city's with a note."""
    tally.drop("no_value", NO_VALUE, raw.filter(pl.col(indicator).is_null())["cod"])
    known = raw.filter(pl.col(indicator).is_not_null())
    if known.is_empty():
        raise place.fault("no_rows", Text(f"no value of {indicator}", f"没有 {indicator} 的取值"))
    of_whole = pl.col("cod").is_in(list(WHOLE))
    in_two = pl.col("iso3").is_in(list(WHOLE.values()))
    said = (
        pl.when(of_whole)
        .then(pl.lit(WEIGHTED))
        .when(in_two)
        .then(pl.format("one city only: {}", pl.col("economy")))
        .otherwise(pl.lit(None, dtype=pl.Utf8))
    )
    # The whole first, then the first city (which has the ISO code), then the second.
    order = pl.when(of_whole).then(0).otherwise(pl.col("cod").str.len_chars())
    ordered = known.with_columns(note=said, order=order).sort("iso3", "year", "order")
    chosen = ordered.unique(["iso3", "year"], keep="first", maintain_order=True)
    tally.drop("single_city", CITY, ordered.join(chosen, on=["cod", "year"], how="anti")["economy"])
    frame = chosen.select(
        pl.col("iso3").alias("economy"), "year", pl.lit(indicator).alias("indicator"), value=indicator, note="note"
    )
    return condition_rows(frame, NAME, "DB2020")


PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="World Bank, Doing Business, historical data, 2020 edition.",
    feeds=("conditions",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
