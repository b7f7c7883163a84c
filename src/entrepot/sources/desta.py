"""Design of Trade Agreements (DESTA): its list of treaties, with their members side by side or by pair of economies.

It knows agreements that nobody notified to the WTO, and no more of their days than the year. It records an end only where a
party withdrew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, NOTHING, Place, require, years
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_text
from entrepot.sources.who import STRANGER, Economies
from entrepot.sources.workbooks import preview_of, sheet_frame, sheet_names
from entrepot.sources.wto_rta_names import chinese_name
from entrepot.tables import agreements

NAME = "DESTA"
MEMBERS, DYADS = "members", "dyads"
LAYOUTS = {
    MEMBERS: Text("list of treaties, members side by side (c1, c2 …)", "协定清单，成员并列（c1、c2……）"),
    DYADS: Text("list of treaties by pair of economies (iso1, iso2)", "协定清单，按经济体对（iso1、iso2）"),
}
COLUMNS = ("number", "base_treaty", "name", "entry_type", "year", "entryforceyear")
OF_LAYOUT = {MEMBERS: ("c1", "c2", "mc1", "mc2"), DYADS: ("iso1", "iso2")}
BASE, ACCESSION, WITHDRAWAL, NEGOTIATION = "base_treaty", "accession", "withdrawal", "negotiation"
AMENDMENTS = ("protocol or amendment", "amendment", "protocol", "consolidated")
# What the name of a treaty says about its kind; the first that it holds counts. Partial are also those known for
# preferences on part of the trade, or on one side only.
KINDS = (
    (r"\b(customs union|cu|common market|economic union|monetary union)\b", "CU"),
    (r"\b(pta|preferential|preferences|partial|framework|negotiations|gstp|services|non tariff)\b", "PTA"),
    (r"\b(aladi|lafta|bangkok agreement|sparteca|sapta|lom[eé]|cotonou|yaound[eé]|arusha)\b", "PTA"),
    (r"\b(african economic community|association of caribbean states|economic cooperation organization)\b", "PTA"),
    (r"^EC( (Amsterdam|Lisbon|Maastricht|Nice|Single European Act))?$", "CU"),
)
IN_TALKS = Text("negotiations", "谈判中的协定")
AMENDED = Text(
    "protocols, amendments and consolidated texts (parties and dates are those of the treaty itself)",
    "议定书、修订和合并文本（缔约方与日期以原协定为准）",
)
NOT_IN_FORCE = Text("treaties without a year of entry into force", "没有生效年份的协定")
NO_TREATY = Text("accessions and withdrawals of treaties that are not in force", "所属协定未生效的加入或退出")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the list: who is in it with whom; `pairs` one way round."""

    treaty: str
    name: str
    kind: str
    signed: int
    in_force: int | None
    pairs: tuple[tuple[str, str], ...]


