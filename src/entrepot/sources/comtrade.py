"""UN Comtrade: what reporters told the United Nations, imports and exports, as bulk files, API answers or downloads.

CSV, tab-separated text or Parquet; column names of the API, of its R and Python clients, of the older web download
and of WITS. Both sides of a flow are reconciled (see `mirror`).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, years
from entrepot.sources.head import Head
from entrepot.sources.mirror import reconcile
from entrepot.sources.provider import Known, Match, Provider, TradeReading
from entrepot.sources.tally import Tally
from entrepot.sources.trade_table import Names, is_table, read_table, values
from entrepot.sources.trade_years import (
    HS_OF_COMTRADE,
    MONTHS,
    NO_AMOUNT,
    hs_in_force,
    reading_of,
    without_all_months,
    without_own_trade,
)
from entrepot.sources.who import Economies

NAME = "UN Comtrade"
NAMES = Names(
    {
        "year": ("refyear", "year", "period", "yr"),
        "reporter": ("reporteriso", "reporteriso3", "reporter", "reportercode"),
        "partner": ("partneriso", "partneriso3", "partner", "partnercode"),
        # Import-side collections name the two sides instead of a flow.
        "importer": ("importer",),
        "exporter": ("exporter",),
        "flow": ("flowcode", "tradeflowcode", "tradeflow", "tradeflowname", "flowdesc", "flow", "rgcode"),
        "product": ("cmdcode", "commoditycode", "productcode", "hs6", "hs4"),
        "value": ("primaryvalue", "tradevalueus", "tradevalue", "valueusd"),
        "value_thousand": ("tradevaluein1000usd", "valuekusd"),
        "fob": ("fobvalue",),
        "kg": ("netwgt", "netweightkg", "netweight", "netkg"),
        "vintage": ("classificationcode", "classification", "nomenclature", "hsrev", "clcode"),
        "second_partner": ("partner2code",),
        "transport": ("motcode",),
        "procedure": ("customscode",),
        "frequency": ("freqcode",),
    }
)
IMPORTS = frozenset({"m", "1", "import", "imports", "gross imp.", "gross import"})
EXPORTS = frozenset({"x", "2", "export", "exports", "gross exp.", "gross export"})
WORLD = frozenset({"WLD", "W00", "WORLD", "0", "000", "EUN", "EU2", "ALL"})
# Rows that are a part of another row, by customs procedure, transport or second partner.
TOTALS = {"second_partner": ("0", "000"), "transport": ("0",), "procedure": ("C00",)}
KG_PER_TON = 1000.0

LAYOUTS = {
    "records": Text(
        "records of reporter, partner, flow, product and value (API, bulk, web download, WITS)",
        "按申报方、伙伴、流向、产品和金额的记录（API、批量、网页下载、WITS）",
    ),
    "imports": Text(
        "import-side records of importer, exporter, product and value", "进口方记录：进口方、出口方、产品、金额"
    ),
}
RELEASE = Text("World trade as reported, UN Comtrade", "各方申报的世界贸易，UN Comtrade")


def recognise(head: Head) -> Match | None:
    """A table with Comtrade's columns, whichever client wrote it."""
    if not is_table(head):
        return None
    found = NAMES.found(head.columns)
    amount = "value" in found or "value_thousand" in found
    if not (amount and {"year", "product"} <= set(found)):
        return None
    if {"reporter", "partner", "flow"} <= set(found):
        layout = "records"
    elif {"importer", "exporter"} <= set(found) and {"fob", "kg", "vintage"} & set(found):
        layout = "imports"
    else:
        return None
    understood = Text(f"UN Comtrade, {LAYOUTS[layout].en}", f"UN Comtrade，{LAYOUTS[layout].zh}")
    return Match(head.path, layout, understood, "", "trade")


def read(matches: Sequence[Match], known: Known) -> TradeReading:
    """Read all files together and reconcile both sides.

    Raises
    ------
    DataError
        A column is missing, an amount is no number or negative, nothing can be used.
    """
    tally = Tally()
    economies = Economies(known)
    parts = [_records(match, economies, tally) for match in matches]
    place = Place(NAME, matches[0].path)
    rows_read = sum(rows for _, rows in parts)
    records = _one_vintage(pl.concat([part for part, _ in parts]), known, place, tally)
    incomplete = without_all_months(records.filter(pl.col("month").is_not_null()), tally)
    records, own = without_own_trade(records)
    result = reconcile(records)
    for said in result.said:
        tally.warn(said)
    paths = [match.path for match in matches]
    report = tally.report(NAME, paths, LAYOUTS[matches[0].layout], rows_read=rows_read, rows_kept=result.flows.height)
    return reading_of(
        result.flows,
        replace(report, dropped=(*report.dropped, *own)),
        place,
        classification=str(records["vintage"][0]),
        release=_release(paths),
        title=RELEASE,
        mirror=result.mirror,
        incomplete_years=incomplete,
    )


