"""Tariffs in the store fill the tariff columns, move the advantages, and say on what they rest."""

import numpy as np
import polars as pl
import pytest

from entrepot.tables import REFERENCE_TABLES
from entrepot.workbench import open_workbench

SCHEMA = REFERENCE_TABLES["tariffs"].schema


def _row(
    importer, exporter, regime, product, rate, *, year=2022, lines=None, left_out=None, vintage="HS92", source="S"
):
    basis = {6: "line", 2: "chapter", 0: "country"}[len(product)]
    programme = "P" if regime == "preferential" else ""
    vintage = vintage if product else ""
    return (importer, exporter, regime, programme, product, vintage, year, rate, lines, left_out, basis, source, "e")


ROWS = [
    _row("CHN", "", "mfn", "260300", 0.10, lines=3, left_out=1),
    _row("CHN", "CHL", "preferential", "260300", 0.02),
    _row("CHN", "", "mfn", "260300", 0.50, year=2016),  # older than five years
    _row("EUN", "", "mfn", "260300", 0.04, lines=2),
    _row("IND", "", "mfn", "26", 0.025),
    _row("JPN", "", "mfn", "", 0.03),
    _row("JPN", "", "applied", "", 0.02),
    _row("KOR", "", "mfn", "260300", 0.9, vintage="HS12"),  # no concordance
    _row("PER", "", "mfn", "260300", 0.06, year=2025),  # later than the analysis year
]


@pytest.fixture(scope="module")
def taxed(tmp_path_factory):
    bench = open_workbench(tmp_path_factory.mktemp("taxed"))
    areas = [("EUN", "European Union", code, None, None, "S") for code in ("DEU", "ESP", "FRA")]
    with bench.store.publishing() as publication:
        publication.put_reference("tariffs", pl.DataFrame(ROWS, schema=SCHEMA, orient="row"))
        table = REFERENCE_TABLES["tariff_areas"].schema
        publication.put_reference("tariff_areas", pl.DataFrame(areas, schema=table, orient="row"))
    return bench


def by_market(result):
    return {row["importer"]: row for row in result.frame.to_dicts()}


def test_each_basis_fills_what_it_can(taxed):
    rows = by_market(taxed.markets("CHL", "2603", year=2024))
    china = rows["CHN"]
    # One HS6: the mean of MFN 10 % and the preference of 2 %.
    assert china["tariff"] == pytest.approx(0.06)
    assert (china["tariff_mfn"], china["tariff_preferential"], china["tariff_lowest"]) == pytest.approx(
        (0.10, 0.02, 0.02)
    )
    assert (china["tariff_lines"], china["tariff_basis"]) == (3, "line")
    assert (china["tariff_year"], china["tariff_source"]) == (2022, "S")
    assert (rows["DEU"]["tariff"], rows["DEU"]["tariff_basis"]) == (0.04, "line")
    assert (rows["IND"]["tariff"], rows["IND"]["tariff_basis"]) == (0.025, "chapter")
    # The applied average stands for the duty, beside the MFN average.
    assert (rows["JPN"]["tariff"], rows["JPN"]["tariff_mfn"], rows["JPN"]["tariff_basis"]) == (0.02, 0.03, "country")
    assert rows["KOR"]["tariff"] is None
    assert rows["PER"]["tariff"] is None


def test_max_takes_the_dearest_regime(taxed):
    assert by_market(taxed.markets("CHL", "2603", year=2024, tariff="max"))["CHN"]["tariff"] == pytest.approx(0.10)


def test_inside_a_customs_union_the_duty_is_nil(taxed):
    rows = by_market(taxed.markets("DEU", "2603", year=2024))
    assert rows["ESP"]["tariff"] == 0
    assert rows["CHN"]["tariff"] == pytest.approx(0.10)


def test_advantages_follow_from_the_duties(taxed):
    china = by_market(taxed.markets("CHL", "2603", year=2024))["CHN"]
    # Chile faces 6 % in China, 4 % in DEU, ESP, FRA, 2.5 % in IND, 2 % in JPN: mean 22.5/6 %.
    # China levies 10 % on every other economy and 6 % on Chile.
    others = len(taxed.world.codes) - 2
    assert china["et"] == pytest.approx((1 + 0.225 / 6) / 1.06)
    assert china["it"] == pytest.approx((1 + (0.10 * others + 0.06) / (others + 1)) / 1.06)
    assert china["cta"] == min(china["et"], china["it"])


def test_tariffs_move_the_gap_and_the_notes_say_what_was_left_out(taxed, bench):
    with_duties = taxed.markets("CHL", "2603", year=2024)
    without = bench.markets("CHL", "2603", year=2024)
    assert by_market(with_duties)["CHN"]["gap"] > by_market(without)["CHN"]["gap"]  # the preference draws trade
    said = " ".join(note.en for note in with_duties.notes)
    assert "HS12 are left out" in said
    assert "1 tariff lines with specific duties" in said
    assert "only the average of all products of the market" in said
    missing = dict(zip(with_duties.frame["importer"], with_duties.missing, strict=True))
    assert missing["KOR"]["tariff"] == "not_loaded"


