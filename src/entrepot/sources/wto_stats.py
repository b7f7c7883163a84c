"""WTO Stats and the WTO's Timeseries interface: average duties by HS6 and by chapter, MFN and lowest preferential.

Read are the indicators HS_A_0010 (simple average of the MFN applied ad-valorem duties) and HS_P_0070 (the same of the lowest
preferential duties, with the partner), from the CSV that the portal exports or the interface answers with. They are averages of
the tariff lines that the WTO holds in its Integrated Data Base.
"""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, check_codes, last_year, numbers, require, unique_rows, years
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.tariff_rows import tariff_rows
from entrepot.sources.text_files import read_text
from entrepot.sources.trade_years import hs_in_force
from entrepot.sources.who import Economies
from entrepot.sources.wto_ttd import EUN, EUROPEAN_UNION
from entrepot.tables import tariff_areas

NAME = "WTO Stats"
LAYOUTS = {
    "portal": Text(
        "CSV export of the portal (Indicator Code, Reporting Economy Code …)", "门户导出的 CSV（Indicator Code 等列）"
    ),
    "interface": Text(
        "CSV of the Timeseries interface (IndicatorCode …)", "Timeseries 接口的 CSV（IndicatorCode 等列）"
    ),
}
MFN, PREFERENTIAL = "HS_A_0010", "HS_P_0070"
# Column of the interface → what it is here; the portal writes the same words with blanks and a stroke.
COLUMNS = {
    "indicatorcode": "indicator",
    "reportingeconomycode": "reporter",
    "partnereconomycode": "partner",
    "productorsectorcode": "product",
    "productsectorcode": "product",
    "year": "year",
    "value": "value",
}
NEEDED = ("indicator", "reporter", "partner", "product", "year", "value")
OTHER = Text("rows of other indicators", "其他指标的行")
LEVEL = Text("products of neither 6 nor 2 digits", "既非 6 位也非 2 位的产品")
BLANK = Text("rows without a value", "没有数值的行")
STRANGE_PARTNER = Text("preferences for partners that are no economy", "优惠对象不是经济体的行")
ASSUMED = Text(
    "The file does not tell the vintage of its HS codes; each year is taken to be in the one then in force.",
    "文件未注明 HS 编码的版本；各年均按当年生效的版本处理。",
)


def _named(columns: Sequence[str]) -> dict[str, str]:
    """Column of the file → what it is here."""
    plain = {column: re.sub(r"[^a-z]", "", column.casefold()) for column in columns}
    return {column: COLUMNS[said] for column, said in plain.items() if said in COLUMNS}


def recognise(head: Head) -> Match | None:
    """The CSV, by its columns."""
    if set(NEEDED) - set(_named(head.columns).values()):
        return None
    layout = "interface" if "IndicatorCode" in head.columns else "portal"
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"世贸组织统计门户（WTO Stats）：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Averages as fractions: by HS6 with basis "line", by chapter with basis "chapter"; the European Union as "EUN"."""
    tally, economies = Tally(), Economies(known)
    parts, rows_read = [], 0
    for match in matches:
        raw, place = read_text(match.path, NAME)
        named = _named(raw.columns)
        twice = next((column for column, said in named.items() if list(named.values()).count(said) > 1), None)
        if twice is not None:
            raise place.fault("duplicate_column", Text("two columns say the same", "两列含义相同"), column=twice)
        raw = raw.rename(named)
        require(raw, NEEDED, place)
        rows_read += raw.height
        parts.append(_rates(raw.select(LINE, *NEEDED), place, economies, tally))
    tally.warn(ASSUMED)
    frame = pl.concat(parts)
    unique_rows(frame, ("importer", "exporter", "product", "year"), Place(NAME, matches[0].path))
    tables = [TableRows("tariffs", frame)]
    if EUN in frame["importer"]:
        members = known.table("groups").filter(pl.col("group") == "EU")
        members = members.with_columns(area=pl.lit(EUN), name=pl.lit("European Union"), source=pl.lit(NAME))
        listed = members.select(pl.col(name).cast(dtype) for name, dtype in tariff_areas.SCHEMA.items())
        tables.append(TableRows("tariff_areas", listed))
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=frame.height)
    return TablesReading(tuple(tables), report, edition=f"to {last_year(frame)}")


def _rates(raw: pl.DataFrame, place: Place, economies: Economies, tally: Tally) -> pl.DataFrame:
    ours = pl.col("indicator").is_in([MFN, PREFERENTIAL])
    tally.drop("other_indicator", OTHER, raw.filter(~ours)["indicator"])
    raw = raw.filter(ours)
    if raw.is_empty():
        problem = Text(f"neither {MFN} nor {PREFERENTIAL}", f"没有 {MFN} 或 {PREFERENTIAL}")
        raise place.fault("no_rows", problem, column="Indicator Code")
    check_codes(raw, "product", r"\d{2}|\d{4}|\d{6}", place, Text("not an HS code", "不是 HS 编码"))
    level = pl.col("product").str.len_chars().is_in([2, 6])
    tally.drop("other_level", LEVEL, raw.filter(~level)["product"])
    raw = raw.filter(level)
    raw = raw.with_columns(rate=numbers(raw, "value", place, low=0, high=3_000) / 100, year=years(raw, "year", place))
    tally.drop("no_value", BLANK, raw.filter(pl.col("rate").is_null())["product"])
    raw = raw.filter(pl.col("rate").is_not_null())
    general = raw.filter(pl.col("indicator") == MFN).with_columns(
        exporter=pl.lit(""), regime=pl.lit("mfn"), programme=pl.lit("")
    )
    granted = raw.filter(pl.col("indicator") == PREFERENTIAL)
    partner = pl.Series([economies.of_number(one) for one in granted["partner"]], dtype=pl.Utf8)
    tally.drop("no_partner", STRANGE_PARTNER, granted.filter(partner.is_null())["partner"])
    granted = granted.with_columns(exporter=partner, regime=pl.lit("preferential"), programme=pl.lit("lowest")).filter(
        pl.col("exporter").is_not_null()
    )
    frame = pl.concat([general, granted])
    if frame.is_empty():
        raise place.fault("no_rows", Text("no average by HS6 or chapter", "没有按 HS6 或章的平均税率"))
    vintages = {year: hs_in_force(year) for year in frame["year"].unique().to_list()}
    frame = frame.with_columns(
        basis=pl.when(pl.col("product").str.len_chars() == 6).then(pl.lit("line")).otherwise(pl.lit("chapter")),
        vintage=pl.col("year").replace_strict(vintages, return_dtype=pl.Utf8),
    )
    union = frame.filter(pl.col("reporter") == EUROPEAN_UNION).with_columns(importer=pl.lit(EUN))
    others = frame.filter(pl.col("reporter") != EUROPEAN_UNION)
    if others.height:
        union = pl.concat([union, economies.mapped(others, "reporter", place, tally, by="number", to="importer")])
    return tariff_rows(union, NAME, f"to {last_year(union)}")


PROVIDER = Provider(
    name=NAME,
    licence="WTO terms of use",
    licence_url="https://stats.wto.org/",
    citation="World Trade Organization, WTO Stats, stats.wto.org.",
    feeds=("tariffs", "tariff_areas"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
