"""What the store covers: years × data sets and tables, economies present, and which source is believed where several speak."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from entrepot.core.text import Language, Text
from entrepot.store import DataSet, ReferenceEntry, Snapshot, Source
from entrepot.tables import REFERENCE_TABLES

TITLES: Mapping[str, Text] = {
    "economies": Text("economies and their names", "经济体及其名称"),
    "codes": Text("codes of economies", "经济体编码"),
    "groups": Text("blocs and organisations", "集团与组织"),
    "products": Text("products and their names", "产品及其名称"),
    "borders": Text("land borders", "陆地边界"),
    "ports": Text("ports on the sea lanes", "航线港口"),
    "main_ports": Text("main ports of each economy", "各经济体主要港口"),
    "lanes": Text("sea lanes", "海运航线"),
    "pairs": Text("distances of pairs of economies", "经济体之间的距离"),
    "agreements": Text("trade agreements in force", "生效的贸易协定"),
    "macro": Text("gross domestic product", "国内生产总值"),
    "conditions": Text("conditions of markets", "市场条件"),
    "tariffs": Text("tariffs", "关税"),
    "tariff_areas": Text("who levies and enjoys tariffs", "关税区与受惠方"),
    "pair_facts": Text("distances and ties from outside", "外部距离与联系"),
    "concordances": Text("correspondences of classifications", "分类对照"),
    "product_facts": Text("facts about products", "产品属性"),
    "harbours": Text("harbours of the world", "世界港口"),
    "throughput": Text("container throughput of ports", "港口集装箱吞吐量"),
}
# What parts a table into series; a table that is not named is one series.
SERIES: Mapping[str, str] = {
    "macro": "indicator",
    "conditions": "indicator",
    "tariffs": "basis",
    "product_facts": "fact",
    "products": "classification",
    "concordances": "from_classification",
    "codes": "scheme",
    "agreements": "kind",
}
# Whom the rows of a table are about.
WHO: Mapping[str, tuple[str, ...]] = {
    "economies": ("iso3",),
    "codes": ("iso3",),
    "agreements": ("exporter", "importer"),
    "pairs": ("exporter", "importer"),
    "pair_facts": ("exporter", "importer"),
    "tariffs": ("importer",),
}
# Of whom one source is believed, where it is not each row of its own: whole series at a time.
UNITS: Mapping[str, tuple[str, ...]] = {"tariffs": ("importer",)}


@dataclass(frozen=True, slots=True)
class SourceShare:
    """A source within a series.

    Parameters
    ----------
    source : how it is cited; edition, licence, day of retrieval.
    rows : rows that it gives; economies : economies that it speaks of; null where the table is not about economies.
    first, last : years from and to; null where there are none.
    believed : for how many (economies, pairs, products …) it is the one that counts, as no source before it speaks of
        them; null where the table takes one source for each row anyway.
    """

    source: Source
    rows: int
    economies: int | None
    first: int | None
    last: int | None
    believed: int | None


@dataclass(frozen=True, slots=True)
class SeriesCoverage:
    """One series of a reference table.

    Parameters
    ----------
    name : name of the indicator, fact …; empty where the table is one series.
    years : calendar year → economies with a value; for agreements, economies with one in force.
    sources : in the order in which they are believed.
    """

    name: str
    rows: int
    economies: int | None
    years: Mapping[int, int]
    sources: tuple[SourceShare, ...]


@dataclass(frozen=True, slots=True)
class TableCoverage:
    """A reference table.

    Parameters
    ----------
    complete : an absent row means "no"; where False it means "not known".
    sources : all of its sources as they are cited, in the order in which they are believed.
    """

    table: str
    title: Text
    rows: int
    complete: bool
    note: Text
    sources: tuple[Source, ...]
    series: tuple[SeriesCoverage, ...]


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """One year of a data set.

    Parameters
    ----------
    reporters : economies with any import flow (one that only exports is not counted: see `tables.reporters`).
    value_usd : US$; value_with_quantity_usd : of that, flows with a quantity.
    """

    year: int
    flows: int
    products: int
    reporters: int
    value_usd: float
    value_with_quantity_usd: float


@dataclass(frozen=True, slots=True)
class DataSetCoverage:
    """A data set, year by year."""

    data: DataSet
    default: bool
    rows: int
    products: int
    years: tuple[YearCoverage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything in one version of the store."""

    version: str
    datasets: tuple[DataSetCoverage, ...]
    tables: tuple[TableCoverage, ...]


