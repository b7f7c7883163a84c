import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.ingest.add import add, recognise, remove
from entrepot.ingest.embedded import ensure_published
from entrepot.ingest.product_names import common_name, product_rows, section_of
from entrepot.ingest.reference import ReferenceTables, in_precedence
from entrepot.sources.provider import TableRows
from entrepot.store import Source, Store
from tests.sources.trade_files import ROWS, SAMPLES, baci_zip, year_file

OTHER_YEAR = tuple(row.replace("2023", "2022", 1) for row in ROWS)
NEWS = Source("Almanac", "2026", "CC0")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "home")
    ensure_published(store)
    return store


def test_a_release_becomes_a_data_set_beside_the_embedded_one(store: Store, tmp_path: Path) -> None:
    said: list[Text] = []
    moved: list[float] = []
    report = add(
        store,
        baci_zip(tmp_path / "BACI_HS17_V202601.zip", {2023: year_file(), 2022: year_file(OTHER_YEAR)}),
        name="world",
        announce=lambda groups: said.extend(sentence for group in groups for sentence in group.said),
        progress=lambda label, fraction: moved.append(fraction),
    )
    assert [sentence.en for sentence in said] == ["BACI, HS17, release V202601: 2022–2023"]
    assert moved == sorted(moved)
    assert moved[-1] == 1.0
    assert report.added[0].data == "world"
    assert report.added[0].tables["flows"] == 6
    snapshot = store.snapshot()
    assert report.version == snapshot.id
    assert snapshot.default_data == "minerals"
    dataset = snapshot.dataset("world")
    assert (dataset.origin, dataset.years, dataset.info.classification) == ("own", (2022, 2023), "HS17")
    assert dataset.info.licence == "Etalab Open Licence 2.0"
    flows = snapshot.flows("world", [2023])
    assert flows.row(0) == (2023, "CHL", "CHN", "010121", 1234.0, 0.1)
    assert flows.schema["exporter"] == pl.Utf8
    assert snapshot.data_table("world", "reporters").rows() == [
        (2022, "CHN", pytest.approx(2_011_734.0), 0.0),
        (2023, "CHN", pytest.approx(2_011_734.0), 0.0),
    ]
    assert snapshot.data_table("world", "coverage").filter(year=2023, product="260300").row(0) == (
        2023,
        "260300",
        2,
        2_010_500.0,
        10_000.0,
    )
    assert store.verify().whole


def test_the_products_of_a_new_vintage_have_names(store: Store, tmp_path: Path) -> None:
    add(store, baci_zip(tmp_path / "b.zip"), name="world")
    products = store.snapshot().reference("products")
    of_hs17 = {row["code"]: row for row in products.filter(classification="HS17").iter_rows(named=True)}
    assert of_hs17["010129"]["name_en"] == "Horses; live, other"
    assert of_hs17["0101"]["name_en"] == "Horses; live"
    assert of_hs17["0101"]["hs6_total"] == 2
    assert of_hs17["2603"]["name_zh"] == products.filter(classification="HS92", code="2603")["name_zh"].item()
    assert products.filter(classification="HS92").height == 125
    entry = store.snapshot().reference_entry("products")
    assert (entry.origin, entry.sources[0].name) == ("own", "CEPII BACI")
    assert "English" in entry.note.en


def test_the_workbench_answers_from_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from entrepot.workbench import open_workbench

    add(store, baci_zip(tmp_path / "b.zip"), name="world")
    monkeypatch.setenv("ENTREPOT_HOME", str(store.home))
    result = open_workbench().markets("CHL", "260300", year=2023, data="world")
    assert "CHN" in result.frame["importer"].to_list()


def test_a_second_file_of_the_same_release_adds_years(store: Store, tmp_path: Path) -> None:
    for year, rows in ((2023, ROWS), (2022, OTHER_YEAR)):
        path = tmp_path / f"BACI_HS17_Y{year}_V202601.csv"
        path.write_text(year_file(rows), encoding="utf-8")
        add(store, path, name="world")
    snapshot = store.snapshot()
    assert snapshot.dataset("world").years == (2022, 2023)
    assert snapshot.data_table("world", "reporters")["year"].to_list() == [2022, 2023]


def test_a_name_is_made_where_none_is_given(store: Store, tmp_path: Path) -> None:
    assert add(store, baci_zip(tmp_path / "b.zip")).added[0].data == "baci_hs17_v202601"


@pytest.mark.parametrize(
    ("name", "code"), [("minerals", "reserved_name"), ("My Data", "malformed_name"), ("", "malformed_name")]
)
def test_a_name_that_cannot_be(store: Store, tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InputError) as told:
        add(store, baci_zip(tmp_path / "b.zip"), name=name)
    assert told.value.code == code


