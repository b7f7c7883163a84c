import json

import polars as pl
import pytest

from entrepot.sources import chinese_hs_names, comtrade_codes, unsd_correlations
from entrepot.sources.elasticities import PROVIDERS as ELASTICITIES
from entrepot.sources.head import head_of
from entrepot.sources.product_classes import PROVIDERS as CLASSES
from entrepot.sources.provider import Known
from entrepot.tables.hs_sections import LAST_CHAPTER_OF_SECTION, section_of
from tests.sources.reference import (
    KNOWN,
    SAMPLES,
    changed,
    dropped,
    fails,
    read,
    real,
    recognised,
    stata,
    table,
    workbook,
)

PROTEE, BRODA_WEINSTEIN = ELASTICITIES
RAUCH, LALL, ITC = CLASSES


def test_comtrade_names_of_products_and_codes():
    reading = read(comtrade_codes.PROVIDER, SAMPLES / "classificationH5.json", SAMPLES / "classificationS3.json")
    goods = table(reading, "products")
    assert goods.select("classification", "code", "name_en", "section", "hs6_total").rows() == [
        ("HS17", "0101", "Horses and the like; live", "I", 1),
        ("HS17", "010121", "Horses; live, pure-bred - breeding", "I", None),
    ]
    names = table(reading, "product_facts")
    assert names.select("classification", "code", "word").rows() == [
        ("SITC3", "0015", "Horses"),
        ("SITC3", "9710", "Gold"),
    ]
    assert dropped(reading) == {"not_a_product": 3, "no_chinese_name": 2}


def test_chinese_names_go_with_the_english_ones_of_comtrade():
    chinese = table(read(chinese_hs_names.PROVIDER, SAMPLES / "hs2017_zh.csv"), "products")
    assert chinese["name_zh"].to_list() == ["马、驴", "纯种马"]
    known = Known(lambda name: chinese if name == "products" else KNOWN.table(name))
    match = recognised(comtrade_codes.PROVIDER, SAMPLES / "classificationH5.json")
    goods = table(comtrade_codes.PROVIDER.read(match, known), "products")
    assert goods["name_zh"].to_list() == ["马、驴", "纯种马"]
    assert goods["name_en"][0] == "Horses and the like; live"


def test_bad_json(tmp_path):
    path = changed(SAMPLES / "classificationH5.json", tmp_path, '"id": "0101"', '"key": "0101"')
    fails(comtrade_codes.PROVIDER, path, "bad_json")
    cut = tmp_path / "classificationH4.json"
    cut.write_text((SAMPLES / "classificationH5.json").read_text()[:200])
    fails(comtrade_codes.PROVIDER, cut, "bad_json")


def test_lost_zeros_of_chinese_names(tmp_path):
    path = changed(SAMPLES / "hs2017_zh.csv", tmp_path, "\n01", "\n1", "a.csv")
    fails(chinese_hs_names.PROVIDER, path, "no_rows", "hscode")


def correlation(path, second="010111", heading="HS 1992"):
    conversion = [["From HS 2017", f"To {heading}"], ["010121", "010111"], ["010129", second]]
    both = [
        ["Between", "", ""],
        ["HS 2017", heading, "Relationship"],
        ["010121", "010111", "1:n"],
        ["010121", "010119", ""],
    ]
    return workbook(path, {"Conversion HS17-HS92": conversion, "Correlation HS17-HS92": both})


def test_correlations(tmp_path):
    rows = table(read(unsd_correlations.PROVIDER, correlation(tmp_path / "a.xlsx")), "concordances")
    assert rows.select("from_code", "to_code", "relationship", "chosen").rows() == [
        ("010121", "010111", "n:n", True),
        ("010121", "010119", "1:n", False),
        ("010129", "010111", "n:1", True),
    ]
    assert rows["from_classification"].unique().to_list() == ["HS17"]


def test_bad_correlations(tmp_path):
    fails(unsd_correlations.PROVIDER, correlation(tmp_path / "a.xlsx", second="10111"), "bad_code", "HS92", "10111")
    path = correlation(tmp_path / "b.xlsx", heading="Nothing")
    assert fails_to_recognise(unsd_correlations.PROVIDER, path)


def fails_to_recognise(provider, path):
    return provider.recognise(head_of(path)) is None


