import polars as pl
import pytest

from entrepot.sources import us_hts, wb_tariff_averages, wits_trains, wto_stats, wto_ttd
from entrepot.sources.head import head_of
from entrepot.sources.us_hts import special_rates
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, table, workbook


def test_trains_rates_and_groups():
    paths = [SAMPLES / f"wits_{name}.csv" for name in ("groups", "mfn", "preferential")]
    reading = read(wits_trains.PROVIDER, *paths)
    frame = table(reading, "tariffs")
    told = {(r["importer"], r["exporter"], r["product"]): r for r in frame.iter_rows(named=True)}
    mfn = told["EUN", "", "010129"]
    assert (mfn["rate"], mfn["lines"], mfn["lines_left_out"], mfn["vintage"]) == (pytest.approx(0.0575), 2, 1, "HS17")
    assert told["EUN", "", "020110"]["rate"] is None
    assert told["VNM", "", "010129"]["rate"] == pytest.approx(0.10)
    assert told["EUN", "A01", "010129"]["regime"] == "preferential"
    assert told["EUN", "CHL", "010129"]["rate"] == pytest.approx(0.02)
    areas = table(reading, "tariff_areas")
    assert set(areas.filter(area="A01")["economy"]) == {"VNM", "DEU"}
    assert areas.filter(area="EUN", economy="GBR")["until"].item().year == 2020
    assert dropped(reading) == {"unknown_economy": 1}
    assert any("1 products" in said.en for said in reading.report.warnings)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",010129,     11.50,", ",10129,     11.50,", "bad_code"),
        ("H5,918,2021,010121", "X5,918,2021,010121", "bad_code"),
        (",010129,     11.50,", ",010129,     1x.50,", "not_a_number"),
        (",010129,     11.50,", ",010129,    -11.50,", "out_of_range"),
        (",010121,", ",010129,", "duplicate_rows"),
    ],
)
def test_bad_trains_files(tmp_path, old, new, code):
    fails(wits_trains.PROVIDER, changed(SAMPLES / "wits_mfn.csv", tmp_path, old, new), code)


def test_us_schedule():
    reading = read(us_hts.PROVIDER, SAMPLES / "hts_2023.csv")
    frame = table(reading, "tariffs")
    told = {(r["exporter"], r["product"]): (r["rate"], r["lines"], r["lines_left_out"]) for r in frame.to_dicts()}
    assert told["", "010130"] == (pytest.approx(0.068), 1, 0)
    assert told["", "010290"] == (pytest.approx(0.01), 1, 1)
    assert told["US-P", "010130"] == (0.0, 1, 0)
    assert told["JPN", "010290"] == (pytest.approx(0.02), 2, 0)
    assert "98" not in {product[:2] for _, product in told}
    assert dropped(reading) == {"special_provision": 1, "specific_duty": 1, "unilateral_preference": 1}


SPECIAL = '"Free (A+,AU,CL,P,S,KR)"'


def of_year(tmp_path, year, special):
    path = changed(SAMPLES / "hts_2023.csv", tmp_path, SPECIAL, f'"{special}"', f"hts_{year}.csv")
    return read(us_hts.PROVIDER, path)


def granted(reading):
    frame = table(reading, "tariffs").filter(product="010130", regime="preferential")
    return {(area, letter): rate for area, letter, rate in frame.select("exporter", "programme", "rate").rows()}


def warned(reading, words):
    return any(words in text.en for text in reading.report.warnings)


def test_us_preferences_for_whom_they_are_known(tmp_path):
    reading = of_year(tmp_path, 2023, "Free (A,A+,D,E,E*,B,R,NP,AU)")
    found = {("AUS", "AU"), ("US-D", "A"), ("US-D", "D"), ("US-E", "E"), ("US-R", "R"), ("US-NP", "NP")}
    assert granted(reading) == dict.fromkeys(found, 0.0)
    assert dropped(reading)["unilateral_preference"] == 2  # A+ and E*
    assert dropped(reading)["use"] == 1  # B
    assert warned(reading, "lapsed on 31 December 2020")
    assert warned(reading, "line by line")
    assert not warned(of_year(tmp_path, 2023, "Free (AU,S)"), "lapsed")


