"""Publishing and reading: what goes in comes out, versions replace each other whole."""

import threading
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from entrepot.core.errors import DataError, EntrepotError, InputError, StoreError
from entrepot.store import DataSetInfo, Store
from entrepot.tables import FLOWS

ORDER = ["year", "product", "exporter", "importer"]


def test_what_goes_in_comes_out(store, world) -> None:
    snapshot = store.snapshot()
    expected = pl.concat(world(year) for year in (2001, 2002, 2003)).sort(ORDER)
    assert_frame_equal(snapshot.flows("small", range(1990, 2030)), expected)
    assert snapshot.default_data == "small"
    assert snapshot.dataset().years == (2001, 2002, 2003)


def test_descriptions_come_back_as_they_were_given(store, info) -> None:
    assert store.snapshot().dataset("small").info == info
    entry = store.snapshot().reference_entry("borders")
    assert entry.sources[0].citation == "The Atlas, 2026"
    assert (entry.complete, entry.note.zh, entry.ref.rows) == (False, "两个", 2)


def test_a_home_with_glob_and_hive_characters_is_only_a_name(tmp_path: Path, world, info) -> None:
    home = tmp_path / "year=1900 [*] ? ünï 商埠"
    store = Store(home)
    with store.publishing() as publication:
        publication.put_flows(info, 2001, world(2001))
    assert store.snapshot().flows("small", [2001])["year"].unique().to_list() == [2001]
    assert store.verify().whole


def test_products_are_beginnings_of_codes(store) -> None:
    snapshot = store.snapshot()
    everything = snapshot.flows("small", [2001])
    for wanted in (["2601"], ["260111"], ["26", "0"], ["2601", "260300", "99"], ["9"], ["2699"], []):
        expected = everything.filter(
            pl.any_horizontal([pl.lit(False), *(pl.col("product").str.starts_with(w) for w in wanted)])
        )
        assert_frame_equal(snapshot.flows("small", [2001], wanted), expected)


def test_an_empty_choice_gives_no_rows_in_canonical_columns(store) -> None:
    snapshot = store.snapshot()
    for frame in (
        snapshot.flows("small", []),
        snapshot.flows("small", [1066]),
        snapshot.flows("small", [2001], None, []),
        snapshot.flows("small", [2001], None, None, ["ZZZ"]),
    ):
        assert frame.is_empty()
        assert dict(frame.schema) == dict(FLOWS.schema)


@pytest.mark.parametrize("product", ["", "26x", "2603001", "2603'; drop table flows; --", "26%", "../..", 2603])
def test_a_product_that_is_no_code_is_refused(store, product) -> None:
    with pytest.raises(InputError) as caught:
        store.snapshot().flows("small", [2001], [product])
    assert caught.value.code == "malformed_product"


def test_an_unknown_economy_is_text_and_nothing_else(store) -> None:
    assert store.snapshot().flows("small", [2001], None, ["' OR 1=1 --"]).is_empty()


def test_an_unknown_data_set_lists_those_there_are(store) -> None:
    with pytest.raises(InputError) as caught:
        store.snapshot().flows("smal", [2001])
    assert caught.value.nearest == "small"
    assert caught.value.valid == ("small",)


def test_an_absent_table_lists_those_there_are(store) -> None:
    with pytest.raises(StoreError, match="borders"):
        store.snapshot().reference("pairs")
    assert not store.snapshot().has_reference("pairs")
    with pytest.raises(StoreError, match="coverage"):
        store.snapshot().data_table("small", "coverage")


@pytest.mark.parametrize("name", ["", "Big", "a b", "../up", "a" * 41, "a/b", "größe", "a\n"])
def test_names_of_data_sets_never_become_something_else(store, world, info, name) -> None:
    renamed = DataSetInfo(**{field: getattr(info, field) for field in info.__slots__} | {"name": name})
    with pytest.raises(InputError) as caught, store.publishing() as publication:
        publication.put_flows(renamed, 2001, world(2001))
    assert caught.value.code == "malformed_name"


def test_a_year_holds_only_its_own_rows(store, world, info) -> None:
    for frame in (world(2002), world(2001).clear(), pl.concat([world(2001), world(2002)])):
        with pytest.raises(DataError) as caught, store.publishing() as publication:
            publication.put_flows(info, 2001, frame)
        assert caught.value.code == "wrong_year"


