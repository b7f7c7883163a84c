"""What the store covers, counted again in plain Python."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from entrepot.analyses.coverage import TITLES, Coverage, SeriesCoverage, coverage, told
from entrepot.ingest.add import add
from entrepot.store import Snapshot, Store
from entrepot.tables import REFERENCE_TABLES

SAMPLES = Path(__file__).parents[1] / "sources" / "samples"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The embedded data and four files of the user's own: two sources of GDP beside the embedded one."""
    store = Store(tmp_path_factory.mktemp("store"))
    add(store, [SAMPLES / name for name in ("weo_long.csv", "wgi_flat.csv", "protee.csv", "wdi_ny.gdp.mktp.cd.csv")])
    return store.snapshot()


@pytest.fixture(scope="module")
def covered(snapshot: Snapshot) -> Coverage:
    return coverage(snapshot)


def series(covered: Coverage, table: str, name: str) -> SeriesCoverage:
    found = next(part for part in covered.tables if part.table == table)
    return next(part for part in found.series if part.name == name)


def test_every_table_is_there_with_a_name_of_its_own(snapshot: Snapshot, covered: Coverage) -> None:
    assert [table.table for table in covered.tables] == sorted(snapshot.manifest.references)
    assert set(TITLES) == set(REFERENCE_TABLES)
    for table in covered.tables:
        assert table.rows == snapshot.reference(table.table).height == sum(part.rows for part in table.series)


def test_economies_by_year(snapshot: Snapshot, covered: Coverage) -> None:
    expected: dict[int, set[str]] = {}
    for row in snapshot.reference("macro").filter(indicator="gdp_current_usd").iter_rows(named=True):
        expected.setdefault(row["year"], set()).add(row["economy"])
    found = series(covered, "macro", "gdp_current_usd")
    assert dict(found.years) == {year: len(economies) for year, economies in sorted(expected.items())}
    assert found.economies == len(set().union(*expected.values()))


def test_agreements_by_year_are_those_in_force(snapshot: Snapshot, covered: Coverage) -> None:
    found = series(covered, "agreements", "FTA").years
    frame = snapshot.reference("agreements")
    assert max(found) == frame["since"].dt.year().max()
    year = 2015
    economies = set()
    for row in frame.filter(kind="FTA").iter_rows(named=True):
        if row["since"] <= date(year, 12, 31) and (row["until"] is None or row["until"] >= date(year, 1, 1)):
            economies |= {row["exporter"], row["importer"]}
    assert found[year] == len(economies)


def test_which_source_is_believed_is_the_first_in_the_order(snapshot: Snapshot, covered: Coverage) -> None:
    shares = {share.source.name: share for share in series(covered, "macro", "gdp_current_usd").sources}
    assert list(shares)[:2] == ["World Bank WDI", "IMF WEO"]
    by_source: dict[str, set[str]] = {name: set() for name in shares}
    for row in snapshot.reference("macro").filter(indicator="gdp_current_usd").iter_rows(named=True):
        by_source[row["source"]].add(row["economy"])
    seen: set[str] = set()
    for name, share in shares.items():
        assert share.economies == len(by_source[name])
        assert share.believed == len(by_source[name] - seen)
        seen |= by_source[name]
    assert shares["World Bank WDI"].source.licence == "CC BY 4.0"
    assert sum(share.believed or 0 for share in shares.values()) == len(seen)


def test_rows_with_one_source_each_have_no_competition(covered: Coverage) -> None:
    assert {share.believed for share in series(covered, "borders", "").sources} == {None}
    assert [share.believed for share in series(covered, "product_facts", "trade_elasticity").sources] == [
        series(covered, "product_facts", "trade_elasticity").rows
    ]


def test_a_data_set_year_by_year(snapshot: Snapshot, covered: Coverage) -> None:
    found = covered.datasets[0]
    assert (found.data.name, found.default) == ("minerals", True)
    assert [year.year for year in found.years] == list(found.data.years)
    flows = snapshot.flows("minerals", [2010])
    year = next(year for year in found.years if year.year == 2010)
    assert (year.flows, year.products) == (flows.height, flows["product"].n_unique())
    assert year.reporters == flows["importer"].n_unique()
    assert year.value_usd == pytest.approx(flows["value_usd"].sum())
    measured = flows.filter(pl.col("quantity_t").is_not_null())["value_usd"].sum()
    assert year.value_with_quantity_usd == pytest.approx(measured)
    assert found.rows == sum(one.flows for one in found.years)


def test_the_json_says_the_same_in_both_languages(covered: Coverage) -> None:
    english, chinese = told(covered, "en"), told(covered, "zh")
    assert english["tables"][0]["title"] != chinese["tables"][0]["title"]
    macro = next(table for table in english["tables"] if table["table"] == "macro")
    gdp = next(part for part in macro["series"] if part["name"] == "gdp_current_usd")
    assert gdp["sources"][0]["name"] == "World Bank WDI"
    assert gdp["years"][-1].keys() == {"year", "economies"}
    assert english["version"] == covered.version
