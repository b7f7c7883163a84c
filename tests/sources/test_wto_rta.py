from datetime import date

import polars as pl
import pytest

from entrepot.sources import wto_rta
from entrepot.sources.wto_rta_parties import days_of_parties
from tests.sources.reference import dropped, fails, read, real, rows_of, table, workbook


def partners(frame, exporter, day):
    """Partners under a free-trade agreement or customs union on a day."""
    lasting = pl.col("until").is_null() | (pl.col("until") >= day)
    rows = frame.filter((pl.col("exporter") == exporter) & (pl.col("since") <= day) & lasting, pl.col("kind") != "PTA")
    return set(rows["importer"])


@pytest.fixture
def reading(tmp_path):
    return read(wto_rta.PROVIDER, workbook(tmp_path / "AllRTAs.xlsx", {"AllRTAs": rows_of("rtas.csv")}))


def test_pairs_and_days(reading):
    frame = table(reading, "agreements")
    assert reading.tables[0].complete
    two = frame.filter(exporter="CHL", importer="VNM").row(0, named=True)
    assert (two["since"], two["until"], two["name_zh"]) == (date(2014, 1, 1), None, "智利—越南贸易协定")
    assert frame.filter(exporter="VNM", importer="CHL").height == 1


def test_a_bloc_stands_for_its_members_while_they_belong(reading):
    korea = table(reading, "agreements").filter(agreement="WTO-2", exporter="KOR")
    days = {row["importer"]: (row["since"], row["until"]) for row in korea.iter_rows(named=True)}
    assert len(days) == 28
    assert days["DEU"] == (date(2011, 7, 1), None)
    assert days["HRV"] == (date(2013, 7, 1), None)  # when it joined
    assert days["GBR"] == (date(2011, 7, 1), date(2020, 12, 31))
    assert table(reading, "agreements").filter(agreement="WTO-2", exporter="DEU")["importer"].to_list() == ["KOR"]


def test_members_listed_one_by_one_do_not_pair_with_each_other(reading):
    malta = table(reading, "agreements").filter(agreement="WTO-3")
    assert set(malta.select("exporter", "importer").rows()) == {
        ("BEL", "MLT"), ("MLT", "BEL"), ("FRA", "MLT"), ("MLT", "FRA")
    }  # fmt: skip


def test_single_parties_have_their_own_days(reading):
    pact = table(reading, "agreements").filter(agreement="WTO-4")
    assert set(pact["exporter"]) == {"JPN", "PER"}
    assert pact["since"].unique().to_list() == [date(2021, 9, 19)]


def test_what_is_left_out_is_counted(reading):
    assert dropped(reading) == {"services_only": 1, "not_in_force": 1, "accession": 1, "unknown_economy": 1}
    assert table(reading, "agreements").filter(agreement="WTO-8")["kind"].unique().to_list() == ["PTA"]


def test_days_that_cannot_be_read_are_named():
    found, unread = days_of_parties("Peru(19-Sep-2021 - ); Chile(soon - ); Bahrain, Kingdom of( - 31-Dec-1994)")
    assert list(found) == ["Peru", "Bahrain, Kingdom of"]
    assert unread == ("Chile(soon - )",)


def test_bad_date(tmp_path):
    rows = rows_of("rtas.csv")
    rows[1][5] = "next year"
    path = workbook(tmp_path / "AllRTAs.xlsx", {"AllRTAs": rows})
    fails(wto_rta.PROVIDER, path, "not_a_date", "line 2", "next year", "AllRTAs")


def test_missing_sheet(tmp_path):
    path = workbook(tmp_path / "AllRTAs.xlsx", {"Sheet1": rows_of("rtas.csv")})
    fails(wto_rta.PROVIDER, path, "missing_sheet", "AllRTAs", "Sheet1", layout="all")


def test_real_list():
    reading = read(wto_rta.PROVIDER, real("agreements/WTO_RTAIS_AllRTAs_2026-04.xlsx"))
    frame, end = table(reading, "agreements"), date(2024, 12, 31)
    # The partners of the United States in free-trade agreements in force, as its trade representative counts them.
    assert partners(frame, "USA", end) == set(
        "AUS BHR CAN CHL COL CRI DOM GTM HND ISR JOR KOR MAR MEX NIC OMN PAN PER SGP SLV".split()
    )
    assert {"DEU", "CHL", "JPN"} <= partners(frame, "GBR", end)
    assert "KOR" in partners(frame, "HRV", end)
    assert "BRA" not in partners(frame, "DEU", end)
    assert "unknown_economy" not in dropped(reading)
    assert "unread_days" not in dropped(reading)
    counts = frame.select("agreement", "exporter", "importer").unique()
    swapped = counts.rename({"exporter": "importer", "importer": "exporter"}).select(counts.columns)
    assert counts.sort(counts.columns).equals(swapped.sort(counts.columns))
