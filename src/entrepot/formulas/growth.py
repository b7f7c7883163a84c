"""Growth of a flow over the window (Global Potential Markets, sections 2.1 and 2.2)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values

Exponent = Literal["window", "intervals"]
History = NDArray[np.float64]  # (years, cells): the window, oldest year first; 0 = no trade, NaN = not reported

SOURCE = "Global Potential Markets, section 2.1"


def _defined(history: History) -> NDArray[np.bool_]:
    """Growth can be asked: the last year is reported, another one too, and something was traded."""
    asked: NDArray[np.bool_] = (
        np.isfinite(history[-1]) & (np.isfinite(history).sum(axis=0) >= 2) & (np.nansum(history, axis=0) > 0)
    )
    return asked


def cagr(history: History, exponent: Exponent) -> Values:
    """(V_last / V_first)^(1/N) − 1 over a window of N years, as printed; `intervals` takes the N − 1 steps between them.

    Returns
    -------
    Fraction a year, one per cell. NaN if the last year is not reported, if the first is zero or not reported, or if fewer
    than two years are. −1 if the flow has stopped.

    Examples
    --------
    >>> cagr(np.array([[100.0], [120.0], [130.0], [140.0], [161.051]]), "window").round(6).tolist()
    [0.1]
    >>> cagr(np.array([[0.0], [1.0], [1.0], [1.0], [0.0]]), "window").tolist()
    [nan]
    """
    years = len(history)
    steps = years if exponent == "window" else max(years - 1, 1)
    first, last = history[0], history[-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (last / first) ** (1 / steps) - 1
    return np.where(_defined(history) & (first > 0), rate, np.nan)


CAGR = Indicator(
    "cagr",
    Text("Compound annual growth", "复合年增长率"),
    "fraction",
    Text("Yearly growth from the first to the last year of the window", "窗口首年至末年的年均复合增长"),
    formula="(V_N / V_1)^(1/N) − 1; exponent=intervals: 1/(N−1)",
    undefined=Text("null if the first year is zero or either end is not reported", "首年为零或首末年未申报时为空"),
    source=SOURCE,
    direction="more",
    function=cagr,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def lyg(history: History) -> Values:
    """(V_last − mean) / mean: the last year against the mean of the reported years of the window.

    Returns
    -------
    Fraction, one per cell. NaN where nothing was traded, the last year is not reported, or fewer than two years are.

    Examples
    --------
    >>> lyg(np.array([[80.0], [np.nan], [120.0]])).tolist()
    [0.2]
    """
    defined = _defined(history)
    reported = np.isfinite(history)
    # Year after year: a sum over a single row would be taken in pairs, and end in another bit than beside other rows.
    mean = np.nancumsum(history, axis=0)[-1] / np.maximum(reported.sum(axis=0), 1)
    rate: Values = np.divide(history[-1] - mean, mean, out=np.full(history.shape[1], np.nan), where=defined)
    return rate


LYG = Indicator(
    "lyg",
    Text("Last-year growth", "末年增长率"),
    "fraction",
    Text("The last year against the mean of the window", "末年相对窗口均值的变化"),
    formula="(V_N − V̄) / V̄",
    undefined=Text("null if nothing was traded or the last year is not reported", "窗口内无贸易或末年未申报时为空"),
    source=SOURCE,
    direction="more",
    function=lyg,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def growth(cagr: Values, lyg: Values) -> Values:
    """(CAGR + LYG) / 2; LYG alone where the CAGR is undefined.

    Examples
    --------
    >>> growth(np.array([0.1, np.nan]), np.array([0.3, 0.3])).tolist()
    [0.2, 0.3]
    """
    return np.where(np.isnan(cagr), lyg, (cagr + lyg) / 2)


GROWTH = Indicator(
    "growth",
    Text("Growth", "增长率"),
    "fraction",
    Text(
        "Of the flow; of the market's imports where sales to the world are the weights",
        "双边流量的增长，以对全球出口额为权重时为市场进口的增长",
    ),
    formula="(CAGR + LYG) / 2",
    undefined=Text("null if nothing was traded or the last year is not reported", "窗口内无贸易或末年未申报时为空"),
    source=SOURCE,
    direction="more",
    function=growth,
    invariances=("value_scale", "row_order"),
    weightable=True,
)


def growth_basis(history: History, cagr: Values, lyg: Values) -> NDArray[np.str_]:
    """On what Growth rests: "cagr+lyg 5/5" means both parts and five reported years of five; "" where it is undefined.

    Examples
    --------
    >>> history = np.array([[0.0], [2.0], [4.0]])
    >>> growth_basis(history, np.array([np.nan]), np.array([1.0])).tolist()
    ['lyg 3/3']
    """
    years = range(len(history) + 1)
    labels = np.array([[f"{parts} {reported}/{len(history)}" for reported in years] for parts in ("lyg", "cagr+lyg")])
    rests = labels[np.isfinite(cagr).astype(np.intp), np.isfinite(history).sum(axis=0)]
    return np.where(np.isfinite(lyg), rests, "")


GROWTH_BASIS = Indicator(
    "growth_basis",
    Text("Growth rests on", "增长依据"),
    "text",
    Text("Parts of growth at hand and reported years of the window", "增长所依据的部分与窗口内有申报的年数"),
    undefined=Text("null where growth is", "增长为空时为空"),
    source=SOURCE,
    function=growth_basis,
    invariances=("value_scale", "row_order"),
)
