"""Cut flows that are sorted by product into blocks of whole products, and run a pure function over the blocks."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from entrepot.cube.cells import Cells

Given = TypeVar("Given")
Made = TypeVar("Made")
Columns = Mapping[str, NDArray[Any]]
BlockFunction = Callable[[Cells, Columns], Columns]

# Flows per block: some 8 to 64 HS4 products of one year. The arrays at work on a block then stay in the processor's cache.
CELLS_PER_BLOCK = 65_536


def cut(product: NDArray[np.integer[Any]], cells_per_block: int = CELLS_PER_BLOCK) -> list[slice]:
    """Slices of whole products, each as many products as fit into `cells_per_block` cells, but at least one.

    Parameters
    ----------
    product : ascending codes, one per cell.

    Raises
    ------
    ValueError
        If the cells are not sorted by product.

    Examples
    --------
    >>> cut(np.array([0, 0, 0, 1, 2, 2]), cells_per_block=3)
    [slice(0, 3, None), slice(3, 6, None)]
    """
    if (product[1:] < product[:-1]).any():
        raise ValueError("the cells are not sorted by product; sort them, so that a product lies in one piece")
    ends = np.flatnonzero(np.diff(product, append=-1)) + 1
    packed = pack(np.diff(ends, prepend=0), cells_per_block)
    return [slice(int(ends[part.start - 1]) if part.start else 0, int(ends[part.stop - 1])) for part in packed]


def pack(sizes: Sequence[int] | NDArray[np.integer[Any]], limit: int) -> list[slice]:
    """Slices of consecutive products, as many as together are no larger than `limit`, but at least one.

    Parameters
    ----------
    sizes : cells of each product.

    Examples
    --------
    >>> pack([3, 1, 2, 9, 1], limit=4)
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None), slice(4, 5, None)]
    """
    total = np.cumsum(sizes)
    edges = [0]
    while edges[-1] < len(total):
        before = total[edges[-1] - 1] if edges[-1] else 0
        edges.append(max(int(np.searchsorted(total, before + limit, side="right")), edges[-1] + 1))
    return [slice(start, end) for start, end in pairwise(edges)]


def made_ahead(make: Callable[[Given], Made], given: Iterable[Given], *, threads: int = 1) -> Iterator[Made]:
    """What `make` gives for each, in order; the next ones are made by other threads while one is used.

    Parameters
    ----------
    threads : how many are made at a time.

    Examples
    --------
    >>> list(made_ahead(abs, [-1, -2, -3], threads=2))
    [1, 2, 3]
    """
    coming: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for one in given:
            coming.append(pool.submit(make, one))
            if len(coming) > threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def run_blocks(
    function: BlockFunction,
    exporter: NDArray[np.integer[Any]],
    importer: NDArray[np.integer[Any]],
    product: NDArray[np.integer[Any]],
    columns: Columns,
    *,
    economies: int,
    cells_per_block: int = CELLS_PER_BLOCK,
    threads: int = 1,
) -> dict[str, NDArray[Any]]:
    """`function` on every block of whole products, its columns put together again in the order of the cells.

    Parameters
    ----------
    function : pure; gets the cells of a block and the block's part of `columns`, returns columns of the same length.
    exporter, importer, product : codes, one per cell, ascending in `product`.
    columns : further arrays, one entry per cell.
    economies : how many economy codes there are.
    threads : blocks at a time. NumPy lets go of the interpreter in most of its loops, but not in np.bincount: two threads
        on two cores are about a quarter quicker than one, and want blocks of 100,000 cells and more.

    Returns
    -------
    What `function` returns, for all cells; empty if there are none. Blocks of any size and any number of threads give the
    same bits, as every sum of a product is taken within one block and in the order of its cells.

    Examples
    --------
    >>> def share(cells, known):
    ...     return {"share": known["value"] / cells.sum_by("importer", known["value"])}
    >>> i, j, p = np.array([0, 1, 0]), np.array([2, 2, 2]), np.array([0, 0, 1])
    >>> run_blocks(share, i, j, p, {"value": np.array([3.0, 1.0, 5.0])}, economies=3)["share"].tolist()
    [0.75, 0.25, 1.0]
    """
    found: dict[str, NDArray[Any]] = {}

    def compute(part: slice) -> tuple[slice, Columns]:
        first, last = int(product[part.start]), int(product[part.stop - 1])
        i, j, p = (codes[part].astype(np.intp) for codes in (exporter, importer, product))
        cells = Cells(i, j, p - first, economies, last - first + 1)
        return part, function(cells, {name: x[part] for name, x in columns.items()})

    def keep(part: slice, block: Columns) -> None:
        for name, x in block.items():
            if name not in found:
                found[name] = np.empty(len(product), x.dtype)
            found[name][part] = x

    parts = cut(product, cells_per_block)
    if threads == 1:
        for part in parts:
            keep(*compute(part))
    else:
        with ThreadPoolExecutor(threads) as pool:
            for part, block in pool.map(compute, parts):
                keep(part, block)
    return found
