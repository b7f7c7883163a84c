"""The layouts in which the World Bank publishes one indicator for all economies, as one long frame."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.archive import entries_of, read_entry
from entrepot.sources.columns import LINE, Place, last_year, numbers, require, years
from entrepot.sources.head import Head, columns_of
from entrepot.sources.provider import Match
from entrepot.sources.text_files import read_bytes, text_frame, text_of
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_rows

API_ZIP, API_CSV, API_XLS, WIDE_CSV, LONG_CSV = "api_zip", "api_csv", "api_xls", "wide_csv", "long_csv"
LAYOUTS = {
    API_ZIP: Text("zip of CSV with four lines before the heading", "CSV 压缩包（表头前有四行说明）"),
    API_CSV: Text("CSV with four lines before the heading", "CSV（表头前有四行说明）"),
    API_XLS: Text("workbook, years side by side (.xls)", "宽表工作簿（.xls）"),
    WIDE_CSV: Text("CSV, years side by side", "宽表 CSV"),
    LONG_CSV: Text("CSV, one row per economy and year", "长表 CSV（每个经济体、年份一行）"),
}
COUNTRY, CODE, INDICATOR = "Country Name", "Country Code", "Indicator Code"
PREAMBLE = "Data Source"
API_ENTRY = r"(?:.*/)?API_[A-Z0-9._]+\.csv"
CODE_SHAPE = re.compile(r"(?i)(?<![a-z0-9])[a-z]{2}(?:\.[a-z0-9]{2,4}){2,5}(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class Series:
    """What a file says: columns code, indicator, year, value (null where it gives none), line; and its edition."""

    frame: pl.DataFrame
    rows: int
    edition: str


def recognised(head: Head, provider: str, wanted: Collection[str]) -> Match | None:
    """A file of one of these indicators, in any of the layouts."""
    layout, code = _layout_of(head)
    if layout is None or code not in wanted:
        return None
    said = LAYOUTS[layout]
    return Match(
        head.path, layout, Text(f"{provider} {code}: {said.en}", f"{provider} {code}：{said.zh}"), group=provider
    )


def _layout_of(head: Head) -> tuple[str | None, str]:
    entry = head.entry(API_ENTRY)
    if entry is not None:
        lines = head.entry_lines(entry.name, 8)
        return (API_ZIP, _code_in(lines)) if _after_preamble(lines) is not None else (None, "")
    preview = preview_of(head)
    if preview is not None:
        if "Data" not in preview.sheets or not preview.rows or preview.rows[0][:1] != (PREAMBLE,):
            return None, ""
        return API_XLS, _code_in([",".join(row) for row in preview.rows[4:]])
    columns = head.columns
    if {COUNTRY, CODE, INDICATOR} <= set(columns):
        return WIDE_CSV, _code_in(head.lines(3)[1:])
    if {COUNTRY, CODE, "Year", "Value"} <= set(columns):
        return LONG_CSV, _code_in([head.path.stem, head.path.parent.name])
    lines = head.lines(8)
    if lines and columns_of(lines[0])[:1] == (PREAMBLE,) and _after_preamble(lines) is not None:
        return API_CSV, _code_in(lines)
    return None, ""


def _after_preamble(lines: list[str]) -> int | None:
    """How many lines stand before the heading of an API file."""
    return next((n for n, line in enumerate(lines) if {COUNTRY, CODE} <= set(columns_of(line))), None)


def _code_in(texts: list[str]) -> str:
    found = next((match for text in texts if (match := CODE_SHAPE.search(text.replace("_", " ")))), None)
    return found.group().upper() if found else ""


def read_series(match: Match, provider: str, wanted: Collection[str], *, low: float, high: float) -> Series:
    """The indicators wanted of a file, values within bounds.

    Raises
    ------
    DataError
        As `columns.numbers`, `text_files.text_frame` and `workbooks.sheet_frame`.
    """
    edition, raw, place = _raw(match, provider)
    require(raw, (CODE,), place)
    raw = raw.with_columns(pl.col(CODE).alias("code"))
    if match.layout == LONG_CSV:
        require(raw, ("Year", "Value"), place)
        indicator = _code_in([match.path.stem, match.path.parent.name])
        frame = raw.select(
            "code",
            pl.lit(indicator).alias("indicator"),
            years(raw, "Year", place).alias("year"),
            numbers(raw, "Value", place, low=low, high=high).alias("value"),
            LINE,
        )
        return Series(frame, raw.height, edition or _reach(frame))
    require(raw, (INDICATOR,), place)
    raw = raw.filter(pl.col(INDICATOR).is_in(list(wanted)))
    columns = [name for name in raw.columns if re.fullmatch(r"(?:YR)?[12]\d{3}(?: \[YR\d{4}\])?", name)]
    if not columns or raw.is_empty():
        raise place.fault("no_rows", Text("no year or no row of the indicator", "没有年份列或该指标的行"))
    frame = pl.concat(
        raw.select(
            "code",
            pl.col(INDICATOR).alias("indicator"),
            pl.lit(int(re.search(r"\d{4}", name).group())).cast(pl.Int16).alias("year"),  # type: ignore[union-attr]
            numbers(raw, name, place, low=low, high=high).alias("value"),
            LINE,
        )
        for name in columns
    )
    return Series(frame, raw.height, edition or _reach(frame))


def _raw(match: Match, provider: str) -> tuple[str, pl.DataFrame, Place]:
    """The rows under the heading, as text; the date of the last update, where the file has it."""
    if match.layout == API_XLS:
        place = Place(provider, match.path, "Data")
        top = sheet_rows(place)[:8]
        at = next((n for n, row in enumerate(top) if CODE in row), None)
        if at is None:
            raise place.fault("no_heading", Text(f"no heading with {CODE}", f"找不到含 {CODE} 的表头"))
        return _updated(top[:at]), sheet_frame(place, heading_row=at + 1), place
    place = Place(provider, match.path)
    if match.layout == API_ZIP:
        shape = re.compile(API_ENTRY, re.IGNORECASE)
        name = next((e.name for e in entries_of(match.path, provider) if shape.fullmatch(e.name)), "")
        place = Place(provider, match.path, entry=name)
        text = text_of(read_entry(match.path, name, provider), place)
    else:
        text = text_of(read_bytes(match.path, provider), place)
    lines = text.splitlines()[:8]
    skip = _after_preamble(lines)
    if skip is None:
        raise place.fault("no_heading", Text(f"no heading with {CODE}", f"找不到含 {CODE} 的表头"))
    return _updated([list(columns_of(line)) for line in lines[:skip]]), text_frame(text, place, skip_lines=skip), place


def _updated(rows: list[list[str]]) -> str:
    dated = next((row for row in rows if row and row[0] == "Last Updated Date" and len(row) > 1), None)
    return f"updated {dated[1]}" if dated else ""


def _reach(frame: pl.DataFrame) -> str:
    told = frame.filter(pl.col("value").is_not_null())
    return f"to {last_year(told)}" if told.height else ""
