"""Competitiveness of an industry: balance, revealed advantage, specialisation (docs/methods-intraindustry.md).

`own_exports_usd`, `own_imports_usd` are the reporter's totals over all industries, with the same partner and year; `world_…` are
everybody's exports to that partner (imports: everybody's imports from it), in the industry and in total.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.intraindustry import SOURCE_BOOK
from entrepot.formulas.intraindustry.level import NO_TRADE, ratio

BANDS = (0.3, 0.6, 0.8)
_STRENGTH = ("strong", "very_strong", "extreme")
NO_EXPORTS = Text("null where the reporter or the world exports nothing", "报告方或世界无出口时为空")


def tc(exports_usd: Values, imports_usd: Values) -> Values:
    """TC = (X − M)/(X + M), from −1 (imports only) to 1 (exports only).

    Examples
    --------
    >>> tc(np.array([15.0, 0.0]), np.array([5.0, 0.0])).tolist()
    [0.5, nan]
    """
    return ratio(exports_usd - imports_usd, exports_usd + imports_usd)


TC = Indicator(
    "tc",
    Text("Trade competitiveness", "贸易竞争力指数"),
    "1",
    Text("Net exports over trade", "净出口占进出口总额的比例"),
    formula="(X − M) / (X + M)",
    undefined=NO_TRADE,
    source=f"{SOURCE_BOOK}, section 3.5",
    direction="more",
    function=tc,
    invariances=("value_scale", "row_order"),
)


def tc_band(tc: Values, tc_bands: Sequence[float] = BANDS) -> NDArray[np.object_]:
    """The class of TC at ±0.3, ±0.6, ±0.8 (or other edges): advantage_1 … advantage_n, balanced, disadvantage_1 … n.

    An edge belongs to the stronger class.

    Examples
    --------
    >>> tc_band(np.array([0.9, 0.3, 0.0, -0.7, np.nan])).tolist()
    ['advantage_3', 'advantage_1', 'balanced', 'disadvantage_2', None]
    """
    step = np.searchsorted(np.asarray(tc_bands), np.abs(tc), side="right")
    said = [
        None if np.isnan(value) else "balanced" if n == 0 else f"{'advantage' if value > 0 else 'disadvantage'}_{n}"
        for value, n in zip(tc.tolist(), step.tolist(), strict=True)
    ]
    return np.array(said, dtype=object)


TC_BAND = Indicator(
    "tc_band",
    Text("Competitiveness class", "竞争力等级"),
    "text",
    Text("Class of the trade competitiveness index; the number is how many edges it passes", "贸易竞争力指数所处等级"),
    formula="edges ±0.3, ±0.6, ±0.8",
    undefined=NO_TRADE,
    source=f"{SOURCE_BOOK}, section 3.5",
    function=tc_band,
    invariances=("value_scale", "row_order"),
)


def rca(exports_usd: Values, own_exports_usd: Values, world_exports_usd: Values, world_total_usd: Values) -> Values:
    """Balassa's RCA = (X_k/X) / (W_k/W).

    Examples
    --------
    >>> rca(*(np.array([x]) for x in (20.0, 100.0, 50.0, 1000.0))).tolist()
    [4.0]
    """
    return ratio(ratio(exports_usd, own_exports_usd), ratio(world_exports_usd, world_total_usd))


RCA = Indicator(
    "rca",
    Text("Revealed comparative advantage", "显示性比较优势"),
    "1",
    Text(
        "Share of the industry in the reporter's exports over its share in the world's",
        "该产业占报告方出口比重与占世界出口比重之比",
    ),
    formula="(X_k/X) / (W_k/W)",
    undefined=NO_EXPORTS,
    source="Balassa (1965)",
    direction="more",
    function=rca,
    invariances=("value_scale", "row_order"),
)


def symmetric(advantage: Values) -> Values:
    """(R − 1)/(R + 1), from −1 to 1."""
    return (advantage - 1) / (advantage + 1)


def rsca(rca: Values) -> Values:
    """RSCA = (RCA − 1)/(RCA + 1)."""
    return symmetric(rca)


RSCA = Indicator(
    "rsca",
    Text("Symmetric RCA", "对称显示性比较优势"),
    "1",
    Text("RCA between −1 and 1", "取值于−1与1之间的 RCA"),
    formula="(RCA − 1)/(RCA + 1)",
    undefined=NO_EXPORTS,
    source="Dalum, Laursen and Villumsen (1998)",
    direction="more",
    function=rsca,
    invariances=("value_scale", "row_order"),
)


def nrca(exports_usd: Values, own_exports_usd: Values, world_exports_usd: Values, world_total_usd: Values) -> Values:
    """NRCA = X_k/W − X·W_k/W²: comparable across industries and economies, sums to 0 over either.

    Examples
    --------
    >>> nrca(*(np.array([x]) for x in (20.0, 100.0, 50.0, 1000.0))).tolist()
    [0.015]
    """
    return ratio(exports_usd, world_total_usd) - ratio(own_exports_usd * world_exports_usd, world_total_usd**2)


NRCA = Indicator(
    "nrca",
    Text("Normalised RCA", "标准化显示性比较优势"),
    "1",
    Text(
        "Exports above what the world's pattern would give, over world exports",
        "出口超出世界结构所示部分占世界出口的比例",
    ),
    formula="X_k/W − X·W_k/W²",
    undefined=NO_EXPORTS,
    source="Yu, Cai and Leung (2009)",
    direction="more",
    function=nrca,
    invariances=("value_scale", "row_order"),
)


def without_double_counting(own: Values, own_total: Values, world: Values, world_total: Values) -> Values:
    """Vollrath's RXA or RMA: (X_k / the reporter's other industries) / (the others' X_k / the others' other industries)."""
    others, others_total = world - own, world_total - own_total
    return ratio(ratio(own, own_total - own), ratio(others, others_total - others))


def vollrath_rxa(
    exports_usd: Values, own_exports_usd: Values, world_exports_usd: Values, world_total_usd: Values
) -> Values:
    """Relative export advantage RXA."""
    return without_double_counting(exports_usd, own_exports_usd, world_exports_usd, world_total_usd)


def vollrath_rma(
    imports_usd: Values, own_imports_usd: Values, world_imports_usd: Values, world_imports_total_usd: Values
) -> Values:
    """Relative import advantage RMA."""
    return without_double_counting(imports_usd, own_imports_usd, world_imports_usd, world_imports_total_usd)


def vollrath(vollrath_rxa: Values, vollrath_rma: Values) -> Values:
    """RTA = RXA − RMA."""
    return vollrath_rxa - vollrath_rma


def vollrath_rc(vollrath_rxa: Values, vollrath_rma: Values) -> Values:
    """RC = ln RXA − ln RMA; NaN where either is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.log(vollrath_rxa) - np.log(vollrath_rma)
    return np.where(np.isfinite(value), value, np.nan)


