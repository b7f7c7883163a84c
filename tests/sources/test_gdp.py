import zipfile

import polars as pl
import pytest

from entrepot.sources import imf_weo, penn_world_table, worldbank_wdi
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, rows_of, table, workbook

API = "API_NY.GDP.MKTP.CD_sample.csv"


def test_world_bank_layouts_say_the_same(tmp_path):
    zipped = tmp_path / "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(SAMPLES / API, "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv")
        archive.writestr("Metadata_Country_API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", '"Country Code","Region"\n')
    book = workbook(tmp_path / "API_NY.GDP.MKTP.CD.xlsx", {"Data": [row[:7] for row in _padded()]})
    readings = [read(worldbank_wdi.PROVIDER, path) for path in (SAMPLES / API, zipped, book)]
    for reading in readings:
        frame = table(reading, "macro")
        assert frame.select("economy", "year", "value").rows() == [
            ("CHL", 2021, 100.5),
            ("CHL", 2022, 200.0),
            ("ROU", 2022, 50.0),
            ("ROU", 2023, 60.0),
        ]
        assert reading.edition == "updated 2025-10-07"
        assert dropped(reading) == {"no_value": 2, "aggregate": 3}


def _padded():
    rows = rows_of(API)
    return [rows[0], rows[2], [""], *rows[4:]]


def test_the_file_that_reaches_further_is_taken_whole():
    reading = read(worldbank_wdi.PROVIDER, SAMPLES / API, SAMPLES / "wdi_ny.gdp.mktp.cd.csv")
    frame = table(reading, "macro")
    assert frame.filter(economy="CHL")["year"].to_list() == [2021, 2024]
    assert frame.filter(economy="ROU").height == 2
    assert dropped(reading)["older_file"] == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CHL,2021,100.5", "CHL,2021,many", "not_a_number"),
        ("CHL,2021,100.5", "CHL,2021,-5", "out_of_range"),
        ("CHL,2024", "CHL,2021", "duplicate_rows"),
        ("Chile,CHL,2021", "Chile,2021,CHL", "not_a_year"),
        ("Chile,CHL,2024,400", "Chile,CHL", "ragged_row"),
    ],
)
def test_bad_world_bank_files(tmp_path, old, new, code):
    fails(worldbank_wdi.PROVIDER, changed(SAMPLES / "wdi_ny.gdp.mktp.cd.csv", tmp_path, old, new), code, "line")


def test_wrong_encoding(tmp_path):
    path = tmp_path / "wdi_ny.gdp.mktp.cd.csv"
    path.write_bytes((SAMPLES / path.name).read_bytes() + b"\x00\x81\x8d")
    fails(worldbank_wdi.PROVIDER, path, "not_text")


def test_weo_projections_are_left_out():
    reading = read(imf_weo.PROVIDER, SAMPLES / "weo_long.csv")
    frame = table(reading, "macro")
    assert reading.edition == "2018 edition"
    assert frame.select("year", "value").rows() == [(2017, pytest.approx(590.1e9))]
    assert dropped(reading) == {"projection": 3}


def test_weo_database_in_utf16(tmp_path):
    path = tmp_path / "WEOOct2023all.xls"
    path.write_text((SAMPLES / "weo_database.tsv").read_text("utf-8"), "utf-16")
    frame = table(read(imf_weo.PROVIDER, path), "macro")
    assert frame.select("economy", "year", "value").rows() == [
        ("AUS", 2022, pytest.approx(1700.5e9)),
        ("XKX", 2022, pytest.approx(9.4e9)),
    ]


def test_penn_world_table(tmp_path):
    book = workbook(tmp_path / "pwt1001.xlsx", {"Info": [[""]], "Legend": [[""]], "Data": rows_of("pwt1001.csv")})
    for path in (SAMPLES / "pwt1001.csv", book):
        reading = read(penn_world_table.PROVIDER, path)
        assert table(reading, "macro").rows() == [("CHL", 2019, "gdp_real_ppp_usd", 446e9, "Penn World Table", "10.01")]


def test_real_world_bank_files():
    reading = read(
        worldbank_wdi.PROVIDER, real("macro/wb_gdp_wide_1960_2023.csv"), real("macro/wdi_ny.gdp.mktp.cd.csv")
    )
    frame = table(reading, "macro")
    assert frame["economy"].n_unique() > 205
    assert frame.filter(economy="CHN", year=2023)["value"].item() == pytest.approx(18.27e12, rel=1e-3)
    assert not frame.filter(pl.col("economy").is_in(["WLD", "EUU"])).height


def test_real_weo_file_knows_taiwan():
    frame = table(read(imf_weo.PROVIDER, real("macro/imf_weo_ngdpd.csv")), "macro")
    assert frame.filter(economy="TWN", year=2018)["value"].item() == pytest.approx(589.391e9)
    assert frame["year"].max() == 2018
