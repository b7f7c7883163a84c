"""Closed passages: only the sea is longer, the answer says so, and what cannot be meant is refused."""

import polars as pl
import pytest

from entrepot.analyses.passages import NAMES, note_of, parse_passages, passages_of
from entrepot.core.errors import InputError


@pytest.fixture(scope="module")
def open_sea(bench):
    return bench.markets("CHN", "2804", distance="sea")


@pytest.fixture(scope="module")
def closed(bench):
    return bench.markets("CHN", "2804", distance="sea", without="Suez")


def km(result, market):
    return result.frame.filter(importer=market)["distance_km"].item()


def test_without_suez_europe_is_farther_and_japan_is_not(open_sea, closed):
    # Shanghai to Rotterdam is about 19,500 and 24,900 km; the mean over five and three main ports is near that.
    assert km(open_sea, "NLD") == pytest.approx(19_500, rel=0.025)
    assert km(closed, "NLD") == pytest.approx(24_900, rel=0.025)
    assert km(closed, "JPN") == km(open_sea, "JPN")
    joined = open_sea.frame.join(closed.frame, on="importer", suffix="_closed")
    assert (joined["distance_km_closed"] >= joined["distance_km"] - 0.002).fill_null(True).all()


def test_the_answer_says_what_was_closed(closed):
    assert closed.parameters["without"] == "suez"
    assert closed.frame.filter(importer="NLD")["distance_km_source"].item() == "sea without suez: ports"
    note = next(note for note in closed.notes if "Suez Canal" in note.en)
    assert "56 are farther" in note.en
    assert "苏伊士运河" in note.zh
    assert "lanes" in {entry["table"] for entry in closed.provenance}


def test_the_advantage_follows_the_distance(open_sea, closed):
    joined = open_sea.frame.join(closed.frame, on="importer", suffix="_closed").filter(importer="NLD")
    assert joined["cda"].item() != pytest.approx(joined["cda_closed"].item(), rel=1e-6)


def test_several_and_a_passage_that_is_closed_anyway(bench, open_sea):
    both = bench.markets("CHN", "2804", distance="sea", without=["panama", "suez"])
    assert both.parameters["without"] == "panama,suez"
    same = bench.markets("CHN", "2804", distance="sea", without="northwest")
    assert same.frame["distance_km"].equals(open_sea.frame["distance_km"])


def test_groups_are_farther_too(bench):
    usual, closed = (bench.products("CHN", "EU27", distance="sea", without=w).frame for w in (None, "suez"))
    assert closed["distance_km"][0] > usual["distance_km"][0] + 3_000


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"without": "suez"}, "without_needs_sea"),
        ({"without": "suez", "distance": "great_circle"}, "without_needs_sea"),
        ({"without": "suze", "distance": "sea"}, "unknown_without"),
        ({"without": [1], "distance": "sea"}, "bad_without"),
    ],
)
def test_what_cannot_be_meant_is_refused(bench, options, code):
    with pytest.raises(InputError) as told:
        bench.markets("CHN", "2804", **options)
    assert (told.value.code, told.value.field) == (code, "without")
    if code == "unknown_without":
        assert told.value.nearest == "suez"
        assert told.value.valid == passages_of(bench.world)


def test_every_passage_has_its_names(bench):
    assert set(passages_of(bench.world)) == set(NAMES)
    assert parse_passages("苏伊士") == "苏伊士"  # not a name of the lanes: refused where the lanes are known
    assert parse_passages("Suez，south-africa、suez") == "south_africa,suez"


def test_the_note_counts_rows_that_have_no_way_left():
    closed, usual = pl.Series([5.0, 9.0, None]).to_numpy(), pl.Series([5.0, 7.0, 4.0]).to_numpy()
    assert "Of 3 rows 1 are farther than with them open, 1 have no way left" in note_of("suez", closed, usual).en
