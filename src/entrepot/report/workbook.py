"""An Excel workbook: the ranking with a score that lives, and on sheets of their own everything one must know to trust it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from entrepot.analyses.columns import Column
from entrepot.analyses.family_vocabulary import IIT, POWER
from entrepot.analyses.origins import table_title
from entrepot.analyses.overview import Overview
from entrepot.analyses.result import Result
from entrepot.analyses.spoken import cell_words
from entrepot.analyses.vocabulary import ARGUMENTS, OPTIONS
from entrepot.core.indicator import Unit
from entrepot.core.missing import MEANING
from entrepot.core.text import Language, Text
from entrepot.formulas.entries import entry_of
from entrepot.report.cells import DIRECTIONS, FORMULA_STARTS, Exact, known, unit_name, with_unit
from entrepot.report.heading import title
from entrepot.report.live_score import Live, live_score

NUMBER_FORMATS: dict[Unit, str] = {
    "usd": "#,##0",
    "t": "#,##0",
    "usd/t": "#,##0.00",
    "fraction": "0.0%",
    "percent": "0.0",
    "km": "#,##0",
    "1": "0.0000",
    "score": "0.000",
    "rank": "0",
    "year": "0",
    "flag": "0",
}
SHEETS = {
    "ranking": Text("Ranking", "排名"),
    "weights": Text("Weights", "权重"),
    "scaled": Text("Scaled", "标准化"),
    "parameters": Text("Parameters", "参数"),
    "notes": Text("Notes", "说明"),
    "provenance": Text("Provenance", "数据来源"),
    "columns": Text("Columns", "列"),
    "missing": Text("Missing", "缺失值"),
    "years": Text("Years", "历年"),
    "sells": Text("Sells", "出口"),
    "buys": Text("Buys", "进口"),
    "markets": Text("Markets", "出口市场"),
    "suppliers": Text("Suppliers", "进口来源"),
    "potential": Text("Potential", "潜力"),
    "flows": Text("Flows", "贸易流量"),
}
_PROVENANCE = {
    "table": Text("Table", "表"),
    "name": Text("Source", "来源"),
    "edition": Text("Edition", "版本"),
    "licence": Text("Licence", "许可"),
    "licence_url": Text("Licence text", "许可文本"),
    "retrieved": Text("Retrieved", "获取日期"),
    "citation": Text("Citation", "引用"),
}
_ABOUT_COLUMNS = {
    "id": Text("Id", "标识"),
    "name": Text("Name", "名称"),
    "unit": Text("Unit", "单位"),
    "direction": Text("Better when", "方向"),
    "meaning": Text("Meaning", "含义"),
    "formula": Text("Formula", "公式"),
    "undefined": Text("Undefined", "无定义的情形"),
    "source": Text("After", "出处"),
}
ARROWS = {"more": " ↑", "less": " ↓", "none": ""}
KEYS = ("exporter", "importer", "product", "economy", "partner", "reporter", "industry", "year")
_ROW, _COLUMN, _NAME = Text("Row", "行"), Text("Column", "列"), Text("Name", "名称")
_WHY = Text("Why it is empty", "为空的原因")
_SHEET = Text("Sheet", "工作表")
# Of the ranking, counted from 0: names and ids stand above.
FIRST_ROW = 2
ACCENT = "#E8F1F8"


class Book:
    """A workbook being written: formats made once, every cell written by what it is."""

    def __init__(self, path: Path, lang: Language, name: str, citation: str) -> None:
        # Without these a text could turn into a formula or a link.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.lang: Language = lang
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"title": name, "comments": citation})
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.live_head = self.book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": ACCENT}
        )
        self.grey = self.book.add_format({"font_color": "#767676"})
        self.text = self.book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.quoted = self.book.add_format({"num_format": "@", "quote_prefix": True})
        self.input = self.book.add_format({"num_format": "0.###", "bg_color": "#FFF4CC", "border": 1, "locked": False})
        self.numbers = {unit: self.book.add_format({"num_format": form}) for unit, form in NUMBER_FORMATS.items()}
        self.count = self.book.add_format({"num_format": "#,##0"})

    def say(self, words: Iterable[Text]) -> list[str]:
        """The words in the language of the answer."""
        return [word.say(self.lang) for word in words]

    def name(self, sheet: str) -> str:
        """The name that a sheet has in the language of the answer."""
        return SHEETS[sheet].say(self.lang)

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(self.name(name))

    def put(self, sheet: Any, row: int, place: int, value: Any, unit: Unit = "text", *, wrap: bool = False) -> None:
        """One cell: empty for a null, a number with its unit's format, anything else as text that cannot act."""
        if not known(value):
            return
        if isinstance(value, int | float) and unit not in {"code", "text"}:
            counted = unit == "1" and isinstance(value, int)
            sheet.write_number(row, place, Exact(value), self.count if counted else self.numbers.get(unit))
        else:
            said = str(value)
            plain = self.wrapped if wrap else self.text
            sheet.write_string(row, place, said, self.quoted if said.startswith(FORMULA_STARTS) else plain)

    def table(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
        """A plain sheet of text with a header."""
        sheet = self.sheet(name)
        for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, self.head)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self.put(sheet, number, place, value, "1" if isinstance(value, int | float) else "text", wrap=True)
        sheet.freeze_panes(1, 0)
        _for_paper(sheet)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _for_paper(sheet: Any) -> None:
    """A4 across, the name of the sheet and the page on the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def write_workbook(result: Result, path: Path) -> None:
    """Write the answer as an .xlsx file.

    Sheets: Ranking (names with units and directions above, column ids below them, frozen, filterable; a null is an empty
    cell), Weights and Scaled where the answer has a score (change a weight, and score, weight present and rank follow),
    Parameters, Notes, Provenance, Columns (what each is and how it is computed), Missing (row, column and reason of every
    null). Numbers are numbers with the format of their unit, codes are text; nothing is a link, and nothing but the score,
    the weight present, the rank and what they stand on is a formula.
    """
    book = Book(path, result.lang, title(result), result.citation)
    result = arranged(result)
    live = live_score(result)
    sheet = _grid(book, result, "ranking", live)
    if live is not None:
        live.write(book, sheet)
    _about(book, result, {"ranking": result})
    book.book.close()


def arranged(result: Result) -> Result:
    """The answer with its columns as one reads a sheet: rank and score, who and what, then all the rest."""
    ids = [column.id for column in result.columns]
    keys = [name for key in ("importer", "product", "exporter") for name in (key, f"{key}_name") if name in ids]
    differ = [name for name in keys if result.frame[name].n_unique() > 1]
    order = dict.fromkeys([name for name in ("rank", "score") if name in ids] + differ + keys + ids)
    by_id = {column.id: column for column in result.columns}
    return replace(result, columns=tuple(by_id[name] for name in order), frame=result.frame.select(list(order)))


def write_overview(overview: Overview, path: Path) -> None:
    """Write an overview as an .xlsx file: a sheet for every part, then those that say what it rests on."""
    book = Book(path, overview.lang, next(iter(map(title, overview.parts.values()))), overview.citation)
    for name, part in overview.parts.items():
        _grid(book, part, name, None)
    _about(book, overview, overview.parts)
    book.book.close()


def _grid(book: Book, result: Result, name: str, live: Live | None) -> Any:
    """The rows of an answer; the columns that live are left to `Live`."""
    sheet = book.sheet(name)
    living = live.columns if live is not None else ()
    for place, column in enumerate(result.columns):
        sheet.set_column(place, place, _width(column), None, {"hidden": column.hidden})
        sheet.write_string(0, place, _head(column, result), book.live_head if column.id in living else book.head)
        sheet.write_string(1, place, column.id, book.grey)
    ids = [column.id for column in result.columns]
    for number, row in enumerate(result.frame.select(ids).iter_rows(), FIRST_ROW):
        for place, (column, value) in enumerate(zip(result.columns, row, strict=True)):
            if column.id not in living:
                said = unit_name(value, result.lang) or value if column.id == "unit" else value
                said = cell_words(column.id, said, result.lang) if isinstance(said, str) else said
                book.put(sheet, number, place, said, column.unit)
    named = next((place for place, name in enumerate(ids) if name.endswith("_name")), 0)
    sheet.freeze_panes(FIRST_ROW, 1 + named)
    sheet.autofilter(1, 0, max(1, result.frame.height + 1), max(0, len(ids) - 1))
    _for_paper(sheet)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0, named)  # else nobody knows on the second sheet of paper whose row it is
    sheet.set_print_scale(60)
    return sheet


def _width(column: Column) -> int:
    return 28 if column.id.endswith("_name") else 9 if column.unit in {"code", "year", "rank"} else 14


def _head(column: Column, result: Result) -> str:
    """The column's name with the direction in which it is better, and its unit."""
    said = column.name.say(result.lang) + ARROWS[column.direction]
    return with_unit(said, unit_name(column.unit, result.lang), result.lang)


