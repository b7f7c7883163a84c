"""A panel of industries, products or economies over the years: what goes with what, and is it cause or common drift?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl

from entrepot.analyses.econ.variables import TIME, UNIT, Variable, computed, narrowed, undone, variables_of
from entrepot.analyses.industries import CLASS_NAMES
from entrepot.analyses.micro.options import frame_of
from entrepot.core.errors import DataError, InputError, check_choice
from entrepot.core.text import Text
from entrepot.models.choices import EFFECTS, Effects, Errors
from entrepot.models.panel import Hausman, Panel, hausman, panel_of, panel_regression
from entrepot.models.panel_causality import DumitrescuHurlin, dumitrescu_hurlin
from entrepot.models.panel_unit_root import LEAST, PanelUnitRoot, panel_unit_root
from entrepot.models.panel_unit_root import TESTS as UNIT_ROOTS
from entrepot.models.regression import Regression

Test = Literal["hausman", "unit_roots", "causality"]
TESTS: tuple[Test, ...] = get_args(Test)
RUN, LENGTH = ":run", ":length"  # as no variable is called


@dataclass(frozen=True, slots=True)
class PanelReport:
    """What was found about the panel; null or empty where something was not asked for or could not be done.

    Attributes
    ----------
    models : in the order asked; one that could not be estimated is left out, and a note says why.
    unit_roots : label → one outcome per test.
    causality : (cause, effect) → Dumitrescu and Hurlin's test.
    rows, units, first, last : of the rows that have every variable; `dropped` rows lack one.
    """

    outcome: str
    models: tuple[tuple[Effects, Regression], ...]
    hausman: Hausman | None
    unit_roots: Mapping[str, tuple[PanelUnitRoot, ...]]
    causality: Mapping[tuple[str, str], DumitrescuHurlin]
    rows: int
    units: int
    first: int
    last: int
    dropped: int
    notes: tuple[Text, ...]


def econ_panel(
    table: Any,
    y: str,
    x: str,
    *,
    unit: str,
    time: str = "year",
    where: Mapping[str, str] | None = None,
    models: tuple[Effects, ...] = EFFECTS,
    errors: Errors = "by_unit",
    tests: tuple[Test, ...] = TESTS,
    trend: Literal["c", "ct"] = "c",
    lags: int | None = None,
) -> PanelReport:
    """Pooled, fixed- and random-effects regressions of y on x, Hausman, panel unit roots and causality both ways.

    Parameters
    ----------
    table : any table that speaks Arrow, one row per unit and year after `where`.
    y, x : variables such as "logit:gl" and "log:gdp,d:log:fdi"; differences and lags stay within a unit.
    unit : column or columns, parted by commas, that tell units apart.
    time, where : as in `econ_series`.
    models, errors : see `entrepot.models.panel.panel_regression`; all models use the same rows.
    tests, trend : which tests, and the deterministic part of the unit-root tests. Each unit enters those with its longest
        run of years without gaps (LLC and causality: only units whose run is as long as the longest); units left out are
        counted in a note.
    lags : of Driscoll and Kraay's errors, of the unit-root tests (default chosen by AIC) and of causality (default 1).

    Raises
    ------
    InputError, DataError
        For anything unknown, and what the only model, or each of them, refuses.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=120)
    >>> table = pl.DataFrame(
    ...     {"product": np.repeat(["0101", "0102", "0103", "0104"], 30), "year": list(range(30)) * 4, "x": x}
    ... ).with_columns(y=2 * x + rng.normal(size=120))
    >>> report = econ_panel(table, "y", "x", unit="product", models=("fixed",), tests=())
    >>> report.units, bool(abs(report.models[0][1].coefficients[0] - 2) < 0.4)
    (4, True)
    """
    for test in tests:
        check_choice("tests", test, TESTS)
    for model in models:
        check_choice("models", model, EFFECTS)
    outcome, regressors = variables_of(y), variables_of(x)
    if len(outcome) != 1 or outcome[0] in regressors:
        said = Text("y is one variable, and none of x.", "y 须为单个变量，且不出现在 x 中。")
        raise InputError("bad_y", said, field="y")
    keys = [name.strip() for name in unit.split(",") if name.strip()]
    if not keys:
        raise InputError("no_unit", Text("Name the column of units.", "请给出个体所在的列。"), field="unit")
    variables = (*outcome, *regressors)
    notes: list[Text] = []
    rows = _without_sums(narrowed(frame_of(table), where or {}), keys, notes)
    made = computed(rows, variables, time, keys)
    columns = {one.label: made[one.label].to_numpy() for one in regressors}
    label = outcome[0].label
    panel = panel_of(label, made[label].to_numpy(), columns, made[UNIT].to_list(), made[TIME].to_list())
    fitted = _fitted(panel, models, errors, lags, notes)
    if panel.dropped:
        notes.append(
            Text(
                f"{panel.dropped} of {made.height} rows lack a variable and were left out.",
                f"{made.height} 行中有 {panel.dropped} 行缺少变量，已略去。",
            )
        )
    compared = _hausman(panel, notes) if "hausman" in tests else None
    return PanelReport(
        label,
        fitted,
        compared,
        _unit_roots(made, variables, trend, lags, notes) if "unit_roots" in tests else {},
        _causality(made, label, regressors, lags or 1, notes) if "causality" in tests else {},
        panel.y.size,
        len(set(panel.units.tolist())),
        int(panel.years.min()),
        int(panel.years.max()),
        panel.dropped,
        tuple(notes),
    )


def _without_sums(frame: pl.DataFrame, keys: list[str], notes: list[Text]) -> pl.DataFrame:
    """The rows without those that `iit` sums over others, which as units of their own would count trade twice."""
    if "industry" not in keys or "industry" not in frame.columns:
        return frame
    single = frame.filter(~pl.col("industry").cast(pl.String).is_in(list(CLASS_NAMES)).fill_null(False))
    left = frame.height - single.height
    if not left or single.is_empty():
        return frame
    notes.append(
        Text(
            f"{left} rows of all industries, primary products or manufactures sum other rows and were left out.",
            f"{left} 行为全部产业、初级产品或工业制成品的合计，已略去。",
        )
    )
    return single


def _fitted(
    panel: Panel, models: tuple[Effects, ...], errors: Errors, lags: int | None, notes: list[Text]
) -> tuple[tuple[Effects, Regression], ...]:
    """The models; among several, one that cannot be estimated leaves a note and not a failure."""
    found, refused = [], []
    for model in models:
        try:
            found.append((model, panel_regression(panel, effects=model, errors=errors, lags=lags)))
        except DataError as error:
            refused.append(error)
            notes.append(undone(model, error))
    if refused and not found:
        raise refused[0]
    return tuple(found)


def _hausman(panel: Panel, notes: list[Text]) -> Hausman | None:
    try:
        found = hausman(panel)
    except DataError as error:
        notes.append(undone("Hausman", error))
        return None
    if found.p_value is None:
        notes.append(
            Text(
                "Hausman's statistic is undefined here: the difference of the covariances is not positive definite.",
                "此处 Hausman 统计量无定义：协方差之差非正定。",
            )
        )
    return found


def _runs(made: pl.DataFrame, *labels: str) -> dict[str, pl.DataFrame]:
    """Each unit's longest run of consecutive years in which the variables are there."""
    held = made.filter(pl.all_horizontal(pl.col(*labels).is_not_null()))
    held = held.with_columns((pl.col(TIME) - pl.int_range(pl.len()).over(UNIT)).alias(RUN))
    lengths = held.group_by(UNIT, RUN, maintain_order=True).agg(pl.len().alias(LENGTH))
    longest = lengths.sort(LENGTH, descending=True, maintain_order=True).unique(UNIT, keep="first")
    kept = held.join(longest, on=[UNIT, RUN], how="semi", maintain_order="left").sort(UNIT, TIME)
    return {str(unit[0]): run.select(labels) for unit, run in kept.group_by(UNIT, maintain_order=True)}


