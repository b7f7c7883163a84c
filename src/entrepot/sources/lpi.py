"""Logistics Performance Index (World Bank): the index and its six components, 1 to 5, in three layouts."""

from collections.abc import Iterator, Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, last_year, numbers, require, unique_rows, years
from entrepot.sources.condition_rows import NO_VALUE, condition_rows, first_told
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.who import Economies, folded
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_names, sheet_rows

NAME = "Logistics Performance Index"
EDITIONS, SCORES, TIDY = "editions", "scores", "tidy"
LAYOUTS = {
    EDITIONS: Text(
        "workbook of 2007–2018, one sheet per edition, three heading rows", "2007–2018 版工作簿（每版一表，三行表头）"
    ),
    SCORES: Text(
        "workbook of 2012–2023, one sheet per edition, one heading row", "2012–2023 版工作簿（每版一表，单行表头）"
    ),
    TIDY: Text("one row per economy and edition", "长表（每个经济体、版本一行）"),
}
# Where two files tell the same value, the one with all its digits comes first (2023 is published with one decimal).
PRECISION = (EDITIONS, TIDY, SCORES)
# What each column is called over the years, in the order in which the words are tried.
WORDS = {
    "lpi_customs": ("customs",),
    "lpi_infrastructure": ("infrastructure",),
    "lpi_shipments": ("international shipment", "ease of shipment"),
    "lpi_competence": ("competence", "logistics services", "quality logistics"),
    "lpi_tracking": ("tracking",),
    "lpi_timeliness": ("timeliness", "on time shipments"),
    "lpi": ("overall lpi", "lpi score"),
}
LOWEST, HIGHEST = 1.0, 5.0
# The World Bank's data bank dates the 2023 edition 2022.
RELABELLED = {2022: 2023}
RELABELLED_NOTE = "2023 edition; the data bank calls it 2022"


def recognise(head: Head) -> Match | None:
    """A workbook of the index, by its headings."""
    preview = preview_of(head)
    if preview is None or not preview.rows:
        return None
    first = {folded(cell) for cell in preview.rows[0]}
    layout = None
    if "overall lpi score" in first and preview.sheets[0].isdigit():
        layout = EDITIONS
    elif {"country", "country code", "year", "lpi score"} <= first:
        layout = TIDY
    elif {"country", "lpi score"} <= first and preview.sheets[0].isdigit():
        layout = SCORES
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"物流绩效指数（LPI）：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Scores of the index and its six components."""
    tally, economies = Tally(), Economies(known)
    parts, rows_read = [], 0
    for match in sorted(matches, key=lambda match: PRECISION.index(match.layout)):
        for raw, place, by in _sheets(match, tally):
            rows_read += raw.height
            found = economies.mapped(raw, "who", place, tally, by=by)
            unique_rows(found, ("economy", "year"), place)
            frame = found.unpivot(list(WORDS), index=["economy", "year", "note"], variable_name="indicator")
            tally.drop("no_value", NO_VALUE, frame.filter(pl.col("value").is_null())["economy"])
            parts.append(condition_rows(frame.filter(pl.col("value").is_not_null()), NAME, ""))
    kept = first_told(parts, tally).with_columns(edition=pl.col("year").cast(pl.Utf8))
    if kept.is_empty():
        problem = Text("no score of any economy in it", "没有任何经济体的得分")
        raise Place(NAME, matches[0].path).fault("no_rows", problem)
    tally.drop(
        "not_a_component",
        Text("domestic logistics costs of 2007, in no later edition", "2007 年的国内物流成本（后续版本无此项）"),
        ["Domestic Logistics Costs"] if 2007 in kept["year"] else [],
    )
    layout = LAYOUTS[matches[0].layout]
    report = tally.report(NAME, [m.path for m in matches], layout, rows_read=rows_read, rows_kept=kept.height)
    editions = f"to {last_year(kept)}"
    return TablesReading((TableRows("conditions", kept),), report, edition=editions)


