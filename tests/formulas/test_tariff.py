"""Preferences on some lines of a group: the same as if every line were written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.formulas.tariff import duty, parted

RATES = st.floats(0, 0.5)


@st.composite
def groups(draw):
    """Groups of lines with one MFN rate each, and preferences that cover the first so many of them."""
    regimes, found = draw(st.integers(1, 3)), []
    for _ in range(draw(st.integers(1, 4))):
        size = draw(st.integers(1, 6))
        covered = [draw(st.integers(0, size)) for _ in range(regimes)]
        found.append((size, draw(RATES), [(reach, draw(RATES)) for reach in covered]))
    return found


@given(groups(), st.sampled_from(["mean", "max"]))
def test_parts_say_what_the_lines_say(found, reading):
    line_by_line = [
        [mfn, *(rate if line < reach else np.nan for reach, rate in granted)]
        for size, mfn, granted in found
        for line in range(size)
    ]
    rates = np.array([[mfn, *(rate if reach else np.nan for reach, rate in granted)] for _, mfn, granted in found])
    lines = np.array([float(size) for size, *_ in found])
    covered = np.array([[1.0, *(reach / size for reach, _ in granted)] for size, _, granted in found])
    parts, sizes = parted(rates, lines, covered)
    assert sizes.sum() == pytest.approx(lines.sum())
    whole, told = duty(np.array(line_by_line), reading), duty(parts, reading, sizes)
    for part in ("average", "mfn", "preferential", "lowest"):
        assert getattr(told, part) == pytest.approx(getattr(whole, part), nan_ok=True)


def test_what_covers_all_is_left_as_it_is():
    rates, lines = np.array([[0.1, 0.0], [0.2, np.nan]]), np.array([2.0, 1.0])
    parts, sizes = parted(rates, lines, np.array([[1.0, 1.0], [1.0, 0.5]]))
    assert parts is rates
    assert sizes is lines
