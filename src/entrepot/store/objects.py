"""Objects: immutable Parquet files named by their content.

Reading goes through Polars and not through DuckDB. Timed on 2 cores over the same files, neither side sorting: one
product in ten years of the embedded set about 8 ms against 10, hardly a difference; one product of a made-up world
year of 11 million HS6 flows 5 ms against 28, the whole of that year 0.37 s against 1.1. A fresh process spends 125 ms
or more on loading DuckDB and connecting, and its own way to Polars needs pyarrow, which is no base dependency. No
query is ever text.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Literal

import polars as pl

from entrepot.core.text import Text
from entrepot.store.disk import replace_durably, sha256_of, temporary_beside
from entrepot.store.layout import Layout
from entrepot.store.manifest import ObjectRef
from entrepot.store.problems import damaged, object_missing, reading_told, writing_told

# Row groups are what a range of products is picked by. Smaller ones cost more to list than they save.
ROW_GROUP = 16_384


def write_object(layout: Layout, frame: pl.DataFrame, compression: Literal["zstd", "lz4"] = "zstd") -> ObjectRef:
    """Write a frame as an object; the same frame gives the same object.

    The name of the file is on the disk only after the folder has been synced too, which a publication does once.
    An object that stands there already is replaced by its equal: if it was damaged, it is whole again.
    """
    temporary = temporary_beside(layout.objects)
    try:
        with writing_told(layout.home, Text("write", "写入")):
            frame.write_parquet(temporary, compression=compression, row_group_size=ROW_GROUP, statistics=True)
            ref = ObjectRef(sha256_of(temporary), frame.height, temporary.stat().st_size)
            replace_durably(temporary, layout.object(ref))
    finally:
        temporary.unlink(missing_ok=True)
    return ref


def scan_objects(layout: Layout, refs: Sequence[ObjectRef]) -> pl.LazyFrame:
    """The rows of several objects of one table, one after the other.

    Raises
    ------
    StoreError
        ``object_missing`` or ``store_damaged`` where a file is absent or not of its size.
    """
    paths = [layout.object(ref) for ref in refs]
    for path, ref in zip(paths, refs, strict=True):
        check_size(path, ref)
    # The home is the user's choice: brackets or "year=2024" in its path are a name, not a pattern.
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)


def check_size(path: Path, ref: ObjectRef) -> None:
    """Refuse an object that is absent or cut short; a look at the folder costs nothing."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise object_missing(path) from error
    if size != ref.bytes:
        why = Text(f"{size:,} bytes instead of {ref.bytes:,}", f"大小为 {size:,} 字节，应为 {ref.bytes:,}")
        raise damaged(path, why)


def collect(frame: pl.LazyFrame, where: Path) -> pl.DataFrame:
    """Run a read; whatever goes wrong inside the engine is told as damage of the store."""
    with reading_told(where):
        return frame.collect()


class FrameCache:
    """Frames read from objects, the most recently used first to stay, within a bound of memory.

    Keys are made of object hashes, so that an entry can never be out of date. Threads may share it.

    Parameters
    ----------
    limit_bytes : sum of the estimated sizes of the frames kept.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._frames: OrderedDict[object, tuple[pl.DataFrame, int]] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def get(self, key: object, read: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """The frame under the key, read if need be. The caller gets a frame of its own over shared columns."""
        with self._lock:
            if (found := self._frames.get(key)) is not None:
                self._frames.move_to_end(key)
                return found[0].clone()
        # Read outside the lock: two threads may read the same frame once, none waits for another's frame.
        frame = read()
        size = int(frame.estimated_size())
        with self._lock:
            if size <= self._limit and key not in self._frames:
                self._frames[key] = (frame, size)
                self._used += size
                while self._used > self._limit:
                    _, (_, freed) = self._frames.popitem(last=False)
                    self._used -= freed
        return frame.clone()

    @property
    def used_bytes(self) -> int:
        """Estimated size of what is kept."""
        return self._used
