"""Scaling, score, split and rank: by hand, against the committed cases, and on random rows."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.formulas.score import competition_rank, rank_order, scaled, swung_scores, swung_weights, weighted_score
from tests.golden.make_scoring_cases import PLACE, cases

N = np.nan


def test_the_committed_cases_are_what_python_computes():
    """The browser is tested on the same file; so both agree, or this or that test fails."""
    committed = json.loads(PLACE.read_text("utf-8"))["cases"]
    for old, new in zip(committed, cases(), strict=True):
        assert old["weights"] == new["weights"]
        assert old["scale"] == new["scale"]
        for field in ("score", "rank", "weight_present"):
            x, y = (np.array(case["expected"][field], dtype=float) for case in (old, new))
            np.testing.assert_allclose(x, y, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("scale", "direction", "expected"),
    [
        ("percentile", "more", [1 / 6, 4 / 6, N, 4 / 6]),  # (0 + ½)/3 and (1 + 2·½)/3
        ("percentile", "less", [5 / 6, 2 / 6, N, 2 / 6]),
        ("minmax", "more", [0, 1, N, 1]),
        ("minmax", "less", [1, 0, N, 0]),
        ("zscore", "more", [-(2**0.5), 0.5**0.5, N, 0.5**0.5]),  # mean 50/3, sd √(200/9)
        ("zscore", "less", [2**0.5, -(0.5**0.5), N, -(0.5**0.5)]),
    ],
)
def test_scales_by_hand(scale, direction, expected):
    np.testing.assert_allclose(scaled(np.array([10.0, 20, N, 20]), direction, scale), expected, atol=1e-15)


@pytest.mark.parametrize(("scale", "expected"), [("percentile", 0.5), ("minmax", 0.5), ("zscore", 0.0)])
def test_no_spread(scale, expected):
    for direction in ("more", "less"):
        np.testing.assert_array_equal(scaled(np.full(3, 7.0), direction, scale), np.full(3, expected))


def test_a_missing_z_is_left_out_and_the_rest_weighs_more():
    # Row 0: (2·0.9 + 1·0.3)/3 = 0.7. Row 1 lacks b: 0.6 on 2/3 of the weight. Row 2 has nothing.
    z = {"a": np.array([0.9, 0.6, N]), "b": np.array([0.3, N, N])}
    found = weighted_score(z, {"a": 2, "b": 1}, 3)
    np.testing.assert_allclose(found.score, [0.7, 0.6, N])
    np.testing.assert_allclose(found.weight_present, [1, 2 / 3, 0])
    np.testing.assert_allclose(found.parts["a"], [0.6, 0.6, N])
    np.testing.assert_allclose(found.parts["b"], [0.1, N, N])


def test_all_weights_zero_is_no_score_and_order_by_code():
    found = weighted_score({"a": np.array([1.0, 2.0])}, {"a": 0}, 2)
    assert np.isnan(found.score).all()
    assert rank_order(competition_rank(found.score), ["B", "A"]).tolist() == [1, 0]


def test_equal_scores_share_a_rank_and_are_listed_by_code():
    rank = competition_rank(np.array([0.5, 0.9, 0.5 + 1e-15, N, 0.1]))
    np.testing.assert_array_equal(rank, [2, 1, 2, N, 4])
    assert rank_order(rank, ["Z", "M", "A", "B", "C"]).tolist() == [1, 2, 0, 4, 3]


def test_each_weight_swings_alone():
    assert swung_weights({"a": 1.0, "b": 2.0, "c": 0.0}) == [
        {"a": 0.75, "b": 2.0, "c": 0.0},
        {"a": 1.25, "b": 2.0, "c": 0.0},
        {"a": 1.0, "b": 1.5, "c": 0.0},
        {"a": 1.0, "b": 2.5, "c": 0.0},
    ]


def test_swung_scores_are_the_scores_of_the_swung_weights():
    rng = np.random.default_rng(3)
    z = {c: np.where(rng.random(30) < 0.3, N, rng.random(30)) for c in "abc"}
    weights = {"a": 1.0, "b": 2.0, "c": 0.0}
    one_by_one = [weighted_score(z, swung, 30).score for swung in swung_weights(weights)]
    np.testing.assert_allclose(swung_scores(z, weights, 30), one_by_one, atol=1e-14)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["percentile", "minmax", "zscore"]))
def test_parts_sum_to_the_score(seed, scale):
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(1, 40))
    columns = {c: np.where(rng.random(rows) < 0.3, N, rng.normal(size=rows)) for c in "abcd"}
    weights = {c: float(rng.integers(0, 4)) for c in columns}
    z = {c: scaled(x, "less" if c == "b" else "more", scale) for c, x in columns.items()}
    found = weighted_score(z, weights, rows)
    whole = np.nansum([*found.parts.values(), np.zeros(rows)], axis=0)
    scored = np.isfinite(found.score)
    np.testing.assert_allclose(whole[scored], found.score[scored], atol=1e-12)
    assert ((found.weight_present >= 0) & (found.weight_present <= 1)).all()
    order = rng.permutation(rows)
    again = weighted_score({c: x[order] for c, x in z.items()}, weights, rows)
    np.testing.assert_array_equal(again.score, found.score[order])
