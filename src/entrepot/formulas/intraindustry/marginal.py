"""What kind of trade a change was: Brülhart, Hamilton-Kniest, Thom-McDowell (docs/methods-intraindustry.md). Δ is over `span` years."""

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry import SOURCE_BOOK
from entrepot.formulas.intraindustry.level import ratio

NO_CHANGE = Text("null without the earlier year, or where nothing changed", "缺前期数据或无变化时为空")

SPAN = Indicator(
    "span",
    Text("Span of changes", "变化跨度"),
    "1",
    Text("Years over which the marginal indices take changes", "边际指数所用变化的年数"),
    undefined=Text("null where the earlier year is not in the data", "数据中无前期年份时为空"),
    source="docs/methods-intraindustry.md, change",
)


def matched(change_exports: Values, change_imports: Values) -> Values:
    """|ΔX| + |ΔM| − |ΔX − ΔM|: the part of the changes that went the same way on both sides, US$.

    Examples
    --------
    >>> matched(np.array([10.0, 10.0, -4.0]), np.array([4.0, -4.0, -10.0])).tolist()
    [8.0, 0.0, 8.0]
    """
    same = np.sign(change_exports) * np.sign(change_imports) > 0
    known = np.isfinite(change_exports) & np.isfinite(change_imports)
    smaller = np.minimum(np.abs(change_exports), np.abs(change_imports))
    return np.where(known, np.where(same, 2 * smaller, 0.0), np.nan)


def _size(change_exports: Values, change_imports: Values) -> Values:
    return np.abs(change_exports) + np.abs(change_imports)


def brulhart_a(part_exports_change: Values, part_imports_change: Values, change_parts: Groups) -> Values:
    """A = Σ w_k A_k, A_k = 1 − |ΔX−ΔM|/(|ΔX|+|ΔM|), weights |ΔX|+|ΔM| over the industries below.

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> brulhart_a(np.array([10.0, 5.0]), np.array([10.0, -5.0]), one).round(12).tolist()
    [0.666666666667]
    """
    return ratio(
        change_parts.total(matched(part_exports_change, part_imports_change)),
        change_parts.total(_size(part_exports_change, part_imports_change)),
    )


BRULHART_A = Indicator(
    "brulhart_a",
    Text("Brülhart A", "Brülhart A 指数"),
    "fraction",
    Text("Share of the change in trade that was matched on both sides", "进出口变化相互匹配的比例"),
    formula="A = 1 − Σ|ΔX − ΔM| / Σ(|ΔX| + |ΔM|)",
    undefined=NO_CHANGE,
    source=f"{SOURCE_BOOK}, section 1.2; Brülhart (1994)",
    function=brulhart_a,
    invariances=("value_scale", "row_order"),
)


def brulhart_b(exports_change: Values, imports_change: Values) -> Values:
    """B = (ΔX − ΔM)/(|ΔX| + |ΔM|): near 0 matched change, 1 or −1 one-sided, for or against the reporter.

    Examples
    --------
    >>> brulhart_b(np.array([10.0, -5.0]), np.array([4.0, 5.0])).round(6).tolist()
    [0.428571, -1.0]
    """
    return ratio(exports_change - imports_change, _size(exports_change, imports_change))


BRULHART_B = Indicator(
    "brulhart_b",
    Text("Brülhart B", "Brülhart B 指数"),
    "1",
    Text(
        "Balance of the change: 0 matched, 1 exports only gained, −1 imports only gained",
        "变化的方向：0为匹配，1偏出口，−1偏进口",
    ),
    formula="(ΔX − ΔM) / (|ΔX| + |ΔM|)",
    undefined=NO_CHANGE,
    source="Brülhart (1994)",
    function=brulhart_b,
    invariances=("value_scale", "row_order"),
)


