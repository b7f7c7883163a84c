"""Variables as a user writes them, "d:log:gdp", made from the columns of a table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text

TIME, UNIT = ":time", ":unit"  # columns of ours; no variable can be called so
LATEST = 10**9  # no time is farther from 0
TRANSFORMS = ("log", "logit", "d", "lag")
_LAG = re.compile(r"lag(\d{0,2})")
_FINITE: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "log": lambda value: pl.when(value > 0).then(value.log()),
    "logit": lambda value: pl.when((value > 0) & (value < 1)).then((value / (1 - value)).log()),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A column and what is done to it, the innermost first.

    Attributes
    ----------
    column : id in the table.
    steps : such as ("log", "d").
    """

    column: str
    steps: tuple[str, ...]

    @property
    def label(self) -> str:
        """As tables print it: "d(log(gdp))"."""
        said = self.column
        for step in self.steps:
            said = f"{step}({said})"
        return said


def variable_of(spec: str) -> Variable:
    """Read "d:log:gdp": the last word is the column, the others are done from right to left.

    log and logit are null where undefined; d is the change on the year before, lag (lag2, …) the value that many years
    before, both within a unit and null where that year is not there.

    Raises
    ------
    InputError
        ``unknown_transform``.

    Examples
    --------
    >>> variable_of("d:log:gdp").label
    'd(log(gdp))'
    """
    *steps, column = (word.strip() for word in spec.split(":"))
    for step in steps:
        if step not in TRANSFORMS and not _LAG.fullmatch(step):
            raise InputError(
                "unknown_transform",
                Text(
                    f"{step!r} in {spec!r} is none of {', '.join(TRANSFORMS)} (lag2 is two years).",
                    f"{spec!r} 中的 {step!r} 无效；可用 {'、'.join(TRANSFORMS)}（lag2 为滞后两年）。",
                ),
                field="variable",
                valid=TRANSFORMS,
                nearest=nearest_of(step, TRANSFORMS),
            )
    return Variable(column, tuple(reversed(steps)))


def variables_of(specs: str) -> tuple[Variable, ...]:
    """Several of them, parted by commas; none is given twice.

    Raises
    ------
    InputError
        ``no_variables``, ``unknown_transform``.
    """
    found = tuple(dict.fromkeys(variable_of(spec) for spec in specs.split(",") if spec.strip()))
    if not found:
        raise InputError("no_variables", Text("Name at least one variable.", "请至少给出一个变量。"), field="variable")
    return found


def check_columns(frame: pl.DataFrame, names: list[str], field: str) -> None:
    """Refuse columns that the table does not have.

    Raises
    ------
    InputError
        ``unknown_column``, with those there are and the nearest; ``nested_column`` for one of lists.
    """
    for name in names:
        if name not in frame.columns:
            listed = ", ".join(frame.columns)
            raise InputError(
                "unknown_column",
                Text(
                    f"The table has no column {name!r}. Columns: {listed}.",
                    f"表中没有列 {name!r}。现有列：{listed}。",
                ),
                field=field,
                valid=frame.columns,
                nearest=nearest_of(name, frame.columns),
            )
        if frame.schema[name].is_nested():
            raise InputError(
                "nested_column",
                Text(f"Column {name!r} holds lists, not values.", f"列 {name!r} 的单元格是列表，不是单个值。"),
                field=field,
            )