def test_elasticities(tmp_path):
    protee = read(PROTEE, SAMPLES / "protee.csv")
    assert table(protee, "product_facts").select("code", "number").rows() == [("010210", -12.11)]
    rows = [["Please cite"], ["Quarterly Journal"], [""], ["SITC Rev.3 5-digit", "Sigma 1990-2001"], ["111", "2.5"]]
    sitc = table(read(BRODA_WEINSTEIN, workbook(tmp_path / "b.xlsx", {"Sheet1": rows})), "product_facts")
    assert sitc.select("classification", "code", "importer", "number").rows() == [("SITC3", "00111", "USA", 2.5)]
    columns = {"cname": ["UnitedKingdom", "Chile"], "hs_3digit": [10.0, 844.0], "sigma": [2.5, 3.5]}
    hs3 = table(read(BRODA_WEINSTEIN, stata(tmp_path / "s.dta", columns)), "product_facts")
    assert hs3.select("importer", "code").rows() == [("CHL", "844"), ("GBR", "010")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("-12.11", "12.11", "out_of_range"), ("010210,", "10210,", "bad_code"), ("010210,", "010110,", "duplicate_rows")],
)
def test_bad_elasticities(tmp_path, old, new, code):
    fails(PROTEE, changed(SAMPLES / "protee.csv", tmp_path, old, new), code)


def test_classes_of_products(tmp_path):
    rauch = workbook(
        tmp_path / "rauch.xlsx", {"Sheet1": [["sitc4", "con", "lib"], ["0011", "w", "r"], ["0012", "n", ""]]}
    )
    facts = table(read(RAUCH, rauch), "product_facts")
    assert facts.select("code", "fact", "word").rows() == [
        ("0011", "rauch_conservative", "w"), ("0012", "rauch_conservative", "n"), ("0011", "rauch_liberal", "r")
    ]  # fmt: skip
    lall = stata(tmp_path / "lall.dta", {"product": [11.0, 7649.0], "lall": ["PP", "HT1"]})
    assert table(read(LALL, lall), "product_facts")["code"].to_list() == ["0011", "7649"]
    rows = [["HS6", "k", "k_name", "k"], ["010121", "0101", "Horses", "0101"]]
    assert (
        table(read(ITC, workbook(tmp_path / "itc.xlsx", {"Sectors": rows})), "product_facts")["word"].item() == "0101"
    )


def test_unknown_class(tmp_path):
    path = workbook(tmp_path / "rauch.xlsx", {"Sheet1": [["sitc4", "con", "lib"], ["0011", "x", "r"]]})
    fails(RAUCH, path, "unknown_class", "line 2", "con", "'x'")


def test_sections_cover_every_chapter():
    assert list(LAST_CHAPTER_OF_SECTION.values()) == sorted(LAST_CHAPTER_OF_SECTION.values())
    assert [section_of(code) for code in ("0101", "2603", "6403", "7108", "9701", "9999")] == [
        "I", "V", "XII", "XIV", "XXI", "XXII"
    ]  # fmt: skip


def test_real_codes_and_names():
    folder = real("products/un_classification_json")
    goods = table(read(comtrade_codes.PROVIDER, *sorted(folder.glob("*.json"))), "products")
    counts = goods.filter(level=6).group_by("classification").len()
    assert dict(counts.iter_rows())["HS22"] == 5613
    assert goods.filter(classification="HS17", code="6403")["hs6_total"].item() == 8
    chinese = table(read(chinese_hs_names.PROVIDER, real("products/hs2017_zh_names_2_4_6_opencc.csv")), "products")
    assert chinese.filter(level=6).height == 5387


def test_real_correlations():
    folder = real("products/un_concordance_xls")
    frame = table(read(unsd_correlations.PROVIDER, *sorted(folder.glob("HS*.xlsx"))), "concordances")
    route = frame.filter(from_classification="HS17", to_classification="HS92")
    assert route["from_code"].n_unique() in (5387, 5388)
    assert route.filter(pl.col("chosen")).select("from_code").is_duplicated().sum() == 0
    assert route.filter(from_code="010121", chosen=True)["to_code"].to_list() == ["010111"]


def test_real_facts():
    folder = "products/un_concordance_xls"
    assert (
        table(read(PROTEE, real("products/CEPII_ProTEE_0_1_trade_elasticities_HS6.csv")), "product_facts").height
        == 4566
    )
    sitc = real(f"{folder}/ElasticitiesBrodaWeinstein90-01_SITCRev3_5-digit.xls")
    assert table(read(BRODA_WEINSTEIN, sitc), "product_facts").height == 2716
    hs3 = read(BRODA_WEINSTEIN, real(f"{folder}/Sigmas73countries_9403_HS3digit.dta"))
    assert table(hs3, "product_facts")["importer"].n_unique() == 73
    assert table(read(RAUCH, real(f"{folder}/rauch_classification_rev2.xlsx")), "product_facts").height == 2378
    assert table(read(LALL, real("products/Lall_SITC2_classification.dta")), "product_facts").height == 773
    assert table(read(ITC, real("products/ITC_EPM-Full_correspondences_en.xlsx")), "product_facts").height == 5767


def test_json_of_another_kind_is_left_alone(tmp_path):
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"classCode": "ZZ", "results": []}))
    assert fails_to_recognise(comtrade_codes.PROVIDER, path)
