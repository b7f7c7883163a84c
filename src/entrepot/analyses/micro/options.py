"""The options of the micro laboratory: one vocabulary for the command line and Python."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from entrepot.analyses.families import check_between, check_columns
from entrepot.core.errors import InputError, check_choice, nearest_of
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
    "lang": LANGUAGES,
}
CODES = ("region", "product", "destination", "industry", "firm")
NUMBERS = ("latitude", "longitude", "prody", "markup", "sigma")
# Options that hold tables: name → columns needed.
TABLES: dict[str, tuple[str, ...]] = {
    "regions": ("region", "latitude", "longitude"),
    "prody": ("product", "prody"),
    "high_income": ("destination",),
    "industries": ("product", "industry"),
    "markups": ("firm", "year", "markup"),
    "concordances": ("from_classification", "from_code", "to_classification", "to_code", "chosen"),
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
        known = cls.__dataclass_fields__
        chosen = {name: value for name, value in given.items() if value is not None}
        for name, value in chosen.items():
            if name not in known:
                raise InputError(
                    "unknown_option",
                    Text(
                        f"There is no option {name!r}. Options: {', '.join(known)}.",
                        f"没有选项 {name!r}。可用：{'、'.join(known)}。",
                    ),
                    field=name,
                    valid=list(known),
                    nearest=nearest_of(name, list(known)),
                )
            if name in CHOICES:
                check_choice(name, value, CHOICES[name])
        for name, columns in TABLES.items():
            if name in chosen:
                chosen[name] = _table(name, chosen[name], columns)
        if "sigma" in chosen and not isinstance(chosen["sigma"], int | float):
            chosen["sigma"] = _table("sigma", chosen["sigma"], ("product", "sigma"))
        made = cls(**chosen)
        if isinstance(made.sigma, pl.DataFrame):
            for value in made.sigma["sigma"].to_list():
                check_between("sigma", value, 1, 1000, open_ends=True)
        else:
            check_between("sigma", made.sigma, 1, 1000, open_ends=True)
        check_between("neighbours", made.neighbours, 1, 1000)
        if made.level is not None:
            check_between("level", made.level, 1, 10)
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


def _table(name: str, data: Any, columns: tuple[str, ...]) -> pl.DataFrame:
    """A table of the user's with its codes as text and its numbers as numbers."""
    frame = frame_of(data)
    check_columns(name, frame, columns)
    for column in frame.columns:
        if column in NUMBERS:
            number = frame[column].cast(pl.Float64, strict=False)
            bad = frame[column].filter(number.is_null() & frame[column].is_not_null() | number.is_nan())
            if len(bad):
                raise InputError(
                    f"bad_{name}",
                    Text(
                        f"The table {name} has {bad[0]!r} for {column}, which is no number.",
                        f"表 {name} 的列 {column} 含有 {bad[0]!r}，不是数值。",
                    ),
                    field=name,
                )
            frame = frame.with_columns(number)
        elif column in CODES and frame.schema[column] != pl.Utf8:
            whole = frame[column].cast(pl.Int64) if frame.schema[column].is_float() else frame[column]
            frame = frame.with_columns(whole.cast(pl.Utf8))
    return frame.with_columns(pl.col("year").cast(pl.Int16)) if "year" in frame.columns else frame


def _said(value: Any) -> Any:
    if isinstance(value, pl.DataFrame):
        return f"table of {value.height} rows"
    if isinstance(value, Path):
        return value.name
    return list(value) if isinstance(value, tuple | set | frozenset) else value