def test_a_preference_counts_on_the_lines_that_it_covers(tmp_path):
    """Four lines at 10 %, one of them without a rate; A is free on two of them, B pays 4 % on one."""
    bench = open_workbench(tmp_path)
    rows = [
        _row("CHN", "", "mfn", "260300", 0.10, lines=3, left_out=1),
        _row("CHN", "CHL", "preferential", "260300", 0.0, lines=2),
        (*_row("CHN", "CHL", "preferential", "260300", 0.04, lines=1)[:3], "Q", *_row("CHN", "CHL", "", "260300", 0.04, lines=1)[4:]),
        _row("IND", "", "mfn", "260300", 0.10, lines=3),
        _row("IND", "CHL", "preferential", "260300", 0.0, lines=5),
    ]  # fmt: skip
    with bench.store.publishing() as publication:
        publication.put_reference("tariffs", pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    found = by_market(bench.markets("CHL", "2603", year=2024))
    china = found["CHN"]
    # A quarter bears (10 + 0 + 4)/3 %, a quarter (10 + 0)/2 %, half 10 %.
    assert china["tariff"] == pytest.approx((14 / 3 + 5 + 2 * 10) / 4 / 100)
    assert china["tariff_lowest"] == pytest.approx(0.05)
    # Over the lines preferred: 0 on two, 4 % on one.
    assert china["tariff_preferential"] == pytest.approx(0.04 / 3)
    assert (china["tariff_mfn"], china["tariff_lines"]) == (pytest.approx(0.10), 3)
    # More lines than are told of the general rate: all of them.
    assert found["IND"]["tariff"] == pytest.approx(0.05)
    dearest = by_market(bench.markets("CHL", "2603", year=2024, tariff="max"))["CHN"]
    assert dearest["tariff"] == pytest.approx(0.10)


def test_what_is_not_known_of_preferences_is_told(taxed, bench):
    def told(result):
        return [note for note in result.notes if "some tariff lines of an HS6" in note.en and "部分税目" in note.zh]

    assert told(taxed.markets("CHL", "2603", year=2024))
    assert told(taxed.competitors("2603", "CHN", year=2024))
    # India's chapter average has no preferences; without tariffs there is nothing to say.
    assert not told(taxed.competitors("2603", "IND", year=2024))
    assert not told(taxed.markets("CHL", "2603", year=2024, among="IND,JPN"))
    assert not told(bench.markets("CHL", "2603", year=2024))


def test_a_group_faces_the_mean_of_its_members_duties(taxed):
    rows = by_market(taxed.markets("MERCOSUR", "2603", year=2024))
    assert rows["CHN"]["tariff"] == pytest.approx(0.10)
    assert np.isfinite(rows["CHN"]["cta"])


def test_a_schedule_of_another_vintage_counts_by_what_goes_into_the_product(tmp_path):
    bench = open_workbench(tmp_path)
    rows = [
        _row("CHN", "", "mfn", "260399", 0.10, lines=2, vintage="HS17"),  # all of it is 260300
        _row("CHN", "", "mfn", "260499", 0.40, lines=4, vintage="HS17"),  # part of it: the rest is 260400
        _row("CHN", "", "mfn", "260599", 0.90, lines=9, vintage="HS17"),  # the table itself converts it to 260400
    ]
    ways = [
        ("260399", "260300", None),
        ("260499", "260300", None),
        ("260499", "260400", None),
        ("260599", "260300", False),
        ("260599", "260400", True),
    ]
    schema = {"from_code": pl.Utf8, "to_code": pl.Utf8, "chosen": pl.Boolean}
    concordance = pl.DataFrame(ways, schema=schema, orient="row").with_columns(
        from_classification=pl.lit("HS17"),
        to_classification=pl.lit("HS92"),
        relationship=pl.lit("n:n"),
        source=pl.lit("S"),
        edition=pl.lit("e"),
    )
    with bench.store.publishing() as publication:
        publication.put_reference("tariffs", pl.DataFrame(rows, schema=SCHEMA, orient="row"))
        publication.put_reference("concordances", concordance)
    copper, nickel = (
        float(bench.snapshot.data_table(None, "coverage").filter(product=code)["value_usd"].sum())
        for code in ("260300", "260400")
    )
    share = copper / (copper + nickel)  # of 260499 that goes into 260300, by the trade of the data set
    china = by_market(bench.markets("CHL", "2603", year=2024))["CHN"]
    # Two lines at 10 %, and that share of four lines at 40 %.
    assert china["tariff"] == pytest.approx((2 * 0.10 + 4 * share * 0.40) / (2 + 4 * share))
    assert china["tariff_lines"] == 6
    # Nickel ore: nine lines at 90 % by the table's own choice, and the other part of the four.
    nickel_ore = by_market(bench.markets("AUS", "2604", year=2024))["CHN"]
    assert nickel_ore["tariff"] == pytest.approx((9 * 0.90 + 4 * (1 - share) * 0.40) / (9 + 4 * (1 - share)))
