"""Duties on one product between all economies, from the schedules and averages that the store holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.roster import Matrix, Roster
from entrepot.core.kept import Kept
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.concordance import conversion
from entrepot.formulas.tariff import Duty, Reading, duty, mean_tariffs, parted
from entrepot.tables.concordances import correspondences

if TYPE_CHECKING:
    from entrepot.analyses.world import World

TOLERANCE_YEARS = 5
BASES = ("line", "chapter", "country")  # in the order in which they are believed
PARTS = ("average", "mfn", "preferential", "lowest")
PART_COLUMNS = {"tariff_mfn": "mfn", "tariff_preferential": "preferential", "tariff_lowest": "lowest"}
NUMBER_COLUMNS = {"tariff_lines": "lines", "tariff_lines_left_out": "left_out", "tariff_year": "year"}
WORD_COLUMNS = {"tariff_basis": "basis", "tariff_source": "source"}
# What of a row of the table, besides its code, the duty rests on.
SAID = ("exporter", "regime", "programme", "rate", "lines", "lines_left_out", "year", "basis", "source")
Row = Mapping[str, Any]
Shares = dict[tuple[str, str], float]  # (vintage, code) → the share of it that goes into the product


@dataclass(frozen=True, eq=False)
class Levied:
    """What one importer levies on a product: by exporter (NaN where unknown), and what holds for all exporters.

    `rates` holds PARTS, each one number per exporter. `lines`, `left_out` and `year` are NaN, `basis` and `source` ""
    where nothing is known.
    """

    rates: Mapping[str, Values]
    lines: float = np.nan
    left_out: float = np.nan
    year: float = np.nan
    basis: str = ""
    source: str = ""


@dataclass(frozen=True, eq=False)
class Duties:
    """T_ij of one product and its parts as fractions; NaN where nothing is known, and on an economy's own trade.

    `levied` : one entry per importer. `unconverted` names the vintages whose schedules were left out, no concordance to
    the data set's being loaded.
    """

    levied: tuple[Levied, ...]
    unconverted: tuple[str, ...] = ()

    def part(self, name: str) -> Matrix:
        """One of PARTS, exporter × importer."""
        rates = np.array([one.rates[name] for one in self.levied])
        np.fill_diagonal(rates, np.nan)
        return np.ascontiguousarray(rates.T)

    @cached_property
    def average(self) -> Matrix:
        """T_ij, exporter × importer."""
        return self.part("average")

    @cached_property
    def means(self) -> tuple[Values, Values]:
        """The mean duty that each exporter faces, and that each importer levies."""
        return mean_tariffs(self.average)


@dataclass(frozen=True, eq=False)
class OnCells:
    """The duties on many cells.

    Parameters
    ----------
    numbers : column → number of each cell.
    words : column → words, of which `at` gives each cell's place.
    """

    numbers: Mapping[str, Values]
    words: Mapping[str, NDArray[np.object_]]
    at: Codes


def on_cells(duties: Sequence[Duties], product: Codes, exporter: Codes, importer: Codes) -> OnCells:
    """Parts, lines, year, basis and source of the duty on each cell, by the name of their column.

    Parameters
    ----------
    duties : one entry per product.
    product, exporter, importer : place of each cell's product among `duties`; economy codes.
    """
    # Many products share what most importers levy: each such thing is looked at once.
    levied = [one for product_duties in duties for one in product_duties.levied]
    _, first, which = np.unique(
        np.fromiter(map(id, levied), np.int64, len(levied)), return_index=True, return_inverse=True
    )
    columns = [levied[k] for k in first.tolist()]
    at = which.reshape(len(duties), -1)[product, importer]

    def each(of: str, dtype: type) -> NDArray[Any]:
        return np.array([getattr(one, of) for one in columns], dtype=dtype)

    parts = {column: np.array([one.rates[part] for one in columns]) for column, part in PART_COLUMNS.items()}
    return OnCells(
        {
            **{column: x[at, exporter] for column, x in parts.items()},
            **{column: each(of, float)[at] for column, of in NUMBER_COLUMNS.items()},
        },
        {column: each(of, object) for column, of in WORD_COLUMNS.items()},
        at,
    )


def duties_of(world: "World", roster: Roster, data: str, product: str, year: int, reading: Reading) -> Duties | None:
    """Duties on a product of a data set in a year; None where the store has no tariffs.

    An importer's own schedule comes before that of its customs union; lines of the product before its chapter, and that
    before the average of all products (`basis` says which). Of several sources the first in the table's order counts, with
    its latest year that is not after the analysis year nor more than five years before it. Inside a customs union that
    levies as one the duty is 0.
    """
    if not world.snapshot.has_reference("tariffs"):
        return None
    key = (world, data, year, reading)
    return _of_roster(_schedules.get(key, lambda: Schedules(world, data, year, reading)).of(product), roster)


class Schedules:
    """Every schedule and average that counts in a year, arranged so that the duties on a product are looked up.

    Most importers levy the average of a chapter or of all products, on thousands of products alike: those are worked out
    once. Only what rests on lines of the product itself is worked out for it.
    """

    def __init__(self, world: "World", data: str, year: int, reading: Reading) -> None:
        self._world, self._data, self._reading = world, data, reading
        table = world.snapshot.reference("tariffs").filter(pl.col("year").is_between(year - TOLERANCE_YEARS, year))
        self._rows = table.to_dicts()
        self._areas = _areas(world, year)
        self._general: dict[tuple[str, str, str], list[int]] = {}
        self._lines: dict[tuple[str, str], list[int]] = {}
        for k, row in enumerate(self._rows):
            if row["basis"] == "line":
                self._lines.setdefault((row["vintage"], row["product"]), []).append(k)
            else:
                chapter = row["product"] if row["basis"] == "chapter" else ""
                self._general.setdefault((row["importer"], row["basis"], chapter), []).append(k)
        leviers = set(table["importer"])
        self._unions = {
            importer: tuple(area for area, members in self._areas.items() if area in leviers and importer in members)
            for importer in world.codes
        }
        self._alike: dict[tuple[str, ...], list[tuple[Codes, list[int]]]] = {}
        self._of_chapter: dict[str, list[Levied]] = {}
        self._worked_out: dict[tuple[object, ...], Levied] = {}
        self._unknown = Levied({part: np.full(len(world.codes), np.nan) for part in PARTS})

    def of(self, product: str) -> Duties:
        """The duties on a product between the base economies."""
        lines, shares, unconverted = self._lines_of(product)
        chapter = product[:2]
        if chapter not in self._of_chapter:
            self._of_chapter[chapter] = [self._levied(importer, chapter, {}, {}) for importer in self._world.codes]
        levied = list(self._of_chapter[chapter])
        # Members of the same unions without lines of their own levy alike, since some union of theirs has lines.
        alike: dict[tuple[str, ...], Levied] = {}
        for importer in {m for levier in lines for m in (levier, *self._areas.get(levier, ()))} & self._unions.keys():
            unions = self._unions[importer]
            if importer in lines or unions not in alike:
                found = self._levied(importer, chapter, lines, shares)
                if importer not in lines:
                    alike[unions] = found
            levied[self._world.index[importer]] = found if importer in lines else alike[unions]
        return Duties(tuple(levied), unconverted)

    def _lines_of(self, product: str) -> tuple[dict[str, list[int]], Shares, tuple[str, ...]]:
        """Lines of the product by who levies, in the table's order; the share of each code that goes into the product; and
        vintages that cannot be converted.
        """
        codes = self._codes.get(product, [])
        found: list[int] = []
        shares: Shares = {}
        unconverted = []
        for vintage in self._vintages:
            wanted = dict.fromkeys(codes, 1.0) if vintage == self._own else self._into(vintage, codes)
            if not wanted:
                unconverted.append(vintage)
            found += [k for code in sorted(wanted) for k in self._lines.get((vintage, code), ())]
            shares |= {(vintage, code): share for code, share in wanted.items()}
        by_levier: dict[str, list[int]] = {}
        for k in sorted(found):
            by_levier.setdefault(self._rows[k]["importer"], []).append(k)
        return by_levier, shares, tuple(unconverted)

    @cached_property
    def _own(self) -> str:
        return self._world.snapshot.dataset(self._data).info.classification

    @cached_property
    def _vintages(self) -> list[str]:
        return sorted({vintage for vintage, _ in self._lines})

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        """The HS6 codes of the data set below each code of 4 or 6 digits."""
        found: dict[str, list[str]] = {}
        for good in self._world.goods(self._data).at_level(6):
            found.setdefault(good.code, []).append(good.code)
            found.setdefault(good.code[:4], []).append(good.code)
        return found

    def _into(self, vintage: str, codes: Iterable[str]) -> dict[str, float]:
        """The HS6 codes of another vintage that go into those of the data set, with the share of each that does.

        Where the table of correspondences names the one code that it converts to itself, a code goes there. Where none is
        so converted to any of these, codes are parted by the trade of the data set.
        """
        for way in self._ways[vintage]:
            found: dict[str, float] = {}
            for own in codes:
                for code, share in way.get(own, {}).items():
                    found[code] = found.get(code, 0.0) + share
            if found:
                return found
        return {}

    @cached_property
    def _ways(self) -> dict[str, list[dict[str, dict[str, float]]]]:
        """Vintage → the ways from it into the data set's own, the one that is believed first before the other."""
        table = self._world.table("concordances")
        trade = (
            self._world.snapshot.data_table(self._data, "coverage").group_by("product").agg(pl.col("value_usd").sum())
        )
        traded = dict(trade.iter_rows())
        return {
            vintage: [
                conversion(correspondences(table, vintage, self._own, chosen=chosen), traded).by_target()
                for chosen in (True, False)
            ]
            for vintage in self._vintages
            if vintage != self._own
        }

    def _levied(self, importer: str, chapter: str, lines: Mapping[str, list[int]], shares: Shares) -> Levied:
        """What an importer levies: the rows of the first basis that it, or a union of its, has any of."""
        unions = self._unions[importer]
        for basis in BASES:
            chosen = _chosen((self._rows_of(who, basis, chapter, lines) for who in (importer, *unions)), self._rows)
            if chosen:
                inside = tuple(u for u in unions if any(self._rows_of(u, b, chapter, lines) for b in BASES))
                rows = [self._rows[k] for k in chosen]
                place = {code: n for n, code in enumerate(sorted({(row["vintage"], row["product"]) for row in rows}))}
                # Schedules repeat themselves: what says the same of as many codes is worked out once.
                said = tuple((place[row["vintage"], row["product"]], *(row[of] for of in SAID)) for row in rows)
                key = (said, tuple(shares.get(code, 1.0) for code in place), inside)
                if key not in self._worked_out:
                    self._worked_out[key] = self._work_out(rows, inside, shares)
                return self._worked_out[key]
        return self._unknown

    def _rows_of(self, who: str, basis: str, chapter: str, lines: Mapping[str, list[int]]) -> Sequence[int]:
        if basis == "line":
            return lines.get(who, ())
        return self._general.get((who, basis, chapter if basis == "chapter" else ""), ())

    def _work_out(self, rows: Sequence[Row], inside: Iterable[str], shares: Shares) -> Levied:
        """The duty on every exporter by the regimes open to it; 0 on members of the unions that the importer is in.

        Of a code that goes into the product only in part, that part of its lines counts; a preference counts where it covers.
        """
        products = sorted({(row["vintage"], row["product"]) for row in rows})
        place = {key: k for k, key in enumerate(products)}
        general = [row for row in rows if row["exporter"] == "" and row["regime"] != "preferential"]
        applied = [row for row in general if row["regime"] == "applied"]
        mfn = [row for row in general if row["regime"] == "mfn"]
        lines = np.ones(len(products))
        left_out, there = 0, {}
        for row in mfn or applied:
            at = place[row["vintage"], row["product"]]
            lines[at] = row["lines"] or 1
            left_out += row["lines_left_out"] or 0
            there[at] = (row["lines"] or 0) + (row["lines_left_out"] or 0)
        base = _vector(mfn or applied, place)
        weight = lines * np.array([shares.get(key, 1.0) for key in products])
        granted: dict[tuple[str, str], list[Row]] = {}
        for row in (row for row in rows if row["regime"] == "preferential"):
            granted.setdefault((row["exporter"], row["programme"]), []).append(row)
        vectors = [base, *(_vector(own, place) for own in granted.values())]
        covered = np.column_stack([np.ones(len(products)), *(_covered(own, place, there) for own in granted.values())])
        # A country's applied average counts preferences already: it stands for the duty, beside the MFN average.
        stated = np.nanmean(_vector(applied, place)) if applied else None
        rates = {part: np.empty(len(self._world.codes)) for part in PARTS}
        for alike, regimes in self._open_to(tuple(exporter for exporter, _ in granted)):
            picked = [0, *(k + 1 for k in regimes)]
            columns = np.column_stack([vectors[k] for k in picked])
            one = _duty(*parted(columns, weight, covered[:, picked]), self._reading)
            for part in PARTS:
                rates[part][alike] = getattr(one, part)
            if stated is not None:
                rates["average"][alike] = stated
        members = [self._world.index[m] for union in inside for m in self._areas[union] if m in self._world.index]
        for part in ("average", "preferential", "lowest"):
            rates[part][members] = 0.0
        whole = float(lines[np.isfinite(base)].sum())
        return Levied(rates, whole, left_out, rows[0]["year"], rows[0]["basis"], rows[0]["source"])

    def _open_to(self, beneficiaries: tuple[str, ...]) -> list[tuple[Codes, list[int]]]:
        """Exporters to whom the same regimes are open, and the places of those regimes."""
        if beneficiaries not in self._alike:
            codes = self._world.codes
            members = [{who, *self._areas.get(who, ())} for who in beneficiaries]
            alike: dict[tuple[int, ...], list[int]] = {}
            for i, code in enumerate(codes):
                alike.setdefault(tuple(k for k, inside in enumerate(members) if code in inside), []).append(i)
            self._alike[beneficiaries] = [(np.array(exporters), list(regimes)) for regimes, exporters in alike.items()]
        return self._alike[beneficiaries]


