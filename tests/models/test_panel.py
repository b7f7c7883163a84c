"""Panels: equal to linearmodels and pyfixest called directly, to published figures, and right about known worlds."""

from typing import Any

import numpy as np
import pytest

from entrepot.core.errors import DataError, InputError
from entrepot.models.panel import Panel, hausman, panel_of, panel_regression
from entrepot.models.panel_causality import dumitrescu_hurlin
from entrepot.models.panel_unit_root import panel_unit_root


def world(seed: int, *, correlated: bool, units: int = 30, years: int = 10) -> Panel:
    rng = np.random.default_rng(seed)
    unit, year = np.repeat(np.arange(units), years), np.tile(np.arange(2000, 2000 + years), units)
    own = np.repeat(rng.normal(size=units), years)
    x, z = rng.normal(size=unit.size) + (own if correlated else 0), rng.normal(size=unit.size)
    y = 1 + 0.5 * x - 0.2 * z + own + rng.normal(size=unit.size)
    return panel_of("y", y, {"x": x, "z": z}, unit, year)


@pytest.fixture(scope="module")
def grunfeld() -> dict[str, dict[str, Any]]:
    """The ten firms of Grunfeld's investment data that the literature uses."""
    import statsmodels.api as sm

    frame = sm.datasets.grunfeld.load_pandas().data
    frame = frame[frame.firm != "American Steel"]
    return {name: {firm: part[name].to_numpy() for firm, part in frame.groupby("firm")} for name in frame.columns[:3]}


def as_frame(panel: Panel) -> Any:
    import pandas as pd

    return pd.DataFrame({"y": panel.y, **panel.columns, "unit": panel.units, "year": panel.years})


@pytest.mark.parametrize(
    ("errors", "theirs"), [("classical", "iid"), ("robust", "hetero"), ("by_year", {"CRV1": "year"})]
)
def test_fixed_effects_are_pyfixests(errors: Any, theirs: Any):
    import pyfixest

    panel = world(1, correlated=True)
    own = panel_regression(panel, effects="fixed", errors=errors)
    found = pyfixest.feols("y ~ x + z | unit", as_frame(panel), vcov=theirs)
    assert own.coefficients == pytest.approx(found.coef().to_numpy(), rel=1e-8)
    assert own.errors == pytest.approx(found.se().to_numpy(), rel=1e-6)


def test_the_cluster_factor_is_the_one_stated():
    import pyfixest

    panel = world(1, correlated=True)
    own = panel_regression(panel, errors="by_unit").errors
    # pyfixest also counts one coefficient for the absorbed effects: (n−1)/(n−3) there, (n−1)/(n−2) here.
    theirs = pyfixest.feols("y ~ x + z | unit", as_frame(panel), vcov={"CRV1": "unit"}).se().to_numpy()
    n = panel.y.size
    assert own * np.sqrt((n - 2) / (n - 3)) == pytest.approx(theirs, rel=1e-8)


def test_random_effects_and_driscoll_kraay_are_linearmodels_own():
    import linearmodels.panel as models

    panel = world(2, correlated=False)
    frame = as_frame(panel).set_index(["unit", "year"])
    theirs = models.RandomEffects(frame.y, frame[["x", "z"]].assign(const=1.0)[["const", "x", "z"]]).fit()
    own = panel_regression(panel, effects="random", errors="classical")
    assert own.coefficients == pytest.approx(theirs.params.to_numpy())
    kernel = models.PanelOLS(frame.y, frame[["x", "z"]], entity_effects=True)
    theirs = kernel.fit(cov_type="kernel", kernel="bartlett", bandwidth=2)
    assert panel_regression(panel, errors="driscoll_kraay", lags=2).errors == pytest.approx(
        theirs.std_errors.to_numpy()
    )


