"""Rows and ranking put together as a Result."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.columns import COLUMN_ORDER, WITH_ORIGIN, column
from entrepot.analyses.directory import Good
from entrepot.analyses.origins import citation, provenance
from entrepot.analyses.ranking import Ranking
from entrepot.analyses.reasons import reasons
from entrepot.analyses.result import Result
from entrepot.analyses.rows import Rows, Setting
from entrepot.core.missing import Reason
from entrepot.core.text import Text
from entrepot.cube.cells import Values

NAMES = ("exporter_name", "importer_name", "product_name")
WHOLE = frozenset({"served", "rank", "rank_low", "rank_high", "fta"})  # shown as whole numbers
UNSCORED: dict[str, Reason] = {"score": "undefined"}
UNRANKED: dict[str, Reason] = dict.fromkeys(("rank", "rank_low", "rank_high"), "undefined")
METHOD = "Global Potential Markets (DRAFT-20240116)"
TABLES = ("economies", "products", "pairs", "main_ports", "macro", "conditions", "agreements")


def answer(
    setting: Setting,
    question: str,
    rows: Rows,
    ranking: Ranking,
    goods: Mapping[str, Good],
    asked: Mapping[str, Any],
    notes: Sequence[Text],
    *,
    data_years: int,
    top: int | None = None,
) -> Result:
    """The Result of a question: rows in rank order, the columns in their fixed order, companions behind them."""
    order = ranking.order if top is None else ranking.order[:top]
    rows = rows.take(order)
    ranked = {
        "score": ranking.score.score,
        "rank": ranking.rank,
        "rank_low": ranking.rank_low,
        "rank_high": ranking.rank_high,
        "weight_present": ranking.score.weight_present,
    }
    sellers = [setting.exporter.code] * len(rows.markets)
    frame = frame_of(setting, rows, sellers, goods, {name: x[order] for name, x in ranked.items()})
    unscored, unranked = np.isnan(ranking.score.score[order]).tolist(), np.isnan(ranking.rank[order]).tolist()
    missing = [
        {**why, **(UNSCORED if no_score else {}), **(UNRANKED if no_rank else {})}
        for why, no_score, no_rank in zip(reasons(rows, data_years), unscored, unranked, strict=True)
    ]
    parts = _parts(ranking, order)
    provenance = provenance_of(setting)
    return Result(
        question=question,
        frame=frame,
        columns=tuple(column(name) for name in frame.columns),
        parameters={**asked, "year": setting.year, "data": setting.data, **setting.options.as_dict()},
        notes=tuple(notes),
        provenance=provenance,
        missing=missing,
        parts=parts,
        coverage=_coverage(rows),
        citation=citation_of(setting),
    )


def _parts(ranking: Ranking, order: NDArray[np.intp]) -> list[dict[str, float]]:
    """Per row, in order, the parts of the score that are there."""
    parts: list[dict[str, float]] = [{} for _ in order]
    for column_id, x in ranking.score.parts.items():
        ordered = x[order]
        for k in np.flatnonzero(np.isfinite(ordered)).tolist():
            parts[k][column_id] = float(ordered[k])
    return parts


def _coverage(rows: Rows) -> list[dict[str, float]]:
    """Per row of a basket the shares below 1 on which a number rests."""
    found: list[dict[str, float]] = [{} for _ in rows.markets] if rows.coverage else []
    for column_id, share in rows.coverage.items():
        for k in np.flatnonzero(share < 1).tolist():
            found[k][column_id] = float(share[k])
    return found


def frame_of(
    setting: Setting,
    rows: Rows,
    sellers: Sequence[str],
    goods: Mapping[str, Good],
    ranked: Mapping[str, Values],
) -> pl.DataFrame:
    """The rows as a table, the columns in their fixed order, companions behind them.

    Parameters
    ----------
    sellers : code of each row's exporter.
    goods : the products of the rows, by code.
    ranked : what a ranking adds; null where it is not given.
    """
    lang, places, count = setting.options.lang, setting.world.places.by_code, len(rows.markets)
    numbers = {**{name: x for name, x in rows.values.items() if name in COLUMN_ORDER}, **ranked}
    words: dict[str, Sequence[str | None]] = {
        "exporter": sellers,
        "importer": rows.markets,
        "product": rows.products,
        **{name: [text or None for text in said] for name, said in rows.texts.items()},
        "exporter_name": [places[seller].name.say(lang) for seller in sellers],
        "importer_name": [places[market].name.say(lang) for market in rows.markets],
        "product_name": [goods[product].name.say(lang) for product in rows.products],
    }
    for name in rows.origin_source:
        known = np.isfinite(rows.values[name])
        numbers[f"{name}_year"] = np.where(known, rows.origin_year[name], np.nan)
        said = zip(rows.origin_source[name], known.tolist(), strict=True)
        words[f"{name}_source"] = [word if there else None for word, there in said]
    # That there is no agreement is told by the whole list: none of its rows does.
    words["fta_source"] = [setting.world.agreements_list if word == "" else word for word in words["fta_source"]]
    companions = tuple(f"{name}_{what}" for name in WITH_ORIGIN for what in ("year", "source"))
    series = [_series(name, numbers, words, setting.year, count) for name in (*COLUMN_ORDER, *NAMES, *companions)]
    whole = [name for name in numbers if name in WHOLE or column(name).unit == "year"]
    return pl.DataFrame(series).with_columns(pl.col(whole).cast(pl.Int64))


def _series(
    name: str, numbers: Mapping[str, Values], words: Mapping[str, Sequence[str | None]], year: int, count: int
) -> pl.Series:
    if name in numbers:
        return pl.Series(name, numbers[name], dtype=pl.Float64, nan_to_null=True)
    if name in words:
        return pl.Series(name, words[name], dtype=pl.String)
    if name == "year":
        return pl.Series(name, [year] * count, dtype=pl.Int64)
    dtypes: dict[str, type[pl.DataType]] = {"text": pl.String, "year": pl.Int64}
    return pl.Series(name, [None] * count, dtype=dtypes.get(column(name).unit, pl.Float64))


def provenance_of(setting: Setting) -> tuple[dict[str, Any], ...]:
    """The tables behind an answer of the market finder."""
    lanes = () if setting.options.without is None else ("lanes",)
    return provenance(setting.world.snapshot, setting.data, (*TABLES, *lanes))


def citation_of(setting: Setting) -> str:
    """How to cite an answer of the market finder."""
    return citation(setting.world.snapshot, setting.data, METHOD)
