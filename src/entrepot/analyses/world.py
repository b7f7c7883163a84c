"""The reference side of a store snapshot as arrays: who is who, distances, GDP, conditions, agreements."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.directory import Goods, Place, Places
from entrepot.analyses.passages import sea_without
from entrepot.analyses.roster import Matrix, Roster, roster_of
from entrepot.core.errors import InputError
from entrepot.core.kept import Kept
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.tables import REFERENCE_TABLES

if TYPE_CHECKING:
    from entrepot.store import Snapshot

# How many years a value may be behind the analysis year (design section 3); an indicator not named here has no limit.
TOLERANCE = {"rule_of_law": 3, "political_stability": 3, **{f"lpi{part}": 6 for part in (
    "", "_customs", "_infrastructure", "_shipments", "_competence", "_tracking", "_timeliness")}}  # fmt: skip


BY_HAND = "entered by hand"  # the source of the embedded agreements
PARTIAL = "PTA"  # covers part of the trade, so it makes no free trade area


@dataclass(frozen=True, slots=True)
class Condition:
    """One indicator of every market for one analysis year: the latest value not after it, NaN where there is none.

    `source` carries the remark on the value, if there is one (`note`). `too_old` marks values left out because they are further behind than the tolerance.
    """

    value: Values
    year: Values
    source: NDArray[np.object_]
    note: NDArray[np.object_]
    too_old: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreements between two economies in force: their names, the earliest date, where that is from."""

    names: Text
    since: str
    source: str


