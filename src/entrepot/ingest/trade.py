"""Publish flows that a reader gives year by year: memory is that of one year, however many there are."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.ingest.derived import coverage, reporters
from entrepot.sources.provider import Provider, TradeReading
from entrepot.sources.report import ReadReport, merged
from entrepot.store import Converted, DataSet, DataSetInfo, Publication, Snapshot, Source
from entrepot.store.publication import check_name
from entrepot.tables import DATA_TABLES

# What is being done, and the fraction that is done.
Progress = Callable[[str, float], None]


def default_name(provider: Provider, reading: TradeReading) -> str:
    """The name of a data set whose user gave none: provider, vintage and release.

    Examples
    --------
    >>> from types import SimpleNamespace as Sample
    >>> default_name(Sample(name="CEPII BACI"), Sample(classification="HS17", release="V202601"))
    'baci_hs17_v202601'
    """
    words = [provider.name.split()[-1], reading.classification, reading.release]
    typed = "_".join(word for word in words if word).lower()
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "_-") else "-" for letter in typed)[
        :40
    ]


def check_free(name: str, datasets: dict[str, DataSet], reading: TradeReading | None = None) -> None:
    """Refuse a name that is malformed, the embedded set's own, or that of a data set of another release.

    Raises
    ------
    InputError
        ``malformed_name``, ``reserved_name``, ``name_taken``.
    """
    check_name(name)
    held = datasets.get(name)
    if held is None:
        return
    if held.origin == "embedded":
        raise InputError(
            "reserved_name",
            Text(
                f"{name!r} is the embedded data set, which comes with the program. Choose another --name.",
                f"{name!r} 是程序内置的数据集。请另选 --name。",
            ),
            field="name",
        )
    info = held.info
    if reading is not None and (info.classification, info.release) != (reading.classification, reading.release):
        raise InputError(
            "name_taken",
            Text(
                f"The data set {name!r} is of {info.classification} {info.release}; classifications and releases are "
                f"never mixed in one. Choose another --name, or remove it first: entrepot data remove {name}.",
                f"数据集 {name!r} 属于 {info.classification} {info.release}；不同分类或版本不可混入同一数据集。"
                f"请另选 --name，或先删除：entrepot data remove {name}。",
            ),
            field="name",
        )


def publish_trade(
    publication: Publication,
    snapshot: Snapshot,
    name: str,
    provider: Provider,
    reading: TradeReading,
    progress: Progress,
    *,
    retrieved: str,
) -> tuple[ReadReport, pl.DataFrame, list[str]]:
    """Read every year, publish it, and derive who reports and what is covered.

    A data set of that name keeps its other years: a release may come in several files.

    Parameters
    ----------
    snapshot : the version that the publication started from.
    retrieved : day on which the files were at hand, ISO 8601.

    Returns
    -------
    ReadReport
        Of all years together.
    polars.DataFrame
        Where both sides told a flow, their gap (see `TradeYear.mirror`); no rows where no reader keeps it.
    list of str
        Codes of the products that occur.
    """
    info = _info_of(name, provider, reading, retrieved)
    former = publication.datasets.get(name)
    if former is not None:
        info = replace(info, converted=former.info.converted)
    tables: dict[str, list[pl.DataFrame]] = {table: [] for table in DATA_TABLES}
    reports = []
    for number, year in enumerate(reading.years):
        progress(str(year), number / len(reading.years))
        read = reading.read_year(year)
        reports.append(read.report)
        if read.mirror is not None:
            tables["mirror"].append(DATA_TABLES["mirror"].check(read.mirror))
        if read.conversion is not None:
            info = _with_conversion(info, reading, year, read.conversion)
        tables["reporters"].append(DATA_TABLES["reporters"].check(reporters(pair_totals(read.flows))))
        tables["coverage"].append(DATA_TABLES["coverage"].check(coverage(read.flows)))
        publication.put_flows(info, year, read.flows)
        del read
    traded = pl.concat(tables["coverage"])["product"].unique().sort().to_list()
    mirror = (
        pl.concat(tables["mirror"]) if tables["mirror"] else pl.DataFrame(schema=dict(DATA_TABLES["mirror"].schema))
    )
    for table, frames in tables.items():
        if former is not None and table in former.tables:
            kept = snapshot.data_table(name, table)
            frames.append(kept.filter(~pl.col("year").is_in(list(reading.years))))
        if frames:
            publication.put_data_table(name, table, pl.concat(frames).sort(DATA_TABLES[table].key))
    progress("", 1.0)
    report = merged(reports)
    if info.converted is not None:
        report = replace(report, warnings=(*report.warnings, info.converted.said))
    return report, mirror, traded


def _with_conversion(info: DataSetInfo, reading: TradeReading, year: int, told: Mapping[str, float]) -> DataSetInfo:
    """The description with how well one more year was carried over."""
    former = {} if info.converted is None else info.converted.years
    years = {**former, year: dict(told)}
    return replace(info, converted=Converted(reading.converted_from, reading.weights, years))


def pair_totals(flows: pl.DataFrame) -> pl.DataFrame:
    """Flows of one year summed over products: who reports is derived from 50 thousand pairs as well as from millions.

    Parameters
    ----------
    flows : year, exporter, importer (both of one and the same category type), value_usd.
    """
    economies = flows["exporter"].dtype
    if not isinstance(economies, pl.Enum):
        raise TypeError("readers give their flows through `sources.ordering`")
    width = len(economies.categories)
    exporter = flows["exporter"].to_physical().to_numpy().astype(np.int64)
    pair = exporter * width + flows["importer"].to_physical().to_numpy()
    total = np.bincount(pair, weights=flows["value_usd"].to_numpy(), minlength=width * width)
    traded = np.flatnonzero(total)
    physical = flows["exporter"].to_physical().dtype
    return pl.DataFrame(
        {
            "year": pl.repeat(flows["year"][0], len(traded), dtype=pl.Int16, eager=True),
            "exporter": pl.Series(traded // width).cast(physical).cat.to(economies),
            "importer": pl.Series(traded % width).cast(physical).cat.to(economies),
            "value_usd": total[traded],
        }
    )


def _info_of(name: str, provider: Provider, reading: TradeReading, retrieved: str) -> DataSetInfo:
    source = Source(
        provider.name, reading.release, provider.licence, provider.licence_url, retrieved, provider.citation
    )
    return DataSetInfo(
        name=name,
        classification=reading.classification,
        level=reading.level,
        title=reading.title,
        release=reading.release,
        licence=provider.licence,
        source=provider.name,
        citation=provider.citation,
        retrieved=retrieved,
        incomplete_years=reading.incomplete_years,
        sources=(source,),
    )
