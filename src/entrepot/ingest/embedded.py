"""The embedded data set: what comes with the program, published into the store when it is not there yet."""

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.demo import FOLDER
from entrepot.ingest.derived import coverage, reporters
from entrepot.store import OtherSchemaStoreError, Progress, Publication, Store
from entrepot.store.manifest import info_of, sources_of

MANIFEST = "manifest.json"
# A first start waits for another first start rather than failing: both end well.
WAIT_S = 300.0


def ensure_published(store: Store, progress: Progress | None = None) -> None:
    """See to it that the store holds the embedded set of this program; cheap when it does.

    An empty store is filled. A store with another edition of the embedded set gets this one, and the user's own data
    sets, tables and choice of default stay. A store of another schema version is built anew if nothing in it is the
    user's own.

    Parameters
    ----------
    store : where to.
    progress : called with steps done and steps in all while there is something to do.

    Raises
    ------
    StoreError
        The store is damaged, locked or not writable; ``store_schema``: it has another schema version and own data.
    DataError
        The files of the program itself are damaged.
    """
    if not _is_published(store):
        _publish(store, progress, only_if_needed=True)


def publish_embedded(store: Store, progress: Progress | None = None) -> None:
    """Publish the embedded set, whether or not the store has it already. See `ensure_published`."""
    _publish(store, progress, only_if_needed=False)


def embedded_table(table: str) -> pl.DataFrame:
    """A reference table as it comes with the program, whatever stands in its place in a store.

    Raises
    ------
    DataError
        The files of the program are damaged.
    """
    content = json.loads(_bytes_of(FOLDER / MANIFEST))
    return _read(next(entry for entry in content["tables"] if entry["table"] == table))


def _is_published(store: Store) -> bool:
    if not store.exists():
        return False
    try:
        return store.snapshot().manifest.embedded == _edition()
    except OtherSchemaStoreError as error:
        if error.embedded_only:
            return False
        raise


def _publish(store: Store, progress: Progress | None, *, only_if_needed: bool) -> None:
    with store.publishing(timeout_s=WAIT_S, rebuild_embedded=True) as publication:
        # Another process may have done it while this one waited for the lock.
        if only_if_needed and publication.base is not None and publication.base.embedded == _edition():
            return
        _put_all(publication, progress or (lambda done, total: None))


def _put_all(publication: Publication, progress: Progress) -> None:
    """Replace everything embedded in the publication by the files of this program; what is the user's own stays."""
    edition = _edition()
    content = json.loads((FOLDER / MANIFEST).read_bytes())
    entries: dict[str, dict[str, Any]] = {entry["table"]: entry for entry in content["tables"]}
    flows_entry = entries.pop("flows")
    info = info_of(content["dataset"]["name"], content["dataset"], sources_of(flows_entry["sources"]))
    flows = _read(flows_entry)
    years = flows.partition_by("year", as_dict=True)
    total = len(entries) + len(years) + 1
    _remove_former(publication)
    done = 0
    for table, entry in entries.items():
        _put_reference(publication, table, entry)
        progress(done := done + 1, total)
    if info.name not in publication.datasets:
        for (year,), frame in sorted(years.items()):
            publication.put_flows(info, int(year), frame, origin="embedded")
            progress(done := done + 1, total)
        publication.put_data_table(info.name, "reporters", reporters(flows))
        publication.put_data_table(info.name, "coverage", coverage(flows))
    if publication.default is None:
        publication.set_default(info.name)
    publication.set_embedded(edition)
    progress(total, total)


def _remove_former(publication: Publication) -> None:
    """Take out what an earlier edition put in: this one may have other tables and other years."""
    for name, dataset in dict(publication.datasets).items():
        if dataset.origin == "embedded":
            publication.remove_dataset(name)
    for table, reference in dict(publication.references).items():
        if reference.origin == "embedded":
            publication.remove_reference(table)


def _put_reference(publication: Publication, table: str, entry: dict[str, Any]) -> None:
    """Put an embedded table, unless the user's own stands in its place."""
    if table not in publication.references:
        publication.put_reference(
            table,
            _read(entry),
            sources=sources_of(entry["sources"]),
            complete=entry["complete"],
            note=Text(entry["note_en"], entry["note_zh"]),
            origin="embedded",
        )


def _read(entry: dict[str, Any]) -> pl.DataFrame:
    """An embedded file, if it is the one that the manifest means."""
    path = FOLDER / entry["file"]
    content = _bytes_of(path)
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise _program_damaged(path)
    return pl.read_parquet(content)


def _edition() -> str:
    """Name of the edition of the embedded set: the hash of its manifest, which holds the hash of every file."""
    return hashlib.sha256(_bytes_of(FOLDER / MANIFEST)).hexdigest()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _program_damaged(path) from error


def _program_damaged(path: Path) -> DataError:
    return DataError(
        "embedded_damaged",
        Text(
            f"The file {path} of the program is missing or not the one that was shipped. Install entrepot again.",
            f"程序文件 {path} 缺失或与发布内容不符。请重新安装 entrepot。",
        ),
    )
