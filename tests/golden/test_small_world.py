"""Three economies, two products, every formula of potential.md worked by hand.

Exports of product 0 in the analysis year (US$), metric tons, kilometres, duties:

    flow   V    Q     P    km      T
    A→B    60   30    2    1000    0.10
    A→C    20    5    4    4000    0
    B→A    40   10    4    1000    0.05
    B→C    30    –    –    unknown 0.20
    C→A    10    5    2    4000    0
    C→B     0    –    –    unknown 0.30

Product 1: B→A 5 US$ and 5 t only; it must change nothing in product 0.
"""

import numpy as np
import pytest

from entrepot.cube.cells import Cells
from entrepot.formulas.compute import resolve
from entrepot.formulas.tariff import mean_tariffs

A, B, C = 0, 1, 2
FLOWS = [(A, B, 0), (A, C, 0), (B, A, 0), (B, C, 0), (C, A, 0), (C, B, 0), (B, A, 1)]
AB, AC, BA, BC, CA, CB, BA1 = range(7)
CELLS = Cells(*(np.array(side) for side in zip(*FLOWS, strict=True)), economies=3, products=2)
VALUE = np.array([60.0, 20, 40, 30, 10, 0, 5])
QUANTITY = np.array([30.0, 5, 10, 0, 5, 0, 5])
PRICED = np.array([60.0, 20, 40, 0, 10, 0, 5])
KM = np.array([1000.0, 4000, 1000, np.nan, 4000, np.nan, 1000])
RATES = np.array([[np.nan, 0.10, 0.0], [0.05, np.nan, 0.20], [0.0, 0.30, np.nan]])
FACED, LEVIED = mean_tariffs(RATES)


def world(**changes):
    known = {
        "cells": CELLS,
        "value_usd": VALUE,
        "priced_value_usd": PRICED,
        "period_value_usd": VALUE,
        "period_priced_value_usd": PRICED,
        "period_quantity_t": QUANTITY,
        "importer_reports": np.ones(7),
        "distance_weight": VALUE,
        "log_distance": np.log(KM),
        "neighbour": np.zeros(7, dtype=bool),
        "tariff": RATES[CELLS.exporter, CELLS.importer],
        "tariff_faced": FACED[CELLS.exporter],
        "tariff_levied": LEVIED[CELLS.importer],
        "basis": "bilateral",
        "average": "simple",
        "missing": "usual",
        "data_years": 5,
        **changes,
    }
    return lambda column: resolve([column], known)[column]


def assert_close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_market_size_and_share():
    get = world()
    assert_close(get("market_size_usd")[:6], [60, 50, 50, 50, 50, 60])  # C buys 20 + 30; A buys 40 + 10; B buys 60
    assert_close(get("share_in_market")[:6], [1, 0.4, 0.8, 0.6, 0.2, 0])


def test_unit_value_and_coverage():
    assert_close(world()("price_usd_t"), [2, 4, 4, np.nan, 2, np.nan, 1])
    assert_close(world()("quantity_coverage"), [1, 1, 1, 0, 1, np.nan, 1])


def test_distance_advantage_with_a_distance_missing():
    # A's usual ln km = ln 1000 + (20/80)·ln 4, so A→B is 4^-¼ and A→C 4^-¾ away from it.
    # B's only known distance is its own usual one; so is C's, and that of the markets B and C (A alone is known there).
    # Market A's usual ln km = ln 1000 + (10/50)·ln 4: B is 4^-0.2, C 4^-0.8 away.
    get = world()
    assert_close(get("edist")[:6], [4**-0.25, 4**-0.75, 1, np.nan, 1, np.nan])
    assert_close(get("idist")[:6], [1, 1, 4**-0.2, np.nan, 4**-0.8, np.nan])
    assert_close(get("cda")[:6], [4**-0.25, 4**-0.75, 4**-0.2, np.nan, 4**-0.8, np.nan])


def test_neighbours_have_the_full_distance_advantage():
    assert_close(world(neighbour=np.arange(7) == AC)("cda")[AC], 1)


