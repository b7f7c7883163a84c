"""Every index of the micro laboratory by hand, with the arithmetic written out."""

from fractions import Fraction

import numpy as np
import pytest

from entrepot.cube.groups import Groups
from entrepot.formulas.allocation.companions import expy, head_ries, herfindahl, log_destinations, owner_share, prody
from entrepot.formulas.allocation.dispersion import (
    nearest_mean,
    relative_deviation,
    relative_mean_deviation,
    rmd,
    rmd1,
    rmd2,
)
from entrepot.formulas.allocation.exchange import Presence, ico, iv_ico
from entrepot.formulas.allocation.product_space import advantage, co_exports, market_centre, proximity
from entrepot.formulas.allocation.quality import feng_quality, quality

ONE = Groups(np.zeros(7, int), 1)
PRICE, QUALITY = np.arange(2.0, 16.0, 2.0), np.arange(1.0, 8.0)
FIRMS = np.arange(7)
# Firms a … g with quality 1 … 7 and prices 2, 4 … 14. For d, a and g are equally near: a comes first.
NEAREST = [
    Fraction(4 + 6 + 8 + 10 + 12, 5),  # a: b c d e f
    Fraction(2 + 6 + 8 + 10 + 12, 5),  # b: a c d e f
    Fraction(4 + 8 + 2 + 10 + 12, 5),  # c: b d, a e, f
    Fraction(6 + 10 + 4 + 12 + 2, 5),  # d: c e, b f, a (not g)
    Fraction(8 + 12 + 6 + 14 + 4, 5),  # e: d f, c g, b
    Fraction(10 + 14 + 8 + 6 + 4, 5),  # f: e g, d, c, b
    Fraction(12 + 10 + 8 + 6 + 4, 5),  # g: f e d c b
]


def test_seven_firms_and_their_five_nearest():
    found = nearest_mean(PRICE, QUALITY, FIRMS, ONE, 5)
    np.testing.assert_allclose(found, [float(x) for x in NEAREST], rtol=1e-15)
    squares = [((Fraction(int(p)) - mean) / mean) ** 2 for p, mean in zip(PRICE, NEAREST, strict=True)]
    # (9/16 + (9/19)² + 1/36 + (3/17)² + (3/22)² + (3/7)² + 9/16) / 7
    assert squares == [
        Fraction(9, 16),
        Fraction(81, 361),
        Fraction(1, 36),
        Fraction(9, 289),
        Fraction(9, 484),
        Fraction(9, 49),
        Fraction(9, 16),
    ]
    np.testing.assert_allclose(rmd(PRICE, QUALITY, FIRMS, ONE, 5, "level", 2), [float(sum(squares) / 7)], rtol=1e-14)
    absolute = [abs((Fraction(int(p)) - mean) / mean) for p, mean in zip(PRICE, NEAREST, strict=True)]
    np.testing.assert_allclose(rmd(PRICE, QUALITY, FIRMS, ONE, 5, "level", 1), [float(sum(absolute) / 7)], rtol=1e-14)


def test_with_more_neighbours_than_others_all_others_are_taken():
    mean = (56 - PRICE) / 6
    expected = (((PRICE - mean) / mean) ** 2).mean()
    np.testing.assert_allclose(rmd1(PRICE, QUALITY, FIRMS, ONE, 5, "level", 2), [expected], rtol=1e-14)


def test_the_order_of_codes_breaks_ties_and_nothing_else_does():
    """With the codes turned round, d takes g instead of a: (6+10+4+12+14)/5."""
    found = nearest_mean(PRICE, QUALITY, FIRMS[::-1], ONE, 5)
    np.testing.assert_allclose(found[3], (6 + 10 + 4 + 12 + 14) / 5, rtol=1e-15)
    np.testing.assert_allclose(np.delete(found, 3), [float(x) for k, x in enumerate(NEAREST) if k != 3], rtol=1e-15)


def test_firms_of_one_quality_are_nearest_to_each_other():
    """Qualities 1, 1, 1, 2; one neighbour each: a takes b, b takes a, c takes a, d takes a."""
    found = nearest_mean(
        np.array([1.0, 2.0, 4.0, 8.0]), np.array([1.0, 1.0, 1.0, 2.0]), FIRMS[:4], Groups(np.zeros(4, int), 1), 1
    )
    assert found.tolist() == [2.0, 1.0, 1.0, 1.0]


def test_nearness_in_logs_is_another_nearness():
    """From 2, the quality 1 is nearer than 3.5 in levels; in logs ln 2 > ln 1.75."""
    price, own = np.array([1.0, 2.0, 4.0]), Groups(np.zeros(3, int), 1)
    found = [
        nearest_mean(price, np.array([1.0, 2.0, 3.5]), FIRMS[:3], own, 1, metric)[1] for metric in ("level", "log")
    ]
    assert found == [1.0, 4.0]