def _release(paths: Sequence[Path]) -> str:
    return paths[0].stem[:24]


def _records(match: Match, economies: Economies, tally: Tally) -> tuple[pl.DataFrame, int]:
    """One file: year, month, exporter, importer, product, side, value_usd, fob_usd, quantity_t, vintage; and its rows."""
    place = Place(NAME, match.path)
    sides = ("reporter", "partner", "flow") if match.layout == "records" else ("importer", "exporter")
    raw = read_table(match.path, NAMES, ("year", *sides, "product"), place)
    rows = raw.height
    raw = _totals_only(_periods(raw, place), tally)
    raw = _with_sides(raw, match.layout, tally)
    raw = _products_only(raw, tally)
    amount, unit = ("value", 1.0) if "value" in raw.columns else ("value_thousand", 1000.0)
    raw = raw.with_columns(value_usd=values(raw, amount, place) * unit)
    raw = raw.with_columns(
        fob_usd=values(raw, "fob", place) if "fob" in raw.columns else pl.lit(None, pl.Float64),
        quantity_t=values(raw, "kg", place) / KG_PER_TON if "kg" in raw.columns else pl.lit(None, pl.Float64),
    )
    worthless = raw.filter(pl.col("value_usd").fill_null(0) <= 0)
    tally.drop("zero_value", NO_AMOUNT, worthless["product"])
    raw = raw.filter(pl.col("value_usd") > 0)
    for side in ("exporter", "importer"):
        groups = raw.filter(pl.col(side).is_in(WORLD))[side].to_list()
        tally.drop("world_total", Text("totals over partners", "伙伴合计"), groups)
        raw = raw.filter(~pl.col(side).is_in(WORLD))
        numeric = bool(raw.height) and bool(raw[side].str.contains(r"^\d+$").all())
        by = "number" if numeric else "code"
        raw = (
            economies.mapped(raw, side, place, tally, by=by, to=f"{side}_iso3")
            if raw.height
            else raw.with_columns(pl.col(side).alias(f"{side}_iso3"))
        )
    kept = raw.select(
        year=pl.col("calendar"),
        month="month",
        exporter="exporter_iso3",
        importer="importer_iso3",
        product="product",
        side="side",
        value_usd="value_usd",
        fob_usd="fob_usd",
        quantity_t="quantity_t",
        vintage=pl.col("vintage").replace(HS_OF_COMTRADE) if "vintage" in raw.columns else pl.lit(None, pl.Utf8),
    )
    return kept, rows


def _periods(raw: pl.DataFrame, place: Place) -> pl.DataFrame:
    """Year and month of each row; the month is null in a file of years."""
    period = raw["year"].str.strip_chars()
    if not period.str.contains(r"^\d{6}$").all():
        return raw.with_columns(years(raw, "year", place).alias("calendar"), month=pl.lit(None, pl.Int8))
    month = period.str.tail(2).cast(pl.Int8)
    bad = (~month.is_between(1, MONTHS)).arg_true()
    if len(bad):
        at = int(bad[0])
        problem = Text("not a month such as 202405", "不是 202405 形式的月份")
        line = int(raw["line"][at])
        raise place.fault("bad_period", problem, line=line, column="year", value=raw["year"][at])
    calendar = years(raw.with_columns(year=period.str.head(4)), "year", place)
    return raw.with_columns(calendar.alias("calendar"), month.alias("month"))


