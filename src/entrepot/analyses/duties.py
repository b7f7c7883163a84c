"""Duties on one product between all economies, from the schedules and averages that the store holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.roster import Matrix, Roster
from entrepot.cube.cells import Values
from entrepot.formulas.tariff import Duty, Reading, duty

if TYPE_CHECKING:
    from entrepot.analyses.world import World

TOLERANCE_YEARS = 5
BASES = ("line", "chapter", "country")  # in the order in which they are believed
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Duties:
    """T_ij of one product and its parts, exporter × importer, fractions; NaN where nothing is known.

    `lines`, `left_out`, `year` per importer (NaN where unknown); `basis` and `source` in words ("" where unknown).
    `unconverted` names the vintages whose schedules were left out, no concordance to the data set's being loaded.
    """

    average: Matrix
    mfn: Matrix
    preferential: Matrix
    lowest: Matrix
    lines: Values
    left_out: Values
    year: Values
    basis: NDArray[np.object_]
    source: NDArray[np.object_]
    unconverted: tuple[str, ...] = ()


def duties_of(world: "World", roster: Roster, data: str, product: str, year: int, reading: Reading) -> Duties | None:
    """Duties on a product of a data set in a year; None where the store has no tariffs.

    An importer's own schedule comes before that of its customs union; lines of the product before its chapter, and that
    before the average of all products (`basis` says which). Of several sources the first in the table's order counts, with
    its latest year that is not after the analysis year nor more than five years before it. Inside a customs union that
    levies as one the duty is 0.
    """
    if not world.snapshot.has_reference("tariffs"):
        return None
    areas = _areas(world, year)
    rows, unconverted = _rows(world, data, product, year)
    found = _unknown(len(world.codes), unconverted)
    for importer, j in world.index.items():
        unions = [area for area, members in areas.items() if importer in members]
        for basis in BASES:
            chosen = _chosen([rows.get((who, basis), []) for who in (importer, *unions)])
            if chosen:
                _fill(found, world, j, chosen, areas, reading)
                break
        for union in unions:
            if any((union, basis) in rows for basis in BASES) and not np.isnan(found.year[j]):
                inside = [world.index[m] for m in areas[union] if m in world.index and m != importer]
                for part in (found.average, found.preferential, found.lowest):
                    part[inside, j] = 0.0
    return _of_roster(found, roster)


def _rows(
    world: "World", data: str, product: str, year: int
) -> tuple[dict[tuple[str, str], list[Row]], tuple[str, ...]]:
    """Rows that bear on the product, by who levies and basis, in the table's order; and vintages that cannot be converted."""
    table = world.snapshot.reference("tariffs").filter(pl.col("year").is_between(year - TOLERANCE_YEARS, year))
    vintages = set(table.filter(pl.col("basis") == "line")["vintage"])
    codes = _codes_by_vintage(world, data, product, vintages)
    of_product = pl.lit(False)
    for vintage, wanted in codes.items():
        of_product = of_product | ((pl.col("vintage") == vintage) & pl.col("product").is_in(wanted))
    chapter = (pl.col("basis") == "chapter") & (pl.col("product") == product[:2])
    found: dict[tuple[str, str], list[Row]] = {}
    for row in table.filter(of_product | chapter | (pl.col("basis") == "country")).iter_rows(named=True):
        found.setdefault((row["importer"], row["basis"]), []).append(row)
    return found, tuple(sorted(vintages - {vintage for vintage, wanted in codes.items() if wanted}))


def _codes_by_vintage(world: "World", data: str, product: str, vintages: Iterable[str]) -> dict[str, list[str]]:
    """The HS6 codes of each vintage that correspond to the product's codes in the data set."""
    own = world.snapshot.dataset(data).info.classification
    codes = [good.code for good in world.goods(data).at_level(6) if good.code.startswith(product)]
    found = {own: codes}
    if world.snapshot.has_reference("concordances"):
        table = world.snapshot.reference("concordances")
        for vintage in set(vintages) - {own}:
            ahead = table.filter(
                (pl.col("from_classification") == vintage)
                & (pl.col("to_classification") == own)
                & pl.col("to_code").is_in(codes)
            )["from_code"]
            back = table.filter(
                (pl.col("from_classification") == own)
                & (pl.col("to_classification") == vintage)
                & pl.col("from_code").is_in(codes)
            )["to_code"]
            found[vintage] = sorted({*ahead, *back})
    return found


