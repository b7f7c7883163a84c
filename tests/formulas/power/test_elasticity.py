"""What the elasticity estimators find on simulated markets whose σ is known."""

import numpy as np
import pytest

from entrepot.cube.groups import Groups
from entrepot.formulas.power import REGISTRY
from entrepot.formulas.power.elasticity import closed_form, estimate_by_market, iterate, settled, winsorise
from entrepot.formulas.power.feenstra import panel_elasticity
from entrepot.formulas.power.given import from_tariff_response, look_up, weighted_median


def market(rng, sigma, n=60, kappa=0.0):
    """ln p, ln q with quality uncorrelated with value for money z, unless `kappa` ties ln a to z: cov(ln a, z) = kappa·var z."""
    z = rng.normal(0, 0.5, n)
    quality = rng.normal(0, 0.5, n) + kappa * z
    x = quality - z
    return x, -sigma * x + (sigma - 1) * quality, quality, z


def three():
    """Worked by hand: x = (0, 1, 2), y = (1, 0, −4). x̄ = 1, ȳ = −1; v_x = 2, v_y = 4 + 1 + 9 = 14, c = −2 + 0 − 3 = −5."""
    return np.array([0.0, 1, 2]), np.array([1.0, 0, -4])


def test_the_closed_form_by_hand():
    # −(v_y + c)/(v_x + c) = −(14 − 5)/(2 − 5) = 3; the OLS elasticity 5/2 is above one
    assert closed_form(*three()) == pytest.approx(3)


def test_the_closed_form_is_the_value_instrument():
    x, y = three()
    x, y = x - x.mean(), y - y.mean()
    assert closed_form(x, y) == pytest.approx(-(y @ (x + y)) / (x @ (x + y)))


@pytest.mark.parametrize("sigma", [1.3, 1.8, 3.0, 6.0])
def test_the_closed_form_is_a_fixed_point_that_repels(sigma):
    """At the fixed point a step leaves β where it is; a deviation along the residuals is multiplied by about σ̂."""
    x, y, *_ = market(np.random.default_rng(3), sigma)
    x, y = x - x.mean(), y - y.mean()
    fixed = closed_form(x, y)
    at = (y + fixed * x) / (fixed - 1)

    def step(a):
        z = a - x
        beta = (y @ z) / (z @ z)
        return beta, -y + beta * z

    beta, after = step(at)
    assert beta == pytest.approx(fixed)
    np.testing.assert_allclose(after, at)
    # A direction that leaves β alone to first order is stretched by σ̂.
    z = at - x
    basis = np.linalg.svd(np.vstack([z, y]))[2][2]
    small = 1e-7 * basis
    np.testing.assert_allclose((step(at + small)[1] - at) / 1e-7, fixed * basis, atol=1e-4)


def test_the_printed_iteration_converges_only_where_sigma_is_inadmissible():
    rng = np.random.default_rng(5)
    x, y, *_ = market(rng, 0.6)
    path = iterate(x, y)
    assert path.status == "converged"
    assert path.sigma < 1
    for sigma in (1.3, 1.8, 3.0, 6.0):
        ends = [iterate(*market(rng, sigma)[:2], steps=300).status for _ in range(12)]
        assert "converged" not in ends


def test_accidental_stops_are_rarer_the_larger_sigma_is():
    rng = np.random.default_rng(8)
    stops = {
        sigma: sum(
            iterate(*market(rng, sigma, n=40)[:2], steps=400).status == "stopped_near_fixed_point" for _ in range(40)
        )
        for sigma in (1.3, 6.0)
    }
    assert stops[1.3] > 2 * stops[6.0]


@pytest.mark.parametrize("sigma", [1.5, 3.0, 6.0])
def test_the_closed_form_is_consistent_when_quality_is_unrelated_to_value_for_money(sigma):
    x, y, *_ = market(np.random.default_rng(11), sigma, n=200_000)
    assert closed_form(x, y) == pytest.approx(sigma, rel=0.03)


@pytest.mark.parametrize("kappa", [-0.5, 0.3, 0.6])
def test_otherwise_its_error_follows_the_formula(kappa):
    """σ̂ − σ = κ(σ−1)/(var z − κ), exactly in the sample with the sample's own κ and var z."""
    sigma = 3.0
    x, y, quality, z = market(np.random.default_rng(13), sigma, n=500, kappa=kappa)
    covariance = np.cov(quality, z)
    expected = covariance[0, 1] * (sigma - 1) / (covariance[1, 1] - covariance[0, 1])
    assert closed_form(x, y) - sigma == pytest.approx(expected)


def test_inelastic_exactly_when_kappa_reaches_the_variance_of_z():
    x, y, *_ = market(np.random.default_rng(17), 3.0, n=2000, kappa=1.6)
    assert np.isnan(closed_form(x, y))


def test_estimates_by_market_count_and_name_what_they_cannot_do():
    rng = np.random.default_rng(19)
    sizes = [30, 30, 9, 10]
    pieces = [market(rng, 3.0, n=size, kappa=k) for size, k in zip(sizes, (0, 1.9, 0, 0), strict=True)]
    price = np.exp(np.concatenate([p[0] for p in pieces]))
    quantity = np.exp(np.concatenate([p[1] for p in pieces]))
    price, quantity = np.append(price, 1.0), np.append(quantity, 0.0)  # a seller without a quantity counts nowhere
    groups = Groups(np.append(np.repeat(np.arange(4), sizes), 2), 4)
    found = estimate_by_market(price * quantity, quantity, groups, tail=0.0)
    assert found.status.tolist() == ["closed_form", "inelastic", "too_few", "closed_form"]
    assert found.exporters.tolist() == [30, 30, 9, 10]
    np.testing.assert_array_equal(settled(found.status), [1, 0, np.nan, 1])
    assert np.isfinite(found.sigma).tolist() == [True, False, False, True]
    printed = estimate_by_market(price * quantity, quantity, groups, "iterate", tail=0.0, steps=200)
    assert "converged" not in printed.status


