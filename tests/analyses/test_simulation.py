"""A simulated customs world: its truth is what the estimators find, and the same seed gives the same world."""

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.micro.answers import cells, quality
from entrepot.analyses.simulation import simulate_customs
from entrepot.core.errors import InputError
from entrepot.tables import firm_flows

KEYS = ["region", "product", "year"]


@pytest.fixture(scope="module")
def world():
    return simulate_customs(firms=1500, products=10, regions=6, years=range(2010, 2014))


def test_declarations_are_canonical(world):
    assert firm_flows.check(world.flows, unique=True).height == world.flows.height
    assert set(world.flows["year"]) == {2010, 2011, 2012, 2013}


def test_the_same_seed_gives_the_same_world():
    again = [simulate_customs(firms=40, products=2, regions=2, seed=seed) for seed in (3, 3, 4)]
    assert again[0].flows.equals(again[1].flows)
    assert not again[0].flows.equals(again[2].flows)


def test_quality_and_prices_are_found_again(world):
    both = quality(world.flows).frame.join(world.firms, on=["firm", "product", "year"], suffix="_true")
    assert both.height == world.firms.height
    by_product = both.group_by("product").agg(pl.corr("quality", "quality_true"))
    assert by_product["quality"].min() > 0.99
    np.testing.assert_allclose(both["price_usd"], both["price_usd_true"], rtol=1e-12)


def test_exchange_and_dispersion_are_those_stated(world):
    both = cells(world.flows).frame.join(world.cells, on=KEYS, suffix="_true")
    np.testing.assert_allclose(both["ico"], both["ico_true"], rtol=1e-12)
    before = world.cells.select("region", "product", pl.col("year") + 1, before="ico")
    lagged = world.cells.join(before, on=KEYS)
    np.testing.assert_allclose(lagged["ico_lag"], lagged["before"])
    # The mean of RMD − E[RMD] is within four of its standard errors.
    rest = (both["rmd"] - both["expected_rmd"]).drop_nulls()
    assert abs(rest.mean()) < 4 * rest.std() / np.sqrt(len(rest))


def test_expected_dispersion_falls_with_exchange_by_the_effect(world):
    """Within a region and product, less the trend: E[RMD] moves by the effect times ICO of the year before."""
    moves = world.cells.filter(pl.col("ico_lag").is_not_null() & (pl.col("n_firms") > 1)).sort(*KEYS)
    over = ["region", "product"]
    moves = moves.with_columns(
        rmd=pl.col("expected_rmd") - pl.col("expected_rmd").mean().over(over),
        ico=pl.col("ico_lag") - pl.col("ico_lag").mean().over(over),
        year=pl.col("year") - pl.col("year").mean().over(over),
    )
    x = moves.select("ico", "year").to_numpy()
    effect = np.linalg.lstsq(x, moves["rmd"].to_numpy(), rcond=None)[0]
    assert world.parameters["clipped"] == 0
    np.testing.assert_allclose(effect[0], world.parameters["effect"], rtol=1e-6)


def test_firms_enter_and_leave(world):
    years = [set(world.flows.filter(year=year)["firm"]) for year in (2010, 2011)]
    assert years[0] - years[1]
    assert years[1] - years[0]


def test_endogeneity_moves_dispersion_with_exchange():
    worlds = [simulate_customs(firms=400, products=4, regions=4, endogeneity=weight) for weight in (0.0, 1.0)]
    assert not worlds[0].cells["expected_rmd"].equals(worlds[1].cells["expected_rmd"])


def test_bad_rows_are_found_by_the_reader():
    world = simulate_customs(firms=60, products=3, regions=3, bad_rows=True)
    assert not any(
        "zeros" in note.en for note in quality(simulate_customs(firms=60, products=3, regions=3).flows).notes
    )
    said = " ".join(note.en for note in cells(world.flows).notes)
    for word in ("leading zeros", "no quantity above zero", "another length", "one firm", "singletons"):
        assert word in said


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ({"firms": 1}, "bad_firms"),
        ({"years": [2010, 2012]}, "bad_years"),
        ({"sigma": 1.0}, "bad_sigma"),
        ({"effect": -1.0}, "bad_effect"),
        ({"firms": 60.5}, "bad_firms"),
        ({"years": ["next"]}, "bad_years"),
        ({"neighbors": 5}, "unknown_option"),
    ],
)
def test_plans_out_of_bounds_are_refused(plan, code):
    with pytest.raises(InputError) as refused:
        simulate_customs(**plan)
    assert refused.value.code == code