def test_grunfelds_investment_equation(grunfeld: dict[str, dict[str, Any]]):
    # Baltagi (2021), table 2.1 (10 firms, 20 years): within 0.110 (0.012) and 0.310 (0.017).
    firms = list(grunfeld["invest"])
    stacked = {name: np.concatenate([of[firm] for firm in firms]) for name, of in grunfeld.items()}
    unit, year = np.repeat(firms, 20), np.tile(np.arange(1935, 1955), 10)
    columns = {"value": stacked["value"], "capital": stacked["capital"]}
    panel = panel_of("invest", stacked["invest"], columns, unit, year)
    found = panel_regression(panel, errors="classical")
    assert found.coefficients == pytest.approx([0.110, 0.310], abs=5e-4)
    assert found.errors == pytest.approx([0.012, 0.017], abs=5e-4)
    # Swamy-Arora random effects there: 0.110 (0.0105) and 0.308 (0.017).
    assert panel_regression(panel, effects="random").coefficients[1:] == pytest.approx([0.110, 0.308], abs=5e-4)


def test_hausman_tells_the_worlds_apart():
    rejected = {
        correlated: np.mean([hausman(world(seed, correlated=correlated)).p_value < 0.05 for seed in range(12)])
        for correlated in (True, False)
    }
    assert rejected[True] > 0.9
    assert rejected[False] < 0.3


def test_panel_unit_roots_of_grunfeld_are_those_published(grunfeld: dict[str, dict[str, Any]]):
    # R's plm (its tests say that gretl and EViews agree): W = −1.419 and 1.496; LLC 0.119 and −2.645.
    value = grunfeld["value"]
    assert panel_unit_root(value, lags=0).statistic == pytest.approx(-1.419, abs=5e-4)
    assert panel_unit_root(value, lags=2).statistic == pytest.approx(1.496, abs=5e-4)
    assert panel_unit_root(value, test="llc", lags=0).statistic == pytest.approx(0.119, abs=5e-4)
    assert panel_unit_root(value, test="llc", trend="ct", lags=0).statistic == pytest.approx(-2.645, abs=5e-4)


def test_one_units_ratio_is_statsmodels_adf(grunfeld: dict[str, dict[str, Any]]):
    from statsmodels.tsa.stattools import adfuller

    found = panel_unit_root(grunfeld["value"], lags=2)
    theirs = [adfuller(one, maxlag=2, autolag=None, result_object=False)[0] for one in grunfeld["value"].values()]
    assert found.t_ratios == pytest.approx(theirs)


def test_chosen_lags_stay_within_the_table_of_ips():
    rng = np.random.default_rng(5)
    series = {str(n): np.cumsum(np.cumsum(rng.normal(size=26))) for n in range(20)}
    found = panel_unit_root(series, criterion="aic")
    assert max(found.lags) > 0
    assert np.isfinite(found.statistic)
    with pytest.raises(DataError) as raised:
        panel_unit_root(series, lags=8)
    assert raised.value.code == "not_tabulated"


@pytest.mark.parametrize("test", ["ips", "llc"])
def test_panel_unit_root_size_and_power(test: Any):
    rng = np.random.default_rng(6)

    def share(make: Any) -> float:
        worlds = [{str(n): make(rng.normal(size=40)) for n in range(10)} for _ in range(60)]
        return float(np.mean([panel_unit_root(one, test=test, lags=0).p_value < 0.05 for one in worlds]))

    assert share(np.cumsum) < 0.2
    assert share(lambda noise: noise) > 0.95


def test_causality_of_grunfeld_is_that_published(grunfeld: dict[str, dict[str, Any]]):
    # R's plm: Z̃ = 3.2896 (p 0.001003) with one lag, 1.6832 (0.09234) with two, and Z̄ = 2.9657 (0.00302).
    one, two = (dumitrescu_hurlin(grunfeld["invest"], grunfeld["value"], lags=lags) for lags in (1, 2))
    assert (one.z_tilde, one.p_z_tilde) == pytest.approx((3.2896, 0.001003), rel=1e-3)
    assert (two.z_tilde, two.p_z_tilde) == pytest.approx((1.6832, 0.09234), rel=1e-3)
    assert (two.z_bar, two.p_z_bar) == pytest.approx((2.9657, 0.00302), rel=1e-3)