_schedules = Kept[Schedules](limit=4)


def _areas(world: "World", year: int) -> dict[str, frozenset[str]]:
    """Customs unions and groups of beneficiaries as they were at the end of the year, in the table's order."""
    if not world.snapshot.has_reference("tariff_areas"):
        return {}
    end = pl.date(year, 12, 31)
    joined = pl.col("since").is_null() | (pl.col("since") <= end)
    table = world.snapshot.reference("tariff_areas").filter(
        joined & (pl.col("until").is_null() | (pl.col("until") >= end))
    )
    members = table.group_by("area", maintain_order=True).agg("economy")
    return {area: frozenset(inside) for area, inside in members.iter_rows()}


def _chosen(candidates: Iterable[Sequence[int]], rows: Sequence[Row]) -> list[int]:
    """Of the first levier with rows: those of its first source and that source's latest year."""
    for found in candidates:
        if found:
            source = rows[found[0]]["source"]
            own = [k for k in found if rows[k]["source"] == source]
            latest = max(rows[k]["year"] for k in own)
            return [k for k in own if rows[k]["year"] == latest]
    return []


def _vector(rows: Iterable[Row], place: Mapping[tuple[str, str], int]) -> Values:
    rates = np.full(len(place), np.nan)
    for row in rows:
        if row["rate"] is not None:
            rates[place[row["vintage"], row["product"]]] = row["rate"]
    return rates


