import pytest

from entrepot.sources import cepii_geodist
from tests.sources.reference import SAMPLES, changed, dropped, fails, read, real, table


def test_old_codes_are_mapped():
    reading = read(cepii_geodist.PROVIDER, SAMPLES / "dist_cepii.csv")
    frame = table(reading, "pair_facts")
    told = {(r["exporter"], r["importer"]): r for r in frame.iter_rows(named=True)}
    assert set(told) == {("CHL", "ARG"), ("CHL", "SRB"), ("CHL", "MNE"), ("CHL", "COD"), ("PSE", "TLS")}
    assert told["CHL", "ARG"]["km_cepii"] == 1100.25
    assert told["CHL", "ARG"]["common_language"] is True
    assert told["CHL", "MNE"]["note"] == cepii_geodist.FORMER_NOTE
    assert told["CHL", "COD"]["km_cepii"] is None
    assert dropped(reading) == {"own_distance": 1}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("12710.4", "12710,4x", "not_a_number"),
        ("12710.4", "45000", "out_of_range"),
        ("CHL;ARG;1", "CHL;ARG;7", "out_of_range"),
        ("PAL;TMP", "CHL;ARG", "duplicate_rows"),
        (";10120.7;10119", "", "ragged_row"),
    ],
)
def test_bad_files(tmp_path, old, new, code):
    fails(cepii_geodist.PROVIDER, changed(SAMPLES / "dist_cepii.csv", tmp_path, old, new), code)


@pytest.mark.parametrize("name", ["dist_cepii_semicolon.csv", "dist_cepii.dta"])
def test_real_files(name):
    frame = table(read(cepii_geodist.PROVIDER, real(f"geography/{name}")), "pair_facts")
    km = {(r["exporter"], r["importer"]): r["km_cepii"] for r in frame.iter_rows(named=True)}
    assert round(km["CHN", "USA"]) == 11_183
    assert round(km["CHN", "DEU"]) == 8_032
    assert km["MNE", "DEU"] == km["SRB", "DEU"]
    assert len(km) == 225 * 224
