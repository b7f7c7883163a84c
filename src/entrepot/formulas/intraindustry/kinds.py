"""Horizontal and vertical intra-industry trade, told from unit values in the finest cells (docs/methods-intraindustry.md)."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry.level import NO_TRADE, ratio

Typing = Literal["ghm", "ff", "celi"]
Kind = Literal["horizontal", "high", "low", "untyped", "below"]
TypeBy = Literal["unit_value", "overlap"]
LEAST_OVERLAP = 0.10  # Fontagné and Freudenberg: below, trade counts as one-way
PRESETS = (0.15, 0.20, 0.25)
BOOK = "docs/methods-intraindustry.md, kind; Greenaway, Hine and Milner (1995)"


def unit_value_ratio(
    cell_exports_priced_usd: Values, cell_exports_t: Values, cell_imports_priced_usd: Values, cell_imports_t: Values
) -> Values:
    """Ratio of unit values u = UV^X / UV^M of each cell; NaN where a side has no quantity.

    Examples
    --------
    >>> unit_value_ratio(*(np.array([x]) for x in (30.0, 10.0, 10.0, 5.0))).tolist()
    [1.5]
    """
    return ratio(ratio(cell_exports_priced_usd, cell_exports_t), ratio(cell_imports_priced_usd, cell_imports_t))


UNIT_VALUE_RATIO = Indicator(
    "unit_value_ratio",
    Text("Unit-value ratio", "单价比"),
    "1",
    Text("Export over import unit value of the cell", "单元的出口单价与进口单价之比"),
    formula="u = UV^X / UV^M",
    undefined=Text("null where a side has no quantity", "任一方无数量时为空"),
    source=BOOK,
    function=unit_value_ratio,
    invariances=("value_scale", "row_order"),
)


def kind(u: Values, alpha: float, typing: Typing = "ghm") -> NDArray[np.object_]:
    """Each cell's kind by its unit-value ratio: "horizontal", "high", "low", or "untyped" without one.

    Parameters
    ----------
    alpha : half-width of what counts as the same quality. "ghm" and "celi": horizontal if 1−α ≤ u ≤ 1+α; "ff":
        1/(1+α) ≤ u ≤ 1+α, symmetric in which side is the exporter.

    Examples
    --------
    >>> kind(np.array([1.0, 0.86, 1.2, np.nan]), 0.15).tolist()
    ['horizontal', 'horizontal', 'high', 'untyped']
    >>> kind(np.array([0.86]), 0.15, "ff").tolist()
    ['low']
    """
    lowest = 1 / (1 + alpha) if typing == "ff" else 1 - alpha
    told = np.full(len(u), "horizontal", dtype=object)
    told[u > 1 + alpha] = "high"
    told[u < lowest] = "low"
    told[np.isnan(u)] = "untyped"
    return told


def cell_kind(
    cell_exports_usd: Values, cell_imports_usd: Values, unit_value_ratio: Values, alpha: float, typing: Typing
) -> NDArray[np.object_]:
    """Kinds of the cells; "below" under Fontagné and Freudenberg where min/max is under 10 %, whatever the prices."""
    told = kind(unit_value_ratio, alpha, typing)
    if typing == "ff":
        larger = np.maximum(cell_exports_usd, cell_imports_usd)
        told[np.minimum(cell_exports_usd, cell_imports_usd) < LEAST_OVERLAP * larger] = "below"
    return told


CELL_KIND = Indicator(
    "cell_kind",
    Text("Kind of the cell", "单元类型"),
    "text",
    Text("horizontal, high, low, untyped or below", "水平、高质垂直、低质垂直、无法判定、低于门槛"),
    source=BOOK,
    function=cell_kind,
    invariances=("value_scale", "row_order"),
)


def _part(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups, which: Kind
) -> Values:
    """Overlap of the cells of one kind over all trade of the row; the kinds of a row sum to its GL_fine."""
    overlap = np.where(cell_kind == which, 2 * np.minimum(cell_exports_usd, cell_imports_usd), 0.0)
    return ratio(cells.total(overlap), cells.total(cell_exports_usd + cell_imports_usd))


def hiit(cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups) -> Values:
    """Horizontal intra-industry trade over all trade of the row."""
    return _part(cell_exports_usd, cell_imports_usd, cell_kind, cells, "horizontal")


def viit_high(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups
) -> Values:
    """Vertical, exports dearer than imports."""
    return _part(cell_exports_usd, cell_imports_usd, cell_kind, cells, "high")


def viit_low(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups
) -> Values:
    """Vertical, exports cheaper than imports."""
    return _part(cell_exports_usd, cell_imports_usd, cell_kind, cells, "low")


def iit_untyped(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups
) -> Values:
    """Intra-industry trade without a unit value on both sides."""
    return _part(cell_exports_usd, cell_imports_usd, cell_kind, cells, "untyped")


def iit_below(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups
) -> Values:
    """Overlap in cells that count as one-way for Fontagné and Freudenberg; 0 under the other typings."""
    return _part(cell_exports_usd, cell_imports_usd, cell_kind, cells, "below")


_PARTS = {
    "hiit": (Text("Horizontal", "水平产业内贸易"), Text("Overlap at like unit values, over all trade", "单价相近的重叠部分占贸易额比例"), hiit),
    "viit_high": (Text("Vertical, high", "高质垂直产业内贸易"), Text("Overlap with exports dearer than imports", "出口单价较高的重叠部分"), viit_high),
    "viit_low": (Text("Vertical, low", "低质垂直产业内贸易"), Text("Overlap with exports cheaper than imports", "出口单价较低的重叠部分"), viit_low),
    "iit_untyped": (Text("Untyped", "无法判定部分"), Text("Overlap without a unit value on both sides", "缺少双向单价的重叠部分"), iit_untyped),
    "iit_below": (
        Text("Below 10 % overlap", "重叠低于10%部分"),
        Text("Overlap in cells that Fontagné and Freudenberg call one-way", "按 Fontagné-Freudenberg 视为单向的重叠部分"),
        iit_below,
    ),
}  # fmt: skip


def _entry(name: str) -> Indicator:
    label, meaning, function = _PARTS[name]
    return Indicator(
        name,
        label,
        "fraction",
        meaning,
        formula="Σ 2·min(X, M) over the cells of the kind / Σ(X + M); the kinds sum to gl_fine",
        undefined=NO_TRADE,
        source=BOOK,
        function=function,
        invariances=("value_scale", "row_order"),
    )


HIIT, VIIT_HIGH, VIIT_LOW, IIT_UNTYPED, IIT_BELOW = map(_entry, _PARTS)


def iit_type(
    hiit: Values,
    viit_high: Values,
    viit_low: Values,
    row_unit_value_ratio: Values,
    alpha: float,
    typing: Typing,
    iit_type_by: TypeBy,
) -> NDArray[np.object_]:
    """The row's one type: by its own unit value, or the kind with most overlap; None where neither exists.

    Examples
    --------
    >>> wide, narrow, u = np.array([0.2]), np.array([0.1]), np.array([0.5])
    >>> iit_type(wide, narrow, narrow, u, 0.15, "celi", "unit_value").tolist()
    ['vertical_low']
    >>> iit_type(wide, narrow, narrow, u, 0.15, "celi", "overlap").tolist()
    ['horizontal']
    """
    names: dict[str, str | None] = {
        "horizontal": "horizontal",
        "high": "vertical_high",
        "low": "vertical_low",
        "untyped": None,
    }
    if iit_type_by == "unit_value":
        return np.array([names[told] for told in kind(row_unit_value_ratio, alpha, typing)], dtype=object)
    parts = np.nan_to_num(np.vstack([hiit, viit_high, viit_low]))
    largest: NDArray[np.object_] = np.array(["horizontal", "vertical_high", "vertical_low"], dtype=object)[
        parts.argmax(axis=0)
    ]
    largest[parts.max(axis=0) <= 0] = None
    return largest


IIT_TYPE = Indicator(
    "iit_type",
    Text("Type", "产业内贸易类型"),
    "text",
    Text("horizontal, vertical of high or of low quality: the row as one", "整行归为水平、高质垂直或低质垂直"),
    formula="by the row's unit-value ratio, or the kind with most overlap",
    undefined=Text("null without unit values on both sides, or without overlap", "缺少双向单价或无重叠时为空"),
    source="docs/methods-intraindustry.md, kind; Celi (1999)",
    function=iit_type,
    invariances=("value_scale", "row_order"),
)

TYPING = Indicator(
    "typing",
    Text("Typing", "判定方法"),
    "text",
    Text("ghm, ff or celi", "GHM、Fontagné-Freudenberg 或 Celi"),
    source=BOOK,
)
ALPHA = Indicator(
    "alpha",
    Text("α", "α"),
    "fraction",
    Text("Half-width of what counts as the same quality", "视为同质的单价差幅"),
    source=BOOK,
)


def two_way_shares(
    cell_exports_usd: Values, cell_imports_usd: Values, cell_kind: NDArray[np.object_], cells: Groups
) -> dict[str, Values]:
    """Fontagné and Freudenberg's own output: all trade (X+M) of one-way, two-way horizontal, two-way vertical, untyped cells.

    Returns
    -------
    Shares of the row's X+M under `one_way`, `two_way_horizontal`, `two_way_vertical`, `two_way_untyped`; they sum to 1.
    """
    trade = cell_exports_usd + cell_imports_usd
    whole = cells.total(trade)
    held: dict[str, tuple[Kind, ...]] = {
        "one_way": ("below",), "two_way_horizontal": ("horizontal",), "two_way_vertical": ("high", "low"),
        "two_way_untyped": ("untyped",),
    }  # fmt: skip
    return {
        name: ratio(cells.total(np.where(np.isin(cell_kind, kinds), trade, 0.0)), whole) for name, kinds in held.items()
    }


def overlap_by_gap(
    cell_exports_usd: Values, cell_imports_usd: Values, unit_value_ratio: Values, cells: Groups, edges: Sequence[float]
) -> list[Values]:
    """Overlap by bands of the unit-value ratio, over all trade of the row: len(edges)+1 bands of ascending u.

    Parameters
    ----------
    edges : ascending unit-value ratios that part the bands; a cell on an edge belongs to the band below it.

    Cells without a ratio are in no band, so bands and `iit_untyped` sum to GL_fine.

    Examples
    --------
    >>> x, u = np.array([10.0, 10.0]), np.array([0.5, 1.0])
    >>> [band.tolist() for band in overlap_by_gap(x, x, u, Groups(np.array([0, 0]), 1), [0.75, 1.25])]
    [[0.5], [0.5], [0.0]]
    """
    band = np.where(np.isnan(unit_value_ratio), -1, np.searchsorted(np.asarray(edges), unit_value_ratio, side="left"))
    overlap, whole = (
        2 * np.minimum(cell_exports_usd, cell_imports_usd),
        cells.total(cell_exports_usd + cell_imports_usd),
    )
    return [ratio(cells.total(np.where(band == k, overlap, 0.0)), whole) for k in range(len(edges) + 1)]