def brulhart_c(part_exports_change: Values, part_imports_change: Values, change_parts: Groups) -> Values:
    """C = Σ (|ΔX| + |ΔM|) − |ΔX − ΔM| over the industries below, US$; NaN where no change is known."""
    change = matched(part_exports_change, part_imports_change)
    known = change_parts.total(np.isfinite(change).astype(float)) > 0
    return np.where(known, change_parts.total(change), np.nan)


BRULHART_C = Indicator(
    "brulhart_c",
    Text("Brülhart C", "Brülhart C 指数"),
    "usd",
    Text("Amount of the change that was matched on both sides", "进出口变化相互匹配的金额"),
    formula="Σ (|ΔX| + |ΔM|) − |ΔX − ΔM|",
    undefined=Text("null without the earlier year", "缺前期数据时为空"),
    source="Brülhart (1994)",
    function=brulhart_c,
    invariances=("row_order",),
)


def hamilton_kniest(exports_change: Values, imports_change: Values) -> Values:
    """min(ΔX, ΔM)/max(ΔX, ΔM) where neither fell; NaN otherwise.

    Examples
    --------
    >>> hamilton_kniest(np.array([10.0, -1.0, 0.0]), np.array([4.0, 4.0, 0.0])).tolist()
    [0.4, nan, nan]
    """
    smaller, larger = np.minimum(exports_change, imports_change), np.maximum(exports_change, imports_change)
    return np.where(smaller >= 0, ratio(smaller, larger), np.nan)


HAMILTON_KNIEST = Indicator(
    "hamilton_kniest",
    Text("Hamilton-Kniest", "Hamilton-Kniest 指数"),
    "fraction",
    Text("Smaller over larger increase", "较小增量与较大增量之比"),
    formula="min(ΔX, ΔM) / max(ΔX, ΔM)",
    undefined=Text(
        "null where either fell, nothing changed, or the earlier year is missing",
        "任一方下降、无变化或缺前期数据时为空",
    ),
    source="Hamilton and Kniest (1991)",
    function=hamilton_kniest,
    invariances=("value_scale", "row_order"),
)


def thom_mcdowell(part_exports_change: Values, part_imports_change: Values, change_parts: Groups) -> Values:
    """A_j = 1 − |ΣΔX − ΣΔM| / Σ(|ΔX| + |ΔM|): matched change when the industries below are taken as one chain.

    Examples
    --------
    >>> thom_mcdowell(np.array([10.0, -2.0]), np.array([2.0, 6.0]), Groups(np.array([0, 0]), 1)).tolist()
    [1.0]
    """
    known = np.isfinite(part_exports_change) & np.isfinite(part_imports_change)
    size = change_parts.total(np.where(known, _size(part_exports_change, part_imports_change), 0.0))
    net = change_parts.total(np.where(known, part_exports_change - part_imports_change, 0.0))
    return ratio(size - np.abs(net), size)


THOM_MCDOWELL = Indicator(
    "thom_mcdowell",
    Text("Thom-McDowell", "Thom-McDowell 指数"),
    "fraction",
    Text("Share of the change matched within the row's chain of industries", "产业链内相互匹配的变化比例"),
    formula="A_j = 1 − |ΣΔX − ΣΔM| / Σ(|ΔX| + |ΔM|)",
    undefined=NO_CHANGE,
    source="Thom and McDowell (1999)",
    function=thom_mcdowell,
    invariances=("value_scale", "row_order"),
)


def thom_mcdowell_vertical(thom_mcdowell: Values, brulhart_a: Values) -> Values:
    """A_j − A_w: what is matched between the industries below rather than within them."""
    return thom_mcdowell - brulhart_a


THOM_MCDOWELL_VERTICAL = Indicator(
    "thom_mcdowell_vertical",
    Text("Thom-McDowell, vertical part", "Thom-McDowell 垂直部分"),
    "fraction",
    Text("Matched change between the industries below", "下级产业之间相互匹配的变化"),
    formula="A_j − A_w",
    undefined=NO_CHANGE,
    source="Thom and McDowell (1999)",
    function=thom_mcdowell_vertical,
    invariances=("value_scale", "row_order"),
)
