"""Absorbed effects, instruments and permutations: equal to the packages called directly, with dummies, and by hand."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pyfixest
import pytest
from linearmodels.iv import IV2SLS
from linearmodels.iv.common import cragg_donald_f, kleibergen_paap, kleibergen_paap_f

from entrepot.core.errors import DataError, InputError
from entrepot.models.absorbed import AbsorbedSample, absorbed_regression, absorbed_sample, residualised
from entrepot.models.instruments import STOCK_YOGO, first_stage
from entrepot.models.permutation import permutation_test


def world(seed: int = 1, *, rows: int = 600, slope: float = 0.5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"cell": rng.integers(0, 60, rows), "year": rng.integers(0, 5, rows)})
    frame["product"] = frame.cell // 4
    frame["z1"], frame["z2"], frame["w"], hidden = rng.normal(size=(4, rows))
    spread = 0.5 + frame["product"] / 15  # errors differ between clusters
    frame["x"] = 0.4 * frame.z1 + 0.2 * frame.z2 + 0.3 * frame.w + hidden + frame.cell / 30
    frame["y"] = slope * frame.x - 0.3 * frame.w + frame.cell / 20 + frame.year / 3 + hidden
    frame["y"] += spread * rng.normal(size=rows)
    return frame


def sample_of(frame: pd.DataFrame, x: tuple[str, ...] = ("x", "w"), z: tuple[str, ...] = (), by: str = "product"):
    return absorbed_sample(
        "y",
        frame["y"],
        {name: frame[name] for name in x},
        effects={"cell": frame["cell"], "year": frame["year"]},
        clusters={by: frame[by]} if by else {},
        instruments={name: frame[name] for name in z},
    )


def dummies(frame: pd.DataFrame) -> np.ndarray:
    years = pd.get_dummies(frame["year"], drop_first=True, dtype=float)
    return np.column_stack([pd.get_dummies(frame["cell"], dtype=float), years])


@pytest.mark.parametrize(
    ("by", "theirs"), [("product", {"CRV1": "product"}), ("cell", {"CRV1": "cell"}), ("", "hetero")]
)
def test_least_squares_are_pyfixests(by: str, theirs: Any):
    frame = world()
    own = absorbed_regression(sample_of(frame, by=by))
    found = pyfixest.feols("y ~ x + w | cell + year", frame, vcov=theirs)
    assert own.names == ("x", "w")
    assert own.coefficients == pytest.approx(found.coef().to_numpy(), rel=1e-6)
    assert own.errors == pytest.approx(found.se().to_numpy(), rel=1e-6)
    assert own.p_values == pytest.approx(found.pvalue().to_numpy(), rel=1e-4)
    assert own.r2 == pytest.approx(found._r2_within, rel=1e-6)


def test_the_degrees_of_freedom_are_those_stated():
    """Robust: n/(n−k), k with every effect. By product: cells are nested, years are not: k = 2 + (60 + 5 − 1) − 60 + 1."""
    frame = world()
    model = absorbed_regression(sample_of(frame))
    assert model.about["k"] == 2 + (60 + 5 - 1) - 60 + 1
    assert model.df == frame["product"].nunique() - 1
    assert absorbed_regression(sample_of(frame, by="")).df == len(frame) - (2 + 60 + 5 - 1)
    # The whole covariance by hand: bread · Σ_g s_g s_g' · bread · G/(G−1) · (n−1)/(n−k).
    sample = sample_of(frame)
    left = residualised(np.column_stack([sample.y, *sample.columns.values()]), list(sample.effects.values()))
    y, x = left[:, 0], left[:, 1:]
    scores = (
        pd.DataFrame(x * (y - x @ model.coefficients)[:, None]).groupby(frame["product"].to_numpy()).sum().to_numpy()
    )
    bread, n, groups, k = np.linalg.inv(x.T @ x), len(frame), frame["product"].nunique(), model.about["k"]
    by_hand = bread @ (scores.T @ scores) @ bread * groups / (groups - 1) * (n - 1) / (n - k)
    assert model.covariance == pytest.approx(by_hand, rel=1e-6)


@pytest.mark.parametrize("z", [("z1",), ("z1", "z2")])
def test_instruments_are_pyfixests(z: tuple[str, ...]):
    frame = world()
    own = absorbed_regression(sample_of(frame, z=z), endogenous="x")
    formula = f"y ~ w | cell + year | x ~ {' + '.join(z)}"
    found = pyfixest.feols(formula, frame, vcov={"CRV1": "product"})
    assert own.names == ("x", "w")
    assert own.r2 is None
    assert dict(zip(own.names, own.coefficients, strict=True)) == pytest.approx(found.coef().to_dict(), rel=1e-6)
    assert dict(zip(own.names, own.errors, strict=True)) == pytest.approx(found.se().to_dict(), rel=1e-6)


@pytest.mark.parametrize("z", [("z1",), ("z1", "z2")])
@pytest.mark.parametrize("by", ["product", ""])
def test_rank_tests_are_those_of_linearmodels_with_dummies(z: tuple[str, ...], by: str):
    frame = world(rows=250)
    frame["cell"] %= 20  # few dummies, as the reference takes them out by brute force
    own = first_stage(sample_of(frame, z=z, by=by), "x")
    exog = np.column_stack([frame["w"], dummies(frame)])
    arrays = (frame[["x"]].to_numpy(), frame[list(z)].to_numpy(), exog)
    kind = ("clustered", {"clusters": frame["product"].to_numpy()}) if by else ("robust", None)
    lm = kleibergen_paap(*arrays, *kind)
    assert own.lm == pytest.approx(lm.stat, rel=1e-8)
    assert (own.lm_df, own.lm_p) == (lm.df, pytest.approx(lm.pval, rel=1e-6))
    assert own.rk_f == pytest.approx(kleibergen_paap_f(*arrays, *kind), rel=1e-8)
    assert own.cragg_donald_f == pytest.approx(cragg_donald_f(*arrays), rel=1e-8)
    fitted = IV2SLS(frame["y"], exog, frame["x"], frame[list(z)]).fit()
    assert own.partial_r2 == pytest.approx(float(fitted.first_stage.diagnostics["partial.rsquared"].iloc[0]), rel=1e-8)


def test_one_instrument_needs_no_matrix():
    """L = 1, no clusters: rk LM = (Σ zx)²/Σ z²x², Cragg-Donald = t² of the first stage; by hand on four rows.

    x = (1, 3, 2, 6), z = (0, 1, 1, 2); less their means x = (−2, 0, −1, 3), z = (−1, 0, 0, 1).
    Σzx = 2 + 3 = 5, Σz² = 2, π = 2.5; Σz²x² = 4 + 9 = 13, LM = 25/13.
    e = x − 2.5 z = (0.5, 0, −1, 0.5), Σe² = 1.5; CD = (5·2.5)/(1.5/(4 − 2)) = 12.5/0.75.
    """
    sample = absorbed_sample(
        "y", [1, 2, 3, 5], {"x": [1, 3, 2, 6]}, effects={}, clusters={}, instruments={"z": [0, 1, 1, 2]}
    )
    found = first_stage(sample, "x")
    assert found.lm == pytest.approx(25 / 13)
    assert found.coefficients == pytest.approx([2.5])
    assert found.cragg_donald_f == pytest.approx(12.5 / 0.75)


def test_stock_yogo_values_fall_with_the_size_and_rise_with_instruments():
    assert STOCK_YOGO[1] == (16.38, 8.96, 6.66, 5.53)
    assert STOCK_YOGO[2][0] == 19.93
    assert STOCK_YOGO[3][0] == 22.30
    assert STOCK_YOGO[5] == (26.87, 15.09, 10.98, 8.84)
    assert STOCK_YOGO[10] == (38.54, 20.88, 14.78, 11.65)
    table = np.array([STOCK_YOGO[many] for many in sorted(STOCK_YOGO)])
    assert (np.diff(table, axis=1) < 0).all()
    assert (np.diff(table, axis=0) > 0).all()


def test_residuals_are_orthogonal_to_every_dummy():
    frame = world()
    sample = sample_of(frame)
    left = residualised(frame[["x", "y"]].to_numpy(), list(sample.effects.values()))
    assert np.abs(dummies(frame).T @ left).max() < 1e-6


def test_singletons_leave_in_turn_and_missing_rows_are_counted():
    """Row 5 is alone in f = c; without it row 4 is alone in g = s."""
    f, g = list("aaaabc"), list("ppqqss")
    f[4] = "a"
    y = [1.0, 2.0, 4.0, 3.0, 5.0, 6.0]
    sample = absorbed_sample("y", y, {"x": [1.0, 5.0, 2.0, 2.5, 3.0, 4.0]}, effects={"f": f, "g": g}, clusters={})
    assert sample.singletons == 2
    assert sample.kept.tolist() == [True] * 4 + [False] * 2
    sample = absorbed_sample("y", [None, *y[1:]], {"x": range(6)}, effects={}, clusters={})
    assert (sample.dropped, sample.y.size) == (1, 5)


def test_every_process_gives_the_same_last_digits():
    """The order of a set of words hangs on PYTHONHASHSEED; the estimates must not."""
    code = (
        "import numpy as np; from entrepot.models.absorbed import *; rng = np.random.default_rng(1); n = 400\n"
        "f = {name: rng.integers(0, 12 + at, n) for at, name in enumerate('abc')}; y, x = rng.normal(size=(2, n))\n"
        "found = absorbed_regression(absorbed_sample('y', y, {'x': x}, effects=f, clusters={'a': f['a']}))\n"
        "print(found.coefficients[0].hex(), found.errors[0].hex(), found.p_values[0].hex())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True
        )
        for seed in ("1", "2")
    ]
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert len({run.stdout for run in runs}) == 1


def refused(sample: AbsorbedSample, endogenous: str | None = None) -> str:
    with pytest.raises((DataError, InputError)) as caught:
        absorbed_regression(sample, endogenous=endogenous)
    return caught.value.code


def test_what_identifies_nothing_is_refused():
    frame = world()
    frame["level"], frame["twice"], frame["one"] = frame.cell * 2.0, frame.x * 2, 1
    assert refused(sample_of(frame, x=("x", "level"))) == "absorbed"
    assert refused(sample_of(frame, x=("x", "twice"))) == "collinear"
    assert refused(sample_of(frame, x=())) == "no_regressors"
    assert refused(sample_of(frame, by="one")) == "few_clusters"
    assert refused(sample_of(frame), "x") == "no_instruments"
    assert refused(sample_of(frame, z=("w",)), "x") == "collinear"
    with pytest.raises(DataError, match="No row is left"):
        sample_of(frame.assign(x=np.nan))


def test_the_observed_difference_is_that_of_two_regressions():
    frame = world()
    frame["side"] = frame["product"] % 2
    found = permutation_test(sample_of(frame), frame["side"].to_numpy(), "x", draws=20)
    halves = [absorbed_regression(sample_of(frame[frame.side == side])).coefficients[0] for side in (0, 1)]
    assert (found.first, found.second) == pytest.approx(halves, rel=1e-6)
    assert (found.exchanged, found.manner) == ("product", "dealt")
    frame["side"] = np.arange(len(frame)) % 2
    found = permutation_test(sample_of(frame), frame["side"].to_numpy(), "x", draws=20)
    halves = [absorbed_regression(sample_of(frame[frame.side == side])).coefficients[0] for side in (0, 1)]
    assert (found.first, found.second) == pytest.approx(halves, rel=1e-6)
    assert (found.exchanged, found.manner) == ("product", "swapped")


def test_labels_are_exchanged_in_clusters_else_in_effects_else_in_rows():
    x, y = np.random.default_rng(1).normal(size=(2, 48))
    fine, coarse = np.arange(48) // 4, np.arange(48) // 12

    def told(side, effects, clusters) -> tuple[str, str, int]:
        sample = absorbed_sample("y", y, {"x": x}, effects=effects, clusters=clusters)
        found = permutation_test(sample, side, "x", draws=5)
        return found.exchanged, found.manner, found.units

    both = {"coarse": coarse, "fine": fine}
    assert told(coarse % 2, both, {"fine": fine}) == ("fine", "dealt", 12)
    assert told(coarse % 2, both, both) == ("coarse", "dealt", 4)
    assert told(fine % 2, {}, both) == ("coarse", "swapped", 4)
    assert told(fine % 2, both, {}) == ("fine", "dealt", 12)
    assert told(np.arange(48) % 2, both, {}) == ("fine", "swapped", 12)
    assert told(np.arange(48) % 2, {}, {}) == ("row", "dealt", 48)


def test_every_deal_of_four_units_by_hand():
    """Two of four units in each group, one regressor, no effects beyond group means: with many draws p comes to that of all six deals."""
    unit = np.repeat(np.arange(4), 2)
    x = np.tile([-1.0, 1.0], 4)
    slope = np.array([1.0, 2.0, 4.0, 8.0])
    sample = absorbed_sample("y", slope[unit] * x, {"x": x}, effects={"unit": unit}, clusters={})
    side = np.array([0, 0, 1, 1])[unit]
    found = permutation_test(sample, side, "x", draws=6000, seed=2)
    # Each unit has Σx² = 2, a group 4, so r = (slope − mean)/2. Means of pairs and t:
    # (1.5, 6): −4.5/√(2·0.25² + 2·1²) = −3.087; (2.5, 5): −2.5/√(2·0.75² + 2·1.5²) = −1.054; (4.5, 3): 1.5/√(2·1.75² + 2·0.5²) = 0.583;
    # each deal twice: two of six as far.
    assert found.difference == pytest.approx(-4.5)
    assert found.statistic == pytest.approx(-4.5 / np.sqrt(2.125))
    assert abs(found.p_value - 1 / 3) < 4 * found.monte_carlo_error
    assert found.monte_carlo_error == pytest.approx(np.sqrt(found.p_value * (1 - found.p_value) / 6001))
    assert permutation_test(sample, side, "x", draws=6000, seed=2) == found


def test_every_swap_of_three_units_by_hand():
    """Both groups in each of three clusters, slopes (1, 3), (2, 5), (4, 4): each cluster's part is (first − second)/3."""
    unit, side = np.repeat(np.arange(3), 4), np.tile([0, 0, 1, 1], 3)
    x = np.tile([-1.0, 1.0], 6)
    slope = np.array([[1.0, 3.0], [2.0, 5.0], [4.0, 4.0]])
    sample = absorbed_sample("y", slope[unit, side] * x, {"x": x}, effects={"unit": unit}, clusters={"unit": unit})
    found = permutation_test(sample, side, "x", draws=6000, seed=2)
    # Parts −2/3, −1, 0: sum −5/3 = 7/3 − 4, over √(4/9 + 1). With signs turned |±2/3 ± 1| is 5/3 in two of four.
    assert (found.first, found.second) == pytest.approx((7 / 3, 4))
    assert found.statistic == pytest.approx(-5 / 3 / np.sqrt(13 / 9))
    assert abs(found.p_value - 1 / 2) < 4 * found.monte_carlo_error
    assert permutation_test(sample, side, "x", draws=6000, seed=2) == found


