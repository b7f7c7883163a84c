"""What every canonical table shares: the shape of a table, and the one check that all of them go through."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl
from polars.datatypes import DataType, DataTypeClass

from entrepot.core.errors import DataError
from entrepot.core.text import Text

Dtype = DataType | DataTypeClass
# Every integer up to here is one float and no other.
EXACT_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition on the values of a column.

    Parameters
    ----------
    column : the column that an error names.
    bad : expression that is true in the rows at fault; null counts as not at fault.
    problem : what is wrong with such a value, said after "n rows".
    remedy : what to do about it, a whole sentence.
    """

    column: str
    bad: pl.Expr
    problem: Text
    remedy: Text


class Table:
    """A canonical table: its columns and types, its key, which columns may be null, and what values are valid.

    Parameters
    ----------
    name : name of the table in the store.
    schema : column → Polars type, in canonical order.
    key : columns that together name a row; null is a value like any other here.
    nullable : columns that may hold null (the module of the table says what null means).
    rules : conditions on values, beyond the finite numbers that every float column must hold.
    """

    __slots__ = ("key", "name", "nullable", "rules", "schema")

    def __init__(
        self,
        name: str,
        *,
        schema: Mapping[str, Dtype],
        key: tuple[str, ...],
        nullable: frozenset[str] = frozenset(),
        rules: tuple[Rule, ...] = (),
    ) -> None:
        self.name = name
        self.schema: Mapping[str, Dtype] = MappingProxyType(dict(schema))
        self.key = key
        self.nullable = nullable
        self.rules = tuple(finite(column) for column, dtype in schema.items() if dtype == pl.Float64) + rules

    def check(self, frame: pl.DataFrame, *, unique: bool = False) -> pl.DataFrame:
        """The frame in canonical columns and types, or the first thing that is wrong with it.

        Types are cast only where nothing is lost: a year held as 64-bit integer or as 2024.0 passes, 2024.5 and
        "2024" do not. Rows keep their order, and none is dropped or mended.

        Parameters
        ----------
        frame : the columns of the table, in any order.
        unique : the caller has seen that no two rows share their key; looking again would cost more than the rest.

        Returns
        -------
        pl.DataFrame
            Columns in canonical order and type.

        Raises
        ------
        DataError
            Names the table, the column, a value at fault, the number of rows at fault and what to do. Codes:
            ``missing_column``, ``unexpected_column``, ``wrong_type``, ``null_value``, ``invalid_value``,
            ``duplicate_key``.

        Examples
        --------
        >>> import polars as pl
        >>> from entrepot.tables import borders
        >>> rows = {"economy": ["CHL"], "neighbour": ["PER"], "source": ["atlas"], "note": [None]}
        >>> borders.check(pl.DataFrame(rows)).columns
        ['economy', 'neighbour', 'source', 'note']
        """
        self._check_columns(frame)
        cast = frame.select([self._cast(frame[column], dtype) for column, dtype in self.schema.items()])
        self._check_nulls(cast)
        self._check_rules(cast, frame)
        if not unique:
            self._check_key(cast)
        return cast

    def _check_columns(self, frame: pl.DataFrame) -> None:
        listed = ", ".join(self.schema)
        for column in self.schema:
            if column not in frame.columns:
                raise self._error(
                    "missing_column",
                    column,
                    Text("the column is missing", "缺少该列"),
                    Text(f"The table has the columns {listed}.", f"该表应有的列：{listed}。"),
                )
        for column in frame.columns:
            if column not in self.schema:
                raise self._error(
                    "unexpected_column",
                    column,
                    Text("no such column in this table", "该表没有此列"),
                    Text(
                        f"Leave it out or rename it; the columns are {listed}.", f"请删除或改名；可用的列：{listed}。"
                    ),
                )

    def _cast(self, series: pl.Series, dtype: Dtype) -> pl.Series:
        if series.dtype == dtype:
            return series
        cast = lossless_cast(series, dtype)
        if cast is not None:
            return cast
        shown = series.drop_nulls().head(1).to_list()
        # An integer can never tell 0101 from 101: the most frequent accident deserves its name.
        if dtype == pl.Utf8 and series.dtype.is_numeric():
            remedy = Text(
                "Leading zeros may have been lost: read the column as text.", "前导零可能已丢失：请按文本读取该列。"
            )
        else:
            remedy = Text("Convert the column without loss and try again.", "请无损转换该列后重试。")
        raise self._error(
            "wrong_type",
            series.name,
            Text(
                f"its type is {series.dtype} (for example {shown[0]!r}) where {dtype} is needed"
                if shown
                else f"its type is {series.dtype} where {dtype} is needed",
                f"类型为 {series.dtype}（例如 {shown[0]!r}），应为 {dtype}"
                if shown
                else f"类型为 {series.dtype}，应为 {dtype}",
            ),
            remedy,
        )

    def _check_nulls(self, frame: pl.DataFrame) -> None:
        for column in self.schema:
            count = frame[column].null_count()
            if count and column not in self.nullable:
                raise self._error(
                    "null_value",
                    column,
                    Text(f"{rows_en(count)} without a value", f"{count} 行缺少取值"),
                    Text(
                        "This column must be complete: fill it or leave the rows out.",
                        "该列不可为空：请补全或去掉这些行。",
                    ),
                )

    def _check_rules(self, frame: pl.DataFrame, given: pl.DataFrame) -> None:
        """Check values; texts are looked at once each (in the frame as given, where categories make that cheap)."""
        if not self.rules or frame.is_empty():
            return
        sound = {
            column
            for column in frame.columns
            if frame[column].dtype == pl.Utf8
            and _all_sound(given[column].unique().cast(pl.Utf8), self._rules_of_text(column))
        }
        rules = [rule for rule in self.rules if rule.bad.meta.root_names() != [rule.column] or rule.column not in sound]
        if not rules:
            return
        counts = frame.select(
            rule.bad.fill_null(False).sum().alias(str(position)) for position, rule in enumerate(rules)
        ).row(0)
        for rule, count in zip(rules, counts, strict=True):
            if count:
                value = frame.filter(rule.bad.fill_null(False))[rule.column].to_list()[0]
                raise self._error(
                    "invalid_value",
                    rule.column,
                    Text(
                        f"{rows_en(count)} {rule.problem.en} (the first: {value!r})",
                        f"{count} 行{rule.problem.zh}（首个：{value!r}）",
                    ),
                    rule.remedy,
                )

    def _rules_of_text(self, column: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.bad.meta.root_names() == [column]]

    def _check_key(self, frame: pl.DataFrame) -> None:
        keys = frame.select(self.key)
        if frame.is_empty() or keys.n_unique() == frame.height:
            return
        repeated = keys.filter(keys.is_duplicated())
        value = repeated.row(0)
        raise self._error(
            "duplicate_key",
            ", ".join(self.key),
            Text(
                f"{rows_en(repeated.height)} share their key with another (the first: {value!r})",
                f"{repeated.height} 行主键重复（首个：{value!r}）",
            ),
            Text("Sum them or keep one of them.", "请合计或只保留其一。"),
        )

    def _error(self, code: str, column: str, problem: Text, remedy: Text) -> DataError:
        return DataError(
            code,
            Text(
                f"Table {self.name}, column {column}: {problem.en}. {remedy.en}",
                f"表 {self.name} 的列 {column}：{problem.zh}。{remedy.zh}",
            ),
            field=column,
        )