def test_nothing_depends_on_the_unit_of_measurement():
    panel = world(4, correlated=True)
    dollars = 3e15
    large = panel_of(
        "y", panel.y, {"x": (9 + panel.columns["x"]) * dollars, "z": panel.columns["z"]}, panel.units, panel.years
    )
    for effects in ("pooled", "fixed", "random"):
        one, other = (panel_regression(each, effects=effects) for each in (panel, large))
        at = one.names.index("x")
        assert one.coefficients[at] == pytest.approx(other.coefficients[at] * dollars, rel=1e-6)
        assert one.errors[at] == pytest.approx(other.errors[at] * dollars, rel=1e-6)
    x = {str(unit): 9 + panel.columns["x"][panel.units == unit] for unit in range(30)}
    y = {str(unit): panel.y[panel.units == unit] for unit in range(30)}
    scaled = {unit: values * dollars for unit, values in x.items()}
    assert dumitrescu_hurlin(y, x).z_tilde == pytest.approx(dumitrescu_hurlin(y, scaled).z_tilde, rel=1e-6)
    for test in ("ips", "llc"):
        found = [panel_unit_root(each, test=test, lags=0).statistic for each in (x, scaled)]  # type: ignore[arg-type]
        assert found[0] == pytest.approx(found[1], rel=1e-6)


def test_what_cannot_be_estimated_is_an_error_of_ours():
    small = world(3, correlated=False, units=2)
    with pytest.raises(DataError) as raised:
        panel_regression(small, effects="random")  # two means cannot fit three coefficients
    assert raised.value.code == "not_estimable"
    steps = {str(n): np.repeat([0.0, 1.0], 10) for n in range(3)}
    for test in ("ips", "llc"):
        with pytest.raises(DataError) as raised:
            panel_unit_root({**steps, "line": np.arange(20.0)}, test=test, lags=1)  # type: ignore[arg-type]
        assert raised.value.code == "not_estimable"
    noise = {name: np.random.default_rng(1).normal(size=20) for name in "ab"}
    with pytest.raises(DataError) as raised:
        dumitrescu_hurlin({name: np.arange(20.0) for name in "ab"}, noise)
    assert raised.value.code == "not_estimable"
    with pytest.raises(InputError) as lags:
        panel_regression(world(3, correlated=False), errors="driscoll_kraay", lags=10)
    assert lags.value.code == "bad_lags"
    with pytest.raises(DataError) as still:
        panel_of("y", [1, 1, 1, 1], {"x": [1, 2, 4, 3]}, list("aabb"), [1, 2, 1, 2])
    assert still.value.code == "constant_series"


def test_bad_panels_are_refused():
    with pytest.raises(DataError) as double:
        panel_of("y", [1, 2, 3], {"x": [1, 2, 4]}, ["a", "a", "b"], [1, 1, 1])
    assert double.value.code == "double_rows"
    panel = world(3, correlated=False)
    still = panel_of("y", panel.y, {"size": panel.units.astype(float)}, panel.units, panel.years)
    with pytest.raises(DataError) as absorbed:
        panel_regression(still)
    assert (absorbed.value.code, absorbed.value.field) == ("absorbed", "size")
    twice = panel_of("y", panel.y, {"x": panel.columns["x"], "x2": 2 * panel.columns["x"]}, panel.units, panel.years)
    with pytest.raises(DataError) as collinear:
        panel_regression(twice)
    assert collinear.value.code == "collinear"
    with pytest.raises(DataError) as unbalanced:
        panel_unit_root({"a": np.arange(20.0) % 7, "b": np.arange(21.0) % 5}, test="llc")
    assert unbalanced.value.code == "unbalanced"