def test_an_error_while_publishing_changes_nothing(store, world, info) -> None:
    before = store.snapshot().id

    def publish() -> None:
        with store.publishing() as publication:
            publication.put_flows(info, 2001, world(2001, seed=9))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        publish()
    assert store.snapshot().id == before
    assert_frame_equal(store.snapshot().flows("small", [2001]), world(2001).sort(ORDER))


def test_an_os_error_of_the_caller_is_not_blamed_on_the_store(store) -> None:
    with pytest.raises(FileNotFoundError), store.publishing():
        raise FileNotFoundError("the caller's own file")


def test_a_reader_keeps_its_version_while_another_is_published(store, world, info) -> None:
    before = store.snapshot()
    with store.publishing() as publication:
        publication.put_flows(info, 2001, world(2001, seed=9))
    after = store.snapshot()
    assert before.id < after.id
    assert_frame_equal(before.flows("small", [2001]), world(2001).sort(ORDER))
    assert_frame_equal(after.flows("small", [2001]), world(2001, seed=9).sort(ORDER))


def test_publishing_the_same_again_makes_no_new_version(store, world, info) -> None:
    before = store.snapshot().id
    with store.publishing() as publication:
        publication.put_flows(info, 2001, world(2001).sample(fraction=1, shuffle=True, seed=1))
    assert store.snapshot().id == before


def test_removing_the_default_data_set_leaves_none_until_one_is_chosen(store) -> None:
    with store.publishing() as publication:
        publication.remove_dataset("small")
    with pytest.raises(StoreError, match="entrepot data use"):
        store.snapshot().dataset()


def test_new_flows_drop_what_was_derived_from_the_old(store, world, info) -> None:
    coverage = {"year": [2001], "product": ["2603"], "flows": [1], "value_usd": [1.0], "value_with_quantity_usd": [0.0]}
    with store.publishing() as publication:
        publication.put_data_table("small", "coverage", pl.DataFrame(coverage))
    assert store.snapshot().data_table("small", "coverage").height == 1
    with store.publishing() as publication:
        publication.put_flows(info, 2001, world(2001, seed=9))
    assert "coverage" not in store.snapshot().dataset("small").tables


def test_a_second_writer_waits_and_then_says_who_holds_the_store(store) -> None:
    with store.publishing():
        with pytest.raises(StoreError) as caught, Store(store.home).publishing(timeout_s=0.05):
            pass
        assert caught.value.code == "store_locked"
        assert str(store.layout.lock) in caught.value.message.en
    with Store(store.home).publishing(timeout_s=0.05):
        pass


def test_threads_read_the_same(store) -> None:
    snapshot = store.snapshot()
    expected = {year: snapshot.flows("small", [year], ["26"]) for year in (2001, 2002, 2003)}
    wrong: list[object] = []

    def read(seed: int) -> None:
        fresh = Store(store.home)
        for step in range(20):
            year = 2001 + (seed + step) % 3
            source = snapshot if step % 2 else fresh.snapshot()
            if not source.flows("small", [year], ["26"]).equals(expected[year]):
                wrong.append((seed, step))

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_changing_a_frame_that_was_read_changes_nobody_elses(store) -> None:
    snapshot = store.snapshot()
    first = snapshot.flows("small", [2001])
    first[0, "value_usd"] = -1.0
    first.insert_column(0, pl.Series("x", [0] * first.height))
    assert_frame_equal(snapshot.flows("small", [2001]), Store(store.home).snapshot().flows("small", [2001]))


def test_the_memory_of_a_store_is_bounded(store, monkeypatch) -> None:
    cache = store.snapshot()._cache
    monkeypatch.setattr(cache, "_limit", 20_000)
    for year in (2001, 2002, 2003):
        for product in ("0", "26", "27", "99", "2601", "2603"):
            store.snapshot().flows("small", [year], [product])
            assert cache.used_bytes <= 20_000
    assert cache.used_bytes > 0


def test_an_empty_folder_is_no_store_yet(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert not store.exists()
    for read in (store.snapshot, store.verify, store.prune):
        with pytest.raises(StoreError) as caught:
            read()
        assert caught.value.code == "store_absent"
    assert list(tmp_path.iterdir()) == []


def test_the_home_comes_from_the_environment(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "here"))
    assert Store().home == tmp_path / "here"
    monkeypatch.delenv("ENTREPOT_HOME")
    assert Store().home.name == "entrepot"


def test_errors_speak_both_languages(store) -> None:
    with pytest.raises(EntrepotError) as caught:
        store.snapshot().dataset("none")
    assert caught.value.as_dict("zh")["error"]["message"] == "数据仓库中没有数据集 'none'。现有：small。"
