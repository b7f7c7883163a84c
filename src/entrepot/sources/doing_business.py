"""Doing Business (World Bank, ended with its 2020 edition): cost of enforcing a contract, cost of customs on imports."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, numbers, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, condition_rows, first_told
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.who import Economies
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_names, sheet_rows

NAME = "Doing Business"
HISTORICAL, WORKBOOK = "historical", "workbook"
LAYOUTS = {
    HISTORICAL: Text("historical data of all editions (.dta)", "历年数据（.dta）"),
    WORKBOOK: Text(
        "historical data of all editions, workbook with the sheet All Data", "历年数据，含 All Data 工作表的工作簿"
    ),
}
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
SHEET = "all data"
# What the workbook calls the columns of the Stata file; its cost columns go on with the editions of their method.
HEADINGS = {
    "cod": r"country code",
    "economy": r"economy",
    "dbyear": r"db year",
    "contractscost": r"cost \(% of claim\b.*",
    "tradeMcostborder": r"cost to import: border compliance\b.*",
    "tradeMcostdocs": r"cost to import: documentary compliance\b.*",
}
TOP_ROWS = 8
NO_PRACTICE_MEANING = Text(
    "costs of customs where nothing was traded (“no practice”)", "无此类贸易实践的通关成本（no practice）"
)
CITY = Text("values of single cities, where the economy has a value", "已有经济体数值的单个城市数值")
HIGHEST_PERCENT, HIGHEST_USD = 1_000.0, 100_000.0


def recognise(head: Head) -> Match | None:
    """The historical file, by its variables, or by the sheet and the headings of the workbook."""
    layout = HISTORICAL if set(COLUMNS) <= set(stata_columns(head)) else None
    preview = preview_of(head)
    if preview is not None and SHEET in {sheet.lower() for sheet in preview.sheets}:
        place = Place(NAME, head.path)
        try:
            layout = WORKBOOK if _heading(sheet_rows(_sheet(place))[:TOP_ROWS]) is not None else None
        except DataError:
            layout = None
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"营商环境报告（Doing Business）：{said.zh}"), "DB2020")


def _sheet(place: Place) -> Place:
    name = next((name for name in sheet_names(place) if name.lower() == SHEET), "All Data")
    return Place(NAME, place.path, name)


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, str]] | None:
    """The row with the headings, counted from 1, and which of them is which column; legends and topics stand above it."""
    for number, row in enumerate(rows, start=1):
        found: dict[str, list[str]] = {
            column: [cell for cell in row if re.fullmatch(shape, " ".join(cell.lower().split()))]
            for column, shape in HEADINGS.items()
        }
        if all(len(cells) == 1 for cells in found.values()):
            return number, {column: cells[0].strip() for column, cells in found.items()}
    return None


def _of_workbook(place: Place) -> pl.DataFrame:
    """The rows of the workbook, with the columns of the Stata file."""
    found = _heading(sheet_rows(place)[:TOP_ROWS])
    if found is None:
        raise place.fault("no_heading", Text("no row with the headings of the data", "找不到数据表头"))
    number, named = found
    raw = sheet_frame(place, heading_row=number, unique=False)
    raw = raw.select(LINE, *(pl.col(cell).alias(column) for column, cell in named.items()))
    quiet = {"no practice": NO_PRACTICE, "no practice*": NO_PRACTICE}
    return raw.with_columns(
        pl.col("tradeMcostborder", "tradeMcostdocs").str.strip_chars().str.to_lowercase().replace(quiet)
    )


def _with_whom(raw: pl.DataFrame, layout: str, economies: Economies) -> pl.DataFrame:
    """Whose value a row is: `code` of the economy, whether of the `whole` of it, and whether its cities are told (`cities`).

    The Stata file has codes of its own for the wholes. In the workbook a city is named after its economy ("China Beijing").
    """
    if layout == HISTORICAL:
        code = pl.col("cod").replace(WHOLE).str.head(3)
        return raw.with_columns(
            code=code, whole=pl.col("cod").is_in(list(WHOLE)), cities=code.is_in(list(WHOLE.values()))
        )
    whole = [economies.of_name(name) for name in raw["economy"]]
    town = [
        None if iso3 else next(filter(None, map(economies.of_name, _beginnings(name))), None)
        for name, iso3 in zip(raw["economy"], whole, strict=True)
    ]
    codes = [iso3 or of or cod[:3] for iso3, of, cod in zip(whole, town, raw["cod"], strict=True)]
    of_towns = {of for of in town if of}
    return raw.with_columns(
        code=pl.Series(codes, dtype=pl.Utf8),
        whole=pl.Series([bool(iso3) and iso3 in of_towns for iso3 in whole], dtype=pl.Boolean),
        cities=pl.Series([code in of_towns for code in codes], dtype=pl.Boolean),
        cod=pl.concat_str("cod", pl.col("economy"), separator=" "),
    )


def _beginnings(name: str) -> list[str]:
    """A name without its last word, without its last two …"""
    words = name.split()
    return [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Contract cost (per cent of the claim) and customs cost on imports (US$: border plus documentary compliance).

    The year is the one of measurement: an edition is named for the year after (DB2020 was measured in May 2019).
    """
    tally, economies = Tally(), Economies(known)
    parts: list[pl.DataFrame] = []
    rows_read = 0
    for match in matches:
        place = Place(NAME, match.path)
        if match.layout == WORKBOOK:
            place = _sheet(place)
            raw = _of_workbook(place)
        else:
            raw = stata_frame(place, list(COLUMNS))
        rows_read += raw.height
        edition = years(raw, "dbyear", place)
        for column in ("tradeMcostborder", "tradeMcostdocs"):
            tally.drop("no_practice", NO_PRACTICE_MEANING, raw.filter(pl.col(column) == NO_PRACTICE)["cod"])
        raw = raw.with_columns(pl.col("tradeMcostborder", "tradeMcostdocs").replace(NO_PRACTICE, ""))
        raw = raw.with_columns(
            year=edition - 1,
            contract_cost=numbers(raw, "contractscost", place, low=0, high=HIGHEST_PERCENT),
            border=numbers(raw, "tradeMcostborder", place, low=0, high=HIGHEST_USD),
            papers=numbers(raw, "tradeMcostdocs", place, low=0, high=HIGHEST_USD),
        ).with_columns(customs_cost=pl.col("border") + pl.col("papers"))
        raw = _with_whom(raw, match.layout, economies)
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
        NAME, [m.path for m in matches], LAYOUTS[matches[0].layout], rows_read=rows_read, rows_kept=kept.height
    )
    return TablesReading((TableRows("conditions", kept),), report, edition="DB2020")


def _of_economies(raw: pl.DataFrame, indicator: str, place: Place, tally: Tally) -> pl.DataFrame:
    """One value per economy and year: as published for the whole of it, or one city's with a note."""
    tally.drop("no_value", NO_VALUE, raw.filter(pl.col(indicator).is_null())["cod"])
    known = raw.filter(pl.col(indicator).is_not_null())
    if known.is_empty():
        raise place.fault("no_rows", Text(f"no value of {indicator}", f"没有 {indicator} 的取值"))
    said = (
        pl.when("whole")
        .then(pl.lit(WEIGHTED))
        .when("cities")
        .then(pl.format("one city only: {}", pl.col("economy")))
        .otherwise(pl.lit(None, dtype=pl.Utf8))
    )
    # The whole first, then the first city (which has the ISO code), then the second.
    order = pl.when("whole").then(0).otherwise(pl.col("cod").str.len_chars())
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
