"""Where an answer comes from: the tables behind it with their licences, and how to cite it."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from entrepot.analyses.coverage import TITLES
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

CITATION = "The Entrepôt authors, Entrepôt: an open workbench for world trade, version {version}. Data: {data}. Method: {method}."
_version = lru_cache(maxsize=1)(lambda: version("entrepot"))


def provenance(snapshot: "Snapshot", data: str, tables: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """The data set and the reference tables behind an answer, each with edition, licence and citation."""
    info = snapshot.dataset(data).info
    said: list[dict[str, Any]] = [
        {
            "table": "flows",
            "name": info.source,
            "edition": f"{info.release}; {info.classification}",
            "licence": info.licence,
            "licence_url": None,
            "retrieved": info.retrieved,
            "citation": info.citation,
        }
    ]
    return (*said, *sources_of(snapshot, tables))


def sources_of(snapshot: "Snapshot", tables: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Where the reference tables come from, each source with edition, licence and citation."""
    keys = ("name", "edition", "licence", "licence_url", "retrieved", "citation")
    return tuple(
        {"table": table, **{key: getattr(source, key) for key in keys}}
        for table in tables
        if snapshot.has_reference(table)
        for source in snapshot.reference_entry(table).sources
    )


def table_title(table: str) -> Text:
    """What a table behind an answer holds, for a reader of its sources.

    Examples
    --------
    >>> table_title("conditions").en, table_title("flows").zh
    ('conditions of markets', '贸易数据')
    """
    return Text("trade", "贸易数据") if table == "flows" else TITLES.get(table, Text(table, table))


def citation(snapshot: "Snapshot", data: str, method: str) -> str:
    """How to cite the answer."""
    info = snapshot.dataset(data).info
    return cited(f"{info.citation} ({info.release}), data set {info.name}, store version {snapshot.id}", method)


def cited(data: str, method: str) -> str:
    """How to cite an answer that rests on these data."""
    return CITATION.format(version=_version(), data=data, method=method)
