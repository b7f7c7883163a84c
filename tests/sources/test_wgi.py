import polars as pl
import pytest

from entrepot.sources import wgi
from entrepot.sources.head import head_of
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, rows_of, stata, table, workbook


def value(frame, economy, year, indicator="rule_of_law"):
    return frame.filter(economy=economy, year=year, indicator=indicator)["value"].item()


def test_long_workbook(tmp_path):
    path = workbook(tmp_path / "wgidataset.xlsx", {"Sheet1": rows_of("wgi_long.csv")})
    reading = read(wgi.PROVIDER, path)
    frame = table(reading, "conditions")
    assert value(frame, "CHL", 2023) == 0.8
    assert value(frame, "COD", 2023) == -1.6  # under its old code ZAR
    assert value(frame, "CHL", 2023, "political_stability") == 0.1
    assert frame["edition"].unique().to_list() == ["2024 update"]
    assert dropped(reading) == {"other_indicator": 1, "unknown_economy": 1, "no_value": 1}


def test_flat_file_as_csv_and_stata(tmp_path):
    rows = rows_of("wgi_flat.csv")
    columns = {name: [row[n] for row in rows[1:]] for n, name in enumerate(rows[0])}
    numbers = {c: [float(x) if x else None for x in v] for c, v in columns.items() if c not in ("code", "countryname")}
    path = stata(tmp_path / "wgi.dta", {**columns, **numbers})
    of_csv, of_stata = read(wgi.PROVIDER, SAMPLES / "wgi_flat.csv"), read(wgi.PROVIDER, path)
    assert table(of_csv, "conditions").equals(table(of_stata, "conditions"))
    assert table(of_csv, "conditions").height == 3


def test_wide_workbook(tmp_path):
    top = [["Note"], [], ["", "", "2022", "", "2023", ""], ["Country/Territory", "Code", *(["Estimate", "StdErr"] * 2)]]
    sheet = [*top, ["Chile", "CHL", "0.75", "0.1", "0.8", "0.1"], ["Aruba", "ABW", "#N/A", "#N/A", "1.25", "0.2"]]
    path = workbook(tmp_path / "wgi.xlsx", {"RuleofLaw": sheet, "Political StabilityNoViolence": sheet})
    frame = table(read(wgi.PROVIDER, path), "conditions")
    assert value(frame, "CHL", 2022) == 0.75
    assert value(frame, "ABW", 2023, "political_stability") == 1.25
    assert frame.height == 6


def test_a_newer_release_replaces_the_older_series(tmp_path):
    newer = workbook(tmp_path / "new.xlsx", {"Sheet1": rows_of("wgi_long.csv")})
    reading = read(wgi.PROVIDER, SAMPLES / "wgi_flat.csv", newer)
    frame = table(reading, "conditions").filter(economy="CHL", indicator="rule_of_law")
    assert frame["year"].to_list() == [2022, 2023]
    assert dropped(reading)["told_twice"] == 3


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("CHL,Chile,2020,0.7,", "CHL,Chile,2020,bad,", "not_a_number", ("line 2", "rle", "'bad'")),
        ("CHL,Chile,2020,0.7,", "CHL,Chile,2020,75.5,", "out_of_range", ("rle", "75.5")),
        ("CHL,Chile,2020", "CHL,Chile,20x0", "not_a_year", ("line 2", "year")),
        ("CHL,Chile,2021", "CHL,Chile,2020", "duplicate_rows", ("CHL",)),
        ("CHL,Chile,2021,0.71,0.1,,", "CHL,Chile,20", "ragged_row", ("line 3",)),
        ("CHL,Chile", "Chile,CHL", "no_known_economy", ("code",)),
    ],
)
def test_bad_files(tmp_path, old, new, code, words):
    fails(wgi.PROVIDER, changed(SAMPLES / "wgi_flat.csv", tmp_path, old, new), code, *words)


def test_damaged_workbook(tmp_path):
    path = workbook(tmp_path / "wgi.xlsx", {"Sheet1": rows_of("wgi_long.csv")})
    path.write_bytes(path.read_bytes()[:-800])
    assert wgi.PROVIDER.recognise(head_of(path)) is None
    fails(wgi.PROVIDER, path, "bad_archive", layout="long")


def test_real_release():
    reading = read(wgi.PROVIDER, real("conditions/wgidataset_long_1996_2023.xlsx"))
    frame = table(reading, "conditions")
    assert round(value(frame, "CHN", 2023), 3) == -0.040
    assert frame.filter(pl.col("indicator") == "rule_of_law")["economy"].n_unique() > 200
    assert "unknown_economy" not in dropped(reading)


def test_real_stata_layout():
    frame = table(read(wgi.PROVIDER, real("conditions/wgidataset_stata_layout_to2021.csv")), "conditions")
    assert frame["year"].max() == 2021


def test_the_workbook_of_2025(tmp_path):
    heading = ["Economy (name)", "Economy (code)", "Year", "Governance estimate (approx. -2.5 to +2.5)"]
    scored = [*heading, "Governance score (0-100)"]
    rows = [["Chile", "CHL", "2024", "0.9", "70.1"], ["Aruba", "ABW", "2024", "..", "55.0"]]
    sheets = {name: [scored, *rows] for name in ("va", "pv", "ge", "rq", "rl", "cc")}
    path = workbook(tmp_path / "wgidataset_with_sourcedata-2025.xlsx", sheets)
    reading = read(wgi.PROVIDER, path)
    frame = table(reading, "conditions")
    assert (value(frame, "CHL", 2024), value(frame, "CHL", 2024, "political_stability")) == (0.9, 0.9)
    assert reading.edition == "2025 update"
    assert dropped(reading) == {"no_value": 2}
    sheets["rl"] = [scored, ["Chile", "CHL", "2024", "70.1", "70.1"]]  # a score where the estimate should be
    fails(wgi.PROVIDER, workbook(tmp_path / "wgi-2025.xlsx", sheets), "out_of_range", "rl", "70.1")
