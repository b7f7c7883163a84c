"""Where a change of power comes from: log-mean Divisia, which leaves nothing over (section 5 of the source's uses)."""

from dataclasses import dataclass

import numpy as np

from entrepot.cube.cells import Values


def log_mean(a: Values, b: Values) -> Values:
    """L(a, b) = (b − a)/(ln b − ln a), L(a, a) = a; NaN unless both are positive.

    Examples
    --------
    >>> log_mean(np.array([1.0, 2.0]), np.array([np.e, 2.0])).round(12).tolist()
    [1.718281828459, 2.0]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.log(b / a)
        # b − a = a·expm1(ln b/a), so the quotient stays exact where b is nearly a.
        mean = np.where(ratio == 0, a, a * np.expm1(ratio) / np.where(ratio == 0, 1.0, ratio))
        return np.where((a > 0) & (b > 0), mean, np.nan)


@dataclass(frozen=True)
class Parts:
    """A change split exactly: share + price + mix + entry_exit = change, entry by entry."""

    change: Values
    share: Values
    price: Values
    mix: Values
    entry_exit: Values


def divisia(
    share: tuple[Values, Values], factor: tuple[Values, Values], weight: tuple[Values, Values] | None = None
) -> Parts:
    """Parts of the change of weight × TLC × FP between two years.

    Parameters
    ----------
    share, factor : TLC and FP in the first and the second year; FP may be NaN where TLC is 0.
    weight : the product's (and side's) weight in the total, R_j/R; left out for one product, whose weight is 1 and whose
        mix part is therefore 0.

    A term that is 0 in one of the years has no logarithm: its whole change is `entry_exit`.

    Examples
    --------
    >>> one = lambda x: np.array([x])
    >>> parts = divisia((one(0.1), one(0.2)), (one(1.0), one(1.0)))
    >>> float(parts.share[0]), float(parts.price[0])
    (0.1, 0.0)
    """
    before, after = ((np.ones_like(s), np.ones_like(s)) for s in (share[0], share[1]))
    weights = (before[0], after[0]) if weight is None else weight
    first, second = (np.where(share[t] == 0, 0.0, np.nan_to_num(weights[t] * share[t] * factor[t])) for t in (0, 1))
    both = (first > 0) & (second > 0)
    mean = np.where(both, log_mean(first, second), 0.0)

    def part(pair: tuple[Values, Values]) -> Values:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(both, mean * np.log(pair[1] / pair[0]), 0.0)

    change = second - first
    return Parts(change, part(share), part(factor), part(weights), np.where(both, 0.0, change))


@dataclass(frozen=True)
class PriceParts:
    """Δln p = Δln(1+g) + Δln(wv): what the mark-up and what the cost added to a price."""

    change: Values
    markup: Values
    cost: Values


def price_parts(price: tuple[Values, Values], markup: tuple[Values, Values]) -> PriceParts:
    """Change of the log price between two years, split into mark-up and marginal cost; NaN where a mark-up is unknown.

    Examples
    --------
    >>> parts = price_parts((np.array([2.0]), np.array([3.0])), (np.array([1.0]), np.array([0.5])))
    >>> float(parts.markup[0].round(6)), float(parts.cost[0].round(6))
    (-0.287682, 0.693147)
    """
    change = np.log(price[1] / price[0])
    of_markup = np.log1p(markup[1]) - np.log1p(markup[0])
    return PriceParts(change, of_markup, change - of_markup)
