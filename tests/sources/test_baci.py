import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import DataError
from entrepot.sources import baci
from entrepot.sources.head import head_of
from entrepot.tables import FLOWS
from tests.sources.trade_files import REAL, ROWS, baci_zip, known, opened, refusal, text_columns, year_file

WORLD = REAL / "baci_hs17_2024_hs6_world_minus6" / "BACI_HS17_V202601.zip"
MINERALS = REAL / "baci_hs92_1995_2024_74hs6_value_qty" / "BACI_HS92_V202401b.zip"
NATIVE = REAL / "baci_hs17_2020_zaf_afg_hs6" / "baci_hs17_2020_zaf_afg.parquet"


def year_of(tmp_path: Path, text: str | bytes) -> pl.DataFrame:
    reading = opened(baci.PROVIDER, baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2023: text}))
    return text_columns(reading.read_year(2023).flows)


def test_a_release_says_what_it_is(tmp_path: Path) -> None:
    reading = opened(baci.PROVIDER, baci_zip(tmp_path / "any name.zip", {2023: year_file(), 2022: ""}))
    assert (reading.classification, reading.release, reading.level, reading.years) == (
        "HS17",
        "V202601",
        6,
        (2022, 2023),
    )
    assert reading.products is not None
    assert reading.products["code"].to_list() == ["010121", "010129", "260300"]


def test_units_order_padding_and_leading_zeros(tmp_path: Path) -> None:
    flows = year_of(tmp_path, year_file())
    assert flows.rows() == [
        (2023, "CHL", "CHN", "010121", 1234.0, 0.1),
        (2023, "CHL", "CHN", "260300", 2_000_500.0, None),
        (2023, "PER", "CHN", "260300", 10_000.0, 5.0),
    ]


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    rows = (
        *ROWS,
        "2023,999,156,260300,7.5,NA",  # a number that the store does not know
        "2023,156,156,260300,3.0,1",  # own trade
        "2023,152,276,260300,0.000,1",  # nothing
        "2023,280,156,260300,1.0,2",  # the old Germany …
        "2023,276,156,260300,2.0,NA",  # … and the new one: one economy, and the sum has no whole quantity
        "2023,152,392,260300,4.0,0",  # a quantity of zero is none
    )
    reading = opened(baci.PROVIDER, baci_zip(tmp_path / "b.zip", {2023: year_file(rows)}))
    year = reading.read_year(2023)
    dropped = {entry.reason: (entry.rows, entry.examples) for entry in year.report.dropped}
    assert dropped == {
        "unknown_economy": (1, ("999 Nowhere",)),
        "own_trade": (1, ()),
        "zero_value": (1, ()),
        "summed": (1, ()),
    }
    assert (year.report.rows_read, year.report.rows_kept) == (9, 5)
    germany = text_columns(year.flows).filter(pl.col("exporter") == "DEU")
    assert germany.select("value_usd", "quantity_t").rows() == [(3000.0, None)]
    said = " ".join(warning.en for warning in year.report.warnings)
    assert "1 quantities of zero" in said
    assert "3 economies export in 2023 but have no import flows: CHL, PER, DEU" in said


def test_belgium_under_the_number_of_its_old_union(tmp_path: Path) -> None:
    """Until 1998 the number is the union's; in a later year it can only be Belgium's, and the report says so."""
    files = {year: year_file((f"{year},58,156,260300,1.0,NA",)) for year in (1998, 2024)}
    reading = opened(baci.PROVIDER, baci_zip(tmp_path / "BACI_HS92_V202601.zip", files))
    union, later = (reading.read_year(year) for year in (1998, 2024))
    assert text_columns(union.flows)["exporter"].to_list() == ["BLX"]
    assert text_columns(later.flows)["exporter"].to_list() == ["BEL"]
    assert not [said for said in union.report.warnings if "number 58" in said.en]
    assert any(
        "1 rows of 2024 under number 58 (BLX, which was no more) are read as BEL" in said.en
        for said in later.report.warnings
    )