def test_a_firm_alone_has_no_dispersion():
    two = Groups(np.array([0, 1, 1]), 3)
    price, good = np.array([5.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])
    np.testing.assert_array_equal(np.isnan(rmd(price, good, FIRMS[:3], two, 5, "level", 2)), [True, False, True])
    np.testing.assert_array_equal(np.isnan(rmd2(price, good, two)), [True, False, True])
    # |1/2 − 1|² and |2/1 − 1|²
    np.testing.assert_allclose(rmd(price, good, FIRMS[:3], two, 5, "level", 2)[1], (0.25 + 1) / 2)


def test_price_over_quality():
    """Y = 1, 3, 8: mean 4, deviations 3/4, 1/4, 1."""
    y = rmd2(np.array([2.0, 3.0, 4.0]), np.array([2.0, 1.0, 0.5]), Groups(np.zeros(3, int), 1))
    np.testing.assert_allclose(y, [(0.75 + 0.25 + 1) / 3], rtol=1e-15)
    np.testing.assert_allclose(relative_mean_deviation(np.array([1.0, 3.0, 8.0]), Groups(np.zeros(3, int), 1)), y)
    np.testing.assert_allclose(
        relative_deviation(np.array([2.0]), np.array([4.0]), Groups(np.zeros(1, int), 1), 2), [0.25]
    )


def presence(*regions):
    """regions: lists of firms by destination."""
    entries = [(p, c, n) for p, counts in enumerate(regions) for c, n in enumerate(counts) if n]
    region, destination, firms = (np.array(x) for x in zip(*entries, strict=True))
    return Presence(np.zeros_like(region), region, destination, firms.astype(float), len(regions), 3)


def test_two_regions_and_three_destinations():
    """Firms (3, 1, 0) and (1, 1, 2): shares (¾, ¼, 0), (¼, ¼, ½); each meets itself by 1, the other by ¼ + ¼ = ½."""
    two = presence([3, 1, 0], [1, 1, 2])
    assert ico(two, True).tolist() == [(1 + 0.5) / 2] * 2
    assert ico(two, False).tolist() == [0.5, 0.5]
    mates = np.array([[1], [0]])
    # N − 1 = 1 region besides p, and that is p̃ itself, which meets itself by 1.
    assert iv_ico(two, mates, True).tolist() == [1.0, 1.0]
    assert np.isnan(iv_ico(two, mates, False)).all()  # nobody is left


def test_three_regions_and_their_neighbours():
    """Shares (¾, ¼, 0), (¼, ¼, ½), (0, ½, ½): overlaps 1-2 ½, 1-3 ¼, 2-3 ¼ + ½ = ¾."""
    three = presence([3, 1, 0], [1, 1, 2], [0, 2, 2])
    np.testing.assert_allclose(ico(three, True), [(1 + 0.5 + 0.25) / 3, (0.5 + 1 + 0.75) / 3, (0.25 + 0.75 + 1) / 3])
    np.testing.assert_allclose(ico(three, False), [0.75 / 2, 1.25 / 2, 1.0 / 2])
    mates = np.array([[1, 2], [2, 0], [1, 0]])
    # p = 1: p̃ = 2 meets 2 by 1 and 3 by ¾. p = 2: p̃ = 3 meets 1 by ¼ and 3 by 1. p = 3: p̃ = 2 meets 1 by ½, 2 by 1.
    np.testing.assert_allclose(iv_ico(three, mates, True), [1.75 / 2, 1.25 / 2, 1.5 / 2])
    np.testing.assert_allclose(iv_ico(three, mates, False), [0.75, 0.25, 0.5])


def test_the_next_nearest_takes_the_place_of_a_region_that_does_not_export():
    codes = [np.array(x) for x in ([0, 0, 0, 1, 1], [0, 1, 2, 0, 2], [0, 0, 1, 0, 1])]
    two_markets = Presence(*codes, np.ones(5), 3, 2)
    cell, passed = two_markets.neighbour(np.array([[1, 2], [0, 2], [1, 0]]))
    # In the second market region 1 is absent: region 0 takes 2 and region 2 takes 0.
    assert two_markets.cell_region[cell].tolist() == [1, 0, 1, 2, 0]
    assert passed.tolist() == [0, 0, 0, 1, 1]
    alone = Presence(*(np.array([0]) for _ in range(3)), np.ones(1), 2, 1)
    assert ico(alone, True).tolist() == [1.0]
    assert np.isnan(ico(alone, False)).all()
    assert np.isnan(iv_ico(alone, np.array([[1], [0]]), True)).all()


