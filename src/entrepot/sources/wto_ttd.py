"""WTO Tariff & Trade Data: average MFN applied duties by product group of the multilateral negotiations (MTN).

A chapter of the Harmonized System takes the average of the group that holds most of it; a chapter without such a group
is left to other sources.
"""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, last_year, numbers, require, unique_rows, years
from entrepot.sources.condition_rows import SECOND_TELLING
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.tariff_rows import tariff_rows
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.tables import tariff_areas

NAME = "WTO TTD"
LAYOUTS = {"mtn": Text("CSV of averages by MTN product group", "按 MTN 产品组的平均税率 CSV")}
COLUMNS = ("reporter_code", "year", "classification", "duty_scheme_name", "product_code", "simple_average")
# Group → the chapters that lie mostly in it (chapters 16, 27 and 65 have no such group).
CHAPTERS = {
    "A01": "01",
    "A02": "02",
    "B00": "04",
    "C01": "08",
    "C02": "07",
    "C03": "20",
    "D": "09",
    "D02": "18",
    "E01": "10",
    "E02": "11 19 21",
    "F": "15",
    "F01": "12",
    "G00": "17",
    "H02": "22",
    "H03": "24",
    "J01": "06 13 14",
    "J03": "23",
    "J04": "05",
    "K00": "03",
    "L02": "25 26",
    "L03": "68 69 70",
    "L04": "71",
    "L05": "74 75 76 78 79 80 81",
    "L06": "72 73",
    "L07": "82 83",
    "N01": "28",
    "N02": "29",
    "N03": "30",
    "N04": "39",
    "N05": "31",
    "N09": "32 33 34 35 36 37 38",
    "O01": "44 45 46",
    "O02": "47 48 49",
    "O03": "94",
    "P01": "50 51 52 53",
    "P02": "54 55",
    "P09": "56 57 58 59 60 63",
    "Q00": "61 62",
    "R01": "40",
    "R02": "41 42 43",
    "R03": "64",
    "S": "84",
    "T": "85",
    "U01": "87",
    "U02": "86",
    "U03": "89",
    "U04": "88",
    "V": "90",
    "V04": "91",
    "V05": "93",
    "V06": "95",
    "V09": "66 67 92 96 97",
}
GROUP_OF_CHAPTER = pl.DataFrame(
    [(group, chapter) for group, chapters in CHAPTERS.items() for chapter in chapters.split()],
    schema={"product_code": pl.Utf8, "product": pl.Utf8},
    orient="row",
)
OTHER_GROUPS = Text("product groups that stand for no chapter", "不对应任何章的产品组")
BLANK = Text("rows without an average", "没有平均值的行")
EUROPEAN_UNION, EUN = "918", "EUN"


def recognise(head: Head) -> Match | None:
    """The CSV, by its columns."""
    if not set(COLUMNS) <= set(head.columns):
        return None
    said = LAYOUTS["mtn"]
    return Match(head.path, "mtn", Text(f"{NAME}: {said.en}", f"世贸组织关税与贸易数据：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Simple averages as fractions, basis "chapter"; the European Union levies as "EUN" (`tariff_areas`)."""
    tally, economies = Tally(), Economies(known)
    parts, rows_read = [], 0
    for match in matches:
        raw, place = read_text(match.path, NAME)
        require(raw, COLUMNS, place)
        rows_read += raw.height
        if set(raw["classification"].unique()) != {"MTN"}:
            other = raw.filter(pl.col("classification") != "MTN").row(0, named=True)
            problem = Text("only averages by MTN group are read", "只读取 MTN 产品组平均值")
            raise place.fault(
                "unknown_classification",
                problem,
                line=other[LINE],
                column="classification",
                value=other["classification"],
            )
        rate = numbers(raw, "simple_average", place, low=0, high=3_000) / 100
        frame = raw.with_columns(rate.alias("rate"), years(raw, "year", place))
        tally.drop("no_value", BLANK, frame.filter(pl.col("rate").is_null())["product_code"])
        frame = frame.filter(pl.col("rate").is_not_null())
        tally.drop(
            "other_group",
            OTHER_GROUPS,
            frame.join(GROUP_OF_CHAPTER, on="product_code", how="anti")["product_code"],
        )
        frame = frame.with_columns(number=pl.col("reporter_code").str.strip_chars_start("CU"))
        unique_rows(frame, ("number", "year", "product_code"), place)
        frame = frame.join(GROUP_OF_CHAPTER, on="product_code", how="inner")
        if frame.is_empty():
            raise place.fault("no_rows", Text("no average of any known group", "没有已知产品组的平均值"))
        union = frame.filter(pl.col("number") == EUROPEAN_UNION).with_columns(importer=pl.lit(EUN))
        others = frame.filter(pl.col("number") != EUROPEAN_UNION)
        if others.height:
            others = economies.mapped(others, "number", place, tally, by="number", to="importer")
            union = pl.concat([union, others])
        union = union.with_columns(regime=pl.lit("mfn"), basis=pl.lit("chapter"))
        parts.append(tariff_rows(union, NAME, f"to {last_year(union)}"))
    tally.warn(
        Text(
            "A chapter carries the average of the MTN product group that holds most of it.",
            "每章取包含其大部分产品的 MTN 产品组的平均税率。",
        )
    )
    frame = pl.concat(parts)
    again = ~pl.struct("importer", "product", "year").is_last_distinct()
    tally.drop("told_twice", SECOND_TELLING, frame.filter(again)["importer"])
    frame = frame.filter(~again)
    groups = known.table("groups").filter(pl.col("group") == "EU")
    union_members = groups.with_columns(area=pl.lit(EUN), name=pl.lit("European Union"), source=pl.lit(NAME))
    members = union_members.select(pl.col(name).cast(dtype) for name, dtype in tariff_areas.SCHEMA.items())
    report = tally.report(NAME, [m.path for m in matches], LAYOUTS["mtn"], rows_read=rows_read, rows_kept=frame.height)
    edition = f"to {last_year(frame)}"
    return TablesReading((TableRows("tariffs", frame), TableRows("tariff_areas", members)), report, edition=edition)


PROVIDER = Provider(
    name=NAME,
    licence="WTO terms of use",
    licence_url="https://ttd.wto.org/",
    citation="World Trade Organization, Tariff & Trade Data, ttd.wto.org.",
    feeds=("tariffs", "tariff_areas"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
