"""Every index by hand, and the printed figures of the source of 2006.

Two industries: X = (30, 10), M = (10, 30) of industry 1 and 2 … ΣX = ΣM = 40, |X−M| = 20 each, overlap 20 each:
GL_k = 0.5, aggregate 0.5, GL* = 0.5 (balanced). Unbalanced: X = (30, 0), M = (10, 10): overlap 20 of 50, GL 0.4, GL* 20/(50−10) = 0.5.
"""

import numpy as np
import pytest

from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry import REGISTRY
from entrepot.formulas.intraindustry.contribution import contribution, share_of_iit
from entrepot.formulas.intraindustry.kinds import kind, overlap_by_gap, two_way_shares
from entrepot.formulas.intraindustry.level import bergstrand_factor

NAN = np.nan
ONE = Groups(np.array([0, 0]), 1)


def get(column, **known):
    return REGISTRY.resolve(
        [column], {name: np.asarray(x, float) if isinstance(x, list) else x for name, x in known.items()}
    )[column]


def assert_close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_the_sources_own_example_is_half_and_half_not_two_thirds():
    """20/20 billion pooled is 100 %; 15/5 and 5/15 are 50 % each by its own formula. The printed 66.7 % is a misprint."""
    assert_close(get("gl", exports_usd=[20e9, 15e9, 5e9], imports_usd=[20e9, 5e9, 15e9]), [1, 0.5, 0.5])
    assert_close(
        get("gl_partner_weighted", market_exports_usd=[15e9, 5e9], market_imports_usd=[5e9, 15e9], market_rows=ONE),
        [0.5],
    )


@pytest.mark.parametrize(
    ("iit_shares", "gl", "printed"),
    [
        ((0.596, 0.759), (0.295, 0.460), 1.050),  # 1980–1991: the text prints 104.9 %
        ((0.822, 0.927), (0.494, 0.653), 1.253),  # 1992–2003: the text prints 125.2 %
    ],
)
def test_contributions_follow_from_the_sources_printed_figures(iit_shares, gl, printed):
    shares = tuple(np.array([1 - share, share]) for share in iit_shares)
    found = contribution(shares, tuple(np.full(2, value) for value in gl), ONE)
    assert round(found[1], 3) == printed
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("trade_share", "gl", "whole", "printed"),
    [
        (0.756, 0.462, 0.460, 0.759),
        (0.898, 0.674, 0.653, 0.927),  # the printed share of trade, 89.2 %, is a misprint: it would give 92.1 %
        (0.892, 0.674, 0.653, 0.921),
    ],
)
def test_shares_of_intra_industry_trade_follow_from_its_tables(trade_share, gl, whole, printed):
    assert round(trade_share * gl / whole, 3) == printed


def test_shares_of_intra_industry_trade():
    assert_close(share_of_iit(np.array([0.25, 0.75]), np.array([0.4, 0.2]), ONE), [0.4, 0.6])
    assert np.isnan(share_of_iit(np.array([0.25, 0.75]), np.array([0.0, 0.0]), ONE)).all()
    assert np.isnan(contribution((np.ones(2), np.ones(2)), (np.ones(2), np.ones(2)), ONE)).all()


def test_grubel_lloyd_and_its_undefined_cases():
    assert_close(get("gl", exports_usd=[15, 20, 0, 0], imports_usd=[5, 0, 7, 0]), [0.5, 0, 0, NAN])


def test_aggregate_and_adjusted():
    for x, m, aggregate, adjusted in (
        ([30, 10], [10, 30], 0.5, 0.5),
        ([30, 0], [10, 10], 0.4, 0.5),
        ([30, 5], [0, 0], 0, NAN),
    ):
        assert_close(get("gl_aggregate", part_exports_usd=x, part_imports_usd=m, parts=ONE), [aggregate])
        assert_close(get("gl_adjusted", part_exports_usd=x, part_imports_usd=m, parts=ONE), [adjusted])


def test_fine():
    assert_close(get("gl_fine", cell_exports_usd=[8, 0], cell_imports_usd=[2, 10], cells=ONE), [0.2])


def test_balassa_counts_industries_with_trade():
    assert_close(
        get("balassa", part_exports_usd=[30, 10, 0], part_imports_usd=[10, 10, 0], parts=Groups(np.zeros(3, int), 1)),
        [0.25],
    )