def _all_sound(values: pl.Series, rules: list[Rule]) -> bool:
    return not any(values.to_frame().select(rule.bad.fill_null(False).any()).item() for rule in rules)


def lossless_cast(series: pl.Series, dtype: Dtype) -> pl.Series | None:
    """The series in another type with every value kept, or None where that cannot be.

    Examples
    --------
    >>> import polars as pl
    >>> lossless_cast(pl.Series([2024.0]), pl.Int16).to_list()
    [2024]
    >>> lossless_cast(pl.Series([2024.5]), pl.Int16) is None
    True
    """
    source = series.dtype
    target = dtype() if isinstance(dtype, DataTypeClass) else dtype
    if source == pl.Null:
        return series.cast(target)
    if isinstance(source, pl.Categorical | pl.Enum) and target == pl.Utf8:
        return series.cast(target)
    if isinstance(source, pl.List) and isinstance(target, pl.List):
        # An empty list column has no inner type to lose.
        return series.cast(target) if source.inner in (pl.Null, pl.Categorical) else None
    if not (source.is_numeric() and target.is_numeric()):
        return None
    if source.is_integer() and target.is_float():
        largest = series.abs().max()
        return series.cast(target) if largest is None or int(str(largest)) <= EXACT_FLOAT else None
    cast = series.cast(target, strict=False)
    same = cast.cast(source, strict=False).eq_missing(series)
    return cast if bool(same.all()) else None


