"""More rows than memory holds, in blocks of whole products: runs sorted by product on disk, read back a range at a time."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import polars as pl

from entrepot.scale.blocks import pack

# Rows in memory at a time: 100 to 200 MB of declarations. A product with more comes in one block all the same.
ROWS_PER_BLOCK = 1_500_000
ROWS_PER_GROUP = 32_768  # small enough that a range of products touches few groups of a run


class Spool:
    """Takes frames in any order and any number, gives them back as blocks of whole products in the products' order.

    Parameters
    ----------
    rows_per_block : rows in memory at a time; by : column of text that takes the products' place.

    Frames that fit one block stay in memory. More go to Parquet files in a temporary folder, each sorted by product, so
    that reading a range of products reads little else; the folder is removed on leaving the context.

    Examples
    --------
    >>> with Spool() as spool:
    ...     spool.add(pl.DataFrame({"product": ["b", "a"], "x": [1, 2]}))
    ...     spool.add(pl.DataFrame({"product": ["a"], "x": [3]}))
    ...     [block["x"].sort().to_list() for block in spool.blocks(rows_per_block=1)]
    [[2, 3], [1]]
    """

    def __init__(self, rows_per_block: int = ROWS_PER_BLOCK, *, by: str = "product") -> None:
        self._rows_per_block, self._by = rows_per_block, by
        self._held: list[pl.DataFrame] = []
        self._counts: Counter[str] = Counter()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.clear()
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def rows(self) -> int:
        """Rows taken so far."""
        return self._counts.total()

    def add(self, frame: pl.DataFrame) -> None:
        """Take a frame; its columns are those of the first one, `product` among them."""
        if frame.is_empty():
            return
        self._counts.update(dict(frame[self._by].value_counts().iter_rows()))
        self._held.append(frame)
        if sum(held.height for held in self._held) >= self._rows_per_block:
            self._write()

    def leave_out(self, products: Iterable[str]) -> None:
        """Give back no rows of these products."""
        for product in products:
            self._counts.pop(product, None)

    def _write(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="entrepot-spool-")
        path = Path(self._folder.name) / f"run-{len(self._runs)}.parquet"
        pl.concat(self._held).sort(self._by).write_parquet(path, compression="lz4", row_group_size=ROWS_PER_GROUP)
        self._runs.append(path)
        self._held.clear()

    def ranges(self, rows_per_block: int | None = None) -> list[tuple[str, str, int]]:
        """First and last product and rows of each block."""
        products = sorted(self._counts)
        rows = [self._counts[product] for product in products]
        return [
            (products[part.start], products[part.stop - 1], sum(rows[part]))
            for part in pack(rows, rows_per_block or self._rows_per_block)
        ]

    def blocks(self, rows_per_block: int | None = None) -> Iterator[pl.DataFrame]:
        """The rows in blocks of whole products, as many as fit into `rows_per_block` but at least one product."""
        products = sorted(self._counts)
        for first, last, _ in self.ranges(rows_per_block):
            wanted = pl.col(self._by).is_between(pl.lit(first), pl.lit(last))
            listed = [product for product in products if first <= product <= last]
            wanted &= pl.col(self._by).is_in(listed)
            parts = [frame.filter(wanted) for frame in self._held]
            if self._runs:
                parts.append(pl.scan_parquet(self._runs).filter(wanted).collect(engine="streaming"))
            yield pl.concat(parts)
