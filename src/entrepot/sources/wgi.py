"""Worldwide Governance Indicators (World Bank): rule of law and political stability, in the layouts of their releases."""

from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, last_year, numbers, require, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, condition_rows, first_told
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.stata_files import stata_columns, stata_frame
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import Economies
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_names, sheet_rows

NAME = "Worldwide Governance Indicators"
LONG, FLAT, WIDE, SHEETS = "long", "flat", "wide", "sheets"
LAYOUTS = {
    LONG: Text("workbook with one row per economy, year and indicator", "长表工作簿（每个经济体、年份、指标一行）"),
    FLAT: Text("Stata layout, one row per economy and year (.dta or .csv)", "Stata 布局（每个经济体、年份一行）"),
    WIDE: Text("workbook with one sheet per indicator and years side by side", "宽表工作簿（每个指标一张工作表）"),
    SHEETS: Text(
        "workbook of 2025, one sheet per indicator (va, pv, ge, rq, rl, cc)",
        "2025 年版工作簿（每个指标一张工作表：va、pv、ge、rq、rl、cc）",
    ),
}
# The indicators that the analyses speak of: code in the long layout, column in the flat one, sheet in the wide one.
INDICATORS = {
    "rule_of_law": ("rl", "rle", "ruleoflaw"),
    "political_stability": ("pv", "pve", "politicalstabilitynoviolence"),
}
# Estimates are in units of a standard normal; the extremes so far are −3.3 and 2.5.
LOWEST, HIGHEST = -4.0, 4.0
OTHER_INDICATORS = Text("indicators that no analysis uses", "分析未使用的指标")
LONG_COLUMNS = ("code", "year", "indicator", "estimate")
# The edition of 2025 names its columns anew; beside the estimate it has scores of 0 to 100, which are another measure.
SHEET_COLUMNS = ("Economy (code)", "Year", "Governance estimate (approx. -2.5 to +2.5)")