def _about(book: Book, answer: Result | Overview, parts: Mapping[str, Result]) -> None:
    """Parameters, notes, provenance, columns and missing values."""
    heads = book.say([Text("Parameter", "参数"), Text("Value", "取值"), Text("What it is", "说明")])
    words = {**POWER, **IIT, **OPTIONS, **ARGUMENTS}
    told = {name: words[name].say(book.lang) for name in answer.parameters if name in words}
    asked = [("question", answer.question, Text("the question asked", "所问的问题").say(book.lang))]
    asked += [(name, _flat(value), told.get(name, "")) for name, value in answer.parameters.items()]
    book.table("parameters", heads, asked, [24, 60, 80])
    said = [[text] for text in (*book.say(answer.notes), answer.citation)]
    book.table("notes", [title(next(iter(parts.values())))], said, [120])
    entries = [
        [
            table_title(str(entry.get("table"))).say(book.lang),
            *(_flat(entry.get(name)) for name in list(_PROVENANCE)[1:]),
        ]
        for entry in answer.provenance
    ]
    book.table("provenance", book.say(_PROVENANCE.values()), entries, [24, 36, 20, 24, 36, 14, 80])
    _columns(book, parts)
    _missing(book, parts)


def _columns(book: Book, parts: Mapping[str, Result]) -> None:
    about: dict[str, list[str]] = {}
    for result in parts.values():
        for column in result.columns:
            entry = entry_of(column.id, result.question)
            ends = [entry.formula, entry.undefined.say(book.lang), entry.source] if entry else ["", "", ""]
            said = book.say([column.name, DIRECTIONS[column.direction], column.meaning])
            about.setdefault(column.id, [column.id, said[0], unit_name(column.unit, book.lang) or column.unit, *said[1:], *ends])  # fmt: skip
    book.table("columns", book.say(_ABOUT_COLUMNS.values()), about.values(), [24, 28, 10, 14, 60, 60, 40, 40])