def test_us_preferences_by_the_year_of_the_schedule(tmp_path):
    reading = of_year(tmp_path, 2019, "Free (A,A+,A*,CA,MX,S)")
    found = {("US-A", "A"), ("US-D", "A"), ("US-A+", "A+"), ("CAN", "CA"), ("MEX", "MX"), ("US-S", "S")}
    assert set(granted(reading)) == found
    assert dropped(reading)["unilateral_preference"] == 1  # A*
    assert not warned(reading, "lapsed")
    # Before the lists are known nothing is read, and it is counted.
    early = of_year(tmp_path, 2012, "Free (A,A+,D,E,R,AU)")
    assert set(granted(early)) == {("AUS", "AU")}
    assert dropped(early)["unilateral_preference"] == 5


def test_us_beneficiaries_over_the_years():
    areas = table(read(us_hts.PROVIDER, SAMPLES / "hts_2023.csv"), "tariff_areas")

    def members(area, year):
        end = pl.date(year, 12, 31)
        inside = (pl.col("since") <= end) & (pl.col("until").is_null() | (pl.col("until") >= end))
        return set(areas.filter(pl.col("area") == area, inside)["economy"])

    # As the Trade Representative counted the beneficiaries of AGOA: 40, 39, 38, 39, 36, 35 and 32, which is the last known.
    assert [len(members("US-D", year)) for year in range(2018, 2027)] == [40, 39, 38, 39, 36, 35, 32, 32, 32]
    assert "MRT" in members("US-D", 2018) - members("US-D", 2019)
    assert "MRT" in members("US-D", 2024)
    # General note 4: 44 least-developed beneficiaries; India and Turkey lost theirs in 2019, everybody at the end of 2020.
    assert [len(members("US-A", year)) for year in (2018, 2019, 2020, 2021)] == [121, 119, 119, 0]
    assert members("US-A", 2018) - members("US-A", 2019) == {"IND", "TUR"}
    assert len(members("US-A+", 2020)) == 44
    assert members("US-A+", 2020) < members("US-A", 2020)
    assert members("US-D", 2020) < members("US-A", 2020)
    assert len(members("US-E", 2024)) == 17
    assert len(members("US-R", 2024)) == 8
    assert members("US-R", 2024) < members("US-E", 2024)
    assert members("US-NP", 2024) == {"NPL"}
    assert not members("US-NP", 2026)


def test_special_rates(tmp_path):
    assert special_rates("Free (A*,AU,P+) See 9823.01 (S+) 8¢/kg + 2% (JO) 3.5% (JP)") == {
        "A*": 0.0, "AU": 0.0, "P+": 0.0, "S+": None, "JO": None, "JP": 0.035
    }  # fmt: skip
    assert special_rates("Free") == special_rates("(") == special_rates("9%" * 1_000) == {}
    # A compound rate is not its ad-valorem part, and a line that prints S and S+ is one line.
    reading = of_year(tmp_path, 2023, "Free (S,S+) 8¢/kg + 2% (P) See 9823.01 (AU)")
    assert granted(reading) == {("US-S", "S"): 0.0}
    assert dropped(reading)["special_not_ad_valorem"] == 2
    assert table(reading, "tariffs").filter(product="010130", programme="S")["lines"].to_list() == [1]


def test_us_schedule_needs_its_year(tmp_path):
    fails(us_hts.PROVIDER, changed(SAMPLES / "hts_2023.csv", tmp_path, "Asses", "Asses", "hts.csv"), "no_year")


def test_us_schedule_with_a_number_that_is_none(tmp_path):
    path = changed(SAMPLES / "hts_2023.csv", tmp_path, "0101.30.00.00", "0l01.30.00.00")
    fails(us_hts.PROVIDER, path, "bad_code", "line 5", "0l01")


def test_wto_groups_stand_for_chapters():
    reading = read(wto_ttd.PROVIDER, SAMPLES / "wto_ttd.csv")
    frame = table(reading, "tariffs")
    assert frame.select("importer", "product", "rate", "basis").rows() == [
        ("EUN", "64", 0.11, "chapter"),
        ("IND", "64", 0.30, "chapter"),
    ]
    assert dropped(reading) == {"no_value": 1, "other_group": 1}
    assert table(reading, "tariff_areas").height > 27


