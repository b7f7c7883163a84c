"""Elasticity from a panel of exporters: Feenstra (1994), with the estimators of Broda-Weinstein (2006) and Soderbery (2015).

Demand and supply of an exporter against a reference exporter k, in yearly changes (Δ^k), s its share and p its price:

    Δ^k ln s = −(σ−1) Δ^k ln p + ε        Δ^k ln p = φ Δ^k ln s + δ,  φ = ω/(1+ω) in [0, 1)

With ε and δ independent, E(εδ) = 0 gives, exporter by exporter, with b = 1/(σ−1),

    mean (Δ^k ln p)² = θ₁ mean (Δ^k ln s)² + θ₂ mean (Δ^k ln p · Δ^k ln s),   θ₁ = φb,  θ₂ = φ − b.

Quality that costs a common slope is part of φ. Exporters identify σ only if their shocks differ in variance. The estimate is
biased upward in short panels, so the number of years is told with it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.optimize import minimize_scalar

from entrepot.cube.cells import Codes, Values
from entrepot.formulas.power.elasticity import LEAST_EXPORTERS, Status

Estimator = Literal["liml", "gmm"]
LARGEST = 131.5  # Broda and Weinstein look for σ up to here
LARGEST_B, LARGEST_PHI = 1e3, 1 - 1e-6  # σ above 1 and a supply that is not wholly inelastic
LEAST_CHANGES = 2  # changes an exporter needs to have a variance of its own


@dataclass(frozen=True)
class PanelElasticity:
    """σ of one product over its panel.

    Parameters
    ----------
    sigma, omega : elasticity of substitution, inverse elasticity of supply.
    status : "estimated"; "at_bound" if only a bound of the admissible range fits; "too_few".
    exporters : exporters used, beside the reference.
    years : years of the panel, the T to report.
    changes : yearly changes used.
    reference : place of the reference exporter.
    """

    sigma: float
    omega: float
    status: Status
    exporters: int
    years: int
    changes: int
    reference: int


@dataclass(frozen=True)
class Moments:
    """Squares and products of double differences, one entry per exporter and year, and whose they are."""

    price2: Values
    share2: Values
    cross: Values
    exporter: Codes
    weight: Values


def double_differences(log_price: Values, log_share: Values, quantity: Values) -> tuple[Moments, int]:
    """Changes from year to year against the reference exporter.

    Parameters
    ----------
    log_price, log_share : shape (years, exporters), NaN where not traded; quantity likewise, for the weights.

    Returns
    -------
    Moments and the reference: the exporter with most changes, among those the one with the largest share.
    """
    dp, ds = np.diff(log_price, axis=0), np.diff(log_share, axis=0)
    known = np.isfinite(dp) & np.isfinite(ds)
    counts = known.sum(axis=0)
    size = np.nansum(np.exp(log_share), axis=0)
    reference = int(np.lexsort((-size, -counts))[0])
    usable = known & known[:, [reference]]
    usable[:, reference] = False
    usable &= usable.sum(axis=0) >= LEAST_CHANGES
    when, who = np.nonzero(usable)
    p = dp[when, who] - dp[when, reference]
    s = ds[when, who] - ds[when, reference]
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = 1 / (1 / quantity[when + 1, who] + 1 / quantity[when, who])
    return Moments(p**2, s**2, p * s, np.unique(who, return_inverse=True)[1], np.sqrt(precision)), reference


def panel_elasticity(
    log_price: Values,
    log_share: Values,
    quantity: Values,
    *,
    estimator: Estimator = "liml",
    least: int = LEAST_EXPORTERS,
) -> PanelElasticity:
    """σ of one product by Feenstra's moments.

    Parameters
    ----------
    log_price, log_share, quantity : shape (years, exporters), NaN where an exporter did not sell.
    estimator : "liml", Soderbery's limited-information form with Feenstra's second-step weights; "gmm", weighted least
        squares on exporters' means with Broda and Weinstein's weights.
    least : fewest exporters beside the reference.
    """
    years = int(np.isfinite(log_price).any(axis=1).sum())
    moments, reference = double_differences(log_price, log_share, quantity)
    exporters = len(np.unique(moments.exporter))
    if exporters < least:
        return PanelElasticity(np.nan, np.nan, "too_few", exporters, years, len(moments.cross), reference)
    theta = _liml(moments) if estimator == "liml" else _means(moments, _broda_weinstein(moments))
    b, phi = _structure(theta)
    status: Status = "estimated"
    if not (b > 1 / (LARGEST - 1) and 0 <= phi < 1):
        b, phi = _constrained(moments, None if estimator == "liml" else _broda_weinstein(moments))
        on_edge = phi <= 1e-4 or phi >= LARGEST_PHI - 1e-4 or b <= (1 + 1e-6) / (LARGEST - 1) or b >= LARGEST_B
        status = "at_bound" if on_edge else "estimated"
    omega = phi / (1 - phi)
    return PanelElasticity(1 + 1 / b, omega, status, exporters, years, len(moments.cross), reference)


def _structure(theta: Values) -> tuple[float, float]:
    """(b, φ) of θ: b² + θ₂b − θ₁ = 0, φ = θ₂ + b; NaN where the root is not real."""
    inside = theta[1] ** 2 + 4 * theta[0]
    if inside < 0:
        return np.nan, np.nan
    b = (-theta[1] + float(np.sqrt(inside))) / 2
    return b, theta[1] + b


def _by_exporter(moments: Moments, weight: Values) -> tuple[Values, NDArray[np.float64], Values]:
    """Means over each exporter's changes: of the left side, of (1, share², cross), and the weight of each exporter."""
    count = np.bincount(moments.exporter).astype(float)
    columns = (moments.price2, moments.share2, moments.cross)
    left, share2, cross = (np.bincount(moments.exporter, x) / count for x in columns)
    right = np.column_stack([np.ones(len(count)), share2, cross])
    return left, right, np.bincount(moments.exporter, weight) / count * np.sqrt(count)