def recognise(head: Head) -> Match | None:
    """The list as CSV or workbook, by its columns."""
    preview = preview_of(head)
    names = set(head.columns) if preview is None else {name for row in preview.rows[:1] for name in row}
    layout = next((layout for layout, own in OF_LAYOUT.items() if {*COLUMNS, *own} <= names), None)
    if layout is None:
        return None
    found = re.search(r"(?<!\d)(\d{1,2})[_.](\d{1,2})(?!\d)", head.path.stem)
    said = LAYOUTS[layout]
    edition = f"{int(found[1])}.{int(found[2])}" if found else ""
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"{NAME}：{said.zh}"), edition)


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Pairs of economies under each treaty in force, from the year of entry into force; accessions and withdrawals applied.

    1 January stands for a year. An accession without a year of entry into force counts from the year of its signature. A
    treaty that is no longer in force for want of anything but a withdrawal is not told from one that is.
    """
    tally, economies = Tally(), Economies(known)
    match = tally.last_of(matches)
    entries, rows_read, place = _entries(match, economies, tally)
    held: dict[tuple[str, str, str], list[date | None]] = {}
    about: dict[str, tuple[str, str, str]] = {}
    started: dict[str, int] = {}
    for entry in entries:
        if entry.kind == BASE and entry.in_force is not None:
            about[entry.treaty] = (
                entry.name,
                chinese_name(_parted(entry.name, economies), economies),
                _kind(entry.name),
            )
            started[entry.treaty] = entry.in_force
            _join(held, entry, entry.in_force)
        elif entry.kind == BASE:
            tally.drop("not_in_force", NOT_IN_FORCE, [entry.name])
    guessed = 0
    for entry in sorted(entries, key=lambda entry: (entry.signed, entry.kind)):
        if entry.kind not in (ACCESSION, WITHDRAWAL):
            continue
        if entry.treaty not in about:
            tally.drop("no_treaty", NO_TREATY, [entry.name])
            continue
        guessed += entry.in_force is None and entry.kind == ACCESSION
        when = max(entry.in_force or entry.signed, started[entry.treaty])
        (_join if entry.kind == ACCESSION else _leave)(held, entry, when)
    if not held:
        raise place.fault("no_rows", Text("no treaty in force between known economies", "没有已知经济体之间的生效协定"))
    _warn(tally, guessed)
    rows = [
        (f"DESTA-{treaty}", name, name_zh, *way, start, end, kind, NAME)
        for (treaty, one, other), (start, end) in held.items()
        for name, name_zh, kind in [about[treaty]]
        for way in ((one, other), (other, one))
        if end is None or (start is not None and start <= end)
    ]
    frame = pl.DataFrame(rows, schema=dict(agreements.SCHEMA), orient="row").sort(*agreements.KEY)
    report = tally.report(NAME, [match.path], LAYOUTS[match.layout], rows_read=rows_read, rows_kept=frame.height)
    edition = match.edition or f"to {frame.select(pl.col('since').max().dt.year()).item()}"
    return TablesReading((TableRows("agreements", frame),), report, edition=edition)


def _entries(match: Match, economies: Economies, tally: Tally) -> tuple[list[_Entry], int, Place]:
    """Treaties, accessions and withdrawals with their pairs; what changes neither parties nor years is counted."""
    if match.path.suffix.lower() in (".xlsx", ".xls"):
        place = Place(NAME, match.path, sheet_names(Place(NAME, match.path))[0])
        raw = sheet_frame(place)
    else:
        raw, place = read_text(match.path, NAME, separator=None)
    require(raw, (*COLUMNS, *OF_LAYOUT[match.layout]), place)
    rows_read = raw.height
    kind = pl.col("entry_type").str.strip_chars().str.to_lowercase()
    wanted = (BASE, ACCESSION, WITHDRAWAL)
    odd = raw.filter(~kind.is_in([*wanted, NEGOTIATION, *AMENDMENTS]))
    if odd.height:
        row = odd.row(0, named=True)
        problem = Text("no kind of entry that DESTA has", "不是 DESTA 的条目类型")
        raise place.fault("unknown_entry", problem, line=row[LINE], column="entry_type", value=row["entry_type"])
    tally.drop("negotiation", IN_TALKS, raw.filter(kind == NEGOTIATION)["name"])
    tally.drop("amendment", AMENDED, raw.filter(kind.is_in(AMENDMENTS))["name"])
    raw = raw.filter(kind.is_in(wanted)).with_columns(entry_type=kind)
    if raw.is_empty():
        raise place.fault("no_rows", Text("no treaty in the list", "清单中没有协定"))
    blank = pl.col("entryforceyear").str.strip_chars().is_in(NOTHING)
    signed = raw.with_columns(years(raw, "year", place))
    stated = raw.filter(~blank)
    in_force = dict(zip(stated[LINE], years(stated, "entryforceyear", place) if stated.height else [], strict=True))
    found: dict[tuple[str, str], list[tuple[str, _Entry]]] = {}
    for row in signed.iter_rows(named=True):
        entry = _Entry(
            row["base_treaty"].strip(),
            row["name"].strip(),
            row["entry_type"],
            row["year"],
            in_force.get(row[LINE]),
            tuple(_pairs(row, match.layout, economies, tally)),
        )
        found.setdefault((row["number"], row["entry_type"]), []).append((row["name"], entry))
    return [_whole([entry for _, entry in rows]) for rows in found.values()], rows_read, place


def _whole(rows: Sequence[_Entry]) -> _Entry:
    """One entry of the rows that the layout by pairs gives it."""
    first = rows[0]
    pairs = dict.fromkeys(pair for row in rows for pair in row.pairs)
    return _Entry(first.treaty, first.name, first.kind, first.signed, first.in_force, tuple(pairs))


def _pairs(row: dict[str, str], layout: str, economies: Economies, tally: Tally) -> Iterator[tuple[str, str]]:
    """Pairs that an entry is about, each one way round.

    Beside each member stands its side (mc1, mc2 …). All on side 0: everyone with everyone. Sides 0 and 1, or 2 and 3: one
    with the other. Sides 1 and 2: whoever accedes or withdraws (1) with everyone.
    """
    if layout == DYADS:
        members = [(row["iso1"], "0"), (row["iso2"], "0")]
    else:
        members = [
            (row[f"c{n}"], row[f"mc{n}"].strip())
            for n in range(1, len(row))
            if f"mc{n}" in row and row[f"c{n}"].strip() not in NOTHING
        ]
    known = [(economies.of_number(number), side) for number, side in members]
    tally.drop(
        "unknown_economy", STRANGER, [n for (n, _), (code, _) in zip(members, known, strict=True) if code is None]
    )
    sides = {side for _, side in known}
    across, around = sides in ({"0", "1"}, {"2", "3"}), sides == {"1", "2"}
    for (one, side), (other, their_side) in permutations([(code, side) for code, side in known if code is not None], 2):
        if one >= other:
            continue
        if (across and side == their_side) or (around and "1" not in (side, their_side)):
            continue
        yield one, other


def _join(held: dict[tuple[str, str, str], list[date | None]], entry: _Entry, year: int) -> None:
    for one, other in entry.pairs:
        held.setdefault((entry.treaty, one, other), [date(year, 1, 1), None])


def _leave(held: dict[tuple[str, str, str], list[date | None]], entry: _Entry, year: int) -> None:
    for one, other in entry.pairs:
        if (entry.treaty, one, other) in held:
            held[entry.treaty, one, other][1] = date(year, 1, 1)


def _kind(name: str) -> str:
    return next((kind for words, kind in KINDS if re.search(words, name, re.IGNORECASE)), "FTA")


def _parted(name: str, economies: Economies) -> str:
    """The name of a treaty of two parties with a dash between them, as the WTO writes it: "Chile Viet Nam"."""
    words = name.removesuffix(" FTA").split()
    for at in range(1, len(words)):
        both: Iterable[str] = (" ".join(words[:at]), " ".join(words[at:]))
        if all(economies.of_name(party) for party in both):
            return " - ".join(both)
    return name


def _warn(tally: Tally, guessed: int) -> None:
    tally.warn(
        Text(
            "DESTA tells years only (1 January stands for them) and, but for withdrawals, no end: a treaty that lapsed or was "
            "replaced still stands here. The WTO's list is believed before it where both are loaded.",
            "DESTA 仅载年份（以1月1日表示），除退出外不载终止：已失效或被取代的协定仍列于此。同时载入世贸组织清单时，以后者为准。",
        )
    )
    tally.warn(
        Text(
            "The list does not tell the kind of a treaty: it counts as a free trade agreement unless its name says otherwise.",
            "清单未注明协定类型：除名称另有说明外，按自由贸易协定计。",
        )
    )
    if guessed:
        tally.warn(
            Text(
                f"{guessed} accessions have no year of entry into force; they count from the year of their signature.",
                f"{guessed} 项加入没有生效年份，按签署年份计。",
            )
        )


PROVIDER = Provider(
    name=NAME,
    licence="free for research with citation",
    licence_url="https://www.designoftradeagreements.org/downloads/",
    citation="Dür, A., L. Baccini and M. Elsig (2014): The Design of International Trade Agreements. The Review of International "
    "Organizations 9(3), 353–375.",
    feeds=("agreements",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