def test_columns_in_another_order_and_a_table_of_several_years(tmp_path: Path) -> None:
    path = tmp_path / "baci_hs92_extract.csv"
    path.write_text("k,t,i,j,q,v\n260300,2022,152,156,1,2\n260300,2021,152,156,,3\n", encoding="utf-8")
    reading = opened(baci.PROVIDER, path)
    assert (reading.classification, reading.years) == ("HS92", (2021, 2022))
    assert text_columns(reading.read_year(2021).flows).row(0) == (2021, "CHL", "CHN", "260300", 3000.0, None)


def test_unpacked_years_are_read_together(tmp_path: Path) -> None:
    paths = []
    for year in (2022, 2023):
        paths.append(tmp_path / f"BACI_HS12_Y{year}_V202401b.csv")
        paths[-1].write_text(year_file(tuple(row.replace("2023", str(year), 1) for row in ROWS)), encoding="utf-8")
    reading = opened(baci.PROVIDER, *paths)
    assert reading.years == (2022, 2023)
    assert reading.read_year(2022).flows.height == 3


BAD = {
    "truncated": (year_file((*ROWS, "2023,152,392,2603"), end=""), "truncated", ""),
    "swapped i and k": (year_file(("2023,260300,156,152,1,1",)), "impossible_code", "i"),
    "swapped t and j": (year_file(("156,152,2023,260300,1,1",)), "wrong_year", "t"),
    "swapped v and q": (year_file(("2023,152,156,260300,          NA,1",)), "bad_value", "v"),
    "another year": (year_file(("2022,152,156,260300,1,1",)), "wrong_year", "t"),
    "letters": (year_file((ROWS[0], "2023,152,156,260300,1.2x,1")), "bad_value", "v"),
    "decimal comma": (year_file(('2023,152,156,260300,"1,2",1',)), "ragged_line", None),
    "negative": (year_file(("2023,152,156,260300,-1,1",)), "negative_value", "v"),
    "negative quantity": (year_file(("2023,152,156,260300,1,-1",)), "negative_value", "q"),
    "infinite": (year_file(("2023,152,156,260300,inf,1",)), "bad_value", "v"),
    "no product": (year_file(("2023,152,156,2603,1,1",)), "impossible_code", "k"),
    "other columns": (year_file(heading="t,i,j,k,v"), "wrong_columns", None),
    "empty": ("", "no_rows", None),
    "heading only": (year_file(()), "no_rows", None),
    "utf-16": (year_file().encode("utf-16"), "wrong_columns", None),
    "blank line": (year_file((ROWS[0], "", ROWS[1])), "blank_value", "t"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_year_is_told(tmp_path: Path, case: str) -> None:
    text, code, column = BAD[case]
    with pytest.raises(DataError) as told:
        year_of(tmp_path, text)
    assert told.value.code == code
    assert "CEPII BACI" in told.value.message.en
    assert "BACI_HS17_Y2023_V202601.csv" in told.value.message.en
    if column:
        assert told.value.field == column
        assert f"column {column}" in told.value.message.en
        assert "line " in told.value.message.en


def test_the_line_is_the_one_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 4, column v"):
        year_of(tmp_path, year_file((*ROWS[:2], "2023,152,156,260300,much,1")))


def test_a_vintage_that_cannot_be_told(tmp_path: Path) -> None:
    path = tmp_path / "trade.csv"
    path.write_text(year_file(), encoding="utf-8")
    with pytest.raises(DataError, match="which vintage"):
        opened(baci.PROVIDER, path)


@settings(max_examples=60)
@given(data=st.data())
def test_any_damage_is_told_or_harmless(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes overwritten, cut out or cut off: a DataError or flows that pass the table's own check, nothing else."""
    content = bytearray(year_file().encode())
    start = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 12))
    content[start : start + length] = data.draw(st.binary(max_size=12))
    path = tmp_path_factory.mktemp("fuzz") / "b.zip"
    baci_zip(path, {2023: bytes(content)})
    said = refusal(lambda: FLOWS.check(opened(baci.PROVIDER, path).read_year(2023).flows))
    assert said is None or said.startswith("CEPII BACI")


@settings(max_examples=40)
@given(cut=st.integers(0, 900), byte=st.integers(0, 255))
def test_a_damaged_archive_is_told(tmp_path_factory: pytest.TempPathFactory, cut: int, byte: int) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    content = bytearray(baci_zip(folder / "b.zip").read_bytes())
    cut %= len(content)
    content[cut] = byte
    damaged = folder / "BACI.zip"
    damaged.write_bytes(bytes(content))
    match = baci.recognise(head_of(damaged))
    if match is None:
        return

    def read() -> None:
        reading = baci.read([match], known())
        for year in reading.years:
            reading.read_year(year)

    said = refusal(read)
    assert said is None or "BACI" in said


def real(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"no {path.name} beside the project")
    return path


def test_the_native_layout_with_quantities() -> None:
    """South Africa's exports of 2020: sum and rows as the source's own notes say (69,685 rows, 51.1 billion US$)."""
    flows = text_columns(opened(baci.PROVIDER, real(NATIVE)).read_year(2020).flows)
    south_africa = flows.filter(pl.col("exporter") == "ZAF")
    assert south_africa.height == 69_685
    assert south_africa["value_usd"].sum() == pytest.approx(51.1e9, rel=0.002)
    assert flows["quantity_t"].null_count() == 2175


def test_south_africas_exports_by_product() -> None:
    """Every product as a sum over the file itself; and what South Africa is known to live on stands on top."""
    flows = text_columns(opened(baci.PROVIDER, real(NATIVE)).read_year(2020).flows)
    read = dict(flows.filter(exporter="ZAF").group_by("product").agg(pl.col("value_usd").sum()).iter_rows())
    raw: dict[str, float] = {}
    for i, k, v in pl.read_parquet(NATIVE, columns=["i", "k", "v"]).iter_rows():
        if i == 710:
            raw[f"{k:06d}"] = raw.get(f"{k:06d}", 0.0) + v * 1000
    assert read == pytest.approx(raw, rel=1e-9)
    # Gold, diamonds, coal, ferrochrome, manganese, iron ore, catalytic converters; billions of US$.
    top = sorted(read, key=read.__getitem__, reverse=True)[:7]
    assert top == ["710812", "710239", "270112", "720241", "260200", "260112", "842139"]
    assert [round(read[code] / 1e9, 2) for code in top] == [7.06, 3.25, 2.45, 1.89, 1.83, 1.53, 1.49]


def test_thirty_years_of_minerals() -> None:
    reading = opened(baci.PROVIDER, real(MINERALS))
    assert reading.years == tuple(range(1995, 2025))
    years = [reading.read_year(year) for year in (1995, 2024)]
    assert [year.report.rows_kept for year in years] == [year.report.rows_read for year in years]
    embedded = pl.read_parquet(Path(__file__).parents[2] / "src/entrepot/demo/flows.parquet")
    for year in years:
        theirs = embedded.filter(pl.col("year") == year.year)
        both = text_columns(year.flows).join(theirs, on=["exporter", "importer", "product"])
        assert both.height == theirs.height == year.flows.height
        assert (both["value_usd"] - both["value_usd_right"]).abs().max() <= 0.5


@pytest.mark.slow
def test_the_world_and_its_six_missing_importers() -> None:
    year = opened(baci.PROVIDER, real(WORLD)).read_year(2024)
    assert year.flows.height == 9_933_867
    assert year.flows["value_usd"].sum() == pytest.approx(15.02e12, rel=1e-3)
    said = " ".join(warning.en for warning in year.report.warnings)
    assert "6 economies export in 2024 but have no import flows: USA, DEU, FRA, NLD, ESP, GBR" in said
    assert "No quantities in 2024" in said


def test_a_zip_of_something_else_is_not_baci(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert baci.recognise(head_of(path)) is None
