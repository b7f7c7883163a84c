"""A table for publication says the same in text, HTML, LaTeX, Word and Excel."""

import sys
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pytest

from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.report.publication import FORMATS, Group, Head, Number, PublicationTable, Row, publish, render


@pytest.fixture
def table() -> PublicationTable:
    every, rich = Text("All partners", "全部贸易伙伴国"), Text("Rich & <old>", "发达国家")
    years = Text("1994", "1994 年"), Text("2003", "2003 年")
    heads = (Head(years[0], every), Head(years[1], every), Head(years[0], rich))
    rows = (
        Row(Text("Primary_1 5%", "初级产品"), (Number(0.557, stars="***"), Number(-0.1234), None), strong=True),
        Row(Text("", ""), (Number(0.02, brackets=True), "", Number(-0.5, brackets=True)), indent=1),
    )
    last = (Row(Text("N", "样本数"), (Number(1234, 0), Number(0.759, 1, percent=True), Text("yes", "是"))),)
    groups = (Group(rows), Group(last, Text("Effects", "效应")))
    return PublicationTable(
        "table1", Text("Table 1. GL", "表1 指数"), Text("Class", "分类"), heads, groups, (Text("Note.", "注。"),)
    )


def test_text_is_aligned_also_where_letters_are_wide(table):
    from rich.cells import cell_len

    for lang in ("en", "zh"):
        lines = render([table], ".txt", lang).splitlines()
        rule = next(cell_len(line) for line in lines if line.startswith("==="))
        full = [line for line in lines if "–" in line or "(-0.500)" in line or "1,234" in line]
        assert [cell_len(line) for line in full] == [rule] * 3
    assert "0.557***" in render([table])


def test_html_is_escaped_and_balanced(table):
    page = render([table], ".html", "en")
    assert "Rich &amp; &lt;old&gt;" in page
    assert 'colspan="2"' in page

    stack: list[str] = []

    class Balanced(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                stack.append(tag)

        def handle_endtag(self, tag):
            assert stack.pop() == tag

    parser = Balanced()
    parser.feed(page)
    assert not stack


def test_latex_escapes_and_spans(table):
    said = render([table], ".tex", "en")
    assert r"Primary\_1 5\%" in said
    assert r"\multicolumn{2}{c}{All partners}" in said
    assert r"\cmidrule(lr){2-3}\cmidrule(lr){4-4}" in said
    assert "0.557$^{***}$" in said
    assert "($-$0.500)" in said
    body = [line for line in said.splitlines() if line.endswith(r"\\") and "multicolumn{4}" not in line]
    assert {line.count(" & ") for line in body[1:]} == {3}
    assert said.count("{") == said.count("}")
    assert "ctex" in render([table], ".tex", "zh")


def test_excel_holds_numbers(table, tmp_path):
    sheet = openpyxl.load_workbook(publish([table], tmp_path / "t.xlsx"))["table1"]
    cells = {
        cell.value: cell.number_format
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert cells[0.557] == '#,##0.000"***"'
    assert cells[0.02].startswith('"("#,##0.000")"')
    assert cells[0.759] == "#,##0.0%"
    assert "A1" in sheet.dimensions
    assert "B3:C3" in {str(span) for span in sheet.merged_cells.ranges}


def test_word_holds_the_same_cells(table, tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document(str(publish([table], tmp_path / "t.docx", lang="zh")))
    grid = [[cell.text.strip() for cell in row.cells] for row in document.tables[0].rows]
    assert grid[0] == ["", "全部贸易伙伴国", "全部贸易伙伴国", "发达国家"]
    assert grid[2] == ["初级产品", "0.557***", "-0.123", "–"]
    assert grid[-1] == ["样本数", "1,234", "75.9 %", "是"]
    assert [p.text for p in document.paragraphs if p.text] == ["表1 指数", "注。"]


def test_word_prints_on_a4_with_a_first_column_as_wide_as_its_labels(table, tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document(str(publish([table], tmp_path / "t.docx", lang="zh")))
    section, grid = document.sections[0], document.tables[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    room = section.page_width.cm - section.left_margin.cm - section.right_margin.cm
    widths = [column.width.cm for column in grid.columns]
    assert sum(widths) == pytest.approx(room, abs=0.1)
    assert len({round(width, 2) for width in widths[1:]}) == 1
    titled = document.paragraphs[0]
    assert titled.paragraph_format.keep_with_next, "a title stays with its table"
    assert titled.runs[0]._element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) == "SimSun"
    heads = tuple(Head(Text(f"m{n}", f"m{n}")) for n in range(9))
    row = Row(Text("A label that is long", "很长的标签"), tuple(Number(0.123, stars="***") for _ in heads))
    many = PublicationTable("wide", Text("T", "T"), Text("", ""), heads, (Group((row,)),))
    across = docx.Document(str(publish([many], tmp_path / "w.docx", lang="en")))
    assert across.sections[0].page_width > across.sections[0].page_height, "a wide table turns the page"
    assert all(column.width.cm >= 1.9 for column in across.tables[0].columns)


def test_the_workbook_prints_on_one_page_across_and_its_notes_are_not_cut(table, tmp_path):
    long = replace(table, notes=(Text("A note. " * 60, "说明。" * 60),))
    sheet = openpyxl.load_workbook(publish([long], tmp_path / "t.xlsx", lang="zh")).active
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    note = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("说明"))
    assert note.alignment.wrap_text
    assert any(note.coordinate in span for span in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[note.row].height >= 4 * 15


def test_without_python_docx_the_extra_is_named(table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError) as refused:
        publish([table], tmp_path / "t.docx")
    assert refused.value.code == "no_word_writer"
    assert "entrepot[econometrics]" in refused.value.message.zh
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_is_not_replaced_unasked(table, tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_text("mine")
    with pytest.raises(InputError, match="already there"):
        publish([table], path)
    assert path.read_text() == "mine"
    assert publish([table], path, force=True).stat().st_size > 100


def test_what_is_no_table_is_refused(table):
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        PublicationTable(
            "t", Text("", ""), Text("", ""), (Head(Text("", "")),), (Group((Row(Text("r", "r"), ("", "")),)),)
        )
    with pytest.raises(ValueError, match="finite"):
        Number(float("nan"))
    with pytest.raises(InputError):
        render([table], ".pdf")
    assert Number(-0.0001).say() == "0.000"