def rows_en(count: int) -> str:
    """A number of rows in English.

    Examples
    --------
    >>> rows_en(1), rows_en(2)
    ('1 row', '2 rows')
    """
    return f"{count} row" if count == 1 else f"{count} rows"


def finite(column: str) -> Rule:
    """Numbers only: NaN and infinity are refused, a value that is not known is null."""
    return Rule(
        column,
        ~pl.col(column).is_finite(),
        Text("with no finite number", "不是有限数值"),
        Text("Write null where a value is not known.", "未知数值请写为空值（null）。"),
    )


def pattern(column: str, regex: str, problem: Text, remedy: Text) -> Rule:
    """Text of one shape."""
    return Rule(column, ~pl.col(column).str.contains(rf"^(?:{regex})$"), problem, remedy)


def iso3(column: str) -> Rule:
    """Economy codes of three capital letters."""
    return pattern(
        column,
        "[A-Z]{3}",
        Text("with no ISO 3166 alpha-3 code", "不是 ISO 3166 三字母代码"),
        Text("Map the codes to three capital letters first.", "请先映射为三个大写字母的代码。"),
    )


def product_code(column: str) -> tuple[Rule, ...]:
    """HS codes as text of 4 or 6 digits; a digit short means that leading zeros were lost on the way."""
    rules = [
        pattern(
            column,
            r"[0-9]*",
            Text("with something other than digits", "含有非数字字符"),
            Text(
                "An HS code is text of 4 or 6 digits without dots or spaces.",
                "HS 编码是 4 位或 6 位数字文本，不含点和空格。",
            ),
        )
    ]
    for short, needed in ((5, 6), (3, 4)):
        rules.append(
            Rule(
                column,
                pl.col(column).str.len_chars() == short,
                Text(
                    f"with {short} digits; HS{needed} needs {needed}", f"只有 {short} 位；HS{needed} 需要 {needed} 位"
                ),
                Text(
                    "Leading zeros were probably lost: read the column as text.",
                    "前导零可能已丢失：请按文本读取该列。",
                ),
            )
        )
    rules.append(
        Rule(
            column,
            ~pl.col(column).str.len_chars().is_in([4, 6]),
            Text("with neither 4 nor 6 digits", "既非 4 位也非 6 位"),
            Text("Sum to HS6 or HS4 first.", "请先汇总到 HS6 或 HS4。"),
        )
    )
    return tuple(rules)


def positive(column: str) -> Rule:
    """Amounts above zero: a flow of nothing is no flow, and is left out."""
    return Rule(
        column,
        pl.col(column) <= 0,
        Text("with zero or less", "为零或负数"),
        Text(
            "Leave out flows of zero; write null for a quantity that is not known.",
            "零值贸易流应去掉；未知数量请写为空值。",
        ),
    )


def between(column: str, low: float, high: float) -> Rule:
    """Numbers in a closed interval."""
    return Rule(
        column,
        (pl.col(column) < low) | (pl.col(column) > high),
        Text(f"outside {low:g} to {high:g}", f"超出 {low:g} 至 {high:g} 的范围"),
        Text("Check the unit and the column.", "请检查单位和列是否正确。"),
    )


def year(column: str = "year") -> Rule:
    """A calendar year for which trade statistics can exist."""
    return between(column, 1800, 2100)


def one_of(column: str, valid: tuple[str, ...]) -> Rule:
    """One of a short list of words."""
    listed = ", ".join(valid)
    return Rule(
        column,
        ~pl.col(column).is_in(valid),
        Text("with an unknown word", "取值未知"),
        Text(f"Valid: {listed}.", f"可用：{listed}。"),
    )


def distinct(first: str, second: str) -> Rule:
    """Two columns that never name the same thing in one row."""
    return Rule(
        first,
        pl.col(first) == pl.col(second),
        Text(f"with the same economy as in {second}", f"与 {second} 为同一经济体"),
        Text("Leave these rows out.", "请去掉这些行。"),
    )