class World:
    """What a snapshot knows besides trade. Built once per snapshot, then only read."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self.economies = snapshot.reference("economies").sort("iso3")
        self.codes = tuple(self.economies["iso3"])
        self.places = Places(self.economies, snapshot.reference("codes"), snapshot.reference("groups"))
        self._goods: dict[str, Goods] = {}

    def goods(self, data: str) -> Goods:
        """The products of a data set."""
        if data not in self._goods:
            classification = self.snapshot.dataset(data).info.classification
            products = self.snapshot.reference("products").filter(pl.col("classification") == classification)
            self._goods[data] = Goods(products, self.snapshot.data_table(data, "coverage")["product"].unique())
        return self._goods[data]

    def table(self, name: str) -> pl.DataFrame:
        """A reference table; with its columns and no rows where the store does not have it."""
        if self.snapshot.has_reference(name):
            return self.snapshot.reference(name)
        return pl.DataFrame(schema=dict(REFERENCE_TABLES[name].schema))

    @cached_property
    def index(self) -> dict[str, int]:
        """Base economy → integer."""
        return {code: number for number, code in enumerate(self.codes)}

    def roster(self, *places: Place) -> Roster:
        """The economies of a question about these places."""
        return roster_of(self.codes, places, self._group_weights)

    @cached_property
    def _group_weights(self) -> Values:
        """The latest current GDP of each economy: the weights of a group's means."""
        return _last_row(self.gdp("gdp_current_usd", range(1960, 2100))[0])

    @cached_property
    def _pairs(self) -> tuple[pl.DataFrame, NDArray[np.intp], NDArray[np.intp]]:
        pairs = self.snapshot.reference("pairs")
        known = set(self.codes)
        pairs = pairs.filter(pl.col("exporter").is_in(known) & pl.col("importer").is_in(known))
        return pairs, self._numbers(pairs["exporter"]), self._numbers(pairs["importer"])

    def _numbers(self, codes: pl.Series) -> NDArray[np.intp]:
        return codes.cast(pl.Enum(self.codes)).to_physical().to_numpy().astype(np.intp)

    @lru_cache(maxsize=8)  # noqa: B019 - a World lives as long as its snapshot
    def distance(self, provider: str, without: str | None = None) -> Matrix:
        """Kilometres from exporter (row) to importer (column); NaN where unknown.

        Parameters
        ----------
        without : passages that are closed, for the provider "sea".

        Raises
        ------
        InputError
            ``distance_not_loaded``: CEPII's distances come with a file of the user's.
        """
        if without is not None:
            return sea_without(self, without).km
        pairs, i, j = self._cepii if provider == "cepii" else self._pairs
        matrix = np.full((len(self.codes), len(self.codes)), np.nan)
        matrix[i, j] = pairs[f"km_{provider}"].to_numpy()
        return matrix

    @property
    def _cepii(self) -> tuple[pl.DataFrame, NDArray[np.intp], NDArray[np.intp]]:
        if not self.snapshot.has_reference("pair_facts"):
            raise InputError(
                "distance_not_loaded",
                Text(
                    "CEPII's distances are not loaded. Load GeoDist with `entrepot data add dist_cepii.dta`, or choose "
                    "ports, sea or great_circle.",
                    "未载入 CEPII 距离。请用 `entrepot data add dist_cepii.dta` 载入 GeoDist，或选择 ports、sea、great_circle。",
                ),
                field="distance",
                valid=["ports", "sea", "great_circle"],
                nearest="great_circle",
            )
        known = set(self.codes)
        facts = self.snapshot.reference("pair_facts").filter(
            pl.col("exporter").is_in(known) & pl.col("importer").is_in(known) & pl.col("km_cepii").is_not_null()
        )
        facts = facts.unique(["exporter", "importer"], keep="first", maintain_order=True)
        return facts, self._numbers(facts["exporter"]), self._numbers(facts["importer"])

    @lru_cache(maxsize=8)  # noqa: B019
    def distance_rule(self, provider: str, without: str | None = None) -> NDArray[np.object_]:
        """By which rule each distance was found."""
        if without is not None:
            return sea_without(self, without).rule.astype(object)
        pairs, i, j = self._pairs
        matrix = np.full((len(self.codes), len(self.codes)), "", dtype=object)
        if f"rule_{provider}" in pairs.columns:
            matrix[i, j] = pairs[f"rule_{provider}"].to_numpy()
        return matrix

    @cached_property
    def neighbours(self) -> NDArray[np.bool_]:
        """Pairs with a shared land border."""
        pairs, i, j = self._pairs
        matrix = np.zeros((len(self.codes), len(self.codes)), dtype=bool)
        matrix[i, j] = pairs["border"].to_numpy()
        return matrix

    def gdp(self, indicator: str, years: range) -> tuple[Matrix, NDArray[np.object_]]:
        """A GDP series, shape (years, economies), NaN where not at hand; and the source of each economy's, "" for none.

        One source per economy: the first in the table's order of precedence that has a value in these years.
        """
        rows = self.snapshot.reference("macro").filter(
            (pl.col("indicator") == indicator)
            & pl.col("year").is_between(years.start, years.stop - 1)
            & pl.col("economy").is_in(set(self.codes))
        )
        rows = _of_first_source(rows)
        matrix = np.full((len(years), len(self.codes)), np.nan)
        source = np.full(len(self.codes), "", dtype=object)
        at = self._numbers(rows["economy"])
        matrix[rows["year"].to_numpy() - years.start, at] = rows["value"].to_numpy()
        source[at] = rows["source"].to_list()
        return matrix, source

    @lru_cache(maxsize=256)  # noqa: B019
    def condition(self, indicator: str, year: int) -> Condition:
        """The indicator for every base economy, matched to the analysis year: never a later value."""
        held = self.snapshot.reference("conditions").filter(
            (pl.col("indicator") == indicator)
            & (pl.col("year") <= year)
            & pl.col("value").is_not_null()
            & pl.col("economy").is_in(set(self.codes))
        )
        rows = _of_first_source(held).sort("economy", "year").group_by("economy", maintain_order=True).last()
        count = len(self.codes)
        at = self._numbers(rows["economy"])
        value, when = np.full(count, np.nan), np.full(count, np.nan)
        source, note = np.full(count, None, dtype=object), np.full(count, None, dtype=object)
        value[at], when[at] = rows["value"].to_numpy(), rows["year"].to_numpy()
        remark = pl.when(pl.col("note").is_not_null()).then(pl.format(" ({})", "note")).otherwise(pl.lit(""))
        source[at] = rows.select(pl.col("source") + remark).to_series().to_list()
        note[at] = rows["note"].to_list()
        too_old = np.isfinite(value) & (year - when > TOLERANCE.get(indicator, np.inf))
        value[too_old] = np.nan
        return Condition(value, when, source, note, too_old)

    @cached_property
    def conditions_loaded(self) -> frozenset[str]:
        """The indicators of which the store has any value."""
        return frozenset(self.snapshot.reference("conditions")["indicator"].unique())

    @property
    def agreements_complete(self) -> bool:
        """Whether a pair without an agreement in the list has none (else it is unknown)."""
        return bool(self.snapshot.reference_entry("agreements").complete)

    @cached_property
    def agreements_list(self) -> str | None:
        """The list that says of a pair that it has no agreement: the one believed first, if it is complete."""
        lists = self.snapshot.reference("agreements").filter(pl.col("source") != BY_HAND)["source"]
        return str(lists[0]) if self.agreements_complete and len(lists) else None

    def agreements(self, exporter: str, year: int) -> Mapping[str, Agreement]:
        """Partners with a free trade agreement or customs union in force at the end of the year.

        Agreements on part of the trade only do not count.
        """
        return self._agreements(year).get(exporter, {})

    @lru_cache(maxsize=32)  # noqa: B019
    def _agreements(self, year: int) -> dict[str, dict[str, Agreement]]:
        end = pl.date(year, 12, 31)
        rows = self.snapshot.reference("agreements").filter(
            (pl.col("kind") != PARTIAL)
            & (pl.col("since") <= end)
            & (pl.col("until").is_null() | (pl.col("until") >= end))
        )
        rows = _of_best_list(rows)
        told = (
            rows.sort("since", "agreement")
            .unique(["exporter", "importer", "agreement"], keep="first", maintain_order=True)
            .group_by("exporter", "importer", maintain_order=True)
            .agg("name_en", "name_zh", pl.col("since").first(), pl.col("source").unique().sort())
        )
        found: dict[str, dict[str, Agreement]] = {}
        for exporter, importer, en, zh, since, source in told.iter_rows():
            agreement = Agreement(Text("; ".join(en), "；".join(zh)), since.isoformat(), ", ".join(source))
            found.setdefault(exporter, {})[importer] = agreement
        return found