def coverage(snapshot: Snapshot) -> Coverage:
    """What a version of the store covers.

    Counts only; nothing is estimated. A source is *believed* for an economy (pair, product) if it stands first among
    those that speak of it in the order of precedence, whole series at a time (see `ingest.reference`).

    Examples
    --------
    >>> coverage(open_workbench().snapshot).tables[0].table  # doctest: +SKIP
    'agreements'
    """
    datasets = tuple(
        _dataset(snapshot, found, found.name == snapshot.manifest.default) for found in snapshot.datasets.values()
    )
    references = snapshot.manifest.references
    tables = tuple(_table(snapshot.reference(name), references[name]) for name in sorted(references))
    return Coverage(snapshot.id, datasets, tables)


def _dataset(snapshot: Snapshot, data: DataSet, default: bool) -> DataSetCoverage:
    covered, reporters = (snapshot.data_table(data.name, name) for name in ("coverage", "reporters"))
    sums = covered.group_by("year").agg(
        pl.col("flows", "value_usd", "value_with_quantity_usd").sum(), products=pl.col("product").n_unique()
    )
    who = reporters.group_by("year").agg(reporters=pl.col("economy").n_unique())
    years = sums.join(who, on="year", how="left").sort("year")
    names = YearCoverage.__slots__
    return DataSetCoverage(
        data,
        default,
        rows=sum(ref.rows for ref in data.flows.values()),
        products=covered["product"].n_unique(),
        years=tuple(YearCoverage(**row) for row in years.select(names).fill_null(0).iter_rows(named=True)),
    )


def _table(frame: pl.DataFrame, entry: ReferenceEntry) -> TableCoverage:
    name = entry.table
    part, last = SERIES.get(name), _last_beginning(frame)
    series: tuple[SeriesCoverage, ...] = (_series(name, "", frame, entry.sources, last),) if part is None else ()
    if part is not None:
        split = frame.partition_by(part, as_dict=True, maintain_order=True)
        series = tuple(
            _series(name, str(key[0]), rows, entry.sources, last) for key, rows in sorted(split.items(), key=str)
        )
    order = frame["source"].unique(maintain_order=True).to_list() if "source" in frame.columns else []
    cited = sorted(entry.sources, key=lambda source: order.index(source.name) if source.name in order else len(order))
    return TableCoverage(
        name, TITLES.get(name, Text(name, name)), frame.height, entry.complete, entry.note, tuple(cited), series
    )


def _series(table: str, name: str, frame: pl.DataFrame, cited: Sequence[Source], last: int) -> SeriesCoverage:
    who = _who(table, frame)
    years, shares = _years(frame, who, last), _shares(table, frame, who, cited)
    return SeriesCoverage(name, frame.height, _count(frame, who), years, shares)


def _last_beginning(frame: pl.DataFrame) -> int:
    """The last year in which anything of a table of spans begins; 0 where not every span has a beginning."""
    if "since" not in frame.columns or frame.is_empty() or frame["since"].null_count():
        return 0
    return int(frame["since"].dt.year().to_numpy().max())


def _who(table: str, frame: pl.DataFrame) -> tuple[str, ...]:
    default = ("economy",) if "economy" in frame.columns else ()
    return WHO.get(table, default)


def _count(frame: pl.DataFrame, who: Sequence[str]) -> int | None:
    if not who:
        return None
    return pl.concat([frame[column].cast(pl.Utf8).rename("who") for column in who]).n_unique()


