"""A publication: a new version in the making. Nobody sees any of it before it is whole."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.store.builds import Build, Part
from entrepot.store.disk import sync_folder, temporary_beside, write_durably
from entrepot.store.layout import Layout
from entrepot.store.manifest import (
    DATASET_NAME,
    DataSet,
    DataSetInfo,
    Manifest,
    Origin,
    ReferenceEntry,
    Source,
    find_dataset,
    to_json,
)
from entrepot.store.objects import write_object
from entrepot.store.problems import writing_told
from entrepot.tables import CELLS, DATA_TABLES, FLOWS, REFERENCE_TABLES
from entrepot.tables.order import in_strict_order

# By product first: every formula works on whole products, and a reader of one product skips the rest of the file.
FLOW_ORDER = ("product", "exporter", "importer")


class Publication:
    """Changes to the store that become visible together, or not at all.

    Parameters
    ----------
    layout : where the store lies.
    base : the version that the changes start from; null for a new store.
    """

    def __init__(self, layout: Layout, base: Manifest | None) -> None:
        self._layout = layout
        self._base = base
        self._embedded = base.embedded if base else None
        self._default = base.default if base else None
        self._datasets: dict[str, DataSet] = dict(base.datasets) if base else {}
        self._references: dict[str, ReferenceEntry] = dict(base.references) if base else {}

    @property
    def base(self) -> Manifest | None:
        """The version that the changes start from."""
        return self._base

    @property
    def datasets(self) -> Mapping[str, DataSet]:
        """Data sets as they will be published."""
        return self._datasets

    @property
    def references(self) -> Mapping[str, ReferenceEntry]:
        """Reference tables as they will be published."""
        return self._references

    @property
    def default(self) -> str | None:
        """Default data set as it will be published."""
        return self._default

    def put_reference(
        self,
        table: str,
        frame: pl.DataFrame,
        *,
        sources: Sequence[Source] = (),
        complete: bool = False,
        note: Text = Text("", ""),
        origin: Origin = "own",
    ) -> None:
        """Put a reference table in the place of the one there was.

        Raises
        ------
        DataError
            The frame is not what the table should be.
        """
        ref = write_object(self._layout, REFERENCE_TABLES[table].check(frame))
        self._references[table] = ReferenceEntry(table, ref, origin, tuple(sources), complete, note)

    def put_flows(self, info: DataSetInfo, year: int, frame: pl.DataFrame, *, origin: Origin = "own") -> None:
        """Put one year of a data set, with its description, in the place of the year there was.

        Raises
        ------
        InputError
            ``malformed_name``: the data set's name.
        DataError
            The frame is not what the table should be, has no rows, or has rows of another year.
        """
        check_name(info.name)
        # A reader of millions of rows gives them in order; to see that is much cheaper than to sort them again, and
        # in a single year it shows that no two rows share their key.
        in_order = in_strict_order(frame, FLOW_ORDER) if set(FLOW_ORDER) <= set(frame.columns) else False
        checked = FLOWS.check(frame, unique=in_order)
        _check_year(checked, year)
        ref = write_object(self._layout, checked if in_order else checked.sort(FLOW_ORDER))
        known = self._datasets.get(info.name)
        flows = {**(known.flows if known else {}), year: ref}
        # What was derived from other flows does not describe these; a build says itself what it was made from.
        builds = known.builds if known else ()
        self._datasets[info.name] = DataSet(info, origin, dict(sorted(flows.items())), builds=builds)

    def put_data_table(self, name: str, table: str, frame: pl.DataFrame) -> None:
        """Put a table derived from the flows of a data set, after all its years."""
        ref = write_object(self._layout, DATA_TABLES[table].check(frame))
        dataset = self._require(name)
        self._datasets[name] = replace(dataset, tables={**dataset.tables, table: ref})

    def write_cells(self, frame: pl.DataFrame, by: str) -> Part:
        """Write part of a build: rows in the order in which they shall lie, `by` (product or exporter) first."""
        ref = write_object(self._layout, CELLS.check(frame, unique=True), compression="lz4")
        codes = frame[by].cast(pl.Utf8)
        return Part(ref, codes[0], codes[-1])

    def scratch(self) -> Path:
        """A fresh path for rows on their way; what a kill leaves there is deleted by `data prune`."""
        return temporary_beside(self._layout.home)

    def put_build(self, name: str, build: Build) -> None:
        """Put what was computed of a data set, in the place of what answered the same question."""
        dataset = self._require(name)
        kept = tuple(one for one in dataset.builds if not one.same_question(build))
        self._datasets[name] = replace(dataset, builds=(*kept, build))

    def drop_builds(self, name: str) -> None:
        """Leave out all that was computed of a data set."""
        self._datasets[name] = replace(self._require(name), builds=())

    def set_default(self, name: str) -> None:
        """Use this data set where none is named."""
        self._default = self._require(name).name

    def remove_dataset(self, name: str) -> None:
        """Leave a data set out; if it was the default, the store has none until one is chosen."""
        del self._datasets[self._require(name).name]
        if self._default == name:
            self._default = None

    def remove_reference(self, table: str) -> None:
        """Leave a reference table out."""
        self._references.pop(table, None)

    def set_embedded(self, sha256: str) -> None:
        """Note which edition of the embedded set has been published."""
        self._embedded = sha256

    def finish(self) -> Manifest:
        """Make the changes the current version. Called by the store when the publication ends well."""
        now = datetime.now(UTC)
        draft = Manifest(
            id="",
            created=now.isoformat(timespec="microseconds"),
            code_version=code_version(),
            embedded=self._embedded,
            default=self._default,
            datasets=dict(self._datasets),
            references=dict(self._references),
        )
        if self._base is not None and _same_content(draft, self._base):
            return self._base
        digest = hashlib.sha256(to_json(draft)).hexdigest()[:8]
        manifest = replace(draft, id=f"{now:%Y%m%dT%H%M%S}{now.microsecond:06d}Z-{digest}")
        # The order is the safety: objects and their names, then the manifest, then the one line that points to it.
        with writing_told(self._layout.home, Text("publish", "发布")):
            sync_folder(self._layout.objects)
            write_durably(self._layout.version(manifest.id), to_json(manifest))
            write_durably(self._layout.current, f"{manifest.id}\n".encode())
        return manifest

    def _require(self, name: str) -> DataSet:
        return find_dataset(self._datasets, name)


def check_name(name: str) -> None:
    """Refuse a data set name that is not ``[a-z0-9_-]{1,40}``."""
    if not DATASET_NAME.fullmatch(name):
        raise InputError(
            "malformed_name",
            Text(
                f"{name!r} cannot name a data set: use 1 to 40 of the characters a–z, 0–9, _ and -.",
                f"{name!r} 不能作为数据集名称：请使用 1 至 40 个字符，仅限 a–z、0–9、_ 和 -。",
            ),
            field="data",
        )


def code_version() -> str:
    """Version of this program."""
    try:
        return version("entrepot")
    except PackageNotFoundError:
        return "unknown"


def _check_year(frame: pl.DataFrame, year: int) -> None:
    found = frame["year"].unique().sort().to_list()
    if found != [year]:
        listed = ", ".join(str(other) for other in found) or "–"
        raise DataError(
            "wrong_year",
            Text(
                f"Table flows, column year: rows of {year} are needed, and only those; found: {listed}. "
                "Split the flows by year first.",
                f"表 flows 的列 year：只应包含 {year} 年的数据；实际为：{listed}。请先按年份拆分。",
            ),
            field="year",
        )


def _same_content(draft: Manifest, base: Manifest) -> bool:
    return replace(draft, id=base.id, created=base.created) == base
