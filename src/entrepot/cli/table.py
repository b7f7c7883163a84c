"""An answer as a table for the terminal: the columns that fit, compact numbers, reasons for what is missing, notes."""

import os
import sys
import unicodedata
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from entrepot.analyses.columns import Column
from entrepot.analyses.origins import table_title
from entrepot.analyses.overview import Overview
from entrepot.analyses.result import Result
from entrepot.analyses.spoken import cell_words
from entrepot.core.errors import check_choice
from entrepot.core.text import Text
from entrepot.report.cells import SHORT_REASONS, compact, known, unit_name, with_unit
from entrepot.report.heading import header, telling_columns, title

LONGEST = 30  # letters of a name
PIPED_WIDTH = 120  # where there is no terminal to ask
BETWEEN = 2  # columns of the terminal between two columns of the table
LEFT = {"code", "text", "date"}


class _Printer(Console):
    """A console that leaves it to the program what becomes of a reader who has seen enough; Rich itself exits with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def printer() -> Console:
    """A console on standard output, as wide as the terminal."""
    wide = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
    return _Printer(width=wide, highlight=False, markup=False, emoji=False)


def plain(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join("�" if unicodedata.category(letter) == "Cc" else letter for letter in text)


def show(result: Result, *, columns: str | None = None, rows: int | None = None, after: bool = True) -> None:
    """Print the first `rows` rows (all for None), then notes, sources and citation.

    Parameters
    ----------
    columns : ids parted by commas; the most telling that fit, if not given.
    after : notes, sources and citation too; not where several tables share them.

    Raises
    ------
    InputError
        For a column that the answer does not have.
    """
    console, lang = printer(), result.lang
    chosen = _chosen(result, columns) if columns else telling_columns(result)
    cells = [[_cell(result, number, column) for column in chosen] for number in range(_count(result, rows))]
    heads = [_head(column, result) for column in chosen]
    fitting = range(len(chosen)) if columns else _fitting(heads, cells, console.width)
    console.print(Styled(plain(title(result)), style="italic"), soft_wrap=True)
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for place in fitting:
        table.add_column(heads[place], justify="left" if chosen[place].unit in LEFT else "right", no_wrap=True)
    for row in cells:
        table.add_row(*(row[place] for place in fitting))
    console.print(table)
    shown, whole = len(cells), result.frame.height
    if shown < whole:
        more = Text(
            f"{shown} of {whole} rows; --all shows every one, --columns others, --out FILE.xlsx keeps everything.",
            f"共 {whole} 行，显示前 {shown} 行；--all 显示全部，--columns 选择列，--out 文件.xlsx 保存全部。",
        )
        console.print(Styled(more.say(lang), style="dim"), soft_wrap=True)
    if after:
        told_after(result, console)


def _count(result: Result, rows: int | None) -> int:
    return result.frame.height if rows is None else min(rows, result.frame.height)


def _chosen(result: Result, columns: str) -> list[Column]:
    by_id = {column.id: column for column in result.columns}
    wanted = [name.strip() for name in columns.split(",") if name.strip()]
    for name in wanted:
        check_choice("columns", name, list(by_id))
    return [by_id[name] for name in wanted]


def _head(column: Column, result: Result) -> Styled:
    return Styled(plain(header(column, result)), style="bold")


def _cell(result: Result, number: int, column: Column) -> Styled:
    value = result.frame[column.id][number]
    if not known(value):
        reasons = result.missing[number] if number < len(result.missing) else {}
        why = SHORT_REASONS.get(reasons.get(column.id, ""))
        return Styled(why.say(result.lang) if why else "–", style="dim")
    if column.id == "unit":
        return Styled(unit_name(value, result.lang))
    if column.id == "served":
        return Styled("●" if value else Text("○ new", "○ 新").say(result.lang))
    if isinstance(value, str):
        value = cell_words(column.id, value, result.lang)
    # Where rows are of different units (markets side by side), each row tells its own.
    own_unit = column.unit == "1" and "unit" in result.frame.columns
    said = plain(compact(value, result.frame["unit"][number] if own_unit else column.unit, result.lang))
    return Styled(said if cell_len(said) <= LONGEST else set_cell_size(said, LONGEST - 1).rstrip() + "…")


def _fitting(heads: Sequence[Styled], cells: Sequence[Sequence[Styled]], width: int) -> list[int]:
    """The columns, from the most telling on, for which there is room."""
    room, chosen = width, []
    for place, head in enumerate(heads):
        widest = max([head.cell_len, *(row[place].cell_len for row in cells)]) + BETWEEN
        if widest <= room:
            room -= widest
            chosen.append(place)
    return chosen


def told_after(result: Result | Overview, console: Console) -> None:
    """Notes, sources and citation."""
    lang = result.lang
    # Soft-wrapped: the terminal breaks lines better than Rich where words are not parted by blanks.
    for number, note in enumerate(result.notes, 1):
        console.print(Styled(f"{number}. {plain(note.say(lang))}"), soft_wrap=True)
    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    sources = semicolon.join(
        f"{table_title(str(entry.get('table'))).say(lang)}{colon}{with_unit(str(entry.get('name')), entry.get('edition') or '', lang)}"
        for entry in result.provenance
    )
    if sources:
        console.print(Styled(plain(Text("Sources: ", "数据来源：").say(lang) + sources), style="dim"), soft_wrap=True)
    if result.citation:
        console.print(Styled(plain(Text("Cite: ", "引用：").say(lang) + result.citation), style="dim"), soft_wrap=True)
