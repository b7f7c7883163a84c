"""Are instruments strong enough? Kleibergen-Paap, Cragg-Donald and Stock-Yogo, with effects absorbed.

Written here for one endogenous regressor, on what the effects and controls leave of it and of its instruments: the library
that has these statistics knows no absorbed effects. With dummies in the place of effects both agree (tests).
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from entrepot.models.absorbed import AbsorbedSample, Codes, residualised
from entrepot.models.regression import Vector

# Stock & Yogo (2005), table 5.2: one endogenous regressor, 2SLS; true size of a nominal 5 % Wald test at most 10, 15, 20, 25 %.
# The same figures stand in gretl's and in Stata's (estat firststage) tables.
SIZES = (0.10, 0.15, 0.20, 0.25)
STOCK_YOGO: dict[int, tuple[float, float, float, float]] = {
    1: (16.38, 8.96, 6.66, 5.53),
    2: (19.93, 11.59, 8.75, 7.25),
    3: (22.30, 12.83, 9.54, 7.80),
    4: (24.58, 13.96, 10.26, 8.31),
    5: (26.87, 15.09, 10.98, 8.84),
    6: (29.18, 16.23, 11.72, 9.38),
    7: (31.50, 17.38, 12.48, 9.93),
    8: (33.84, 18.54, 13.24, 10.50),
    9: (36.19, 19.71, 14.01, 11.07),
    10: (38.54, 20.88, 14.78, 11.65),
}


@dataclass(frozen=True, slots=True)
class FirstStage:
    """How the instruments explain the endogenous regressor.

    Attributes
    ----------
    instruments : their names; `coefficients` of the first stage in this order.
    partial_r2 : share of what controls and effects leave of the regressor that they explain.
    lm, lm_df, lm_p : Kleibergen and Paap's rk LM; H₀: the instruments do not identify the coefficient.
    rk_f : Kleibergen and Paap's rk Wald F, robust as the regression's errors are.
    cragg_donald_f : the same under equal variances, for which Stock and Yogo's values hold.
    stock_yogo : largest true size → critical value; empty where none is tabulated.
    clusters : number of clusters; 0 where errors are robust only.
    """

    instruments: tuple[str, ...]
    coefficients: Vector
    partial_r2: float
    lm: float
    lm_df: int
    lm_p: float
    rk_f: float
    cragg_donald_f: float
    stock_yogo: dict[float, float]
    clusters: int


def first_stage(sample: AbsorbedSample, endogenous: str, *, k: float | None = None) -> FirstStage:
    """Tests of under-identification and of weak instruments for one endogenous regressor x with L instruments Z.

    After controls and effects are taken out of both, with scores s_g = Σ_{i∈g} z_i e_i summed in clusters (or rows):

        rk LM = (Z'x)' (Σ_g s_g s_g')⁻¹ (Z'x), scores of e = x;           χ²(L)
        W     = (Z'x)' (Σ_g s_g s_g')⁻¹ (Z'x), scores of e = x − Zπ̂
        rk F  = W/L · (n−c)/(n−1) · (G−1)/G        without clusters W/L · (n−c)/n
        CD F  = (x'P_Z x / L) / (x'M_Z x / (n−c))

    Parameters
    ----------
    sample : with instruments; of several kinds of clusters the first is used.
    endogenous : x.
    k : parameters of the second stage by the covariance's own rule (`about["k"]` of the regression: effects nested in
        clusters are not counted); c = k − 1 + L. Default: the controls and every effect.

    References
    ----------
    Kleibergen & Paap (2006); Cragg & Donald (1993); Stock & Yogo (2005); Baum, Schaffer & Stillman (2007) for the factors.

    Examples
    --------
    >>> from entrepot.models.absorbed import absorbed_sample
    >>> rng = np.random.default_rng(1)
    >>> z, f = rng.normal(size=400), np.repeat(np.arange(40), 10)
    >>> x = z + rng.normal(size=400)
    >>> sample = absorbed_sample("y", x, {"x": x}, effects={"f": f}, clusters={"f": f}, instruments={"z": z})
    >>> found = first_stage(sample, "x")
    >>> found.lm_p < 0.001, found.rk_f > 100, found.stock_yogo[0.1]
    (True, True, 16.38)
    """
    controls = [name for name in sample.columns if name != endogenous]
    every = [sample.columns[endogenous], *sample.instruments.values(), *(sample.columns[name] for name in controls)]
    left = residualised(np.column_stack(every), list(sample.effects.values()))
    many = len(sample.instruments)
    inner, outer = left[:, : many + 1], left[:, many + 1 :]
    if controls:
        inner = inner - outer @ np.linalg.lstsq(outer, inner, rcond=None)[0]
    x, z = inner[:, 0], inner[:, 1:]
    moment = z.T @ x
    slope = np.linalg.solve(z.T @ z, moment)
    residual = x - z @ slope
    n = x.size
    held = float(k) - 1 if k is not None else len(controls) + _rank(sample)
    c = held + many
    codes = next(iter(sample.clusters.values()), None)
    lm = _quadratic(moment, z * x[:, None], codes)
    wald = _quadratic(moment, z * residual[:, None], codes)
    groups = 0 if codes is None else int(np.unique(codes).size)
    factor = (n - c) / n if codes is None else (n - c) / (n - 1) * (groups - 1) / groups
    explained = float(moment @ slope)
    return FirstStage(
        tuple(sample.instruments),
        np.asarray(slope, dtype=np.float64),
        explained / float(x @ x),
        lm,
        many,
        float(stats.chi2.sf(lm, many)),
        wald / many * factor,
        explained / many / (float(residual @ residual) / (n - c)),
        dict(zip(SIZES, STOCK_YOGO[many], strict=True)) if many in STOCK_YOGO else {},
        groups,
    )


def _quadratic(moment: Vector, scores: Vector, codes: Codes | None) -> float:
    """The form m' (Σ s s')⁻¹ m with the scores summed in clusters."""
    if codes is not None:
        places = np.unique(codes, return_inverse=True)[1]
        scores = np.column_stack([np.bincount(places, weights=column) for column in scores.T])
    return float(moment @ np.linalg.pinv(scores.T @ scores, hermitian=True) @ moment)


def _rank(sample: AbsorbedSample) -> int:
    """Parameters that the effects take: of each its values, less one for each further effect; the mean where there is none."""
    counts = [int(np.unique(codes).size) for codes in sample.effects.values()]
    return sum(counts) - (len(counts) - 1) if counts else 1
