"""Carrying value from one classification to another: by hand, by a plain twin, and what holds whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.formulas.concordance import HOWS, carry, conversion, shares

# a is x and nothing else is; b and c both become y; d is split into y and z, which trade 30 and 10; e is split into u and v,
# of which v trades nothing; f into p and q, of which the source converts to q; g corresponds to nothing.
PAIRS = [
    ("a", "x"), ("b", "y"), ("c", "y"), ("d", "y"), ("d", "z"), ("e", "u"), ("e", "v"), ("f", "p"), ("f", "q"),
]  # fmt: skip
TRADE = {"x": 99.0, "y": 30.0, "z": 10.0, "u": 5.0, "p": 7.0}


def test_by_hand():
    way = conversion(PAIRS, TRADE, [("f", "q"), ("d", "z")])
    places = way.places(list("abcdefg"))
    value = np.array([100.0, 10.0, 20.0, 40.0, 60.0, 8.0, 12.0])
    parts = carry(way, places)
    found: dict[str, float] = {}
    for target, amount in zip(parts.target, parts.of(value), strict=True):
        found[way.to_codes[target]] = found.get(way.to_codes[target], 0.0) + amount
    # y: 10 + 20 + 40 · 30/(30 + 10) = 60;  z: 40 · 10/40 = 10;  u, v: 60/2 each;  q: 8, what the source converts to.
    assert found == pytest.approx({"x": 100.0, "y": 60.0, "z": 10.0, "u": 30.0, "v": 30.0, "q": 8.0})
    told = shares(way, places, value)
    assert told.value_usd == 250.0
    assert (told.exact, told.merged, told.split_by_trade, told.chosen, told.split_equally, told.lost) == pytest.approx(
        (100 / 250, 30 / 250, 40 / 250, 8 / 250, 60 / 250, 12 / 250)
    )


def twin(pairs, trade, preferred, value):
    """The same in plain Python: value by target code, value by way it went."""
    goes, ways = {}, dict.fromkeys((*HOWS, "lost"), 0.0)
    for code, amount in value.items():
        to = sorted({other for one, other in pairs if one == code})
        if not to:
            ways["lost"] += amount
            continue
        if len(to) == 1:
            others = {one for one, other in pairs if other == to[0]}
            weight, how = {to[0]: 1.0}, "exact" if others == {code} else "merged"
        elif all(trade.get(other, 0.0) > 0 for other in to):
            weight, how = {other: trade[other] / sum(trade[o] for o in to) for other in to}, "split_by_trade"
        else:
            liked = [other for other in to if (code, other) in preferred]
            how = "chosen" if 0 < len(liked) < len(to) else "split_equally"
            kept = liked if how == "chosen" else to
            weight = {other: 1 / len(kept) for other in kept}
        ways[how] += amount
        for other, share in weight.items():
            goes[other] = goes.get(other, 0.0) + amount * share
    return goes, ways


CODES = st.sampled_from("abcdef")
WORLDS = st.tuples(
    st.lists(st.tuples(CODES, st.sampled_from("uvwxyz")), max_size=14),
    st.dictionaries(st.sampled_from("uvwxyz"), st.floats(0, 1e9), max_size=6),
    st.dictionaries(CODES, st.floats(1e-3, 1e12), min_size=1, max_size=6),
    st.integers(0, 3),
)


@given(WORLDS)
def test_the_twin_agrees_nothing_is_made_or_forgotten_and_units_do_not_matter(world):
    pairs, trade, value, liked = world
    preferred = set(pairs[:liked])
    way = conversion(pairs, trade, preferred)
    codes, amounts = list(value), np.array(list(value.values()))
    places = way.places(codes)
    parts = carry(way, places)
    summed: dict[str, float] = {}
    for target, amount in zip(parts.target, parts.of(amounts), strict=True):
        summed[way.to_codes[target]] = summed.get(way.to_codes[target], 0.0) + float(amount)
    goes, ways = twin(pairs, trade, preferred, value)
    assert summed == pytest.approx(goes, rel=1e-9)
    told = shares(way, places, amounts)
    total = amounts.sum()
    for how in (*HOWS, "lost"):
        assert getattr(told, how) * total == pytest.approx(ways[how], rel=1e-9, abs=1e-6 * total)
    # What arrives and what is lost add up to what was given.
    assert sum(summed.values()) + told.lost * total == pytest.approx(total, rel=1e-9)
    # The unit of trade or value changes no weight and no share.
    again = conversion(pairs, {code: 1e-3 * amount for code, amount in trade.items()}, preferred)
    np.testing.assert_allclose(again.weight, way.weight, rtol=1e-9)
    scaled = shares(way, places, 1e3 * amounts)
    assert (scaled.exact, scaled.lost) == pytest.approx((told.exact, told.lost), rel=1e-9)
    # The order of pairs does not matter either.
    turned = conversion(reversed(pairs), trade, preferred)
    assert turned.to_codes == way.to_codes
    np.testing.assert_array_equal(turned.weight, way.weight)


def test_the_way_back_to_who_goes_where():
    way = conversion(PAIRS, TRADE)
    assert way.by_target()["y"] == {"b": 1.0, "c": 1.0, "d": 0.75}
    empty = conversion([], {})
    assert (empty.by_target(), carry(empty, empty.places(["a"])).row.tolist()) == ({}, [])
    assert shares(way, way.places([]), np.zeros(0)).exact == 0.0
