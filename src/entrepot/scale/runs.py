"""More rows than memory holds, put in order: sorted runs on disk, merged a range at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.scale.blocks import pack

ROWS_PER_BATCH = 32_768  # what is read of a run at least


class Runs:
    """Takes frames in any order and gives their rows back in the order of a whole number, some at a time.

    Where `Spool` gives back whole products in no order within, this gives a strict order, and reads no row twice.

    Parameters
    ----------
    new_file : gives a fresh path for each run; the files are deleted on leaving the context.
    key : column of whole numbers from 0.
    width : keys with the same key // width stay together.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with Runs(lambda: folder / str(len(list(folder.iterdir()))), "key", 10) as runs:
    ...     runs.add(pl.DataFrame({"key": [12, 3, 25]}))
    ...     runs.add(pl.DataFrame({"key": [4, 11]}))
    ...     [block["key"].to_list() for block in runs.blocks(rows=2)]
    [[3, 4], [11, 12], [25]]
    """

    def __init__(self, new_file: Callable[[], Path], key: str, width: int) -> None:
        self._new_file, self._key, self._width = new_file, key, width
        self._runs: list[tuple[Path, NDArray[np.intp]]] = []

    def __enter__(self) -> "Runs":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for path, _ in self._runs:
            path.unlink(missing_ok=True)

    @property
    def rows(self) -> int:
        """Rows taken so far."""
        return sum(int(counts.sum()) for _, counts in self._runs)

    def add(self, frame: pl.DataFrame) -> None:
        """Take a frame; all have the same columns."""
        path = self._new_file()
        self._runs.append((path, np.bincount(frame[self._key].to_numpy() // self._width)))
        frame.sort(self._key).write_ipc(path, record_batch_size=ROWS_PER_BATCH)

    def blocks(self, rows: int) -> Iterator[pl.DataFrame]:
        """The rows in order, in blocks of at most `rows` unless more of them must stay together."""
        most = max((len(counts) for _, counts in self._runs), default=0)
        ends = [np.cumsum(np.pad(counts, (0, most - len(counts)))) for _, counts in self._runs]
        for part in pack(np.diff(np.sum(ends, axis=0), prepend=0) if ends else [], rows):
            pieces = []
            for (path, _), end in zip(self._runs, ends, strict=True):
                start = int(end[part.start - 1]) if part.start else 0
                pieces.append(pl.scan_ipc(path).slice(start, int(end[part.stop - 1]) - start))
            block = pl.concat(pieces).collect().sort(self._key)
            if block.height:
                yield block
