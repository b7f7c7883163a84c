import random
import stat
import zipfile
from pathlib import Path

import pytest

from entrepot.core.errors import DataError
from entrepot.sources.archive import entries_of, opened_entry, read_entry


def archive_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"content")
    return path


def test_entries_and_content(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a.zip", "a.csv", "folder/b.csv")
    assert [entry.name for entry in entries_of(path)] == ["a.csv", "folder/b.csv"]
    assert read_entry(path, "a.csv") == b"content"


@pytest.mark.parametrize("name", ["../a.csv", "x/../../a.csv", "/etc/a.csv", "C:/a.csv", "..\\a.csv"])
def test_a_name_that_leaves_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError) as told:
        entries_of(archive_of(tmp_path / "a.zip", "good.csv", name))
    assert told.value.code == "unsafe_entry"


def test_a_link(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(DataError, match="a link"):
        entries_of(tmp_path / "a.zip")


def test_a_bomb(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", bytes(32 * 2**20))
    with pytest.raises(DataError) as told:
        entries_of(tmp_path / "a.zip")
    assert told.value.code == "archive_too_large"


def test_an_entry_larger_than_the_limit(tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        read_entry(archive_of(tmp_path / "a.zip", "a.csv"), "a.csv", limit=3)
    assert told.value.code == "archive_too_large"


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_any_damage_is_told(tmp_path: Path, method: int) -> None:
    """Headers, directory and packed bytes spoilt: a named error or the content, never an error of the unpacker."""
    path, content = tmp_path / "a.zip", b"\n".join(b"%d,%d" % (n, n * n) for n in range(500))
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("données.csv", content)
    whole, told = path.read_bytes(), []
    for seed in range(400):
        dice = random.Random(seed)
        spoilt = bytearray(whole)
        for _ in range(dice.randint(1, 3)):
            # Where the local header, the packed bytes and the directory with its end stand.
            first, last = dice.choice([(0, 60), (60, len(whole) - 140), (len(whole) - 140, len(whole))])
            spoilt[dice.randrange(first, last)] = dice.randrange(256)
        path.write_bytes(bytes(spoilt))
        try:
            for entry in entries_of(path):
                read_entry(path, entry.name)
        except DataError as error:
            told += [error.message]
    assert len(told) > 200
    assert all("a.zip" in said.en and "a.zip" in said.zh for said in told)


def test_a_fault_of_the_reader_is_not_called_damage(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a.zip", "a.csv")
    with pytest.raises(RuntimeError, match="mine"), opened_entry(path, "a.csv"):
        raise RuntimeError("mine")


def test_an_entry_that_is_not_there(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a.zip", "a.csv")
    with pytest.raises(DataError) as told, opened_entry(path, "b.csv"):
        pass
    assert told.value.code == "missing_entry"


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(DataError) as told:
        entries_of(tmp_path / "a.zip")
    assert told.value.code == "bad_archive"