def _unit_roots(
    made: pl.DataFrame,
    variables: tuple[Variable, ...],
    trend: Literal["c", "ct"],
    lags: int | None,
    notes: list[Text],
) -> dict[str, tuple[PanelUnitRoot, ...]]:
    found: dict[str, tuple[PanelUnitRoot, ...]] = {}
    least = LEAST if lags is None else max(LEAST, 2 * lags + 5)
    for one in variables:
        runs = _runs(made, one.label)
        lines = {unit: run[one.label] for unit, run in runs.items()}
        usable = {unit: line for unit, line in lines.items() if line.len() >= least and line.n_unique() > 1}
        longest = max((line.len() for line in usable.values()), default=0)
        outcomes = []
        for test in UNIT_ROOTS:
            kept = usable if test == "ips" else {unit: line for unit, line in usable.items() if line.len() == longest}
            try:
                series = {unit: line.to_numpy() for unit, line in kept.items()}
                outcomes.append(panel_unit_root(series, test=test, trend=trend, lags=lags))
            except DataError as error:
                notes.append(undone(f"{test.upper()} ({one.label})", error))
                continue
            _tell_left_out(notes, f"{test.upper()} ({one.label})", made[UNIT].n_unique() - len(kept))
        found[one.label] = tuple(outcomes)
    return found


def _causality(
    made: pl.DataFrame, outcome: str, regressors: tuple[Variable, ...], lags: int, notes: list[Text]
) -> dict[tuple[str, str], DumitrescuHurlin]:
    """Both ways between y and each x, in the units with the longest run of years that have both."""
    found = {}
    for one in regressors:
        runs = {unit: run for unit, run in _runs(made, outcome, one.label).items() if _varies(run)}
        longest = max((run.height for run in runs.values()), default=0)
        whole = {unit: run for unit, run in runs.items() if run.height == longest}
        y = {unit: run[outcome].to_numpy() for unit, run in whole.items()}
        x = {unit: run[one.label].to_numpy() for unit, run in whole.items()}
        try:
            found[one.label, outcome] = dumitrescu_hurlin(y, x, lags=lags)
            found[outcome, one.label] = dumitrescu_hurlin(x, y, lags=lags)
        except DataError as error:
            notes.append(undone(f"Dumitrescu-Hurlin ({one.label})", error))
            continue
        _tell_left_out(notes, f"Dumitrescu-Hurlin ({one.label})", made[UNIT].n_unique() - len(y))
    return found


def _varies(run: pl.DataFrame) -> bool:
    return all(column.n_unique() > 1 for column in run)


def _tell_left_out(notes: list[Text], name: str, units: int) -> None:
    if units:
        notes.append(
            Text(
                f"{name}: units left out because they have too few years without gaps: {units} (units that never vary among them).",
                f"{name}：{units} 个个体的连续年份不足（含取值始终不变者），已略去。",
            )
        )