def test_releases_are_never_mixed(store: Store, tmp_path: Path) -> None:
    add(store, baci_zip(tmp_path / "b.zip"), name="world")
    other = tmp_path / "BACI_HS17_Y2023_V202501.csv"
    other.write_text(year_file(), encoding="utf-8")
    before = store.snapshot().id
    with pytest.raises(InputError) as told:
        add(store, other, name="world")
    assert told.value.code == "name_taken"
    assert store.snapshot().id == before


def test_a_name_is_for_one_data_set(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "in").mkdir(exist_ok=True)
        baci_zip(tmp_path / "in" / f"{name}.zip")
    with pytest.raises(InputError) as told:
        add(store, tmp_path / "in", name="world")
    assert told.value.code == "name_fits_several"


def test_a_folder_with_trade_facts_and_other_things(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    baci_zip(folder / "deep" / "b.zip")
    (folder / "NOTES.txt").write_text("hello", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    report = add(store, folder, name="world")
    assert [path.name for path in report.unrecognised] == ["NOTES.txt"]


def test_both_sides_keep_their_gap(store: Store) -> None:
    report = add(store, SAMPLES / "comtrade_records.csv", name="comtrade").added[0]
    assert report.mirror.filter(pl.col("gap").is_not_null()).height == 1
    assert "Importers' reports give" in " ".join(warning.en for warning in report.report.warnings)


def test_nothing_there_and_nothing_known(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        add(store, tmp_path / "absent.zip")
    assert told.value.code == "no_file"
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam", encoding="utf-8")
    with pytest.raises(DataError) as unknown:
        add(store, tmp_path / "letter.txt")
    assert unknown.value.code == "not_recognised"
    assert "CEPII BACI" in unknown.value.message.en


@pytest.mark.parametrize("name", ["../evil.csv", "/evil.csv"])
def test_an_archive_that_leads_out_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    path = baci_zip(tmp_path / "b.zip", **{name: "x"})
    before = store.snapshot().id
    with pytest.raises(DataError) as told:
        add(store, path, name="world")
    assert told.value.code == "unsafe_entry"
    assert store.snapshot().id == before
    assert not (tmp_path / "evil.csv").exists()


def test_a_bomb_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BACI_HS17_Y2023_V202601.csv", bytes(32 * 2**20))
    with pytest.raises(DataError) as told:
        add(store, path, name="world")
    assert told.value.code == "archive_too_large"


def test_a_bad_second_year_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    path = baci_zip(tmp_path / "b.zip", {2022: year_file(OTHER_YEAR), 2023: year_file(("2023,152,156,260300,-1,1",))})
    before = store.layout.current.read_bytes()
    with pytest.raises(DataError, match="negative"):
        add(store, path, name="world")
    assert store.layout.current.read_bytes() == before
    assert "world" not in store.snapshot().datasets


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_leaves_a_whole_store(store: Store, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(baci_zip(tmp_path / "b.zip").read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    path = tmp_path / "BACI_damaged.zip"
    path.write_bytes(bytes(content))
    before = store.snapshot().id
    try:
        add(store, path, name="world")
    except (DataError, InputError):
        assert store.snapshot().id == before
        return
    # The damage was in a part that nothing was read from, or made another sound number.
    remove(store, "world")


def test_remove(store: Store, tmp_path: Path) -> None:
    add(store, baci_zip(tmp_path / "b.zip"), name="world")
    with store.publishing() as publication:
        publication.set_default("world")
    remove(store, "world")
    assert store.snapshot().default_data == "minerals"
    for name, code in (("world", "unknown_data"), ("minerals", "reserved_name")):
        with pytest.raises(InputError) as told:
            remove(store, name)
        assert told.value.code == code


def macro(economy: str, source: str, value: float, year: int = 2023) -> pl.DataFrame:
    row = {"economy": economy, "year": year, "indicator": "gdp_current_usd", "value": value, "source": source}
    return pl.DataFrame([row | {"edition": "x"}], schema_overrides={"year": pl.Int16})


def test_the_users_file_comes_before_the_embedded_facts(store: Store) -> None:
    tables = ReferenceTables(store.snapshot())
    embedded = tables.table("macro").height
    assert tables.merge(TableRows("macro", macro("CHN", "Almanac", 1.0)), NEWS) == 1
    with store.publishing() as publication:
        tables.publish(publication)
    found = store.snapshot().reference("macro")
    assert found.height == embedded + 1
    first = found.filter(economy="CHN", year=2023, indicator="gdp_current_usd").row(0, named=True)
    assert first["source"] == "Almanac"
    entry = store.snapshot().reference_entry("macro")
    assert (entry.origin, entry.sources[0].name) == ("own", "Almanac")


def test_a_new_edition_takes_the_place_of_the_old_one(store: Store) -> None:
    tables = ReferenceTables(store.snapshot())
    tables.merge(TableRows("macro", macro("CHN", "Almanac", 1.0, 2020)), NEWS)
    tables.merge(TableRows("macro", macro("CHN", "Almanac", 2.0, 2023)), NEWS)
    assert tables.table("macro").filter(source="Almanac")["year"].to_list() == [2023]


def agreement(name: str, importers: str, since: date, source: str) -> pl.DataFrame:
    row = {"agreement": name, "name_en": name, "name_zh": name, "exporter": "VNM", "since": since, "until": None}
    rows = [row | {"importer": code, "kind": "FTA", "source": source} for code in importers.split()]
    return pl.DataFrame(rows, schema_overrides={"until": pl.Date})


def test_a_new_edition_of_a_list_of_agreements_drops_what_it_no_longer_has(store: Store) -> None:
    first, later = date(2010, 1, 1), date(2022, 1, 1)
    tables = ReferenceTables(store.snapshot())
    for frame in (agreement("WTO-1", "AUS NZL", first, "WTO RTA-IS"), agreement("WTO-2", "AUS", later, "WTO RTA-IS")):
        tables.merge(TableRows("agreements", frame), NEWS)
    held = tables.table("agreements")
    assert set(held.filter(source="WTO RTA-IS")["agreement"]) == {"WTO-2"}
    assert held.filter(source="entered by hand").height  # the embedded facts stay


def test_a_tariff_of_one_reporter_and_year_replaces_no_other(store: Store) -> None:
    def rate(importer: str, year: int, product: str) -> pl.DataFrame:
        text = {"importer": importer, "exporter": "", "regime": "mfn", "programme": "", "product": product}
        row = {**text, "vintage": "HS17", "year": year, "rate": 0.1, "lines": 1, "lines_left_out": 0, "basis": "line"}
        return pl.DataFrame([{**row, "source": "WITS TRAINS", "edition": "x"}], schema_overrides={"year": pl.Int16})

    tables = ReferenceTables(store.snapshot())
    for told in (("CHN", 2020, "010121"), ("CHN", 2021, "010121"), ("CHL", 2020, "010121"), ("CHN", 2020, "010129")):
        tables.merge(TableRows("tariffs", rate(*told)), NEWS)
    # The second file of China and 2020 takes the place of the first; the others stay.
    assert set(tables.table("tariffs").select("importer", "year", "product").rows()) == {
        ("CHN", 2020, "010129"), ("CHN", 2021, "010121"), ("CHL", 2020, "010121")
    }  # fmt: skip


def test_the_wto_comes_before_desta_whichever_was_added_last(store: Store) -> None:
    tables = ReferenceTables(store.snapshot())
    for name, source in (("WTO-1", "WTO RTA-IS"), ("DESTA-1", "DESTA")):
        tables.merge(TableRows("agreements", agreement(name, "AUS", date(2010, 1, 1), source)), NEWS)
    order = tables.table("agreements")["source"].unique(maintain_order=True).to_list()
    assert order == ["WTO RTA-IS", "DESTA", "entered by hand"]


def test_precedence_that_is_configured_outranks_what_came_last() -> None:
    frame = pl.concat([macro("CHN", "Penn World Table", 1.0), macro("CHN", "World Bank WDI", 2.0)])
    key = ("economy", "year", "indicator", "source")
    found = in_precedence(frame, "macro", key, new_sources=["Penn World Table"])
    assert found["source"].to_list() == ["World Bank WDI", "Penn World Table"]


def test_sections_and_headings() -> None:
    assert [section_of(code) for code in ("010121", "2709", "640399", "970110", "990000")] == [
        "I",
        "V",
        "XII",
        "XXI",
        "XXII",
    ]
    assert common_name([]) == ""
    assert common_name(["Ores"]) == "Ores"
    empty = pl.DataFrame(schema={"classification": pl.Utf8, "code": pl.Utf8, "name_en": pl.Utf8, "name_zh": pl.Utf8})
    rows = product_rows("HS22", None, ["850760"], empty, "UN Comtrade")
    assert rows is not None
    assert rows.frame.select("code", "name_en", "hs6_total").rows() == [
        ("8507", "HS 8507", 1),
        ("850760", "HS 850760", None),
    ]


def test_recognition_reads_no_rows(tmp_path: Path) -> None:
    groups, unrecognised = recognise(baci_zip(tmp_path / "b.zip", {2023: "nonsense"}))
    assert [group.provider.name for group in groups] == ["CEPII BACI"]
    assert unrecognised == ()
