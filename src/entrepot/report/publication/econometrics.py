"""Tables of the econometrics: regressions side by side, tests one to a row, with effects and kinds of errors named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from entrepot.analyses.econ.panel import PanelReport
from entrepot.analyses.econ.series import SeriesReport
from entrepot.core.text import Text
from entrepot.models.regression import Regression
from entrepot.report.publication.table import Cell, Group, Head, Number, PublicationTable, Row

LEVELS = ((0.01, "***"), (0.05, "**"), (0.10, "*"))
STARS = Text("* p < 0.10, ** p < 0.05, *** p < 0.01.", "* p < 0.10，** p < 0.05，*** p < 0.01。")
NAMES = {
    "pooled": Text("Pooled", "混合回归"),
    "fixed": Text("Fixed effects", "固定效应"),
    "two_way": Text("Two-way effects", "双向固定效应"),
    "random": Text("Random effects", "随机效应"),
    "unit": Text("unit", "个体"),
    "unit, year": Text("unit, year", "个体、年份"),
    "random (unit)": Text("random (unit)", "随机（个体）"),
    "": Text("none", "无"),
    "levels": Text("Level", "水平值"),
    "differences": Text("First difference", "一阶差分"),
    "adf": Text("ADF", "ADF"),
    "pp": Text("Phillips-Perron", "Phillips-Perron"),
    "kpss": Text("KPSS", "KPSS"),
    "llc": Text("Levin-Lin-Chu", "Levin-Lin-Chu"),
    "ips": Text("Im-Pesaran-Shin", "Im-Pesaran-Shin"),
    "unit root": Text("unit root", "存在单位根"),
    "stationary": Text("stationary", "平稳"),
    "classical": Text("classical", "经典标准误"),
    "heteroskedasticity-robust": Text("heteroskedasticity-robust", "异方差稳健"),
    "clustered by unit": Text("clustered by unit", "按个体聚类"),
    "clustered by year": Text("clustered by year", "按年份聚类"),
    "clustered by unit and year": Text("clustered by unit and year", "按个体和年份双向聚类"),
}
R2 = Text(
    "R²: overall (pooled), of what the effects leave (fixed and two-way), of quasi-demeaned data (random).",
    "R²：混合回归为总体 R²，固定效应与双向固定效应为消去效应后的组内 R²，随机效应为准离差数据的 R²。",
)
TRENDS = {
    "n": Text("no deterministic part", "无确定性项"),
    "c": Text("with a constant", "含常数项"),
    "ct": Text("with a constant and a trend", "含常数项和趋势项"),
}
STATISTIC, P_VALUE, LAGS, N = (
    Text("Statistic", "统计量"),
    Text("p", "p 值"),
    Text("Lags", "滞后阶数"),
    Text("N", "观测数"),
)


def stars_of(p_value: float) -> str:
    """The stars of a p-value: three below 1 %, two below 5 %, one below 10 %.

    Examples
    --------
    >>> stars_of(0.03), stars_of(0.2)
    ('**', '')
    """
    return next((stars for level, stars in LEVELS if p_value < level), "")


def regression_table(
    name: str, title: Text, regressions: Sequence[tuple[Text, Regression]], notes: tuple[Text, ...] = ()
) -> PublicationTable:
    """Regressions side by side: coefficients with stars, standard errors in brackets below, then N, R², effects, errors.

    Parameters
    ----------
    name, title : of the table.
    regressions : (head, regression); a coefficient that a model does not have stays blank.
    notes : put after the meaning of stars and brackets.

    Examples
    --------
    >>> from entrepot.models.regression import least_squares
    >>> model = least_squares("y", [1.0, 3.0, 5.0, 7.1], {"const": [1, 1, 1, 1], "x": [0, 1, 2, 3]})
    >>> table = regression_table("t", Text("T", "T"), [(Text("(1)", "(1)"), model)])
    >>> [cell.say() for cell in table.groups[0].rows[2].cells]
    ['2.030***']
    """
    names = list(dict.fromkeys(one for _, model in regressions for one in model.names))
    names.sort(key=lambda one: one == "const")  # constants stand last
    rows = []
    for one in names:
        label = Text("Constant", "常数项") if one == "const" else Text(one, one)
        rows.append(Row(label, tuple(_coefficient(model, one) for _, model in regressions)))
        rows.append(Row(Text("", ""), tuple(_error(model, one) for _, model in regressions)))
    models = [model for _, model in regressions]
    below = [
        Row(N, tuple(Number(model.observations, 0) for model in models)),
        Row(Text("R²", "R²"), tuple(None if model.r2 is None else Number(model.r2) for model in models)),
        Row(Text("Effects", "效应"), tuple(_said(model.effects) for model in models)),
        Row(Text("Standard errors", "标准误"), tuple(_said(model.error_type) for model in models)),
    ]
    brackets = Text("Standard errors in brackets.", "括号内为标准误。")
    columns = tuple(Head(head) for head, _ in regressions)
    outcomes = dict.fromkeys(model.outcome for model in models)
    stub = Text("Explained: " + ", ".join(outcomes), "被解释变量：" + "、".join(outcomes))
    return PublicationTable(
        name, title, stub, columns, (Group(tuple(rows)), Group(tuple(below))), (STARS, brackets, *notes)
    )


def _coefficient(model: Regression, name: str) -> Cell:
    if name not in model.names:
        return ""
    at = model.names.index(name)
    return Number(float(model.coefficients[at]), 4, stars_of(float(model.p_values[at])))


def _error(model: Regression, name: str) -> Cell:
    return Number(float(model.errors[model.names.index(name)]), 4, brackets=True) if name in model.names else ""


def _said(words: str) -> Text:
    lags = re.fullmatch(r"(.+) \((\d+) lags\)", words)
    return NAMES.get(words, Text(words, f"{lags[1]}（滞后 {lags[2]} 阶）" if lags else words))


def _tested(statistic: float, p_value: float) -> tuple[Cell, Cell]:
    return Number(statistic, 3, stars_of(p_value)), Number(p_value)


def series_tables(report: SeriesReport) -> list[PublicationTable]:
    """Every table of a report on series, those without content left out."""
    span = Text(
        f"Years {report.first}–{report.last}, {report.observations} observations; unit roots and cointegration: "
        f"{TRENDS[report.trend].en}.",
        f"{report.first}–{report.last} 年，{report.observations} 个观测值；单位根与协整检验{TRENDS[report.trend].zh}。",
    )
    made = [_roots(report), _engle_granger(report), _johansen(report), _ecm(report), _var(report), _granger(report)]
    tables = [table for table in made if table is not None]
    return _numbered(tables, (span, *report.notes))


def _roots(report: SeriesReport) -> PublicationTable | None:
    groups = []
    for (label, form), outcomes in report.unit_roots.items():
        rows = [
            Row(
                NAMES[one.test],
                (
                    NAMES[one.null],
                    *_tested(one.statistic, one.p_value),
                    Number(one.lags, 0),
                    Number(one.observations, 0),
                ),
            )
            for one in outcomes
        ]
        said = NAMES[form]
        groups.append(Group(tuple(rows), Text(f"{label} · {said.en}", f"{label} · {said.zh}")))
    heads = tuple(Head(head) for head in (Text("H₀", "原假设"), STATISTIC, P_VALUE, LAGS, N))
    title, stub = Text("Unit roots", "单位根检验"), Text("Test", "检验")
    return PublicationTable("unit_roots", title, stub, heads, tuple(groups), (STARS,)) if groups else None


def _engle_granger(report: SeriesReport) -> PublicationTable | None:
    found = report.engle_granger
    if found is None:
        return None
    row = Row(
        Text("H₀: no cointegration", "原假设：无协整"),
        (*_tested(found.statistic, found.p_value), Number(found.lags, 0)),
    )
    critical = [
        Row(Text(f"Critical value {level}", f"{level} 临界值"), (Number(value), "", ""))
        for level, value in found.critical.items()
    ]
    vector = [Row(Text(name, name), (Number(value, 4), "", "")) for name, value in found.vector.items()]
    title = Text("Cointegration: Engle-Granger", "协整：Engle-Granger")
    groups = (Group((row, *critical)), Group(tuple(vector), Text("Cointegrating vector", "协整向量")))
    heads = tuple(Head(head) for head in (STATISTIC, P_VALUE, LAGS))
    return PublicationTable("engle_granger", title, Text("", ""), heads, groups, (STARS,))


def _johansen(report: SeriesReport) -> PublicationTable | None:
    found = report.johansen
    if found is None:
        return None
    rows = []
    for at in range(len(found.names)):
        cells: list[Cell] = []
        for statistics, critical in ((found.trace, found.trace_critical), (found.maximum, found.maximum_critical)):
            beyond = [
                stars for value, stars in zip(critical[at], ("*", "**", "***"), strict=True) if statistics[at] > value
            ]
            cells += [Number(float(statistics[at]), 3, beyond[-1] if beyond else ""), Number(float(critical[at][1]), 3)]
        rows.append(Row(Text(f"r ≤ {at}", f"r ≤ {at}"), (Number(float(found.eigenvalues[at]), 4), *cells)))
    trace, most = Text("Trace", "迹"), Text("Maximum eigenvalue", "最大特征值")
    critical_head = Text("5 % value", "5 % 临界值")
    heads = (
        Head(Text("Eigenvalue", "特征值")),
        *(Head(head, over) for over in (trace, most) for head in (STATISTIC, critical_head)),
    )
    rank = Text(
        f"Rank at 5 %: {found.rank_trace} by the trace, {found.rank_maximum} by the maximum eigenvalue. "
        f"Lagged differences: {found.lags}; rows: {found.observations}.",
        f"5 % 水平下的秩：迹检验为 {found.rank_trace}，最大特征值检验为 {found.rank_maximum}。"
        f"差分项滞后阶数为 {found.lags}，样本 {found.observations} 行。",
    )
    title = Text("Cointegration: Johansen", "协整：Johansen")
    return PublicationTable("johansen", title, Text("H₀", "原假设"), heads, (Group(tuple(rows)),), (STARS, rank))


def _ecm(report: SeriesReport) -> PublicationTable | None:
    if report.ecm is None:
        return None
    title, head = Text("Error-correction model", "误差修正模型"), Text("(1)", "(1)")
    note = Text("ec(-1) is the residual of the long-run relation a year before.", "ec(-1) 为上年长期关系的残差。")
    return regression_table("ecm", title, [(head, report.ecm)], (note,))


def _var(report: SeriesReport) -> PublicationTable | None:
    if report.var is None:
        return None
    title = Text(f"Vector autoregression, order {report.var.lags}", f"向量自回归，{report.var.lags} 阶")
    models = [(Text(one.outcome, one.outcome), one) for one in report.var.equations]
    note = (
        Text("Stable: all characteristic roots lie outside the unit circle.", "稳定：特征方程的根均在单位圆之外。")
        if report.var.stable
        else Text(
            "Not stable: a characteristic root does not lie outside the unit circle.",
            "不稳定：特征方程有根不在单位圆之外。",
        )
    )
    return regression_table("var", title, models, (note,))


def _granger(report: SeriesReport) -> PublicationTable | None:
    if not report.granger:
        return None
    rows = tuple(
        Row(
            Text(f"{one.cause} → {one.effect}", f"{one.cause} → {one.effect}"),
            (*_tested(one.statistic, one.p_value), Number(one.df[0], 0), Number(one.df[1], 0), Number(one.lags, 0)),
        )
        for one in report.granger
    )
    heads = tuple(Head(head) for head in (Text("F", "F"), P_VALUE, Text("df₁", "df₁"), Text("df₂", "df₂"), LAGS))
    title, stub = Text("Granger causality", "Granger 因果检验"), Text("H₀: does not cause", "原假设：不存在因果关系")
    return PublicationTable("granger", title, stub, heads, (Group(rows),), (STARS,))


def panel_tables(report: PanelReport) -> list[PublicationTable]:
    """Every table of a report on a panel, those without content left out."""
    span = Text(
        f"{report.rows} rows: {report.units} units, {report.first}–{report.last}.",
        f"{report.rows} 行：{report.units} 个个体，{report.first}–{report.last} 年。",
    )
    tables = []
    if report.models:
        heads = [(NAMES[model], found) for model, found in report.models]
        notes = (R2, *_hausman(report))
        tables.append(regression_table("panel", Text("Panel regressions", "面板回归"), heads, notes))
    tables += [table for table in (_panel_roots(report), _causality(report)) if table is not None]
    return _numbered(tables, (span, *report.notes))


def _hausman(report: PanelReport) -> tuple[Text, ...]:
    found = report.hausman
    if found is None or found.statistic is None or found.p_value is None:
        return ()
    said = f"χ²({found.df}) = {found.statistic:.3f}, p = {found.p_value:.4f}"
    return (Text(f"Hausman, fixed against random effects: {said}.", f"Hausman 检验（固定对随机效应）：{said}。"),)


def _panel_roots(report: PanelReport) -> PublicationTable | None:
    groups = [
        Group(
            tuple(
                Row(NAMES[one.test], (*_tested(one.statistic, one.p_value), Number(one.units, 0))) for one in outcomes
            ),
            Text(label, label),
        )
        for label, outcomes in report.unit_roots.items()
        if outcomes
    ]
    if not groups:
        return None
    outside = sum(one.outside for outcomes in report.unit_roots.values() for one in outcomes)
    trend = TRENDS[next(one.trend for outcomes in report.unit_roots.values() for one in outcomes)]
    null = Text(f"H₀: every unit has a unit root; {trend.en}.", f"原假设：各个体均有单位根；检验{trend.zh}。")
    beyond = Text(
        f"{outside} series are shorter or longer than the papers' tables; the nearest tabulated moments were used.",
        f"{outside} 个序列的长度超出原文表格范围，采用最接近的表列矩值。",
    )
    heads = tuple(Head(head) for head in (STATISTIC, P_VALUE, Text("Units", "个体数")))
    title, stub = Text("Panel unit roots", "面板单位根检验"), Text("Test", "检验")
    return PublicationTable(
        "panel_unit_roots", title, stub, heads, tuple(groups), (STARS, null, *([beyond] if outside else []))
    )


def _causality(report: PanelReport) -> PublicationTable | None:
    if not report.causality:
        return None
    rows = tuple(
        Row(
            Text(f"{cause} → {effect}", f"{cause} → {effect}"),
            (Number(found.mean_wald), *_tested(found.z_bar, found.p_z_bar), *_tested(found.z_tilde, found.p_z_tilde), Number(found.units, 0), Number(found.lags, 0)),
        )
        for (cause, effect), found in report.causality.items()
    )  # fmt: skip
    z_bar, z_tilde = Text("Z̄", "Z̄"), Text("Z̃", "Z̃")
    heads = (
        Head(Text("Mean W", "平均 W")),
        *(Head(head) for head in (z_bar, P_VALUE, z_tilde, P_VALUE, Text("Units", "个体数"), LAGS)),
    )
    title = Text("Panel causality: Dumitrescu-Hurlin", "面板因果检验：Dumitrescu-Hurlin")
    stub = Text("H₀: causes in no unit", "原假设：在任何个体中均不存在因果关系")
    return PublicationTable("causality", title, stub, heads, (Group(rows),), (STARS,))


def _numbered(tables: Sequence[PublicationTable], notes: tuple[Text, ...]) -> list[PublicationTable]:
    """Number the titles; what holds for all stands beneath the first."""
    numbered = []
    for at, table in enumerate(tables, 1):
        title = Text(f"Table {at} {table.title.en}", f"表{at} {table.title.zh}")
        numbered.append(replace(table, title=title, notes=(*table.notes, *(notes if at == 1 else ()))))
    return numbered
