"""A damaged store: one clear error that says what, where and what to do; never a traceback of an engine."""

import errno
import json
import os
import threading
from pathlib import Path

import pytest

from entrepot.core.errors import StoreError
from entrepot.store import OtherSchemaStoreError, Store


def told(action, code: str, *words: object) -> StoreError:
    with pytest.raises(StoreError) as caught:
        action()
    error = caught.value
    assert error.code == code
    for word in words:
        assert str(word) in error.message.en
        assert str(word) in error.message.zh
    return error


def object_of(store: Store, year: int) -> Path:
    return store.layout.object(store.snapshot().dataset("small").flows[year])


def manifest_of(store: Store) -> Path:
    return store.layout.version(store.snapshot().id)


def read_all(store: Store) -> None:
    Store(store.home).snapshot().flows("small", [2001, 2002, 2003])


def test_a_truncated_object(store) -> None:
    path = object_of(store, 2002)
    path.write_bytes(path.read_bytes()[:-7])
    told(lambda: read_all(store), "store_damaged", path, "entrepot data verify")
    found = store.verify()
    assert [finding.part for finding in found.findings] == ["small/flows/2002"]
    assert not found.whole
    # The other years are as whole as they were.
    assert Store(store.home).snapshot().flows("small", [2001]).height > 0


def test_an_empty_object(store) -> None:
    path = object_of(store, 2001)
    path.write_bytes(b"")
    told(lambda: read_all(store), "store_damaged", path)


def test_a_missing_object(store) -> None:
    path = object_of(store, 2003)
    path.unlink()
    told(lambda: read_all(store), "object_missing", path)
    assert [finding.part for finding in store.verify().findings] == ["small/flows/2003"]


def test_a_folder_in_the_place_of_an_object(store) -> None:
    path = object_of(store, 2003)
    path.unlink()
    path.mkdir()
    told(lambda: read_all(store), "store_damaged", path)
    assert not store.verify().whole


def test_an_object_of_other_bytes_of_the_same_length(store) -> None:
    path = object_of(store, 2001)
    path.write_bytes(os.urandom(path.stat().st_size))
    told(lambda: read_all(store), "store_damaged", store.layout.objects)
    assert [finding.part for finding in store.verify().findings] == ["small/flows/2001"]


def test_one_flipped_bit_anywhere_is_found_and_never_a_traceback(store) -> None:
    path = object_of(store, 2001)
    good = path.read_bytes()
    codes = set()
    for position in range(0, len(good), max(1, len(good) // 60)):
        path.write_bytes(good[:position] + bytes([good[position] ^ 0x10]) + good[position + 1 :])
        assert not store.verify().whole
        try:
            read_all(store)
        except StoreError as error:
            codes.add(error.code)
    assert codes == {"store_damaged"}
    path.write_bytes(good)
    assert store.verify().whole


def test_a_parquet_file_of_another_table(store) -> None:
    path, other = object_of(store, 2001), store.layout.object(store.snapshot().reference_entry("borders").ref)
    manifest = manifest_of(store)
    content = json.loads(manifest.read_bytes())
    content["datasets"]["small"]["years"]["2001"]["bytes"] = other.stat().st_size
    manifest.write_text(json.dumps(content))
    path.write_bytes(other.read_bytes())
    told(lambda: read_all(store), "store_damaged")


def test_publishing_again_heals_an_object(store, world, info) -> None:
    path = object_of(store, 2001)
    path.write_bytes(b"gone")
    with Store(store.home).publishing() as publication:
        publication.put_flows(info, 2001, world(2001))
    assert store.verify().whole


@pytest.mark.parametrize("content", [b"", b"\n", b"garbage", b"\xff\xfe\x00", b"../../etc/passwd", b"a" * 5000])
def test_garbage_in_the_pointer(store, content) -> None:
    store.layout.current.write_bytes(content)
    fresh = Store(store.home)
    for action in (fresh.snapshot, fresh.verify, fresh.prune):
        told(action, "store_damaged", store.layout.current)


def test_a_pointer_to_a_version_that_is_not_there(store) -> None:
    store.layout.current.write_text("20200101T000000000000Z-00000000\n")
    told(Store(store.home).snapshot, "store_damaged", "20200101T000000000000Z-00000000.json")


def test_a_pointer_that_is_a_folder(store) -> None:
    store.layout.current.unlink()
    store.layout.current.mkdir()
    told(Store(store.home).snapshot, "store_damaged", store.layout.current)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xff",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": 1, "id": "x", "created": "", "code_version": "", "embedded": null, "default": null,'
        b' "datasets": [], "references": {}}',
        b'{"schema": 1, "id": 7, "created": "", "code_version": "", "embedded": null, "default": null,'
        b' "datasets": {}, "references": {}}',
    ],
)
def test_garbage_in_the_manifest(store, content) -> None:
    path = manifest_of(store)
    path.write_bytes(content)
    fresh = Store(store.home)
    for action in (fresh.snapshot, fresh.verify, fresh.prune):
        told(action, "store_damaged", path)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("datasets", "small", "years", "2001", "object"), "../../../etc/passwd"),
        (("datasets", "small", "years", "2001", "rows"), None),
        (("datasets", "small", "years"), {"MMI": {}}),
        (("datasets", "small", "origin"), "stolen"),
        (("datasets", "small", "sources"), [{"nom": "x"}]),
        (("default",), "other"),
        (("references", "borders", "sources"), 7),
        (("id",), "20200101T000000000000Z-00000000"),
    ],
)
def test_one_bad_part_of_the_manifest(store, where, value) -> None:
    path = manifest_of(store)
    content = json.loads(path.read_bytes())
    part = content
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    path.write_text(json.dumps(content))
    told(Store(store.home).snapshot, "store_damaged", path)


