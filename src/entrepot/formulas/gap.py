"""Gravity share, gap and potential (Global Potential Markets, section 2.1)."""

from typing import Literal

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Cells, Values, put_at, unknown

Basis = Literal["bilateral", "world"]
Missing = Literal["usual", "one"]

SOURCE = "Global Potential Markets, section 2.1"
ROUNDING = 1e-12


def mass(value_usd: Values, basis: Basis, cells: Cells) -> Values:
    """What attracts: the bilateral flow V_ij as printed, or the exporter's sales to the world S_i as the text has it."""
    return put_at(unknown(value_usd), value_usd, 0.0) if basis == "bilateral" else cells.sum_by("exporter", value_usd)


MASS = Indicator(
    "mass",
    Text("Mass", "引力质量"),
    "usd",
    Text(
        "The flow, or the exporter's exports to the world (as the basis says)",
        "双边流量，或对全球出口额（视 basis 而定）",
    ),
    formula="V_ij, or S_i = Σ_j V_ij",
    source=SOURCE,
    function=mass,
    invariances=("row_order",),
)


def known_or_usual(factor: Values, mass: Values, cells: Cells, missing: Missing) -> Values:
    """A part of D with its holes filled, so that a hole leaves the share where it was.

    `usual`: the mean over the market's other suppliers, weighted by what attracts; 1 where none has the factor.
    `one`: 1 for each hole, which is the best CDA and the worst CPA, so not neutral.
    """
    filled = factor if missing == "one" else cells.fill_by("importer", factor, mass)
    return put_at(unknown(filled), filled, 1.0)


def friction(cta: Values, cpa: Values, cda: Values, mass: Values, missing: Missing, cells: Cells) -> Values:
    """D = CTA · CPA · CDA, each with its holes filled by `known_or_usual`."""
    filled = [known_or_usual(factor, mass, cells, missing) for factor in (cta, cpa, cda)]
    return filled[0] * filled[1] * filled[2]


FRICTION = Indicator(
    "friction",
    Text("Relation factor", "关系系数"),
    "1",
    Text("Tariff, price and distance advantages together", "关税、价格与距离优势之积"),
    formula="D_ij = CTA_ij · CPA_ij · CDA_ij",
    source=SOURCE,
    function=friction,
    invariances=("value_scale", "row_order"),
)


def share_of_pull(pull: Values, cells: Cells) -> Values:
    """pull_ij / Σ_n pull_nj, n ≠ j; 0 where nothing pulls."""
    total = cells.totals("importer", pull)
    return pull / cells.align("importer", np.where(total > 0, total, np.inf))


def gravity_share(mass: Values, friction: Values, value_usd: Values, market_size_usd: Values, cells: Cells) -> Values:
    """The share that mass and frictions would give: mass_ij·D_ij / Σ_n mass_nj·D_nj. Sums to 1 in every market with imports.

    NaN where the flow is not reported; 0 in a market that reported and imported none of the product, as the share held is.
    """
    share = share_of_pull(mass * friction, cells)
    share[~(market_size_usd > 0)] = 0.0
    share[np.isnan(value_usd)] = np.nan
    return share


GRAVITY_SHARE = Indicator(
    "gravity_share",
    Text("Gravity share", "引力份额"),
    "fraction",
    Text("The share that the gravity model expects", "引力模型预期的份额"),
    formula="V_ij·D_ij / Σ_n V_nj·D_nj (bilateral); S_i·D_ij / Σ_n S_n·D_nj (world)",
    undefined=Text(
        "null if the flow is not reported; 0 if the market imported none", "未申报时为空；市场当年无进口时为0"
    ),
    source=SOURCE,
    direction="more",
    function=gravity_share,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def gap(gravity_share: Values, share_in_market: Values) -> Values:
    """Share that frictions would give minus share held, in share points −1 … 1; sums to 0 over suppliers in every market.

    Examples
    --------
    >>> gap(np.array([0.6, 0.4]), np.array([0.75, 0.25])).round(2).tolist()
    [-0.15, 0.15]
    """
    difference = gravity_share - share_in_market
    # What rounding leaves of an equality must not outrank a true 0.
    return np.where(np.abs(difference) < ROUNDING, 0.0, difference)


GAP = Indicator(
    "gap",
    Text("Share gap", "份额差距"),
    "fraction",
    Text(
        "Gravity share minus the share held; above 0: less is sold than expected",
        "引力份额减实际份额；大于0表示低于预期",
    ),
    formula="Gap_ij = Gravity_ij − V_ij / V_j",
    undefined=Text("null if the flow is not reported", "未申报时为空"),
    source=SOURCE,
    direction="more",
    function=gap,
    invariances=("value_scale", "row_order", "quantity_scale"),
    weightable=True,
)


def potential_static_usd(
    basis: Basis, gap: Values, value_usd: Values, gravity_share: Values, market_size_usd: Values
) -> Values:
    """(1 + Gap)·V_ij as printed; under `world`, Gravity·V_j. US$, for comparing markets, not a forecast."""
    return gravity_share * market_size_usd if basis == "world" else (1 + gap) * value_usd


POTENTIAL_STATIC_USD = Indicator(
    "potential_static_usd",
    Text("Static potential", "静态潜力额"),
    "usd",
    Text(
        "Potential without growth; for comparing markets, not a forecast", "不含增长的潜力金额；用于市场比较，并非预测"
    ),
    formula="(1 + Gap)·V_ij (bilateral); Gravity_ij·V_j (world)",
    undefined=Text("null if the flow is not reported", "未申报时为空"),
    source=SOURCE,
    direction="more",
    function=potential_static_usd,
    invariances=("row_order",),
    weightable=True,
)


def potential_usd(potential_static_usd: Values, growth: Values, data_years: int) -> Values:
    """Static potential · (1 + Growth). Nothing stays nothing; with fewer than two years of data all is NaN.

    Examples
    --------
    >>> potential_usd(np.array([100.0, 0.0, 50.0]), np.array([0.1, np.nan, np.nan]), 5).round(2).tolist()
    [110.0, 0.0, nan]
    """
    if data_years < 2:
        return np.full(len(potential_static_usd), np.nan)
    return np.where(potential_static_usd == 0, 0.0, potential_static_usd * (1 + growth))


POTENTIAL_USD = Indicator(
    "potential_usd",
    Text("Potential", "潜力额"),
    "usd",
    Text("Potential with growth; for comparing markets, not a forecast", "含增长的潜力金额；用于市场比较，并非预测"),
    formula="Potential_static · (1 + Growth)",
    undefined=Text("null if growth is undefined or fewer than two years are at hand", "增长无定义或数据不足两年时为空"),
    source=SOURCE,
    direction="more",
    function=potential_usd,
    invariances=("row_order",),
    weightable=True,
)


def unrealised_usd(gap: Values, market_size_usd: Values) -> Values:
    """max(0, Gap · V_j): the amount by which sales fall short of the gravity share, US$.

    Examples
    --------
    >>> unrealised_usd(np.array([0.15, -0.15]), np.array([40.0, 40.0])).tolist()
    [6.0, 0.0]
    """
    return np.maximum(0.0, gap * market_size_usd)


UNREALISED_USD = Indicator(
    "unrealised_usd",
    Text("Unrealised potential", "未实现潜力"),
    "usd",
    Text("What is sold less than the gravity share of today's market", "按引力份额计少于应有水平的金额"),
    formula="max(0, Gap_ij · V_j)",
    undefined=Text("null if the flow is not reported", "未申报时为空"),
    source=SOURCE,
    direction="more",
    function=unrealised_usd,
    invariances=("row_order",),
    weightable=True,
)