def test_winsorising_draws_in_the_ends_only():
    x = np.arange(101.0)
    np.testing.assert_allclose(winsorise(x, 0.05), np.clip(x, 5, 95))
    assert winsorise(x, 0.0) is x


def panel(rng, years, exporters=30, sigma=3.0, omega=0.5, common=0.0, alike=False):
    """Prices, shares, quantities of exporters whose demand and supply shocks differ in variance (or, `alike`, do not)."""
    spread = [np.full(exporters, 0.3) if alike else rng.uniform(0.1, 0.6, exporters) for _ in range(2)]
    demand, supply = (rng.normal(0, 1, (years, exporters)) * s for s in spread)
    supply = supply + common * demand
    demand, supply = demand.cumsum(axis=0), supply.cumsum(axis=0)
    phi = omega / (1 + omega)
    share = (demand - (sigma - 1) * supply) / (1 + (sigma - 1) * phi)
    price = phi * share + supply
    return price, share - np.log(np.exp(share).sum(axis=1, keepdims=True)), np.exp(share - price)


def spread_of(years, estimator="liml", draws=15, **kwargs):
    found = [
        panel_elasticity(*panel(np.random.default_rng(k), years, **kwargs), estimator=estimator) for k in range(draws)
    ]
    return np.array([one.sigma for one in found])


def test_a_long_panel_recovers_the_elasticity():
    """Thirty exporters, 100 years: the median within 5 % of 3, every draw within 15 %."""
    found = spread_of(100)
    assert np.median(found) == pytest.approx(3, rel=0.05)
    assert (np.abs(found / 3 - 1) < 0.15).all()


def test_a_short_panel_spreads_and_leans_upward():
    short, long = spread_of(8, draws=30), spread_of(100)
    assert short.std() > 2 * long.std()
    assert short.mean() > 3


def test_without_its_own_assumption_it_errs():
    """Supply shocks that follow demand shocks of each exporter by a common slope are a supply slope; σ survives that."""
    tied = spread_of(100, common=0.2)
    assert np.median(tied) == pytest.approx(3, rel=0.1)
    alike = spread_of(30, alike=True, draws=20)
    assert np.percentile(np.abs(alike - 3), 75) > np.percentile(np.abs(spread_of(30, draws=20) - 3), 75)


def test_the_panel_tells_its_length_and_its_reference():
    price, share, quantity = panel(np.random.default_rng(1), 12)
    price[:3, 4] = np.nan
    share[:, 7] += 30  # the largest of those that are always there
    found = panel_elasticity(price, share, quantity)
    assert (found.years, found.exporters, found.reference) == (12, 29, 7)
    assert found.changes == 29 * 11 - 3
    assert panel_elasticity(price[:, :8], share[:, :8], quantity[:, :8]).status == "too_few"


def test_published_tables():
    np.testing.assert_allclose(from_tariff_response(np.array([-12.11, -0.9, 0.5])), [12.11, np.nan, np.nan])
    np.testing.assert_allclose(from_tariff_response(np.array([-12.11, -0.9, 0.5]), "post"), [13.11, 1.9, np.nan])
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0])) == 2
    sigma, status = look_up(["260300", "2709"], {"26": 2.0, "2603": 4.0, "270900": 0.8})
    np.testing.assert_array_equal(sigma, [4.0, np.nan])
    assert status.tolist() == ["given", "not_in_table"]


@pytest.mark.parametrize("sigma", [1.5, 4.0])
def test_quality_is_recovered_exactly_where_the_elasticity_is_known(sigma):
    """a = FP·TLC^(1/(σ−1)) equals the simulated quality up to one level for the whole market."""
    x, y, quality, _ = market(np.random.default_rng(23), sigma)
    price, quantity = np.exp(x), np.exp(y)
    groups = Groups(np.zeros(len(x), dtype=int), 1)
    known = {"exports_priced_usd": price * quantity, "exports_counted_usd": price * quantity, "exports_t": quantity}
    known |= {"markets": groups, "average": "quantity", "sigma": np.full(len(x), sigma)}
    gap = np.log(REGISTRY.resolve(["quality"], known)["quality"]) - quality
    np.testing.assert_allclose(gap, gap[0], atol=1e-10)


def test_with_an_estimated_elasticity_quality_is_ordered_as_it_was_made():
    x, y, quality, _ = market(np.random.default_rng(29), 4.0, n=400)
    sigma = closed_form(x, y)
    price, quantity = np.exp(x), np.exp(y)
    known = {"exports_priced_usd": price * quantity, "exports_counted_usd": price * quantity, "exports_t": quantity}
    known |= {"markets": Groups(np.zeros(len(x), dtype=int), 1), "average": "quantity", "sigma": np.full(len(x), sigma)}
    found = np.log(REGISTRY.resolve(["quality"], known)["quality"])
    assert np.corrcoef(found, quality)[0, 1] > 0.99
