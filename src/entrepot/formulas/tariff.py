"""The duty on a product, from its tariff lines, and its means (Global Potential Markets, sections 2.5 and 2.6)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values

Reading = Literal["mean", "max"]
SOURCE = "Global Potential Markets, section 2.5"


@dataclass(frozen=True, slots=True)
class Duty:
    """What one market levies on one product from one exporter. Rates are fractions, NaN where unknown.

    `average` follows the chosen reading of "highest average tariff"; `mfn`, `preferential` and `lowest` are means over
    lines; `lines` counts the tariff lines with a rate, `lines_left_out` those without (specific duties with no ad-valorem
    equivalent).
    """

    average: float
    mfn: float
    preferential: float
    lowest: float
    lines: int
    lines_left_out: int


def duty(rates: NDArray[np.float64], reading: Reading, lines: NDArray[np.float64] | None = None) -> Duty:
    """The duty on a product from the rates of its tariff lines, or of groups of lines.

    Parameters
    ----------
    rates : fractions, shape (lines, regimes): the MFN regime first, then each preferential regime that the exporter may
        use; NaN where a regime has no rate for a line.
    reading : `mean`: per line the mean over the regimes open to the exporter, then the mean over lines. `max`: per regime
        the mean over the lines it covers, then the largest.
    lines : how many tariff lines each row stands for, where a schedule gives means over lines; default one each.

    Examples
    --------
    Two lines at 10 % and 20 % MFN, a preference of 0 on the first: (5 % + 20 %) / 2.

    >>> duty(np.array([[0.10, 0.0], [0.20, np.nan]]), "mean").average
    0.125
    >>> duty(np.array([[0.10, 0.0], [0.20, np.nan]]), "max").average
    0.15000000000000002

    The same schedule told as one row for two lines and one for a third.

    >>> duty(np.array([[0.10], [0.25]]), "mean", np.array([2.0, 1.0])).average.__round__(4)
    0.15
    """
    weight = np.ones(len(rates)) if lines is None else lines
    told = np.isfinite(rates).any(axis=1)
    left_out = int(weight[~told].sum())
    if not told.any():
        return Duty(np.nan, np.nan, np.nan, np.nan, 0, left_out)
    rated, weight = rates[told], weight[told]
    of_regimes = [_weighted(column, weight) for column in rated.T]
    of_lines = _mean(rated, axis=1)
    average = _weighted(of_lines, weight) if reading == "mean" else float(np.nanmax(of_regimes))
    granted = rated[:, 1:]
    preferential = _weighted(granted.ravel(), np.repeat(weight, granted.shape[1]))
    lowest = _weighted(np.nanmin(rated, axis=1), weight)
    return Duty(average, of_regimes[0], preferential, lowest, int(weight.sum()), left_out)


def parted(
    rates: NDArray[np.float64], lines: NDArray[np.float64], covered: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Groups of lines parted until each regime covers all or none of a part, as `duty` takes them.

    A schedule that gives means over groups of lines says how many lines a preference covers, not which: several preferences
    are taken to cover the same lines, the others of a group to bear its other rates alone.

    Parameters
    ----------
    rates : as in `duty`, shape (groups, regimes).
    lines : of each group.
    covered : share of a group's lines that a regime covers, same shape as rates.

    Returns
    -------
    tuple
        Rates and lines of the parts, as many rows as there are.

    Examples
    --------
    Free for one line of two, the other bears the 10 % of the group: (5 % + 10 %) / 2.

    >>> rates, lines = parted(np.array([[0.10, 0.0]]), np.array([2.0]), np.array([[1.0, 0.5]]))
    >>> lines.tolist(), duty(rates, "mean", lines).average
    ([1.0, 1.0], 0.07500000000000001)
    """
    partly = (np.isfinite(rates) & (covered < 1)).any(axis=1)
    if not partly.any():
        return rates, lines
    parts, sizes = [rates[~partly]], [lines[~partly]]
    for rate, size, reach in zip(rates[partly], lines[partly], covered[partly], strict=True):
        edges = np.unique([0.0, *reach[np.isfinite(rate)], 1.0])
        parts.append(np.where(reach >= edges[1:, np.newaxis], rate, np.nan))
        sizes.append(size * np.diff(edges))
    return np.concatenate(parts), np.concatenate(sizes)


def _weighted(x: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Σ weight·x / Σ weight over the known x; NaN where none is."""
    known = np.isfinite(x)
    whole = weight[known].sum()
    return float((weight[known] * x[known]).sum() / whole) if whole > 0 else float("nan")


def _mean(x: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    known = np.isfinite(x)
    count = known.sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(count > 0, np.where(known, x, 0.0).sum(axis=axis) / count, np.nan))


def mean_tariffs(rates: NDArray[np.float64]) -> tuple[Values, Values]:
    """Mean duty that each exporter faces and that each importer levies, over all partners with a rate, trading or not.

    Parameters
    ----------
    rates : T_ij of one product, shape (economies, economies), exporter by importer; NaN where unknown. An economy's
        duty on itself does not count.

    Examples
    --------
    >>> rates = np.array([[np.nan, 0.1, 0.3], [0.0, np.nan, np.nan], [0.2, np.nan, np.nan]])
    >>> [mean.round(2).tolist() for mean in mean_tariffs(rates)]
    [[0.2, 0.0, 0.2], [0.1, 0.1, 0.3]]
    """
    known = np.isfinite(rates)
    np.fill_diagonal(known, False)
    duties = np.where(known, rates, 0.0)
    with np.errstate(invalid="ignore"):  # 0/0: no partner has a rate
        faced, levied = (duties.sum(axis=axis) / np.count_nonzero(known, axis=axis) for axis in (1, 0))
    return faced, levied


def _entry(column: str, en: str, zh: str, meaning: Text) -> Indicator:
    return Indicator(
        column,
        Text(en, zh),
        "fraction",
        meaning,
        undefined=Text("null where no schedule is loaded", "未载入税则时为空"),
        source=SOURCE,
        direction="less",
        weightable=True,
        reference=column == "tariff",
    )


TARIFF = _entry(
    "tariff",
    "Average tariff",
    "平均关税",
    Text(
        "Ad-valorem duty over the lines of the product, all regimes open to the exporter",
        "各税目在适用税率下的从价税均值",
    ),
)
TARIFF_MFN = _entry("tariff_mfn", "MFN tariff", "最惠国关税", Text("Mean MFN rate over lines", "各税目最惠国税率均值"))
TARIFF_PREFERENTIAL = _entry(
    "tariff_preferential",
    "Preferential tariff",
    "优惠关税",
    Text("Mean preferential rate over lines", "各税目优惠税率均值"),
)
TARIFF_LOWEST = _entry(
    "tariff_lowest",
    "Lowest tariff",
    "最低关税",
    Text("Mean over lines of the lowest rate open", "各税目可用最低税率的均值"),
)
TARIFF_LINES = Indicator(
    "tariff_lines",
    Text("Tariff lines", "税目数"),
    "1",
    Text("Tariff lines with a rate", "有税率的税目数"),
    undefined=Text("null where no schedule is loaded", "未载入税则时为空"),
    source=SOURCE,
)
TARIFF_BASIS = Indicator(
    "tariff_basis",
    Text("Tariff basis", "关税口径"),
    "text",
    Text("line, chapter or country average", "税目、章或国家平均"),
    undefined=Text("null where no schedule is loaded", "未载入税则时为空"),
    source=SOURCE,
)
