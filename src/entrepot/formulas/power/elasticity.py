"""Elasticity of substitution σ_j from one year's exporters: the source's iteration, and its fixed point in closed form.

Symbols: x = ln p, y = ln q of the exporters of a product in a year; v_x, v_y, c their variances and covariance; a quality;
z = ln a − ln p value for money. CES demand (eq. 8) says y = const − σx + (σ−1) ln a, hence x + y = const + (σ−1) z.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.core.indicator import Indicator
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power import SOURCE

Method = Literal["fixed_point", "iterate", "given", "feenstra"]
Status = Literal[
    "converged", "closed_form", "estimated", "at_bound", "given",
    "stopped_near_fixed_point", "did_not_settle", "inelastic", "too_few", "not_in_table",
]  # fmt: skip
SETTLED: tuple[Status, ...] = ("converged", "closed_form", "estimated", "given")
UNKNOWN: tuple[Status, ...] = ("too_few", "not_in_table")  # nothing was tried, so nothing can have converged

LEAST_EXPORTERS = 10
WINSORISE = 0.01
STEPS = 1000
TOLERANCE = 1e-4
STILL = 50  # steps over which β must stand still; a repelling fixed point is passed more quickly than that


@dataclass(frozen=True)
class Elasticities:
    """One elasticity per market (product and year), with how it came about.

    Parameters
    ----------
    sigma : σ_j; NaN where there is no estimate.
    status : how the estimate ended, one of `Status`.
    exporters : exporters with price and quantity.
    steps : steps of the iteration, or years of the panel; NaN where neither means anything.
    """

    sigma: Values
    status: NDArray[np.object_]
    exporters: Values
    steps: Values


SIGMA = Indicator(
    "sigma",
    Text("Elasticity of substitution", "替代弹性"),
    "1",
    Text("Elasticity of substitution between exporters of the product", "该产品各出口国之间的替代弹性"),
    formula="σ_j, by `sigma_method`",
    undefined=Text(
        "null with too few exporters, where the product is inelastic, or where the method does not settle",
        "出口国过少、缺乏弹性或方法不收敛时为空",
    ),
    source=f"{SOURCE}, eq. 22",
)
SIGMA_METHOD = Indicator(
    "sigma_method",
    Text("Method of the elasticity", "弹性估计方法"),
    "text",
    Text("iterate, fixed_point, feenstra or given", "迭代、不动点、Feenstra 或外部给定"),
    source=SOURCE,
)
SIGMA_STATUS = Indicator(
    "sigma_status",
    Text("How the estimate ended", "估计状态"),
    "text",
    Text(
        "converged, closed form, estimated, given; or stopped near the fixed point by accident, did not settle, at a bound, "
        "inelastic, too few exporters, not in the table",
        "收敛、闭式解、已估计、外部给定；或偶然停止、不收敛、在边界、缺乏弹性、出口国过少、表中无此产品",
    ),
    source=SOURCE,
)
CONVERGED = Indicator(
    "converged",
    Text("Settled", "是否收敛"),
    "flag",
    Text(
        "1 if the method arrived at an elasticity by its own rule, 0 if it did not",
        "方法按自身规则得到弹性为1，否则为0",
    ),
    undefined=Text("null where nothing could be tried", "无从估计时为空"),
    source=SOURCE,
)


def winsorise(x: Values, tail: float) -> Values:
    """Values with their lowest and highest `tail` drawn in to the quantiles there; 0 leaves them as they are."""
    if tail <= 0:
        return x
    low, high = np.quantile(x, [tail, 1 - tail])
    return np.clip(x, low, high)


def closed_form(x: Values, y: Values) -> float:
    """The fixed point of the iteration: σ̂ = −(v_y + c)/(v_x + c); NaN where v_x + c ≥ 0 (inelastic).

    Equal to −cov(y, x+y)/cov(x, x+y), the slope of quantity on price with log value as instrument. Consistent when quality
    is uncorrelated with value for money; with κ = cov(ln a, z), σ̂ − σ = κ(σ−1)/(var z − κ).

    Examples
    --------
    >>> x = np.log([1.0, 2.0, 4.0])
    >>> round(closed_form(x, -3 * x), 12)
    3.0
    """
    x, y = x - x.mean(), y - y.mean()
    value = x + y
    below = float(x @ value)
    # An exact zero cannot be told from rounding, so what is as small as rounding counts as zero.
    if below >= -1e-12 * float(x @ x + np.abs(x) @ np.abs(y)):
        return np.nan
    return -float(y @ value) / below


@dataclass(frozen=True)
class Path:
    """The printed iteration for one market.

    Parameters
    ----------
    beta : β of every step.
    status : "converged", "stopped_near_fixed_point" or "did_not_settle".
    sigma : β where it stopped, NaN where it did not.
    step : the step at which it stopped, or how many were made.
    """

    beta: Values
    status: Status
    sigma: float
    step: int


def iterate(x: Values, y: Values, *, steps: int = STEPS, tolerance: float = TOLERANCE, still: int = STILL) -> Path:
    """The steps of eq. 22 as printed, with a limit.

    Start at ln a = 0; regress y on ln a − x; take β as σ and ln a = −(α+ε) = −y + β(ln a − x); repeat. Rebuilding Q and P
    (eq. 10, 11) moves only the constant, so it does not enter β and is left out here.

    Parameters
    ----------
    tolerance : β stands still when it moves by less than this in one step.
    still : steps in a row over which it must stand still to have converged; a single still step is an accidental stop.
    """
    x, y = x - x.mean(), y - y.mean()
    log_quality = np.zeros(len(x))
    betas: list[float] = []
    stopped, run = 0, 0
    for step in range(steps):
        z = log_quality - x
        spread = float(z @ z)
        if spread <= 0 or not np.isfinite(spread):
            break
        betas.append(float(y @ z) / spread)
        log_quality = -y + betas[-1] * z
        moved = abs(betas[-1] - betas[-2]) if step else np.inf
        run = run + 1 if moved < tolerance else 0
        if run == 1 and not stopped:
            stopped = step
        if run >= still:
            return Path(np.array(betas), "converged", betas[-1], step + 1)
    path = np.array(betas)
    if stopped:
        return Path(path, "stopped_near_fixed_point", betas[stopped], stopped + 1)
    return Path(path, "did_not_settle", np.nan, len(betas))


def estimate_by_market(
    exports_priced_usd: Values,
    exports_t: Values,
    markets: Groups,
    method: Literal["iterate", "fixed_point"] = "fixed_point",
    *,
    least: int = LEAST_EXPORTERS,
    tail: float = WINSORISE,
    steps: int = STEPS,
) -> Elasticities:
    """σ_j of every market from its own exporters, by the closed form or the printed iteration.

    Parameters
    ----------
    least : fewest exporters with price and quantity; below, the market is `too_few`.
    tail : share drawn in at each end of ln p and ln q, for the estimation only.
    """
    sells = (exports_priced_usd > 0) & (exports_t > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        x, y = np.log(exports_priced_usd / exports_t), np.log(exports_t)
    sigma, taken = np.full(markets.count, np.nan), np.full(markets.count, np.nan)
    status = np.full(markets.count, "too_few", dtype=object)
    for market, members in enumerate(markets.members()):
        own: Codes = members[sells[members]]
        if len(own) < least:
            continue
        log_price, log_quantity = winsorise(x[own], tail), winsorise(y[own], tail)
        if method == "fixed_point":
            sigma[market] = closed_form(log_price, log_quantity)
            status[market] = "closed_form" if np.isfinite(sigma[market]) else "inelastic"
        else:
            path = iterate(log_price, log_quantity, steps=steps)
            taken[market], status[market] = path.step, path.status
            sigma[market] = path.sigma
            if path.status == "converged" and path.sigma <= 1:  # it settles only where σ̂ is inadmissible
                sigma[market], status[market] = np.nan, "inelastic"
    return Elasticities(sigma, status, markets.total(sells.astype(float)), taken)


def settled(status: NDArray[np.object_]) -> Values:
    """The column `converged`: 1, 0, or NaN where nothing could be tried."""
    return np.where(np.isin(status, UNKNOWN), np.nan, np.isin(status, SETTLED).astype(float))
