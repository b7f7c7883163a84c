"""Publication tables in a Word document, through python-docx, which the extra `econometrics` brings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from entrepot.core.errors import InputError
from entrepot.core.text import Language, Text
from entrepot.report.chart.svg import wide
from entrepot.report.publication.table import PublicationTable, Row

# Faces that Word brings along; where they are not, the program takes the nearest.
LATIN_FACE, CHINESE_FACE = "Times New Roman", "SimSun"
ROOM_CM = {False: 16.0, True: 24.7}  # within the margins of A4, upright and across
NUMBER_CM = 1.9  # least width of a column of numbers
UPRIGHT = 6  # columns of numbers that an upright page takes


def check_word() -> None:
    """Refuse where the library that writes Word files is absent.

    Raises
    ------
    InputError
        It says what to install.
    """
    try:
        import docx  # noqa: F401
    except ImportError:
        raise InputError(
            "no_word_writer",
            Text(
                "Word files need python-docx, which is not installed: pip install 'entrepot[econometrics]'. "
                "Text, HTML, LaTeX and Excel need nothing more.",
                "写 Word 文件需要 python-docx，当前未安装：pip install 'entrepot[econometrics]'。"
                "文本、HTML、LaTeX 和 Excel 无需另装。",
            ),
            field="out",
        ) from None


def write_word(tables: Sequence[PublicationTable], path: Path, lang: Language) -> None:
    """Write the tables one after another, each with its title above and its notes below."""
    check_word()
    import docx

    document = docx.Document()
    across = any(len(table.columns) > UPRIGHT for table in tables)
    _a4(document.sections[0], across)
    for table in tables:
        _table(document, table, lang, ROOM_CM[across])
    document.save(str(path))


def _a4(section: Any, across: bool) -> None:
    """An A4 page, turned where a table is wide."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)


def _table(document: Any, table: PublicationTable, lang: Language, room: float) -> None:
    _write(document.add_paragraph(), table.title.say(lang), bold=True)
    count = len(table.columns) + 1
    rows: list[Row | Text] = []
    for group in table.groups:
        rows += [group.title] if group.title else []
        rows += group.rows
    heads = 2 if table.spans else 1
    grid = document.add_table(rows=heads + len(rows), cols=count)
    if table.spans:
        place = 1
        for over, span in table.spans:
            cell = grid.cell(0, place).merge(grid.cell(0, place + span - 1))
            _write(cell.paragraphs[0], over.say(lang) if over else "", align="center")
            place += span
    lines = list(grid.rows)
    _fill(lines[heads - 1].cells, [table.stub.say(lang), *(head.label.say(lang) for head in table.columns)])
    for line, row in zip(lines[heads:], rows, strict=True):
        if isinstance(row, Text):
            _write(line.cells[0].merge(line.cells[-1]).paragraphs[0], row.say(lang), bold=True)
            continue
        said = ["\u2003" * row.indent + row.label.say(lang), *(table.cell(cell, lang) for cell in row.cells)]
        _fill(line.cells, said, bold=row.strong)
    firsts = {heads}
    place = heads
    for group in table.groups:
        firsts.add(place)
        place += len(group.rows) + (1 if group.title else 0)
    _rules(lines, firsts)
    labels = [table.stub.say(lang), *(row.label.say(lang) for row in rows if isinstance(row, Row))]
    _widths(grid, [wide(label) for label in labels], room)
    _kept_together([document.paragraphs[-1], *(cell.paragraphs[0] for line in lines[:-1] for cell in line.cells)])
    for note in table.notes:
        _write(document.add_paragraph(), note.say(lang), size=8)
    document.add_paragraph()


def _widths(grid: Any, labels: Sequence[int], room: float) -> None:
    """The first column as wide as its labels need, up to half of the page; the others share the rest."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    count = len(grid.columns)
    grid.autofit = False
    first = min(0.19 * max(labels, default=0) + 0.5, room / 2, room - NUMBER_CM * (count - 1))
    first = max(first, room / count)
    for place, column in enumerate(grid.columns):
        column.width = Cm(first if place == 0 else (room - first) / max(count - 1, 1))
    for line in grid.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, cell in enumerate(line.cells):
            cell.width = Cm(first if place == 0 else (room - first) / max(count - 1, 1))


def _kept_together(paragraphs: Sequence[Any]) -> None:
    """A table on one page, its title with it."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _fill(cells: Any, said: Sequence[str], *, bold: bool = False) -> None:
    for place, (cell, word) in enumerate(zip(cells, said, strict=True)):
        _write(cell.paragraphs[0], word, bold=bold, align="right" if place else "left")


def _write(paragraph: Any, said: str, *, bold: bool = False, size: int = 10, align: str = "left") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(said)
    run.bold = bold
    run.font.size = Pt(size)
    run.font.name = LATIN_FACE
    # Word keeps a face of its own for Chinese letters.
    about = run._element.get_or_add_rPr()
    about.get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE_FACE)
    spoken = OxmlElement("w:lang")  # where the face is not there, one of simplified Chinese takes its place
    spoken.set(qn("w:eastAsia"), "zh-CN")
    about.append(spoken)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_after = Pt(2)


def _rules(lines: Sequence[Any], firsts: set[int]) -> None:
    """Rules above and below the table, a hairline above every group; none upright."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        sides = {}
        if number == 0:
            sides["top"] = 12
        elif number in firsts:
            sides["top"] = 4
        if number == last:
            sides["bottom"] = 12
        if sides:
            for cell in line.cells:
                _border(cell, sides)


def _border(cell: Any, sides: dict[str, int]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    for side in ("top", "bottom"):  # the order that the format prescribes
        if side in sides and borders.find(qn(f"w:{side}")) is None:
            edge = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", str(sides[side])), ("space", "0"), ("color", "auto")):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
