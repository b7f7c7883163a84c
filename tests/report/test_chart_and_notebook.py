from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from entrepot.report import html_table, svg_text
from entrepot.report.chart import LEFT, RIGHT, WIDTH
from entrepot.report.heading import telling_columns, title

SVG = "{http://www.w3.org/2000/svg}"


def bars(text: str) -> list[ElementTree.Element]:
    return [rect for rect in ElementTree.fromstring(text).iter(SVG + "rect") if rect.find(SVG + "title") is not None]


def test_a_chart_is_valid_and_escaped(made_up):
    tree = ElementTree.fromstring(svg_text(made_up()))
    words = ["".join(text.itertext()) for text in tree.iter(SVG + "text")]
    assert "<b>Kosovo & co</b>" in words
    assert "Cite <me> & it." in words
    assert "<b>" not in svg_text(made_up())


def test_pieces_add_up_to_the_score_on_one_scale(made_up):
    """Rows: 0.5 + 0.25 and 0.75 − 0.25. The scale runs from −0.25 to 0.75 over the width."""
    pieces = bars(svg_text(made_up()))
    widths = [float(piece.get("width")) for piece in pieces]
    whole = WIDTH - LEFT - RIGHT
    assert widths == pytest.approx([0.5 * whole, 0.25 * whole, 0.75 * whole, 0.25 * whole], abs=0.02)
    negative = pieces[3]
    assert float(negative.get("x")) + widths[3] == pytest.approx(float(pieces[2].get("x")), abs=0.02)


def test_ranked_by_a_column_the_bar_is_that_column(made_up):
    assert len(bars(svg_text(made_up(rank_by="gap")))) == 2, "the row without a gap has no bar"


def test_nothing_to_draw_is_said(made_up):
    assert "Nothing to draw" in svg_text(made_up(rank_by="cagr"))
    assert "无可绘制" in svg_text(made_up("zh", rank_by="cagr"))


def test_colours_do_not_depend_on_the_ground(made_up):
    assert 'fill="white"' not in svg_text(made_up())
    assert "<style" not in svg_text(made_up())


def test_a_notebook_table_escapes_and_explains(made_up):
    text = html_table(made_up())
    assert "&lt;b&gt;Kosovo &amp; co&lt;/b&gt;" in text
    assert "<b>" not in text
    assert 'title="the pair did not trade"' in text
    assert "A note." in text
    assert "Cite &lt;me&gt; &amp; it." in text

    class Balanced(HTMLParser):
        depth = 0

        def handle_starttag(self, tag, attrs):
            self.depth += 1

        def handle_endtag(self, tag):
            self.depth -= 1

    parser = Balanced()
    parser.feed(text)
    assert parser.depth == 0


def test_notebooks_and_plots_of_a_result(made_up, tmp_path):
    assert made_up()._repr_html_() == html_table(made_up())
    assert made_up().plot(tmp_path / "a.svg") == (tmp_path / "a.svg").read_text()
    assert made_up().to_csv(tmp_path / "a.csv").startswith('"importer"')
    assert made_up().to_excel(tmp_path / "a.xlsx").exists()


def test_titles_and_telling_columns(made_up):
    assert title(made_up()) == "Markets for 0901 from CHL, 2024 (toy)"
    assert title(made_up("zh")) == "CHL的0901：各市场，2024 年（toy）"
    told = [column.id for column in telling_columns(made_up(rank_by="gap"))]
    assert told[:3] == ["rank", "importer", "importer_name"]
    assert "gap" in told
    assert "product" not in told, "what was asked is in the title"
