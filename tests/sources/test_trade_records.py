"""Comtrade, Comext and the US Census: records of one or both sides."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import DataError
from entrepot.sources import comext, comtrade, uscensus
from entrepot.sources.head import head_of
from entrepot.sources.mirror import USUAL_FACTOR, cif_factor, reconcile
from entrepot.sources.provider import Provider, TradeReading
from entrepot.tables import FLOWS
from tests.sources.trade_files import REAL, SAMPLES, known, opened, refusal, text_columns

READERS = {
    "comtrade": (comtrade.PROVIDER, "comtrade_records.csv"),
    "comext": (comext.PROVIDER, "comext.csv"),
    "census": (uscensus.PROVIDER, "us_imports_2024.csv"),
}


def flows_of(reading: TradeReading) -> pl.DataFrame:
    return pl.concat(text_columns(reading.read_year(year).flows) for year in reading.years)


def dropped(reading: TradeReading) -> dict[str, int]:
    return {entry.reason: entry.rows for entry in reading.read_year(reading.years[0]).report.dropped}


def test_comtrade_prefers_the_importer_and_its_own_fob() -> None:
    reading = opened(comtrade.PROVIDER, SAMPLES / "comtrade_records.csv")
    assert (reading.classification, reading.level, reading.years) == ("HS22", 6, (2023,))
    rows = {(row[1], row[2]): row[4:] for row in flows_of(reading).iter_rows()}
    assert rows[("CHL", "CHN")] == (pytest.approx(2120 / USUAL_FACTOR), 1000.0)
    assert rows[("PER", "CHN")] == (450.0, None)
    assert rows[("CHL", "TWN")] == (140.0, 70.0)  # S19, told by the exporter only
    assert len(rows) == 3
    assert dropped(reading) == {
        "part_of_total": 1,
        "other_flow": 1,
        "other_level": 1,
        "world_total": 1,
        "unknown_economy": 1,
        "other_vintage": 1,
    }


def test_comtrade_keeps_the_gap_between_the_sides() -> None:
    mirror = opened(comtrade.PROVIDER, SAMPLES / "comtrade_records.csv").read_year(2023).mirror
    assert mirror is not None
    both = mirror.filter(pl.col("gap").is_not_null())
    assert both.select("exporter", "importer", "side").rows() == [("CHL", "CHN", "importer")]
    assert both["gap"].item() == pytest.approx(0.0, abs=1e-9)  # 2120/1.06 = 2000
    assert mirror.filter(side="exporter").select("importer").rows() == [("TWN",)]


def test_the_cif_factor_is_the_median_of_enough_pairs() -> None:
    key = {"year": [2020] * 300, "exporter": ["CHL"] * 300, "importer": ["CHN"] * 300}
    product = [f"{code:06d}" for code in range(10_000, 10_300)]
    importer = pl.DataFrame(key | {"product": product, "value_usd": [1.1] * 300, "fob_usd": [None] * 300})
    exporter = pl.DataFrame(key | {"product": product, "value_usd": [1.0] * 300})
    assert cif_factor(importer, exporter) == (pytest.approx(1.1), 300)
    assert cif_factor(importer.head(10), exporter) == (USUAL_FACTOR, 0)


def test_quantities_are_not_summed_in_part() -> None:
    row = {"year": 2020, "exporter": "CHL", "importer": "CHN", "product": "260300", "side": "exporter", "fob_usd": None}
    records = pl.DataFrame([row | {"value_usd": 1.0, "quantity_t": 1.0}, row | {"value_usd": 2.0, "quantity_t": None}])
    flows = reconcile(records.with_columns(pl.col("fob_usd").cast(pl.Float64))).flows
    assert flows.select("value_usd", "quantity_t").rows() == [(3.0, None)]


def test_comext_months_euros_and_cn8() -> None:
    reading = opened(comext.PROVIDER, SAMPLES / "comext.csv")
    assert (reading.classification, reading.years, reading.incomplete_years) == ("HS22", (2023,), (2023,))
    rows = {(row[1], row[2], row[3]): row[4:] for row in flows_of(reading).iter_rows()}
    assert rows[("CHN", "DEU", "850760")] == (pytest.approx(3000 * 1.0813 / USUAL_FACTOR), 3.0)
    assert rows[("DEU", "FRA", "850760")] == (pytest.approx(742 * 1.0813 / USUAL_FACTOR), 0.5)
    assert rows[("DEU", "GRC", "850760")] == (pytest.approx(50 * 1.0813), None)
    assert dropped(reading) == {"world_total": 1, "other_level": 1, "no_exchange_rate": 1, "unknown_economy": 1}


def test_census_sums_hts10_and_leaves_the_union_out() -> None:
    reading = opened(uscensus.PROVIDER, SAMPLES / "us_imports_2024.csv")
    assert (reading.classification, reading.years) == ("HS22", (2024,))
    assert flows_of(reading).select("exporter", "importer", "product", "value_usd").rows() == [
        ("VNM", "USA", "640399", 30.0),
        ("CHN", "USA", "850760", 150.0),
        ("KOR", "USA", "850760", 70.0),
    ]
    assert dropped(reading) == {"aggregate": 1, "zero_value": 1}


def replaced(tmp_path: Path, sample: str, old: str, new: str) -> Path:
    text = (SAMPLES / sample).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / sample
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


BAD = [
    ("comtrade", ",2000,2000\n", ",2000,much\n", "bad_value", "value"),
    ("comtrade", ",2120,,2120\nC,A,2023,2023,CHL", ",2120,,-2120\nC,A,2023,2023,CHL", "negative_value", "value"),
    ("comtrade", "C,A,2023,2023,DEU", "C,A,20x3,2023,DEU", "not_a_year", "year"),
    ("comext", "2023-02", "2023-99", "bad_period", "period"),
    ("comext", ",20,2000", ",20,two", "bad_value", "euros"),
    ("census", ",100,3", ",-100,3", "negative_value", "value"),
]


@pytest.mark.parametrize(("reader", "old", "new", "code", "column"), BAD)
def test_a_bad_cell_is_told(tmp_path: Path, reader: str, old: str, new: str, code: str, column: str) -> None:
    provider, sample = READERS[reader]
    with pytest.raises(DataError) as told:
        flows_of(opened(provider, replaced(tmp_path, sample, old, new)))
    assert (told.value.code, told.value.field) == (code, column)
    assert provider.name in told.value.message.en
    assert sample in told.value.message.en
    assert "line " in told.value.message.en


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=30)
@given(data=st.data())
def test_any_damage_is_told_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, reader: str, data: st.DataObject
) -> None:
    provider, sample = READERS[reader]
    content = bytearray((SAMPLES / sample).read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    path = tmp_path_factory.mktemp("fuzz") / sample
    path.write_bytes(bytes(content))
    try_to_read(provider, path)


def try_to_read(provider: Provider, path: Path) -> None:
    match = provider.recognise(head_of(path))
    if match is None:
        return

    def read() -> None:
        reading = provider.read([match], known())
        assert isinstance(reading, TradeReading)
        for year in reading.years:
            FLOWS.check(reading.read_year(year).flows)

    said = refusal(read)
    assert said is None or provider.name in said


def real(*parts: str) -> Path:
    path = REAL.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {path.name} beside the project")
    return path


def test_real_fish_of_both_sides() -> None:
    reading = opened(comtrade.PROVIDER, real("comtrade_fish_hs6_2000_2024", "fish_annual_reported.parquet"))
    assert reading.classification == "HS17"
    year = reading.read_year(2019)
    said = " ".join(warning.en for warning in reading.read_year(reading.years[0]).report.warnings)
    assert "Importers' reports give" in said
    assert "told by both sides" in said
    assert year.mirror is not None
    assert year.mirror["gap"].median() < 1.5


def test_real_download_of_wits() -> None:
    reading = opened(comtrade.PROVIDER, real("wits_tanzania_hs6_2011_2013", "tza.parquet"))
    assert (reading.classification, reading.years) == ("HS07", (2011, 2012, 2013))
    flows = flows_of(reading)
    assert set(flows.filter(pl.col("importer") != "TZA")["exporter"]) == {"TZA"}


def test_real_comext() -> None:
    reading = opened(comext.PROVIDER, real("eurostat_comext_cn8_2023_2025", "comext_cn8_monthly_bilateral.parquet"))
    assert reading.years == (2023, 2024)
    assert dropped(reading)["no_exchange_rate"] == 88_192


def test_real_census() -> None:
    reading = opened(uscensus.PROVIDER, real("uscensus_imports_2024_hs10", "us_imports_2024_hs10.parquet"))
    flows = flows_of(reading)
    assert flows["exporter"].n_unique() == 50
    assert 350e9 < flows.filter(exporter="CHN")["value_usd"].sum() < 520e9
