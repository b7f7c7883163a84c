"""The rows of a study: cells or a table, what is joined to them, variables, the base sample, winsorising, groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from entrepot.analyses.econ.variables import TIME, Variable, as_numbers, check_columns, computed
from entrepot.analyses.result import Result
from entrepot.analyses.study.filters import kept_by
from entrepot.analyses.study.plan import Grouping, Plan
from entrepot.analyses.study.reading import unknown
from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.customs_mapping import READY
from entrepot.sources.saved_tables import read_saved

ROW = "row:"  # a name that no file has, for what stands beside its columns
VALUE = "value_usd"
HIGH, LOW = Text("high", "高"), Text("low", "低")
MOST_CLASSES = 12

Progress = Callable[[str, float], None]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """What a filter of the base sample did to the rows that came to it.

    Attributes
    ----------
    said : as it was written.
    dropped, kept : rows.
    dropped_usd : trade of the rows left out; None for a table without `value_usd`, as cells have it.
    """

    said: str
    dropped: int
    kept: int
    dropped_usd: float | None


@dataclass(frozen=True)
class Prepared:
    """The base sample, row by row.

    Attributes
    ----------
    read : rows before any filter.
    cuts : the filters, in turn.
    table : every column of the file, of the rows in the base sample, sorted by unit and time.
    values : variable → numbers, NaN where missing; winsorised.
    years : of each row.
    groups : grouping → (labels of its classes, number of each row's class or −1).
    notes : what was left out and what was done to the rest.
    """

    read: int
    cuts: tuple[Cut, ...]
    table: pl.DataFrame
    values: Mapping[str, Values]
    years: npt.NDArray[np.int64]
    groups: Mapping[str, tuple[tuple[Text, ...], npt.NDArray[np.int64]]]
    notes: tuple[Text, ...]

    def value(self, name: str) -> Values:
        """A variable, or the product of some: "a*b"."""
        first, *more = name.split("*")
        product = self.values[first]
        for other in more:
            product = product * self.values[other]
        return product

    def kept_in(self, plan: Plan, sample: str | None) -> npt.NDArray[np.bool_]:
        """Which rows are in a sample of the plan; None is the base sample itself."""
        if sample is None:
            return np.ones(self.table.height, dtype=bool)
        return kept_by(self.table, plan.samples[sample][1], f"samples.{sample}.filters").to_numpy()

    def codes(self, name: str, field: str) -> npt.NDArray[np.int64]:
        """Whole numbers for the values of a column, or of several joined by "*".

        Raises
        ------
        InputError
            ``unknown_key``.
        """
        columns = [part.strip() for part in name.split("*")]
        for column in columns:
            if column not in self.table.columns:
                raise unknown(field, column, self.table.columns)
        found = np.zeros(self.table.height, dtype=np.int64)
        for column in columns:
            labels = self.table[column].cast(pl.String).fill_null("").rank("dense").to_numpy().astype(np.int64)
            found = found * (int(labels.max(initial=0)) + 1) + labels
            found = np.unique(found, return_inverse=True)[1]
        return found


def read_by(plan: Plan) -> str | Path | None:
    """The mapping of the study's declarations: the name of a ready one, or its file."""
    mapping = plan.data.mapping
    return mapping if mapping is None or mapping in READY else plan.folder / mapping


def inputs(plan: Plan) -> dict[str, Path]:
    """Every file that the study reads, by what it is for."""
    data = plan.data
    named = {"flows": data.flows, "file": data.table, **data.tables}
    if isinstance(read_by(plan), Path):
        named["mapping"] = data.mapping
    named |= {f"join {at}": path for at, (path, _) in enumerate(data.joins, 1)}
    return {name: plan.folder / path for name, path in named.items() if path is not None}


def cells_of(plan: Plan, *, progress: Progress | None = None, concordances: pl.DataFrame | None = None) -> Result:
    """Dispersion and exchange computed from the study's declarations; see `entrepot.analyses.micro.cells`.

    Raises
    ------
    InputError, DataError
        For whatever the declarations or options refuse.
    """
    from entrepot.analyses.micro.answers import cells

    given: dict[str, Any] = dict(plan.data.options) | {name: read_saved(plan.folder / path) for name, path in plan.data.tables.items()}  # fmt: skip
    given |= {"mapping": read_by(plan), "concordances": concordances}
    return cells(inputs(plan)["flows"], progress=progress, **given)


def prepared(plan: Plan, cells: pl.DataFrame | None) -> Prepared:
    """The base sample of a study.

    Lags and changes are taken on all rows, so that a cell outside the sample still says what was a year before; then rows
    are filtered; then each variable is winsorised over the rows that stay.

    Parameters
    ----------
    cells : rows of `cells_of`; None reads the study's own table.

    Raises
    ------
    InputError, DataError
        ``unknown_key``, ``unknown_column``, ``double_rows``, ``nothing_left``, and what files refuse.
    """
    notes: list[Text] = []
    table = read_saved(plan.folder / str(plan.data.table)) if cells is None else cells
    for path, on in plan.data.joins:
        table = _joined(table, read_saved(plan.folder / path), on, path, notes)
    unit, time = list(plan.data.unit), plan.data.time
    for name in (*unit, time):
        if name not in table.columns:
            raise unknown("data.unit" if name in unit else "data.time", name, table.columns)
    for name, one in plan.variables.items():
        if one.variable.column not in table.columns:
            raise unknown(f"variables.{name}", one.variable.column, table.columns)
    double = table.height - table.select(pl.col(*unit, time).cast(pl.String)).n_unique()
    if double:
        keys = ", ".join([*unit, time])
        raise DataError(
            "double_rows",
            Text(
                f"{double} rows repeat {keys}. Name in data.unit every column that tells units apart.",
                f"有 {double} 行的 {keys} 重复。请在 data.unit 中列出区分单位的全部列。",
            ),
            field="data.unit",
        )
    table = table.with_row_index(ROW)
    made = computed(table, (Variable(ROW, ()), *(one.variable for one in plan.variables.values())), time, unit)
    table = table[made[ROW].cast(pl.UInt32)]
    kept, cuts = _cut(table, plan)
    notes.append(_told(table.height, cuts, plan))
    if not kept.any():
        raise DataError(
            "nothing_left",
            Text("The filters of the sample leave no row.", "样本筛选后没有剩余的行。"),
            field="sample.filters",
        )
    read, table, made = table.height, table.filter(kept).drop(ROW), made.filter(kept)
    values = {}
    for name, one in plan.variables.items():
        column = made[one.variable.label].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        values[name] = winsorised(column, plan.winsorise if one.winsorise is None else one.winsorise)
    groups = {name: _classes(name, one, table, values) for name, one in plan.groups.items()}
    return Prepared(read, cuts, table, values, made[TIME].to_numpy(), groups, tuple(notes))


def winsorised(values: Values, share: float) -> Values:
    """Values with that share of each tail moved to the quantile there; missing ones (NaN) stay out of it.

    Examples
    --------
    >>> winsorised(np.array([0.0, 1.0, 2.0, 3.0, 100.0]), 0.25)
    array([1., 1., 2., 3., 3.])
    """
    if share == 0 or not np.isfinite(values).any():
        return values
    low, high = np.nanquantile(values, [share, 1 - share])
    return np.clip(values, low, high)


def _cut(table: pl.DataFrame, plan: Plan) -> tuple[pl.Series, tuple[Cut, ...]]:
    """Which rows every filter keeps, and what each left out of those that came to it."""
    kept, cuts = pl.Series([True] * table.height, dtype=pl.Boolean), []
    known = VALUE in table.columns and table[VALUE].dtype.is_numeric()
    value = as_numbers(table, VALUE) if known else None
    for one in plan.filters:
        lost = kept & ~kept_by(table, (one,), "sample.filters")
        kept = kept & ~lost
        worth = None if value is None else float(value.filter(lost).sum())
        cuts.append(Cut(one.said, int(lost.sum()), int(kept.sum()), worth))
    return kept, tuple(cuts)


def _told(rows: int, cuts: tuple[Cut, ...], plan: Plan) -> Text:
    kept = cuts[-1].kept if cuts else rows
    en = "; ".join(f"{one.said}: {one.dropped:,} left out{_worth(one).en}" for one in cuts)
    zh = "；".join(f"{one.said}：略去 {one.dropped:,} 行{_worth(one).zh}" for one in cuts)
    said = Text(
        f"Base sample: {kept:,} of {rows:,} rows" + (f" ({en})" if en else ""),
        f"基础样本：{rows:,} 行中的 {kept:,} 行" + (f"（{zh}）" if zh else ""),
    )
    if not plan.winsorise:
        return Text(said.en + ".", said.zh + "。")
    share = f"{plan.winsorise * 100:g} %"
    return Text(f"{said.en}; variables winsorised by {share} at each tail.", f"{said.zh}；各变量在两端各缩尾 {share}。")


def _worth(cut: Cut) -> Text:
    value = cut.dropped_usd
    return Text("", "") if value is None else Text(f", US$ {value:,.0f}", f"，{value:,.0f} 美元")


def _joined(table: pl.DataFrame, more: pl.DataFrame, on: tuple[str, ...], path: str, notes: list[Text]) -> pl.DataFrame:
    """Columns of another file, by keys compared as text."""
    keys = list(on)
    check_columns(table, keys, "data.join")
    check_columns(more, keys, "data.join")
    double = more.height - more.select(pl.col(keys).cast(pl.String)).n_unique()
    both = [name for name in more.columns if name in table.columns and name not in keys]
    if double or both:
        what = Text(f"{double} rows repeat {', '.join(keys)}", f"有 {double} 行的 {'、'.join(keys)} 重复")
        if both:
            what = Text(f"columns {', '.join(both)} are already there", f"列 {'、'.join(both)} 已存在")
        raise DataError("bad_join", Text(f"{path}: {what.en}.", f"{path}：{what.zh}。"), field="data.join")
    marks = [f"key:{name}" for name in keys]
    text = [pl.col(name).cast(pl.String).alias(mark) for name, mark in zip(keys, marks, strict=True)]
    right = more.with_columns(text).drop(keys).with_columns(pl.lit(True).alias("key:found"))
    joined = table.with_columns(text).join(right, on=marks, how="left", maintain_order="left")
    lacking = joined["key:found"].null_count()
    if lacking:
        notes.append(
            Text(
                f"{path}: {lacking:,} of {table.height:,} rows found nothing there.",
                f"{path}：{table.height:,} 行中有 {lacking:,} 行未匹配到数据。",
            )
        )
    return joined.drop(*marks, "key:found")


def _classes(
    name: str, grouping: Grouping, table: pl.DataFrame, values: Mapping[str, Values]
) -> tuple[tuple[Text, ...], npt.NDArray[np.int64]]:
    """Labels of the classes, and the number of each row's class; −1 where it is not known."""
    label, by = grouping.label, grouping.by
    known = [*values, *table.columns]
    if by not in known:
        raise unknown(f"groups.{name}.by", by, known)
    for one in grouping.within:
        if one not in table.columns:
            raise unknown(f"groups.{name}.within", one, table.columns)
    if grouping.split == "values":
        column = table[by].cast(pl.String) if by in table.columns else pl.Series(values[by]).cast(pl.String)
        words = column.drop_nulls().unique().sort().to_list()
        if not 2 <= len(words) <= MOST_CLASSES:
            raise DataError(
                "bad_groups",
                Text(
                    f"groups.{name}: {by!r} has {len(words)} values; 2 to {MOST_CLASSES} make groups. Or split at the median.",
                    f"groups.{name}：{by!r} 有 {len(words)} 个取值；分组须为 2 至 {MOST_CLASSES} 个。也可按中位数分组。",
                ),
                field=f"groups.{name}",
            )
        numbers = {word: at for at, word in enumerate(words)}
        place = column.replace_strict(numbers, default=-1, return_dtype=pl.Int64).fill_null(-1).to_numpy()
        return tuple(Text(f"{label.en}: {word}", f"{label.zh}：{word}") for word in words), place
    numbers_of = values[by] if by in values else as_numbers(table, by).fill_null(float("nan")).to_numpy()
    value = pl.Series(ROW, numbers_of).fill_nan(None)
    frame = pl.DataFrame([value, *(table[one].cast(pl.String) for one in grouping.within)])
    middle = pl.col(ROW).median()
    middle = middle.over(list(grouping.within)) if grouping.within else middle
    side = frame.select(pl.when(pl.col(ROW).is_null()).then(-1).otherwise((pl.col(ROW) > middle).cast(pl.Int64)))
    words_of = (Text(f"{label.en}: {LOW.en}", f"{label.zh}：{LOW.zh}"), Text(f"{label.en}: {HIGH.en}", f"{label.zh}：{HIGH.zh}"))  # fmt: skip
    return words_of, side.to_series().cast(pl.Int64).to_numpy()
