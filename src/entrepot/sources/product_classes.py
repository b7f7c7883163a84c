"""Classes of products: Rauch's degree of differentiation, Lall's technology, ITC's product groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, require, said, unique_rows
from entrepot.sources.condition_rows import NO_VALUE
from entrepot.sources.fact_rows import fact_rows
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.workbooks import preview_of, sheet_frame


@dataclass(frozen=True, slots=True)
class _Classes:
    """A file of classes: which column has the code, of how many digits, and which columns say what."""

    name: str
    classification: str
    code: str
    digits: int
    facts: dict[str, str]
    valid: frozenset[str] | None
    edition: str
    layout: Text
    sheet: str | None = None


RAUCH = _Classes(
    "Rauch",
    "SITC2",
    "sitc4",
    4,
    {"rauch_conservative": "con", "rauch_liberal": "lib"},
    frozenset("wrn"),
    "revision 2",
    Text("workbook by SITC Rev. 2 (sitc4, con, lib)", "按 SITC 第 2 修订版的工作簿（sitc4、con、lib）"),
)
LALL = _Classes(
    "Lall",
    "SITC2",
    "product",
    4,
    {"lall": "lall"},
    frozenset("PP RB1 RB2 LT1 LT2 MT1 MT2 MT3 HT1 HT2 Special Gold".split()),
    "2000",
    Text("Stata file by SITC Rev. 2 (product, lall)", "按 SITC 第 2 修订版的 Stata 文件（product、lall）"),
)
# Its codes are of several vintages at once; HS17 is the one that it follows.
ITC = _Classes(
    "ITC Export Potential Map",
    "HS17",
    "HS6",
    6,
    {"epm_group": "k"},
    None,
    "full correspondences",
    Text("workbook of correspondences (Sectors)", "对应关系工作簿（Sectors）"),
    "Sectors",
)


def _recogniser(of: _Classes) -> Callable[[Head], Match | None]:
    def recognise(head: Head) -> Match | None:
        wanted = {of.code, *of.facts.values()}
        preview = preview_of(head)
        first = set(preview.rows[0]) if preview is not None and preview.rows else set()
        if not (wanted <= first or wanted <= set(stata_columns(head))):
            return None
        return Match(head.path, "classes", Text(f"{of.name}: {of.layout.en}", f"{of.name}：{of.layout.zh}"), of.edition)

    return recognise


def _reader(of: _Classes) -> Callable[[Sequence[Match], Known], TablesReading]:
    def read(matches: Sequence[Match], known: Known) -> TablesReading:
        tally = Tally()
        match = tally.last_of(matches)
        place = Place(of.name, match.path, of.sheet)
        raw = _raw(of, place)
        rows = pl.concat(_fact(of, raw, fact, column, place, tally) for fact, column in of.facts.items())
        report = tally.report(of.name, [match.path], of.layout, rows_read=raw.height, rows_kept=rows.height)
        return TablesReading((TableRows("product_facts", rows),), report, edition=of.edition)

    return read


def _raw(of: _Classes, place: Place) -> pl.DataFrame:
    columns = [of.code, *of.facts.values()]
    if place.path.suffix.lower() == ".dta":
        raw = stata_frame(place, columns)
    else:
        raw = sheet_frame(place, unique=False)
        require(raw, columns, place)
    # Codes that a file holds as numbers have lost their leading zeros.
    raw = raw.select(LINE, pl.col(of.code).str.zfill(of.digits).alias("code"), *of.facts.values())
    wrong = raw.filter(~pl.col("code").str.contains(rf"^[0-9A-Z]{{{of.digits}}}$"))
    if wrong.height:
        row = wrong.row(0, named=True)
        problem = Text(f"not a code of {of.digits} digits", f"不是 {of.digits} 位编码")
        raise place.fault("bad_code", problem, line=row[LINE], column=of.code, value=row["code"])
    unique_rows(raw, ("code",), place)
    return raw


def _fact(of: _Classes, raw: pl.DataFrame, fact: str, column: str, place: Place, tally: Tally) -> pl.DataFrame:
    frame = raw.with_columns(word=said(column))
    if of.valid is not None:
        wrong = frame.filter(pl.col("word").is_not_null() & ~pl.col("word").is_in(list(of.valid)))
        if wrong.height:
            row = wrong.row(0, named=True)
            problem = Text(f"not one of {', '.join(sorted(of.valid))}", f"应为 {'、'.join(sorted(of.valid))} 之一")
            raise place.fault("unknown_class", problem, line=row[LINE], column=column, value=row["word"])
    tally.drop("no_value", NO_VALUE, frame.filter(pl.col("word").is_null())["code"])
    told = frame.filter(pl.col("word").is_not_null())
    named = told.with_columns(classification=pl.lit(of.classification), fact=pl.lit(fact))
    return fact_rows(named, of.name, of.edition)


def _provider(of: _Classes, licence: str, citation: str) -> Provider:
    return Provider(
        name=of.name,
        licence=licence,
        licence_url="",
        citation=citation,
        feeds=("product_facts",),
        layouts={"classes": of.layout},
        recognise=_recogniser(of),
        read=_reader(of),
    )


PROVIDERS = (
    _provider(
        RAUCH,
        "free with citation",
        "Rauch, J. (1999), Networks versus Markets in International Trade, Journal of International Economics 48.",
    ),
    _provider(
        LALL,
        "free with citation",
        "Lall, S. (2000), The Technological Structure and Performance of Developing Country Manufactured Exports.",
    ),
    _provider(
        ITC,
        "ITC terms of use (non-commercial)",
        "International Trade Centre, Export Potential Map, correspondences of products.",
    ),
)