def _covered(rows: Iterable[Row], place: Mapping[tuple[str, str], int], there: Mapping[int, int]) -> Values:
    """Share of each code's lines that a preference covers; all where the schedule does not count them."""
    share = np.ones(len(place))
    for row in rows:
        if row["lines"] and (of := there.get(at := place[row["vintage"], row["product"]])):
            share[at] = min(1.0, row["lines"] / of)
    return share


def _duty(rates: Matrix, lines: Values, reading: Reading) -> Duty:
    """`formulas.tariff.duty`; schedules repeat the same few rates over and over."""
    return _duty_of(rates.shape, rates.tobytes(), reading, lines.tobytes())


@lru_cache(maxsize=50_000)
def _duty_of(shape: tuple[int, int], rates: bytes, reading: Reading, lines: bytes) -> Duty:
    return duty(np.frombuffer(rates).reshape(shape), reading, np.frombuffer(lines))


def _of_roster(found: Duties, roster: Roster) -> Duties:
    """A group's duty is the GDP-weighted mean of its members', on either side."""
    if not roster.groups:
        return found
    rates = {part: roster.mean_pairs(found.part(part)) for part in PARTS}
    lines, left_out, year = (
        roster.mean(np.array([getattr(one, of) for one in found.levied], dtype=float))
        for of in ("lines", "left_out", "year")
    )
    basis, source = (
        roster.words(np.array([getattr(one, of) for one in found.levied], dtype=object), "mean of members")
        for of in ("basis", "source")
    )
    levied = [
        Levied({part: x[:, j] for part, x in rates.items()}, lines[j], left_out[j], year[j], basis[j], source[j])
        for j in range(len(roster.codes))
    ]
    return Duties(tuple(levied), found.unconverted)
