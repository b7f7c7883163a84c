"""From columns to a ranking: score, exact split, rank, and how steady the rank is."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.options import Options
from entrepot.cube.cells import Values
from entrepot.formulas.compute import indicators
from entrepot.formulas.score import Score, competition_rank, rank_order, scaled, swung_scores, weighted_score

Columns = Mapping[str, Values]
MANY, THREADS = 50_000, 2  # so many rows and more are worth two threads


@dataclass(frozen=True)
class Ranking:
    """Scores and ranks of the rows compared, in the order of the rows; `order` lists them best first."""

    score: Score
    rank: Values
    rank_low: Values
    rank_high: Values
    order: NDArray[np.intp]


def rank_rows(values: Columns, codes: Sequence[str], options: Options, other_windows: Iterable[Columns]) -> Ranking:
    """Rank by the weighted score, or by the single column that `rank_by` names.

    Parameters
    ----------
    values : column → numbers, one per row.
    codes : what breaks ties, one per row.
    other_windows : the weighted columns as they would be with another window; each gives one more rank.
    """
    rows = len(codes)
    weights = options.chosen_weights
    z = _scaled(values, weights, options)
    score = weighted_score(z, weights, rows)
    rank = _rank(values, z, weights, options, rows)
    ranks = [rank]
    if options.rank_by == "score":
        with ThreadPoolExecutor(THREADS) if rows >= MANY else nullcontext() as pool:
            ranks += (pool.map if pool else map)(competition_rank, swung_scores(z, weights, rows))
    for other in other_windows:
        ranks.append(_rank(other, _scaled(other, weights, options), weights, options, rows))
    known = np.isfinite(rank)
    low, high = (np.where(known, reduce(of, ranks), np.nan) for of in (np.fmin, np.fmax))
    return Ranking(score, rank, low, high, rank_order(rank, codes))


def _rank(values: Columns, z: Columns, weights: Mapping[str, float], options: Options, rows: int) -> Values:
    if options.rank_by == "score":
        return competition_rank(weighted_score(z, weights, rows).score)
    return competition_rank(values[options.rank_by], indicators()[options.rank_by].direction)


def _scaled(values: Columns, weights: Mapping[str, float], options: Options) -> dict[str, Values]:
    return {c: scaled(values[c], indicators()[c].direction, options.scale) for c, w in weights.items() if w > 0}
