"""Publication tables in a workbook: one sheet each, numbers as numbers that look as they are printed."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from entrepot.core.text import Language
from entrepot.report.chart.svg import wide
from entrepot.report.publication.table import Number, PublicationTable

LONGEST_SHEET = 31
UPRIGHT = 6  # columns of numbers that an upright page takes
LINE_HIGH = 15  # points


def write_book(tables: Sequence[PublicationTable], path: Path, lang: Language) -> None:
    """Write the tables; nothing in the file is a formula or a link."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        for table in tables:
            _Sheet(book, table, lang).write()


class _Sheet:
    def __init__(self, book: Any, table: PublicationTable, lang: Language) -> None:
        self.book, self.table, self.lang = book, table, lang
        self.sheet = book.add_worksheet(table.name[:LONGEST_SHEET])
        self._forms: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        table, lang, sheet = self.table, self.lang, self.sheet
        labels = [table.stub.say(lang), *(row.label.say(lang) for group in table.groups for row in group.rows)]
        first = min(48, 4 + max([10, *map(wide, labels)]))
        sheet.set_column(0, 0, first)
        sheet.set_column(1, len(table.columns), 13)
        sheet.write_string(0, 0, table.title.say(lang), self._form(bold=True))
        row = self._heads(2)
        for number, group in enumerate(table.groups):
            if group.title:
                sheet.write_string(row, 0, group.title.say(lang), self._form(bold=True, top=1))
                row += 1
            for place, line in enumerate(group.rows):
                top = 1 if place == 0 and not group.title and number else 0
                label = self._form(bold=line.strong, top=top, indent=line.indent)
                sheet.write_string(row, 0, line.label.say(lang), label)
                for at, cell in enumerate(line.cells, 1):
                    self._put(row, at, cell, bold=line.strong, top=top)
                row += 1
        for place in range(len(table.columns) + 1):
            sheet.write_blank(row, place, None, self._form(top=2))
        for number, note in enumerate(table.notes, row):
            self._note(number, note.say(lang), first + 13 * len(table.columns), top=2 if number == row else 0)
        sheet.freeze_panes(4 if table.spans else 3, 1)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if len(table.columns) > UPRIGHT:
            sheet.set_landscape()

    def _note(self, row: int, said: str, letters: float, **style: Any) -> None:
        """A note as wide as the table and as high as it needs, so that it is neither cut on paper nor runs beyond."""
        form = self._form(text_wrap=True, valign="top", **style)
        self.sheet.merge_range(row, 0, row, len(self.table.columns), said, form)
        self.sheet.set_row(row, LINE_HIGH * ceil(wide(said) / (0.95 * letters)))

    def _heads(self, row: int) -> int:
        table, lang = self.table, self.lang
        if table.spans:
            place = 1
            self.sheet.write_blank(row, 0, None, self._form(top=2))
            for over, count in table.spans:
                said, form = over.say(lang) if over else "", self._form(top=2, align="center")
                if count > 1:
                    self.sheet.merge_range(row, place, row, place + count - 1, said, form)
                else:
                    self.sheet.write_string(row, place, said, form)
                place += count
            row += 1
        top = 0 if table.spans else 2
        self.sheet.write_string(row, 0, table.stub.say(lang), self._form(top=top, bottom=1))
        for place, head in enumerate(table.columns, 1):
            form = self._form(top=top, bottom=1, align="right")
            self.sheet.write_string(row, place, head.label.say(lang), form)
        return row + 1

    def _put(self, row: int, place: int, cell: Any, **style: Any) -> None:
        if isinstance(cell, Number):
            self.sheet.write_number(row, place, cell.value, self._form(num_format=cell.excel, **style))
        else:
            self.sheet.write_string(row, place, self.table.cell(cell, self.lang), self._form(align="right", **style))

    def _form(self, **style: Any) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self._forms:
            self._forms[key] = self.book.add_format({name: value for name, value in style.items() if value})
        return self._forms[key]
