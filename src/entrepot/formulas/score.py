"""The user's weights, the score, its exact split, rank and steadiness (Global Potential Markets, methods section 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Direction, Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values

Scale = Literal["percentile", "minmax", "zscore"]
EQUAL_TO = 12  # decimals to which two scores must agree to share a rank
SWING = 0.25  # each weight in turn moves by this share for rank_low and rank_high


@dataclass(frozen=True, slots=True)
class Score:
    """Scores of the rows compared.

    `score` and `weight_present` have one entry per row; `parts[column]` is w·z over the weight present, NaN where the
    column is missing; the parts of a row sum to its score.
    """

    score: Values
    weight_present: Values
    parts: dict[str, Values]


def scaled(x: Values, direction: Direction, scale: Scale) -> Values:
    """Z over the rows compared, turned so that more is better; NaN stays NaN, no spread gives 0.5 (0 for zscore).

    percentile: (rows below + half of the rows equal) / rows known. minmax: (x − min) / (max − min). zscore: (x − mean) / sd
    with the population's sd.

    Examples
    --------
    >>> scaled(np.array([10.0, 20.0, np.nan, 20.0]), "less", "percentile").round(4).tolist()
    [0.8333, 0.3333, nan, 0.3333]
    """
    known = np.isfinite(x)
    z = np.full(len(x), np.nan)
    if known.any():
        z[known] = _SCALES[scale](x[known])
    if direction == "less":
        z = -z if scale == "zscore" else 1 - z
    return z


def _percentile(x: Values) -> Values:
    below, upto = _counts(x)
    return (below + upto) / (2 * len(x))


def _counts(x: Values) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many numbers lie below each, and how many not above it. Searching for each in the sorted ones takes five times as long."""
    order = np.argsort(x)
    ordered = x[order]
    ends = np.flatnonzero(np.concatenate([ordered[1:] != ordered[:-1], [True]])[: len(x)]) + 1
    lengths = np.diff(ends, prepend=0)
    below, upto = np.empty(len(x), dtype=np.intp), np.empty(len(x), dtype=np.intp)
    below[order], upto[order] = np.repeat(ends - lengths, lengths), np.repeat(ends, lengths)
    return below, upto


def _minmax(x: Values) -> Values:
    low, high = x.min(), x.max()
    return (x - low) / (high - low) if high > low else np.full(len(x), 0.5)


def _zscore(x: Values) -> Values:
    spread = x.std()
    return (x - x.mean()) / spread if x.max() > x.min() and spread > 0 else np.zeros(len(x))


_SCALES = {"percentile": _percentile, "minmax": _minmax, "zscore": _zscore}


def weighted_score(z: Mapping[str, Values], weights: Mapping[str, float], rows: int) -> Score:
    """Σ w·z / Σ w over the columns present in each row.

    A missing z is left out and the rest re-weighted. A row without any, or weights that are all 0, has no score (NaN).
    """
    used = {column: w for column, w in weights.items() if w > 0}
    total = np.zeros(rows)
    present = np.zeros(rows)
    for column, w in used.items():
        known = np.isfinite(z[column])
        total += np.where(known, w * z[column], 0.0)
        present += np.where(known, w, 0.0)
    some = present > 0
    below = np.where(some, present, 1.0)
    whole = sum(used.values())
    return Score(
        score=np.where(some, total / below, np.nan),
        weight_present=present / whole if whole else np.zeros(rows),
        parts={column: np.where(some, w * z[column] / below, np.nan) for column, w in used.items()},
    )


def competition_rank(score: Values, direction: Direction = "more") -> NDArray[np.float64]:
    """1 for the best; equal scores share the rank and the next one is skipped ("1224"); NaN for no score.

    Examples
    --------
    >>> competition_rank(np.array([0.7, 0.9, 0.7, np.nan])).tolist()
    [2.0, 1.0, 2.0, nan]
    """
    key = np.round(score, EQUAL_TO) if direction != "less" else -np.round(score, EQUAL_TO)
    known = np.isfinite(key)
    rank = np.full(len(score), np.nan)
    _, upto = _counts(key[known])
    rank[known] = 1 + len(upto) - upto
    return rank


def rank_order(rank: Values, codes: Sequence[str]) -> NDArray[np.intp]:
    """Row order of a ranking: by rank, rows without one last, ties by code. A total order.

    Examples
    --------
    >>> rank_order(np.array([2.0, 1.0, 2.0, np.nan]), ["B", "C", "A", "D"]).tolist()
    [1, 2, 0, 3]
    """
    return np.lexsort((np.asarray(codes), np.where(np.isfinite(rank), rank, np.inf)))


def swung_weights(weights: Mapping[str, float]) -> list[dict[str, float]]:
    """The weights with each in turn moved by ±25 %."""
    return [
        {**weights, column: w * factor} for column, w in weights.items() if w > 0 for factor in (1 - SWING, 1 + SWING)
    ]


def swung_scores(z: Mapping[str, Values], weights: Mapping[str, float], rows: int) -> NDArray[np.float64]:
    """The scores under each of `swung_weights`, shape (swings, rows): `weighted_score` for all of them at once."""
    used = [column for column, w in weights.items() if w > 0]
    if not used:
        return np.empty((0, rows))
    swings = np.array([[swung[column] for column in used] for swung in swung_weights(weights)])
    columns = np.array([z[column] for column in used])
    known = np.isfinite(columns)
    present = swings @ known.astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(present > 0, (swings @ np.where(known, columns, 0.0)) / present, np.nan)


def _entry(
    column: str, en: str, zh: str, unit: Literal["score", "rank", "fraction"], meaning: Text, formula: str
) -> Indicator:
    return Indicator(
        column,
        Text(en, zh),
        unit,
        meaning,
        formula=formula,
        undefined=Text("null if no weighted parameter is present", "所有加权参数均缺失时为空"),
        source="Global Potential Markets, introduction; methods section 9",
        direction="less" if unit == "rank" else "more",
    )


SCORE = _entry(
    "score",
    "Score",
    "得分",
    "score",
    Text("Weighted mean of the scaled parameters that are present", "有数值的各参数标准化后的加权平均"),
    "Σ w·z / Σ w",
)
RANK = _entry(
    "rank",
    "Rank",
    "排名",
    "rank",
    Text("1 is the best; equal scores share a rank", "1为最优；同分同名次"),
    "1 + #{n: score_n > score}",
)
RANK_LOW = _entry(
    "rank_low",
    "Best rank",
    "最好名次",
    "rank",
    Text("Best rank with each weight ±25 % in turn and with the other windows", "各权重依次±25%及改换窗口时的最好名次"),
    "min rank(w·(1 ± 0.25), N)",
)
RANK_HIGH = _entry(
    "rank_high",
    "Worst rank",
    "最差名次",
    "rank",
    Text(
        "Worst rank with each weight ±25 % in turn and with the other windows", "各权重依次±25%及改换窗口时的最差名次"
    ),
    "max rank(w·(1 ± 0.25), N)",
)
WEIGHT_PRESENT = _entry(
    "weight_present",
    "Weight present",
    "有效权重",
    "fraction",
    Text("Share of the weights that had a value", "有数值的权重占比"),
    "Σ w(z ≠ ∅) / Σ w",
)