def test_wto_averages_by_product(tmp_path):
    path = SAMPLES / "wto_stats.csv"
    reading = read(wto_stats.PROVIDER, path)
    frame = table(reading, "tariffs")
    assert set(frame.select("importer", "exporter", "regime", "product", "vintage", "basis").rows()) == {
        ("IND", "", "mfn", "640399", "HS22", "line"),
        ("IND", "", "mfn", "64", "HS22", "chapter"),
        ("EUN", "", "mfn", "640399", "HS22", "line"),
        ("EUN", "VNM", "preferential", "640399", "HS22", "line"),
    }
    rates = dict(frame.filter(product="640399").select(pl.concat_str("importer", "exporter"), "rate").iter_rows())
    assert rates == {"IND": pytest.approx(0.3), "EUN": pytest.approx(0.075), "EUNVNM": pytest.approx(0.025)}
    assert dropped(reading) == {"other_indicator": 1, "other_level": 1, "no_value": 1, "no_partner": 1}
    assert "FRA" in table(reading, "tariff_areas")["economy"]
    # The interface writes the same columns without blanks.
    heading = path.read_text().splitlines()[0]
    api = heading.replace("Product/Sector", "ProductOrSector").replace(" ", "")
    answer = changed(path, tmp_path, heading, api)
    found = wto_stats.PROVIDER.recognise(head_of(answer))
    assert found is not None
    assert found.layout == "interface"
    assert table(read(wto_stats.PROVIDER, answer), "tariffs").equals(frame)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"640391"', '"64039"', "bad_code"),
        (",30\n", ",-30\n", "out_of_range"),
        (",30\n", ",thirty\n", "not_a_number"),
        ("2023", "20x3", "not_a_year"),
        ("HS_", "TP_", "no_rows"),
        ('"356"', '"5356"', "no_known_economy"),
        ('"6403","Foot', '"640399","Foot', "duplicate_rows"),
        ("Reporting Economy ISO3A Code", "ReportingEconomyCode", "duplicate_column"),
    ],
)
def test_bad_wto_averages(tmp_path, old, new, code):
    path = changed(SAMPLES / "wto_stats.csv", tmp_path, old, new)
    if code == "no_known_economy":
        path = changed(path, tmp_path, '"918"', '"9918"')
    fails(wto_stats.PROVIDER, path, code)


def test_every_chapter_has_at_most_one_group():
    chapters = wto_ttd.GROUP_OF_CHAPTER["product"]
    assert chapters.n_unique() == len(chapters)
    assert {f"{n:02}" for n in range(1, 98)} - set(chapters) == {"16", "27", "65", "77"}


def test_country_averages(tmp_path):
    rows = [["Data Source", "World Development Indicators"], ["Last Updated Date", "2025-10-07"], [""]]
    rows += [["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2020", "2021"]]
    rows += [
        ["Chile", "CHL", "Tariff", "TM.TAX.MRCH.WM.AR.ZS", "0.5", ""],
        ["World", "WLD", "T", "TM.TAX.MRCH.WM.AR.ZS", "3", "3"],
    ]
    reading = read(wb_tariff_averages.PROVIDER, workbook(tmp_path / "API_TM.xlsx", {"Data": rows}))
    row = table(reading, "tariffs").row(0, named=True)
    assert (row["importer"], row["regime"], row["rate"], row["basis"]) == ("CHL", "applied", 0.005, "country")
    assert dropped(reading) == {"no_value": 1, "aggregate": 2}


def test_real_trains_files():
    folder = real("tariffs/wits_trains_MFN_EUN")
    reading = read(
        wits_trains.PROVIDER, *sorted(folder.glob("*.CSV")), real("tariffs/TRAINS_preference_beneficiaries.csv")
    )
    frame = table(reading, "tariffs").filter(year=2021)
    assert frame.height == 5388
    assert frame["rate"].null_count() == 190
    shoes = frame.filter(pl.col("product") == "640351")["rate"].item()
    assert shoes == pytest.approx(0.08)


def test_real_us_schedule():
    frame = table(read(us_hts.PROVIDER, real("tariffs/us_hts8_2023.csv")), "tariffs")
    asses = frame.filter(product="010130")
    assert asses.filter(exporter="")["rate"].item() == pytest.approx(0.068)
    assert asses.filter(exporter="KOR")["rate"].item() == 0
    # "22¢/kg + 2.9% (P,PA)" is no rate of 2.9 %: the area's two other lines are left.
    milk = frame.filter(product="040229", programme="P")
    assert milk.select("rate", "lines").row(0) == (0.0, 2)
    # Nepal's 77 lines, as its programme counts them.
    assert frame.filter(programme="NP", exporter="US-NP")["lines"].sum() == 77


