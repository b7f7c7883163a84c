"""What goes with exchange and dispersion: concentration, sophistication, entry, breadth of markets, owners, trade costs."""

from typing import Literal

import numpy as np

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.allocation import SOURCE

LogOf = Literal["n", "1+n"]
CONTROLS = f"{SOURCE}, section 4; docs/methods-allocation.md"


def herfindahl(value_usd: Values, cells: Groups) -> Values:
    """Σ s² over the firms of a cell, s their shares of its value.

    Examples
    --------
    >>> herfindahl(np.array([3.0, 1.0, 5.0]), Groups(np.array([0, 0, 1]), 2)).tolist()
    [0.625, 1.0]
    """
    return cells.total((value_usd / cells.sum(value_usd)) ** 2)


HHI = Indicator(
    "hhi",
    Text("Herfindahl index of firms", "企业赫芬达尔指数"),
    "1",
    Text("Sum of squared shares of the firms in the cell's exports", "单元内各企业出口份额平方和"),
    formula="Σ_i (x_i/Σx)²",
    source=CONTROLS,
    function=herfindahl,
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def prody(exports_usd: Values, income: Values, exporters: Groups, products: Groups) -> Values:
    """PRODY_k: income per head of the exporters of k, weighted by their advantage in it (Hausmann, Hwang and Rodrik 2007).

    ``Σ_i [(x_ik/X_i) / Σ_n (x_nk/X_n)]·Y_i``. Entries are exporter and product pairs of one year; an exporter without
    income takes no part.

    Returns
    -------
    By product, in units of income; NaN where no exporter has one.

    Examples
    --------
    >>> value, income = np.array([10.0, 10.0, 20.0]), np.array([1.0, 1.0, 4.0])
    >>> prody(value, income, Groups(np.array([0, 0, 1]), 2), Groups(np.array([0, 1, 1]), 2)).tolist()
    [1.0, 3.0]
    """
    share = exports_usd / exporters.sum(exports_usd)
    return products.mean(income, share)


def expy(line_value_usd: Values, line_prody: Values, lines: Groups) -> Values:
    """EXPY of each cell: Σ_k (x_k/x)·PRODY_k over its finer lines k; lines without PRODY are left out of both sums.

    Examples
    --------
    >>> expy(np.array([3.0, 1.0]), np.array([8.0, 4.0]), Groups(np.array([0, 0]), 1)).tolist()
    [7.0]
    """
    return lines.mean(line_prody, line_value_usd)


EXPY = Indicator(
    "expy",
    Text("Export sophistication (EXPY)", "出口技术复杂度（EXPY）"),
    "1",
    Text(
        "Mean PRODY of the cell's finer lines, weighted by exports, in units of the income supplied",
        "单元内细分产品 PRODY 的出口加权均值（单位同收入数据）",
    ),
    formula="Σ_{k∈j} (x_pkt/x_pjt)·PRODY_kt",
    undefined=Text("null without a table of PRODY, or where no line is in it", "未提供 PRODY 或无匹配产品时为空"),
    source=f"{CONTROLS}; Hausmann, Hwang and Rodrik (2007)",
    function=expy,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
N_FIRMS = Indicator(
    "n_firms",
    Text("Firms", "企业数"),
    "1",
    Text("Firms of the region that export the product in the year", "当年出口该产品的地区内企业数"),
    formula="n_pjt",
    source=CONTROLS,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
N_ENTRANTS = Indicator(
    "n_entrants",
    Text("Entrants", "新进入企业数"),
    "1",
    Text("Firms of the cell that were not in it the year before", "上年未在该单元中的企业数"),
    formula="#{i in (p,j,t), not in (p,j,t−1)}",
    undefined=Text("null in a year whose year before is not in the data", "数据不含上一年时为空"),
    source=f"{SOURCE}, section 6.2",
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def log_destinations(n_destinations: Values, cells: Groups, log_of: LogOf) -> Values:
    """Mean over the firms of a cell of ln n (firms with none left out) or ln(1+n).

    Examples
    --------
    >>> one = Groups(np.array([0, 0]), 1)
    >>> (
    ...     log_destinations(np.array([1.0, 0.0]), one, "n").tolist(),
    ...     log_destinations(np.array([1.0, 0.0]), one, "1+n").round(6).tolist(),
    ... )
    ([0.0], [0.346574])
    """
    if log_of == "1+n":
        return cells.mean(np.log1p(n_destinations))
    return cells.mean(np.log(n_destinations, out=np.full(len(n_destinations), np.nan), where=n_destinations > 0))


LOG_DESTINATIONS = Indicator(
    "log_destinations",
    Text("Destinations per firm (log)", "企业出口目的地数（对数）"),
    "1",
    Text("Mean over the firms of the log number of destinations", "企业出口目的地数对数的均值"),
    formula="(1/n) Σ_i ln c_i",
    source=f"{SOURCE}, section 6.3",
    function=log_destinations,
    invariances=("value_scale", "quantity_scale", "row_order"),
)
LOG_DESTINATIONS_HIGH_INCOME = Indicator(
    "log_destinations_high_income",
    Text("High-income destinations per firm (log)", "企业高收入目的地数（对数）"),
    "1",
    Text(
        "The same over high-income destinations; firms with none are left out unless ln(1+n) is asked for",
        "仅计高收入目的地；没有者不计入，除非采用 ln(1+n)",
    ),
    formula="(1/n) Σ_i ln h_i",
    undefined=Text(
        "null without a list of high-income destinations, or where no firm has one",
        "未提供高收入目的地名单或无企业出口至此时为空",
    ),
    source=f"{SOURCE}, section 6.3",
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def owner_share(is_owner: Values, cells: Groups) -> Values:
    """Share of the firms of a cell with an owner of some type; firms whose owner is not known are left out.

    Examples
    --------
    >>> owner_share(np.array([1.0, 0.0, np.nan]), Groups(np.array([0, 0, 0]), 1)).tolist()
    [0.5]
    """
    return cells.mean(is_owner)


SHARE_STATE = Indicator(
    "share_state",
    Text("Share of state firms", "国有企业占比"),
    "fraction",
    Text("Share of the cell's firms that are state-owned", "单元内国有企业数占比"),
    formula="#state / n",
    undefined=Text("null where no owner is known", "所有制均未知时为空"),
    source=f"{SOURCE}, robustness 5",
    invariances=("value_scale", "quantity_scale", "row_order"),
)
SHARE_FOREIGN = Indicator(
    "share_foreign",
    Text("Share of foreign firms", "外资企业占比"),
    "fraction",
    Text(
        "Share of the cell's firms with foreign owners: cooperative, joint venture or wholly foreign",
        "单元内外资企业（合作、合资、独资）数占比",
    ),
    formula="#foreign / n",
    undefined=Text("null where no owner is known", "所有制均未知时为空"),
    source=f"{SOURCE}, robustness 5",
    invariances=("value_scale", "quantity_scale", "row_order"),
)


def head_ries(x_ii: Values, x_jj: Values, x_ij: Values, x_ji: Values, sigma: float) -> Values:
    """Trade cost τ = (x_ii·x_jj / (x_ij·x_ji))^(1/(2(σ−1))), a gross factor; its tariff equivalent is τ − 1.

    Parameters
    ----------
    x_ii, x_jj : internal trade; x_ij, x_ji : trade between the two, in the same unit; NaN where one is not above zero.

    Examples
    --------
    >>> head_ries(*(np.array([x]) for x in (64.0, 64.0, 8.0, 8.0)), 4.0).tolist()
    [2.0]
    """
    there = (x_ii > 0) & (x_jj > 0) & (x_ij > 0) & (x_ji > 0)
    ratio = np.divide(x_ii * x_jj, x_ij * x_ji, out=np.full(len(x_ii), np.nan), where=there)
    return np.asarray(ratio ** (1 / (2 * (sigma - 1))))
