"""The tables of a study: regressions side by side with their tests, ready for any format; and all of it as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from entrepot.analyses.study.plan import Plan, TablePlan
from entrepot.analyses.study.steps import Estimated, Step
from entrepot.core.text import Text
from entrepot.models.instruments import FirstStage
from entrepot.models.permutation import Permutation
from entrepot.report.publication.econometrics import regression_table, stars_of
from entrepot.report.publication.table import Cell, Group, Number, PublicationTable, Row

KINDS = {
    "region": Text("region", "地区"),
    "product": Text("product", "产品"),
    "year": Text("year", "年份"),
    "firm": Text("firm", "企业"),
    "industry": Text("industry", "行业"),
}
RANK_NOTE = Text(
    "Kleibergen-Paap rk LM: H₀ under-identified; p in brackets. Stock-Yogo: Cragg-Donald F above which a nominal 5 % test has at "
    "most that size.",
    "Kleibergen-Paap rk LM：原假设为识别不足，括号内为 p 值。Stock-Yogo：Cragg-Donald F 超过该值时，名义 5% 检验的实际水平不超过所示比例。",
)
DEGREES = Text(
    "Degrees of freedom: clustered covariances carry G/(G−1)·(n−1)/(n−k) and t has G−1; effects nested in clusters do not count in k.",
    "自由度：聚类协方差乘以 G/(G−1)·(n−1)/(n−k)，t 分布自由度为 G−1；嵌套于聚类的固定效应不计入 k。",
)


@dataclass(frozen=True)
class Outcome:
    """A step with its result, one of the two."""

    step: Step
    estimated: Estimated | None = None
    permutation: Permutation | None = None


def study_tables(plan: Plan, outcomes: Sequence[Outcome]) -> list[PublicationTable]:
    """Every table of the plan, in order and numbered."""
    return [_table(plan, at, table, [one for one in outcomes if one.step.table == table.name]) for at, table in enumerate(plan.tables, 1)]  # fmt: skip


def _table(plan: Plan, at: int, table: TablePlan, outcomes: list[Outcome]) -> PublicationTable:
    columns = [(one.step, one.estimated) for one in outcomes if one.estimated is not None]
    tests = [(one.step, one.permutation) for one in outcomes if one.permutation is not None]
    models = [(step.head, found.regression) for step, found in columns]
    title = Text(f"Table {at} {table.title.en}", f"表{at} {table.title.zh}")
    notes = [
        *_samples(plan, columns),
        *_sizes(plan, table, columns),
        DEGREES,
        *(_told(plan, *one) for one in tests),
        *table.notes,
    ]
    if any(found.first_stage for _, found in columns):
        notes.insert(0, RANK_NOTE)
    made = regression_table(table.name, title, models, tuple(notes))
    names = {name: one.label for name, one in plan.variables.items()}
    coefficients, below = (_named(group, names) for group in made.groups)
    stages = _stages([found for _, found in columns])
    outcome = dict.fromkeys(found.regression.outcome for _, found in columns)
    stub = Text(
        "Explained: " + ", ".join(_label(one, names).en for one in outcome),
        "被解释变量：" + "、".join(_label(one, names).zh for one in outcome),
    )
    if len(outcome) > 1:
        explained = Row(
            Text("Explained", "被解释变量"), tuple(_label(found.regression.outcome, names) for _, found in columns)
        )
        below, stub = Group((explained, *below.rows)), Text("", "")
    return replace(made, stub=stub, groups=(coefficients, *stages, below))


def label_of(plan: Plan, name: str) -> Text:
    """A variable, or a product of some, by the names that the study gives them."""
    return _label(name, {key: one.label for key, one in plan.variables.items()})


def _label(name: str, names: Mapping[str, Text]) -> Text:
    parts = [names.get(part, Text(part, part)) for part in name.split("*")]
    return Text(" × ".join(part.en for part in parts), " × ".join(part.zh for part in parts))


def _named(group: Group, names: Mapping[str, Text]) -> Group:
    """Variables, effects and clusters by the names that the study gives them."""

    def cell(one: Cell) -> Cell:
        return _kind(one) if isinstance(one, Text) else one

    return Group(
        tuple(
            replace(
                row,
                label=_label(row.label.en, names) if row.label.en == row.label.zh else row.label,
                cells=tuple(cell(one) for one in row.cells),
            )
            for row in group.rows
        )
    )


def _kind(said: Text) -> Text:
    """Names of effects and kinds of errors, "clustered by region × product", in both languages."""
    if said.en != said.zh:
        return said
    words = said.en.removeprefix("clustered by ")
    en = ", ".join(unit_of(one).en for one in words.split(", "))
    zh = "、".join(unit_of(one).zh for one in words.split(", "))
    if words == said.en:
        return Text(en, zh)
    return Text(f"clustered by {en}", f"按{zh}聚类")


def unit_of(said: str) -> Text:
    """The name of a column that tells rows apart, or of several crossed ("region × product")."""
    both = [[KINDS.get(part, Text(part, part)) for part in one.split(" × ")] for one in said.split(" and ")]
    return Text(
        " and ".join(" × ".join(part.en for part in one) for one in both),
        "和".join(" × ".join(part.zh for part in one) for one in both),
    )


def _stages(columns: Sequence[Estimated]) -> tuple[Group, ...]:
    """Tests of the instruments, where a column has some."""
    if not any(found.first_stage for found in columns):
        return ()
    stages = [found.first_stage for found in columns]
    sizes = sorted({size for stage in stages if stage for size in stage.stock_yogo})
    rows = [
        Row(Text("Kleibergen-Paap rk LM", "Kleibergen-Paap rk LM"), tuple("" if one is None else Number(one.lm, 3, stars_of(one.lm_p)) for one in stages)),
        Row(Text("", ""), tuple("" if one is None else Number(one.lm_p, 4, brackets=True) for one in stages)),
        Row(Text("Kleibergen-Paap rk Wald F", "Kleibergen-Paap rk Wald F"), tuple("" if one is None else Number(one.rk_f) for one in stages)),
        Row(Text("Cragg-Donald Wald F", "Cragg-Donald Wald F"), tuple("" if one is None else Number(one.cragg_donald_f) for one in stages)),
    ]  # fmt: skip
    for size in sizes:
        label = Text(f"Stock-Yogo, {size:.0%} size", f"Stock-Yogo {size:.0%} 水平临界值")
        rows.append(Row(label, tuple("" if one is None else _critical(one, size) for one in stages)))
    return (Group(tuple(rows), Text("Instruments", "工具变量检验")),)


def _critical(stage: FirstStage, size: float) -> Cell:
    return Number(stage.stock_yogo[size], 2) if size in stage.stock_yogo else None


def _samples(plan: Plan, columns: Sequence[tuple[Step, Estimated]]) -> list[Text]:
    """Which columns have a sample of their own, and how many rows each left out."""
    notes = []
    for step, _ in columns:
        if step.model.sample is not None:
            label, filters = plan.samples[step.model.sample]
            said = "; ".join(one.said for one in filters)
            notes.append(Text(f"{step.head.en}: {label.en} ({said}).", f"{step.head.zh}：{label.zh}（{said}）。"))
    dropped = [str(int(found.regression.about["dropped"])) for _, found in columns]
    singletons = [str(int(found.regression.about["singletons"])) for _, found in columns]
    notes.append(
        Text(
            f"Rows left out by column: {', '.join(dropped)} lack a variable, {', '.join(singletons)} stand alone in an effect.",
            f"各列略去的行数：缺少变量 {'、'.join(dropped)}；固定效应单例 {'、'.join(singletons)}。",
        )
    )
    if any(found.first_stage and len(step.model.clusters) > 1 for step, found in columns):
        notes.append(Text("Tests of instruments use the first kind of cluster.", "工具变量检验使用第一种聚类。"))
    return notes


def _sizes(plan: Plan, table: TablePlan, columns: Sequence[tuple[Step, Estimated]]) -> list[Text]:
    """Economic size: the change in the outcome, in its standard deviations, for one of the regressor's."""
    notes = []
    for step, found in columns:
        model = found.regression
        if table.size_of is None or table.size_of not in model.names:
            continue
        b = float(model.coefficients[model.names.index(table.size_of)])
        sd_x, sd_y = found.spread[table.size_of], found.spread[model.outcome]
        x, y = (label_of(plan, name) for name in (table.size_of, model.outcome))
        moved, share = b * sd_x, f"{b * sd_x / sd_y * 100:.1f} %"
        notes.append(
            Text(
                f"{step.head.en}: one standard deviation of {x.en} ({sd_x:.4f}) moves {y.en} by {moved:.4f}, {share} of its own ({sd_y:.4f}).",
                f"{step.head.zh}：{x.zh} 提高一个标准差（{sd_x:.4f}），{y.zh} 变动 {moved:.4f}，为其标准差（{sd_y:.4f}）的 {share}。",
            )
        )
    return notes


