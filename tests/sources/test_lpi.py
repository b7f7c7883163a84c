import pytest

from entrepot.sources import lpi
from tests.sources.reference import dropped, fails, read, real, rows_of, table, workbook


@pytest.fixture
def files(tmp_path):
    return (
        workbook(tmp_path / "a.xlsx", {"2023": rows_of("lpi_scores_2023.csv")}),
        workbook(tmp_path / "b.xlsx", {"2018": rows_of("lpi_editions_2018.csv")}),
        workbook(tmp_path / "c.xlsx", {"LPI_Data": rows_of("lpi_tidy.csv")}),
    )


def of(frame, year, indicator="lpi"):
    return frame.filter(economy="CHL", year=year, indicator=indicator)["value"].to_list()


def test_three_layouts_together(files):
    reading = read(lpi.PROVIDER, *files)
    frame = table(reading, "conditions")
    assert frame.height == 14
    assert of(frame, 2018) == [3.321]  # the official workbook, not the tidy one
    assert of(frame, 2023) == [3.0]
    assert of(frame, 2022) == []
    assert of(frame, 2018, "lpi_timeliness") == [3.8]
    assert dropped(reading)["told_twice"] == 14
    assert any("2022" in warning.en for warning in reading.report.warnings)


@pytest.mark.parametrize(("at", "cell", "code"), [(1, "43", "out_of_range"), (1, "high", "not_a_number")])
def test_bad_scores(tmp_path, at, cell, code):
    rows = rows_of("lpi_scores_2023.csv")
    rows[1][at] = cell
    fails(lpi.PROVIDER, workbook(tmp_path / "a.xlsx", {"2023": rows}), code, "sheet 2023", "line 2", cell)


def test_missing_component(tmp_path):
    rows = [row[:3] + row[5:] for row in rows_of("lpi_scores_2023.csv")]
    fails(lpi.PROVIDER, workbook(tmp_path / "a.xlsx", {"2023": rows}), "missing_column", "lpi_customs")


def test_real_files():
    names = (
        "International_LPI_from_2007_to_2018",
        "International_LPI_from_2012_to_2023",
        "lpi_all_years_tidy_2007_2022",
    )
    reading = read(lpi.PROVIDER, *(real(f"conditions/{name}.xlsx") for name in names))
    frame = table(reading, "conditions")
    assert frame["year"].unique().sort().to_list() == [2007, 2010, 2012, 2014, 2016, 2018, 2023]
    assert frame.filter(economy="DEU", year=2018, indicator="lpi")["value"].item() == pytest.approx(4.201444)
    assert frame.filter(year=2023, indicator="lpi").height == 139
    assert "unknown_economy" not in dropped(reading)
