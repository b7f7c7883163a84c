"""Two sets of fixed effects, solved exactly from the sums and counts of their cells (docs/methods-allocation.md).

Least squares on y = a_f + b_s + μ needs of the observations only how many there are and what they sum to in each pair
(f, s): 100 million rows of a customs file become some million cells, and one system as wide as the smaller set.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values

# Up to so many levels in the smaller set, its matrix (0.5 GiB there) is solved outright; beyond, by conjugate gradients.
DIRECT_LIMIT = 8_000
COLUMNS_AT_ONCE = 512
ACCEPTED = 1e-9  # largest error of a normal equation, relative to the sums that enter it


@dataclass(frozen=True)
class PairSums:
    """Observations by pair of effect levels: the sufficient statistics of the fit.

    Parameters
    ----------
    first, second : level codes 0 … firsts-1 and 0 … seconds-1, one per pair; each pair once.
    count, total : number of observations and their Σ y, one per pair.
    """

    first: Codes
    second: Codes
    count: Values
    total: Values
    firsts: int
    seconds: int


@dataclass(frozen=True)
class TwoWayEffects:
    """Estimated effects.

    Parameters
    ----------
    first, second : effects by level, in units of y; NaN for a level without observations. Only sums a_f + b_s within a
        connected set are identified; residuals always are.
    singleton : per pair, whether its one observation is fitted exactly because a level has no other once such
        observations are set aside, again and again: its residual is 0 by construction.
    sets : number of connected sets; effects of different sets cannot be compared.
    largest : share of the observations that lie in the largest set.
    """

    first: Values
    second: Values
    singleton: NDArray[np.bool_]
    sets: int
    largest: float


def two_way_effects(sums: PairSums, *, direct_limit: int = DIRECT_LIMIT) -> TwoWayEffects:
    """Exact least-squares effects of ``y = a_f + b_s + μ`` from sums by pair.

    The larger set is eliminated (its block of the normal equations is diagonal), the smaller one solved, with one level of
    each connected set held at zero. The same numbers as a regression on all observations.

    Parameters
    ----------
    direct_limit : levels of the smaller set beyond which conjugate gradients take the place of Cholesky's factors.

    Raises
    ------
    DataError
        ``no_convergence``, if the equations are not met to 1e-9 in the end.

    Examples
    --------
    Two destinations-years and two products, one observation each, additive: the effects fit exactly.

    >>> codes = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> fit = two_way_effects(PairSums(*codes, np.ones(4), np.array([1.0, 3.0, 2.0, 4.0]), 2, 2))
    >>> (fit.first[codes[0]] + fit.second[codes[1]]).round(12).tolist()
    [1.0, 3.0, 2.0, 4.0]
    """
    graph = sparse.csr_array((sums.count, (sums.first, sums.second)), shape=(sums.firsts, sums.seconds))
    set_of, sets, largest = _connected(sums)
    mean = float(sums.total.sum() / sums.count.sum()) if len(sums.count) else 0.0
    above = sums.total - mean * sums.count
    sides: list[Values] = [
        np.bincount(codes, above, size).astype(np.float64, copy=False)
        for codes, size in ((sums.first, sums.firsts), (sums.second, sums.seconds))
    ]
    if sums.firsts <= sums.seconds:
        first, second = _solve(graph, sides[0], sides[1], set_of[: sums.firsts], direct_limit)
    else:
        second, first = _solve(graph.T.tocsr(), sides[1], sides[0], set_of[sums.firsts :], direct_limit)
    _check(graph, sides, first, second)
    return TwoWayEffects(first + mean, second, _singletons(sums), sets, largest)


@dataclass(frozen=True)
class _Reduced:
    """The equations of the smaller set, the larger one eliminated and one level of each connected set held at zero.

    Parameters
    ----------
    graph : observations by level of the smaller (rows) and the larger set; back : the same turned round.
    here : observations by level of the smaller set; per_column : one over those of the larger set, 0 without any.
    right : right side, 0 at the levels held; held : those, and every level without observations.
    """

    graph: sparse.csr_array
    back: sparse.csr_array
    here: Values
    per_column: Values
    right: Values
    held: Codes

    def times(self, x: Values) -> Values:
        """The matrix of the equations times x."""
        free = x.copy()
        free[self.held] = 0.0
        product: Values = self.here * free - self.graph @ (self.per_column * (self.back @ free))
        product[self.held] = x[self.held]
        return product

    def matrix(self) -> Values:
        """The same matrix, written out."""
        whole: Values = np.diag(self.here)
        columns = self.graph.tocsc()
        for start in range(0, self.graph.shape[1], COLUMNS_AT_ONCE):
            part = columns[:, start : start + COLUMNS_AT_ONCE].toarray()
            whole -= (part * self.per_column[start : start + COLUMNS_AT_ONCE]) @ part.T
        whole[self.held, :] = whole[:, self.held] = 0.0
        whole[self.held, self.held] = 1.0
        return whole


def _solve(
    graph: sparse.csr_array, small: Values, large: Values, set_of: Codes, direct_limit: int
) -> tuple[Values, Values]:
    """Effects of the rows (the smaller set) and columns of `graph` from their sums."""
    here, there = np.asarray(graph.sum(axis=1)), np.asarray(graph.sum(axis=0))
    per_column = np.divide(1.0, there, out=np.zeros(len(there)), where=there > 0)
    held = np.unique(set_of, return_index=True)[1]
    right = small - graph @ (large * per_column)
    right[held] = 0.0
    reduced = _Reduced(graph, graph.T.tocsr(), here, per_column, right, held)
    step = _direct(reduced) if len(small) <= direct_limit else _conjugate(reduced)
    effect = np.zeros(len(small))
    for _ in range(3):  # the second and third round take away what rounding left
        effect = effect + step(right - reduced.times(effect))
    other = per_column * (large - reduced.back @ effect)
    return np.where(here > 0, effect, np.nan), np.where(there > 0, other, np.nan)


def _direct(reduced: _Reduced) -> Callable[[Values], Values]:
    """Solve by Cholesky's factors."""
    factors = linalg.cho_factor(reduced.matrix(), lower=True, overwrite_a=True, check_finite=False)
    return lambda right: linalg.cho_solve(factors, right, check_finite=False)


