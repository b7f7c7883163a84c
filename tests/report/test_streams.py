"""Rows written as they come: the same text as a whole answer, harmless to a spreadsheet, never over another file."""

import json
from pathlib import Path

import polars as pl
import pytest

from entrepot.analyses.micro.answers import quality, quality_rows
from entrepot.core.errors import DataError, InputError
from entrepot.report import csv_text
from entrepot.report.streams import save_rows

ROWS = pl.DataFrame(
    {
        "year": [2010] * 3,
        "firm": ["=1+1", "b", "0c"],
        "region": ["11", "@x", "12"],
        "product": ["0101"] * 3,
        "destination": ["USA", "USA", "FRA"],
        "value_usd": [1.0, 2.0, 3.0],
        "quantity": [1.0, None, 2.0],
    }
)


def test_csv_is_the_text_of_the_whole_answer(tmp_path: Path):
    with quality_rows(ROWS) as answer:
        save_rows(answer, tmp_path / "a.csv")
        whole = answer.collected()
    written = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert written == csv_text(whole).split("\r\n")
    assert any('"\'=1+1"' in line for line in written)
    beside = json.loads((tmp_path / "a.csv.provenance.json").read_text())
    assert beside["notes"] == [note.en for note in whole.notes]


def test_parquet_holds_the_rows(tmp_path: Path):
    with quality_rows(ROWS) as answer:
        save_rows(answer, tmp_path / "a.parquet")
    assert pl.read_parquet(tmp_path / "a.parquet").equals(quality(ROWS).frame)


def test_other_files_are_not_replaced(tmp_path: Path):
    with quality_rows(ROWS) as answer:
        save_rows(answer, tmp_path / "a.parquet")
        with pytest.raises(InputError) as refused:
            save_rows(answer, tmp_path / "a.parquet")
        assert refused.value.code == "file_exists"
        save_rows(answer, tmp_path / "a.parquet", force=True)
        with pytest.raises(DataError):
            save_rows(answer, tmp_path / "nowhere" / "a.parquet")
