"""The economies of one question: integer codes, with a group standing in for its members where one was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.analyses.directory import Place
from entrepot.cube.cells import Values

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Roster:
    """Who takes part in a question.

    Parameters
    ----------
    base : every economy of the store, sorted; the codes of its matrices.
    groups : groups asked for, in order; the first that claims an economy has it.
    weights : one weight per base economy (GDP, 0 where unknown), for the means of a group.
    """

    base: tuple[str, ...]
    groups: tuple[Place, ...]
    weights: tuple[float, ...]

    @cached_property
    def stands_for(self) -> dict[str, str]:
        """Member → group, for the members of the groups asked for."""
        claimed: dict[str, str] = {}
        for group in self.groups:
            for member in group.members:
                claimed.setdefault(member, group.code)
        return claimed

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The economies of the question, sorted; a code's place is its integer."""
        single = set(self.base) - set(self.stands_for)
        return tuple(sorted(single | {group.code for group in self.groups}))

    @cached_property
    def index(self) -> dict[str, int]:
        """Code → integer."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def membership(self) -> Matrix:
        """1 where a base economy (column) belongs to an economy of the question (row)."""
        rows = [self.index[self.stands_for.get(code, code)] for code in self.base]
        belongs = np.zeros((len(self.codes), len(self.base)))
        belongs[rows, np.arange(len(self.base))] = 1.0
        return belongs

    def mean(self, base: Values) -> Values:
        """Values per base economy as values per economy of the question: GDP-weighted over a group's members with one."""
        if not self.groups:
            return base
        known = np.isfinite(base)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Values = (self._weighted @ np.where(known, base, 0.0)) / (self._weighted @ known.astype(float))
        return mean

    def mean_pairs(self, base: Matrix) -> Matrix:
        """The same for a matrix exporter × importer."""
        if not self.groups:
            return base
        known = np.isfinite(base).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Matrix = self._both_sides(np.where(known > 0, base, 0.0)) / self._both_sides(known)
        return mean

    def _both_sides(self, base: Matrix) -> Matrix:
        """W·base·W'; nearly every row of W is one economy by itself."""
        sums: Matrix = (self._sparse @ (self._sparse @ base).T).T
        return sums

    @cached_property
    def _sparse(self) -> "csr_array":
        from scipy.sparse import csr_array  # which takes longer to load than most answers without groups take

        return csr_array(self._weighted)

    def total(self, base: Values) -> Values:
        """Sums over members; NaN if a member's number is unknown."""
        if not self.groups:
            return base
        return np.array([base[row > 0].sum() for row in self.membership])

    def words(self, base: NDArray[np.object_], of_group: str) -> NDArray[np.object_]:
        """Words per base economy as words per economy of the question; a group gets words of its own."""
        if not self.groups:
            return base
        place = {code: number for number, code in enumerate(self.base)}
        return np.array([base[place[code]] if code in place else of_group for code in self.codes], dtype=object)

    def any_of(self, base: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether any member has it; `base` ends in an axis of base economies."""
        return base if not self.groups else (base.astype(float) @ self.membership.T) > 0

    def any_pair(self, base: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether any pair of members has it; exporter × importer."""
        return base if not self.groups else (self.membership @ base.astype(float) @ self.membership.T) > 0

    def recode(self, flows: pl.LazyFrame) -> pl.LazyFrame:
        """Flows with groups for members, without what a group trades within itself (i = j)."""
        sides = ["exporter", "importer"]
        recoded = flows.with_columns(pl.col(sides).replace(self.stands_for)) if self.groups else flows
        return recoded.filter(pl.col("exporter") != pl.col("importer"))

    @cached_property
    def _weighted(self) -> Matrix:
        weights = np.array(self.weights)
        # A group none of whose members has a weight takes the plain mean.
        bare = self.membership @ weights <= 0
        lone = self.membership.sum(axis=1) <= 1
        return np.where((bare | lone)[:, None], self.membership, self.membership * weights)


def roster_of(base: Sequence[str], places: Sequence[Place], weights: Values) -> Roster:
    """The roster of a question about these places."""
    groups = tuple(dict.fromkeys(place for place in places if place.is_group))
    return Roster(tuple(base), groups, tuple(np.nan_to_num(weights).tolist()))
