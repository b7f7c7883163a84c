"""What the tests of the reference readers share: the store's own facts, small samples, and the real files where present."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
import xlsxwriter

import entrepot.demo
from entrepot.core.errors import DataError
from entrepot.sources.head import head_of
from entrepot.sources.provider import Known, Match, Provider, TablesReading
from entrepot.tables import REFERENCE_TABLES

SAMPLES = Path(__file__).parent / "samples"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"


@cache
def _table(name: str) -> pl.DataFrame:
    file = entrepot.demo.FOLDER / f"{name}.parquet"
    return pl.read_parquet(file) if file.exists() else pl.DataFrame(schema=dict(REFERENCE_TABLES[name].schema))


KNOWN = Known(_table)


def real(name: str) -> Path:
    """A provider's own file; the test is skipped where the folder of real files is not there."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"no real file: {name} is not in the folder of reference data beside the project")
    return path


def recognised(provider: Provider, *paths: Path) -> list[Match]:
    matches = [provider.recognise(head_of(path)) for path in paths]
    assert None not in matches, f"{provider.name} does not recognise one of {paths}"
    return [match for match in matches if match is not None]


def read(provider: Provider, *paths: Path) -> TablesReading:
    """The files recognised and read, every table checked."""
    reading = provider.read(recognised(provider, *paths), KNOWN)
    assert isinstance(reading, TablesReading)
    for table in reading.tables:
        REFERENCE_TABLES[table.table].check(table.frame)
        assert not table.frame.is_empty()
    assert reading.edition
    return reading


def table(reading: TablesReading, name: str) -> pl.DataFrame:
    return next(part.frame for part in reading.tables if part.table == name)


def dropped(reading: TablesReading) -> dict[str, int]:
    return {entry.reason: entry.rows for entry in reading.report.dropped}


def rows_of(sample: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((SAMPLES / sample).read_text("utf-8-sig"))))


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    """A workbook with these cells; what looks like a number is one, unless it begins with a zero."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    number = cell.replace(".", "", 1).replace("-", "", 1).isdigit() and not (
                        len(cell) > 1 and cell[0] == "0" and "." not in cell
                    )
                    sheet.write(r, c, float(cell) if number else cell)
    return path


def stata(path: Path, columns: Mapping[str, Sequence[object]]) -> Path:
    pyreadstat.write_dta(pl.DataFrame(dict(columns), strict=False), str(path))
    return path


def changed(path: Path, folder: Path, old: str, new: str, name: str | None = None) -> Path:
    """A copy of a text sample with something replaced."""
    text = path.read_text("utf-8-sig")
    assert old in text
    copy = folder / (name or path.name)
    copy.write_text(text.replace(old, new), "utf-8")
    return copy


def fails(provider: Provider, path: Path, code: str, *words: str, layout: str | None = None) -> None:
    """Reading ends in an error of this code that names provider, file and these words, in both languages."""
    found = provider.recognise(head_of(path))
    if layout is not None and found is None:
        found = Match(path, layout, next(iter(provider.layouts.values())))
    assert found is not None
    with pytest.raises(DataError) as error:
        provider.read([found], KNOWN)
    assert error.value.code == code, error.value
    for word in (provider.name, path.name, *words):
        assert word in error.value.message.en
    assert path.name in error.value.message.zh
