"""Stages of an export product, and the road it is on from one year to another (sections 4 and 5 of the source)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.power import SOURCE

Stage = Literal["efficiency", "quality", "exhausted", "inelastic"]
Road = Literal[
    "better_and_larger", "dearer_and_larger", "cheaper_and_larger", "upgrading", "pricing_out", "retreat", "entry", "exit",
]  # fmt: skip

STAGE = Indicator(
    "stage",
    Text("Stage", "发展阶段"),
    "text",
    Text(
        "efficiency: σ above 2, cheaper production still raises power; quality: σ from 1 to 2, only quality does; "
        "exhausted: σ above 2, but over the years asked for cost rises and share falls; inelastic: no σ above 1",
        "效率型：σ>2，降低成本仍可提高强国指数；质量型：1<σ≤2，唯有提升质量；耗尽型：σ>2 但所选年份内成本上升且份额下降；"
        "缺乏弹性型：无大于1的弹性",
    ),
    formula="σ_j > 2; 1 < σ_j ≤ 2; none",
    undefined=Text("null without exports, or with too few exporters to tell", "无出口或出口国过少时为空"),
    source=f"{SOURCE}, section 4",
)

ROADS: dict[Road, Text] = {
    "better_and_larger": Text(
        "quality, value for money and share rise: the road to power", "质量、性价比与份额同升：走向强国"
    ),
    "dearer_and_larger": Text("share and relative price rise, quality unknown", "份额与相对价格同升，质量未知"),
    "cheaper_and_larger": Text("share rises at a falling relative price", "以相对低价扩大份额"),
    "upgrading": Text(
        "quality and relative price rise, share does not: what it offers for the money does not keep up",
        "质量与相对价格上升而份额未升：性价比未跟上",
    ),
    "pricing_out": Text("relative price rises without quality, share falls", "相对价格上升而质量未升，份额下降"),
    "retreat": Text("share falls in spite of a falling relative price", "相对价格下降而份额仍下降"),
    "entry": Text("not exported in the first year", "首年无出口"),
    "exit": Text("not exported in the last year", "末年无出口"),
}


def stage(sigma: Values, inelastic: NDArray[np.bool_], sells: NDArray[np.bool_]) -> NDArray[np.object_]:
    """The stage by σ_j alone; None where nothing can be said.

    Examples
    --------
    >>> yes, no = np.array([True] * 3), np.array([False, False, True])
    >>> stage(np.array([3.0, 1.5, np.nan]), no, yes).tolist()
    ['efficiency', 'quality', 'inelastic']
    """
    said = np.full(len(sigma), None, dtype=object)
    said[sells & inelastic] = "inelastic"
    said[sells & (sigma > 1)] = "quality"
    said[sells & (sigma > 2)] = "efficiency"
    return said


def exhausted(first_share: Values, last_share: Values, first_cost: Values, last_cost: Values) -> NDArray[np.bool_]:
    """Whether efficiency is spent: relative marginal cost has risen and the share has fallen."""
    return (last_cost > first_cost) & (last_share < first_share)


def road(
    share: tuple[Values, Values], factor: tuple[Values, Values], quality: tuple[Values, Values]
) -> NDArray[np.object_]:
    """Which road each product went between two years; None where it was exported in neither.

    Parameters
    ----------
    share, factor, quality : TLC, FP and a in the first and last year, NaN where unknown. With both a and FP known,
        value for money rises exactly if quality rises more than the relative price.
    """
    there = [np.nan_to_num(s) > 0 for s in share]
    larger, dearer = share[1] > share[0], factor[1] > factor[0]
    known = np.isfinite(quality[0]) & np.isfinite(quality[1])
    better = quality[1] > quality[0]
    told = np.full(len(share[0]), None, dtype=object)
    both = there[0] & there[1]
    told[both & larger & dearer] = "dearer_and_larger"
    told[both & larger & ~dearer] = "cheaper_and_larger"
    told[both & larger & known & better & dearer] = "better_and_larger"
    told[both & ~larger & dearer] = "pricing_out"
    told[both & ~larger & dearer & known & better] = "upgrading"
    told[both & ~larger & ~dearer] = "retreat"
    told[~there[0] & there[1]] = "entry"
    told[there[0] & ~there[1]] = "exit"
    return told
