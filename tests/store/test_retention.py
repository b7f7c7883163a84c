"""Pruning deletes what no kept version needs, and nothing else."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from entrepot.core.errors import StoreError
from entrepot.store import Store


def publish(store: Store, world, info, *seeds: int) -> list[str]:
    versions = []
    for seed in seeds:
        with store.publishing() as publication:
            publication.put_flows(info, 2001, world(2001, seed=seed))
        versions.append(store.snapshot().id)
    return versions


def versions_of(store: Store) -> list[str]:
    return sorted(path.stem for path in store.layout.versions.iterdir())


def age(store: Store, version: str, hours: float) -> None:
    path = store.layout.version(version)
    content = json.loads(path.read_bytes())
    content["created"] = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
    path.write_text(json.dumps(content))


def test_young_versions_stay(store, world, info) -> None:
    publish(store, world, info, 1, 2, 3)
    assert store.prune().versions == ()
    assert len(versions_of(store)) == 4


def test_the_current_version_and_the_one_before_stay_whatever_their_age(store, world, info) -> None:
    first = store.snapshot().id
    second, third, fourth = publish(store, world, info, 1, 2, 3)
    for version in (first, second, third, fourth):
        age(store, version, 1000)
    objects = set(store.layout.objects.iterdir())
    pruned = Store(store.home).prune()
    assert pruned.versions == (first, second)
    assert versions_of(store) == [third, fourth]
    # 2001 of the first two versions; everything else is shared with the ones that stay.
    assert pruned.objects == 2
    assert pruned.bytes > 0
    assert len(objects - set(store.layout.objects.iterdir())) == 2
    assert Store(store.home).verify().whole


def test_an_old_version_that_is_held_young_keeps_its_objects(store, world, info) -> None:
    held = store.snapshot()
    publish(store, world, info, 1, 2, 3)
    store.prune(older_than_hours=1)
    assert held.flows("small", [2001]).height > 0


def test_a_reader_of_a_pruned_version_is_told_to_start_again(store, world, info) -> None:
    held = store.snapshot()
    publish(store, world, info, 1, 2)
    store.prune(older_than_hours=0)
    with pytest.raises(StoreError, match="Start the program again") as caught:
        held.flows("small", [2001])
    assert caught.value.code == "object_missing"


def test_nothing_is_pruned_beside_a_version_that_cannot_be_read(store, world, info) -> None:
    first = store.snapshot().id
    publish(store, world, info, 1, 2, 3)
    store.layout.version(first).write_text("{")
    before = set(store.layout.objects.iterdir())
    with pytest.raises(StoreError, match=first):
        store.prune(older_than_hours=0)
    assert set(store.layout.objects.iterdir()) == before


def test_pruning_waits_for_a_writer(store) -> None:
    with store.publishing(), pytest.raises(StoreError) as caught:
        Store(store.home).prune(timeout_s=0.05)
    assert caught.value.code == "store_locked"


def test_strange_files_among_the_versions_are_left_alone(store) -> None:
    strange = store.layout.versions / "notes.json"
    strange.write_text("{")
    store.prune(older_than_hours=0)
    assert strange.exists()