def _of_best_list(agreements: pl.DataFrame) -> pl.DataFrame:
    """Of lists that tell the same agreements under different names the one that is believed first (rows stand in that order).

    Only the first official list counts, as a whole. The embedded facts fill pairs that it has no agreement for, and RCEP,
    which is not notified to the World Trade Organization.
    """
    by_hand = pl.col("source") == BY_HAND
    lists = agreements.filter(~by_hand)["source"].unique(maintain_order=True)
    listed = agreements.filter(by_hand | pl.col("source").is_in(lists.head(1).implode()))
    official = (~by_hand).any().over("exporter", "importer")
    return listed.filter(~(by_hand & official) | (pl.col("agreement") == "RCEP"))


def _of_first_source(rows: pl.DataFrame) -> pl.DataFrame:
    """Each economy's rows of one source, whole: the first, since a reference table stands in order of precedence."""
    first = rows.group_by("economy", maintain_order=True).agg(pl.col("source").first())
    return rows.join(first, on=["economy", "source"], how="semi")


def _last_row(series: Matrix) -> Values:
    """The last known number of each column."""
    known = np.isfinite(series)
    last = len(series) - 1 - np.argmax(known[::-1], axis=0)
    return np.where(known.any(axis=0), series[last, np.arange(series.shape[1])], np.nan)


_worlds = Kept[World](limit=2)


def world_of(snapshot: "Snapshot") -> World:
    """The World of a snapshot; built once and kept for the last few, since a version of the store never changes."""
    return _worlds.get((snapshot.home, snapshot.id), lambda: World(snapshot))