def clustered_world(kind: str, seed: int):
    """The same coefficient in both groups; x and errors have a part in common within a product's year."""
    rng = np.random.default_rng(seed)
    product, region, year = (
        one.ravel() for one in np.meshgrid(np.arange(40), np.arange(4), np.arange(4), indexing="ij")
    )
    shared = rng.normal(size=(3, 40, 4))[:, product, year]
    x = shared[0] + rng.normal(size=product.size)
    e = shared[1] + rng.normal(size=product.size)
    if kind == "years":  # groups of product and year, 3 to 1
        side = (shared[2] > 0.67).astype(np.int64)
    else:  # 10 of 40 products, with less spread of x and larger errors
        side = (product < 10).astype(np.int64)
        x, e = np.where(side == 1, 0.4 * x, x), np.where(side == 1, 2 * e, e)
    cell = product * 4 + region
    effects = {"cell": cell, "year": year}
    sample = absorbed_sample("y", 0.5 * x + e, {"x": x}, effects=effects, clusters={"product": product})
    return sample, side[sample.kept]


@pytest.mark.parametrize(("kind", "manner"), [("years", "swapped"), ("products", "dealt")])
def test_neither_clusters_nor_unequal_groups_make_chance_look_significant(kind: str, manner: str):
    """To deal single rows, or to compare differences without their errors, rejects in 37 to 61 % of such worlds."""
    rejected = 0
    for seed in range(100):
        found = permutation_test(*clustered_world(kind, seed), "x", draws=99, seed=seed)
        rejected += found.p_value <= 0.05
    assert found.manner == manner
    assert rejected <= 16  # at 7 % more than 16 of 100 has a chance of 1 in 2,000


def test_the_permutation_test_keeps_its_size_and_has_power():
    rejected = {0.0: 0, 1.0: 0}
    for seed in range(60):
        for gap in rejected:
            rng = np.random.default_rng(seed)
            unit = np.repeat(np.arange(60), 6)
            side, x = unit % 2, rng.normal(size=360)
            y = x * (0.5 + gap * side) + rng.normal(size=60)[unit] + rng.normal(size=360)
            sample = absorbed_sample("y", y, {"x": x}, effects={"unit": unit}, clusters={"unit": unit})
            rejected[gap] += permutation_test(sample, side, "x", draws=99, seed=seed).p_value <= 0.05
    assert rejected[0.0] <= 9  # 3 expected; more than 9 of 60 has a chance of 1 in 1,500
    assert rejected[1.0] >= 55


def test_bad_permutations_are_refused():
    frame = world()
    with pytest.raises(InputError, match="permutations"):
        permutation_test(sample_of(frame), frame["cell"] % 2, "x", draws=0)
    with pytest.raises(DataError, match="two groups"):
        permutation_test(sample_of(frame), np.zeros(len(frame)), "x")
