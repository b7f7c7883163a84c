"""Draws the pictures of methods-power.md from simulated markets whose elasticity is known. Run it from the project's root."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from entrepot.formulas.power.elasticity import closed_form, iterate
from entrepot.formulas.power.feenstra import panel_elasticity

HERE = Path(__file__).parent
WIDTH, HEIGHT, LEFT, TOP, FOOT = 640, 300, 56, 40, 44
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#E69F00")
GREY = "#737373"
Curve = tuple[str, Sequence[float], Sequence[float]]


def picture(
    name: str, title: str, across: str, up: str, curves: list[Curve], box: tuple[float, float, float, float]
) -> None:
    """Lines in one frame; `box` is lowest x, highest x, lowest y, highest y."""
    x0, x1, y0, y1 = box

    def at(x: float, y: float) -> tuple[float, float]:
        inside = min(max(y, y0), y1)
        across = LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - 120)
        return across, TOP + (1 - (inside - y0) / (y1 - y0)) * (HEIGHT - TOP - FOOT)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="system-ui, sans-serif" '
        f'font-size="12" fill="{GREY}">',
        f"<title>{title}</title>",
        f'<text x="8" y="20" font-size="14" font-weight="600">{title}</text>',
    ]
    for step in range(5):
        y, x = y0 + (y1 - y0) * step / 4, x0 + (x1 - x0) * step / 4
        (left, height), (right, _) = at(x0, y), at(x1, y)
        drawn.append(f'<path d="M{left:.1f} {height:.1f}H{right:.1f}" stroke="{GREY}" stroke-opacity=".25"/>')
        drawn.append(f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{y:g}</text>')
        drawn.append(f'<text x="{at(x, y0)[0]:.1f}" y="{HEIGHT - FOOT + 16}" text-anchor="middle">{x:g}</text>')
    drawn.append(f'<text x="{(LEFT + WIDTH - 120) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{across}</text>')
    drawn.append(f'<text x="{LEFT - 40}" y="{TOP - 8}">{up}</text>')
    for number, (label, xs, ys) in enumerate(curves):
        points = " ".join("{:.1f},{:.1f}".format(*at(x, y)) for x, y in zip(xs, ys, strict=True))
        colour = COLOURS[number % len(COLOURS)]
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        drawn.append(f'<text x="{WIDTH - 112}" y="{TOP + 16 + 20 * number}" fill="{colour}">{label}</text>')
    (HERE / name).write_text("\n".join([*drawn, "</svg>"]) + "\n", encoding="utf-8")


def market(rng: np.random.Generator, sigma: float, n: int, kappa: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Log prices and log quantities of n exporters; `kappa` is cov(ln a, z) in units of var z."""
    z = rng.normal(0, 0.5, n)
    quality = rng.normal(0, 0.5, n) + kappa * z
    x = quality - z
    return x, -sigma * x + (sigma - 1) * quality


def panel(
    rng: np.random.Generator, years: int, tie: float = 0.0, unlike: float = 1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Thirty exporters with σ = 3, a supply slope of 1/3 and shocks of unlike variance.

    `tie` lets supply shocks follow demand shocks, by a slope of each exporter's own between −tie and tie; `unlike` is how much of the
    difference in variances is there, 0 for none. Feenstra's method supposes tie = 0 and unlike > 0.
    """
    spread = 0.35 + unlike * (rng.uniform(0.1, 0.6, (2, 30)) - 0.35)
    demand, supply = (rng.normal(0, 1, (years, 30)) * s for s in spread)
    supply = supply + rng.uniform(-tie, tie, 30) * demand if tie else supply
    demand, supply = demand.cumsum(axis=0), supply.cumsum(axis=0)
    share = (demand - 2 * supply) / (1 + 2 / 3)
    price = share / 3 + supply
    return price, share - np.log(np.exp(share).sum(axis=1, keepdims=True)), np.exp(share - price)


def main() -> None:
    """Draw all of them."""
    paths = []
    for sigma in (0.6, 1.3, 3.0, 6.0):
        beta = iterate(*market(np.random.default_rng(4), sigma, 40), steps=120, still=10**6).beta
        paths.append((f"σ = {sigma:g}", range(len(beta)), beta.tolist()))
    picture("power-iteration.svg", "The printed iteration: β step by step", "step", "β", paths, (0, 120, -4, 8))

    kappas = np.linspace(-1, 0.8, 37)
    expected = 3 + 2 * kappas / (1 - kappas)
    medians = []
    for kappa in kappas:
        rng = np.random.default_rng(1)
        medians.append(np.nanmedian([closed_form(*market(rng, 3.0, 60, kappa)) for _ in range(200)]))
    curves: list[Curve] = [("3 + 2κ/(v − κ)", kappas, expected), ("median of 200", kappas, medians)]
    picture(
        "power-closed-form.svg",
        "The closed form where quality follows value for money (σ = 3)",
        "κ / var z",
        "σ̂",
        curves,
        (-1, 0.8, 1, 11),
    )

    years = [4, 6, 8, 10, 15, 20, 30, 50, 100]
    bands: list[Curve] = []
    for estimator in ("liml", "gmm"):
        found = np.array(
            [
                [panel_elasticity(*panel(np.random.default_rng(k), t), estimator=estimator).sigma for k in range(80)]
                for t in years
            ]
        )
        bands += [(f"{estimator}, {q} %", years, np.percentile(found, q, axis=1)) for q in (10, 90)]
    picture(
        "power-feenstra.svg",
        "Feenstra's estimator by length of the panel (σ = 3)",
        "years T",
        "σ̂",
        bands,
        (0, 100, 2, 6),
    )

    for name, title, across, steps, kind in (
        (
            "tie",
            "Feenstra where supply shocks follow demand shocks (σ = 3, T = 30)",
            "slopes of exporters within ±",
            (0, 1.5),
            "tie",
        ),
        (
            "alike",
            "Feenstra where variances differ less (σ = 3, T = 30)",
            "difference in variances left",
            (0, 1),
            "unlike",
        ),
    ):
        at = np.linspace(*steps, 7)
        draws = np.array(
            [[panel_elasticity(*panel(np.random.default_rng(k), 30, **{kind: x})).sigma for k in range(80)] for x in at]
        )
        curves = [(f"liml, {q} %", at, np.nanpercentile(draws, q, axis=1)) for q in (10, 50, 90)]
        picture(f"power-feenstra-{name}.svg", title, across, "σ̂", curves, (*steps, 1, 6))


if __name__ == "__main__":
    main()