def _told(plan: Plan, step: Step, found: Permutation) -> Text:
    grouping = plan.groups[str(step.model.group)].label
    unit = unit_of(found.exchanged)
    row, dealt = found.exchanged == "row", found.manner == "dealt"
    units_en = f"{found.units:,} {'rows' if row else f'values of {unit.en}'}"
    units_zh = f"{found.units:,} {'行' if row else f'个{unit.zh}'}"
    name = label_of(plan, found.coefficient)
    p = f"{found.p_value:.4f} (±{found.monte_carlo_error:.4f})"
    return Text(
        f"{grouping.en}: difference in {name.en} ({step.head.en} against the first group) {found.difference:.4f}; permutation "
        f"p = {p}, {found.draws:,} draws, labels {'dealt anew among' if dealt else 'swapped or kept in each of'} {units_en}, seed {found.seed}; "
        "± is the Monte-Carlo error.",
        f"{grouping.zh}：{name.zh} 的组间系数差异（{step.head.zh} 相对第一组）为 {found.difference:.4f}；置换检验 p = {p}，"
        f"{'组别在' + units_zh + '之间重新分配' if dealt else '各' + units_zh + '内的组别互换或保持'}，"
        f"共 {found.draws:,} 次，随机种子 {found.seed}；± 为蒙特卡洛误差。",
    )


