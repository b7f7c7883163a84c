"""Several sources for one fact: the first in the table's order is believed, whole series at a time, never a later year."""

from datetime import date

import polars as pl
import pytest

from entrepot.core.errors import InputError
from entrepot.workbench import open_workbench


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A store whose own files outrank the embedded ones: two years of stability for Japan, five of GDP, an old one for Peru."""
    bench = open_workbench(tmp_path_factory.mktemp("own"))
    with bench.store.publishing() as publication:
        for table, rows in (("conditions", _conditions()), ("macro", _macro())):
            held = bench.snapshot.reference(table)
            frame = pl.concat([pl.DataFrame(rows, schema=held.schema, orient="row"), held])
            publication.put_reference(table, frame, complete=False)
    return bench


def _conditions():
    def row(economy, year, indicator, value):
        return (economy, year, indicator, value, "Own file", "2024", None)

    return [
        row("JPN", 2021, "political_stability", 0.5),
        row("JPN", 2022, "political_stability", 0.6),
        row("PER", 2015, "rule_of_law", -0.5),
        row("JPN", 2025, "rule_of_law", 1.4),
        row("CHN", 2022, "rule_of_law", -0.1),
    ]


def _macro():
    return [
        ("JPN", year, "gdp_current_usd", value * 1e12, "Own GDP", "2024")
        for year, value in zip(range(2019, 2024), (5.0, 5.1, 5.0, 4.3, 4.2), strict=True)
    ]


def row_of(bench, market, **options):
    return bench.markets("CHL", "2603", year=2024, **options).frame.filter(pl.col("importer") == market).to_dicts()[0]


def test_the_own_file_outranks_the_embedded_one_whole_series(own, bench):
    japan = row_of(own, "JPN")
    assert (japan["political_stability"], japan["political_stability_year"]) == (0.6, 2022)
    assert japan["political_stability_source"] == "Own file"
    # Economies that the own file does not have keep the embedded value.
    assert row_of(own, "DEU")["political_stability"] == row_of(bench, "DEU")["political_stability"]


def test_too_old_and_later_values_are_left_out(own):
    result = own.markets("CHL", "2603", year=2024)
    rows = dict(
        zip(result.frame["importer"], zip(result.frame["rule_of_law"], result.missing, strict=True), strict=True)
    )
    assert rows["CHN"][0] == -0.1
    assert rows["PER"] == (None, rows["PER"][1])
    assert rows["PER"][1]["rule_of_law"] == "too_old"  # 2015, tolerance 3 years
    assert rows["JPN"][1]["rule_of_law"] == "not_loaded"  # 2025 is later than 2024


def test_gdp_is_of_one_source_and_never_spliced(own):
    japan = row_of(own, "JPN")
    # Own GDP ends in 2023 although the embedded set has 2024: the window 2020–2023 of one source.
    assert japan["demand_source"] == "Own GDP"
    assert japan["demand_year"] == 2023
    assert "level 2020–2023, growth 2020–2023" in japan["sd_years"]
    assert "market: current" in japan["gdp_basis"]


def _agreement(name, importer, source, kind="FTA"):
    day = date(2010, 1, 1)
    return (name, name, name, "CHL", importer, day, None, kind, source)


def test_the_first_official_list_counts_and_embedded_facts_fill_its_gaps(tmp_path):
    bench = open_workbench(tmp_path)
    own = [
        _agreement("WTO-1", "JPN", "WTO RTA-IS"),
        _agreement("DESTA-1", "JPN", "DESTA"),
        _agreement("DESTA-2", "ZAF", "DESTA"),
    ]
    held = bench.snapshot.reference("agreements")
    with bench.store.publishing() as publication:
        frame = pl.concat([pl.DataFrame(own, schema=held.schema, orient="row"), held])
        publication.put_reference("agreements", frame, complete=True)
    found = bench.world.agreements("CHL", 2024)
    assert (found["JPN"].names.en, found["JPN"].source) == ("WTO-1", "WTO RTA-IS")
    assert "ZAF" not in found  # DESTA is not asked where the WTO's list is loaded
    assert found["CHN"].source == "entered by hand"  # the embedded facts fill what the list lacks
    # That there is no agreement is told by the whole list.
    zambia = row_of(bench, "ZMB")
    assert (zambia["fta"], zambia["fta_source"], zambia["fta_year"]) == (0, "WTO RTA-IS", 2024)
    assert row_of(bench, "CHN")["fta_source"] == "entered by hand"
    # Without the WTO's list DESTA is the official one.
    with bench.store.publishing() as publication:
        publication.put_reference("agreements", frame.filter(pl.col("source") != "WTO RTA-IS"))
    found = bench.world.agreements("CHL", 2024)
    assert (found["JPN"].source, found["ZAF"].source) == ("DESTA", "DESTA")


def test_cepii_distances_need_their_file(bench):
    with pytest.raises(InputError, match="GeoDist") as caught:
        bench.markets("CHL", "2603", distance="cepii")
    assert caught.value.field == "distance"
