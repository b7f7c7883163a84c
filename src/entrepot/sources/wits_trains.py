"""TRAINS tariffs as WITS exports them in bulk: MFN and preferential rates by HS6, and who belongs to which group."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, check_codes, last_year, numbers, require, unique_rows, years
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.tariff_rows import tariff_rows
from entrepot.sources.text_files import read_text
from entrepot.sources.trade_years import HS_OF_COMTRADE
from entrepot.sources.who import Economies
from entrepot.sources.wits_sdmx import is_answer, is_xml_answer, read_answer
from entrepot.tables import tariff_areas

NAME = "WITS TRAINS"
RATES, ANSWER, XML_ANSWER, GROUPS = "rates", "answer", "xml_answer", "groups"
LAYOUTS = {
    RATES: Text("bulk CSV of one reporter and year, by HS6", "单一申报方、年份的 HS6 批量 CSV"),
    ANSWER: Text("answer of the interface (SDMX-JSON)", "接口返回的 SDMX-JSON"),
    XML_ANSWER: Text("answer of the interface (SDMX-XML)", "接口返回的 SDMX-XML"),
    GROUPS: Text("beneficiaries of preferential groups", "优惠集团受惠方名单"),
}
COLUMNS = (
    "NomenCode",
    "Reporter_ISO_N",
    "Year",
    "ProductCode",
    "Sum_Of_Rates",
    "Nbr_NA_Lines",
    "TotalNoOfValidLines",
)
GROUP_COLUMNS = ("PARTNER", "RegionName", "Country")
# In files of preferences one more column says for whom the rate is.
PARTNER_COLUMNS = ("Partner", "PartnerCode", "Partner_ISO_N", "Partner_Code")
EUROPEAN_UNION, EUN = "918", "EUN"
HIGHEST_PERCENT = 3_000.0
EVERYBODY = Text("members of groups that are not economies", "集团成员中不属于经济体者")


def recognise(head: Head) -> Match | None:
    """A bulk file or the list of groups, by the columns."""
    columns = set(head.columns)
    layout = RATES if set(COLUMNS) <= columns else GROUPS if set(GROUP_COLUMNS) <= columns else None
    layout = ANSWER if is_answer(head) else XML_ANSWER if is_xml_answer(head) else layout
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"{NAME}：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Rates as fractions, the mean over the lines of an HS6; the European Union levies as "EUN" (`tariff_areas`)."""
    tally, economies = Tally(), Economies(known)
    rates, areas, rows_read = [], [], 0
    for match in matches:
        if match.layout in (ANSWER, XML_ANSWER):
            answers, place, count = read_answer(match.path, NAME, tally)
            rates += [_rates(raw, place, economies, tally) for raw in answers]
            rows_read += count
            continue
        raw, place = read_text(match.path, NAME)
        rows_read += raw.height
        if match.layout == GROUPS:
            areas.append(_groups(raw, place, economies, tally))
        else:
            rates.append(_rates(raw, place, economies, tally))
    tables = []
    if rates:
        frame = pl.concat(rates)
        unique_rows(frame, ("importer", "exporter", "product", "vintage", "year"), Place(NAME, matches[0].path))
        tables.append(TableRows("tariffs", frame.sort("importer", "exporter", "year", "vintage", "product")))
        if EUN in frame["importer"]:
            areas.append(_european_union(known))
    if areas:
        stacked = pl.concat(areas).unique(["area", "economy"], keep="first", maintain_order=True)
        tables.append(TableRows("tariff_areas", stacked.sort("area", "economy")))
    edition = f"to {max(last_year(part) for part in rates)}" if rates else "groups"
    kept = sum(table.frame.height for table in tables)
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=kept)
    return TablesReading(tuple(tables), report, edition=edition)


