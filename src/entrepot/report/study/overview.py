"""What a study rests on, as tables: its sample with what every filter left out, its variables, its tests at a glance."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from entrepot.analyses.study.plan import Plan
from entrepot.analyses.study.sample import Prepared, inputs
from entrepot.core.text import Text
from entrepot.report.publication.econometrics import stars_of
from entrepot.report.publication.table import Cell, Group, Head, Number, PublicationTable, Row
from entrepot.report.study.tables import Outcome, label_of, unit_of

DEALT, SWAPPED = Text("dealt anew", "重新分配"), Text("swapped within", "单位内互换")
LEFT_OUT, LEFT, ROWS = Text("Left out", "略去"), Text("Left", "保留"), Text("Rows", "行数")
VALUE = Text("Value left out, US$", "略去的金额（美元）")


def overview_tables(plan: Plan, rows: Prepared, outcomes: Sequence[Outcome]) -> list[PublicationTable]:
    """Sample and variables; tests of instruments and permutation tests, where the study has some."""
    made = [_sample(plan, rows), _variables(plan, rows)]
    return [*made, *_instruments(plan, outcomes), *_permutations(plan, outcomes)]


def _count(number: int) -> Number:
    return Number(float(number), 0)


def _sample(plan: Plan, rows: Prepared) -> PublicationTable:
    """Rows that came, what each filter left out in turn, and how many rows samples and groups have."""
    value = any(one.dropped_usd is not None for one in rows.cuts)

    def row(label: Text, dropped: int | None, left: int, worth: float | None = None, **look: Any) -> Row:
        cells = (None if dropped is None else _count(dropped), _count(left))
        return Row(label, (*cells, None if worth is None else Number(worth, 0)) if value else cells, **look)

    size = rows.table.height
    worth = sum(one.dropped_usd or 0.0 for one in rows.cuts) if value else None
    base = [
        row(Text("Rows of the data", "数据行数"), None, rows.read),
        *(row(Text(one.said, one.said), one.dropped, one.kept, one.dropped_usd, indent=1) for one in rows.cuts),
        row(Text("Base sample", "基础样本"), rows.read - size, size, worth, strong=True),
    ]
    groups = [Group(tuple(base))]
    further = []
    for name, (label, filters) in plan.samples.items():
        kept = int(rows.kept_in(plan, name).sum())
        said = "; ".join(one.said for one in filters)
        further.append(row(Text(f"{label.en} ({said})", f"{label.zh}（{said}）"), size - kept, kept))
    if further:
        groups.append(Group(tuple(further), Text("Further samples", "其他样本")))
    for name, (labels, codes) in rows.groups.items():
        parts = [row(label, None, int((codes == at).sum())) for at, label in enumerate(labels)]
        unknown = int((codes < 0).sum())
        parts += [row(Text("unknown", "未知"), None, unknown)] if unknown else []
        title = plan.groups[name].label
        groups.append(Group(tuple(parts), Text(f"Groups: {title.en}", f"分组：{title.zh}")))
    heads = tuple(Head(head) for head in ((LEFT_OUT, LEFT, VALUE) if value else (LEFT_OUT, LEFT)))
    title = Text("Data and sample", "数据与样本")
    return PublicationTable("about_sample", title, Text("", ""), heads, tuple(groups), (_data_note(plan, rows),))


def _data_note(plan: Plan, rows: Prepared) -> Text:
    names = [file.name for file in inputs(plan).values()]
    unit = [unit_of(name) for name in (*plan.data.unit, plan.data.time)]
    first, last = (int(rows.years.min()), int(rows.years.max()))
    years = str(first) if first == last else f"{first}–{last}"
    return Text(
        f"Files: {', '.join(names)}. A row is one {' × '.join(one.en for one in unit)}; {years}.",
        f"文件：{'、'.join(names)}。每行为一个{' × '.join(one.zh for one in unit)}；{years} 年。",
    )


def _variables(plan: Plan, rows: Prepared) -> PublicationTable:
    """Each variable: of what it is made, and its spread over the base sample, after winsorising."""
    heads = (
        Text("Definition", "定义"), ROWS, Text("Mean", "均值"), Text("Standard deviation", "标准差"), Text("Minimum", "最小值"),
        Text("Maximum", "最大值"), Text("Winsorised, each tail", "双侧缩尾"),
    )  # fmt: skip
    listed = []
    for name, one in plan.variables.items():
        known = rows.values[name][np.isfinite(rows.values[name])]
        share = plan.winsorise if one.winsorise is None else one.winsorise
        spread: list[Cell] = [None] * 4
        if known.size:
            numbers = (known.mean(), known.std(ddof=1) if known.size > 1 else np.nan, known.min(), known.max())
            spread = [Number(float(number), 4) if np.isfinite(number) else None for number in numbers]
        made = one.variable.label
        cells = (Text(made, made), _count(known.size), *spread, Number(share, 1, percent=True) if share else None)
        listed.append(Row(one.label, cells))
    return PublicationTable(
        "about_variables", Text("Variables", "变量"), Text("", ""), tuple(Head(head) for head in heads),
        (Group(tuple(listed)),), (Text("Over the base sample, after winsorising.", "基础样本，缩尾之后。"),),
    )  # fmt: skip


def _place(plan: Plan, outcome: Outcome) -> Text:
    """The table and the column of a step."""
    table = next(one for one in plan.tables if one.name == outcome.step.table)
    head = outcome.step.head
    return Text(f"{table.title.en}, {head.en}", f"{table.title.zh}，{head.zh}")


def _instruments(plan: Plan, outcomes: Sequence[Outcome]) -> list[PublicationTable]:
    heads = (
        Text("Endogenous", "内生变量"), Text("Instruments", "工具变量"), Text("Partial R²", "偏 R²"),
        Text("Kleibergen-Paap rk LM", "Kleibergen-Paap rk LM"), Text("p", "p 值"),
        Text("Kleibergen-Paap rk Wald F", "Kleibergen-Paap rk Wald F"), Text("Cragg-Donald Wald F", "Cragg-Donald Wald F"),
        Text("Stock-Yogo, 10% size", "Stock-Yogo 10% 水平临界值"),
    )  # fmt: skip
    listed = []
    for one in outcomes:
        stage = one.estimated.first_stage if one.estimated is not None else None
        if stage is None:
            continue
        used = [label_of(plan, name) for name in stage.instruments]
        critical = stage.stock_yogo.get(0.10)
        cells: tuple[Cell, ...] = (
            label_of(plan, str(one.step.model.endogenous)),
            Text(", ".join(name.en for name in used), "、".join(name.zh for name in used)),
            Number(stage.partial_r2, 4), Number(stage.lm, 3, stars_of(stage.lm_p)), Number(stage.lm_p, 4), Number(stage.rk_f),
            Number(stage.cragg_donald_f), None if critical is None else Number(critical, 2),
        )  # fmt: skip
        listed.append(Row(_place(plan, one), cells))
    return _listed("about_instruments", Text("Instruments", "工具变量检验"), heads, listed)


def _permutations(plan: Plan, outcomes: Sequence[Outcome]) -> list[PublicationTable]:
    heads = (
        Text("Coefficient", "系数"), Text("First group", "第一组"), Text("Second group", "第二组"), Text("Difference", "差异"), Text("p", "p 值"),
        Text("Monte-Carlo error", "蒙特卡洛误差"), Text("Draws", "置换次数"), Text("Labels", "组别"), Text("Unit", "置换单位"), Text("Units", "单位数"),
    )  # fmt: skip
    listed = []
    for one in outcomes:
        found = one.permutation
        if found is None:
            continue
        cells: tuple[Cell, ...] = (
            label_of(plan, found.coefficient), Number(found.first, 4), Number(found.second, 4), Number(found.difference, 4),
            Number(found.p_value, 4, stars_of(found.p_value)), Number(found.monte_carlo_error, 4), _count(found.draws),
            DEALT if found.manner == "dealt" else SWAPPED, Text("row", "行") if found.exchanged == "row" else unit_of(found.exchanged), _count(found.units),
        )  # fmt: skip
        listed.append(Row(_place(plan, one), cells))
    return _listed("about_permutations", Text("Permutation tests", "置换检验"), heads, listed)


def _listed(name: str, title: Text, heads: Sequence[Text], rows: list[Row]) -> list[PublicationTable]:
    """The table, if it has a row."""
    shown = tuple(Head(head) for head in heads)
    return [PublicationTable(name, title, Text("", ""), shown, (Group(tuple(rows)),))] if rows else []
