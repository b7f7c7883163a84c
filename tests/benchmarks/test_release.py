"""Reading a release holds one year in memory, however many years it has; the release that is made up for it is sound."""

import zipfile

import pytest

pytest.importorskip("pyarrow", reason="benchmarks need the packages of the extra 'dev'")

from benchmarks.ingest import run_way, world_of
from benchmarks.release import write_release

LATER = 9  # further years, so many that holding them could not pass for chance


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    world, codes, products = world_of(products=110)
    written = {}
    for years in (1, LATER + 1):
        path = folder / f"BACI_HS92_V2099{years:02d}.zip"
        written[years] = path, write_release(path, world, range(2000, 2000 + years), codes, products)
    return written


def test_every_row_of_a_made_up_release_is_read(releases):
    path, rows = releases[LATER + 1]
    with zipfile.ZipFile(path) as archive:
        years = [name for name in archive.namelist() if "_Y" in name]
        assert sum(archive.read(name).count(b"\n") - 1 for name in years) == rows
    assert len(years) == LATER + 1


def test_memory_is_that_of_one_year(releases):
    # The peak of one run is up to 50 MiB above that of another on a busy machine: the least of several is what it needs.
    told = {
        years: min((run_way("entrepot", path) for _ in range(3)), key=lambda one: one["gib"])
        for years, (path, _) in releases.items()
    }
    rows = {years: wrote for years, (_, wrote) in releases.items()}
    assert {years: one["rows"] for years, one in told.items()} == rows
    assert rows[LATER + 1] > 0.98 * (LATER + 1) * rows[1] > 1_000_000
    # A row is some 60 bytes on its way. The further years may add a third of what they would take if all were held.
    held = 60 * (rows[LATER + 1] - rows[1]) / 2**30
    assert told[LATER + 1]["gib"] - told[1]["gib"] < held / 3