_NO_OTHERS = Text(
    "null where the reporter or the others trade nothing but this, or nothing of it",
    "报告方或他方仅有或没有该产业贸易时为空",
)
VOLLRATH_RXA = Indicator(
    "vollrath_rxa", Text("Relative export advantage", "相对出口优势"), "1", Text("RCA without double counting", "剔除重复计算的 RCA"),
    formula="(X_k/X_−k) / (R_k/R_−k), R the others' exports", undefined=_NO_OTHERS, source="Vollrath (1991)", direction="more",
    function=vollrath_rxa, invariances=("value_scale", "row_order"),
)  # fmt: skip
VOLLRATH_RMA = Indicator(
    "vollrath_rma", Text("Relative import advantage", "相对进口优势"), "1", Text("The same for imports", "进口侧的同类指标"),
    formula="(M_k/M_−k) / (R_k/R_−k), R the others' imports", undefined=_NO_OTHERS, source="Vollrath (1991)",
    function=vollrath_rma, invariances=("value_scale", "row_order"),
)  # fmt: skip
VOLLRATH = Indicator(
    "vollrath", Text("Relative trade advantage (Vollrath)", "相对贸易优势"), "1",
    Text("Relative export less relative import advantage", "相对出口优势减相对进口优势"),
    formula="RTA = RXA − RMA", undefined=_NO_OTHERS, source="Vollrath (1991)", direction="more",
    function=vollrath, invariances=("value_scale", "row_order"),
)  # fmt: skip
VOLLRATH_RC = Indicator(
    "vollrath_rc", Text("Revealed competitiveness (Vollrath)", "显示性竞争力"), "1", Text("In logs", "对数形式"),
    formula="RC = ln RXA − ln RMA", undefined=_NO_OTHERS, source="Vollrath (1991)", direction="more",
    function=vollrath_rc, invariances=("value_scale", "row_order"),
)  # fmt: skip