def _broda_weinstein(moments: Moments) -> Values:
    """T^(3/2)·(1/q_t + 1/q_{t−1})^(−1/2): unit values of small flows are the noisiest."""
    count = np.bincount(moments.exporter)[moments.exporter]
    return count * moments.weight


def _means(moments: Moments, weight: Values) -> Values:
    left, right, w = _by_exporter(moments, weight)
    theta: Values = np.linalg.lstsq(right * w[:, None], left * w, rcond=None)[0][1:].astype(np.float64)
    return theta


def _liml(moments: Moments) -> Values:
    """θ by LIML with exporters' indicators as instruments, twice: plain, then weighted by each exporter's own residuals."""
    size = len(moments.cross)
    theta = _liml_step(moments, np.ones(size))
    residual = moments.price2 - theta[0] - theta[1] * moments.share2 - theta[2] * moments.cross
    spread = np.sqrt(np.bincount(moments.exporter, residual**2) / np.bincount(moments.exporter))
    floor = 1e-6 * spread.max() if spread.max() > 0 else 1.0
    return _liml_step(moments, 1 / np.maximum(spread, floor)[moments.exporter])[1:]


def _liml_step(moments: Moments, weight: Values) -> Values:
    left = moments.price2 * weight
    right = np.column_stack([np.ones(len(left)), moments.share2, moments.cross]) * weight[:, None]
    # Instruments are the exporters' indicators times the weight, so projecting is averaging within each exporter.
    everything = np.column_stack([left, right])
    below = np.bincount(moments.exporter, weight**2)
    within = [np.bincount(moments.exporter, column * weight) / below for column in everything.T]
    projected = np.column_stack([mean[moments.exporter] * weight for mean in within])
    inner = everything.T @ everything
    between = everything.T @ projected
    noise = inner - between
    # k is the smallest root of |W'M₁W − k W'M_zW| = 0, with the constant (here the weight) taken out of W = [y, X].
    constant = right[:, 0]
    out = np.column_stack([left, right[:, 1:]])
    out = out - np.outer(constant, constant @ out / (constant @ constant))
    keep = [0, 2, 3]
    above = out.T @ out
    inside = noise[np.ix_(keep, keep)]
    inside = inside + 1e-12 * np.trace(inside) / 3 * np.eye(3)  # exact data leave no noise to compare with
    k = float(eigh(above, inside, eigvals_only=True)[0])
    size, exporters = len(left), len(below)
    k -= 1 / max(size - exporters, 1)  # Fuller's correction gives the estimator moments
    system = inner[1:, 1:] - k * noise[1:, 1:]
    theta: Values = np.linalg.lstsq(system, inner[1:, 0] - k * noise[1:, 0], rcond=None)[0].astype(np.float64)
    return theta


def _constrained(moments: Moments, weight: Values | None) -> tuple[float, float]:
    """(b, φ) in the admissible range with the least weighted squares over exporters' means.

    For a given φ the moment is linear in b, so only φ has to be searched: first on a grid, then between its neighbours.
    """
    left, right, w = _by_exporter(moments, np.ones(len(moments.cross)) if weight is None else weight)
    share2, cross = right[:, 1], right[:, 2]

    def centred(x: Values) -> Values:
        return x - np.average(x, weights=w**2)

    def best_b(phi: float) -> tuple[float, float]:
        y, x = w * centred(left - phi * cross), w * centred(phi * share2 - cross)
        b = float(np.clip(y @ x / (x @ x), 1 / (LARGEST - 1), LARGEST_B)) if x @ x > 0 else LARGEST_B
        return b, float((y - b * x) @ (y - b * x))

    grid = np.linspace(0, LARGEST_PHI, 101)
    at = int(np.argmin([best_b(float(phi))[1] for phi in grid]))
    ends = float(grid[max(at - 1, 0)]), float(grid[min(at + 1, len(grid) - 1)])
    inside = float(minimize_scalar(lambda phi: best_b(phi)[1], bounds=ends, method="bounded").x)
    phi = min((float(grid[at]), inside), key=lambda choice: best_b(choice)[1])
    return best_b(phi)[0], phi
