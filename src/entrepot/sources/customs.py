"""Customs micro-data of any country, read in pieces: CSV, Parquet or Stata, or a frame, to canonical `firm_flows`."""

import codecs
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyreadstat

from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.sources.columns import NOTHING, Place
from entrepot.sources.customs_mapping import NAME, CustomsMapping
from entrepot.sources.customs_rows import Losses, canonical_rows
from entrepot.sources.report import ReadReport
from entrepot.tables.firm_flows import NULLABLE, SCHEMA

PROVIDER = "Customs declarations"
ROWS_AT_ONCE = 500_000
STATA_ROWS_AT_ONCE = 250_000
SUFFIXES = (".parquet", ".csv", ".txt", ".tsv", ".dta")
OPTIONAL = (*sorted(NULLABLE), "flow")


class CustomsReading:
    """One reading: iterate over it for canonical frames, ask for the report afterwards.

    Parameters
    ----------
    data : path of a file, or a frame.
    mapping : how its columns become canonical ones.
    concordances : canonical table of correspondences between vintages of the HS, if the mapping asks for a vintage.

    Raises
    ------
    InputError, DataError
        ``unknown_suffix``, ``unreadable_file``, ``missing_column``, ``no_rows``: before or while reading.

    Examples
    --------
    >>> rows = {
    ...     "year": [2010],
    ...     "firm": ["a"],
    ...     "region": ["11"],
    ...     "product": ["8501"],
    ...     "destination": ["USA"],
    ...     "value_usd": [5.0],
    ...     "quantity": [0.0],
    ... }
    >>> from entrepot.sources.customs_mapping import CANONICAL
    >>> reading = CustomsReading(pl.DataFrame(rows), CANONICAL)
    >>> [frame.select("flow", "quantity").row(0) for frame in reading]
    [('export', None)]
    >>> reading.report.dropped[0].reason
    'no_quantity'
    """

    def __init__(
        self, data: Path | pl.DataFrame, mapping: CustomsMapping, concordances: pl.DataFrame | None = None
    ) -> None:
        self._data, self._mapping, self._concordances = data, mapping, concordances
        self._place = Place(PROVIDER, data if isinstance(data, Path) else Path("frame"))
        self._losses = Losses()
        self._read = self._kept = 0
        if isinstance(data, Path) and data.suffix.lower() not in SUFFIXES:
            listed = ", ".join(SUFFIXES)
            raise InputError(
                "unknown_suffix",
                Text(
                    f"{data.name!r} is no file of a known format. Valid: {listed}.",
                    f"{data.name!r} 的格式未知。可用：{listed}。",
                ),
                field="file",
                valid=SUFFIXES,
            )

    def __iter__(self) -> Iterator[pl.DataFrame]:
        with _pieces(self._data, self._place) as pieces:
            for piece in pieces:
                self._read += piece.height
                renamed = self._renamed(piece)
                rows = canonical_rows(renamed, self._mapping, self._concordances, self._losses)
                self._kept += rows.height
                yield rows
        if not self._read:
            raise self._place.fault("no_rows", Text("no rows below the heading", "表头之下没有数据"))

    @property
    def report(self) -> ReadReport:
        """What became of every row read so far."""
        return self._losses.report(PROVIDER, self._place.path.name, self._mapping.name, self._read, self._kept)

    def _renamed(self, piece: pl.DataFrame) -> pl.DataFrame:
        """The columns that the mapping names, as text, under canonical names."""
        mapping, found = self._mapping, {}
        for column, names in mapping.columns.items():
            name = next((name for name in names if name in piece.columns), None)
            if name is not None:
                found[column] = _text(pl.col(name), piece.schema[name])
        known = {*found, *mapping.parts, *mapping.constants}
        for column in SCHEMA:
            if column not in known and column not in OPTIONAL:
                listed = ", ".join(mapping.columns.get(column, (column,)))
                raise self._place.fault(
                    "missing_column",
                    Text(
                        f"there is none of {listed}; the file has {', '.join(piece.columns)[:200]}",
                        f"没有 {listed} 中的任何一列；文件有 {', '.join(piece.columns)[:200]}",
                    ),
                    Text("Name the column in a mapping (--mapping).", "请用映射文件（--mapping）指明该列。"),
                    column=column,
                )
        if mapping.not_named and NAME not in found:
            self._losses.warn(
                Text(
                    "The file has no names of firms, so no intermediaries could be left out.",
                    "文件没有企业名称，未能剔除贸易中间商。",
                )
            )
        if "regime" in mapping.keep and "regime" not in known:
            self._losses.warn(
                Text(
                    "The file has no customs regimes, so every regime is in.",
                    "文件没有贸易方式，未能按贸易方式筛选。",
                )
            )
        return piece.select(expression.alias(column) for column, expression in found.items())


def _text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A column as text without blanks around it; null where it says nothing. Numbers stay numbers."""
    if dtype.is_numeric():
        return column
    said = column.cast(pl.Utf8).str.strip_chars()
    return pl.when(said.is_in(NOTHING)).then(None).otherwise(said)


@contextmanager
def _pieces(data: Path | pl.DataFrame, place: Place) -> Iterator[Iterable[pl.DataFrame]]:
    if isinstance(data, pl.DataFrame):
        yield data.iter_slices(ROWS_AT_ONCE)
        return
    suffix = data.suffix.lower()
    try:
        with data.open("rb") as file:
            start = file.read(1 << 16)
    except OSError as error:
        reason = error.strerror or str(error)
        raise place.fault(
            "unreadable_file",
            Text(f"it cannot be read ({reason})", f"无法读取（{reason}）"),
            Text("Check the path and the permissions.", "请检查路径和权限。"),
        ) from error
    with tempfile.TemporaryDirectory(prefix="entrepot-read-") as folder:
        try:
            if suffix == ".dta":
                yield _stata(data)
            elif suffix == ".parquet":
                yield pl.scan_parquet(data).collect_batches(chunk_size=ROWS_AT_ONCE)
            else:
                yield _delimited(data, start, Path(folder))
        except (pl.exceptions.PolarsError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
            raise place.fault("damaged_file", Text(f"it is damaged ({reason})", f"文件已损坏（{reason}）")) from error


def _stata(path: Path) -> Iterator[pl.DataFrame]:
    chunks = pyreadstat.read_file_in_chunks(
        pyreadstat.read_dta, str(path), chunksize=STATA_ROWS_AT_ONCE, output_format="polars"
    )
    for frame, _ in chunks:
        yield frame


def _delimited(path: Path, start: bytes, folder: Path) -> Iterable[pl.DataFrame]:
    """Every column as text; a file that is not UTF-8 is read as GB 18030, the one other encoding of such files."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        recoded = folder / "utf-8.csv"
        with path.open(encoding="gb18030", newline="") as old, recoded.open("w", encoding="utf-8", newline="") as new:
            while text := old.read(1 << 22):
                new.write(text)
        path = recoded
    heading = start.split(b"\n", 1)[0]
    separator = max((b",", b"\t", b";", b"|"), key=heading.count).decode()
    scan = pl.scan_csv(path, separator=separator, infer_schema=False)
    return scan.collect_batches(chunk_size=ROWS_AT_ONCE)


def lengths_of(frames: pl.Series) -> Counter[int]:
    """How many values have how many characters.

    Examples
    --------
    >>> lengths_of(pl.Series(["a", "bb", "b"])) == Counter({1: 2, 2: 1})
    True
    """
    return Counter(dict(frames.str.len_chars().value_counts().iter_rows()))
