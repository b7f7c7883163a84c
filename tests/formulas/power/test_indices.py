"""Trade power by hand, by twin, and what must hold in every market.

One product, four economies. A sells 60 US$ for 20 t, B 40 US$ for 20 t; C sells 10 US$ without a quantity. B buys 30 US$ for 20 t,
C 70 US$ for 20 t. So R = 100, Q = 40, P = 2.5: A's price 3 (FP 1.2, TLC 0.6), B's 2 (FP 0.8, TLC 0.4). Imports have P = 2.5 too:
B pays 1.5 (FP 5/3, TLC 0.3), C 3.5 (FP 5/7, TLC 0.7).
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.indicator import Indicator
from entrepot.cube.groups import Groups
from entrepot.formulas.power import REGISTRY
from entrepot.formulas.power.totals import mean_factor, over_products
from entrepot.formulas.power.variety import variety_adjusted_price
from tests.formulas.power.twin import power
from tests.formulas.power.worlds import worlds

NAN = np.nan
HAND = {
    "markets": Groups(np.zeros(4, dtype=int), 1),
    "exports_usd": np.array([60.0, 40, 10, 0]),
    "exports_priced_usd": np.array([60.0, 40, 0, 0]),
    "exports_counted_usd": np.array([60.0, 40, 0, 0]),
    "exports_t": np.array([20.0, 20, 0, 0]),
    "imports_usd": np.array([0.0, 30, 70, 0]),
    "imports_priced_usd": np.array([0.0, 30, 70, 0]),
    "imports_t": np.array([0.0, 20, 20, 0]),
    "sigma": np.full(4, 3.0),
    "average": "quantity",
}
COLUMNS = [name for name, entry in REGISTRY.entries.items() if entry.function]
TWIN = "tlc_export price_factor_export tpi_export tlc_import price_factor_import tpi_import tlc tpi market_power markup marginal_cost quality value_for_money".split()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("tlc_export", [0.6, 0.4, 0, 0]),
        ("price_factor_export", [1.2, 0.8, NAN, NAN]),
        ("tpi_export", [0.72, 0.32, 0, 0]),
        ("tlc_import", [0, 0.3, 0.7, 0]),
        ("price_factor_import", [NAN, 5 / 3, 5 / 7, NAN]),
        ("tpi_import", [0, 0.5, 0.5, 0]),  # the shares of quantity: the price drops out
        ("tlc", [0.3, 0.35, 0.35, 0]),  # E = M = 100
        ("tpi", [0.36, 0.41, 0.25, 0]),
        ("covered_share", [1, 1, 0.875, NAN]),  # C: 70 of 80
        ("tlc_all", [60 / 210, 70 / 210, 80 / 210, 0]),
        # σ_A = 3 − 2·0.6 = 1.8, σ_B = 2.2, mean 3 − 2/2 = 2
        ("market_power", [2 / 1.8, 2 / 2.2, NAN, NAN]),
        ("tpi_market_power", [0.6 * 2 / 1.8, 0.4 * 2 / 2.2, 0, 0]),
        ("markup", [1 / (2 * 0.4), 1 / (2 * 0.6), NAN, NAN]),
        ("marginal_cost", [3 / 2.25, 2 / (1 + 1 / 1.2), NAN, NAN]),
        ("quality", [1.2 * 0.6**0.5, 0.8 * 0.4**0.5, NAN, NAN]),
        ("value_for_money", [0.6**0.5, 0.4**0.5, NAN, NAN]),
    ],
)
def test_by_hand(column, expected):
    np.testing.assert_allclose(REGISTRY.resolve([column], HAND)[column], expected, rtol=1e-12)


def test_totals_by_hand():
    """A: product 1 (R/R = 0.4) TLC 0.6, FP 1.2; product 2 (0.6) TLC 0.1, FP 0.5: TLC 0.3, TPI 0.4·0.72 + 0.6·0.05 = 0.318."""
    owners = Groups(np.array([0, 0]), 1)
    weight = np.array([0.4, 0.6])
    share, power_ = (
        over_products(np.array([0.6, 0.1]), weight, owners),
        over_products(np.array([0.72, 0.05]), weight, owners),
    )
    np.testing.assert_allclose([share[0], power_[0]], [0.3, 0.318])
    # the same as Σ_j (r_ij/R_i) FP_ij with r/R_i = 0.24/0.3 and 0.06/0.3
    np.testing.assert_allclose(mean_factor(power_, share), [0.8 * 1.2 + 0.2 * 0.5])


def test_nobody_sells_with_a_quantity():
    found = REGISTRY.resolve(
        ["tlc_export", "tpi_export", "tpi"],
        {**HAND, "exports_priced_usd": np.zeros(4), "exports_counted_usd": np.zeros(4)},
    )
    assert np.isnan(found["tlc_export"]).all()
    assert np.isnan(found["tpi_export"]).all()
    np.testing.assert_allclose(found["tpi"], [0, 0.5, 0.5, 0])  # imports alone


@pytest.mark.parametrize("sigma", [np.nan, 1.0, 0.5])
def test_an_inadmissible_elasticity_gives_nothing(sigma):
    for column in ("market_power", "markup", "marginal_cost", "quality", "value_for_money"):
        assert np.isnan(REGISTRY.resolve([column], {**HAND, "sigma": np.full(4, sigma)})[column]).all()


def test_a_sole_exporter_has_market_power_one_and_no_mark_up():
    alone = {
        **HAND,
        "exports_priced_usd": np.array([60.0, 0, 0, 0]),
        "exports_counted_usd": np.array([60.0, 0, 0, 0]),
        "exports_t": np.array([20.0, 0, 0, 0]),
    }
    found = REGISTRY.resolve(["market_power", "markup"], alone)
    assert found["market_power"][0] == pytest.approx(1)
    assert np.isnan(found["markup"][0])


@given(worlds)
def test_the_plain_twin_agrees(world):
    found = REGISTRY.resolve(TWIN, world)
    groups = world["markets"]
    for market in range(groups.count):
        own = np.flatnonzero(groups.code == market)
        sides = [
            {k: (float(world[f"{side}_priced_usd"][k]), float(world[f"{side}_t"][k])) for k in own.tolist()}
            for side in ("exports", "imports")
        ]
        expected = power(*sides, float(world["sigma"][own[0]]))
        for k in own.tolist():
            for column in TWIN:
                np.testing.assert_allclose(found[column][k], expected[k][column], rtol=1e-9, atol=1e-12, err_msg=column)


@given(worlds)
def test_identities_of_the_methods(world):
    """Σ TLC = 1; TPI^M = q/Q; TPI^E = s²/(q/Q), Σ ≥ 1; Σ TLC/FP = 1."""
    found = REGISTRY.resolve(TWIN, world)
    groups = world["markets"]
    sold = groups.total(world["exports_priced_usd"]) > 0
    bought = groups.total(world["imports_priced_usd"]) > 0
    np.testing.assert_allclose(groups.total(found["tlc_export"])[sold], 1)
    np.testing.assert_allclose(groups.total(found["tlc_import"])[bought], 1)
    np.testing.assert_allclose(groups.total(found["tpi_import"])[bought], 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        quantity = {side: world[f"{side}_t"] / groups.sum(world[f"{side}_t"]) for side in ("exports", "imports")}
        np.testing.assert_allclose(found["tpi_import"], quantity["imports"], atol=1e-14)
        sells = found["tlc_export"] > 0
        np.testing.assert_allclose(found["tpi_export"][sells], (found["tlc_export"] ** 2 / quantity["exports"])[sells])
        assert (groups.total(found["tpi_export"])[sold] >= 1 - 1e-12).all()
        np.testing.assert_allclose(groups.total(found["tlc_export"] / found["price_factor_export"])[sold], 1)


@given(worlds)
def test_at_one_price_power_is_share(world):
    equal = {**world, "exports_t": world["exports_priced_usd"] / 7, "imports_t": world["imports_priced_usd"] / 7}
    found = REGISTRY.resolve(["tpi_export", "tpi_import", "tpi", "tlc_export", "tlc_import", "tlc"], equal)
    for side in ("_export", "_import", ""):
        np.testing.assert_allclose(found[f"tpi{side}"], found[f"tlc{side}"], rtol=1e-12, atol=1e-15)


@given(worlds, st.sampled_from(["simple", "geometric"]))
def test_rankings_within_a_product_do_not_depend_on_the_world_price(world, average):
    groups = world["markets"]
    plain, other = (
        {**REGISTRY.resolve(["tpi_export", "tpi_import"], {**world, "average": how})} for how in ("quantity", average)
    )
    for column in ("tpi_export", "tpi_import"):
        ratio = other[column] / np.where(plain[column] > 0, plain[column], np.nan)
        for market in range(groups.count):
            own = ratio[(groups.code == market) & np.isfinite(ratio)]
            if len(own):
                np.testing.assert_allclose(own, own[0], rtol=1e-9)  # one factor for all: no rank moves


@given(worlds)
def test_quality_makes_the_demand_system_hold_exactly(world):
    """Eq. 8, 10, 11, 13 and 14 with P of eq. 21 and Q = R/P, in units of the world price."""
    found = REGISTRY.resolve(["tlc_export", "price_factor_export", "quality", "tpi_export"], world)
    groups, sigma = world["markets"], world["sigma"]
    for market in range(groups.count):
        own = np.flatnonzero((groups.code == market) & np.isfinite(found["quality"]))
        if not len(own):
            continue
        s, a, p, share = (
            sigma[own[0]],
            found["quality"][own],
            found["price_factor_export"][own],
            found["tlc_export"][own],
        )
        q = share / p  # Q = 1 and P = 1
        rho = (s - 1) / s
        np.testing.assert_allclose(q, (a / p) ** s / a, rtol=1e-9)
        np.testing.assert_allclose(np.sum((a * q) ** rho) ** (1 / rho), 1, rtol=1e-9)
        np.testing.assert_allclose(np.sum((p / a) ** (1 - s)) ** (1 / (1 - s)), 1, rtol=1e-9)
        np.testing.assert_allclose(share, (a / p) ** (s - 1), rtol=1e-9)
        np.testing.assert_allclose(found["tpi_export"][own], a * (a / p) ** (s - 2), rtol=1e-9)


def test_variety_lowers_a_price():
    one = Groups(np.array([0, 0, 1]), 2)
    index = variety_adjusted_price(np.array([2.0, 2, 2]), np.ones(3), np.full(3, 5.0), one)
    np.testing.assert_allclose(index, [2 * 2 ** (-1 / 4), 2])
    unknown = variety_adjusted_price(np.array([np.nan]), np.ones(1), np.full(1, 5.0), Groups(np.array([0]), 1))
    assert np.isnan(unknown).all()


DECLARED = [
    pytest.param(entry, invariance, id=f"{entry.id}-{invariance}")
    for entry in REGISTRY.entries.values()
    for invariance in entry.invariances
]


@pytest.mark.parametrize(("entry", "invariance"), DECLARED)
@settings(max_examples=25)
@given(world=worlds)
def test_declared_invariances(entry: Indicator, invariance: str, world):
    before = REGISTRY.resolve([entry.id], world)[entry.id]
    if invariance == "row_order":
        order = np.random.default_rng(7).permutation(len(before))
        moved = {name: x[order] if isinstance(x, np.ndarray) else x for name, x in world.items()}
        moved["markets"] = Groups(world["markets"].code[order], world["markets"].count)
        before = before[order]
    else:
        ending = "_usd" if invariance == "value_scale" else "_t"
        moved = {name: x * 1024.0 if name.endswith(ending) else x for name, x in world.items()}
    np.testing.assert_allclose(REGISTRY.resolve([entry.id], moved)[entry.id], before, rtol=1e-9, atol=1e-12)


def test_every_entry_speaks_both_languages_and_declares_itself():
    for entry in REGISTRY.entries.values():
        assert entry.name.en
        assert entry.name.zh
        assert entry.invariances or entry.function is None
    assert "tpi" in COLUMNS
