"""A panel of industries, products or economies over the years: what goes with what, and is it cause or common drift?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl

from entrepot.analyses.econ.variables import Variable, computed, narrowed, variables_of
from entrepot.core.errors import DataError, InputError, check_choice
from entrepot.core.text import Text
from entrepot.models.choices import EFFECTS, Effects, Errors
from entrepot.models.panel import Hausman, hausman, panel_of, panel_regression
from entrepot.models.panel_causality import DumitrescuHurlin, dumitrescu_hurlin
from entrepot.models.panel_unit_root import LEAST, PanelUnitRoot, panel_unit_root
from entrepot.models.panel_unit_root import TESTS as UNIT_ROOTS
from entrepot.models.regression import Regression

Test = Literal["hausman", "unit_roots", "causality"]
TESTS: tuple[Test, ...] = get_args(Test)


@dataclass(frozen=True, slots=True)
class PanelReport:
    """What was found about the panel; null or empty where something was not asked for or could not be done.

    Attributes
    ----------
    models : in the order asked.
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
        run of years without gaps (LLC and causality: units that have every year); units left out are counted in a note.
    lags : of Driscoll and Kraay's errors, of the unit-root tests (default chosen by AIC) and of causality (default 1).

    Raises
    ------
    InputError, DataError
        For anything unknown, and whatever the regressions refuse.

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
        raise InputError("no_unit", Text("Name the column of units.", "请给出单位所在的列。"), field="unit")
    variables = (*outcome, *regressors)
    made = computed(narrowed(pl.DataFrame(table), where or {}), variables, time, keys)
    named = made.select(pl.concat_str(pl.exclude("time", *(v.label for v in variables)), separator=" ").alias("unit"))
    made = made.with_columns(named["unit"])
    columns = {one.label: made[one.label].to_numpy() for one in regressors}
    label = outcome[0].label
    panel = panel_of(label, made[label].to_numpy(), columns, made["unit"].to_list(), made["time"].to_list())
    fitted = tuple((model, panel_regression(panel, effects=model, errors=errors, lags=lags)) for model in models)
    notes: list[Text] = []
    if panel.dropped:
        notes.append(
            Text(
                f"{panel.dropped} of {made.height} rows lack a variable and were left out.",
                f"{made.height} 行中有 {panel.dropped} 行缺少变量，已略去。",
            )
        )
    compared = hausman(panel) if "hausman" in tests else None
    if compared and compared.p_value is None:
        notes.append(
            Text(
                "Hausman's statistic is undefined here: the difference of the covariances is not positive definite.",
                "此处 Hausman 统计量无定义：协方差之差非正定。",
            )
        )
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


def _runs(made: pl.DataFrame, label: str) -> dict[str, pl.Series]:
    """Each unit's longest run of consecutive years in which the variable is there."""
    held = made.filter(pl.col(label).is_not_null()).select("unit", "time", label)
    held = held.with_columns(run=pl.col("time") - pl.int_range(pl.len()).over("unit"))
    runs = held.group_by("unit", "run", maintain_order=True).agg(pl.col(label), length=pl.len())
    longest = runs.sort("length", descending=True, maintain_order=True).unique("unit", keep="first").sort("unit")
    return dict(zip(longest["unit"], longest[label], strict=True))


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
        usable = {unit: run for unit, run in runs.items() if run.len() >= least and run.n_unique() > 1}
        longest = max((run.len() for run in usable.values()), default=0)
        outcomes = []
        for test in UNIT_ROOTS:
            kept = usable if test == "ips" else {unit: run for unit, run in usable.items() if run.len() == longest}
            try:
                series = {unit: run.to_numpy() for unit, run in kept.items()}
                outcomes.append(panel_unit_root(series, test=test, trend=trend, lags=lags))
            except DataError as error:
                notes.append(_undone(f"{test.upper()} ({one.label})", error))
                continue
            _tell_left_out(notes, f"{test.upper()} ({one.label})", made["unit"].n_unique() - len(kept))
        found[one.label] = tuple(outcomes)
    return found


def _causality(
    made: pl.DataFrame, outcome: str, regressors: tuple[Variable, ...], lags: int, notes: list[Text]
) -> dict[tuple[str, str], DumitrescuHurlin]:
    """Both ways between y and each x, in the units that have both in every year of the span."""
    found = {}
    for one in regressors:
        both = made.filter(pl.all_horizontal(pl.col(outcome, one.label).is_not_null()))
        years = both["time"].n_unique()
        whole = both.filter((pl.len() == years).over("unit"))
        lines = {unit[0]: part for unit, part in whole.group_by("unit", maintain_order=True)}
        y = {str(unit): part[outcome].to_numpy() for unit, part in lines.items()}
        x = {str(unit): part[one.label].to_numpy() for unit, part in lines.items()}
        try:
            found[one.label, outcome] = dumitrescu_hurlin(y, x, lags=lags)
            found[outcome, one.label] = dumitrescu_hurlin(x, y, lags=lags)
        except DataError as error:
            notes.append(_undone(f"Dumitrescu-Hurlin ({one.label})", error))
            continue
        _tell_left_out(notes, f"Dumitrescu-Hurlin ({one.label})", made["unit"].n_unique() - len(y))
    return found


def _undone(name: str, error: DataError) -> Text:
    return Text(f"{name} was not done: {error.message.en}", f"未做 {name}：{error.message.zh}")


def _tell_left_out(notes: list[Text], name: str, units: int) -> None:
    if units:
        notes.append(
            Text(
                f"{name}: units left out because they have too few years without gaps: {units}.",
                f"{name}：{units} 个单位的连续年份不足，已略去。",
            )
        )
