"""Chinese names of the Harmonized System of 2017, from the tariff of Taiwan's customs (wording differs from China's)."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, check_codes, require, unique_rows
from entrepot.sources.head import Head
from entrepot.sources.product_rows import product_rows
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text

NAME = "Chinese HS names"
# Column of the Chinese name by layout; where both files are at hand the simplified one is read.
SIMPLIFIED, TRADITIONAL = "simplified", "traditional"
COLUMNS = {
    SIMPLIFIED: ("hscode", "name_zh_cn_opencc", "name_en"),
    TRADITIONAL: ("hscode", "hscode_name.C", "hscode_name.E"),
}
LAYOUTS = {
    SIMPLIFIED: Text("CSV converted to simplified characters", "转为简体字的 CSV"),
    TRADITIONAL: Text("CSV in traditional characters", "繁体字 CSV"),
}
CLASSIFICATION, EDITION = "HS17", "HS2017"
OTHER_LEVELS = Text("chapters and codes of more than 6 digits", "章及 6 位以上编码")


def recognise(head: Head) -> Match | None:
    """A file of names, by its columns."""
    layout = next((name for name, columns in COLUMNS.items() if set(columns) <= set(head.columns)), None)
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME} (HS17): {said.en}", f"HS 中文名称（HS17）：{said.zh}"), EDITION)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Headings and subheadings with both names; the English one of the store where it has one."""
    tally = Tally()
    match = tally.last_of(sorted(matches, key=lambda match: match.layout, reverse=True))
    raw, place = read_text(match.path, NAME)
    code, chinese, english = COLUMNS[match.layout]
    require(raw, (code, chinese, english), place)
    check_codes(raw, code, r"\d+", place, Text("not a code", "不是编码"))
    frame = raw.select(
        LINE, pl.col(code).alias("code"), pl.col(chinese).alias("name_zh"), pl.col(english).alias("name_en")
    )
    right = pl.col("code").str.len_chars().is_in([4, 6])
    tally.drop("other_level", OTHER_LEVELS, frame.filter(~right)["code"])
    frame = frame.filter(right)
    if frame.is_empty():
        problem = Text("no code of 4 or 6 digits (leading zeros lost?)", "没有 4 位或 6 位编码（前导零丢失？）")
        raise place.fault("no_rows", problem, column=code)
    unique_rows(frame, ("code",), place)
    held = known.table("products").filter(pl.col("classification") == CLASSIFICATION)
    frame = frame.join(held.select("code", held=pl.col("name_en")), on="code", how="left", maintain_order="left")
    frame = frame.with_columns(name_en=pl.coalesce("held", "name_en"))
    rows = product_rows(frame.select("code", "name_en", "name_zh"), CLASSIFICATION, NAME)
    tally.warn(
        Text(
            "The Chinese wording is that of Taiwan's customs tariff, not the official text of China's.",
            "中文用语出自台湾海关税则，并非中国大陆官方文本。",
        )
    )
    report = tally.report(NAME, [match.path], LAYOUTS[match.layout], rows_read=raw.height, rows_kept=rows.height)
    return TablesReading((TableRows("products", rows),), report, edition=EDITION)


PROVIDER = Provider(
    name=NAME,
    licence="open data (Taiwan customs GC413)",
    licence_url="",
    citation="Customs Administration, Taiwan, Customs import tariff and classification (HS 2017).",
    feeds=("products",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
