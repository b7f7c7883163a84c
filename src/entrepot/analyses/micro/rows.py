"""Rows that may be more than memory holds: kept in parts, told of as a Result without them."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.analyses.families import nulls
from entrepot.analyses.micro.intake import Intake, Progress
from entrepot.analyses.micro.options import MicroOptions
from entrepot.analyses.result import Result
from entrepot.core.missing import Reason
from entrepot.core.text import Text


@dataclass(frozen=True)
class Answer:
    """Rows that may be more than memory holds, and all that is said about them.

    Parameters
    ----------
    rows : the rows in order; lasts as long as the context that gave it.
    about : the Result without its rows.
    """

    rows: pl.LazyFrame
    about: Result

    def collected(self) -> Result:
        """The whole Result, in memory."""
        frame = self.rows.collect()
        return replace(self.about, frame=frame, missing=nulls(frame, reasons_of(self.about)))


def reasons_of(about: Result) -> dict[str, Reason]:
    """Columns that are null because a table was not supplied."""
    return dict.fromkeys(about.parameters.get("not_loaded", ()), "not_loaded")


class Parts:
    """Rows of one block after the other: in memory while there is one, in files of a temporary folder beyond."""

    def __enter__(self) -> "Parts":
        self._folder = tempfile.TemporaryDirectory(prefix="entrepot-rows-")
        self._only: pl.DataFrame | None = None
        self._paths: list[Path] = []
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def add(self, frame: pl.DataFrame) -> None:
        """Rows that follow those before."""
        if self._only is None and not self._paths:
            self._only = frame
            return
        for held in (self._only, frame):
            if held is not None:
                self._paths.append(Path(self._folder.name) / f"{len(self._paths):05d}.parquet")
                held.write_parquet(self._paths[-1], compression="lz4")
        self._only = None

    def lazy(self) -> pl.LazyFrame:
        """All rows in order."""
        return pl.scan_parquet(self._paths) if self._only is None else self._only.lazy()


@dataclass(frozen=True)
class Steps:
    """The bar's progress through the blocks."""

    progress: Progress | None
    options: MicroOptions

    def of(self, label: Text, start: float, part: float, intake: Intake) -> Any:
        """What to call with the number of each block that is done."""
        blocks = len(intake.spool.ranges())

        def step(number: int) -> None:
            if self.progress is not None:
                self.progress(label.say(self.options.lang), min(start + part * (number + 1) / blocks, 1.0))

        return step