def test_tariff_advantage():
    # faced: A (0.10 + 0)/2 = 0.05, B 0.125, C 0.15; levied: A 0.025, B 0.2, C 0.1.
    assert_close(FACED, [0.05, 0.125, 0.15])
    assert_close(LEVIED, [0.025, 0.2, 0.1])
    get = world()
    assert_close(get("et")[:6], [1.05 / 1.1, 1.05, 1.125 / 1.05, 1.125 / 1.2, 1.15, 1.15 / 1.3])
    assert_close(get("it")[:6], [1.2 / 1.1, 1.1, 1.025 / 1.05, 1.1 / 1.2, 1.025, 1.2 / 1.3])
    assert_close(get("cta")[:6], [1.05 / 1.1, 1.05, 1.025 / 1.05, 1.1 / 1.2, 1.025, 1.15 / 1.3])


def test_price_advantage_simple_average():
    # P̄ as exporter: A (2 + 4)/2 = 3, B 4, C 2; as market: A (4 + 2)/2 = 3, B 2, C 4.
    get = world()
    assert_close(get("ep")[:6], [1 + 2 / 5, 1 + 4 / 7, 1.5, np.nan, 1.5, np.nan])
    assert_close(get("ip")[:6], [1.5, 1.5, 1 + 3 / 7, np.nan, 1 + 3 / 5, np.nan])
    assert_close(get("cpa")[:6], [1.4, 1.5, 1 + 3 / 7, np.nan, 1.5, np.nan])


def test_price_advantage_weighted_average():
    # Total over total: A sells 80 for 35 t; market A pays 50 for 15 t. B sells 70, of which 40 with a quantity
    # (coverage 0.571): 4; market C buys 50, of which 20 with a quantity (coverage 0.4 < 0.5): unknown.
    get = world(average="weighted")
    assert_close(get("ep")[:6], [1 + 2 / (80 / 35 + 2), 1 + 4 / (80 / 35 + 4), 1.5, np.nan, 1.5, np.nan])
    paid = 50 / 15
    assert_close(get("ip")[:6], [1.5, np.nan, 1 + paid / (paid + 4), np.nan, 1 + paid / (paid + 2), np.nan])


def test_gap_as_printed():
    # Market C: B lacks price and distance and takes A's (1.5 and 4^-¾), which then cancel:
    # 20·1.05 against 30·1.1/1.2 = 21 : 27.5, so A's gravity share is 21/48.5.
    # Market A: 40·(1.025/1.05)·(10/7)·4^-0.2 against 10·1.025·1.5·4^-0.8. Market B has one supplier.
    get = world()
    b, c = 40 * (1.025 / 1.05) * (10 / 7) * 4**-0.2, 10 * 1.025 * 1.5 * 4**-0.8
    gravity = [1, 21 / 48.5, b / (b + c), 27.5 / 48.5, c / (b + c), 0]
    assert_close(get("gravity_share")[:6], gravity)
    assert_close(get("gap")[:6], np.array(gravity) - [1, 0.4, 0.8, 0.6, 0.2, 0])


def test_gap_with_one_for_missing():
    # B in market C: CTA 1.1/1.2 alone, so 27.5 against 20·1.05·1.5·4^-¾.
    a = 20 * 1.05 * 1.5 * 4**-0.75
    assert_close(world(missing="one")("gravity_share")[AC], a / (a + 27.5))


def test_gap_by_world_exports():
    # S: A 80, B 70, C 10. Market B: C does not sell there, has no price and no distance, and takes A's: the shares are
    # those of 80·1.05/1.1 and 10·1.15/1.3. Potential = gravity · 60.
    get = world(basis="world")
    a, c = 80 * 1.05 / 1.1, 10 * 1.15 / 1.3
    assert_close(get("gravity_share")[[AB, CB]], [a / (a + c), c / (a + c)])
    assert_close(get("gap")[[AB, CB]], [a / (a + c) - 1, c / (a + c)])
    assert_close(get("potential_static_usd")[[AB, CB]], [60 * a / (a + c), 60 * c / (a + c)])
    assert_close(get("unrealised_usd")[[AB, CB]], [0, 60 * c / (a + c)])


def test_potential_as_printed():
    get = world(growth=np.array([0.1, 0.1, np.nan, 0, 0, np.nan, 0]))
    gap = 21 / 48.5 - 0.4
    assert_close(get("potential_static_usd")[AC], (1 + gap) * 20)
    assert_close(get("potential_usd")[[AC, BA, CB]], [(1 + gap) * 1.1 * 20, np.nan, 0])
    assert_close(get("unrealised_usd")[[AC, BC]], [gap * 50, 0])
    assert np.isnan(world(growth=np.zeros(7), data_years=1)("potential_usd")).all()


