"""Customs files of several formats and layouts, good and bad: every row is used or counted by name."""

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from entrepot.core.errors import DataError, InputError
from entrepot.sources import customs
from entrepot.sources.customs import CustomsReading
from entrepot.sources.customs_mapping import CANONICAL, parse_mapping, read_mapping

CHINA = read_mapping("china")
GOOD = {
    "year": 2001, "exp_imp": 0, "party_id": "1101115555", "company": "北京电机厂", "hs_id": "85011000",
    "country": "502", "value": 10.0, "quantity": 2.0, "shipment": "一般贸易",
}  # fmt: skip


def china(*changes):
    return pl.DataFrame([GOOD | change for change in changes], infer_schema_length=None)


def read(data, mapping=CANONICAL, **how):
    """Rows and report; a frame in China's columns is read with its mapping."""
    of_china = isinstance(data, pl.DataFrame) and "party_id" in data.columns
    reading = CustomsReading(data, CHINA if of_china else mapping, **how)
    return pl.concat(list(reading)), reading.report


def dropped(report):
    return {entry.reason: (entry.rows, entry.value_usd) for entry in report.dropped}


def canonical(**changes):
    row = {"year": 2010, "flow": "export", "firm": "a1", "region": "11", "product": "8501", "destination": "USA",
           "value_usd": 5.0, "quantity": 1.0, "owner": "state", "regime": "ordinary"}  # fmt: skip
    return pl.DataFrame([row | changes])


def test_chinas_layout_becomes_canonical():
    frame, report = read(china({}))
    row = frame.row(0, named=True)
    assert row == {
        "year": 2001, "flow": "export", "firm": "1101115555", "region": "11", "product": "8501", "destination": "502",
        "value_usd": 10.0, "quantity": 2.0, "owner": "state", "regime": "ordinary",
    }  # fmt: skip
    assert report.dropped == ()
    assert "HS96" not in str(report.warnings)  # 2001 is in that vintage already


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"party_id": "110111555"}, "firm_length"),
        ({"party_id": None}, "no_firm"),
        ({"hs_id": "5011000"}, "lost_zero"),
        ({"hs_id": "850110"}, "bad_product"),
        ({"hs_id": "85x11000"}, "bad_product"),
        ({"hs_id": "27090000"}, "other_chapter"),
        ({"company": "上海五金进出口公司"}, "intermediary"),
        ({"shipment": "进料加工贸易"}, "other_regime"),
        ({"shipment": "99"}, "other_regime"),
        ({"shipment": "0615"}, "other_regime"),
        ({"exp_imp": 1}, "other_flow"),
        ({"exp_imp": 7}, "unknown_flow"),
        ({"country": " "}, "no_destination"),
        ({"value": 0.0}, "no_value"),
        ({"value": None}, "no_value"),
        ({"year": 12}, "bad_year"),
    ],
)
def test_each_filter_names_its_rows_and_their_value(change, reason):
    frame, report = read(china({}, change, change))
    assert frame.height == 1
    worth = 0.0 if "value" in change else 20.0
    assert dropped(report) == {reason: (2, worth)}
    assert report.rows_read == 3
    assert report.rows_kept == 1
    (entry,) = report.dropped
    assert entry.meaning.en != entry.meaning.zh


@pytest.mark.parametrize("quantity", [0.0, -1.0, None, float("nan")])
def test_without_a_quantity_a_row_stays_and_is_counted(quantity):
    frame, report = read(china({"quantity": quantity}))
    assert frame["quantity"].to_list() == [None]
    assert dropped(report) == {"no_quantity": (1, 10.0)}


def test_owners_by_the_sixth_character():
    frame, _ = read(china(*({"party_id": f"44011{digit}0000"} for digit in "1234567899")))
    assert frame["owner"].to_list() == [
        "state", "cooperative", "joint_venture", "wholly_foreign", "collective", "private", "individual", "other", "other", "other",
    ]  # fmt: skip
    assert set(frame["region"]) == {"44"}


def test_numbers_that_lost_their_zeros_can_be_padded_and_are_counted():
    text = Path(customs.__file__).with_name("customs_china.toml").read_text(encoding="utf-8")
    mapping = parse_mapping(
        text.replace("product_digits = 8", "product_digits = 8\npad_product = true").replace('["16-24", "28-96"]', "[]")
    )
    frame = china({"hs_id": 1012100}).rename({"party_id": "firm_id"})
    rows, report = read(frame, mapping)
    assert rows["product"].to_list() == ["0101"]
    assert dropped(report) == {"padded": (1, 10.0)}


def concordance(*pairs, to="HS96"):
    """pairs: code, code that it corresponds to, whether the table marks it."""
    return pl.DataFrame(
        [{"from_classification": "HS02", "from_code": a, "to_classification": to, "to_code": b, "chosen": mark} for a, b, mark in pairs],
        schema_overrides={"chosen": pl.Boolean},
    )  # fmt: skip


def test_codes_are_carried_to_one_vintage():
    tables = pl.concat(
        [concordance(("850110", "850410", False), ("850110", "850499", True)), concordance(("850120", "850120", None), to="HS92")]
    )  # fmt: skip
    frame, report = read(china({"year": 2003}, {"year": 2003, "hs_id": "85012000"}), concordances=tables)
    assert frame["product"].to_list() == ["8504"]
    assert dropped(report) == {"no_correspondence": (1, 10.0), "several_correspondences": (1, 10.0)}
    assert [said.en for said in report.warnings] == ["Codes of HS02 were carried to HS96 by the correspondence tables."]
    _, without = read(china({"year": 2003}))
    assert ["stay in their own vintage" in said.en for said in without.warnings] == [True]


