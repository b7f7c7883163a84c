"""US Census Bureau: imports of the United States for consumption by HTS10 and country, customs value, in US$."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, years
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TradeReading
from entrepot.sources.tally import Tally
from entrepot.sources.trade_table import Names, is_table, read_table, values
from entrepot.sources.trade_years import NO_AMOUNT, hs_in_force, reading_of, without_own_trade
from entrepot.sources.who import Economies

NAME = "US Census"
NAMES = Names(
    {
        "country": ("ctycode",),
        "name": ("ctyname", "ctydesc"),
        "product": ("hs10", "icommodity", "commodity"),
        # Customs value of imports for consumption; duty is paid on it and freight is not in it.
        "value": ("convalusd", "convalyr", "convalmo", "conval"),
        "year": ("year",),
        "kg": ("conqy1kg", "genwgtkg"),
    }
)
YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")
# Schedule C numbers of single countries begin at 1000; below are groups (0003 is the European Union).
LOWEST_COUNTRY = 1000
SPELLINGS = {
    "KOREA, SOUTH": "KOR",
    "KOREA, NORTH": "PRK",
    "BURMA": "MMR",
    "MACAU": "MAC",
    "SLOVAKIA": "SVK",
    "CZECH REPUBLIC": "CZE",
}
LAYOUTS = {"hts10": Text("imports by country and HTS10, customs value", "按国家与 HTS10 的进口，海关估价")}


def recognise(head: Head) -> Match | None:
    """A table with the Census Bureau's columns of imports."""
    if not is_table(head) or not {"country", "name", "product", "value"} <= set(NAMES.found(head.columns)):
        return None
    understood = Text("US Census, imports by HTS10 and country", "美国普查局，按 HTS10 与国家的进口")
    return Match(head.path, "hts10", understood, "", head.path.name)


def read(matches: Sequence[Match], known: Known) -> TradeReading:
    """Read the imports of the United States, summed to HS6.

    Raises
    ------
    DataError
        A column is missing, the year cannot be told, an amount is no number or negative.
    """
    match = matches[0]
    place, tally, economies = Place(NAME, match.path), Tally(), Economies(known)
    raw = read_table(match.path, NAMES, ("country", "name", "product", "value"), place)
    rows = raw.height
    raw = raw.with_columns(year=_years(raw, match.path, place), value_usd=values(raw, "value", place))
    quantity = values(raw, "kg", place) / 1000 if "kg" in raw.columns else pl.Series([None] * rows, dtype=pl.Float64)
    raw = raw.with_columns(quantity_t=quantity.to_frame("t").select(pl.when(pl.col("t") > 0).then("t")).to_series())
    raw = _countries(raw, economies, place, tally)
    code = pl.col("product").fill_null("").str.strip_chars()
    fits = code.str.contains(r"^\d{10}$")
    tally.drop(
        "other_level", Text("no product of ten digits", "不是十位产品编码"), raw.filter(~fits)["product"].fill_null("")
    )
    worthless = pl.col("value_usd").fill_null(0) <= 0
    tally.drop("zero_value", NO_AMOUNT, raw.filter(fits & worthless)["product"])
    raw, own = without_own_trade(raw.filter(fits & ~worthless).with_columns(importer=pl.lit("USA")))
    flows = raw.group_by("year", "exporter", "importer", product=code.str.head(6)).agg(
        pl.col("value_usd").sum(),
        quantity_t=pl.when(pl.col("quantity_t").null_count() == 0).then(pl.col("quantity_t").sum()),
    )
    tally.warn(
        Text(
            "Imports of the United States only, at customs value (about FOB), for consumption.",
            "仅含美国消费进口，按海关估价（接近 FOB）。",
        )
    )
    report = tally.report(NAME, [match.path], LAYOUTS["hts10"], rows_read=rows, rows_kept=flows.height)
    last = int(str(raw["year"].max() or 0))
    return reading_of(
        flows,
        replace(report, dropped=(*report.dropped, *own)),
        place,
        classification=hs_in_force(last),
        release=str(last),
        title=Text("Imports of the United States, Census Bureau", "美国进口，美国普查局"),
    )


def _years(raw: pl.DataFrame, path: Path, place: Place) -> pl.Series:
    if "year" in raw.columns:
        return years(raw, "year", place)
    found = YEAR.search(path.stem)
    if found is None:
        raise place.fault(
            "unknown_year",
            Text("neither a column nor the name of the file says which year it is", "列和文件名均未注明年份"),
            Text(
                "Put the year into the name of the file, such as imports_2024.csv.",
                "请在文件名中注明年份，如 imports_2024.csv。",
            ),
        )
    return pl.Series([int(found[0])] * raw.height, dtype=pl.Int16)


def _countries(raw: pl.DataFrame, economies: Economies, place: Place, tally: Tally) -> pl.DataFrame:
    number = pl.col("country").str.strip_chars().cast(pl.Int32, strict=False)
    group = number.is_null() | (number < LOWEST_COUNTRY)
    meaning = Text("groups of countries, not split in the file", "文件中未拆分的国家组")
    tally.drop("aggregate", meaning, raw.filter(group)["name"].fill_null(""))
    raw = raw.filter(~group)
    if raw.is_empty():
        raise place.fault(
            "no_known_economy", Text("no row is of a single country", "没有单个国家的数据行"), column="country"
        )
    names = pl.col("name").fill_null("").str.strip_chars().str.to_uppercase()
    raw = raw.with_columns(names.replace(SPELLINGS).alias("who"))
    iso3 = set(SPELLINGS.values())
    known = raw.filter(pl.col("who").is_in(iso3)).with_columns(exporter=pl.col("who"))
    rest = raw.filter(~pl.col("who").is_in(iso3))
    mapped = economies.mapped(rest, "who", place, tally, by="name", to="exporter") if rest.height else None
    return known if mapped is None else pl.concat([known, mapped.select(known.columns)])


PROVIDER = Provider(
    name=NAME,
    licence="public domain (US government work)",
    licence_url="https://www.census.gov/foreign-trade/",
    citation="US Census Bureau, International Trade: US imports for consumption",
    feeds=("flows",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