def _years(frame: pl.DataFrame, who: Sequence[str], last: int) -> dict[int, int]:
    """Economies by year, rows where a table is about something else; of what lasts, up to the last year of the table."""
    if "year" in frame.columns:
        counted = pl.struct(who).n_unique() if who else pl.len()
        return dict(frame.group_by("year").agg(counted.alias("n")).sort("year").iter_rows())
    if not last:
        return {}
    spans = frame.select(*who, since=pl.col("since").dt.year(), until=pl.col("until").dt.year())
    found = {}
    for year in range(int(spans["since"].to_numpy().min()), last + 1):
        in_force = spans.filter((pl.col("since") <= year) & (pl.col("until").is_null() | (pl.col("until") >= year)))
        found[year] = _count(in_force, who) or 0
    return found


def _shares(table: str, frame: pl.DataFrame, who: Sequence[str], cited: Sequence[Source]) -> tuple[SourceShare, ...]:
    if "source" not in frame.columns:
        return ()
    by_name = {source.name: source for source in cited}
    believed = _believed(table, frame)
    shares = []
    for name in frame["source"].unique(maintain_order=True):
        own = frame.filter(pl.col("source") == name)
        years = own["year"] if "year" in own.columns else pl.Series([], dtype=pl.Int16)
        first, last = years.min(), years.max()
        editions = own["edition"].unique(maintain_order=True).to_list() if "edition" in own.columns else []
        shares.append(
            SourceShare(
                by_name.get(name) or Source(name, ", ".join(editions), ""),
                own.height,
                _count(own, who),
                first if isinstance(first, int) else None,
                last if isinstance(last, int) else None,
                None if believed is None else believed.get(name, 0),
            )
        )
    return tuple(shares)


def _believed(table: str, frame: pl.DataFrame) -> dict[str, int] | None:
    """Units by the first source that speaks of them; null where each row has one source by its key."""
    key = REFERENCE_TABLES[table].key
    if "source" not in key:
        return None
    part = SERIES.get(table)
    unit = UNITS.get(table) or tuple(column for column in key if column not in ("source", "year", "since", part))
    first = frame.unique(unit, keep="first", maintain_order=True)
    return dict(first.group_by("source", maintain_order=True).len().iter_rows())


def told(covered: Coverage, lang: Language) -> dict[str, Any]:
    """The coverage as JSON, in one language: what `data show --json` and the REST interface give."""
    return {
        "version": covered.version,
        "datasets": [
            {
                "name": found.data.name,
                "default": found.default,
                "title": found.data.info.title.say(lang),
                "classification": found.data.info.classification,
                "release": found.data.info.release,
                "source": found.data.info.source,
                "licence": found.data.info.licence,
                "retrieved": found.data.info.retrieved,
                "rows": found.rows,
                "products": found.products,
                "years": [asdict(year) for year in found.years],
            }
            for found in covered.datasets
        ],
        "tables": [
            {
                "table": table.table,
                "title": table.title.say(lang),
                "rows": table.rows,
                "complete": table.complete,
                "note": table.note.say(lang),
                "sources": [_cited(source) for source in table.sources],
                "series": [_series_told(series) for series in table.series],
            }
            for table in covered.tables
        ],
    }


def _series_told(series: SeriesCoverage) -> dict[str, Any]:
    return {
        "name": series.name,
        "rows": series.rows,
        "economies": series.economies,
        "years": [{"year": year, "economies": count} for year, count in series.years.items()],
        "sources": [
            {
                **_cited(share.source),
                "rows": share.rows,
                "economies": share.economies,
                "first": share.first,
                "last": share.last,
                "believed": share.believed,
            }
            for share in series.sources
        ],
    }


def _cited(source: Source) -> dict[str, str]:
    return {key: getattr(source, key) for key in ("name", "edition", "licence", "licence_url", "retrieved", "citation")}
