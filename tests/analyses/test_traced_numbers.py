"""Numbers of one answer on the official files, traced by hand: the raw cells are read here without any of the readers.

Viet Nam's footwear (6403) of 2024, from the world's trade cut to that heading, with the files for its other columns.
"""

import csv
import datetime
import zipfile

import polars as pl
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from entrepot.ingest.add import add
from entrepot.ingest.embedded import ensure_published
from entrepot.store import Store
from entrepot.workbench import Workbench
from tests.sources.reference import real

TRADE = "../trade/baci_hs17_2024_hs6_world_minus6/BACI_HS17_V202601.zip"
RULE_OF_LAW = "conditions/wgidataset_long_1996_2023.xlsx"
DOING_BUSINESS = "conditions/DoingBusiness_Historical-data.dta"
LOGISTICS = "conditions/International_LPI_from_2012_to_2023.xlsx"
AGREEMENTS = "agreements/WTO_RTAIS_AllRTAs_2026-04.xlsx"
DISTANCES = "geography/dist_cepii_semicolon.csv"
BY_CHAPTER = "tariffs/wto_ttd_indicators_mfn_applied_duty_5reporters.csv"
BY_LINE = "tariffs/wits_trains_MFN_EUN/JobID-67896_MFN_H5_EUN_2021.CSV"
FILES = (RULE_OF_LAW, DOING_BUSINESS, LOGISTICS, AGREEMENTS, DISTANCES, BY_CHAPTER, BY_LINE)
VIET_NAM, KOREA = 704, 410  # numbers of the United Nations


@pytest.fixture(scope="module")
def flows():
    """The heading's rows of the year's file, as they are: t, i, j, k, v (thousand US$), q."""
    with zipfile.ZipFile(real(TRADE)) as archive:
        every = pl.read_csv(archive.read("BACI_HS17_Y2024_V202601.csv"), schema_overrides={"k": pl.Utf8, "q": pl.Utf8})
    return every.filter(pl.col("k").str.starts_with("6403"))


@pytest.fixture(scope="module")
def rows(flows, tmp_path_factory):
    """market → its row of the answer."""
    folder = tmp_path_factory.mktemp("traced")
    store = Store(folder / "home")
    ensure_published(store)
    for name in FILES:
        add(store, real(name))
    with zipfile.ZipFile(real(TRADE)) as whole, zipfile.ZipFile(folder / "BACI_HS17_V202601.zip", "w") as archive:
        archive.writestr("BACI_HS17_Y2024_V202601.csv", flows.write_csv())
        for name in whole.namelist():
            if "codes" in name:
                archive.writestr(name, whole.read(name))
    add(store, folder / "BACI_HS17_V202601.zip", name="shoes")
    answer = Workbench(store).markets("VNM", "6403", year=2024, data="shoes", distance="cepii")
    return {row["importer"]: row for row in answer.frame.to_dicts()}


def sheet(path, name=None):
    with CalamineWorkbook.from_path(real(path)) as book:
        return book.get_sheet_by_name(name or book.sheet_names[0]).to_python()


def test_trade(flows, rows):
    own = flows.filter((pl.col("i") == VIET_NAM) & (pl.col("j") == KOREA))["v"].sum() * 1_000
    bought = flows.filter(pl.col("j") == KOREA)["v"].sum() * 1_000
    assert rows["KOR"]["value_usd"] == pytest.approx(own)
    assert rows["KOR"]["market_size_usd"] == pytest.approx(bought)
    assert rows["KOR"]["share_in_market"] == pytest.approx(own / bought)
    # No imports of these six are in the file: they are no markets.
    assert not {"USA", "DEU", "FRA", "NLD", "ESP", "GBR"} & set(rows)
    assert rows["KOR"]["price_usd_t"] is None  # nor has it any quantity


def test_conditions(rows):
    (cell,) = [row[5] for row in sheet(RULE_OF_LAW) if row[0] == "CHNrl2023"]
    assert rows["CHN"]["rule_of_law"] == cell == pytest.approx(-0.040, abs=5e-4)
    assert rows["CHN"]["rule_of_law_year"] == 2023
    frame, _ = pyreadstat.read_dta(str(real(DOING_BUSINESS)))
    of_china = frame[(frame["cod"] == "CHIN") & (frame["dbyear"] == 2020)].iloc[0]
    assert rows["CHN"]["contract_cost"] == pytest.approx(of_china["contractscost"])
    of_australia = frame[(frame["cod"] == "AUS") & (frame["dbyear"] == 2020)].iloc[0]
    both = of_australia["tradeMcostborder"] + of_australia["tradeMcostdocs"]
    assert rows["AUS"]["customs_cost"] == pytest.approx(both)
    assert rows["AUS"]["customs_cost_year"] == 2019  # the edition of 2020 was measured the year before
    heading, *body = sheet(LOGISTICS, "2023")
    (india,) = [dict(zip(heading, row, strict=True)) for row in body if row[0] == "India"]
    assert rows["IND"]["lpi_customs"] == india["Customs Score"]
    assert rows["IND"]["lpi"] == india["LPI Score"]


def test_duties(rows):
    with real(BY_LINE).open(encoding="utf-8-sig", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["ProductCode"].startswith("6403")]
    rates, count = (sum(float(row[name]) for row in lines) for name in ("Sum_Of_Rates", "TotalNoOfValidLines"))
    assert rows["ITA"]["tariff_mfn"] == pytest.approx(rates / count / 100)  # 405 per cent over 52 lines
    assert (rows["ITA"]["tariff_basis"], rows["ITA"]["tariff_year"]) == ("line", 2021)
    with real(BY_CHAPTER).open(encoding="utf-8-sig", newline="") as file:
        (shoes,) = [
            row["simple_average"]
            for row in csv.DictReader(file)
            if (row["reporter_code"], row["year"], row["product_code"]) == ("C156", "2024", "R03")
            and row["simple_average"]
        ]
    assert rows["CHN"]["tariff_mfn"] == pytest.approx(float(shoes) / 100)
    assert rows["CHN"]["tariff_basis"] == "chapter"


def test_agreements_and_distances(rows):
    heading, *body = sheet(AGREEMENTS)
    (agreement,) = [dict(zip(heading, row, strict=True)) for row in body if row[1] == "EU - Viet Nam"]
    assert agreement["Date of Entry into Force (G)"] == datetime.date(2020, 8, 1)
    assert (rows["ITA"]["fta"], rows["ITA"]["fta_name"], rows["ITA"]["fta_date"]) == (1, "EU - Viet Nam", "2020-08-01")
    assert (rows["BRA"]["fta"], rows["BRA"]["fta_name"]) == (0, None)
    with real(DISTANCES).open(encoding="utf-8-sig", newline="") as file:
        (pair,) = [row for row in csv.DictReader(file, delimiter=";") if (row["iso_o"], row["iso_d"]) == ("VNM", "AUS")]
    assert rows["AUS"]["distance_km"] == pytest.approx(float(pair["distw"]))
