"""Where an answer comes from: the tables behind it with their licences, and how to cite it."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

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
    keys = ("name", "edition", "licence", "licence_url", "retrieved", "citation")
    for table in tables:
        if snapshot.has_reference(table):
            sources = snapshot.reference_entry(table).sources
            said.extend({"table": table, **{key: getattr(source, key) for key in keys}} for source in sources)
    return tuple(said)


def citation(snapshot: "Snapshot", data: str, method: str) -> str:
    """How to cite the answer."""
    info = snapshot.dataset(data).info
    told = f"{info.citation} ({info.release}), data set {info.name}, store version {snapshot.id}"
    return CITATION.format(version=_version(), data=told, method=method)
