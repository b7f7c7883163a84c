"""Do four engines say the same of every flow?"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 1e-9
Answer = Mapping[str, NDArray[np.float64]]


def largest_difference(mine: Answer, other: Answer) -> float:
    """The largest relative difference over all flows and columns; infinite where one knows a number and the other does not.

    The gap is a difference of two shares and may lie anywhere near 0, so its differences count as they are (a share's own
    scale is 1).
    """
    largest = 0.0
    for name, x in mine.items():
        y = other[name]
        if len(x) != len(y) or (np.isnan(x) != np.isnan(y)).any():
            return float("inf")
        known = ~np.isnan(x)
        scale = 1.0 if name == "gap" else np.abs(x[known])
        largest = max(largest, float(np.max(np.abs(x[known] - y[known]) / scale, initial=0.0)))
    return largest
