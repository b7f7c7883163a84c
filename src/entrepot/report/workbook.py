"""An Excel workbook: the ranking, and on sheets of their own everything one must know to trust and cite it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from entrepot.analyses.result import Result
from entrepot.core.indicator import Unit
from entrepot.core.missing import MEANING
from entrepot.core.text import Text
from entrepot.formulas.compute import indicators
from entrepot.report.cells import FORMULA_STARTS, known, unit_name
from entrepot.report.heading import header, title

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
_SHEETS = {
    "ranking": Text("Ranking", "排名"),
    "parameters": Text("Parameters", "参数"),
    "notes": Text("Notes", "说明"),
    "provenance": Text("Provenance", "数据来源"),
    "columns": Text("Columns", "列"),
    "missing": Text("Missing", "缺失值"),
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
}
_DIRECTIONS = {
    "more": Text("more", "越大越好"),
    "less": Text("less", "越小越好"),
    "none": Text("does not rank", "不参与排名"),
}
_ROW, _COLUMN, _WHY = Text("Row", "行"), Text("Column", "列"), Text("Why it is empty", "为空的原因")
# Of the ranking, counted from 0: names and ids stand above.
FIRST_ROW = 2


class _Book:
    """A workbook being written: formats made once, every cell written by what it is."""

    def __init__(self, result: Result, path: Path) -> None:
        # Without these a text could turn into a formula or a link.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.result = result
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"title": title(result), "comments": result.citation})
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.grey = self.book.add_format({"font_color": "#767676"})
        self.text = self.book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.quoted = self.book.add_format({"num_format": "@", "quote_prefix": True})
        self.numbers = {unit: self.book.add_format({"num_format": form}) for unit, form in NUMBER_FORMATS.items()}

    def say(self, words: Iterable[Text]) -> list[str]:
        """The words in the language of the answer."""
        return [word.say(self.result.lang) for word in words]

    def sheet(self, name: str) -> Any:
        """A new sheet with the name it has in the language of the answer."""
        return self.book.add_worksheet(_SHEETS[name].say(self.result.lang))

    def put(self, sheet: Any, row: int, place: int, value: Any, unit: Unit = "text", *, wrap: bool = False) -> None:
        """One cell: empty for a null, a number with its unit's format, anything else as text that cannot act."""
        if not known(value):
            return
        if isinstance(value, int | float) and unit not in {"code", "text"}:
            sheet.write_number(row, place, value, self.numbers.get(unit))
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


def write_workbook(result: Result, path: Path) -> None:
    """Write the answer as an .xlsx file.

    Sheets: Ranking (names with units above, column ids below them, frozen, filterable; a null is an empty cell),
    Parameters, Notes, Provenance, Columns (what each is and how it is computed), Missing (row, column and reason of
    every null).
    Numbers are numbers with the format of their unit, codes are text, and nothing is a formula or a link.
    """
    writing = _Book(result, path)
    for write in (_ranking, _parameters, _notes, _provenance, _columns, _missing):
        write(writing)
    writing.book.close()


def _ranking(writing: _Book) -> None:
    result, sheet = writing.result, writing.sheet("ranking")
    for place, column in enumerate(result.columns):
        name = column.id.endswith("_name")
        sheet.set_column(place, place, 28 if name else 14, None, {"hidden": column.hidden})
        sheet.write_string(0, place, header(column, result), writing.head)
        sheet.write_string(1, place, column.id, writing.grey)
    ids = [column.id for column in result.columns]
    for number, row in enumerate(result.frame.select(ids).iter_rows(), FIRST_ROW):
        for place, (column, value) in enumerate(zip(result.columns, row, strict=True)):
            writing.put(sheet, number, place, value, column.unit)
    sheet.freeze_panes(FIRST_ROW, 1 + ids.index("importer") if "importer" in ids else 1)
    sheet.autofilter(1, 0, max(1, result.frame.height + 1), max(0, len(ids) - 1))


def _parameters(writing: _Book) -> None:
    result, heads = writing.result, writing.say([Text("Parameter", "参数"), Text("Value", "取值")])
    asked = [("question", result.question), *((name, _flat(value)) for name, value in result.parameters.items())]
    writing.table("parameters", heads, asked, [24, 80])


def _notes(writing: _Book) -> None:
    result = writing.result
    said = [[text] for text in (*writing.say(result.notes), result.citation)]
    writing.table("notes", [title(result)], said, [120])


def _provenance(writing: _Book) -> None:
    entries = [[_flat(entry.get(name)) for name in _PROVENANCE] for entry in writing.result.provenance]
    writing.table("provenance", writing.say(_PROVENANCE.values()), entries, [16, 36, 20, 24, 36, 14, 80])


def _columns(writing: _Book) -> None:
    lang = writing.result.lang
    about = []
    for column in writing.result.columns:
        entry = indicators().get(column.id)
        ends = [entry.formula, entry.undefined.say(lang)] if entry else ["", ""]
        said = writing.say([column.name, _DIRECTIONS[column.direction], column.meaning])
        about.append([column.id, said[0], unit_name(column.unit, lang) or column.unit, *said[1:], *ends])
    writing.table("columns", writing.say(_ABOUT_COLUMNS.values()), about, [24, 28, 10, 14, 60, 60, 40])


def _missing(writing: _Book) -> None:
    """Which cells are empty and why, by the row of the sheet and the keys of the row."""
    result = writing.result
    keys = [name for name in ("exporter", "importer", "product", "year") if name in result.frame.columns]
    heads = [*writing.say([_ROW]), *keys, *writing.say([_COLUMN, _WHY])]
    rows = result.frame.select(keys).rows()
    empty = [
        [number + FIRST_ROW + 1, *map(str, rows[number]), name, MEANING[why].say(result.lang)]
        for number, reasons in enumerate(result.missing)
        for name, why in reasons.items()
    ]
    writing.table("missing", heads, empty, [8, *[12] * len(keys), 24, 40])


def _flat(value: Any) -> str:
    """A parameter in one cell: weights as they are typed."""
    if isinstance(value, dict):
        return ",".join(f"{name}={number:g}" for name, number in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
