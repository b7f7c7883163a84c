"""A basket worked by hand, and what must hold for any basket."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.analyses.basket import JOINED, RECOMPUTED, SUMMED, UNCHANGED, WEIGHTED, merged_numbers
from entrepot.analyses.columns import COLUMN_ORDER
from entrepot.formulas.basket import basket_mean, basket_share, basket_total

NAN = np.nan
# Two products in three markets. A market buys 300 and 100 of them; the second only the first product, in another year
# nothing of the second; the third bought nothing in the year, but in the window.
#
#                     market 1        market 2      market 3
#   V (first, second)  60, 10          20, –         0, 0
#   V_j                300, 100        50, –         0, 0
#   gravity share      0.25, 0.40      0.3, –        0, 0
#   t with quantity    30 of 60, –     10 of 20, –   –
#   duty               10 %, 2 %       4 %, –        6 %, 2 %
#   SD                 1.02, –         1.01, –       1.0, 1.2
STACK = {
    "served": [[1, 1, 0], [1, NAN, 0]],
    "value_usd": [[60, 20, 0], [10, NAN, 0]],
    "market_size_usd": [[300, 50, 0], [100, NAN, 0]],
    "gravity_share": [[0.25, 0.3, 0], [0.40, NAN, 0]],
    "quantity_t": [[30, 10, NAN], [NAN, NAN, NAN]],
    "potential_static_usd": [[63, 18, 0], [13, NAN, 0]],
    "unrealised_usd": [[15, 0, 0], [30, NAN, 0]],
    "potential_usd": [[70, 19, 0], [NAN, NAN, 0]],
    "tariff": [[0.10, 0.04, 0.06], [0.02, NAN, 0.02]],
    "sd": [[1.02, 1.01, 1.0], [NAN, NAN, 1.2]],
    "period_value_usd": [[60, 20, 0], [10, NAN, 0]],
    "period_priced_value_usd": [[60, 20, 0], [0, NAN, 0]],
    "period_quantity_t": [[30, 10, 0], [0, NAN, 0]],
}
STACK = {name: np.array(x, dtype=float) for name, x in STACK.items()}
HISTORY = np.array([[35.0, 0, 0], [70.0, 20, 0]])  # the basket's flow in a window of two years


def test_a_basket_worked_by_hand():
    merged = merged_numbers(STACK, HISTORY, "intervals")
    values, coverage = merged.values, merged.coverage
    expected = {
        "value_usd": [70, 20, 0],
        "market_size_usd": [400, 50, 0],
        "share_in_market": [70 / 400, 20 / 50, 0],
        # (0.25·300 + 0.40·100) / 400 = 115 / 400
        "gravity_share": [115 / 400, 0.3, 0],
        "gap": [45 / 400, -0.1, 0],
        # max(0, 75 − 60) + max(0, 40 − 10): what one product falls short of is not made up by another.
        "unrealised_usd": [45, 0, 0],
        "potential_static_usd": [76, 18, 0],
        "potential_usd": [70, 19, 0],
        "quantity_t": [30, 10, NAN],
        "quantity_coverage": [60 / 70, 1, NAN],
        "price_usd_t": [2, 2, NAN],
        # (300·10 % + 100·2 %) / 400; the third market bought nothing, so the plain mean.
        "tariff": [0.08, 0.04, 0.04],
        # Known for the first product only, 300 of 400; in the third market for both.
        "sd": [1.02, 1.01, 1.1],
        "served": [1, 1, 0],
        "cagr": [1, NAN, NAN],  # 70/35 − 1 over one interval
        "lyg": [(70 - 52.5) / 52.5, 1, NAN],
    }
    for name, x in expected.items():
        np.testing.assert_allclose(values[name], x, rtol=1e-12, atol=1e-15, err_msg=name)
    assert merged.growth_basis.tolist() == ["cagr+lyg 2/2", "lyg 2/2", ""]
    assert coverage["sd"].tolist() == [0.75, 1, 1]
    assert coverage["potential_usd"].tolist() == [0.75, 1, 1]
    assert "tariff" not in coverage
    assert "value_usd" not in coverage


def test_a_parameter_of_a_product_that_weighs_nothing_does_not_stand_for_the_others():
    mean = basket_mean(np.array([[NAN], [0.05]]), np.array([[100.0], [0.0]]))
    assert np.isnan(mean.value[0])
    assert mean.coverage[0] == 0


def test_every_column_of_an_answer_has_one_way_into_a_basket():
    keys = {"exporter", "importer", "product", "year"} | {"score", "rank", "rank_low", "rank_high", "weight_present"}
    ways = [*SUMMED, *RECOMPUTED, *UNCHANGED, *WEIGHTED, *JOINED]
    assert len(ways) == len(set(ways))
    assert set(ways) - {"tariff_lines_left_out"} == set(COLUMN_ORDER) - keys


@st.composite
def baskets(draw, products=None):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = products or int(rng.integers(1, 6))
    rows = int(rng.integers(1, 8))
    shape = (count, rows)
    there = rng.random(shape) < 0.8
    there[int(rng.integers(count))] = True  # every market buys one of them

    def part(x, holes=0.0):
        return np.where(there & (rng.random(shape) >= holes), x, NAN)

    size = rng.lognormal(3, 2, shape) * (rng.random(shape) < 0.9)
    value = size * rng.random(shape) * (rng.random(shape) < 0.7)
    priced = value * rng.choice([0, 0.7, 1], shape)
    gravity = np.where(size > 0, rng.random(shape), 0.0)
    static = (1 + gravity) * value
    return {
        "served": part((value > 0).astype(float)),
        "value_usd": part(value),
        "market_size_usd": part(size),
        "gravity_share": part(gravity),
        "quantity_t": part(np.where(priced > 0, priced / 3, NAN)),
        "potential_static_usd": part(static),
        "potential_usd": part(static * 1.1),
        "unrealised_usd": part(np.maximum(0, gravity * size - value)),
        "tariff": part(rng.uniform(0, 0.5, shape), holes=0.3),
        "sd": part(rng.uniform(0.9, 1.1, shape)),
        "period_value_usd": part(value),
        "period_priced_value_usd": part(priced),
        "period_quantity_t": part(priced / 3),
    }


def history_of(stack):
    return np.vstack([np.nansum(stack["value_usd"], axis=0) * k for k in (0.5, 0.8, 1.0)])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(baskets(products=1))
def test_a_basket_of_one_is_the_product(stack):
    stack = {name: x[:, np.isfinite(stack["served"][0])] for name, x in stack.items()}
    values = merged_numbers(stack, history_of(stack), "window").values
    for name in ("value_usd", "market_size_usd", "unrealised_usd", "tariff", "sd", "potential_usd", "gravity_share"):
        np.testing.assert_allclose(values[name], stack[name][0], rtol=1e-12, err_msg=name)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(baskets(), st.randoms(use_true_random=False))
def test_the_order_of_the_products_does_not_matter(stack, random):
    order = list(range(len(stack["served"])))
    random.shuffle(order)
    one = merged_numbers(stack, history_of(stack), "window").values
    other = merged_numbers({name: x[order] for name, x in stack.items()}, history_of(stack), "window").values
    for name, x in one.items():
        np.testing.assert_allclose(x, other[name], rtol=1e-12, atol=1e-15, err_msg=name)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(baskets())
def test_sums_add_up_and_means_lie_between(stack):
    merged = merged_numbers(stack, history_of(stack), "window")
    values, coverage = merged.values, merged.coverage
    sold, size = values["value_usd"], values["market_size_usd"]
    np.testing.assert_allclose(values["share_in_market"] * size, np.where(size > 0, sold, 0), rtol=1e-12, atol=1e-15)
    expected = np.nansum(stack["gravity_share"] * stack["market_size_usd"], axis=0)
    np.testing.assert_allclose(values["gravity_share"] * size, expected, rtol=1e-12, atol=1e-15)
    assert (values["unrealised_usd"] >= values["gap"] * size - 1e-9 * (1 + size)).all(), "nothing offsets a shortfall"
    known = np.isfinite(values["tariff"])
    low, high = np.nanmin(stack["tariff"][:, known], axis=0), np.nanmax(stack["tariff"][:, known], axis=0)
    assert (values["tariff"][known] >= low - 1e-12).all()
    assert (values["tariff"][known] <= high + 1e-12).all()
    assert all((x > 0).all() and (x <= 1).all() for x in coverage.values())


def test_sums_of_nothing_are_nothing():
    assert np.isnan(basket_total(np.full((2, 1), NAN))).all()
    assert np.isnan(basket_share(np.full((2, 1), NAN), np.ones((2, 1)))).all()


@pytest.mark.parametrize("weight", [[[3.0], [1.0]], [[30.0], [10.0]]])
def test_only_proportions_of_weight_matter(weight):
    assert basket_mean(np.array([[1.0], [5.0]]), np.array(weight)).value[0] == 2
