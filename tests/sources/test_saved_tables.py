"""Tables that people keep are read as they stand, or refused with a reason."""

import polars as pl
import pytest
import xlsxwriter

from entrepot.core.errors import DataError
from entrepot.sources.saved_tables import read_saved


def workbook(path, *rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return path


def test_a_mark_before_the_heading_and_blanks_in_it_are_no_part_of_a_name(tmp_path):
    (tmp_path / "gl.csv").write_text("\ufeffproduct, gl\n0901,1\n")
    assert read_saved(tmp_path / "gl.csv").to_dicts() == [{"product": "0901", "gl": "1"}]


def test_a_workbooks_ids_stand_below_its_names(tmp_path):
    kept = workbook(tmp_path / "gl.xlsx", ["Year", "Grubel-Lloyd"], ["year", "gl"], [2001, 0.4], ["2002", None])
    assert read_saved(kept).to_dicts() == [{"year": "2001", "gl": "0.4"}, {"year": "2002", "gl": None}]


def test_a_file_that_is_not_what_its_suffix_says(tmp_path):
    (tmp_path / "gl.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DataError, match=r"'gl.xlsx' cannot be read as \.xlsx"):
        read_saved(tmp_path / "gl.xlsx")


def test_parquet_keeps_its_kinds(tmp_path):
    pl.DataFrame({"year": [2001], "gl": [0.5]}).write_parquet(tmp_path / "gl.parquet")
    assert read_saved(tmp_path / "gl.parquet").schema == {"year": pl.Int64, "gl": pl.Float64}
