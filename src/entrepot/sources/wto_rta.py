"""Regional trade agreements notified to the WTO ("AllRTAs.xlsx"): every pair under each, with its first and last day.

The list is complete for what is notified; RCEP is not.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place, require
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.who import STRANGER, Economies
from entrepot.sources.workbooks import preview_of, sheet_frame
from entrepot.sources.wto_rta_names import chinese_name
from entrepot.sources.wto_rta_parties import Membership, parties_of
from entrepot.tables import agreements

NAME = "WTO RTA-IS"
SHEET = "AllRTAs"
LAYOUTS = {"all": Text("export of all agreements (AllRTAs.xlsx)", "全部协定导出文件（AllRTAs.xlsx）")}
COLUMNS = (
    "RTA ID",
    "RTA Name",
    "Coverage",
    "Type",
    "Status",
    "Date of Entry into Force (G)",
    "Inactive Date",
    "Accession?",
    "RTA Composition",
    "Current signatories",
    "Original signatories",
    "Specific Entry/Exit dates",
)
# The part about goods decides; a pure services agreement ("EIA") is left out before.
KINDS = {"CU": "CU", "FTA": "FTA", "PSA": "PTA"}
ANNOUNCED = Text("agreements announced or signed, not in force", "已宣布或签署、尚未生效的协定")
SERVICES = Text("agreements on services only", "仅涉服务贸易的协定")
ACCESSION = Text(
    "accessions listed on their own (the agreement they join names the new party and its day)",
    "单列的加入协定（所加入的协定已载明新缔约方及其日期）",
)
OTHER_KIND = Text("agreements of a kind that the WTO's list did not have", "世贸组织清单此前没有的协定类型")
NO_DAY = Text("agreements without the day of entry into force for goods", "没有货物贸易生效日期的协定")
NO_END = Text("agreements no longer in force without a last day", "已失效但无终止日期的协定")
UNREAD = Text("entry and exit days of single parties that could not be read", "无法识别的单个缔约方加入或退出日期")


def recognise(head: Head) -> Match | None:
    """The workbook, by its sheet and columns."""
    preview = preview_of(head)
    if preview is None or SHEET not in preview.sheets or not preview.rows or not set(COLUMNS) <= set(preview.rows[0]):
        return None
    said = LAYOUTS["all"]
    return Match(head.path, "all", Text(f"{NAME}: {said.en}", f"世贸组织区域贸易协定：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Pairs of economies under each agreement on goods that is or was in force.

    A bloc that is a party stands for its members, each for as long as it was one (groups of the store).
    """
    tally, who, blocs = Tally(), Economies(known), Membership(known)
    match = tally.last_of(matches)
    place = Place(NAME, match.path, SHEET)
    raw = sheet_frame(place)
    require(raw, COLUMNS, place)
    rows: list[tuple[object, ...]] = []
    latest = date(1900, 1, 1)
    for row in raw.iter_rows(named=True):
        if _left_out(row, tally):
            continue
        since = _day(row, "Date of Entry into Force (G)", place)
        until = _day(row, "Inactive Date", place)
        if since is None:
            tally.drop("no_day", NO_DAY, [row["RTA Name"]])
            continue
        if row["Status"] == "Inactive" and until is None:
            tally.drop("no_last_day", NO_END, [row["RTA Name"]])
            continue
        parties = parties_of(row, since, until, who, blocs)
        tally.drop("unknown_economy", STRANGER, parties.strangers)
        tally.drop("unread_days", UNREAD, parties.unread)
        name = row["RTA Name"].strip()
        kind = KINDS[row["Type"].split(" ")[0]]
        agreement, name_zh = f"WTO-{row['RTA ID']}", chinese_name(name, who)
        pairs = parties.pairs()
        rows += [(agreement, name, name_zh, one, other, start, end, kind, NAME) for one, other, start, end in pairs]
        latest = max([latest, *(start for _, _, start, _ in pairs)])
    frame = pl.DataFrame(rows, schema=dict(agreements.SCHEMA), orient="row").sort(*agreements.KEY)
    if frame.is_empty():
        raise place.fault("no_rows", Text("no agreement between known economies", "没有已知经济体之间的协定"))
    tally.warn(
        Text(
            "The WTO lists notified agreements only: RCEP is not among them and comes from the embedded facts.",
            "世贸组织仅列已通报协定：RCEP 不在其中，由内置数据补充。",
        )
    )
    report = tally.report(NAME, [match.path], LAYOUTS["all"], rows_read=raw.height, rows_kept=frame.height)
    edition = f"to {latest.isoformat()[:7]}"
    return TablesReading((TableRows("agreements", frame, complete=True),), report, edition=edition)


def _left_out(row: Mapping[str, str], tally: Tally) -> bool:
    name = row["RTA Name"]
    if row["Status"].startswith("Early announcement"):
        tally.drop("not_in_force", ANNOUNCED, [name])
    elif row["Type"] == "EIA" or row["Coverage"] == "Services":
        tally.drop("services_only", SERVICES, [name])
    elif row["Accession?"] == "Yes":
        tally.drop("accession", ACCESSION, [name])
    elif row["Type"].split(" ")[0] not in KINDS:
        tally.drop("other_kind", OTHER_KIND, [name])
    else:
        return False
    return True


def _day(row: Mapping[str, str], column: str, place: Place) -> date | None:
    text = row[column].strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise place.fault(
            "not_a_date", Text("not a date", "不是日期"), line=int(row[LINE]), column=column, value=text
        ) from error


PROVIDER = Provider(
    name=NAME,
    licence="WTO terms of use",
    licence_url="https://www.wto.org/english/tratop_e/region_e/region_e.htm",
    citation="World Trade Organization, Regional Trade Agreements Database (RTA-IS), rtais.wto.org.",
    feeds=("agreements",),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
