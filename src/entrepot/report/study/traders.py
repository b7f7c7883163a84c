"""Who trades, as a table of a paper: shares of owners by year, and how concentrated firms are and how they turn over."""

from collections.abc import Sequence

import polars as pl

from entrepot.analyses.micro.traders import ALL
from entrepot.core.text import Text
from entrepot.report.publication.table import Cell, Group, Head, Number, PublicationTable, Row

FLOWS = {"export": Text("Exports", "出口"), "import": Text("Imports", "进口")}
OWNERS = {
    "state": Text("State-owned", "国有"),
    "cooperative": Text("Chinese-foreign cooperative", "中外合作"),
    "joint_venture": Text("Joint venture", "中外合资"),
    "wholly_foreign": Text("Wholly foreign", "外商独资"),
    "foreign_invested": Text("All foreign-invested", "外资合计"),
    "collective": Text("Collective", "集体"),
    "private": Text("Private", "私营"),
    "individual": Text("Individual", "个体工商户"),
    "other": Text("Other", "其他"),
    "unknown": Text("Unknown", "未知"),
}
REGIMES = {
    "ordinary": Text("Ordinary trade", "一般贸易"),
    "processing": Text("Processing", "加工贸易"),
    "processing_given": Text("Processing with supplied materials", "来料加工贸易"),
    "processing_bought": Text("Processing with imported materials", "进料加工贸易"),
    "other": Text("Other regimes", "其他贸易方式"),
    "unknown": Text("Unknown regime", "贸易方式未知"),
}
# Column, its name, digits, whether it is a share.
FIRMS = (
    ("n_firms", Text("Firms", "企业数"), 0, False),
    ("hhi", Text("Herfindahl index", "赫芬达尔指数"), 4, False),
    ("top_share", Text("Ten largest", "前十企业占比"), 1, True),
    ("entrants_share", Text("Entrants' share", "新进入企业占比"), 1, True),
    ("exits_share", Text("Exits' share of the year before", "退出企业占上年比重"), 1, True),
)


def traders_table(frame: pl.DataFrame, notes: Sequence[Text], number: int) -> PublicationTable:
    """Shares by owner, by regime and by both, and the firms of each flow; one column per year.

    Parameters
    ----------
    frame, notes : of `entrepot.analyses.micro.traders`.
    number : of the table.
    """
    years = sorted(frame["year"].unique().to_list())
    groups = []
    for flow in [one for one in FLOWS if one in frame["flow"].unique().to_list()]:
        part, said = frame.filter(pl.col("flow") == flow), FLOWS[flow]
        shares = part.filter((pl.col("owner") != ALL) | (pl.col("regime") != ALL))
        pairs = shares.select("owner", "regime").unique().sort("owner", "regime").rows()
        pairs.sort(key=lambda pair: (pair[1] != ALL, pair[0] != ALL))
        rows = tuple(Row(_pair(*pair), _cells(_of(shares, *pair), "share", years, 1, percent=True)) for pair in pairs)
        groups.append(Group(rows, Text(f"{said.en}: share of value", f"{said.zh}：占金额的比重")))
        whole = _of(part, ALL, ALL)
        rows = tuple(
            Row(name, _cells(whole, column, years, digits, percent=share)) for column, name, digits, share in FIRMS
        )
        groups.append(Group(rows, Text(f"{said.en}: firms", f"{said.zh}：企业")))
    heads = tuple(Head(Text(str(year), str(year))) for year in years)
    note = Text(
        "Every declared flow, without the filters of the regressions' sample.",
        "包括全部申报记录，不施加回归样本的筛选条件。",
    )
    title = Text(f"Table {number} Who trades", f"表{number} 谁在贸易")
    return PublicationTable("traders", title, Text("", ""), heads, tuple(groups), (note, *notes))


def _of(frame: pl.DataFrame, owner: str, regime: str) -> pl.DataFrame:
    return frame.filter((pl.col("owner") == owner) & (pl.col("regime") == regime))


def _pair(owner: str, regime: str) -> Text:
    said = [OWNERS.get(owner, Text(owner, owner))] if owner != ALL else []
    said += [REGIMES.get(regime, Text(regime, regime))] if regime != ALL else []
    return Text(", ".join(one.en for one in said), "，".join(one.zh for one in said))


def _cells(frame: pl.DataFrame, column: str, years: list[int], digits: int, *, percent: bool) -> tuple[Cell, ...]:
    held = dict(zip(frame["year"].to_list(), frame[column].to_list(), strict=True))
    return tuple(
        None if held.get(year) is None else Number(float(held[year]), digits, percent=percent) for year in years
    )
