"""Overview formulas: worked by hand, against a plain twin, and what must hold in every world."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.cube.groups import Groups
from entrepot.formulas.overview import REGISTRY

ENTRIES = REGISTRY.entries


def one(*amounts: float) -> tuple[np.ndarray, Groups]:
    return np.array(amounts), Groups(np.zeros(len(amounts), dtype=np.intp), 1)


def test_concentration_by_hand():
    # 50, 30, 10, 5, 5 of 100: 0.25 + 0.09 + 0.01 + 0.0025 + 0.0025 = 0.355; the largest four hold 95.
    sold, groups = one(50, 30, 10, 5, 5)
    assert ENTRIES["hhi_markets"].function(sold, groups).tolist() == pytest.approx([0.355])
    assert ENTRIES["cr4_markets"].function(sold, groups).tolist() == pytest.approx([0.95])


def test_four_or_fewer_hold_all_and_nothing_is_not_concentrated():
    assert ENTRIES["cr4_sellers"].function(*one(1, 2, 3, 4)).tolist() == [1.0]
    empty = Groups(np.array([], dtype=np.intp), 1)
    assert np.isnan(ENTRIES["cr4_sellers"].function(np.array([]), empty)).all()
    assert np.isnan(ENTRIES["hhi_sellers"].function(np.array([]), empty)).all()


def test_prices_by_hand():
    # Of 10, 20, 40, 80: Q1 at 0.25·3 = 0.75 between 10 and 20 = 17.5; median 30; Q3 at 2.25: 40 + 0.25·40 = 50.
    price, groups = one(80, 10, 40, 20, np.nan)
    found = {name: ENTRIES[name].function(price, groups)[0] for name in ("price_low", "price_middle", "price_high")}
    assert found == {"price_low": 17.5, "price_middle": 30.0, "price_high": 50.0}
    spread = ENTRIES["price_spread"].function(np.array([17.5]), np.array([50.0]))
    assert spread.tolist() == pytest.approx([32.5 / 67.5])
    assert ENTRIES["sellers_priced"].function(price, groups).tolist() == [4.0]


def test_balance_and_shares_by_hand():
    known = {
        "exports_usd": np.array([30.0, 0.0]),
        "imports_usd": np.array([10.0, np.nan]),
        "world_total_usd": np.array([200.0, 200.0]),
    }
    have = REGISTRY.resolve(["balance_usd", "tc", "export_share_of_world", "import_share_of_world"], known)
    np.testing.assert_array_equal(have["balance_usd"], [20.0, np.nan])
    np.testing.assert_array_equal(have["tc"], [0.5, np.nan])
    np.testing.assert_array_equal(have["export_share_of_world"], [0.15, 0.0])
    np.testing.assert_array_equal(have["import_share_of_world"], [0.05, np.nan])


amounts = st.lists(st.tuples(st.integers(0, 3), st.floats(0.01, 1e6, allow_nan=False)), min_size=1, max_size=30)


@given(amounts)
def test_concentration_is_what_a_plain_loop_gives(rows):
    code, value = (np.array(side) for side in zip(*rows, strict=True))
    groups = Groups(code.astype(np.intp), 4)
    hhi = ENTRIES["hhi_buyers"].function(value, groups)
    cr4 = ENTRIES["cr4_buyers"].function(value, groups)
    for group in range(4):
        mine = sorted((v for c, v in rows if c == group), reverse=True)
        if not mine:
            assert np.isnan(hhi[group])
            assert np.isnan(cr4[group])
            continue
        shares = [v / sum(mine) for v in mine]
        assert hhi[group] == pytest.approx(sum(s * s for s in shares))
        assert cr4[group] == pytest.approx(sum(shares[:4]))
        assert 1 / len(mine) - 1e-12 <= hhi[group] <= 1 + 1e-12


@given(amounts, st.randoms(use_true_random=False))
def test_declared_invariances_hold(rows, random):
    """Whatever takes parts and their groups: another unit, another order."""
    code, value = (np.array(side) for side in zip(*rows, strict=True))
    order = list(range(len(rows)))
    random.shuffle(order)
    for entry in ENTRIES.values():
        needs = REGISTRY.needs(entry.id)
        if (
            entry.function is None
            or len(needs) != 2
            or not needs[1].endswith(("products", "markets", "suppliers", "_of", "sellers"))
        ):
            continue
        plain = entry.function(value, Groups(code.astype(np.intp), 4))
        if "value_scale" in entry.invariances:
            np.testing.assert_allclose(entry.function(value * 7, Groups(code.astype(np.intp), 4)), plain, rtol=1e-12)
        if "row_order" in entry.invariances:
            moved = entry.function(value[order], Groups(code[order].astype(np.intp), 4))
            np.testing.assert_allclose(moved, plain, rtol=1e-12)


def test_every_computed_entry_declares_its_invariances_and_speaks_both_languages():
    for entry in ENTRIES.values():
        assert entry.function is None or entry.invariances, entry.id
        assert entry.name.en
        assert entry.name.zh
        assert entry.meaning.zh
        assert entry.formula or entry.function is None, entry.id