def test_quality_is_the_residual_over_sigma_less_one():
    """A residual of 3·ln 2 at σ = 4 is twice the quality."""
    np.testing.assert_allclose(quality(np.log(np.array([8.0, 1.0])), 4.0), [2.0, 1.0])
    one = Groups(np.zeros(2, int), 1)
    # Demand 1 and 8 at like prices: qualities 1 and 2, mean 1.5.
    np.testing.assert_allclose(feng_quality(np.log(np.array([1.0, 8.0])), 4.0, one, one), [2 / 3, 4 / 3])


def test_companions():
    two = Groups(np.array([0, 0, 1]), 2)
    np.testing.assert_allclose(herfindahl(np.array([3.0, 1.0, 9.0]), two), [0.75**2 + 0.25**2, 1])
    np.testing.assert_allclose(owner_share(np.array([1.0, np.nan, 0.0]), two), [1.0, 0.0])
    np.testing.assert_allclose(log_destinations(np.array([1.0, 4.0, 0.0]), two, "n"), [np.log(4) / 2, np.nan])
    np.testing.assert_allclose(log_destinations(np.array([1.0, 4.0, 0.0]), two, "1+n"), [np.log(2 * 5) / 2, 0.0])
    # τ⁶ = (100·400)/(20·20) = 100 at σ = 4
    np.testing.assert_allclose(head_ries(*(np.array([x]) for x in (100.0, 400.0, 20.0, 20.0)), 4.0), [100 ** (1 / 6)])
    assert np.isnan(head_ries(*(np.array([x]) for x in (1.0, 1.0, 0.0, 1.0)), 4.0)).all()


def test_prody_and_expy():
    """A exports k1 10, k2 30 (shares ¼, ¾), B k1 10 (share 1): PRODY₁ = (¼·2 + 1·12)/(5/4) = 10, PRODY₂ = 2."""
    value, income = np.array([10.0, 30.0, 10.0]), np.array([2.0, 2.0, 12.0])
    k = Groups(np.array([0, 1, 0]), 2)
    found = prody(value, income, Groups(np.array([0, 0, 1]), 2), k)
    np.testing.assert_allclose(found, [10.0, 2.0])
    # A cell with 1 of k1 and 3 of k2: (10 + 6)/4; a line without PRODY counts in neither sum.
    np.testing.assert_allclose(
        expy(np.array([1.0, 3.0, 5.0]), np.array([10.0, 2.0, np.nan]), Groups(np.zeros(3, int), 1)), [4.0]
    )


def test_product_space():
    """Units 0: {a, b}, 1: {b, c}, 2: {b}: b is with a once, with c once, three export it: φ = 1/3; a and c never meet."""
    both = co_exports(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 2, 1]), 3)
    phi = proximity(both)
    np.testing.assert_allclose(phi, [[1, 1 / 3, 0], [1 / 3, 1, 1 / 3], [0, 1 / 3, 1]])
    assert market_centre(phi) == 1
    # x = 3 of 4 in the unit, product 6 of 12: (¾)/(½)
    assert advantage(np.array([3.0]), np.array([4.0]), np.array([6.0]), 12.0).tolist() == [1.5]


@pytest.mark.parametrize(("firms", "stated"), [(5, 0.21), (20, 0.49), (100, 0.76)])
def test_small_cells_understate_exchange(firms, stated):
    """Two regions whose firms choose alike among 20 destinations: the docs state how little they seem to meet."""
    worlds = 2000
    drawn = np.random.default_rng(2).integers(0, 20, (worlds * 2, firms))
    keys, n = np.unique(np.arange(worlds * 2)[:, None] * 20 + drawn, return_counts=True)
    pair, destination = keys // 20, keys % 20
    found = ico(Presence(pair // 2, pair % 2, destination, n.astype(float), 2, 20), False)
    assert found.mean() == pytest.approx(stated, abs=0.01)


@pytest.mark.parametrize("neighbours", [1, 5, 10])
def test_the_expected_dispersion_is_what_a_large_sample_gives(neighbours):
    from entrepot.formulas.allocation.expectation import expected_rmd, variance_for

    rng = np.random.default_rng(3)
    variance = 0.12
    draw = 1 + np.sqrt(3 * variance) * rng.uniform(-1, 1, (400_000, neighbours + 1))
    near = draw[:, 1:].mean(axis=1)
    squares = (draw[:, 0] / near - 1) ** 2
    found, error = squares.mean(), squares.std() / np.sqrt(len(squares))
    expected = expected_rmd(np.array([variance]), neighbours)
    assert abs(found - expected[0]) < 4 * error
    np.testing.assert_allclose(variance_for(expected, np.array([neighbours])), [variance], rtol=1e-5)