def _sheets(match: Match, tally: Tally) -> Iterator[tuple[pl.DataFrame, Place, str]]:
    """Each sheet as columns who, year, note and one per score; and what identifies an economy in it."""
    whole = Place(NAME, match.path)
    if match.layout == TIDY:
        yield _tidy(Place(NAME, match.path, sheet_names(whole)[0]), tally), whole, "code"
        return
    read_sheet, by = (_edition, "code") if match.layout == EDITIONS else (_scores, "name")
    for sheet in sheet_names(whole):
        if sheet.isdigit():
            place = Place(NAME, match.path, sheet)
            yield read_sheet(place), place, by


def _tidy(place: Place, tally: Tally) -> pl.DataFrame:
    raw = sheet_frame(place)
    require(raw, ("Country Code", "Year"), place)
    year = years(raw, "Year", place)
    frame = _with_scores(raw, [(name, name) for name in raw.columns if folded(name).endswith("score")], place)
    frame = frame.with_columns(raw["Country Code"].alias("who"), year.alias("year"))
    old = list(RELABELLED)
    if frame["year"].is_in(old).any():
        tally.warn(
            Text(
                "Values dated 2022 are of the edition of 2023 and are dated so.",
                "标为 2022 年的取值属 2023 年版，已改标。",
            )
        )
    note = pl.when(pl.col("year").is_in(old)).then(pl.lit(RELABELLED_NOTE)).alias("note")
    return frame.with_columns(note).with_columns(pl.col("year").replace(RELABELLED))


def _scores(place: Place) -> pl.DataFrame:
    raw = sheet_frame(place)
    require(raw, ("Country",), place)
    frame = _with_scores(raw, [(name, name) for name in raw.columns if folded(name).endswith("score")], place)
    return frame.with_columns(raw["Country"].alias("who"), *_year_of(place))


def _edition(place: Place) -> pl.DataFrame:
    """Titles over groups of columns in the first row, "score", "rank" … in the third."""
    rows = sheet_rows(place)
    at = next((n for n, row in enumerate(rows) if "Code" in row), None)
    if at is None or at < 1:
        raise place.fault("no_heading", Text("no heading with Code", "找不到含 Code 的表头"))
    titles, kinds = rows[0], [folded(cell) for cell in rows[at]]
    body = [(n, row) for n, row in enumerate(rows[at + 1 :], start=at + 2) if any(row)]
    columns = {f"{n}": [row[n] for _, row in body] for n in range(len(kinds))}
    raw = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Utf8)).with_columns(
        pl.Series(LINE, [n for n, _ in body], dtype=pl.UInt32)
    )
    pairs = [(f"{n}", title) for n, (title, kind) in enumerate(zip(titles, kinds, strict=True)) if kind == "score"]
    code = rows[at].index("Code")
    return _with_scores(raw, pairs, place).with_columns(raw[f"{code}"].alias("who"), *_year_of(place))


def _year_of(place: Place) -> tuple[pl.Expr, pl.Expr]:
    return pl.lit(int(place.sheet or 0), dtype=pl.Int16).alias("year"), pl.lit(None, dtype=pl.Utf8).alias("note")


def _with_scores(raw: pl.DataFrame, titled: list[tuple[str, str]], place: Place) -> pl.DataFrame:
    """One column per score, found by the words of its title.

    Raises
    ------
    DataError
        ``missing_column``: no column for one of them.
    """
    found: dict[str, str] = {}
    for column, title in titled:
        said = folded(title)
        indicator = next((i for i, words in WORDS.items() if any(word in said for word in words)), None)
        if indicator is not None and indicator not in found:
            found[indicator] = column
    for indicator in WORDS:
        if indicator not in found:
            raise place.fault("missing_column", Text(f"no column for {indicator}", f"没有 {indicator} 对应的列"))
    scores = [numbers(raw, found[i], place, low=LOWEST, high=HIGHEST).alias(i) for i in WORDS]
    return raw.select(LINE).with_columns(scores)


PROVIDER = Provider(
    name=NAME,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="World Bank, Logistics Performance Index: Connecting to Compete, lpi.worldbank.org.",
    feeds=("conditions",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
