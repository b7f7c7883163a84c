"""A simulated customs world written product by product, so that one of any size never has to be held."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.analyses.micro.rows import Parts
from entrepot.analyses.simulation.customs import product_worlds
from entrepot.analyses.simulation.customs_plan import Plan, cast_of
from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.report.target import check_folder, check_path, replace_file

FLOWS = (".parquet", ".csv")
TRUTH = ("cells.parquet", "firms.parquet", "regions.csv", "parameters.json")
ROWS_AT_ONCE = 500_000


def save_world(
    plan: Mapping[str, Any],
    out: Path,
    truth: Path | None = None,
    *,
    force: bool = False,
    progress: Callable[[str, float], None] | None = None,
) -> int:
    """Write the declarations of a world, and the truth behind them; give the number of declarations.

    Parameters
    ----------
    plan : see `entrepot.analyses.simulation.simulate_customs`.
    out : .parquet or .csv.
    truth : folder for cells.parquet, firms.parquet, regions.csv and parameters.json; made if it is not there.

    Raises
    ------
    InputError, DataError
        For a number out of bounds, an unknown suffix, a file that is there (without `force`), a missing folder.
    """
    made = Plan.of(**plan)
    check_path(out, FLOWS, force=force)
    if truth is not None and not truth.exists():
        check_folder(truth)
        _make(truth)
    elif truth is not None:
        for name in TRUTH:
            check_path(truth / name, (Path(name).suffix,), force=force)
    cast = cast_of(made)
    with Parts() as flows, Parts() as firms:
        cells, held, rows, clipped = [], _Gathered(flows), 0, 0
        for number, part in enumerate(product_worlds(made, cast)):
            held.add(part.flows)
            rows += part.flows.height
            cells.append(part.cells)
            clipped += part.clipped
            if truth is not None:
                firms.add(part.firms)
            if progress is not None:
                progress(part.flows["product"][0], (number + 1) / made.products)
        held.flush()
        if out.suffix.lower() == ".csv":
            replace_file(out, lambda draft: flows.lazy().sink_csv(draft, include_bom=True, quote_style="non_numeric"))
        else:
            replace_file(out, lambda draft: flows.lazy().sink_parquet(draft, compression="zstd"))
        if truth is not None:
            replace_file(truth / TRUTH[0], lambda draft: pl.concat(cells).write_parquet(draft))
            replace_file(truth / TRUTH[1], lambda draft: firms.lazy().sink_parquet(draft))
            replace_file(truth / TRUTH[2], lambda draft: cast.regions.write_csv(draft, quote_style="non_numeric"))
            replace_file(truth / TRUTH[3], lambda draft: _json(draft, {**made.as_dict(), "clipped": clipped}))
    return rows


def _make(folder: Path) -> None:
    """Make the folder now: who may not should not wait for the world first."""
    try:
        folder.mkdir()
    except OSError as why:
        reason = why.strerror or type(why).__name__
        raise DataError(
            "not_written",
            Text(f"{str(folder)!r} cannot be made ({reason}).", f"无法创建 {str(folder)!r}（{reason}）。"),
            field="out",
        ) from why


class _Gathered:
    """Small products put together before they become a part."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._held, self._rows = parts, [], 0  # type: Parts, list[pl.DataFrame], int

    def add(self, frame: pl.DataFrame) -> None:
        self._held.append(frame)
        self._rows += frame.height
        if self._rows >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self._held:
            self._parts.add(pl.concat(self._held))
        self._held, self._rows = [], 0


def _json(path: Path, value: Mapping[str, Any]) -> None:
    import orjson

    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))