def rsia(
    imports_usd: Values, own_imports_usd: Values, world_imports_usd: Values, world_imports_total_usd: Values
) -> Values:
    """Revealed symmetric import advantage: (R − 1)/(R + 1) of R = (M_k/M)/(W_k/W)."""
    return symmetric(rca(imports_usd, own_imports_usd, world_imports_usd, world_imports_total_usd))


RSIA = Indicator(
    "rsia", Text("Symmetric import advantage", "对称显示性进口优势"), "1",
    Text("Share of the industry in the reporter's imports against the world's, between −1 and 1", "进口比重与世界之比的对称形式"),
    formula="(R − 1)/(R + 1), R = (M_k/M)/(W_k/W)",
    undefined=Text("null where the reporter or the world imports nothing", "报告方或世界无进口时为空"),
    source="docs/methods-intraindustry.md, competitiveness", function=rsia, invariances=("value_scale", "row_order"),
)  # fmt: skip


def lafay(exports_usd: Values, imports_usd: Values, own_exports_usd: Values, own_imports_usd: Values) -> Values:
    """LFI = [TC_k − TC] · (X_k+M_k)/(X+M), a fraction; sums to 0 over industries.

    Examples
    --------
    >>> lafay(*(np.array([x]) for x in (30.0, 10.0, 50.0, 50.0))).tolist()
    [0.2]
    """
    trade, own_trade = exports_usd + imports_usd, own_exports_usd + own_imports_usd
    gap = np.nan_to_num(tc(exports_usd, imports_usd)) - tc(own_exports_usd, own_imports_usd)
    return np.where(trade > 0, gap * ratio(trade, own_trade), ratio(np.zeros_like(trade), own_trade))


LAFAY = Indicator(
    "lafay", Text("Lafay", "Lafay 指数"), "fraction",
    Text("Contribution of the industry to the trade balance, free of the overall balance", "剔除总体差额后该产业对贸易差额的贡献"),
    formula="[(X_k−M_k)/(X_k+M_k) − (X−M)/(X+M)]·(X_k+M_k)/(X+M)", undefined=NO_TRADE, source="Lafay (1992)", direction="more",
    function=lafay, invariances=("value_scale", "row_order"),
)  # fmt: skip


def michaely(exports_usd: Values, imports_usd: Values, own_exports_usd: Values, own_imports_usd: Values) -> Values:
    """Michaely's specialisation: X_k/X − M_k/M; sums to 0 over industries."""
    return ratio(exports_usd, own_exports_usd) - ratio(imports_usd, own_imports_usd)


MICHAELY = Indicator(
    "michaely", Text("Michaely", "Michaely 指数"), "fraction",
    Text("Share of the industry in exports less its share in imports", "该产业占出口比重减占进口比重"),
    formula="X_k/X − M_k/M", undefined=Text("null without exports or imports in all", "无出口或无进口时为空"),
    source="Michaely (1962)", direction="more", function=michaely, invariances=("value_scale", "row_order"),
)  # fmt: skip


def market_share(exports_usd: Values, world_exports_usd: Values) -> Values:
    """X_k / W_k."""
    return ratio(exports_usd, world_exports_usd)


MARKET_SHARE = Indicator(
    "market_share", Text("Market share", "市场份额"), "fraction",
    Text("Share of all exports of the industry to the partner", "占该产业对伙伴出口总额的份额"),
    formula="X_k / W_k", undefined=Text("null where nobody exports it there", "无人出口时为空"), source="docs/methods-intraindustry.md, competitiveness",
    direction="more", function=market_share, invariances=("value_scale", "row_order"),
)  # fmt: skip