def test_aquino():
    """X = (30, 10), M = (10, 10): half of 60 is 30, X^e = (22.5, 7.5), M^e = (15, 15); overlap 2(15 + 7.5) of 60."""
    known = {"part_exports_usd": [30, 10], "part_imports_usd": [10, 10], "parts": ONE}
    assert_close(get("aquino", **known, balance_exports_usd=[40, 40], balance_imports_usd=[20, 20]), [0.75])


def test_bergstrand():
    """X_i 100, M_i 50, so i's exports shrink by 0.75; j exports 40 and imports 80: its imports shrink by 0.75 too, and
    the way back grows by ½(120/80 + 150/100) = 1.5."""
    out = bergstrand_factor(*(np.array([v]) for v in (100.0, 50.0, 80.0, 40.0)))
    back = bergstrand_factor(*(np.array([v]) for v in (40.0, 80.0, 50.0, 100.0)))
    assert_close([out[0], back[0]], [0.75, 1.5])
    known = {"balanced_exports_usd": 40 * out, "balanced_imports_usd": 20 * back, "parts": Groups(np.array([0]), 1)}
    assert_close(get("bergstrand", **known), [1.0])


def test_marginal_indices():
    """ΔX = (10, −2), ΔM = (4, 6): matched 8 and 0 of 14 + 8; the chain nets 8 against 10, so 22 − 2 are matched."""
    parts = {"part_exports_change": [10, -2], "part_imports_change": [4, 6], "change_parts": ONE}
    assert_close(get("brulhart_a", **parts), [8 / 22])
    assert_close(get("brulhart_c", **parts), [8])
    assert_close(get("thom_mcdowell", **parts), [20 / 22])
    assert_close(get("thom_mcdowell_vertical", **parts), [12 / 22])
    rows = {"exports_change": [10, -2, 0, 5], "imports_change": [4, 6, 0, 5]}
    assert_close(get("brulhart_b", **rows), [6 / 14, -1, NAN, 0])
    assert_close(get("hamilton_kniest", **rows), [0.4, NAN, NAN, 1])
    unknown = {"part_exports_change": [NAN, NAN], "part_imports_change": [NAN, NAN], "change_parts": ONE}
    for column in ("brulhart_a", "brulhart_c", "thom_mcdowell"):
        assert_close(get(column, **unknown), [NAN])


def test_kinds_and_their_thresholds():
    u = np.array([0.84, 0.85, 0.87, 1.0, 1.15, 1.16, NAN])
    assert kind(u, 0.15).tolist() == ["low", "horizontal", "horizontal", "horizontal", "horizontal", "high", "untyped"]
    assert kind(u, 0.15, "ff").tolist()[:3] == ["low", "low", "horizontal"]  # 1/1.15 = 0.8696
    assert kind(np.array([0.79, 1.21]), 0.20).tolist() == ["low", "high"]
    assert kind(np.array([0.76, 1.24]), 0.25).tolist() == ["horizontal", "horizontal"]


CELLS = {
    # overlap 20 horizontal, 10 high, 4 low, 6 untyped, 2 of a cell below 10 %; trade 20 + 30 + 20 + 12 + 31 = 113
    "cell_exports_usd": [10, 5, 2, 3, 1], "cell_imports_usd": [10, 25, 18, 9, 30],
    "cell_exports_priced_usd": [10, 5, 2, 0, 1], "cell_exports_t": [10, 1, 4, 0, 1],
    "cell_imports_priced_usd": [10, 25, 18, 9, 30], "cell_imports_t": [10, 25, 18, 9, 30],
    "cells": Groups(np.zeros(5, int), 1), "alpha": 0.15,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typing", "expected"),
    [("ghm", (22, 10, 4, 6, 0)), ("celi", (22, 10, 4, 6, 0)), ("ff", (20, 10, 4, 6, 2))],
)
def test_parts_by_kind(typing, expected):
    for column, part in zip(("hiit", "viit_high", "viit_low", "iit_untyped", "iit_below"), expected, strict=True):
        assert_close(get(column, **CELLS, typing=typing), [part / 113])


def test_fontagne_and_freudenbergs_own_output():
    told = get("cell_kind", **CELLS, typing="ff")
    assert told.tolist() == ["horizontal", "high", "low", "untyped", "below"]
    x, m = (np.asarray(CELLS[f"cell_{side}_usd"], float) for side in ("exports", "imports"))
    found = two_way_shares(x, m, told, CELLS["cells"])
    assert_close([v[0] for v in found.values()], [31 / 113, 20 / 113, 50 / 113, 12 / 113])