def as_numbers(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column as numbers; empty text is missing.

    Raises
    ------
    DataError
        ``not_numbers`` with the first values that are none.
    """
    column = frame[name]
    if column.dtype.is_numeric() or column.dtype in (pl.Boolean, pl.Null):
        return column.cast(pl.Float64)
    text = column.cast(pl.String).str.strip_chars().replace("", None)
    numbers = text.cast(pl.Float64, strict=False)
    wrong = text.filter(numbers.is_null() & text.is_not_null())
    if wrong.len():
        shown = ", ".join(repr(value) for value in wrong.unique(maintain_order=True).head(3))
        raise DataError(
            "not_numbers",
            Text(
                f"Column {name!r} has {wrong.len()} values that are no numbers ({shown}).",
                f"列 {name!r} 有 {wrong.len()} 个值不是数字（{shown}）。",
            ),
            field=name,
        )
    return numbers


def narrowed(frame: pl.DataFrame, where: Mapping[str, str]) -> pl.DataFrame:
    """The rows in which every named column has the given value, compared as text.

    Raises
    ------
    InputError
        ``unknown_column``; ``nothing_left`` with values that the column does have.
    """
    check_columns(frame, list(where), "where")
    for name, value in where.items():
        kept = frame.filter(pl.col(name).cast(pl.String) == value)
        if kept.is_empty():
            held = frame[name].cast(pl.String).drop_nulls().unique().sort().to_list()
            listed = ", ".join(held[:12]) + (", …" if len(held) > 12 else "")
            raise InputError(
                "nothing_left",
                Text(
                    f"No row has {name} = {value!r}. There are: {listed}.",
                    f"没有 {name} = {value!r} 的行。现有：{listed}。",
                ),
                field="where",
                nearest=nearest_of(value, held),
            )
        frame = kept
    return frame


def computed(frame: pl.DataFrame, variables: tuple[Variable, ...], time: str, unit: list[str]) -> pl.DataFrame:
    """`TIME`, `UNIT` (where there are units) and one column per variable (by label), sorted; infinities and NaN are missing.

    Raises
    ------
    InputError, DataError
        As `check_columns`, `as_numbers`; ``no_time`` where a time is missing or no whole number.
    """
    check_columns(frame, [time], "time")
    check_columns(frame, unit, "unit")
    check_columns(frame, [one.column for one in variables], "variable")
    times = as_numbers(frame, time)
    if times.is_null().any() or not (times.is_finite() & (times == times.round()) & (times.abs() < LATEST)).all():
        raise DataError(
            "no_time",
            Text(
                f"Column {time!r} must hold a whole number, such as a year, in every row.",
                f"列 {time!r} 的每一行都须为整数（如年份）。",
            ),
            field="time",
        )
    whole = [frame[name].cast(pl.String).fill_null("") for name in dict.fromkeys(unit)]
    base = pl.DataFrame([times.cast(pl.Int64).alias(TIME)])
    if whole:
        base = base.with_columns(pl.DataFrame(whole).select(pl.concat_str(pl.all(), separator=" · ").alias(UNIT)))
    over = [UNIT] if whole else []
    values = {one.column: as_numbers(frame, one.column) for one in variables}
    base = base.with_columns([column.alias(f"raw:{name}") for name, column in values.items()])
    base = base.sort([*over, TIME])
    made = base.select(TIME, *over)
    for one in variables:
        made = made.with_columns(_value(base, one, over).alias(one.label))
    return made


def _value(base: pl.DataFrame, variable: Variable, over: list[str]) -> pl.Series:
    """One variable, row by row of the sorted table."""
    keys = [*over, TIME]
    held = base.select(*keys, value=pl.col(f"raw:{variable.column}"))
    held = held.with_columns(pl.when(pl.col("value").is_finite()).then(pl.col("value")))
    for step in variable.steps:
        if step in _FINITE:
            held = held.with_columns(_FINITE[step](pl.col("value")).alias("value"))
            continue
        lag = _LAG.fullmatch(step)
        back = int(lag[1] or 1) if lag else 1
        # By year and not by row: the row before may be of another year.
        before = held.select(*over, pl.col(TIME) + back, before="value").unique(keys, keep="first")
        held = held.join(before, on=keys, how="left", maintain_order="left")
        moved = pl.col("before") if lag else pl.col("value") - pl.col("before")
        held = held.select(*keys, moved.alias("value"))
    return held["value"]


def undone(name: Text | str, error: DataError) -> Text:
    """The note that stands in the place of what could not be done."""
    told = name if isinstance(name, Text) else Text(name, name)
    return Text(f"{told.en} was not done: {error.message.en}", f"未做 {told.zh}：{error.message.zh}")
