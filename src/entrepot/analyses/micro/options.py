"""The options of the micro laboratory: one vocabulary for the command line and Python."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from entrepot.analyses.families import check_between, check_columns
from entrepot.core.errors import InputError, given_options
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.allocation.companions import LogOf
from entrepot.formulas.allocation.dispersion import Metric
from entrepot.tables.firm_flows import FLOWS, FOREIGN, STATE

Price = Literal["total", "mean"]
Unit = Literal["region", "firm"]
CHOICES: dict[str, tuple[Any, ...]] = {
    "flow": FLOWS,
    "price": get_args(Price),
    "metric": get_args(Metric),
    "power": (1, 2),
    "log_of": get_args(LogOf),
    "space_unit": get_args(Unit),
    "include_self": (True, False),
    "lang": LANGUAGES,
}
CODES = ("region", "product", "destination", "industry", "firm")
NUMBERS = ("latitude", "longitude", "prody", "markup", "sigma", "value", "year")
WORDS: dict[str, tuple[type, ...]] = {"mapping": (str, Path), "regime": (str,)}
# Options that hold tables: name → columns needed, and of which columns there is one row for each value.
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "regions": (("region", "latitude", "longitude"), ("region",)),
    "prody": (("product", "prody"), ("product", "year")),
    "high_income": (("destination",), ("destination", "year")),
    "industries": (("product", "industry"), ("product",)),
    "markups": (("firm", "year", "markup"), ("firm", "year", "product")),
    "concordances": (("from_classification", "from_code", "to_classification", "to_code", "chosen"), ()),
}


@dataclass(frozen=True)
class MicroOptions:
    """How declarations are read and what is computed of them; checked when made (`MicroOptions.of`).

    Parameters
    ----------
    mapping : name of a ready mapping, or its TOML file; None for canonical columns.
    flow, regime : rows that are used; None for every regime.
    level : digits of the product code that are kept; None for all.
    industries : product, industry: codes of another classification in the place of the products.
    sigma : elasticity of substitution above 1, or a table (product, sigma).
    price : a firm's price is total value over total quantity, or the mean over its destinations.
    neighbours : firms nearest in quality (RMD1 takes twice as many); metric : how near is told; power : 2, or 1 (absolute).
    include_self : whether eq. 4 and 5 count a region's overlap with itself.
    regions : region, latitude, longitude, for the nearest region of eq. 5.
    prody : product, prody [, year] of the finer lines, for EXPY (with `level`).
    high_income : destination [, year].
    log_of : mean of ln n or of ln(1+n) destinations.
    state, foreign : the words of owner types that count as state and as foreign.
    space_unit, space_threshold : product space by region or firm; which exports at or above what advantage (0: any).
    markups : firm, year, markup [, product].
    """

    mapping: str | Path | None = None
    flow: str = "export"
    regime: str | None = None
    level: int | None = None
    industries: pl.DataFrame | None = None
    sigma: float | pl.DataFrame = 4.0
    price: Price = "total"
    neighbours: int = 5
    metric: Metric = "level"
    power: Literal[1, 2] = 2
    include_self: bool = True
    regions: pl.DataFrame | None = None
    prody: pl.DataFrame | None = None
    high_income: pl.DataFrame | None = None
    log_of: LogOf = "n"
    state: Collection[str] = STATE
    foreign: Collection[str] = FOREIGN
    space_unit: Unit = "region"
    space_threshold: float = 1.0
    markups: pl.DataFrame | None = None
    concordances: pl.DataFrame | None = None
    lang: Language = "en"

    @classmethod
    def of(cls, **given: Any) -> "MicroOptions":
        """Options from what a user gave; None means the default.

        Raises
        ------
        InputError
            For an unknown option or value, or a table that lacks a column.

        Examples
        --------
        >>> MicroOptions.of(neighbours=3).neighbours
        3
        """
        chosen = given_options(given, list(cls.__dataclass_fields__), CHOICES)
        for name, kinds in WORDS.items():
            if not isinstance(chosen.get(name, ""), kinds):
                given_as = repr(chosen[name])[:80]
                raise InputError(
                    f"bad_{name}",
                    Text(f"{name} is {given_as}; it must be a text.", f"{name} 为 {given_as}；应为文本。"),
                    field=name,
                )
        for name, (columns, keys) in TABLES.items():
            if name in chosen:
                chosen[name] = table_of(name, chosen[name], columns, keys)
        if "sigma" in chosen and not isinstance(chosen["sigma"], int | float):
            chosen["sigma"] = table_of("sigma", chosen["sigma"], ("product", "sigma"), ("product",))
        made = cls(**chosen)
        if made.regions is not None:
            for column, low, high in (("latitude", -90, 90), ("longitude", -180, 360)):
                for value in made.regions[column].drop_nulls().to_list():
                    check_between(column, value, low, high)
        if isinstance(made.sigma, pl.DataFrame):
            for value in made.sigma["sigma"].to_list():
                check_between("sigma", value, 1, 1000, open_ends=True)
        else:
            check_between("sigma", made.sigma, 1, 1000, open_ends=True)
        check_between("neighbours", made.neighbours, 1, 1000, whole=True)
        check_between("space_threshold", made.space_threshold, 0, 1e6)
        if made.level is not None:
            check_between("level", made.level, 1, 10, whole=True)
        return made

    def as_dict(self) -> dict[str, Any]:
        """Every option by name; of a table, how many rows it has."""
        kept = {name: value for name, value in asdict(self).items() if name != "concordances"}
        return {name: _said(value) for name, value in kept.items()}


def frame_of(data: Any) -> pl.DataFrame:
    """Any frame that speaks Arrow (Polars, pandas, PyArrow, DuckDB …) as a Polars frame.

    Raises
    ------
    InputError
        ``no_frame``, for anything else.
    """
    if isinstance(data, pl.LazyFrame):
        return data.collect()
    if isinstance(data, pl.DataFrame):
        return data
    try:
        return pl.DataFrame(data)
    except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
        raise InputError(
            "no_frame",
            Text(
                f"{type(data).__name__} is neither a file's path nor a frame (Polars, pandas, Arrow).",
                f"{type(data).__name__} 既不是文件路径，也不是数据框（Polars、pandas、Arrow）。",
            ),
            field="data",
        ) from error


def table_of(name: str, data: Any, columns: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
    """A table of the user's with its codes as text and its numbers as numbers.

    Parameters
    ----------
    columns : those it must have.
    keys : of these, as far as it has them, each value has one row; none allows any rows. A row without one says nothing.

    Raises
    ------
    InputError
        ``bad_<name>``: a column that is not there, a number that is none, a value with two different rows.

    Examples
    --------
    >>> table_of("prody", {"product": [8501], "prody": ["2.5"]}, ("product", "prody"), ("product",)).row(0)
    ('8501', 2.5)
    """
    frame = frame_of(data)
    check_columns(name, frame, columns)
    for column in frame.columns:
        given = frame[column]
        if column in NUMBERS or (column in CODES and given.dtype.is_float()):
            number = given.cast(pl.Float64, strict=False)
            bad = number.is_null() & given.is_not_null() | number.is_nan()
            if column not in NUMBERS or column == "year":
                whole = number.cast(pl.Int16 if column == "year" else pl.Int64, strict=False)
                bad |= (whole.is_null() & number.is_not_null()) | (whole != number)
                number = whole if column == "year" else whole.cast(pl.Utf8)
            if bad.any():
                wrong = given.filter(bad.fill_null(False))[0]
                raise _bad(
                    name,
                    Text(
                        f"has {wrong!r} for {column}, which is no {'code' if column in CODES else 'number'}",
                        f"的列 {column} 含有 {wrong!r}，不是{'编码' if column in CODES else '数值'}",
                    ),
                )
            frame = frame.with_columns(number)
        elif column in CODES:
            frame = frame.with_columns(given.cast(pl.Utf8))
    own = [column for column in keys if column in frame.columns]
    if not own:
        return frame
    frame = frame.drop_nulls([*own, *(column for column in columns if column not in NUMBERS)])
    frame = frame.select(list(dict.fromkeys([*own, *columns]))).unique(maintain_order=True)
    double = frame.filter(frame.select(own).is_duplicated())
    if double.height:
        listed = ", ".join(str(word) for word in double.select(own).row(0))
        raise _bad(name, Text(f"has more than one row for {listed}", f"中 {listed} 有多行"))
    return frame


def _bad(name: str, what: Text) -> InputError:
    return InputError(f"bad_{name}", Text(f"The table {name} {what.en}.", f"表 {name} {what.zh}。"), field=name)


def _said(value: Any) -> Any:
    if isinstance(value, pl.DataFrame):
        return f"table of {value.height} rows"
    if isinstance(value, Path):
        return value.name
    return list(value) if isinstance(value, tuple | set | frozenset) else value