def _totals_only(raw: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """Leave out rows that are contained in another row of the file."""
    for column, total in TOTALS.items():
        if column in raw.columns:
            whole = pl.col(column).is_null() | pl.col(column).str.strip_chars().is_in(total)
            part = raw.filter(~whole)
            meaning = Text(
                "parts of another row (procedure, transport, second partner)",
                "其他行的组成部分（海关程序、运输方式、第二伙伴）",
            )
            tally.drop("part_of_total", meaning, part[column])
            raw = raw.filter(whole)
    return raw


def _with_sides(raw: pl.DataFrame, layout: str, tally: Tally) -> pl.DataFrame:
    """Exporter, importer, and which of them tells."""
    if layout == "imports":
        named = raw.with_columns(side=pl.lit("importer"))
    else:
        flow = pl.col("flow").str.strip_chars().str.to_lowercase()
        other = raw.filter(~flow.is_in(IMPORTS | EXPORTS))
        meaning = Text(
            "re-exports, re-imports and other flows, which imports and exports contain",
            "转口、复进口等，已含于进出口总额",
        )
        tally.drop("other_flow", meaning, other["flow"])
        told = raw.filter(flow.is_in(IMPORTS | EXPORTS)).drop("importer", "exporter", strict=False)
        imports = flow.is_in(IMPORTS)
        named = told.with_columns(
            side=pl.when(imports).then(pl.lit("importer")).otherwise(pl.lit("exporter")),
            importer=pl.when(imports).then(pl.col("reporter")).otherwise(pl.col("partner")),
            exporter=pl.when(imports).then(pl.col("partner")).otherwise(pl.col("reporter")),
        )
    return named.with_columns(
        pl.col(side).fill_null("").str.strip_chars().str.to_uppercase() for side in ("importer", "exporter")
    )


def _products_only(raw: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """Rows of the finest level of HS in the file; chapters, headings and totals contain them."""
    code = pl.col("product").str.strip_chars().str.strip_chars("'")
    raw = raw.with_columns(product=code)
    digits = raw["product"].str.contains(r"^\d+$")
    lengths = set(raw.filter(digits)["product"].str.len_chars().unique())
    level = 6 if 6 in lengths else 4
    fits = raw["product"].str.contains(rf"^\d{{{level}}}$").fill_null(False)
    meaning = Text(f"not a product of {level} digits (totals, other levels)", f"不是 {level} 位产品（合计、其他层级）")
    tally.drop("other_level", meaning, raw.filter(~fits)["product"].fill_null("").to_list())
    return raw.filter(fits)


def _one_vintage(records: pl.DataFrame, known: Known, place: Place, tally: Tally) -> pl.DataFrame:
    """All records in the vintage that most of the value is in; others carried over where nothing is lost."""
    if records.is_empty():
        raise place.fault("no_rows", Text("no row of it can be used", "没有可用的数据行"))
    hs = set(HS_OF_COMTRADE.values())
    if records["vintage"].null_count() == records.height or not set(records["vintage"].unique()) & hs:
        year = int(records["year"].mode()[0])
        vintage = hs_in_force(year)
        tally.warn(
            Text(
                f"The file does not say which vintage of HS its codes are; {vintage}, in force in {year}, was assumed.",
                f"文件未注明 HS 版本；按 {year} 年有效的 {vintage} 处理。",
            )
        )
        return records.with_columns(vintage=pl.lit(vintage))
    worth = records.filter(pl.col("vintage").is_in(hs)).group_by("vintage").agg(pl.col("value_usd").sum())
    chosen = str(worth.sort("value_usd", "vintage", descending=[True, False])["vintage"][0])
    others = records.filter(pl.col("vintage").ne_missing(chosen)).with_row_index("record")
    if others.is_empty():
        return records
    carried = _carried(others, chosen, known)
    names = sorted(set(others["vintage"].drop_nulls()))
    tally.drop(
        "other_vintage",
        Text(
            f"codes of another HS vintage that do not correspond to one code of {chosen}",
            f"其他 HS 版本编码，无法唯一对应 {chosen}",
        ),
        others.join(carried, on="record", how="anti")["vintage"].fill_null("–").to_list(),
    )
    tally.warn(
        Text(
            f"Reporters used {len(names) + 1} vintages; the data set is in {chosen}. Of {others.height:,} records in "
            f"{', '.join(names)}, {carried.height:,} were carried over code by code"
            + ("" if carried.height else " (add UNSD's correlation tables first to carry them over)")
            + ".",
            f"各方使用了 {len(names) + 1} 个 HS 版本；数据集采用 {chosen}。{', '.join(names)} 的 {others.height:,} 条记录中，"
            f"{carried.height:,} 条已按编码转换" + ("" if carried.height else "（先添加 UNSD 对照表方可转换）") + "。",
        )
    )
    columns = records.columns
    return pl.concat([records.filter(pl.col("vintage") == chosen), carried.select(columns)])


def _carried(others: pl.DataFrame, chosen: str, known: Known) -> pl.DataFrame:
    """Records whose code corresponds to exactly one code of the chosen vintage."""
    tables = known.table("concordances").filter(pl.col("to_classification") == chosen)
    single = (
        tables.group_by("from_classification", "from_code")
        .agg(pl.col("to_code").first(), choices=pl.len())
        .filter(pl.col("choices") == 1)
    )
    joined = others.join(
        single.rename({"from_classification": "vintage", "from_code": "product"}), on=["vintage", "product"]
    )
    return joined.with_columns(product=pl.col("to_code"), vintage=pl.lit(chosen)).drop("to_code", "choices")


PROVIDER = Provider(
    name=NAME,
    licence="UN Comtrade terms of use (no re-dissemination of raw records)",
    licence_url="https://comtradeplus.un.org/Term",
    citation="United Nations, UN Comtrade Database, https://comtradeplus.un.org",
    feeds=("flows",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
