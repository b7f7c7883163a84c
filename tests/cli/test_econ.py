"""`entrepot econ`: any saved table in, publication tables or JSON out, in both languages."""

import json
from pathlib import Path

import polars as pl
import pytest

from entrepot.cli import main
from entrepot.core.errors import DataError, InputError
from entrepot.sources.saved_tables import read_saved
from tests.analyses.test_econ import table


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("econ") / "gl.csv"
    table().write_csv(path)
    return path


def test_a_series_in_both_languages(saved: Path, capsys: pytest.CaptureFixture[str]):
    asked = ["econ", "series", str(saved), "--y", "gl", "--x", "log:gdp", "--where", "product=0101"]
    assert main([*asked, "--lang", "en"]) == 0
    english = capsys.readouterr().out
    for title in (
        "Unit roots",
        "Engle-Granger",
        "Johansen",
        "Error-correction model",
        "autoregression",
        "Granger causality",
    ):
        assert title in english
    assert "Standard errors" in english
    assert main([*asked, "--lang", "zh"]) == 0
    assert "单位根检验" in capsys.readouterr().out


def test_a_panel_as_json(saved: Path, capsys: pytest.CaptureFixture[str]):
    asked = ["econ", "panel", str(saved), "--y", "logit:gl", "--x", "log:gdp", "--unit", "product", "--json"]
    assert main([*asked, "--errors", "driscoll_kraay", "--models", "fixed", "--tests", "none"]) == 0
    found = json.loads(capsys.readouterr().out)
    ((model, regression),) = found["models"]
    assert (model, regression["effects"]) == ("fixed", "unit")
    assert regression["error_type"].startswith("Driscoll-Kraay")
    assert found["units"] == 6


@pytest.mark.parametrize("suffix", [".txt", ".html", ".tex", ".docx", ".xlsx"])
def test_every_format_names_effects_and_errors(saved: Path, tmp_path: Path, suffix: str):
    out = tmp_path / f"table{suffix}"
    asked = ["econ", "panel", str(saved), "--y", "gl", "--x", "log:gdp", "--unit", "product", "--out", str(out)]
    assert main([*asked, "--lang", "en"]) == 0
    if suffix == ".docx":
        import docx

        read = docx.Document(str(out))
        said = " ".join(cell.text for one in read.tables for row in one.rows for cell in row.cells)
    elif suffix == ".xlsx":
        import openpyxl

        said = " ".join(str(cell) for sheet in openpyxl.load_workbook(out) for row in sheet.values for cell in row)
    else:
        said = out.read_text(encoding="utf-8")
    assert "clustered by unit" in said
    assert "random (unit)" in said
    assert main([*asked, "--lang", "en"]) == 2  # never overwritten unasked


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".json", ".dta", ".xlsx"])
def test_what_the_program_saves_it_reads_again(suffix: str, tmp_path: Path):
    """An answer of the finder, saved in each format, gives the same column of numbers."""
    out = tmp_path / f"answer{suffix}"
    assert main(["markets", "CHL", "2603", "--year", "2024", "--out", str(out)]) == 0
    frame = read_saved(out)
    gap = frame["gap"].cast(pl.Float64)
    assert frame.height > 50
    assert gap.sum() == pytest.approx(_answered()["gap"].sum(), rel=1e-9)
    assert set(frame["product"].cast(pl.String)) == {"2603"}


def _answered() -> pl.DataFrame:
    import entrepot

    return entrepot.markets("CHL", "2603", year=2024).frame


def test_damaged_and_absent_files_are_named(tmp_path: Path):
    for name, content in (("a.parquet", b"PAR1 nothing"), ("a.xlsx", b"PK"), ("a.json", b"{"), ("a.dta", b"xx")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as raised:
            read_saved(tmp_path / name)
        assert raised.value.code == "unreadable_table"
    with pytest.raises(InputError):
        read_saved(tmp_path / "none.csv")
    with pytest.raises(InputError):
        read_saved(tmp_path / "a.xyz")


def test_two_columns_of_one_name_are_refused(tmp_path: Path):
    import openpyxl

    (tmp_path / "a.csv").write_text("year,gl,gl\n2001,0.1,0.9\n")
    book = openpyxl.Workbook()
    for row in (["year", "gl", "gl"], [2001, 0.1, 0.9]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    for name in ("a.csv", "a.xlsx"):
        with pytest.raises(DataError) as raised:
            read_saved(tmp_path / name)
        assert (raised.value.code, "'gl'" in str(raised.value)) == ("duplicate_column", True)
    # Columns without a name, as spreadsheets leave them at the right, are nobody's.
    (tmp_path / "b.csv").write_text("year,gl,,\n2001,0.1,,\n")
    assert read_saved(tmp_path / "b.csv")["gl"].to_list() == ["0.1"]


def test_what_the_tests_assumed_stands_below_them(saved: Path, capsys: pytest.CaptureFixture[str]):
    asked = ["econ", "series", str(saved), "--y", "gl", "--x", "log:gdp", "--where", "product=0101", "--trend", "ct"]
    assert main([*asked, "--tests", "johansen", "--lags", "3", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "with a constant and a trend" in english
    assert "Lagged differences: 2; rows: 37." in english
    asked = ["econ", "panel", str(saved), "--y", "gl", "--x", "log:gdp", "--unit", "product", "--tests", "none"]
    assert main([*asked, "--errors", "driscoll_kraay", "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert "Driscoll-Kraay（滞后 3 阶）" in chinese
    assert "组内 R²" in chinese


def test_bad_where_is_told(saved: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["econ", "series", str(saved), "--y", "gl", "--where", "product"]) == 2
    assert "column=value" in capsys.readouterr().err