def test_one_product_knows_nothing_of_the_other():
    assert_close(world()("gap")[BA1], 0)
    assert_close(world()("price_usd_t")[BA1], 1)


# Growth. Five years, one flow per column: steady, new in year 2, stopped, dead, unreported at the end, reported in years
# 3 and 5 only, stopped after starting late.
N = np.nan
HISTORY = np.array(
    [
        [100.0, 0, 100, 0, 100, N, 0],
        [100.0, 50, 100, 0, 100, N, 50],
        [100.0, 50, 100, 0, 100, 50, 50],
        [100.0, 100, 100, 0, 100, N, 0],
        [200.0, 100, 0, 0, N, 150, 0],
    ]
)


def test_growth():
    # Column 0: CAGR 2^(1/5) − 1, mean 120, LYG 80/120. Column 1: no CAGR, mean 60, LYG 40/60. Column 2: CAGR −1,
    # LYG −1. Column 5: mean of the two reported years 100, LYG 0.5. Column 6: stopped, but V_1 = 0: LYG −1 alone.
    get = world(history=HISTORY, exponent="window")
    assert_close(get("cagr"), [2**0.2 - 1, N, -1, N, N, N, N])
    assert_close(get("lyg"), [2 / 3, 2 / 3, -1, N, N, 0.5, -1])
    assert_close(get("growth"), [(2**0.2 - 1 + 2 / 3) / 2, 2 / 3, -1, N, N, 0.5, -1])
    assert get("growth_basis").tolist() == ["cagr+lyg 5/5", "lyg 5/5", "cagr+lyg 5/5", "", "", "lyg 2/5", "lyg 5/5"]


def test_growth_over_intervals():
    assert_close(world(history=HISTORY, exponent="intervals")("cagr")[0], 2**0.25 - 1)
    assert_close(world(history=HISTORY[-3:], exponent="window")("cagr")[0], 2 ** (1 / 3) - 1)


def test_supply_demand_match():
    from entrepot.formulas.supply_demand import capacity, gdp_growth, relevance

    # Economy 0: trade 1, 2, 3 over GDP 100, 100, 150: ratios 0.01, 0.02, 0.02, mean 0.05/3; REL = (0.05/3 + 0.02)/2.
    # Growth: CAGR 1.5^(1/3) − 1, mean 350/3, LYG 150/(350/3) − 1 = 2/7.
    # Economy 1 has GDP in the last two years only; economy 2 in one (no growth); economy 3 in none.
    trade = np.array([[1.0, 5, 5, 5], [2.0, 5, 5, 5], [3.0, 10, 5, 5]])
    gdp = np.array([[100.0, N, N, N], [100.0, 100, N, N], [150.0, 100, 100, N]])
    rel = relevance(trade, gdp)
    assert_close(rel, [(0.05 / 3 + 0.02) / 2, (0.075 + 0.1) / 2, 0.05, N])
    assert_close(gdp_growth(gdp, "window"), [(1.5 ** (1 / 3) - 1 + 2 / 7) / 2, 0, N, N])
    assert_close(gdp_growth(gdp, "intervals")[0], (1.5**0.5 - 1 + 2 / 7) / 2)
    assert_close(capacity(np.array([0.02]), np.array([0.1])), [1.002])
    assert_close(world(supply=np.full(7, 1.01), demand=np.full(7, 1.002))("sd"), np.full(7, 1.002))


@pytest.mark.parametrize(("reading", "average"), [("mean", (0.1 + 0.2 / 3 + 0.3) / 3), ("max", 0.2)])
def test_duty_from_tariff_lines(reading, average):
    from entrepot.formulas.tariff import duty

    # Three rated lines, MFN 10 %, 20 %, 30 %; preference A gives 0 on line 2, B gives 10 % on line 1 and 0 on 2;
    # line 4 has a specific duty without an equivalent. Per line: (10+10)/2, (20+0+0)/3, 30.
    rates = np.array([[0.10, N, 0.10], [0.20, 0.0, 0.0], [0.30, N, N], [N, N, N]])
    found = duty(rates, reading)
    # Regime means 0.2, 0, 0.05: the largest is MFN
    assert_close(found.average, average)
    assert_close([found.mfn, found.preferential, found.lowest], [0.2, (0.0 + 0.1 + 0.0) / 3, (0.1 + 0.0 + 0.3) / 3])
    assert (found.lines, found.lines_left_out) == (3, 1)
