"""Elasticities by product: trade elasticities (CEPII ProTEE), elasticities of substitution (Broda and Weinstein)."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, check_codes, numbers, require, unique_rows
from entrepot.sources.condition_rows import NO_VALUE
from entrepot.sources.fact_rows import fact_rows
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.sources.workbooks import preview_of, sheet_frame

PROTEE, BRODA_WEINSTEIN = "CEPII ProTEE", "Broda-Weinstein"
PROTEE_COLUMNS = ("HS6", "zero", "positive", "sigma")
SITC_HEADING = "SITC Rev.3 5-digit"
HS3_COLUMNS = ("cname", "hs_3digit", "sigma")
PROTEE_LAYOUTS = {"hs6": Text("CSV by HS6 of 2007", "按 HS6（2007 版）的 CSV")}
BRODA_LAYOUTS = {
    "sitc3": Text("United States by SITC Rev. 3 (.xls)", "美国，按 SITC 第 3 修订版（.xls）"),
    "hs3": Text("73 economies by three digits of HS92 (.dta)", "73 个经济体，按 HS92 前三位（.dta）"),
}
# Estimated over 1990–2001 for the United States, 1994–2003 for the others.
LARGEST = 1e6


def recognise_protee(head: Head) -> Match | None:
    """The CSV, by its columns."""
    if not set(PROTEE_COLUMNS) <= set(head.columns):
        return None
    said = Text("CEPII ProTEE: trade elasticities by HS6", "CEPII ProTEE：HS6 贸易弹性")
    return Match(head.path, "hs6", said, "0.1")


def read_protee(matches: Sequence[Match], known: Known) -> TablesReading:
    """Trade elasticities (negative); products without a significant estimate have none."""
    tally = Tally()
    match = tally.last_of(matches)
    raw, place = read_text(match.path, PROTEE)
    require(raw, PROTEE_COLUMNS, place)
    check_codes(raw, "HS6", r"\d{6}", place, Text("not an HS6 code", "不是 HS6 编码"))
    unique_rows(raw, ("HS6",), place)
    frame = raw.select(pl.col("HS6").alias("code"), numbers(raw, "sigma", place, low=-LARGEST, high=0).alias("number"))
    return _told(frame, "HS07", "trade_elasticity", PROTEE, match, PROTEE_LAYOUTS, tally, raw.height)


def recognise_broda_weinstein(head: Head) -> Match | None:
    """The workbook by its heading, the Stata file by its variables."""
    preview = preview_of(head)
    layout = None
    if preview is not None and any(SITC_HEADING in row for row in preview.rows):
        layout = "sitc3"
    elif set(HS3_COLUMNS) <= set(stata_columns(head)):
        layout = "hs3"
    if layout is None:
        return None
    said = BRODA_LAYOUTS[layout]
    # The two layouts are of different codes: each is read on its own.
    return Match(
        head.path, layout, Text(f"{BRODA_WEINSTEIN}: {said.en}", f"{BRODA_WEINSTEIN}：{said.zh}"), "2006", group=layout
    )


def read_broda_weinstein(matches: Sequence[Match], known: Known) -> TablesReading:
    """Elasticities of substitution (above 1) by product, and by importer where there are several."""
    tally = Tally()
    match = tally.last_of(matches)
    place = Place(BRODA_WEINSTEIN, match.path)
    if match.layout == "sitc3":
        raw = sheet_frame(place, heading_row=4)
        require(raw, (SITC_HEADING, "Sigma 1990-2001"), place)
        # Numbers have lost their leading zeros.
        check_codes(raw, SITC_HEADING, r"[0-9A-Z]{1,5}", place, Text("not an SITC code", "不是 SITC 编码"))
        code = pl.col(SITC_HEADING).str.zfill(5).alias("code")
        sigma = numbers(raw, "Sigma 1990-2001", place, low=1, high=LARGEST).alias("number")
        frame = raw.select(code, LINE).with_columns(sigma, importer=pl.lit("USA"))
        classification = "SITC3"
    else:
        raw = stata_frame(place, list(HS3_COLUMNS))
        check_codes(raw, "hs_3digit", r"\d{1,3}", place, Text("not three digits of the HS", "不是 HS 三位编码"))
        sigma = numbers(raw, "sigma", place, low=1, high=LARGEST).alias("number")
        frame = raw.select("cname", pl.col("hs_3digit").str.zfill(3).alias("code"), LINE).with_columns(sigma)
        # Names are written without their blanks: "UnitedKingdom".
        frame = frame.with_columns(pl.col("cname").str.replace_all(r"([a-z])([A-Z])", "$1 $2"))
        frame = Economies(known).mapped(frame, "cname", place, tally, by="name", to="importer")
        classification = "HS92"
    unique_rows(frame, ("importer", "code"), place)
    return _told(
        frame,
        classification,
        "substitution_elasticity",
        BRODA_WEINSTEIN,
        match,
        BRODA_LAYOUTS,
        tally,
        raw.height,
    )


def _told(
    frame: pl.DataFrame,
    classification: str,
    fact: str,
    source: str,
    match: Match,
    layouts: dict[str, Text],
    tally: Tally,
    rows_read: int,
) -> TablesReading:
    tally.drop("no_value", NO_VALUE, frame.filter(pl.col("number").is_null())["code"])
    told = frame.filter(pl.col("number").is_not_null())
    rows = fact_rows(told.with_columns(classification=pl.lit(classification), fact=pl.lit(fact)), source, match.edition)
    report = tally.report(source, [match.path], layouts[match.layout], rows_read=rows_read, rows_kept=rows.height)
    return TablesReading((TableRows("product_facts", rows),), report, edition=match.edition)


PROVIDERS = (
    Provider(
        name=PROTEE,
        licence="Etalab 2.0",
        licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        citation="Fontagné, L., H. Guimbard and G. Orefice (2022), Tariff-based product-level trade elasticities, JIE 137.",
        feeds=("product_facts",),
        layouts=PROTEE_LAYOUTS,
        recognise=recognise_protee,
        read=read_protee,
    ),
    Provider(
        name=BRODA_WEINSTEIN,
        licence="free with citation",
        licence_url="",
        citation="Broda, C. and D. Weinstein (2006), Globalization and the Gains from Variety, QJE 121(2).",
        feeds=("product_facts",),
        layouts=BRODA_LAYOUTS,
        recognise=recognise_broda_weinstein,
        read=read_broda_weinstein,
    ),
)
