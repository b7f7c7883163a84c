"""DESTA's list of treaties in both layouts: who is with whom, from when, and who left."""

from datetime import date

import pytest

from entrepot.sources import desta
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, rows_of, table, workbook

LIST = SAMPLES / "desta_members.csv"
DYADS = SAMPLES / "desta_dyads_02_02.csv"


@pytest.fixture
def reading():
    return read(desta.PROVIDER, LIST)


def spells(frame, treaty):
    rows = frame.filter(agreement=f"DESTA-{treaty}")
    return {
        (row["exporter"], row["importer"]): (row["since"].year, row["until"].year if row["until"] else None)
        for row in rows.iter_rows(named=True)
    }


def both_ways(spells):
    return spells | {(other, one): days for (one, other), days in spells.items()}


def test_sides_decide_who_is_with_whom(reading):
    frame = table(reading, "agreements")
    assert spells(frame, 1) == both_ways({("CHL", "CHN"): (2006, None)})
    # A third country and a group, and two groups: only across. Number 900 (Kosovo there) is unknown.
    assert spells(frame, 3) == both_ways({("PER", "NOR"): (2011, None), ("PER", "CHE"): (2011, None)})
    across = [("BOL", "ARG"), ("BOL", "URY"), ("COL", "ARG"), ("COL", "URY")]
    assert spells(frame, 4) == both_ways(dict.fromkeys(across, (2000, None)))


def test_accession_and_withdrawal(reading):
    # Three from 1991; Poland accedes (no year of entry into force: that of signature); Lithuania leaves all of them.
    assert spells(table(reading, "agreements"), 2) == both_ways(
        {
            ("EST", "LVA"): (1991, None),
            ("EST", "LTU"): (1991, 1999),
            ("LVA", "LTU"): (1991, 1999),
            ("EST", "POL"): (1994, None),
            ("LVA", "POL"): (1994, None),
            ("LTU", "POL"): (1994, 1999),
        }
    )
    assert any("1 accessions have no year" in said.en for said in reading.report.warnings)


def test_what_is_left_out_is_counted(reading):
    assert dropped(reading) == {
        "negotiation": 1, "amendment": 1, "unknown_economy": 1, "not_in_force": 1, "no_treaty": 1
    }  # fmt: skip
    assert not reading.tables[0].complete


def test_names_and_kinds(reading):
    frame = table(reading, "agreements").group_by("agreement").first()
    told = {row["agreement"]: (row["name_zh"], row["kind"]) for row in frame.iter_rows(named=True)}
    assert told["DESTA-1"] == ("智利—中国贸易协定", "FTA")
    assert told["DESTA-2"] == ("Northern Customs Union", "CU")
    assert told["DESTA-7"][1] == "PTA"


def test_the_list_by_pairs_says_the_same(reading, tmp_path):
    by_pairs = read(desta.PROVIDER, DYADS)
    assert by_pairs.edition == "2.2"
    for treaty in (1, 2):
        assert spells(table(by_pairs, "agreements"), treaty) == spells(table(reading, "agreements"), treaty)
    book = workbook(tmp_path / "desta_list_of_treaties_02_02_dyads.xlsx", {"data": rows_of(DYADS.name)})
    assert table(read(desta.PROVIDER, book), "agreements").equals(table(by_pairs, "agreements"))


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (";2005;2006;", ";2005;soon;", "not_a_year", ("line 2", "entryforceyear")),
        ('"base_treaty";0;2005', '"treaty";0;2005', "unknown_entry", ("line 2", "entry_type")),
        ("152;156;NA;NA;0;0;NA;NA", "152;156", "ragged_row", ("line 2",)),
    ],
)
def test_bad_lists(tmp_path, old, new, code, words):
    fails(desta.PROVIDER, changed(LIST, tmp_path, old, new), code, *words)


def test_the_real_list():
    frame = table(read(desta.PROVIDER, real("agreements/DESTA_treaties_members_wide.csv")), "agreements")
    assert spells(frame, 149)[("AUT", "BGR")] == (1993, 1994)  # EFTA and Bulgaria; Austria left EFTA
    assert spells(frame, 22)[("BRA", "VEN")][1] == 2006  # the Andean Community with Brazil; Venezuela left
    china = frame.filter(exporter="CHN", importer="NZL").row(0, named=True)
    assert (china["since"], china["name_zh"]) == (date(2008, 1, 1), "中国—新西兰贸易协定")
