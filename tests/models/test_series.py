"""Series: the adapters give what the packages give, worlds of known truth are recognised, bad input is named."""

import numpy as np
import pytest

from entrepot.core.errors import DataError, InputError
from entrepot.models.autoregression import autoregression, granger
from entrepot.models.cointegration import engle_granger, error_correction, johansen
from entrepot.models.unit_root import unit_root

RUNS = 60


@pytest.fixture
def pair() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(11)
    x = np.cumsum(rng.normal(size=120))
    return {"y": 1 + 0.5 * x + rng.normal(size=120), "x": x}


def test_adf_and_kpss_are_statsmodels_own(pair: dict[str, np.ndarray]):
    from statsmodels.tsa.stattools import adfuller, kpss

    own = unit_root(pair["x"], lags=2, trend="ct")
    theirs = adfuller(pair["x"], maxlag=2, autolag=None, regression="ct", result_object=False)
    assert own.statistic == pytest.approx(theirs[0], rel=1e-9)
    assert own.p_value == pytest.approx(theirs[1], rel=1e-6)
    statistic = kpss(pair["x"], nlags=5, result_object=False)[0]
    assert unit_root(pair["x"], test="kpss", lags=5).statistic == pytest.approx(statistic, rel=1e-9)


def test_the_lags_are_those_of_the_criterion(pair: dict[str, np.ndarray]):
    from statsmodels.tsa.stattools import adfuller

    assert unit_root(pair["x"], criterion="bic").lags == adfuller(pair["x"], autolag="BIC", result_object=False)[2]


@pytest.mark.parametrize(("test", "small_means"), [("adf", "stationary"), ("pp", "stationary"), ("kpss", "wanders")])
def test_size_and_power_over_many_worlds(test: str, small_means: str):
    rng = np.random.default_rng(1)
    walks = [unit_root(np.cumsum(rng.normal(size=200)), test=test).p_value < 0.05 for _ in range(RUNS)]
    calm = [unit_root(rng.normal(size=200), test=test).p_value < 0.05 for _ in range(RUNS)]
    null, other = (walks, calm) if small_means == "stationary" else (calm, walks)
    assert np.mean(null) < 0.15
    assert np.mean(other) > 0.70  # KPSS finds 80 % of walks of this length, the others nearly all noise


def test_engle_granger_finds_the_relation(pair: dict[str, np.ndarray]):
    found = engle_granger(pair)
    assert found.p_value < 0.01
    # z = y − 0.5·x − 1
    assert found.vector["x"] == pytest.approx(-0.5, abs=0.05)


def test_johansen_finds_the_rank_in_most_worlds():
    rng = np.random.default_rng(2)
    ranks = []
    for _ in range(RUNS):
        walks = np.cumsum(rng.normal(size=(250, 2)), axis=0)
        y = walks[:, 0] + rng.normal(size=250)
        ranks.append(johansen({"y": y, "a": walks[:, 0], "b": walks[:, 1]}).rank_trace)
    # One relation (y with a); the sequence of 5 % tests may stop one too late now and then.
    assert np.mean(np.array(ranks) == 1) > 0.80


def test_johansen_is_statsmodels_own(pair: dict[str, np.ndarray]):
    from statsmodels.tsa.vector_ar.vecm import coint_johansen

    theirs = coint_johansen(np.column_stack(list(pair.values())), 0, 1)
    own = johansen(pair)
    assert own.trace == pytest.approx(theirs.lr1)
    assert own.maximum_critical == pytest.approx(theirs.cvm)
    assert own.vectors[0] == pytest.approx([1, 1])


def test_error_correction_is_ordinary_least_squares(pair: dict[str, np.ndarray]):
    import statsmodels.api as sm

    y, x = pair["y"], pair["x"]
    left = sm.OLS(y, sm.add_constant(x)).fit().resid
    dy, dx = np.diff(y), np.diff(x)
    design = np.column_stack([np.ones(118), left[1:-1], dx[1:], dy[:-1], dx[:-1]])
    theirs = sm.OLS(dy[1:], design).fit()
    own = error_correction(pair, lags=1)
    assert own.names == ("const", "ec(-1)", "Δx", "Δy(-1)", "Δx(-1)")
    assert own.coefficients == pytest.approx(theirs.params)
    assert own.errors == pytest.approx(theirs.bse)


def test_autoregression_is_statsmodels_own(pair: dict[str, np.ndarray]):
    from statsmodels.tsa.api import VAR

    theirs = VAR(np.column_stack(list(pair.values()))).fit(2)
    own = autoregression(pair, lags=2)
    for at, equation in enumerate(own.equations):
        assert equation.coefficients == pytest.approx(theirs.params[:, at])
        assert equation.errors == pytest.approx(np.sqrt(np.diag(equation.covariance)))
        assert equation.errors == pytest.approx(theirs.stderr[:, at])
    assert own.equations[0].names == ("const", "y(-1)", "x(-1)", "y(-2)", "x(-2)")
    assert own.stable == theirs.is_stable()


def test_granger_knows_who_leads():
    rng = np.random.default_rng(3)
    found = {("x", "y"): 0, ("y", "x"): 0}
    for _ in range(RUNS):
        x = rng.normal(size=150)
        y = np.r_[0, 0.5 * x[:-1]] + rng.normal(size=150)
        for one in granger({"y": y, "x": x}, lags=1):
            found[one.cause, one.effect] += one.p_value < 0.05
    assert found["x", "y"] > 0.95 * RUNS
    assert found["y", "x"] < 0.15 * RUNS


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1.0, np.nan] * 6, "gaps_in_series"),
        ([1.0, 2.0, 3.0], "series_too_short"),
        ([2.0] * 20, "constant_series"),
    ],
)
def test_a_series_that_says_nothing_is_refused(values: list[float], code: str):
    with pytest.raises(DataError) as raised:
        unit_root(values, name="gl")
    assert raised.value.code == code
    assert "gl" in str(raised.value)


