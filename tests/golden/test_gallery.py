"""The gallery is what the program says: its page and pictures made again, and its questions asked of providers' own files."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from entrepot.workbench import Workbench, open_workbench
from tools.gallery import embedded, real
from tools.gallery.__main__ import DOCS, differences

TRADE = Path(__file__).resolve().parents[3] / "shared" / "data" / "trade"


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench()


def test_the_page_and_its_pictures_are_what_the_program_says(bench):
    assert differences(bench) == [], "run: python -m tools.gallery"


def test_every_picture_of_the_page_is_there_and_valid():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for picture in (DOCS / "pictures").glob("gallery-*.svg"):
        assert f"pictures/{picture.name}" in page
        drawn = picture.read_text(encoding="utf-8")
        ElementTree.fromstring(drawn)
        assert embedded.SOURCE in drawn, "no version of a store, which would differ from run to run"


def test_what_is_not_there_is_said(bench, tmp_path):
    pages = [page for page, _ in real.answers(bench, tmp_path)]
    assert len(pages) == 3
    assert all("Skipped" in page for page in pages)


@pytest.mark.parametrize("file", [real.FISH, real.COMEXT, real.HS4], ids=lambda file: file.parts[0])
def test_the_questions_on_providers_own_files(file, tmp_path):
    if not (TRADE / file).exists():
        pytest.skip(f"no real file: {file} is not in the folder of trade data beside the project")
    bench = open_workbench(tmp_path / "home")
    tell = {real.FISH: real.fish, real.COMEXT: real.comext, real.HS4: real.hs4}[file]
    page, pictures = tell(bench, TRADE / file)
    assert pictures
    for text in pictures.values():
        tree = ElementTree.fromstring(text)
        assert len(list(tree.iter())) > 30, "something is drawn"
    if file == real.FISH:
        assert "told by both sides" in page
        _check_power(bench, "gallery-fish")
    elif file == real.COMEXT:
        overlaps = [float(line.split("|")[2].strip(" %")) for line in page.splitlines() if line.count("%") == 1]
        assert all(0 < one < 100 for one in overlaps)
    else:
        # 23 × 22 pairs and all headings: whatever is exported is imported inside.
        frame = bench.power(years=1990, data="gallery-hs4", level=4).frame
        assert frame["tlc_all"].sum() == pytest.approx(1)
        _check_power(bench, "gallery-hs4", level=4)


def _check_power(bench: Workbench, data: str, **options: int) -> None:
    """The identities of the method on data that nobody has tidied."""
    total = bench.power(data=data, **options).frame
    for column in ("tlc_export", "tlc_import", "tpi_import"):
        assert total[column].sum() == pytest.approx(1)
    assert total["tpi_export"].sum() > 1
