"""Economies of which a data set has no imports are no markets, and the answer says so."""

import pytest

from entrepot.analyses.mirrors import silent_notes
from entrepot.ingest.add import add
from entrepot.ingest.embedded import ensure_published
from entrepot.store import Store
from entrepot.workbench import Workbench
from tests.sources.reference import rows_of, workbook
from tests.sources.trade_files import COUNTRIES, PRODUCTS


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A data set in which the United States export and import nothing."""
    folder = tmp_path_factory.mktemp("silent")
    rows = ["t,i,j,k,v,q"]
    rows += ["2023,842,152,260300,60.000,1", "2023,152,604,260300,30.000,1", "2023,604,152,260300,10.000,1"]
    (folder / "BACI_HS17_Y2023_V202601.csv").write_text("\n".join(rows) + "\n")
    (folder / "country_codes_V202601.csv").write_text(COUNTRIES)
    (folder / "product_codes_HS17_V202601.csv").write_text(PRODUCTS)
    store = Store(folder / "home")
    ensure_published(store)
    add(store, folder / "BACI_HS17_Y2023_V202601.csv", name="silent")
    return Workbench(store)


def test_who_reported_nothing_is_named_with_the_share_of_all_exports(bench):
    answer = bench.markets("CHL", "2603", data="silent", year=2023)
    assert "USA" not in answer.frame["importer"].to_list()
    note = next(note for note in answer.notes if "did not report" in note.en)
    assert "60.0% of all exports" in note.en  # 60 of 60 + 30 + 10
    assert note.en.endswith("Of this trade: United States.")
    assert "60.0%" in note.zh
    assert "美国" in note.zh


def test_a_page_of_flows_tells_it_too(bench):
    bench.build(data="silent", level=4)
    page = bench.flows(product="2603", data="silent")
    assert "USA" not in page.frame["importer"].to_list()
    assert any("60.0% of all exports" in note.en and "60.0%" in note.zh for note in page.notes)


def test_nothing_is_said_where_everybody_reported(bench):
    answer = bench.markets("CHL", "2603", data="minerals", year=2024)
    assert not any("did not report" in note.en for note in answer.notes)


def test_without_products_the_share_stands_alone(bench):
    world = bench.world
    (note,) = silent_notes(world, "silent", 2023, [], world.codes)
    assert "Of this trade" not in note.en
    assert silent_notes(world, "silent", 2022, [], world.codes) == []


def test_only_values_that_are_there_are_counted_as_old(bench, tmp_path):
    """The note on years counts what has a value and tells its year, not what was left out as too old."""
    rows = [
        [cell.replace("Chile", "Peru").replace("CHL", "PER") for cell in row]
        for row in rows_of("lpi_editions_2018.csv")
    ]
    for edition, told in (("2012", False), ("2018", True)):  # six years of 2023 are in reach, eleven are not
        store = Store(tmp_path / edition)
        ensure_published(store)
        add(store, workbook(tmp_path / f"lpi{edition}.xlsx", {edition: rows}))
        add(store, bench.store.home.parent / "BACI_HS17_Y2023_V202601.csv", name="silent")
        answer = Workbench(store).markets("CHL", "2603", data="silent", year=2023)
        assert answer.frame["importer"].to_list() == ["PER"]
        assert (answer.frame["lpi"][0] is not None) is told
        old = [note.en for note in answer.notes if "older than 2023" in note.en and "ogistics performance 1" in note.en]
        assert bool(old) is told
