"""An overview: several small tables about one economy or one product, under one set of notes and sources."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.columns import column
from entrepot.analyses.families import columns_of, nulls, plain
from entrepot.analyses.options import WINDOWS
from entrepot.analyses.result import Result
from entrepot.analyses.sums import summed
from entrepot.core.errors import InputError, check_choice
from entrepot.core.missing import Reason
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.overview import REGISTRY

if TYPE_CHECKING:
    from entrepot.analyses.world import World

METHOD = "Overview (docs/overview.md)"
MOST_ROWS = 1000
NEARLY_ALL_HS6 = 4500
COUNTS = tuple("products_sold products_bought markets_served suppliers sellers buyers sellers_priced served".split())
# A null in any other column is undefined.
NOT_REPORTED: Mapping[str, Reason] = dict.fromkeys(
    ("exports_usd", "imports_usd", "balance_usd", "quantity_t", "price_usd_t", "value_usd"), "not_reported"
)
KEYS = {
    "year": plain("year", "Year", "年份", "year"),
    "product": plain("product", "Product", "产品", "code"),
    "product_name": plain("product_name", "Product", "产品名称", "text"),
    "partner": plain("partner", "Partner", "伙伴", "code"),
    "partner_name": plain("partner_name", "Partner", "伙伴名称", "text"),
    "economy": plain("economy", "Economy", "经济体", "code"),
    "economy_name": plain("economy_name", "Economy", "经济体名称", "text"),
    "exporter": plain("exporter", "Exporter", "出口方", "code"),
    "exporter_name": plain("exporter_name", "Exporter", "出口方名称", "text"),
    "importer": plain("importer", "Market", "市场", "code"),
    "importer_name": plain("importer_name", "Market", "市场名称", "text"),
}


# A flow's value, the part of it that has a quantity, and that quantity.
AMOUNTS = (
    pl.col("value_usd"),
    pl.when(pl.col("quantity_t").is_not_null()).then(pl.col("value_usd")).otherwise(0.0).alias("priced_usd"),
    pl.col("quantity_t").fill_null(0.0),
)


@dataclass(frozen=True)
class Overview:
    """Several answers about one economy or product. Frozen; `entrepot.report.save_overview` writes it to a workbook.

    Parameters
    ----------
    question : "economy" or "product".
    code, name : what it is about.
    parts : the tables by name, in order; each is a `Result` that carries these notes and sources along.
    parameters, notes, provenance, citation : as in `Result`.

    Examples
    --------
    >>> import entrepot
    >>> entrepot.economy("CHL", year=2024)["sells"].to_csv("chile.csv")  # doctest: +SKIP
    """

    question: str
    code: str
    name: Text
    parts: Mapping[str, Result]
    parameters: Mapping[str, Any]
    notes: tuple[Text, ...]
    provenance: tuple[Mapping[str, Any], ...]
    citation: str

    @property
    def lang(self) -> Language:
        """The language in which it speaks."""
        return "zh" if self.parameters.get("lang") == "zh" else "en"

    def __getitem__(self, part: str) -> Result:
        """One of the tables.

        Raises
        ------
        InputError
            ``unknown_part``: names those there are.
        """
        check_choice("part", part, list(self.parts))
        return self.parts[part]

    def as_dict(self) -> dict[str, Any]:
        """Subject, parts (title, columns, rows), parameters, notes, provenance, citation; ready for JSON."""
        lang = self.lang
        parts = {}
        for name, part in self.parts.items():
            whole = part.as_dict()
            parts[name] = {"title": said_title(part), "columns": whole["columns"], "rows": whole["rows"]}
        return {
            "subject": {
                "code": self.code,
                "name": self.name.say(lang),
                "name_en": self.name.en,
                "name_zh": self.name.zh,
            },
            "parts": parts,
            "parameters": dict(self.parameters),
            "notes": [note.say(lang) for note in self.notes],
            "provenance": [dict(entry) for entry in self.provenance],
            "citation": self.citation,
        }

    def to_json(self) -> bytes:
        """The overview as UTF-8 JSON; NaN never appears."""
        import orjson

        return orjson.dumps(self.as_dict())

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self.parts.values())


def said_title(part: Result) -> str:
    """What a part is called, in its language."""
    return part.title.say(part.lang) if part.title else part.question


@dataclass(frozen=True)
class OverviewOptions:
    """How much an overview shows, and over which years growth is measured; checked when made (`of`)."""

    level: int = 4
    top: int = 10
    window: int = 5
    lang: Language = "en"

    @classmethod
    def of(cls, **given: Any) -> "OverviewOptions":
        """Options from what a user gave; None means the default.

        Raises
        ------
        InputError
            For an unknown option or value; it names what is valid and the nearest match.
        """
        known = list(cls.__dataclass_fields__)
        chosen = {name: value for name, value in given.items() if value is not None}
        for name, value in chosen.items():
            check_choice("option", name, known)
            valid = {"level": (4, 6), "window": WINDOWS, "lang": LANGUAGES}.get(name)
            if valid is not None:
                check_choice(name, value, valid)
        top = chosen.get("top", cls.top)
        if not isinstance(top, int) or isinstance(top, bool) or not 1 <= top <= MOST_ROWS:
            raise InputError(
                "bad_top",
                Text(
                    f"top is {top!r}; it must be a whole number from 1 to {MOST_ROWS}.",
                    f"top 为 {top!r}；须为1至{MOST_ROWS}的整数。",
                ),
                field="top",
            )
        return cls(**chosen)


@dataclass(frozen=True)
class Frame:
    """What all parts of one overview share, to make a Result of each.

    `reason_of` : column → why its nulls are null; those of all others are undefined.
    """

    question: str
    parameters: Mapping[str, Any]
    notes: tuple[Text, ...]
    provenance: tuple[Mapping[str, Any], ...]
    citation: str
    reason_of: Mapping[str, Reason] = field(default_factory=lambda: NOT_REPORTED)

    def part(self, name: str, title: Text, rows: pl.DataFrame, finders: Collection[str] = ()) -> Result:
        """The rows as one table of the overview.

        Parameters
        ----------
        finders : columns that are the market finder's, not the overview's own.
        """
        counts = [name for name in COUNTS if name in rows.columns]
        rows = rows.with_columns(pl.col(pl.Float64).fill_nan(None)).with_columns(pl.col(counts).cast(pl.Int64))
        keys = KEYS | {column_id: column(column_id) for column_id in finders}
        return Result(
            question=f"{self.question}_{name}",
            frame=rows,
            columns=columns_of(rows, REGISTRY, keys),
            parameters=self.parameters,
            notes=self.notes,
            provenance=self.provenance,
            missing=_reasons(rows, self.reason_of),
            citation=self.citation,
            title=title,
        )


def _reasons(rows: pl.DataFrame, reason_of: Mapping[str, Reason]) -> list[dict[str, Reason]]:
    """Why each null is null: what follows from an amount that is not reported is not reported either."""
    told = nulls(rows, reason_of)
    amounts = {"exports_usd", "imports_usd"}
    return [dict.fromkeys(row, "not_reported") if amounts & row.keys() else row for row in told]


def resolved(rows: pl.DataFrame, wanted: str, known: Mapping[str, Any]) -> pl.DataFrame:
    """The rows with the wanted columns computed by the registry from its columns and what else is known."""
    columns = {name: rows[name].to_numpy() for name in rows.columns if rows[name].dtype.is_numeric()}
    have = REGISTRY.resolve(wanted.split(), {**columns, **known})
    return rows.with_columns(pl.Series(name, have[name], dtype=pl.Float64) for name in wanted.split())


def largest(rows: pl.DataFrame, amount: str, keys: Sequence[str], top: int) -> pl.DataFrame:
    """The first rows by amount; equal ones by code, so that the order is total."""
    return rows.sort([amount, *keys], descending=[True, *[False] * len(keys)]).head(top)


def coverage_note(world: "World", data: str) -> list[Text]:
    """That the data set holds only part of all products; silent where it holds nearly all."""
    held = len(world.goods(data).at_level(6))
    if held >= NEARLY_ALL_HS6:
        return []
    return [
        Text(
            f"The data set {data} holds {held} HS6 products of the Harmonized System's more than 5,000: totals, shares, "
            "ranks, balance and concentration are of these products, not of all trade.",
            f"数据集 {data} 只含协调制度五千余个 HS6 产品中的 {held} 个：合计、占比、排序、差额与集中度"
            "均只针对这些产品，而非全部贸易。",
        )
    ]


def years_notes(world: "World", data: str, year: int, window: int) -> list[Text]:
    """What growth rests on, and whether the year is complete."""
    dataset = world.snapshot.dataset(data)
    there = [t for t in dataset.years if year - window < t <= year]
    notes = []
    if len(there) < 2:
        notes.append(
            Text("Growth is undefined: the data set has one year of the window.", "窗口内仅有一年数据，增长率无定义。")
        )
    else:
        notes.append(
            Text(
                f"Growth is the mean of compound growth over {there[0]}–{there[-1]} and of the last year against the "
                "mean of these years.",
                f"增长率为 {there[0]}–{there[-1]} 年复合增长率与末年相对均值变化的平均。",
            )
        )
    if year in dataset.info.incomplete_years:
        notes.append(Text(f"The year {year} is not complete yet.", f"{year} 年数据尚不完整。"))
    return notes


def history_of(
    flows: pl.DataFrame, by: str, keys: Sequence[str], years: Sequence[int], held: Collection[int]
) -> NDArray[np.float64]:
    """Σ value by year (row, oldest first) and key (column); 0 where nothing is traded, NaN in years not held.

    Parameters
    ----------
    flows : year, the column `by`, value_usd.
    held : the years that the data set has.
    """
    place = {key: number for number, key in enumerate(keys)}
    matrix = np.array([[0.0 if year in held else np.nan] * len(keys) for year in years])
    inside = flows.filter(pl.col("year").is_between(years[0], years[-1]) & pl.col(by).is_in(list(keys)))
    for year, key, value in summed(inside, ["year", by], ["value_usd"]).iter_rows():
        matrix[year - years[0], place[key]] = value
    return matrix
