"""What must hold for any trade, and a plain twin of the levels and kinds."""

import numpy as np
import pytest
from hypothesis import given, settings

from entrepot.core.indicator import Indicator
from entrepot.cube.groups import Groups
from entrepot.formulas.intraindustry import REGISTRY
from entrepot.formulas.intraindustry.kinds import two_way_shares
from tests.formulas.intraindustry.worlds import worlds

LEVELS = ["gl", "gl_aggregate", "gl_fine", "gl_partner_weighted", "gl_adjusted", "balassa", "aquino", "bergstrand"]
KINDS = ["hiit", "viit_high", "viit_low", "iit_untyped", "iit_below"]
SLACK = 1e-12


def known(x):
    return x[np.isfinite(x)]


@given(worlds)
def test_levels_lie_between_nought_and_one_and_are_symmetric(world):
    swapped = {
        name.replace("exports", "?").replace("imports", "exports").replace("?", "imports"): x
        for name, x in world.items()
    }
    found, mirror = REGISTRY.resolve(LEVELS, world), REGISTRY.resolve(LEVELS, swapped)
    for column in LEVELS:
        assert ((known(found[column]) >= 0) & (known(found[column]) <= 1 + SLACK)).all()
        np.testing.assert_allclose(found[column], mirror[column], rtol=1e-9)


@given(worlds)
def test_pooling_only_ever_raises_the_number(world):
    found = REGISTRY.resolve(LEVELS, world)
    for larger, smaller in (
        ("gl", "gl_aggregate"),
        ("gl", "gl_partner_weighted"),
        ("gl_partner_weighted", "gl_fine"),
        ("gl_aggregate", "gl_fine"),
    ):
        assert (known(found[larger] - found[smaller]) >= -SLACK).all()


@given(worlds)
def test_adjusting_never_lowers_it(world):
    found = REGISTRY.resolve(["gl_adjusted", "gl_aggregate"], world)
    assert (known(found["gl_adjusted"] - found["gl_aggregate"]) >= -SLACK).all()


@given(worlds)
def test_kinds_sum_to_the_finest_overlap_exactly(world):
    found = REGISTRY.resolve([*KINDS, "gl_fine", "gl", "cell_kind"], world)
    np.testing.assert_allclose(sum(found[name] for name in KINDS), found["gl_fine"], rtol=1e-12)
    assert (known(found["gl"] - found["gl_fine"]) >= -SLACK).all()
    if world["typing"] == "ff":
        shares = two_way_shares(
            world["cell_exports_usd"], world["cell_imports_usd"], found["cell_kind"], world["cells"]
        )
        np.testing.assert_allclose(known(sum(shares.values())), 1, rtol=1e-12)


@given(worlds)
def test_marginal_indices_and_balances(world):
    found = REGISTRY.resolve(
        ["brulhart_a", "brulhart_b", "brulhart_c", "thom_mcdowell", "lafay", "michaely", "nrca", "tc", "rsca"], world
    )
    assert ((known(found["brulhart_a"]) >= 0) & (known(found["brulhart_a"]) <= 1 + SLACK)).all()
    assert (known(found["thom_mcdowell"] - found["brulhart_a"]) >= -SLACK).all()
    assert (np.abs(known(found["brulhart_b"])) <= 1 + SLACK).all()
    assert (known(found["brulhart_c"]) >= 0).all()
    for column in ("lafay", "michaely", "nrca"):  # rows here are all industries of one partner and year
        if np.isfinite(found[column]).all():
            assert abs(found[column].sum()) < 1e-9
    for column in ("tc", "rsca"):
        assert (np.abs(known(found[column])) <= 1 + SLACK).all()


@given(worlds)
def test_the_plain_twin_agrees(world):
    found = REGISTRY.resolve([*LEVELS[:6], *KINDS], {**world, "typing": "ghm"})
    x, m, rows = (
        np.asarray(v).tolist() for v in (world["cell_exports_usd"], world["cell_imports_usd"], world["cells"].code)
    )
    prices = [
        [
            v / q if q > 0 else None
            for v, q in zip(world[f"cell_{s}_priced_usd"].tolist(), world[f"cell_{s}_t"].tolist(), strict=True)
        ]
        for s in ("exports", "imports")
    ]
    for row in range(world["cells"].count):
        own = [k for k in range(len(x)) if rows[k] == row]
        parts = [k for k in range(len(world["part_exports_usd"])) if world["parts"].code[k] == row]
        industries = [(world["part_exports_usd"][k], world["part_imports_usd"][k]) for k in parts]
        trade = sum(x[k] + m[k] for k in own)
        if trade == 0:
            assert np.isnan(found["gl"][row])
            continue
        sums = dict.fromkeys(KINDS, 0.0)
        for k in own:
            overlap = x[k] + m[k] - abs(x[k] - m[k])
            if prices[0][k] is None or prices[1][k] is None:
                name = "iit_untyped"
            else:
                u = prices[0][k] / prices[1][k]
                name = "viit_high" if u > 1 + world["alpha"] else "viit_low" if u < 1 - world["alpha"] else "hiit"
            sums[name] += overlap / trade
        apart = sum(abs(a - b) for a, b in industries)
        sold, bought = sum(a for a, _ in industries), sum(b for _, b in industries)
        expected = {
            **sums,
            "gl": 1 - abs(sold - bought) / trade,
            "gl_aggregate": 1 - apart / trade,
            "gl_fine": sum(sums.values()),
            "gl_adjusted": (trade - apart) / (trade - abs(sold - bought)) if min(sold, bought) > 0 else np.nan,
            "balassa": np.mean([abs(a - b) / (a + b) for a, b in industries if a + b > 0]),
        }
        for name, value in expected.items():
            np.testing.assert_allclose(found[name][row], value, rtol=1e-9, atol=1e-12, err_msg=name)


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
    if invariance == "value_scale":
        scaled = ("_usd", "_change")
        moved = {name: x * 1024.0 if name.endswith(scaled) else x for name, x in world.items()}
    else:
        moved = shuffled(world)
        if entry.id in ("cell_kind", "unit_value_ratio"):
            before = before[np.random.default_rng(7).permutation(len(before))]
    after = REGISTRY.resolve([entry.id], moved)[entry.id]
    if before.dtype == object:
        assert after.tolist() == before.tolist()
    else:
        np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-12)


def shuffled(world):
    """Cells, parts and markets in another order; rows stay where they are."""
    moved = dict(world)
    for group in ("cells", "parts", "market_rows", "change_parts", "structure_rows"):
        size = len(world[group].code)
        order = np.random.default_rng(7).permutation(size)
        prefix = {"cells": "cell_", "market_rows": "market_"}.get(group)
        names = [
            name
            for name, x in world.items()
            if isinstance(x, np.ndarray)
            and (
                name.startswith(prefix) if prefix
                else name.endswith("_shares") if group == "structure_rows"
                else name.startswith("part_") and name.endswith("_change") if group == "change_parts"
                else name.startswith(("part_", "balance")) and not name.endswith("_change")
            )
        ]  # fmt: skip
        for name in names:
            moved[name] = world[name][order]
        moved[group] = Groups(world[group].code[order], world[group].count)
    return moved


def test_every_entry_speaks_both_languages_and_declares_itself():
    for entry in REGISTRY.entries.values():
        assert entry.name.en
        assert entry.name.zh
        assert entry.invariances or entry.function is None
