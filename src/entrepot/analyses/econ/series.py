"""One economy's or product's series over the years: do they wander, do they wander together, which one leads?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar, get_args

import polars as pl

from entrepot.analyses.econ.variables import TIME, Variable, computed, narrowed, undone, variables_of
from entrepot.analyses.micro.options import frame_of
from entrepot.core.errors import DataError, check_choice
from entrepot.core.text import Text
from entrepot.models.autoregression import Autoregression, Granger, autoregression, granger
from entrepot.models.cointegration import EngleGranger, Johansen, engle_granger, error_correction, johansen
from entrepot.models.regression import Regression
from entrepot.models.unit_root import TESTS as UNIT_ROOTS
from entrepot.models.unit_root import Criterion, Trend, UnitRoot, unit_root

Test = Literal["unit_roots", "engle_granger", "johansen", "ecm", "var", "granger"]
TESTS: tuple[Test, ...] = get_args(Test)
FORMS = {"levels": "水平值", "differences": "一阶差分"}
LONGEST = 100_000
"""Times from the first to the last, each of which gets a row."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """What was found about the series; null where a test was not asked for or could not be done (then a note says why).

    Attributes
    ----------
    labels : of the variables, the first being the one explained.
    first, last, observations : the years used.
    trend : deterministic part of the tests.
    unit_roots : (label, "levels" or "differences") → one outcome per test and trend.
    """

    labels: tuple[str, ...]
    first: int
    last: int
    observations: int
    unit_roots: Mapping[tuple[str, str], tuple[UnitRoot, ...]]
    engle_granger: EngleGranger | None
    johansen: Johansen | None
    ecm: Regression | None
    var: Autoregression | None
    granger: tuple[Granger, ...]
    trend: Trend
    notes: tuple[Text, ...]


def econ_series(
    table: Any,
    y: str,
    x: str = "",
    *,
    time: str = "year",
    where: Mapping[str, str] | None = None,
    tests: tuple[Test, ...] = TESTS,
    trend: Trend = "c",
    criterion: Criterion = "aic",
    lags: int | None = None,
) -> SeriesReport:
    """Unit roots, cointegration, error correction, autoregression and Granger causality of annual series.

    Parameters
    ----------
    table : any table that speaks Arrow (Polars, pandas, PyArrow): one row per year after `where`.
    y, x : variables such as "gl" or "log:gdp,d:log:fdi"; see `entrepot.analyses.econ.variables.variable_of`.
    time : column of years.
    where : column → value that a row must have.
    tests : which to do; those on several series are left out, and said, where there is one.
    trend, criterion, lags : of the tests; `lags` also of the autoregression. Johansen's form and the error-correction model
        take one fewer (at least 0) of differences; where none is named, one, whatever the criterion would choose.

    Raises
    ------
    InputError, DataError
        For anything unknown; ``several_rows`` if a year occurs twice; ``gaps_in_series``; and what the only test asked for
        refuses.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> gdp = np.exp(np.cumsum(rng.normal(0.03, 0.02, 40)))
    >>> gl = 0.1 * np.log(gdp) + rng.normal(0.3, 0.01, 40)
    >>> table = pl.DataFrame({"year": range(1980, 2020), "gl": gl, "gdp": gdp})
    >>> econ_series(table, "gl", "log:gdp", tests=("granger",)).observations
    40
    """
    for test in tests:
        check_choice("tests", test, TESTS)
    variables = variables_of(",".join(part for part in (y, x) if part))
    frame = narrowed(frame_of(table), where or {})
    made = computed(frame, variables, time, [])
    _check_one_row(frame, made, time)
    values, notes = _trimmed(made, variables)
    held = {one.label: values[one.label].to_numpy() for one in variables}
    attempt = _Attempts(notes, alone=len(tests) == 1)
    roots = _unit_roots(held, trend, criterion, lags, attempt) if "unit_roots" in tests else {}
    together = tests
    if len(variables) < 2 and set(tests) - {"unit_roots"}:
        notes.append(Text("One series: tests of several were left out.", "只有一个序列：未做多序列检验。"))
        together = ()
    order = 1 if lags is None else max(0, lags - 1)
    return SeriesReport(
        tuple(held),
        int(values[TIME][0]),
        int(values[TIME][-1]),
        values.height,
        roots,
        attempt("engle_granger", together, lambda: engle_granger(held, trend=trend, criterion=criterion, lags=lags)),
        attempt("johansen", together, lambda: johansen(held, lags=order, trend=trend)),
        attempt("ecm", together, lambda: error_correction(held, lags=order, trend=trend)),
        attempt("var", together, lambda: autoregression(held, lags=lags, criterion=criterion)),
        attempt("granger", together, lambda: granger(held, lags=lags, criterion=criterion)) or (),
        trend,
        tuple(notes),
    )


class _Attempts:
    """Do what was asked for; among several tests, one that cannot be done leaves a note and not a failure."""

    def __init__(self, notes: list[Text], *, alone: bool) -> None:
        self.notes, self.alone = notes, alone

    def __call__(
        self, name: Test, asked: tuple[Test, ...], do: Callable[[], Found], called: Text | None = None
    ) -> Found | None:
        if name not in asked:
            return None
        try:
            return do()
        except DataError as error:
            if self.alone:
                raise
            self.notes.append(undone(called or Text(name, name), error))
            return None


def _unit_roots(
    held: Mapping[str, Any], trend: Trend, criterion: Criterion, lags: int | None, attempt: _Attempts
) -> dict[tuple[str, str], tuple[UnitRoot, ...]]:
    """Every test of every series, in levels and in differences."""
    found = {}
    # KPSS has no form without a constant.
    asked = [test for test in UNIT_ROOTS if test != "kpss" or trend != "n"]
    for label, values in held.items():
        for form, one in (("levels", values), ("differences", values[1:] - values[:-1])):
            outcomes = []
            for test in asked:
                do = partial(unit_root, one, test=test, trend=trend, criterion=criterion, lags=lags, name=label)
                called = Text(f"{test.upper()} ({label}, {form})", f"{test.upper()}（{label}，{FORMS[form]}）")
                done = attempt("unit_roots", ("unit_roots",), do, called)
                outcomes += [done] if done else []
            if outcomes:
                found[label, form] = tuple(outcomes)
    return found


def _check_one_row(frame: pl.DataFrame, made: pl.DataFrame, time: str) -> None:
    twice = made.height - made[TIME].n_unique()
    if not twice:
        return
    others = [name for name in frame.columns if name != time and 1 < frame[name].n_unique() <= 300]
    text = [name for name in others if frame[name].dtype == pl.String][:6]
    raise DataError(
        "several_rows",
        Text(
            f"{twice} rows repeat a {time}. A series has one row for each: narrow the table with where, "
            f"for example by {', '.join(text) or 'the columns that differ'}.",
            f"有 {twice} 行的 {time} 重复。序列每个时点只能有一行：请用 where 缩小范围，例如按 {'、'.join(text) or '取值不同的列'}。",
        ),
        field="where",
    )


def _trimmed(made: pl.DataFrame, variables: tuple[Variable, ...]) -> tuple[pl.DataFrame, list[Text]]:
    """The span between the first and the last year in which every variable is there, with a row for each year."""
    labels = [one.label for one in variables]
    complete = made.filter(pl.all_horizontal(pl.col(labels).is_not_null()))
    if complete.is_empty():
        raise DataError(
            "no_complete_rows",
            Text("No year has every variable.", "没有任何一年的变量是齐全的。"),
            field="variable",
        )
    years = complete[TIME].to_list()
    first, last = min(years), max(years)
    if last - first > LONGEST:
        raise DataError(
            "no_time",
            Text(
                f"Times run from {first} to {last}; give a column of years.",
                f"时间取值从 {first} 到 {last}；请给出年份列。",
            ),
            field="time",
        )
    span = pl.DataFrame({TIME: range(first, last + 1)}, schema={TIME: pl.Int64})
    notes = []
    outside = made.height - made.filter(pl.col(TIME).is_between(first, last)).height
    if outside:
        notes.append(
            Text(
                f"{outside} rows before {first} or after {last} lack a variable and were left out.",
                f"{first} 年之前或 {last} 年之后有 {outside} 行缺少变量，已略去。",
            )
        )
    return span.join(made, on=TIME, how="left", maintain_order="left"), notes
