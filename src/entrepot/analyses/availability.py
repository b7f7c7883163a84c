"""Which parameter exists for which market, of which year and source; and why where it does not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from entrepot.analyses.columns import Column, weightable
from entrepot.analyses.families import plain
from entrepot.analyses.questions import markets
from entrepot.analyses.result import Result
from entrepot.core.errors import check_choice
from entrepot.core.missing import MEANING, REASONS
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

By = Literal["parameter", "market"]
BY: tuple[By, ...] = get_args(By)
# A parameter that is made of a reference value is of that value's year and source; all others are of the trade data.
STANDS_ON = {
    **dict.fromkeys(("cda", "edist", "idist"), "distance_km"),
    **dict.fromkeys(("tariff_mfn", "tariff_preferential", "tariff_lowest", "et", "it", "cta"), "tariff"),
    "sd": "demand",
}


COLUMNS: dict[str, Column] = {
    one.id: one
    for one in (
        plain("importer", "Market code", "市场代码", "code"),
        plain("importer_name", "Market", "市场名称", "text"),
        plain("parameter", "Parameter id", "参数代码", "code"),
        plain("parameter_name", "Parameter", "参数名称", "text"),
        plain("present", "Present", "有数值", "flag"),
        plain("data_year", "Year of the value", "数值年份", "year"),
        plain("source", "Source", "来源", "text"),
        plain("reason", "Why it is missing", "缺失原因", "text"),
        plain("known", "Markets with a value", "有数值的市场数", "1"),
        plain("of", "Markets", "市场数", "1"),
        plain("share_known", "Share with a value", "有数值占比", "fraction"),
        plain("first_year", "Oldest value", "最早年份", "year"),
        plain("last_year", "Latest value", "最近年份", "year"),
        plain("sources", "Sources", "来源", "text"),
        *(plain(f"missing_{why}", why.replace("_", " "), MEANING[why].zh, "1", MEANING[why]) for why in REASONS),
    )
}


# The most telling first, since a narrow table keeps the beginning.
SUMMARY = (
    "parameter_name", "known", "of", "first_year", "last_year", "sources", "share_known",
    *(f"missing_{why}" for why in REASONS), "parameter",
)  # fmt: skip


def availability(
    snapshot: "Snapshot",
    exporter: str,
    product: str | Sequence[str],
    *,
    by: By = "parameter",
    **options: Any,
) -> Result:
    """Which parameters the markets of a product have, of which year and source.

    Parameters
    ----------
    exporter, product, **options : as in `markets`; the same markets.
    by : "parameter": one row for each parameter that may be weighted, with how many markets have it, the years and sources
        of its values, and how often it is missing for which reason. "market": one row for each market and parameter.

    Raises
    ------
    InputError
        As `markets`.
    """
    check_choice("by", by, BY)
    found = markets(snapshot, exporter, product, **options)
    long = _long(found, snapshot)
    frame = _summary(long).select(SUMMARY) if by == "parameter" else long
    return Result(
        question="availability",
        frame=frame,
        columns=tuple(COLUMNS[name] for name in frame.columns),
        parameters={**found.parameters, "by": by},
        notes=(_note(found),),
        provenance=found.provenance,
        citation=found.citation,
        title=_title(found),
    )


def _title(found: Result) -> Text:
    seller, code, year = found.frame["exporter_name"][0], found.parameters["product"], found.parameters["year"]
    return Text(
        f"What is known of the markets for {code} from {seller}, {year}",
        f"{seller}的{code}：各市场的数据可得性，{year} 年",
    )


def _long(found: Result, snapshot: "Snapshot") -> pl.DataFrame:
    """One row for each market and parameter, the parameters in the order of the columns."""
    frame, lang = found.frame, found.lang
    info = snapshot.dataset(str(found.parameters["data"])).info
    year = int(str(found.parameters["year"]))
    parts = []
    for name, entry in weightable().items():
        base = STANDS_ON.get(name, name)
        told = f"{base}_year" in frame.columns
        present = frame[name].is_not_null()
        years = frame[f"{base}_year"] if told else pl.Series([year] * frame.height, dtype=pl.Int64)
        sources = frame[f"{base}_source"] if told else pl.Series([f"{info.source}, {info.release}"] * frame.height)
        part = pl.DataFrame(
            {
                "importer": frame["importer"],
                "importer_name": frame["importer_name"],
                "parameter": [name] * frame.height,
                "parameter_name": [entry.name.say(lang)] * frame.height,
                "present": present.cast(pl.Int64),
                "data_year": years.cast(pl.Int64),
                "source": sources.cast(pl.String),
                "reason": pl.Series([row.get(name) for row in found.missing], dtype=pl.String),
            }
        )
        known = pl.col("present") == 1
        parts.append(part.with_columns(pl.when(known).then(pl.col("data_year", "source"))))
    return pl.concat(parts)


def _summary(long: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("present") == 1
    distinct = pl.col("source").drop_nulls().unique().sort().str.join("; ")
    return (
        long.group_by("parameter", "parameter_name", maintain_order=True)
        .agg(
            pl.col("present").sum().alias("known"),
            pl.len().cast(pl.Int64).alias("of"),
            known.mean().alias("share_known"),
            pl.col("data_year").min().alias("first_year"),
            pl.col("data_year").max().alias("last_year"),
            distinct.alias("sources"),
            *((pl.col("reason") == why).sum().cast(pl.Int64).alias(f"missing_{why}") for why in REASONS),
        )
        .with_columns(pl.when(pl.col("sources") != "").then("sources"))
    )


def _note(found: Result) -> Text:
    count = found.frame.height
    return Text(
        f"{count} markets, those of the market finder under the same options; a value is never later than the analysis year. "
        "A distance has no year. Advantages and duties tell the year and source of what they are made of.",
        f"共 {count} 个市场，与相同选项下的市场清单一致；数值不晚于分析年份。距离无年份。各项优势与关税所列为其依据数据的年份与来源。",
    )
