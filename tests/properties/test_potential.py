"""What must hold in every world, and the plain twin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.indicator import Indicator
from entrepot.cube.cells import Cells
from entrepot.formulas.compute import indicators, needs, resolve
from tests.properties.twin import gravity
from tests.properties.worlds import RandomWorld, worlds

BASES = st.sampled_from(["bilateral", "world"])
MISSING = st.sampled_from(["usual", "one"])
AVERAGES = st.sampled_from(["simple", "weighted"])
COLUMNS = ["gap", "gravity_share", "share_in_market", "cda", "cpa", "cta"]


def compute(world: RandomWorld, **changes):
    return resolve(COLUMNS, {**world.known, **changes})


@given(worlds, BASES, MISSING, AVERAGES)
def test_gaps_cancel_in_every_market(world, basis, missing, average):
    found = compute(world, basis=basis, missing=missing, average=average)
    np.testing.assert_allclose(world.cells.sum_by("importer", found["gap"]), 0, atol=1e-12)
    assert (np.abs(found["gap"]) <= 1 + 1e-12).all()


@given(worlds, AVERAGES)
def test_ranges(world, average):
    found = resolve([*COLUMNS, "friction"], {**world.known, "average": average})
    cda, cpa, cta = (found[c][np.isfinite(found[c])] for c in ("cda", "cpa", "cta"))
    assert ((cda > 0) & (cda <= 1)).all()
    assert ((cpa >= 1) & (cpa <= 2)).all()
    assert (cta > 0).all()
    assert (found["friction"] > 0).all()


@given(worlds)
def test_one_missing_factor_leaves_the_share_where_it_was(world):
    """With the other factors alike for all, a flow without a price keeps its share of the market."""
    blank = np.full(len(world.cells), np.nan)
    found = compute(world, log_distance=blank, neighbour=np.zeros(len(blank), dtype=bool), tariff=blank)
    without = np.isnan(found["cpa"]) & (found["market_size_usd"] > 0)
    np.testing.assert_allclose(found["gap"][without], 0, atol=1e-12)


@given(worlds, BASES, MISSING, AVERAGES)
def test_blocks_are_one_block_are_the_plain_twin(world, basis, missing, average):
    options = {"basis": basis, "missing": missing, "average": average}
    whole = compute(world, **options)
    for product in range(world.cells.products):
        own = np.flatnonzero(world.cells.product == product)
        alone = _one_block(world, own, options)
        for column in COLUMNS:
            np.testing.assert_array_equal(alone[column], whole[column][own])
        _compare_with_twin(world, own, alone, options)


def _one_block(world, own, options):
    cells = Cells(
        world.cells.exporter[own], world.cells.importer[own], np.zeros(len(own), dtype=int), world.cells.economies, 1
    )
    size = len(world.cells)
    known = {
        name: x[..., own] if isinstance(x, np.ndarray) and x.shape[-1] == size else x for name, x in world.known.items()
    }
    return resolve(COLUMNS, {**known, "cells": cells, **options})


def _compare_with_twin(world, own, found, options):
    pairs = list(zip(world.cells.exporter[own].tolist(), world.cells.importer[own].tolist(), strict=True))
    columns = [world.known[c][own].tolist() for c in ("value_usd", "priced_value_usd", "period_quantity_t")]
    flows = {pair: flow for pair, flow in zip(pairs, zip(*columns, strict=True), strict=True) if flow[0] > 0}
    km = {pair: float(world.km[pair]) for pair in pairs}
    duty = {pair: float(world.rates[pair]) for pair in pairs}
    near = {pair for pair in pairs if world.neighbour[pair]}
    if not flows:
        return
    twin = gravity(flows, km, duty, near, **options)
    for k, pair in enumerate(pairs):
        if pair in twin:  # the twin knows only economies that trade the product
            for column in COLUMNS:
                np.testing.assert_allclose(found[column][k], twin[pair][column], rtol=1e-9, atol=1e-12)


# Every indicator declares what must not change it; one test runs them all.
DECLARED = [
    pytest.param(entry, invariance, id=f"{entry.id}-{invariance}")
    for entry in indicators().values()
    for invariance in entry.invariances
    if entry.function is not None
]
SCALED = {
    "value_scale": ("value_usd", "priced_value_usd", "period_value_usd", "period_priced_value_usd", "distance_weight", "history"),
    "quantity_scale": ("period_quantity_t",),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "invariance"), DECLARED)
@given(world=worlds)
def test_declared_invariances(entry: Indicator, invariance: str, world: RandomWorld):
    before = resolve([entry.id], world.known)[entry.id]
    if invariance == "row_order":
        order = np.random.default_rng(7).permutation(len(world.cells))
        size = len(world.cells)
        known = {
            name: x[..., order] if isinstance(x, np.ndarray) and x.shape[-1] == size else x
            for name, x in world.known.items()
        }
        cells = world.cells
        known["cells"] = Cells(
            cells.exporter[order], cells.importer[order], cells.product[order], cells.economies, cells.products
        )
        after, before = resolve([entry.id], known)[entry.id], before[order]
    else:
        known = {name: x * 1024.0 if name in SCALED[invariance] else x for name, x in world.known.items()}
        after = resolve([entry.id], known)[entry.id]
    if before.dtype.kind == "f":
        np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-12)
    else:
        np.testing.assert_array_equal(after, before)


def test_every_computed_indicator_declares_its_invariances():
    silent = [e.id for e in indicators().values() if e.function and not e.invariances]
    assert silent == []


def test_every_parameter_of_a_function_is_a_column_or_a_known_input():
    inputs = {
        "value_usd", "priced_value_usd", "period_value_usd", "period_priced_value_usd", "period_quantity_t", "cells",
        "importer_reports", "distance_weight", "log_distance", "neighbour", "tariff", "tariff_faced", "tariff_levied",
        "basis", "average", "missing", "exponent", "history", "data_years", "supply", "demand",
    }  # fmt: skip
    for column, entry in indicators().items():
        for parameter in needs(column):
            has_function = parameter in indicators() and indicators()[parameter].function is not None
            assert parameter in inputs or has_function, f"{entry.id} needs {parameter}"