def recognise(head: Head) -> Match | None:
    """A file of the indicators, by its columns or the names of its sheets."""
    layout = None
    columns = set(stata_columns(head)) or set(head.columns)
    if {"code", "year", "rle", "pve"} <= columns:
        layout = FLAT
    elif (preview := preview_of(head)) is not None:
        heading = {name.lower() for row in preview.rows[:1] for name in row}
        if {"codeindyr", *LONG_COLUMNS} <= heading:
            layout = LONG
        elif {sheet for _, _, sheet in INDICATORS.values()} <= {_plain(name) for name in preview.sheets}:
            layout = WIDE
        elif {codes[0] for codes in INDICATORS.values()} <= set(preview.sheets) and any(
            set(SHEET_COLUMNS) <= set(row) for row in preview.rows[:1]
        ):
            layout = SHEETS
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"全球治理指标（WGI）：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Estimates of rule of law and political stability, in standard-normal units.

    Of files that overlap the newest release is taken, whole series at a time, since it revises the years before.
    """
    tally, economies = Tally(), Economies(known)
    parts: list[pl.DataFrame] = []
    rows_read = 0
    for match in matches:
        place = Place(NAME, match.path)
        frame, count = _READERS[match.layout](place, tally)
        rows_read += count
        frame = economies.mapped(frame, "code", place, tally)
        unique_rows(frame, ("economy", "year", "indicator"), place)
        tally.drop("no_value", NO_VALUE, frame.filter(pl.col("value").is_null())["code"])
        frame = frame.filter(pl.col("value").is_not_null())
        if frame.is_empty():
            raise place.fault("no_rows", Text("no estimate in the whole file", "整个文件没有估计值"))
        edition = f"{last_year(frame) + 1} update"
        parts.append(condition_rows(frame, NAME, edition))
    parts.sort(key=lambda part: str(part["edition"][0]), reverse=True)
    kept = first_told(parts, tally, series=True)
    report = tally.report(
        NAME, [m.path for m in matches], LAYOUTS[matches[0].layout], rows_read=rows_read, rows_kept=kept.height
    )
    return TablesReading((TableRows("conditions", kept),), report, edition=str(parts[0]["edition"][0]))


def _read_long(place: Place, tally: Tally) -> tuple[pl.DataFrame, int]:
    raw = sheet_frame(place)
    raw = raw.rename({name: name.lower() for name in raw.columns})
    require(raw, LONG_COLUMNS, place)
    of_code = {codes[0]: indicator for indicator, codes in INDICATORS.items()}
    wanted = pl.col("indicator").str.to_lowercase().is_in(list(of_code))
    tally.drop("other_indicator", OTHER_INDICATORS, raw.filter(~wanted)["indicator"])
    frame = raw.filter(wanted)
    frame = frame.with_columns(
        years(frame, "year", place),
        numbers(frame, "estimate", place, low=LOWEST, high=HIGHEST).alias("value"),
        pl.col("indicator").str.to_lowercase().replace_strict(of_code),
    )
    return frame.select("code", "year", "indicator", "value", LINE), raw.height


def _read_flat(place: Place, tally: Tally) -> tuple[pl.DataFrame, int]:
    columns = {codes[1]: indicator for indicator, codes in INDICATORS.items()}
    if place.path.suffix.lower() == ".dta":
        raw = stata_frame(place, ["code", "year", *columns])
    else:
        raw, _ = read_text(place.path, place.provider)
        require(raw, ("code", "year", *columns), place)
    raw = raw.with_columns(years(raw, "year", place))
    frame = pl.concat(
        raw.select(
            "code",
            "year",
            pl.lit(indicator).alias("indicator"),
            numbers(raw, column, place, low=LOWEST, high=HIGHEST).alias("value"),
            LINE,
        )
        for column, indicator in columns.items()
    )
    return frame, raw.height


def _read_wide(place: Place, tally: Tally) -> tuple[pl.DataFrame, int]:
    parts, rows_read = [], 0
    names = sheet_names(place)
    for indicator, (_, _, plain) in INDICATORS.items():
        sheet = next((name for name in names if _plain(name) == plain), plain)
        of_sheet = Place(place.provider, place.path, sheet)
        rows = sheet_rows(of_sheet)
        at = next((n for n, row in enumerate(rows) if "Code" in row and "Estimate" in row), None)
        if not at:
            problem = Text("no heading with Code and Estimate below one with years", "找不到 Code、Estimate 表头")
            raise of_sheet.fault("no_heading", problem)
        code_at = rows[at].index("Code")
        body = [(n, row) for n, row in enumerate(rows[at + 1 :], start=at + 2) if row[code_at]]
        if not body:
            raise of_sheet.fault("no_rows", Text("no economy below the heading", "表头之下没有经济体"))
        rows_read += len(body)
        year = ""
        for column, title in enumerate(rows[at]):
            year = rows[at - 1][column] or year
            if title != "Estimate":
                continue
            cells = {
                "code": [row[code_at] for _, row in body],
                "year": [year] * len(body),
                f"Estimate {year}": [row[column] for _, row in body],
            }
            frame = pl.DataFrame(cells).with_columns(pl.Series(LINE, [n for n, _ in body], dtype=pl.UInt32))
            value = numbers(frame, f"Estimate {year}", of_sheet, low=LOWEST, high=HIGHEST).alias("value")
            frame = frame.with_columns(years(frame, "year", of_sheet), pl.lit(indicator).alias("indicator"), value)
            parts.append(frame.select("code", "year", "indicator", "value", LINE))
    return pl.concat(parts), rows_read


def _read_sheets(place: Place, tally: Tally) -> tuple[pl.DataFrame, int]:
    parts, rows_read = [], 0
    code, year, estimate = SHEET_COLUMNS
    for indicator, (name, _, _) in INDICATORS.items():
        of_sheet = Place(place.provider, place.path, name)
        raw = sheet_frame(of_sheet, unique=False)
        require(raw, SHEET_COLUMNS, of_sheet)
        rows_read += raw.height
        value = numbers(raw, estimate, of_sheet, low=LOWEST, high=HIGHEST).alias("value")
        when = years(raw, year, of_sheet).alias("year")
        parts.append(raw.select(pl.col(code).alias("code"), when, pl.lit(indicator).alias("indicator"), value, LINE))
    return pl.concat(parts), rows_read


def _plain(sheet: str) -> str:
    return "".join(letter for letter in sheet.lower() if letter.isalpha())


_READERS = {LONG: _read_long, FLAT: _read_flat, WIDE: _read_wide, SHEETS: _read_sheets}

PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="Kaufmann, D. and A. Kraay, Worldwide Governance Indicators, World Bank, www.govindicators.org.",
    feeds=("conditions",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