def _areas(world: "World", year: int) -> dict[str, frozenset[str]]:
    """Customs unions and groups of beneficiaries as they were at the end of the year."""
    if not world.snapshot.has_reference("tariff_areas"):
        return {}
    end = pl.date(year, 12, 31)
    joined = pl.col("since").is_null() | (pl.col("since") <= end)
    table = world.snapshot.reference("tariff_areas").filter(
        joined & (pl.col("until").is_null() | (pl.col("until") >= end))
    )
    members = table.group_by("area").agg("economy")
    return {area: frozenset(inside) for area, inside in members.iter_rows()}


def _chosen(candidates: Iterable[list[Row]]) -> list[Row]:
    """Of the first levier with rows: those of its first source and that source's latest year."""
    for rows in candidates:
        if rows:
            source = rows[0]["source"]
            own = [row for row in rows if row["source"] == source]
            latest = max(row["year"] for row in own)
            return [row for row in own if row["year"] == latest]
    return []


def _fill(
    found: Duties, world: "World", j: int, rows: list[Row], areas: Mapping[str, frozenset[str]], reading: Reading
) -> None:
    """One importer's column: the duty on every exporter by the regimes open to it."""
    products = sorted({(row["vintage"], row["product"]) for row in rows})
    place = {key: k for k, key in enumerate(products)}
    general = [row for row in rows if row["exporter"] == "" and row["regime"] != "preferential"]
    applied = [row for row in general if row["regime"] == "applied"]
    mfn = [row for row in general if row["regime"] == "mfn"]
    lines = np.ones(len(products))
    left_out = 0
    for row in mfn or applied:
        lines[place[row["vintage"], row["product"]]] = row["lines"] or 1
        left_out += row["lines_left_out"] or 0
    base = _vector(mfn or applied, place)
    granted: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["regime"] == "preferential":
            granted.setdefault((row["exporter"], row["programme"]), []).append(row)
    vectors = {key: _vector(own, place) for key, own in granted.items()}
    # A country's applied average counts preferences already: it stands for the duty, beside the MFN average.
    stated = _vector(applied, place) if applied else None
    known: dict[tuple[tuple[str, str], ...], Duty] = {}
    for exporter, i in world.index.items():
        if i == j:
            continue
        open_to = tuple(key for key in vectors if exporter == key[0] or exporter in areas.get(key[0], ()))
        if open_to not in known:
            known[open_to] = duty(np.column_stack([base, *(vectors[key] for key in open_to)]), reading, lines)
        one = known[open_to]
        found.average[i, j] = one.average if stated is None else np.nanmean(stated)
        found.mfn[i, j], found.preferential[i, j], found.lowest[i, j] = one.mfn, one.preferential, one.lowest
    whole = known[()] if () in known else duty(base[:, None], reading, lines)
    found.lines[j], found.left_out[j] = whole.lines, left_out
    found.year[j], found.basis[j], found.source[j] = rows[0]["year"], rows[0]["basis"], rows[0]["source"]


def _vector(rows: Iterable[Row], place: Mapping[tuple[str, str], int]) -> Values:
    rates = np.full(len(place), np.nan)
    for row in rows:
        if row["rate"] is not None:
            rates[place[row["vintage"], row["product"]]] = row["rate"]
    return rates


def _unknown(size: int, unconverted: tuple[str, ...]) -> Duties:
    def pairs() -> Matrix:
        return np.full((size, size), np.nan)

    def one() -> Values:
        return np.full(size, np.nan)

    def words() -> NDArray[np.object_]:
        return np.full(size, "", dtype=object)

    return Duties(pairs(), pairs(), pairs(), pairs(), one(), one(), one(), words(), words(), unconverted)


def _of_roster(found: Duties, roster: Roster) -> Duties:
    """A group's duty is the GDP-weighted mean of its members', on either side."""
    if not roster.groups:
        return found
    group = "mean of members"
    return Duties(
        roster.mean_pairs(found.average),
        roster.mean_pairs(found.mfn),
        roster.mean_pairs(found.preferential),
        roster.mean_pairs(found.lowest),
        roster.mean(found.lines),
        roster.mean(found.left_out),
        roster.mean(found.year),
        roster.words(found.basis, group),
        roster.words(found.source, group),
        found.unconverted,
    )