def test_real_wto_and_world_bank_files():
    path = real("tariffs/wto_ttd_indicators_mfn_applied_duty_5reporters.csv")
    shoes = table(read(wto_ttd.PROVIDER, path), "tariffs").filter(product="64", year=2023)
    assert dict(shoes.select("importer", "rate").iter_rows())["CHN"] == pytest.approx(0.0936)
    names = ("AR.ZS_DS2_en_excel_v2_129989", "FN.ZS_DS2_en_excel_v2_128528")
    paths = [real(f"tariffs/API_TM.TAX.MRCH.WM.{name}.xls") for name in names]
    frame = table(read(wb_tariff_averages.PROVIDER, *paths), "tariffs")
    assert frame["importer"].n_unique() > 150
    # Known upstream: the United States' 2019 average is out of line with the years around it.
    assert frame.filter(importer="USA", year=2019, regime="applied")["rate"].item() == pytest.approx(0.1378)


def test_an_answer_of_the_interface_says_the_same_as_a_bulk_file(tmp_path):
    reading = read(wits_trains.PROVIDER, SAMPLES / "wits_tariff_answer.json")
    frame = table(reading, "tariffs")
    told = {
        (row["exporter"], row["regime"], row["product"]): (row["rate"], row["lines"], row["lines_left_out"])
        for row in frame.iter_rows(named=True)
    }
    # 15 % over three lines, one of them without an ad-valorem rate: 7.5 % over two.
    assert told == {
        ("", "mfn", "010121"): (pytest.approx(0.075), 2, 1),
        ("", "mfn", "260300"): (0.0, 1, 0),
        ("CHN", "preferential", "010121"): (pytest.approx(0.02), 1, 0),
        ("A01", "preferential", "260300"): (pytest.approx(0.02), 1, 0),
    }
    assert frame.select("importer", "vintage", "year").unique().rows() == [("CHL", "HS17", 2019)]
    assert dropped(reading) == {"other_rate": 1}  # an MFN rate told again for one partner
    broken = changed(SAMPLES / "wits_tariff_answer.json", tmp_path, '"0:0:1:0:0"', '"0:0:9:0:0"')
    fails(wits_trains.PROVIDER, broken, "bad_json")


def test_an_answer_as_xml_says_the_same_as_one_as_json(tmp_path):
    path = SAMPLES / "wits_tariff_answer.xml"
    as_json, as_xml = (read(wits_trains.PROVIDER, SAMPLES / name) for name in ("wits_tariff_answer.json", path.name))
    order = ["exporter", "regime", "product"]
    assert table(as_xml, "tariffs").sort(order).equals(table(as_json, "tariffs").sort(order))
    assert dropped(as_xml) == dropped(as_json)
    fails(wits_trains.PROVIDER, changed(path, tmp_path, "</message:DataSet>", ""), "bad_xml")
    fails(wits_trains.PROVIDER, changed(path, tmp_path, ' REPORTER="152"', "", "a.xml"), "bad_xml", "KeyError")
    entity = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "ha">]>'
    bomb = changed(path, tmp_path, '<?xml version="1.0" encoding="utf-8"?>', entity, "b.xml")
    fails(wits_trains.PROVIDER, bomb, "bad_xml")
    fails(wits_trains.PROVIDER, changed(path, tmp_path, 'encoding="utf-8"', 'encoding="utf-99"', "c.xml"), "bad_xml")


def test_a_real_answer():
    reading = read(wits_trains.PROVIDER, real("tariffs/wits_sdmx_sample_tariff.json"))
    frame = table(reading, "tariffs")
    assert (frame.height, dropped(reading)) == (5387, {"no_lines": 1})
    assert frame["importer"].unique().to_list() == ["USA"]
    assert frame.filter(product="010130")["rate"].item() == pytest.approx(0.06)  # 6.8 % in the schedule itself
    assert any("are whole per cent" in said.en for said in reading.report.warnings)
