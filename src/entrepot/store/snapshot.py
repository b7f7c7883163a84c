"""A version of the store, opened for reading. It never changes while it is held, whoever publishes meanwhile."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from entrepot.core.errors import InputError, StoreError
from entrepot.core.text import Text
from entrepot.store.builds import Build
from entrepot.store.layout import Layout
from entrepot.store.manifest import DataSet, Manifest, ObjectRef, ReferenceEntry, find_dataset
from entrepot.store.objects import FrameCache, collect, scan_objects
from entrepot.tables import CELLS, DATA_TABLES, FLOWS, REFERENCE_TABLES

PRODUCT_PREFIX = re.compile(r"[0-9]{1,6}")
# The first character after the digits: codes that begin with a prefix lie between it and prefix + this.
AFTER_DIGITS = ":"


class Snapshot:
    """One version of the store.

    Parameters
    ----------
    layout : where the store lies.
    manifest : what the version holds.
    cache : frames shared with other snapshots of the store.
    """

    def __init__(self, layout: Layout, manifest: Manifest, cache: FrameCache) -> None:
        self._layout = layout
        self._cache = cache
        self.manifest = manifest

    @property
    def id(self) -> str:
        """Name of the version."""
        return self.manifest.id

    @property
    def home(self) -> Path:
        """Folder of the store."""
        return self._layout.home

    @property
    def datasets(self) -> Mapping[str, DataSet]:
        """Data sets by name."""
        return self.manifest.datasets

    @property
    def default_data(self) -> str:
        """Name of the data set used where none is named.

        Raises
        ------
        StoreError
            ``no_data``: the store holds no data set.
        """
        if self.manifest.default is None:
            raise StoreError(
                "no_data",
                Text(
                    f"The store at {self._layout.home} holds no default data set. Choose one with "
                    "`entrepot data use NAME` or load one with `entrepot data add FILE`.",
                    f"{self._layout.home} 的数据仓库没有默认数据集。请用 `entrepot data use 名称` 选择，"
                    "或用 `entrepot data add 文件` 载入。",
                ),
            )
        return self.manifest.default

    def dataset(self, name: str | None = None) -> DataSet:
        """A data set by name; the default one if none is named.

        Raises
        ------
        InputError
            ``unknown_data``: lists the names there are, and the nearest.
        """
        return find_dataset(self.datasets, self.default_data if name is None else name)

    def reference_entry(self, table: str) -> ReferenceEntry:
        """Sources, edition, licence and completeness of a reference table.

        Raises
        ------
        StoreError
            ``table_not_loaded``: the store does not have it.
        """
        found = self.manifest.references.get(table)
        if found is None:
            known = ", ".join(sorted(self.manifest.references)) or "–"
            raise StoreError(
                "table_not_loaded",
                Text(
                    f"The store has no table {table!r}. Loaded: {known}.",
                    f"数据仓库中没有表 {table!r}。已载入：{known}。",
                ),
                field="table",
                valid=sorted(self.manifest.references),
            )
        return found

    def has_reference(self, table: str) -> bool:
        """Whether a reference table is loaded."""
        return table in self.manifest.references

    def reference(self, table: str) -> pl.DataFrame:
        """A reference table in its canonical columns (kept in memory once read)."""
        ref = self.reference_entry(table).ref
        return self._whole(ref, list(REFERENCE_TABLES[table].schema))

    def data_table(self, data: str | None, table: str) -> pl.DataFrame:
        """A table derived from a data set: "reporters" or "coverage" (kept in memory once read).

        Raises
        ------
        StoreError
            ``table_not_loaded``: the data set lacks it.
        """
        dataset = self.dataset(data)
        ref = dataset.tables.get(table)
        if ref is None:
            raise StoreError(
                "table_not_loaded",
                Text(
                    f"The data set {dataset.name!r} has no table {table!r}. Load the data set again.",
                    f"数据集 {dataset.name!r} 缺少表 {table!r}。请重新载入该数据集。",
                ),
                field="table",
                valid=sorted(dataset.tables),
            )
        return self._whole(ref, list(DATA_TABLES[table].schema))

    def mirror(
        self,
        data: str | None,
        years: Sequence[int],
        products: Sequence[str] | None = None,
        exporters: Sequence[str] | None = None,
        importers: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """What both sides told of flows, sorted by year, product, exporter, importer; parameters as in `flows`.

        Returns
        -------
        pl.DataFrame
            The canonical table `mirror`; no rows where the source of the data set tells one side only, or reconciles before
            it publishes, as BACI does.
        """
        ref = self.dataset(data).tables.get("mirror")
        prefixes = None if products is None else _checked_prefixes(products)
        if ref is None or any(chosen is not None and not chosen for chosen in (prefixes, exporters, importers)):
            return pl.DataFrame(schema=dict(DATA_TABLES["mirror"].schema))
        conditions = [pl.col("year").is_in(sorted(set(years)))]
        conditions += [] if prefixes is None else [_begins_with(prefixes)]
        for column, codes in (("exporter", exporters), ("importer", importers)):
            if codes is not None:
                conditions.append(_is_among(column, tuple(sorted(set(codes)))))
        scan = scan_objects(self._layout, [ref]).filter(*conditions)
        return collect(scan.select(list(DATA_TABLES["mirror"].schema)), self._layout.object(ref))

    def flows(
        self,
        data: str | None,
        years: Sequence[int],
        products: Sequence[str] | None = None,
        exporters: Sequence[str] | None = None,
        importers: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """Flows of a data set, sorted by year, product, exporter, importer.

        Parameters
        ----------
        data : name of the data set; null for the default.
        years : calendar years; one that the data set does not hold gives no rows (see `DataSet.years`).
        products : beginnings of codes, "2603" takes every HS6 below it; null for all, an empty list for none.
        exporters, importers : ISO 3166 alpha-3; null for all, an empty list for none.

        Returns
        -------
        pl.DataFrame
            year, exporter, importer, product, value_usd (US$), quantity_t (metric tons, null = unknown).

        Raises
        ------
        InputError
            Unknown data set; ``malformed_product`` for a code that is not 1 to 6 digits.
        StoreError
            The store is damaged.
        """
        dataset = self.dataset(data)
        prefixes = None if products is None else _checked_prefixes(products)
        refs = [dataset.flows[year] for year in sorted(set(years)) if year in dataset.flows]
        if not refs or any(chosen is not None and not chosen for chosen in (prefixes, exporters, importers)):
            return pl.DataFrame(schema=dict(FLOWS.schema))
        parties = {"exporter": _sorted_or_none(exporters), "importer": _sorted_or_none(importers)}
        conditions = [] if prefixes is None else [_begins_with(prefixes)]
        conditions += [_is_among(column, chosen) for column, chosen in parties.items() if chosen is not None]

        def read() -> pl.DataFrame:
            scan = scan_objects(self._layout, refs)
            if conditions:
                scan = scan.filter(*conditions)
            return collect(scan.select(list(FLOWS.schema)), self._layout.objects)

        return self._cache.get((tuple(ref.sha256 for ref in refs), prefixes, *parties.values()), read)

    def cells(
        self,
        build: Build,
        *,
        product: str | None = None,
        exporter: str | None = None,
        importer: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """The cells of a build for a product, or for an exporter or importer or both, in the order of the build.

        Parameters
        ----------
        columns : those that are wanted; null for all.

        Raises
        ------
        StoreError
            The store is damaged.
        """
        parts, code = (build.by_product, product) if exporter is None else (build.by_pair, exporter)
        refs = [part.ref for part in parts if code is None or part.first <= code <= part.last]
        asked = {"product": product, "exporter": exporter, "importer": importer}
        chosen = list(CELLS.schema if columns is None else columns)
        if not refs:
            return pl.DataFrame(schema={column: CELLS.schema[column] for column in chosen})
        wanted = [pl.col(column) == value for column, value in asked.items() if value is not None]
        return collect(scan_objects(self._layout, refs).filter(*wanted).select(chosen), self._layout.objects)

    def _whole(self, ref: ObjectRef, columns: list[str]) -> pl.DataFrame:
        def read() -> pl.DataFrame:
            return collect(scan_objects(self._layout, [ref]).select(columns), self._layout.object(ref))

        return self._cache.get(ref.sha256, read)


def _checked_prefixes(products: Iterable[object]) -> tuple[str, ...]:
    prefixes = set()
    for product in products:
        if not (isinstance(product, str) and PRODUCT_PREFIX.fullmatch(product)):
            raise InputError(
                "malformed_product",
                Text(
                    f"{product!r} is no product code: 1 to 6 digits as text are needed, such as '2603' or '260300'.",
                    f"{product!r} 不是产品编码：应为 1 至 6 位数字文本，例如 '2603' 或 '260300'。",
                ),
                field="product",
            )
        prefixes.add(product)
    return tuple(sorted(prefixes))


def _sorted_or_none(codes: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(sorted(set(codes)))


def _begins_with(prefixes: tuple[str, ...]) -> pl.Expr:
    """Whether the product code begins with one of the prefixes, told by ranges so that row groups can be left out."""
    product = pl.col("product")
    choices = []
    for digits in sorted({len(prefix) for prefix in prefixes}):
        same = [prefix for prefix in prefixes if len(prefix) == digits]
        within = (product >= same[0]) & (product < same[-1] + AFTER_DIGITS)
        choices.append(within & product.str.head(digits).is_in(same) if len(same) > 1 else within)
    return pl.any_horizontal(choices)


def _is_among(column: str, codes: tuple[str, ...]) -> pl.Expr:
    return pl.col(column) == codes[0] if len(codes) == 1 else pl.col(column).is_in(codes)
