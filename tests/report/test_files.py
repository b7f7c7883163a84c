import csv
import io
import json
import os
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import polars as pl
import pytest

from entrepot.core.errors import DataError, EntrepotError, InputError
from entrepot.report import SUFFIXES, csv_text, save
from entrepot.workbench import open_workbench


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_writes_a_whole_file_and_leaves_no_draft(made_up, tmp_path: Path, suffix: str):
    path = tmp_path / f"answer{suffix}"
    assert save(made_up(), path) == path
    assert path.stat().st_size > 0
    beside = tmp_path / f"answer{suffix}.provenance.json"
    assert beside.exists() is (suffix in {".csv", ".parquet", ".dta", ".svg"})
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_the_suffix_may_be_capital(made_up, tmp_path: Path):
    assert save(made_up(), tmp_path / "A.CSV").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_is_not_replaced_unasked(made_up, tmp_path: Path, suffix: str):
    path = tmp_path / f"a{suffix}"
    path.write_text("mine")
    with pytest.raises(InputError) as refused:
        save(made_up(), path)
    assert refused.value.code == "file_exists"
    assert "--force" in refused.value.message.en
    assert path.read_text() == "mine"
    save(made_up(), path, force=True)
    assert path.read_bytes() != b"mine"


def test_a_file_of_provenance_is_not_replaced_either(made_up, tmp_path: Path):
    (tmp_path / "a.csv.provenance.json").write_text("mine")
    with pytest.raises(InputError, match=r"provenance\.json"):
        save(made_up(), tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_an_unknown_suffix_names_the_valid_ones_and_the_nearest(made_up, tmp_path: Path):
    with pytest.raises(InputError) as refused:
        save(made_up(), tmp_path / "a.xls")
    assert refused.value.valid == SUFFIXES
    assert refused.value.nearest == ".xlsx"


@pytest.mark.parametrize("place", ["nowhere/a.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_told(made_up, tmp_path: Path, place: str):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DataError) as refused:
        save(made_up(), tmp_path / place)
    assert refused.value.code == "no_such_folder"


def test_a_failure_while_writing_leaves_the_old_file(made_up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="No space left"):
        save(made_up(), path, force=True)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_report_is_as_readable_as_any_file_of_its_owner(made_up, tmp_path: Path):
    before = os.umask(0o022)
    try:
        assert save(made_up(), tmp_path / "a.json").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_csv_keeps_codes_numbers_and_nulls_and_neutralises_formulas(made_up):
    rows = list(csv.DictReader(io.StringIO(csv_text(made_up()))))
    assert rows[0]["product"] == "0901"
    assert rows[0]["fta_name"] == '\'=HYPERLINK("x")'
    assert rows[0]["supply_source"] == "'@source"
    assert rows[1]["fta_name"] == "'+1"
    assert rows[1]["supply_source"] == "'\tx"
    assert rows[2]["supply_source"] == "'-x"
    assert float(rows[0]["gap"]) == -0.25, "a negative number stays a number"
    assert rows[1]["gap"] == ""
    assert rows[2]["importer_name"] == 'Côte "d\'Ivoire"'
    assert '"0901"' in csv_text(made_up()), "text is quoted"


def test_csv_files_begin_with_a_mark_and_say_where_numbers_come_from(made_up, tmp_path: Path):
    path = save(made_up("zh"), tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    beside = json.loads((tmp_path / "a.csv.provenance.json").read_text())
    assert beside["notes"][0] == "说明一。"
    assert beside["provenance"][0]["licence"] == "CC0"
    assert beside["parameters"]["exporter"] == "CHL"
    assert beside["missing"][0] == {"row": 2, "gap": "zero_flow"}


def test_json_is_the_answer_itself(made_up, tmp_path: Path):
    assert json.loads(save(made_up(), tmp_path / "a.json").read_text()) == json.loads(made_up().to_json())


def test_parquet_carries_numbers_types_and_provenance(made_up, tmp_path: Path):
    path = save(made_up(), tmp_path / "a.parquet")
    assert pl.read_parquet(path).equals(made_up().frame)
    about = pl.read_parquet_metadata(path)
    assert json.loads(about["entrepot.parameters"])["exporter"] == "CHL"
    assert json.loads(about["entrepot.citation"]) == "Cite <me> & it."


def test_stata_reads_it(made_up, tmp_path: Path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_stata(save(made_up(), tmp_path / "a.dta"))
    assert frame["product"].tolist() == ["0901"] * 3
    assert frame["gap"].isna().tolist() == [False, True, False]


def test_stata_without_pandas_names_the_extra(made_up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(EntrepotError) as refused:
        save(made_up(), tmp_path / "a.dta")
    assert refused.value.code == "extra_missing"
    assert "dataframes" in refused.value.message.en
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def sheets(made_up, tmp_path: Path):
    """The workbook's sheets as rows of (kind, value), read back from its XML."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(save(made_up(), tmp_path / "a.xlsx")) as book:
        strings = ["".join(si.itertext()) for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        titles = [s.get("name") for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(name + "sheet")]
        found = {}
        for number, title in enumerate(titles, 1):
            tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(tree.iter(name + "f")), "no cell is a formula"
            assert not list(tree.iter(name + "hyperlink"))
            cells = {}
            for cell in tree.iter(name + "c"):
                value = cell.find(name + "v")
                if value is not None:
                    text = cell.get("t") == "s"
                    cells[cell.get("r")] = strings[int(value.text)] if text else float(value.text)
            found[title] = cells
    return found


def test_a_workbook_has_all_that_one_needs(sheets):
    assert list(sheets) == ["Ranking", "Parameters", "Notes", "Provenance", "Columns", "Missing"]
    ranking = sheets["Ranking"]
    assert [ranking[f"{letter}2"] for letter in "ABCDE"] == ["rank", "score", "importer", "importer_name", "product"]
    at = {ranking[f"{letter}2"]: letter for letter in "ABCDEFGHIJK"}
    assert ranking[f"{at['value_usd']}1"] == "Exports ↑ (US$)", "name, direction, unit"
    assert ranking[f"{at['product']}3"] == "0901", "codes are text"
    assert ranking[f"{at['value_usd']}3"] == 1_234_567_890.0
    assert ranking[f"{at['gap']}3"] == -0.25
    assert f"{at['gap']}4" not in ranking, "a null is an empty cell"
    assert ranking[f"{at['fta_name']}3"] == '=HYPERLINK("x")', "text, not a formula"
    assert "A note." in sheets["Notes"].values()
    assert "Cite <me> & it." in sheets["Notes"].values()
    assert "gap=1" in sheets["Parameters"].values()
    assert "Source & co" in sheets["Provenance"].values()
    assert [sheets["Missing"][cell] for cell in ("A2", "B2", "E2")] == [4.0, "XKX", "gap"]
    assert any("Gravity" in str(value) for value in sheets["Columns"].values()), "the formula is told"


def test_a_workbook_tells_people_and_prints(tmp_path: Path):
    """Codes of cells in words, every parameter explained, whose row it is on every sheet of paper."""
    openpyxl = pytest.importorskip("openpyxl")
    result = open_workbench().markets("CHL", "2603", year=2024, lang="zh")
    book = openpyxl.load_workbook(save(result, tmp_path / "p.xlsx"))
    ranking = book.worksheets[0]
    ids = [cell.value for cell in ranking[2]]
    rests = {ranking.cell(row, ids.index("growth_basis") + 1).value for row in range(3, ranking.max_row + 1)}
    assert "复合增长与末年增长，5 年中有 5 年" in rests
    assert not any("cagr" in str(one) for one in rests)
    assert ranking.page_setup.paperSize == 9
    assert ranking.page_setup.orientation == "landscape"
    assert ranking.print_title_rows == "$1:$2"
    assert ranking.print_title_cols == f"$A:${'ABCDEFGH'[ids.index('importer_name')]}"
    told = {row[0].value: row[2].value for row in book["参数"].iter_rows(min_row=2)}
    assert told["exporter"].startswith("出口方")
    assert all(told.values()), "every parameter is explained"
    assert "市场" in [cell.value for cell in book["缺失值"][1]], "names, not ids"
    assert {row[0].value for row in book["数据来源"].iter_rows(min_row=2)} >= {"贸易数据", "产品及其名称"}


def test_a_workbook_speaks_chinese(made_up, tmp_path: Path):
    with ZipFile(save(made_up("zh"), tmp_path / "a.xlsx")) as book:
        assert "排名" in book.read("xl/workbook.xml").decode()
        assert "说明一。" in book.read("xl/sharedStrings.xml").decode()