def numbers_of(outcomes: Sequence[Outcome]) -> dict[str, pl.DataFrame]:
    """Coefficients, tests of instruments and tests of differences, one to a row."""
    coefficients, stages, tests = [], [], []
    for one in outcomes:
        where = {"table": one.step.table, "column": one.step.head.en, "outcome": one.step.model.outcome}
        if one.permutation is not None:
            found = one.permutation
            tests.append({**where, **{name: getattr(found, name) for name in Permutation.__dataclass_fields__}})
        if one.estimated is None:
            continue
        model, stage = one.estimated.regression, one.estimated.first_stage
        for at, name in enumerate(model.names):
            coefficients.append(
                {
                    **where, "term": name, "estimate": float(model.coefficients[at]), "standard_error": float(model.errors[at]),
                    "statistic": float(model.statistics[at]), "p_value": float(model.p_values[at]), "df": model.df,
                    "observations": model.observations, "r2_within": model.r2, "effects": model.effects,
                    "errors": model.error_type, "sample": one.step.model.sample, "singletons": int(model.about["singletons"]),
                    "dropped": int(model.about["dropped"]),
                }
            )  # fmt: skip
        if stage is not None:
            stages.append(
                {
                    **where, "endogenous": one.step.model.endogenous, "instruments": ", ".join(stage.instruments),
                    "partial_r2": stage.partial_r2, "rk_lm": stage.lm, "rk_lm_df": stage.lm_df, "rk_lm_p": stage.lm_p,
                    "rk_f": stage.rk_f, "cragg_donald_f": stage.cragg_donald_f,
                    **{f"stock_yogo_{round(size * 100)}": value for size, value in stage.stock_yogo.items()},
                }
            )  # fmt: skip
    made = {"coefficients": coefficients, "instruments": stages, "permutations": tests}
    return {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in made.items() if rows}