def test_another_schema_version_is_refused_with_the_remedy(store) -> None:
    path = manifest_of(store)
    content = json.loads(path.read_bytes()) | {"schema": 99, "code_version": "7.0"}
    path.write_text(json.dumps(content))
    fresh = Store(store.home)
    for action in (fresh.snapshot, fresh.verify, fresh.prune):
        error = told(action, "store_schema", store.home, 99, "7.0", "ENTREPOT_HOME")
        assert isinstance(error, OtherSchemaStoreError)
        assert not error.embedded_only
    with pytest.raises(OtherSchemaStoreError), fresh.publishing(rebuild_embedded=True):
        pass


def test_the_home_is_a_file(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a store")
    for place in (home, home / "below"):
        store = Store(place)
        told(store.snapshot, "store_not_folder", place, "ENTREPOT_HOME")
        told(lambda store=store: store.publishing().__enter__(), "store_not_folder", place, "ENTREPOT_HOME")
    assert home.read_text() == "not a store"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nobody may write")
def test_the_home_cannot_be_written() -> None:
    store = Store("/proc/self/entrepot")
    told(lambda: store.publishing().__enter__(), "store_not_usable", "/proc/self/entrepot", "ENTREPOT_HOME")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_store_is_read_but_not_written(store) -> None:
    for folder in (store.home, store.layout.objects, store.layout.versions):
        folder.chmod(0o555)
    try:
        read_all(store)
        told(lambda: store.publishing().__enter__(), "store_not_usable", store.home)
    finally:
        for folder in (store.home, store.layout.objects, store.layout.versions):
            folder.chmod(0o755)


@pytest.mark.parametrize("where", ["polars.DataFrame.write_parquet", "pathlib.Path.write_bytes", "os.fsync"])
def test_a_full_disk_is_told_and_changes_nothing(store, world, info, monkeypatch, where) -> None:
    before = store.snapshot().id

    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def publish() -> None:
        with store.publishing() as publication:
            publication.put_flows(info, 2001, world(2001, seed=5))

    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        told(publish, "store_not_usable", store.home, "No space left")
    assert Store(store.home).snapshot().id == before
    assert list(store.home.rglob(".tmp-*")) == []
    assert store.verify().whole


def test_threads_that_meet_damage_all_hear_of_it(store) -> None:
    object_of(store, 2001).unlink()
    heard = []

    def read() -> None:
        try:
            store.snapshot().flows("small", [2001])
        except StoreError as error:
            heard.append(error.code)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == ["object_missing"] * 6