def _rates(raw: pl.DataFrame, place: Place, economies: Economies, tally: Tally) -> pl.DataFrame:
    require(raw, COLUMNS, place)
    raw = raw.with_columns(pl.col(name).str.strip_chars() for name in raw.columns if name != LINE)
    _check_codes(raw, place)
    total = numbers(raw, "Sum_Of_Rates", place, low=0, high=HIGHEST_PERCENT * 10_000)
    lines = numbers(raw, "TotalNoOfValidLines", place, low=0, high=100_000)
    rate = total / lines / 100
    frame = raw.select(
        LINE,
        pl.col("Reporter_ISO_N").alias("reporter"),
        pl.col("ProductCode").alias("product"),
        pl.col("NomenCode").replace_strict(HS_OF_COMTRADE).alias("vintage"),
        years(raw, "Year", place).alias("year"),
        pl.when(lines > 0).then(rate).alias("rate"),
        lines.alias("lines"),
        numbers(raw, "Nbr_NA_Lines", place, low=0, high=100_000).alias("lines_left_out"),
    )
    if frame.filter(pl.col("rate") > HIGHEST_PERCENT / 100).height:
        problem = Text("a mean rate above 3,000 %", "平均税率超过 3000%")
        raise place.fault("out_of_range", problem, column="Sum_Of_Rates")
    without = frame["rate"].null_count()
    if without:
        name = place.path.name
        tally.warn(
            Text(
                f"{name}: {without} products have no line with an ad-valorem rate; they are kept without one.",
                f"{name}：{without} 个产品没有从价税率，保留但税率为空。",
            )
        )
    partner = next((name for name in PARTNER_COLUMNS if name in raw.columns), None)
    exporter = _exporters(raw[partner], economies) if partner else pl.Series([""] * raw.height)
    frame = frame.with_columns(
        exporter=exporter,
        regime=pl.lit("preferential" if partner else "mfn"),
        programme=raw[partner] if partner else pl.lit(""),
        basis=pl.lit("line"),
    )
    union = frame.filter(pl.col("reporter") == EUROPEAN_UNION).with_columns(importer=pl.lit(EUN))
    others = frame.filter(pl.col("reporter") != EUROPEAN_UNION)
    if others.height:
        others = economies.mapped(others, "reporter", place, tally, by="number", to="importer")
        frame = pl.concat([union, others])
    else:
        frame = union
    return tariff_rows(frame, NAME, f"to {last_year(frame)}")


def _check_codes(raw: pl.DataFrame, place: Place) -> None:
    check_codes(raw, "NomenCode", "|".join(HS_OF_COMTRADE), place, Text("no vintage of the HS", "不是 HS 版本"))
    check_codes(raw, "ProductCode", r"\d{6}", place, Text("not an HS6 code", "不是 HS6 编码"))


def _exporters(partner: pl.Series, economies: Economies) -> pl.Series:
    """Economies for their numbers; codes of groups (A01 …) stay as they are."""
    found = {value: economies.of_number(value) or value for value in partner.unique().to_list()}
    return pl.Series([found[value] for value in partner.to_list()], dtype=pl.Utf8)


def _groups(raw: pl.DataFrame, place: Place, economies: Economies, tally: Tally) -> pl.DataFrame:
    require(raw, GROUP_COLUMNS, place)
    # A second heading or a group without members stands where text was pasted together.
    told = raw.filter(pl.col("PARTNER").str.contains(r"^[A-Z]+\d*$"))
    tally.drop("not_a_group", EVERYBODY, raw.filter(~pl.col("PARTNER").str.contains(r"^[A-Z]+\d*$"))["PARTNER"])
    if told.is_empty():
        raise place.fault("no_rows", Text("no group code like A01", "没有形如 A01 的集团代码"), column="PARTNER")
    frame = economies.mapped(told, "Country", place, tally, by="number")
    return _areas(frame.select(pl.col("PARTNER").alias("area"), pl.col("RegionName").alias("name"), "economy"))


def _areas(frame: pl.DataFrame) -> pl.DataFrame:
    days = {name: pl.lit(None, dtype=pl.Date) for name in ("since", "until") if name not in frame.columns}
    full = frame.with_columns(**days, source=pl.lit(NAME))
    return full.select(pl.col(name).cast(dtype) for name, dtype in tariff_areas.SCHEMA.items())


def _european_union(known: Known) -> pl.DataFrame:
    """Who the European Union is, by the groups of the store; the United Kingdom kept its tariff to the end of 2020."""
    groups = known.table("groups").filter(pl.col("group") == "EU")
    last = pl.when(pl.col("economy") == "GBR").then(pl.lit(date(2020, 12, 31))).otherwise(pl.col("until"))
    return _areas(
        groups.select(pl.lit(EUN).alias("area"), pl.lit("European Union").alias("name"), "economy", "since", until=last)
    )


PROVIDER = Provider(
    name=NAME,
    licence="WITS terms of use",
    licence_url="https://wits.worldbank.org/disclaimer.html",
    citation="UNCTAD TRAINS, by way of the World Integrated Trade Solution (WITS).",
    feeds=("tariffs", "tariff_areas"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
