"""The head of a file: all that a reader may look at to tell whether the file is its own."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError
from entrepot.sources.archive import Entry, entries_of, read_start

START_BYTES = 65_536
ZIP_MAGIC = b"PK\x03\x04"
PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class Head:
    """Name, first bytes and, as far as they are cheap to learn, the columns and entries of a file.

    Parameters
    ----------
    path : the file.
    start : its first 64 KiB.
    """

    path: Path
    start: bytes

    @property
    def name(self) -> str:
        """Name of the file in lower case."""
        return self.path.name.lower()

    @property
    def suffix(self) -> str:
        """Suffix in lower case, with the dot."""
        return self.path.suffix.lower()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Entries of a zip archive (a workbook .xlsx is one too); none for any other file or an unsafe archive."""
        if not self.start.startswith(ZIP_MAGIC):
            return ()
        try:
            return entries_of(self.path)
        except DataError:
            return ()

    def entry(self, pattern: str) -> Entry | None:
        """The first entry whose name matches a regular expression as a whole, whatever its case."""
        shape = re.compile(pattern, re.IGNORECASE)
        return next((entry for entry in self.entries if shape.fullmatch(entry.name)), None)

    def entry_lines(self, name: str, count: int = 20) -> list[str]:
        """The first lines of an entry of the archive; none if it cannot be read."""
        try:
            return decoded(read_start(self.path, name, START_BYTES)).splitlines()[:count]
        except DataError:
            return []

    def lines(self, count: int = 20) -> list[str]:
        """The first lines of a text file."""
        return decoded(self.start).splitlines()[:count]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names of a Parquet file or of the first line of a delimited text (comma, semicolon or tab)."""
        if self.start.startswith(PARQUET_MAGIC):
            try:
                return tuple(pl.read_parquet_schema(self.path))
            except (pl.exceptions.PolarsError, OSError):
                return ()
        if self.start.startswith(ZIP_MAGIC):
            return ()
        return columns_of((self.lines(1) or [""])[0])


def head_of(path: Path) -> Head:
    """Open a file just far enough to recognise it."""
    with path.open("rb") as file:
        return Head(path, file.read(START_BYTES))


def separator_of(line: str) -> str:
    """Which of comma, semicolon and tab parts a heading: the most frequent.

    Examples
    --------
    >>> separator_of("iso_o;iso_d;name, as printed")
    ';'
    """
    return max(",;\t", key=line.count)


def columns_of(line: str) -> tuple[str, ...]:
    """Column names of a heading, whatever of comma, semicolon or tab parts them.

    Examples
    --------
    >>> columns_of('"t";"i"; "j"')
    ('t', 'i', 'j')
    """
    try:
        row = next(csv.reader([line], delimiter=separator_of(line), skipinitialspace=True), [])
    except csv.Error:
        return ()
    return tuple(name.strip().strip("\ufeff") for name in row)


def decoded(content: bytes) -> str:
    """Text of bytes that may be cut in the middle of a letter: UTF-8 with or without mark, else Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Cut at the end of the part that was read, or not UTF-8 at all.
        if error.start >= len(content) - 4:
            return content[: error.start].decode("utf-8-sig")
        return content.decode("cp1252", errors="replace")
