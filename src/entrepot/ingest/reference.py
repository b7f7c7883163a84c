"""Reference tables from several sources: rows of all of them are kept, in the order in which they are to be believed.

The rows of a table stand in the order of precedence of their sources, so whoever needs one value of a fact takes the
first. The user's files come before the embedded facts; among the user's, the order below; otherwise the file that
was added last comes first. A new edition takes the place of the old one, series by series.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from entrepot.core.text import Text
from entrepot.ingest.distances import build_pairs
from entrepot.sources.provider import TableRows
from entrepot.store import Publication, Snapshot, Source
from entrepot.tables import REFERENCE_TABLES

# Which source of a table is believed first, where it is not the one that was added last.
PRECEDENCE: Mapping[str, tuple[str, ...]] = {
    "macro": ("World Bank WDI", "IMF WEO", "Penn World Table"),
}
# Above this share of its pairs with the same first day, an agreement of two sources is one and the same.
SAME_AGREEMENT = 0.5
# What distances between economies are computed from.
PLACES = ("economies", "borders", "ports", "main_ports", "lanes")


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
        kept = without_replaced(former.frame, new, table.key)
        if rows.table == "agreements":
            kept = without_known_agreements(kept, new)
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
        if set(self._changed) & set(PLACES):
            former = self._former("pairs")
            economies, borders, ports, main_ports, lanes = (self.table(name) for name in PLACES)
            pairs = build_pairs(economies, borders, ports, main_ports, lanes)
            self._changed["pairs"] = replace(former, frame=pairs)
        for name, table in self._changed.items():
            publication.put_reference(
                name, table.frame, sources=table.sources, complete=table.complete, note=table.note, origin="own"
            )

    def _former(self, name: str) -> _Changed:
        if name in self._changed:
            return self._changed[name]
        if not self._snapshot.has_reference(name):
            return _Changed(self.table(name), (), False, Text("", ""))
        entry = self._snapshot.reference_entry(name)
        return _Changed(self.table(name), entry.sources, entry.complete, entry.note)


def without_replaced(held: pl.DataFrame, new: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """What remains of the rows at hand: those of other sources, other series and other keys.

    Examples
    --------
    >>> import polars as pl
    >>> old = pl.DataFrame({"economy": ["CHN", "USA"], "indicator": ["gdp"] * 2, "source": ["A", "B"]})
    >>> without_replaced(old, old.head(1), ["economy", "indicator", "source"])["economy"].to_list()
    ['USA']
    """
    series = [column for column in ("source", "indicator", "fact") if column in key]
    kept = held
    if "source" in series:
        kept = kept.join(new.select(series).unique(), on=series, how="anti", maintain_order="left")
    return kept.join(new.select(key).unique(), on=list(key), how="anti", nulls_equal=True, maintain_order="left")


def without_known_agreements(held: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Agreements at hand that the new source does not know under another name.

    It is the same agreement if most of its pairs begin on the same day in one of the new source; then it goes as a
    whole, or each pair would count it twice.
    """
    day = ["exporter", "importer", "since"]
    found = held.join(new.select(day).unique().with_columns(known=pl.lit(True)), on=day, how="left")
    share = found.group_by("agreement").agg(pl.col("known").fill_null(False).mean())
    same = share.filter(pl.col("known") > SAME_AGREEMENT)["agreement"].to_list()
    return held.filter(~pl.col("agreement").is_in(same))


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