def test_overlap_by_price_gap():
    x, m = (np.asarray(CELLS[f"cell_{side}_usd"], float) for side in ("exports", "imports"))
    u = get("unit_value_ratio", **CELLS)
    assert_close(u, [1, 5, 0.5, NAN, 1])
    bands = overlap_by_gap(x, m, u, CELLS["cells"], [0.5, 0.85, 1.15])
    assert_close([band[0] for band in bands], [4 / 113, 0, 22 / 113, 10 / 113])


def test_one_type_for_the_row():
    known = {"hiit": [0.1, 0.0], "viit_high": [0.2, 0.0], "viit_low": [0.3, 0.0], "row_unit_value_ratio": [1.0, NAN]}
    common = {"alpha": 0.15, "typing": "celi"}
    assert get("iit_type", **known, **common, iit_type_by="overlap").tolist() == ["vertical_low", None]
    assert get("iit_type", **known, **common, iit_type_by="unit_value").tolist() == ["horizontal", None]


# Reporter: X = (20, 80), M = (30, 20). World exports (50, 950), imports (60, 440), the reporter included.
TRADE = {
    "exports_usd": [20, 80], "imports_usd": [30, 20], "own_exports_usd": [100, 100], "own_imports_usd": [50, 50],
    "world_exports_usd": [50, 950], "world_total_usd": [1000, 1000], "world_imports_usd": [60, 440], "world_imports_total_usd": [500, 500],
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("tc", [-0.2, 0.6]),
        ("rca", [0.2 / 0.05, 0.8 / 0.95]),
        ("rsca", [3 / 5, (0.8 / 0.95 - 1) / (0.8 / 0.95 + 1)]),
        ("nrca", [0.02 - 0.1 * 0.05, 0.08 - 0.1 * 0.95]),
        # others: 30 and 870 of exports, 30 and 420 of imports
        ("vollrath_rxa", [(20 / 80) / (30 / 870), (80 / 20) / (870 / 30)]),
        ("vollrath_rma", [(30 / 20) / (30 / 420), (20 / 30) / (420 / 30)]),
        ("vollrath", [7.25 - 21, 4 / 29 - 1 / 21]),
        ("vollrath_rc", [np.log(7.25 / 21), np.log((4 / 29) * 21)]),
        ("rsia", [(5 - 1) / (5 + 1), (0.4 / 0.88 - 1) / (0.4 / 0.88 + 1)]),
        ("lafay", [(-0.2 - 1 / 3) * 50 / 150, (0.6 - 1 / 3) * 100 / 150]),
        ("michaely", [0.2 - 0.6, 0.8 - 0.4]),
        ("market_share", [0.4, 80 / 950]),
    ],
)
def test_competitiveness(column, expected):
    assert_close(get(column, **TRADE), expected)


def test_bands_of_trade_competitiveness():
    found = get(
        "tc_band", tc=np.array([-1, -0.8, -0.6, -0.3, -0.29, 0.29, 0.3, 0.6, 0.8, NAN]), tc_bands=(0.3, 0.6, 0.8)
    )
    low = [f"disadvantage_{n}" for n in (3, 3, 2, 1)]
    assert found.tolist() == [*low, "balanced", "balanced", *(f"advantage_{n}" for n in (1, 2, 3)), None]


def test_structures():
    own, exports, imports, others = [0.7, 0.3], [0.5, 0.5], [0.2, 0.8], [0.4, 0.6]
    assert_close(
        get("export_similarity", own_export_shares=own, partner_export_shares=exports, structure_rows=ONE), [0.8]
    )
    assert_close(
        get("complementarity", own_export_shares=own, partner_import_shares=imports, structure_rows=ONE), [0.5]
    )
    known = {
        "own_export_shares": own,
        "partner_import_shares": imports,
        "others_import_shares": others,
        "structure_rows": ONE,
    }
    assert_close(get("complementarity_drysdale", **known), [0.7 * 0.5 + 0.3 * 0.8 / 0.6])
    assert_close(get("hhi_products", part_exports_usd=[30, 10], parts=ONE), [0.625])
    assert_close(get("hhi_markets", market_exports_usd=[0, 0], market_rows=ONE), [NAN])
    amounts = {
        "exports_usd": [20],
        "reporter_world_exports_usd": [100],
        "partner_world_imports_usd": [50],
        "others_imports_usd": [1000],
    }
    assert_close(get("intensity", **amounts), [4])