def _conjugate(reduced: _Reduced) -> Callable[[Values], Values]:
    """Solve by conjugate gradients, which never need the matrix."""
    size = len(reduced.here)
    system = sparse.linalg.LinearOperator((size, size), matvec=reduced.times, dtype=np.float64)
    diagonal = np.where(reduced.here > 0, reduced.here, 1.0)
    diagonal[reduced.held] = 1.0
    scale = sparse.diags_array(1 / diagonal)

    def step(right: Values) -> Values:
        found: Values = sparse.linalg.cg(system, right, rtol=1e-10, atol=1e-300, maxiter=20 * size, M=scale)[0]
        return found

    return step


def _check(graph: sparse.csr_array, sides: list[Values], first: Values, second: Values) -> None:
    a, b = np.nan_to_num(first), np.nan_to_num(second)
    here, there = np.asarray(graph.sum(axis=1)), np.asarray(graph.sum(axis=0))
    for target, own, other in ((sides[0], here * a, graph @ b), (sides[1], there * b, graph.T @ a)):
        scale = np.abs(own) + np.abs(other) + np.abs(target) + 1e-6
        worst = float(np.max(np.abs(target - own - other) / scale, initial=0.0))
        if worst > ACCEPTED:
            raise DataError(
                "no_convergence",
                Text(
                    f"The fixed effects were not found: an equation is missed by {worst:.1e}. "
                    "Leave out destinations or products that hardly meet any other.",
                    f"固定效应求解未收敛：方程误差为 {worst:.1e}。请去掉与其他类别几乎没有交集的目的地或产品。",
                ),
            )


def _connected(sums: PairSums) -> tuple[Codes, int, float]:
    """The connected set of every level (firsts, then seconds), how many hold observations, the share of the largest."""
    size = sums.firsts + sums.seconds
    edges = sparse.coo_array((np.ones(len(sums.first)), (sums.first, sums.second + sums.firsts)), shape=(size, size))
    _, set_of = sparse.csgraph.connected_components(edges, directed=False)
    weight = np.bincount(set_of[sums.first], sums.count)
    held = weight[weight > 0]
    return set_of, len(held), float(held.max() / held.sum()) if len(held) else 1.0


def _singletons(sums: PairSums) -> NDArray[np.bool_]:
    """Pairs of one observation in which a level has no other, found again and again until none is left."""
    alone = np.zeros(len(sums.count), dtype=bool)
    left = np.arange(len(sums.count))
    while len(left):
        first, second = sums.first[left], sums.second[left]
        in_first = np.bincount(first, sums.count[left], sums.firsts)[first]
        in_second = np.bincount(second, sums.count[left], sums.seconds)[second]
        found = (in_first == 1) | (in_second == 1)
        if not found.any():
            break
        alone[left[found]] = True
        left = left[~found]
    return alone
