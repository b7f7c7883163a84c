"""Eurostat Comext: trade of the EU's members by CN8 and month, both flows, in euros; summed to years and HS6.

Members' imports are valued CIF, their exports FOB; a flow between two members is told by both (see `mirror`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place
from entrepot.sources.head import Head
from entrepot.sources.mirror import reconcile
from entrepot.sources.provider import Known, Match, Provider, TradeReading
from entrepot.sources.tally import Tally
from entrepot.sources.trade_table import Names, is_table, read_table, values
from entrepot.sources.trade_years import (
    HS_SINCE,
    MONTHS,
    NO_AMOUNT,
    hs_in_force,
    reading_of,
    without_all_months,
    without_own_trade,
)
from entrepot.sources.who import Economies

NAME = "Eurostat Comext"
NAMES = Names(
    {
        "reporter": ("reporter", "declarant", "declarantiso"),
        "partner": ("partner", "partneriso"),
        "product": ("product", "productnc", "productcn8"),
        "flow": ("flow",),
        "period": ("timeperiod", "period"),
        "t100kg": ("quantityin100kg", "quantity100kg"),
        "kg": ("quantityinkg", "quantitykg"),
        "euros": ("valueineuros", "valueeur", "valueeuro"),
    }
)
# US$ for a euro, average of the year: reference rates of the European Central Bank.
USD_PER_EURO: Mapping[int, float] = {
    1999: 1.0658,
    2000: 0.9236,
    2001: 0.8956,
    2002: 0.9456,
    2003: 1.1312,
    2004: 1.2439,
    2005: 1.2441,
    2006: 1.2556,
    2007: 1.3705,
    2008: 1.4708,
    2009: 1.3948,
    2010: 1.3257,
    2011: 1.3920,
    2012: 1.2848,
    2013: 1.3281,
    2014: 1.3285,
    2015: 1.1095,
    2016: 1.1069,
    2017: 1.1297,
    2018: 1.1810,
    2019: 1.1195,
    2020: 1.1422,
    2021: 1.1827,
    2022: 1.0530,
    2023: 1.0813,
    2024: 1.0824,
}
# Geonomenclature where it is not ISO 3166 alpha-2.
GEONOM = {"EL": "GRC", "UK": "GBR", "XI": "GBR", "XU": "GBR", "XS": "SRB", "XK": "XKX", "XC": "ESP", "XL": "ESP"}
TOTALS = ("WORLD", "EU", "INTRA", "EXTRA", "EXT_", "INT_", "EA")
LAYOUTS = {
    "cn8": Text("reporter, partner, CN8, flow and month, values in euros", "申报国、伙伴、CN8、流向、月份，金额为欧元")
}


def recognise(head: Head) -> Match | None:
    """A table with Comext's columns."""
    if not is_table(head):
        return None
    found = set(NAMES.found(head.columns))
    if not {"reporter", "partner", "product", "flow", "period", "euros"} <= found:
        return None
    understood = Text("Eurostat Comext, monthly trade by CN8 in euros", "Eurostat Comext，按 CN8 的月度贸易（欧元）")
    return Match(head.path, "cn8", understood, "", "trade")


def read(matches: Sequence[Match], known: Known) -> TradeReading:
    """Read all files together: months to years, CN8 to HS6, euros to US$, both sides to one flow.

    Raises
    ------
    DataError
        A column is missing, a period, code or amount is not what it should be, nothing can be used.
    """
    tally, economies = Tally(), Economies(known)
    place = Place(NAME, matches[0].path)
    parts = [_records(match, economies, tally) for match in matches]
    records = pl.concat([part for part, _ in parts])
    if records.is_empty():
        raise place.fault("no_rows", Text("no row of it can be used", "没有可用的数据行"))
    incomplete = without_all_months(records, tally)
    records = _one_vintage(records, tally)
    records, own = without_own_trade(records)
    result = reconcile(records)
    for said in result.said:
        tally.warn(said)
    paths = [match.path for match in matches]
    read_rows = sum(rows for _, rows in parts)
    report = tally.report(NAME, paths, LAYOUTS["cn8"], rows_read=read_rows, rows_kept=result.flows.height)
    years = records["year"].unique()
    return reading_of(
        result.flows,
        replace(report, dropped=(*report.dropped, *own)),
        place,
        classification=hs_in_force(int(str(years.max()))),
        release="-".join(str(year) for year in sorted({*years.to_list()})[:: max(len(years) - 1, 1)]),
        title=Text("Trade of EU members, Eurostat Comext", "欧盟成员国贸易，Eurostat Comext"),
        mirror=result.mirror,
        incomplete_years=incomplete,
    )