def _missing(book: Book, parts: Mapping[str, Result]) -> None:
    """Which cells are empty and why, by the row of the sheet and the keys of the row."""
    several = len(parts) > 1
    keys = [name for name in KEYS if any(name in result.frame.columns for result in parts.values())]
    empty: list[list[Any]] = []
    for part, result in parts.items():
        names = {column.id: column.name.say(book.lang) for column in result.columns}
        there = [name for name in keys if name in result.frame.columns]
        rows = [dict(zip(there, map(str, row), strict=True)) for row in result.frame.select(there).iter_rows()]
        for number, reasons in enumerate(result.missing):
            lead = [book.name(part)] if several else []
            named = [rows[number].get(name, "") for name in keys]
            empty += [
                [*lead, number + FIRST_ROW + 1, *named, column, names[column], MEANING[why].say(book.lang)]
                for column, why in reasons.items()
            ]
    called = {one.id: one.name.say(book.lang) for result in parts.values() for one in result.columns}
    heads = [
        *book.say([_SHEET, _ROW] if several else [_ROW]),
        *(called.get(key, key) for key in keys),
        *book.say([_COLUMN, _NAME, _WHY]),
    ]
    book.table("missing", heads, empty, [*[12] * several, 8, *[12] * len(keys), 24, 28, 40])


def _flat(value: Any) -> str:
    """A parameter in one cell: weights as they are typed."""
    if isinstance(value, dict):
        return ",".join(f"{name}={number:g}" for name, number in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