@pytest.mark.parametrize(
    ("targets", "taken"),
    [(("840110", "850110", "850120"), "8501"), (("840110", "850120"), "8501"), (("860120", "840110"), "8401")],
)
def test_of_several_codes_the_own_then_the_own_heading_then_the_first_is_taken(targets, taken):
    tables = concordance(*(("850110", code, None) for code in targets))
    frame, report = read(china({"year": 2003}), concordances=tables)
    assert frame["product"].to_list() == [taken]
    assert dropped(report) == {"several_correspondences": (1, 10.0)}


@pytest.mark.parametrize("said", ["10", "0110", 110, "一般贸易"])
def test_ordinary_trade_by_any_of_its_codes(said):
    assert read(china({"shipment": said}))[0]["regime"].to_list() == ["ordinary"]


def test_those_who_make_what_they_sell_are_no_intermediaries():
    frame, _ = read(china({"company": "宁波电机工贸有限公司"}, {"company": "宁波外贸公司"}))
    assert frame.height == 1


def test_a_file_without_names_says_that_intermediaries_are_in():
    _, report = read(china({}).drop("company"))
    assert any("names" in said.en for said in report.warnings)


def test_a_file_without_regimes_says_that_every_regime_is_in():
    frame, report = read(china({}).drop("shipment"))
    assert frame.height == 1
    assert ["every regime is in" in said.en for said in report.warnings] == [True]


def test_months_make_years():
    frame, _ = read(china({"year": "200107"}, {"year": "2001-08"}, {"year": "2001"}, {"year": "2001年9月"}))
    assert frame["year"].to_list() == [2001] * 4
    frame, _ = read(china({"year": 200107}, {"year": 20010731}))
    assert frame["year"].to_list() == [2001] * 2


def test_canonical_rows_pass_no_filter():
    frame, report = read(canonical(firm="x", product="0101", regime="processing", flow="import"))
    assert frame.height == 1
    assert report.dropped == ()


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".dta", ".tsv"])
def test_every_format_gives_the_same_rows(tmp_path: Path, suffix):
    rows = pl.concat([canonical(), canonical(product="0101", quantity=3.5, owner="private")])
    path = tmp_path / f"flows{suffix}"
    if suffix == ".parquet":
        rows.write_parquet(path)
    elif suffix == ".dta":
        pyreadstat.write_dta(rows.to_pandas(), str(path))
    else:
        rows.write_csv(path, separator="\t" if suffix == ".tsv" else ",")
    frame, report = read(path)
    assert frame.equals(rows.cast({"year": pl.Int16}))
    assert report.rows_read == 2


def test_a_chinese_encoding_is_read(tmp_path: Path):
    path = tmp_path / "gb.csv"
    path.write_bytes(
        "year,exp_imp,企业编码,企业名称,商品编码,目的国,金额,数量,贸易方式\n2001,出口,1101115555,电机厂,85011000,美国,10,2,一般贸易\n".encode(
            "gb18030"
        )
    )
    frame, _ = read(path, CHINA)
    assert frame["destination"].to_list() == ["美国"]


def test_stata_is_read_in_pieces(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(customs, "STATA_ROWS_AT_ONCE", 3)
    rows = pl.concat([canonical(firm=f"f{number}") for number in range(8)])
    pyreadstat.write_dta(rows.to_pandas(), str(tmp_path / "a.dta"))
    pieces = list(CustomsReading(tmp_path / "a.dta", CANONICAL))
    assert [piece.height for piece in pieces] == [3, 3, 2]
    assert pl.concat(pieces)["firm"].to_list() == rows["firm"].to_list()


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(DataError) as refused:
        read(canonical().drop("region"))
    assert refused.value.code == "missing_column"
    assert "region" in refused.value.message.en


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.parquet", b"PAR1 nothing", "damaged_file"),
        ("a.dta", b"nothing", "damaged_file"),
        ("a.csv", b"year,firm\n", "no_rows"),
        ("a.xlsx", b"", "unknown_suffix"),
        (None, b"", "unreadable_file"),
    ],
)
def test_files_that_cannot_be_read_are_refused(tmp_path: Path, name, content, code):
    path = tmp_path / (name or "absent.csv")
    if name:
        path.write_bytes(content)
    with pytest.raises((DataError, InputError)) as refused:
        read(path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns", "TOML"),
        ("[colums]", "colums"),
        ("[columns]\nfrim = 'a'", "frim"),
        ("[columns]\nfirm = 3", "columns.firm"),
        ("[parts]\nregion = { of = 'firm', first = 3, last = 2 }", "ends before"),
        ("[parts]\nregion = { of = 'firm' }", "parts.region"),
        ("[product]\nvintage = 'HS95'", "HS95"),
        ("[product]\nlevel = true", "product.level"),
        ("[filters]\nchapters = ['a']", "chapters"),
        ("[words]\nflow = 1", "words.flow"),
        ("columns = 1", "columns"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(text, said):
    with pytest.raises(InputError) as refused:
        parse_mapping(text)
    assert refused.value.code == "bad_mapping"
    assert said in refused.value.message.en


def test_a_mapping_that_is_not_there():
    with pytest.raises(InputError) as refused:
        read_mapping("chian")
    assert refused.value.nearest == "china"