def _records(match: Match, economies: Economies, tally: Tally) -> tuple[pl.DataFrame, int]:
    place = Place(NAME, match.path)
    raw = read_table(match.path, NAMES, ("reporter", "partner", "product", "flow", "period", "euros"), place)
    rows = raw.height
    raw = raw.with_columns(pl.col(column).fill_null("").str.strip_chars() for column in ("reporter", "partner"))
    raw = _months(raw, place, tally)
    raw = raw.with_columns(euros=values(raw, "euros", place), quantity_t=_tons(raw, place))
    total = pl.any_horizontal(*(pl.col("partner").str.starts_with(word) for word in TOTALS)) & (
        pl.col("partner").str.len_chars() > 2
    )
    tally.drop("world_total", Text("totals over partners", "伙伴合计"), raw.filter(total)["partner"])
    raw = raw.filter(~total)
    code = pl.col("product").str.strip_chars()
    fits = code.str.contains(r"^\d{8}$") & ~code.str.starts_with("99")
    meaning = Text("no CN8 product (totals, other levels, chapter 99)", "不是 CN8 产品（合计、其他层级、第 99 章）")
    tally.drop("other_level", meaning, raw.filter(~fits)["product"].fill_null(""))
    raw = raw.filter(fits)
    rates = pl.DataFrame(
        {"year": list(USD_PER_EURO), "rate": list(USD_PER_EURO.values())}, schema_overrides={"year": pl.Int16}
    )
    raw = raw.join(rates, on="year", how="left", maintain_order="left")
    meaning = Text("years for which no exchange rate is known", "缺少汇率的年份")
    tally.drop("no_exchange_rate", meaning, raw.filter(pl.col("rate").is_null())["year"])
    raw = raw.filter(pl.col("rate").is_not_null())
    worthless = pl.col("euros").fill_null(0) <= 0
    tally.drop("zero_value", NO_AMOUNT, raw.filter(worthless)["product"])
    raw = raw.filter(~worthless)
    for side in ("reporter", "partner"):
        raw = raw.with_columns(pl.col(side).replace(GEONOM))
        if raw.height:
            long = pl.col(side).str.len_chars() == 3
            iso2 = {code: economies.of_iso2(code) for code in raw.filter(~long)[side].unique()}
            raw = raw.with_columns(pl.col(side).replace({a: b for a, b in iso2.items() if b}))
            raw = economies.mapped(raw, side, place, tally, to=f"{side}_iso3")
        else:
            raw = raw.with_columns(pl.col(side).alias(f"{side}_iso3"))
    imports = pl.col("flow").str.strip_chars() == "1"
    return raw.select(
        "year",
        "month",
        exporter=pl.when(imports).then("partner_iso3").otherwise("reporter_iso3"),
        importer=pl.when(imports).then("reporter_iso3").otherwise("partner_iso3"),
        product=code.str.head(6),
        side=pl.when(imports).then(pl.lit("importer")).otherwise(pl.lit("exporter")),
        value_usd=pl.col("euros") * pl.col("rate"),
        fob_usd=pl.lit(None, pl.Float64),
        quantity_t="quantity_t",
    ), rows


def _months(raw: pl.DataFrame, place: Place, tally: Tally) -> pl.DataFrame:
    """Year and month of each row; annual rows (month 52) and flows that are neither 1 nor 2 are left out."""
    digits = raw["period"].fill_null("").str.replace_all(r"[^0-9]", "")
    bad = (~digits.str.contains(r"^(19|20)\d{2}(0[1-9]|1[0-2]|52)?$")).arg_true()
    if len(bad):
        at = int(bad[0])
        raise place.fault(
            "bad_period",
            Text("not a month such as 2024-05", "不是 2024-05 形式的月份"),
            line=int(raw["line"][at]),
            column="period",
            value=raw["period"][at],
        )
    raw = raw.with_columns(
        year=digits.str.head(4).cast(pl.Int16), month=digits.str.slice(4, 2).cast(pl.Int8, strict=False)
    )
    annual = pl.col("month").is_null() | (pl.col("month") > MONTHS)
    meaning = Text("annual sums beside the months", "月度数据之外的年度合计")
    tally.drop("annual_sum", meaning, raw.filter(annual)["period"])
    raw = raw.filter(~annual)
    known = pl.col("flow").fill_null("").str.strip_chars().is_in(["1", "2"])
    tally.drop(
        "other_flow", Text("neither import nor export", "非进口亦非出口"), raw.filter(~known)["flow"].fill_null("")
    )
    return raw.filter(known)


def _tons(raw: pl.DataFrame, place: Place) -> pl.Series:
    if "t100kg" in raw.columns:
        tons = values(raw, "t100kg", place) / 10
    elif "kg" in raw.columns:
        tons = values(raw, "kg", place) / 1000
    else:
        tons = pl.Series([None] * raw.height, dtype=pl.Float64)
    return tons.to_frame("t").select(pl.when(pl.col("t") > 0).then(pl.col("t"))).to_series()


def _one_vintage(records: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """CN follows the HS in force; a file that reaches over a revision keeps the years of the last one."""
    vintage = hs_in_force(int(str(records["year"].max())))
    since = next(year for year, name in HS_SINCE if name == vintage)
    meaning = Text(f"years before {vintage} came into force", f"{vintage} 生效之前的年份")
    tally.drop("other_vintage", meaning, records.filter(pl.col("year") < since)["year"])
    return records.filter(pl.col("year") >= since)


PROVIDER = Provider(
    name=NAME,
    licence="Eurostat, reuse with acknowledgement",
    licence_url="https://ec.europa.eu/eurostat/about-us/policies/copyright",
    citation="Eurostat, International trade in goods (Comext), DS-045409",
    feeds=("flows",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
