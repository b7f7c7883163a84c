"""Trade carried over into another vintage while it is read: every dollar is somewhere, and the store says where."""

import polars as pl
import pytest

from entrepot.core.errors import InputError
from entrepot.ingest.add import add
from entrepot.ingest.embedded import ensure_published
from entrepot.ingest.reference import ReferenceTables
from entrepot.sources.provider import TableRows
from entrepot.store import Source, Store
from entrepot.workbench import Workbench
from tests.sources.trade_files import SAMPLES, baci_zip, year_file

# 152 sells to 156 and 842. 260300 is the same code in HS92 and the embedded set trades it; 010121 becomes 010111 and 010119,
# which nobody is known to trade; 260400 becomes 260800 and 260700, which the embedded set trades; 999000 nothing.
ROWS = (
    "2023,152,156,260300,1000,10",
    "2023,152,156,010121,80,4",
    "2023,152,842,260400,500,",
    "2023,152,156,260800,300,3",
    "2023,152,156,999000,20,1",
)
PAIRS = [
    ("260300", "260300", None),
    ("010121", "010111", True),
    ("010121", "010119", False),
    ("260400", "260800", None),
    ("260400", "260700", None),
    ("260800", "260800", None),
]


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "home")
    ensure_published(store)
    schema = {"from_code": pl.Utf8, "to_code": pl.Utf8, "chosen": pl.Boolean}
    frame = pl.DataFrame(PAIRS, schema=schema, orient="row").with_columns(
        from_classification=pl.lit("HS17"),
        to_classification=pl.lit("HS92"),
        relationship=pl.lit("n:n"),
        source=pl.lit("UNSD"),
        edition=pl.lit("x"),
    )
    sitc = frame.head(1).with_columns(to_classification=pl.lit("SITC3"), to_code=pl.lit("28311"))
    tables = ReferenceTables(store.snapshot())
    tables.merge(TableRows("concordances", pl.concat([frame, sitc])), Source("UNSD", "x", "free"))
    with store.publishing() as publication:
        tables.publish(publication)
    return store


@pytest.fixture
def converted(store, tmp_path):
    report = add(
        store, baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2023: year_file(ROWS)}), name="old", convert="hs92"
    )
    return store, report.added[0]


def test_every_dollar_arrives_or_is_told_as_lost(converted):
    store, added = converted
    snapshot = store.snapshot()
    flows = snapshot.flows("old", [2023])
    trade = snapshot.data_table("minerals", "coverage").group_by("product").agg(pl.col("value_usd").sum())
    lead, zinc = (trade.filter(product=code)["value_usd"].item() for code in ("260800", "260700"))
    first = lead / (lead + zinc)
    assert {(row[2], row[3]): row[4] for row in flows.rows()} == pytest.approx(
        {
            ("CHN", "010111"): 80_000.0,  # the one that the table itself converts to
            ("CHN", "260300"): 1_000_000.0,
            ("CHN", "260800"): 300_000.0,
            ("USA", "260800"): 500_000.0 * first,
            ("USA", "260700"): 500_000.0 * (1 - first),
        }
    )
    assert flows["value_usd"].sum() == pytest.approx(1_900_000.0 - 20_000.0)
    assert flows.filter(product="260700")["quantity_t"].item() is None  # unknown before, unknown after
    dropped = {entry.reason: (entry.rows, entry.value_usd) for entry in added.report.dropped}
    assert dropped["no_correspondence"] == (1, 20_000.0)


def test_the_manifest_keeps_how_it_went(converted):
    store, added = converted
    info = store.snapshot().dataset("old").info
    assert (info.classification, info.release) == ("HS92", "V202601, from HS17")
    assert "HS17 → HS92" in info.title.en
    assert info.converted is not None
    assert (info.converted.classification, info.converted.weights) == ("HS17", "minerals")
    told = info.converted.years[2023]
    assert told["value_usd"] == pytest.approx(1_900_000.0)
    assert {name: told[name] for name in ("exact", "merged", "split_by_trade", "chosen", "lost")} == pytest.approx(
        {"exact": 10 / 19, "merged": 3 / 19, "split_by_trade": 5 / 19, "chosen": 0.8 / 19, "lost": 0.2 / 19}
    )
    assert info.converted.said in added.report.warnings
    assert info.converted.said in Workbench(store).markets("CHL", "2603", data="old").notes


def test_a_second_year_is_added_to_the_account(converted, tmp_path):
    store, _ = converted
    rows = tuple(row.replace("2023", "2022", 1) for row in ROWS[:1])
    add(store, baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2022: year_file(rows)}), name="old", convert="HS92")
    info = store.snapshot().dataset("old").info
    assert info.converted is not None
    assert sorted(info.converted.years) == [2022, 2023]
    assert info.converted.years[2022]["exact"] == 1.0
    assert info.converted.whole()["value_usd"] == pytest.approx(2_900_000.0)


def test_both_sides_are_carried_over_too(store, tmp_path):
    add(store, SAMPLES / "comtrade_records.csv", name="both")
    snapshot = store.snapshot()
    kept = snapshot.mirror("both", [2023], ["2603"])
    assert kept.filter(exporter="CHL", importer="CHN").select("side", "cif_fob").row(0) == ("importer", 1.06)
    assert kept.filter(importer="TWN").select("side", "cif_fob", "gap").row(0) == ("exporter", None, None)
    assert snapshot.mirror("minerals", [2023]).is_empty()
    assert Workbench(store).mirror("both", exporters=["PER"])["importer_usd"].to_list() == [450.0]
    said = Workbench(store).history("CHL", "260300", "CHN", data="both").notes[-1]
    assert "importer's report" in said.en
    assert "1.060" in said.zh


@pytest.mark.parametrize(
    ("to", "code"), [("HS12", "concordance_not_loaded"), ("SITC3", "convert_needs_hs"), ("apples", "convert_needs_hs")]
)
def test_where_no_way_leads(store, tmp_path, to, code):
    before = store.snapshot().id
    with pytest.raises(InputError) as told:
        add(store, baci_zip(tmp_path / "b.zip", {2023: year_file(ROWS)}), name="old", convert=to)
    assert (told.value.code, told.value.field) == (code, "convert")
    assert store.snapshot().id == before


def test_facts_are_not_converted(store):
    with pytest.raises(InputError) as told:
        add(store, SAMPLES / "top_ports.csv", convert="HS92")
    assert told.value.code == "convert_fits_none"


def test_a_data_set_in_another_classification(store, tmp_path):
    add(store, baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2023: year_file(ROWS)}), name="new")
    bench = Workbench(store)
    old = bench.carried("HS92", data="new", year=2023)
    assert old.weights == "minerals"
    assert old.flows["value_usd"].sum() == pytest.approx(1_880_000.0)
    assert old.shares.lost == pytest.approx(0.2 / 19)
    # The same as when it is carried over while it is read.
    add(store, baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2023: year_file(ROWS)}), name="old", convert="HS92")
    assert old.flows.equals(store.snapshot().flows("old", [2023]).select(old.flows.columns))
    sitc = bench.carried("sitc3", data="new")
    assert sitc.flows.select("product", "value_usd").row(0) == ("28311", 1_000_000.0)
    assert sitc.shares.lost == pytest.approx(9 / 19)
    with pytest.raises(InputError) as told:
        bench.carried("BEC4", data="new")
    assert told.value.valid == ("HS92", "SITC3")
