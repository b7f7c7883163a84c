"""From one classification of products to another: what goes where, with which weight, and how well that is known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from entrepot.cube.cells import Values

How = Literal["exact", "merged", "split_by_trade", "chosen", "split_equally"]
HOWS: tuple[How, ...] = get_args(How)
Integers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Conversion:
    """Where the value of each code goes.

    Parameters
    ----------
    from_codes, to_codes
        (F,) and (T,) codes of the two classifications, sorted.
    start
        (F + 1,) where the targets of each code begin in the two arrays below.
    target, weight
        (N,) position in `to_codes`, and the share of the code's value that goes there; the shares of a code add up to 1.
    how
        (F,) position in `HOWS`: "exact" one code is one code; "merged" it is one code that others go to as well; "split_by_trade"
        it is several, by the trade of each; where trade in one of them is not known, "chosen" it is those that the source converts
        to, "split_equally" all of them.
    """

    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]
    start: Integers
    target: Integers
    weight: Values
    how: NDArray[np.int8]

    @cached_property
    def place(self) -> dict[str, int]:
        """Code → position in `from_codes`."""
        return {code: number for number, code in enumerate(self.from_codes)}

    def places(self, codes: Iterable[str]) -> Integers:
        """Positions of codes in `from_codes`, −1 where a code corresponds to nothing."""
        return np.array([self.place.get(code, -1) for code in codes], dtype=np.intp)

    def by_target(self) -> dict[str, dict[str, float]]:
        """Target code → the codes that go into it, with the share of each that does."""
        found: dict[str, dict[str, float]] = {}
        owner = np.repeat(np.arange(len(self.from_codes)), np.diff(self.start))
        for one, other, share in zip(owner.tolist(), self.target.tolist(), self.weight.tolist(), strict=True):
            found.setdefault(self.to_codes[other], {})[self.from_codes[one]] = share
        return found


@dataclass(frozen=True, slots=True)
class Carried:
    """Amounts in the other classification, before amounts of one code are summed.

    Parameters
    ----------
    row : (M,) which of the amounts given each comes from.
    target : (M,) position in `Conversion.to_codes`.
    weight : (M,) the part of it that goes there.
    """

    row: Integers
    target: Integers
    weight: Values

    def of(self, amount: Values) -> Values:
        """The parts of further amounts of the same rows."""
        return amount[self.row] * self.weight


@dataclass(frozen=True, slots=True)
class Shares:
    """How well a value was carried over: fractions of it that add up to 1 (all 0 where there is no value).

    `value_usd` is the whole value given, `lost` the fraction whose code corresponds to nothing.
    """

    value_usd: float
    exact: float
    merged: float
    split_by_trade: float
    chosen: float
    split_equally: float
    lost: float


def conversion(
    pairs: Iterable[tuple[str, str]], trade: Mapping[str, float], preferred: Iterable[tuple[str, str]] = ()
) -> Conversion:
    """Weights of a correspondence: w(a → b) = V_b / Σ V over the codes that a corresponds to.

    A code that corresponds to several is split by the trade V of those, where trade in **every** one of them is known. What is
    not in a data set need not be nothing: otherwise the code goes in equal parts to those that the source of the
    correspondence prefers, or to all where it prefers none or does not say.

    Parameters
    ----------
    pairs : codes that correspond, (from, to); the same pair twice counts once.
    trade : value by target code, in any unit; what is absent, zero or negative is not known.
    preferred : those of the pairs that the source converts by itself.

    Examples
    --------
    One code becomes two, of which the one trades three times as much; another is merged into the second of them.

    >>> found = conversion([("a", "x"), ("a", "y"), ("b", "y")], {"x": 3.0, "y": 1.0})
    >>> found.weight.tolist(), [HOWS[how] for how in found.how]
    ([0.75, 0.25, 1.0], ['split_by_trade', 'merged'])
    >>> conversion([("a", "x"), ("a", "y")], {"x": 3.0}).weight.tolist()
    [0.5, 0.5]
    >>> chosen = conversion([("a", "x"), ("a", "y")], {"x": 3.0}, [("a", "y")])
    >>> chosen.to_codes, [HOWS[how] for how in chosen.how]
    (('y',), ['chosen'])
    """
    ordered, likely = sorted(set(pairs)), set(preferred)
    reached = Counter(other for _, other in ordered)
    rows: list[tuple[str, str, float]] = []
    hows: dict[str, How] = {}
    for code, group in groupby(ordered, key=itemgetter(0)):
        targets = [other for _, other in group]
        value = [trade.get(other, 0.0) for other in targets]
        if len(targets) == 1:
            hows[code] = "exact" if reached[targets[0]] == 1 else "merged"
            value = [1.0]
        elif min(value) > 0:
            hows[code] = "split_by_trade"
        else:
            own = [other for other in targets if (code, other) in likely]
            hows[code], targets = ("chosen", own) if 0 < len(own) < len(targets) else ("split_equally", targets)
            value = [1.0] * len(targets)
        rows += [(code, other, one / sum(value)) for other, one in zip(targets, value, strict=True)]
    return _arrays(rows, hows)


def _arrays(rows: Sequence[tuple[str, str, float]], hows: Mapping[str, How]) -> Conversion:
    counts = Counter(code for code, _, _ in rows)
    to_codes, target = np.unique(np.array([other for _, other, _ in rows], dtype=np.str_), return_inverse=True)
    return Conversion(
        tuple(hows),
        tuple(to_codes.tolist()),
        np.cumsum([0, *(counts[code] for code in hows)], dtype=np.intp),
        target.astype(np.intp),
        np.array([weight for _, _, weight in rows], dtype=np.float64),
        np.array([HOWS.index(how) for how in hows.values()], dtype=np.int8),
    )


def carry(conversion: Conversion, places: Integers) -> Carried:
    """Part rows among the codes that theirs correspond to; rows without any are left out.

    Parameters
    ----------
    places : (N,) position of each row's code in `Conversion.from_codes`, −1 where it is not there.

    Examples
    --------
    >>> found = conversion([("a", "x"), ("a", "y")], {})
    >>> parted = carry(found, found.places(["a", "c"]))
    >>> parted.row.tolist(), parted.of(np.array([10.0, 4.0])).tolist()
    ([0, 0], [5.0, 5.0])
    """
    kept = np.flatnonzero(places >= 0)
    counts = np.diff(conversion.start)[places[kept]]
    row = np.repeat(kept, counts)
    begins = np.repeat(conversion.start[places[kept]], counts)
    # How many targets of its own row lie before each.
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = begins + within
    return Carried(row, conversion.target[at], conversion.weight[at])


def shares(conversion: Conversion, places: Integers, value: Values) -> Shares:
    """Which fraction of a value was carried over how; see `Shares`.

    Examples
    --------
    >>> found = conversion([("a", "x"), ("a", "y"), ("b", "z")], {})
    >>> shares(found, found.places(["a", "b", "c"]), np.array([2.0, 5.0, 3.0]))
    Shares(value_usd=10.0, exact=0.5, merged=0.0, split_by_trade=0.0, chosen=0.0, split_equally=0.2, lost=0.3)
    """
    lost = len(HOWS)
    way = np.append(conversion.how, lost)[places]
    amounts = np.bincount(way, value, lost + 1)
    total = float(value.sum())
    fractions = amounts / total if total > 0 else np.zeros(lost + 1)
    return Shares(total, *(float(fraction) for fraction in fractions))
