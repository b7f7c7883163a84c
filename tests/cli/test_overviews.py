"""`entrepot economy`, `product`, `brief` and `indicators`."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest


def test_an_economy_is_told_in_tables(run):
    said = run("economy", "CHL", "--year", "2024", "--top", "3")
    assert said.code == 0
    for words in ("What Chile sells, 2024", "Markets of Chile", "Unrealised potential", "2603", "74 HS6 products"):
        assert words in said.out
    assert said.out.count("Cite:") == 1, "notes and citation once"
    assert "主要出口产品" in run("economy", "智利", "--lang", "zh").out


def test_a_product_as_json_is_that_of_the_workbench(run, bench):
    said = run("product", "2603", "--year", "2024", "--json")
    assert json.loads(said.out) == bench.product("2603", year=2024).as_dict()


def test_one_part_is_an_answer_like_any_other(run, bench, tmp_path: Path):
    rows = list(csv.DictReader(io.StringIO(run("product", "2603", "--part", "sells", "--csv").out.lstrip("\ufeff"))))
    assert [row["economy"] for row in rows] == bench.product("2603")["sells"].frame["economy"].to_list()
    path = tmp_path / "a.parquet"
    assert run("economy", "CHL", "--part", "years", "--out", str(path)).code == 0
    assert path.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("economy", "CHL", "--csv"), "--part"),
        (("economy", "CHL", "--out", "x.csv"), "--part"),
        (("economy", "CHL", "--part", "sels"), "Did you mean sells?"),
        (("economy", "CHLE"), "Chile"),
        (("brief", "CHL", "2603", "--market", "CHN", "--out", "x.pdf"), ".html"),
        (("brief", "CHL", "2603", "--market", "CHL"), "not among"),
        (("indicators", "--family", "powr"), "Did you mean power?"),
    ],
)
def test_mistakes_are_told(run, words, said: str):
    answer = run(*words)
    assert answer.code == 2
    assert said in answer.err


def test_a_whole_overview_is_a_workbook_with_a_sheet_for_each_part(run, bench, tmp_path: Path):
    path = tmp_path / "chile.xlsx"
    assert run("economy", "CHL", "--out", str(path)).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:6] == ["Years", "Sells", "Buys", "Markets", "Suppliers", "Potential"]
    assert {"Parameters", "Notes", "Provenance", "Columns", "Missing"} <= set(book.sheetnames)
    assert book["Sells"]["A3"].value == "2603"
    assert book["Sells"]["C3"].value == bench.economy("CHL")["sells"].frame["exports_usd"][0]
    assert any("Σ_k (X_k/X)²" in str(row[5].value) for row in book["Columns"].iter_rows())
    assert run("economy", "CHL", "--out", str(path)).code == 2, "never over another file"


def test_a_brief_is_written_and_says_how_to_make_it_again(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    said = run("brief", "CHL", "2603", "--market", "CHN", "--weights", "gap=2,sd=1", "--lang", "zh")
    assert said.code == 0
    assert "brief-CHL-2603-CHN.html" in said.err
    html = (tmp_path / "brief-CHL-2603-CHN.html").read_text("utf-8")
    assert "entrepot brief CHL 2603 --market CHN --year 2024 --data minerals --weights gap=2,sd=1 --lang zh" in html
    assert run("brief", "CHL", "2603", "--market", "CHN").code == 2, "never over another file"
    assert run("brief", "CHL", "2603", "--market", "CHN", "--force").code == 0


def test_an_indicator_is_explained_with_its_letters(run):
    said = run("indicators", "gap").out
    assert "Where: V_ij value of the flow" in said
    assert "Computed from: gravity_share, share_in_market" in said
    assert "其中：" in run("indicators", "gap", "--lang", "zh").out
    assert "hhi_sellers" in run("indicators", "--family", "overview").out
    assert "gravity_share" not in run("indicators", "--family", "overview").out