def test_the_trend_of_the_relation_is_in_the_error_correction(pair: dict[str, np.ndarray]):
    import statsmodels.api as sm

    y, x = pair["y"] + 0.3 * np.arange(120), pair["x"]
    left = sm.OLS(y, np.column_stack([np.ones(120), np.arange(120), x])).fit().resid
    dy, dx = np.diff(y), np.diff(x)
    theirs = sm.OLS(dy, np.column_stack([np.ones(119), left[:-1], dx])).fit()
    own = error_correction({"y": y, "x": x}, lags=0, trend="ct")
    assert own.coefficients == pytest.approx(theirs.params)


@pytest.mark.parametrize("dollars", [3e13, 1e17, 1e-15])
def test_nothing_depends_on_the_unit_of_measurement(dollars: float):
    # A pseudo-inverse takes a constant beside 3·10¹³ dollars for nothing unless the series is divided first.
    rng = np.random.default_rng(11)
    x = 5 + 0.05 * np.cumsum(rng.normal(size=40))
    y = 0.5 + 0.1 * x + 0.02 * rng.normal(size=40)
    one, other = {"y": y, "x": x}, {"y": y, "x": x * dollars}
    for test in ("adf", "pp", "kpss"):
        found = [unit_root(each["x"], test=test, lags=2).statistic for each in (one, other)]
        assert found[0] == pytest.approx(found[1], rel=1e-6)
    tests = [engle_granger(each) for each in (one, other)]
    assert tests[0].statistic == pytest.approx(tests[1].statistic, rel=1e-6)
    assert tests[0].vector["x"] == pytest.approx(tests[1].vector["x"] * dollars, rel=1e-6)
    assert tests[0].vector["const"] == pytest.approx(tests[1].vector["const"], rel=1e-6)
    ranks = [johansen(each) for each in (one, other)]
    assert ranks[0].trace == pytest.approx(ranks[1].trace, rel=1e-6)
    assert ranks[0].vectors[1] == pytest.approx(ranks[1].vectors[1] * dollars, rel=1e-5)
    errors = [error_correction(each) for each in (one, other)]
    assert errors[0].coefficients[1] == pytest.approx(errors[1].coefficients[1], rel=1e-6)
    assert errors[0].errors[2] == pytest.approx(errors[1].errors[2] * dollars, rel=1e-6)
    vectors = [autoregression(each, lags=2) for each in (one, other)]
    assert vectors[0].equations[0].coefficients[2] == pytest.approx(
        vectors[1].equations[0].coefficients[2] * dollars, rel=1e-6
    )
    assert vectors[0].equations[1].covariance[0, 0] == pytest.approx(
        vectors[1].equations[1].covariance[0, 0] / dollars**2, rel=1e-6
    )
    assert vectors[1].criteria["aic"] - vectors[0].criteria["aic"] == pytest.approx(2 * np.log(dollars), rel=1e-6)
    assert vectors[0].residual_covariance[0, 1] == pytest.approx(
        vectors[1].residual_covariance[0, 1] / dollars, rel=1e-6
    )
    f = [granger(each, lags=1)[0].statistic for each in (one, other)]
    assert f[0] == pytest.approx(f[1], rel=1e-6)


def test_what_a_package_cannot_compute_is_an_error_of_ours(pair: dict[str, np.ndarray]):
    line, years = np.arange(40.0), np.arange(1980.0, 2020.0) ** 2
    for test in (autoregression, granger):
        with pytest.raises(DataError) as raised:
            test({"y": line, "x": years})
        assert raised.value.code == "not_estimable"
    many = {f"v{n}": np.random.default_rng(n).normal(size=60) for n in range(15)}
    for test in (engle_granger, johansen):
        with pytest.raises(DataError):
            test(many)
    short = {name: values[:10] for name, values in list(many.items())[:8]}
    with pytest.raises(DataError):
        autoregression(short)
    for ask in (unit_root, lambda values, lags: engle_granger(pair, lags=lags)):
        with pytest.raises(InputError) as negative:
            ask(pair["x"], lags=-1)
        assert negative.value.code == "bad_lags"
        with pytest.raises(DataError):
            ask(pair["x"], lags=500)
    for test in (johansen, error_correction):
        with pytest.raises(InputError):
            test(pair, lags=-1)
        with pytest.raises(DataError):
            test(pair, lags=500)


def test_unknown_choices_name_the_valid_ones(pair: dict[str, np.ndarray]):
    with pytest.raises(InputError) as raised:
        unit_root(pair["x"], test="adff")  # type: ignore[arg-type]
    assert raised.value.nearest == "adf"
    with pytest.raises(InputError):
        unit_root(pair["x"], test="kpss", trend="n")
    with pytest.raises(InputError):
        autoregression(pair, lags=90)
    with pytest.raises(DataError):
        engle_granger({"y": pair["y"]})
    with pytest.raises(DataError) as unequal:
        engle_granger({"y": pair["y"], "x": pair["x"][:-1]})
    assert unequal.value.code == "unequal_series"
