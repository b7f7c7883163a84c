"""Saved weight profiles: whole or not at all, by name only."""

import json

import pytest

from entrepot.core.errors import DataError, InputError
from entrepot.store import Profile, Store


@pytest.fixture
def profiles(tmp_path):
    return Store(tmp_path / "home").profiles


def test_saved_listed_read_and_removed(profiles):
    assert profiles.names() == []
    saved = Profile("my-way_2", {"gap": 2.0}, {"basis": "world"})
    profiles.save(saved)
    profiles.save(Profile("a", {"lpi": 1.0}, {}))
    assert profiles.names() == ["a", "my-way_2"]
    assert profiles.get("my-way_2") == saved
    with pytest.raises(InputError) as caught:
        profiles.save(Profile("a", {"gap": 1.0}, {}))
    assert caught.value.code == "profile_exists"
    assert profiles.get("a").weights == {"lpi": 1.0}
    profiles.save(Profile("a", {"gap": 1.0}, {}), force=True)
    assert profiles.get("a").weights == {"gap": 1.0}
    profiles.remove("a")
    assert profiles.names() == ["my-way_2"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "ü", "x" * 41, "a.json", ".hidden", "a\n"])
def test_a_name_never_becomes_another_path(profiles, tmp_path, name):
    with pytest.raises(InputError) as caught:
        profiles.save(Profile(name, {"gap": 1.0}, {}))
    assert caught.value.code == "bad_profile_name"
    with pytest.raises(InputError) as caught:
        profiles.get(name)
    assert caught.value.code == "unknown_profile"
    with pytest.raises(InputError):
        profiles.remove(name)
    assert list(tmp_path.rglob("*.json")) == []


def test_an_unknown_name_tells_the_nearest(profiles):
    profiles.save(Profile("stability", {"gap": 1.0}, {}))
    with pytest.raises(InputError) as caught:
        profiles.get("stabilty")
    assert caught.value.nearest == "stability"


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": "other", "weights": {}}', '{"format": "entrepot-profile-1"}', "x" * 70_000]
)
def test_a_damaged_profile_is_told(profiles, tmp_path, content):
    profiles.save(Profile("mine", {"gap": 1.0}, {}))
    (tmp_path / "home" / "profiles" / "mine.json").write_text(content)
    with pytest.raises(DataError) as caught:
        profiles.get("mine")
    assert caught.value.code == "bad_profile"


def test_a_failed_write_leaves_the_old_one(profiles, monkeypatch):
    profiles.save(Profile("mine", {"gap": 1.0}, {}))

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("entrepot.store.disk.replace_durably", fail)
    with pytest.raises(Exception) as caught:
        profiles.save(Profile("mine", {"gap": 2.0}, {}), force=True)
    assert caught.type.__name__ == "StoreError"
    assert profiles.get("mine").weights == {"gap": 1.0}
    assert profiles.names() == ["mine"]


def test_the_file_is_plain_json(profiles, tmp_path):
    profiles.save(Profile("mine", {"gap": 1.0}, {"window": 10}))
    told = json.loads((tmp_path / "home" / "profiles" / "mine.json").read_text(encoding="utf-8"))
    assert told == {"format": "entrepot-profile-1", "name": "mine", "weights": {"gap": 1.0}, "options": {"window": 10}}
