"""Overseas information exchange: how far the firms of two regions meet in the same foreign markets (eq. 4 and 5)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation import SOURCE


@dataclass(frozen=True)
class Presence:
    """Where the firms of each region sell: one entry per market, region and destination with firms.

    A market is a product in a year. A cell is a market and a region; cells are numbered in the order of market, then region.

    Parameters
    ----------
    market, region, destination : codes 0 … n-1, one per entry; each triple once.
    firms : n_pjct, number of firms, above zero.
    regions, destinations : how many codes there are.
    """

    market: Codes
    region: Codes
    destination: Codes
    firms: Values
    regions: int
    destinations: int

    @cached_property
    def _keys(self) -> tuple[Codes, Codes]:
        keys, cell = np.unique(self.market * self.regions + self.region, return_inverse=True)
        return keys, cell

    @property
    def cell_market(self) -> Codes:
        """The market of each cell."""
        return self._keys[0] // self.regions

    @property
    def cell_region(self) -> Codes:
        """The region of each cell."""
        return self._keys[0] % self.regions

    @cached_property
    def cells(self) -> Groups:
        """The cell of each entry."""
        return Groups(self._keys[1], len(self._keys[0]))

    @cached_property
    def share(self) -> Values:
        """n_pjct / Σ_c n_pjct of each entry."""
        return self.firms / self.cells.sum(self.firms)

    @cached_property
    def rivals(self) -> Values:
        """N: number of regions that export to the cell's market, one per cell."""
        counts = np.bincount(self.cell_market)
        return counts[self.cell_market].astype(np.float64)

    @cached_property
    def overlap(self) -> Values:
        """Σ_p' Σ_c min(share_pc, share_p'c) of each cell, p' = p included (it adds 1)."""
        where = self.market * self.destinations + self.destination
        order = np.lexsort((self.region, self.share, where))
        s, start = self.share[order], np.flatnonzero(np.append(True, np.diff(where[order]) != 0))
        group = np.repeat(np.arange(len(start)), np.diff(start, append=len(s)))
        rank, size = np.arange(len(s)) - start[group], np.diff(start, append=len(s))[group]
        # With shares ascending within (market, destination), min(s_i, s_l) is s_l for those before i and s_i for the rest.
        before, running = np.zeros(len(s)), np.zeros(len(start))
        by_rank = np.argsort(rank, kind="stable")
        ends = np.cumsum(np.bincount(rank)) if len(s) else np.zeros(0, int)
        for places in np.split(by_rank, ends[:-1]) if len(s) else ():
            before[places] = running[group[places]]
            running[group[places]] += s[places]
        met = np.empty(len(s))
        met[order] = before + (size - rank) * s
        return self.cells.total(met)

    def overlap_with(self, partner: Codes) -> Values:
        """Σ_c min(share of the cell, share of the partner cell), one per cell; NaN where `partner` is negative."""
        key = self.cells.code * self.destinations + self.destination
        order = np.argsort(key)
        mate = partner[self.cells.code]
        wanted = mate * self.destinations + self.destination
        place = np.minimum(np.searchsorted(key, wanted, sorter=order), len(key) - 1)
        at = order[place]
        there = (mate >= 0) & (key[at] == wanted)
        common = np.where(there, np.minimum(self.share, self.share[at]), 0.0)
        return np.where(partner >= 0, self.cells.total(common), np.nan)

    def neighbour(self, by_nearness: Codes) -> tuple[Codes, Codes]:
        """The cell of p̃, the nearest region that exports to the same market, and how many nearer ones do not.

        Parameters
        ----------
        by_nearness : shape (regions, k), the other regions of each from the nearest on; -1 where there are no more.

        Returns
        -------
        Cell of p̃ (-1 without one) and its place in the row of `by_nearness`, one per cell.
        """
        keys, chosen = self._keys[0], np.full(self.cells.count, -1)
        passed = np.zeros(self.cells.count, dtype=np.intp)
        for place in range(by_nearness.shape[1]):
            candidate = by_nearness[self.cell_region, place]
            wanted = self.cell_market * self.regions + candidate
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            found = (chosen < 0) & (candidate >= 0) & (keys[at] == wanted)
            chosen[found], passed[found] = at[found], place
        return chosen, passed


def ico(presence: Presence, include_self: bool) -> Values:
    """Overseas information exchange of each cell: mean overlap of its destinations with those of the regions (eq. 4).

    Parameters
    ----------
    include_self : p' = p counts, as eq. 4 divides by N; without it the mean is over the other N−1.

    Examples
    --------
    Two regions and three destinations, shares (½, ½, 0) and (0, ½, ½): each meets itself wholly, the other by half.

    >>> codes = [np.array(x) for x in ([0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 1, 2])]
    >>> ico(Presence(*codes, np.ones(4), 2, 3), True).tolist()
    [0.75, 0.75]
    """
    n = presence.rivals
    if include_self:
        return presence.overlap / n
    return np.asarray(np.divide(np.maximum(presence.overlap - 1, 0.0), n - 1, out=np.full(len(n), np.nan), where=n > 1))


ICO = Indicator(
    "ico",
    Text("Overseas information exchange (ICO)", "海外市场信息交流（ICO）"),
    "1",
    Text(
        "Mean over regions of the overlap of the firms' destinations with those of the region's firms; small cells understate it",
        "与各地区企业出口目的地分布交集的均值；企业数少的单元会低估",
    ),
    formula="(1/N) Σ_p' Σ_c min(n_pjct/Σ_c n_pjct, n_p'jct/Σ_c n_p'jct)",
    undefined=Text(
        "always defined; 1 where one region exports (null then without itself)",
        "总有定义；仅一个地区出口时为1（不含自身时为空）",
    ),
    source=f"{SOURCE}, eq. 4",
    function=ico,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def iv_ico(presence: Presence, by_nearness: Codes, include_self: bool) -> Values:
    """Overlap of the nearest exporting region p̃ with the regions other than p (eq. 5), an instrument for `ico`.

    Parameters
    ----------
    by_nearness : see `Presence.neighbour`.
    include_self : p' = p̃ counts, as eq. 5 divides by N−1; without it the mean is over the other N−2.

    Examples
    --------
    >>> codes = [np.array(x) for x in ([0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 1, 2])]
    >>> iv_ico(Presence(*codes, np.ones(4), 2, 3), np.array([[1], [0]]), True).tolist()
    [1.0, 1.0]
    """
    cell, _ = presence.neighbour(by_nearness)
    others = presence.overlap[cell] - presence.overlap_with(cell)
    n = presence.rivals
    above, below = (others, n - 1) if include_self else (np.maximum(others - 1, 0.0), n - 2)
    return np.asarray(np.divide(above, below, out=np.full(len(n), np.nan), where=(cell >= 0) & (below > 0)))


IV_ICO = Indicator(
    "iv_ico",
    Text("Exchange of the nearest region", "邻近地区的信息交流"),
    "1",
    Text(
        "Mean overlap of the nearest region that exports the product with all regions but this one",
        "最近且出口该产品的地区与本地区以外各地区的平均交集",
    ),
    formula="(1/(N−1)) Σ_{p'≠p} Σ_c min(n_p̃jct/Σ_c n_p̃jct, n_p'jct/Σ_c n_p'jct)",
    undefined=Text(
        "null where no other region (without itself: no third region) exports the product, or no coordinates are given",
        "无其他地区（不含自身时：无第三个地区）出口或缺少坐标时为空",
    ),
    source=f"{SOURCE}, eq. 5",
    function=iv_ico,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
