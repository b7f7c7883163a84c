"""Reference tables from several sources: rows of all of them are kept, in the order in which they are to be believed.

The rows of a table stand in the order of precedence of their sources, so whoever needs one value of a fact takes the
first. The user's files come before the embedded facts; among the user's, the order below; otherwise the file that
was added last comes first. A new edition takes the place of the old one, series by series.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from entrepot.core.text import Text
from entrepot.formulas.distance import rules_of
from entrepot.ingest.distances import build_pairs
from entrepot.ingest.main_ports import derive_ports
from entrepot.sources.provider import TableRows
from entrepot.store import Publication, Snapshot, Source
from entrepot.tables import REFERENCE_TABLES

# Which source of a table is believed first, where it is not the one that was added last.
PRECEDENCE: Mapping[str, tuple[str, ...]] = {
    "macro": ("World Bank WDI", "IMF WEO", "Penn World Table"),
    "agreements": ("WTO RTA-IS", "DESTA"),
}
# Which columns name a series, where it is not source, indicator and fact: a source may publish by reporter and year.
SERIES: Mapping[str, tuple[str, ...]] = {
    "tariffs": ("source", "importer", "regime", "year"),
    "tariff_areas": ("source", "area"),
}
# What distances between economies are computed from, and what main ports are chosen from.
PLACES = ("economies", "borders", "ports", "main_ports", "lanes")
HARBOURS = ("harbours", "throughput", "lanes")


@dataclass(frozen=True, slots=True)
class _Changed:
    """A table as it will be published."""

    frame: pl.DataFrame
    sources: tuple[Source, ...]
    complete: bool
    note: Text


class ReferenceTables:
    """The reference tables of a version with what is added to them, before any of it is published.

    Parameters
    ----------
    snapshot : the version to start from.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._changed: dict[str, _Changed] = {}

    @property
    def snapshot(self) -> Snapshot:
        """The version that the tables start from."""
        return self._snapshot

    @property
    def changed(self) -> tuple[str, ...]:
        """Tables that will be published."""
        return tuple(self._changed)

    def table(self, name: str) -> pl.DataFrame:
        """A table as it will be; with its columns and no rows if there is none."""
        if name in self._changed:
            return self._changed[name].frame
        if self._snapshot.has_reference(name):
            return self._snapshot.reference(name)
        return pl.DataFrame(schema=dict(REFERENCE_TABLES[name].schema))

    def merge(self, rows: TableRows, source: Source) -> int:
        """Put the rows of a source among those at hand; gives how many they are.

        Raises
        ------
        DataError
            The rows are not what the table should be.
        """
        table = REFERENCE_TABLES[rows.table]
        new = table.check(rows.frame)
        former = self._former(rows.table)
        if rows.replaces == "all":
            former = _Changed(former.frame.clear(), (), False, Text("", ""))
        kept = without_replaced(former.frame, new, table.key, SERIES.get(rows.table))
        new_sources = new["source"].unique(maintain_order=True).to_list() if "source" in table.key else []
        self._changed[rows.table] = _Changed(
            in_precedence(pl.concat([new, kept]), rows.table, table.key, new_sources=new_sources),
            (source, *(other for other in former.sources if other.name != source.name)),
            rows.complete or former.complete,
            rows.note if any(rows.note) else former.note,
        )
        return new.height

    def publish(self, publication: Publication) -> None:
        """Put every changed table, and the distances again where a table that they come from has changed."""
        if set(self._changed) & set(HARBOURS) and not self.table("harbours").is_empty():
            self._choose_ports()
        if set(self._changed) & set(PLACES):
            former = self._former("pairs")
            economies, borders, ports, main_ports, lanes = (self.table(name) for name in PLACES)
            rules = rules_of(economies, main_ports, self.table("harbours"), self.table("throughput"))
            pairs = build_pairs(economies, borders, ports, main_ports, lanes, rules=rules)
            self._changed["pairs"] = replace(former, frame=pairs, sources=self._with_harbours(former.sources))
        for name, table in self._changed.items():
            publication.put_reference(
                name, table.frame, sources=table.sources, complete=table.complete, note=table.note, origin="own"
            )

    def _choose_ports(self) -> None:
        """Put ports and main ports of the user's own index in the place of those there were."""
        harbours, throughput, lanes = (self.table(name) for name in HARBOURS)
        chosen = derive_ports(harbours, throughput, lanes)
        for name, frame in (("ports", chosen.ports), ("main_ports", chosen.main_ports)):
            former = self._former(name)
            note = chosen.note if name == "main_ports" else former.note
            self._changed[name] = replace(former, frame=frame, sources=self._with_harbours(former.sources), note=note)

    def _with_harbours(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Sources with those that main ports were chosen from before them."""
        own = [*self._former("harbours").sources, *self._former("throughput").sources]
        return (*own, *(other for other in sources if other.name not in {source.name for source in own}))

    def _former(self, name: str) -> _Changed:
        if name in self._changed:
            return self._changed[name]
        if not self._snapshot.has_reference(name):
            return _Changed(self.table(name), (), False, Text("", ""))
        entry = self._snapshot.reference_entry(name)
        return _Changed(self.table(name), entry.sources, entry.complete, entry.note)


def without_replaced(
    held: pl.DataFrame, new: pl.DataFrame, key: Sequence[str], series: Sequence[str] | None = None
) -> pl.DataFrame:
    """What remains of the rows at hand: those of other sources, other series and other keys.

    Examples
    --------
    >>> import polars as pl
    >>> old = pl.DataFrame({"economy": ["CHN", "USA"], "indicator": ["gdp"] * 2, "source": ["A", "B"]})
    >>> without_replaced(old, old.head(1), ["economy", "indicator", "source"])["economy"].to_list()
    ['USA']
    """
    named = list(series or [column for column in ("source", "indicator", "fact") if column in key])
    kept = held
    if "source" in named:
        kept = kept.join(new.select(named).unique(), on=named, how="anti", maintain_order="left")
    return kept.join(new.select(key).unique(), on=list(key), how="anti", nulls_equal=True, maintain_order="left")


def in_precedence(
    frame: pl.DataFrame, table: str, key: Sequence[str], *, new_sources: Sequence[str] = ()
) -> pl.DataFrame:
    """Rows by the precedence of their sources, then by key; a table without sources in its key by key only."""
    if "source" not in key:
        return frame.sort(key)
    first = [name for name in PRECEDENCE.get(table, ()) if name in frame["source"]]
    present = [*first, *new_sources, *frame["source"].unique(maintain_order=True)]
    order = list(dict.fromkeys(present))
    place = pl.col("source").cast(pl.Enum(order)).to_physical()
    return frame.sort(place, *(column for column in key if column != "source"))
