"""Write scoring_cases.json: the cases on which the browser's scoring must agree with Python's to 1e-12.

Run it after a change of `entrepot.formulas.score`: python tests/golden/make_scoring_cases.py
"""

import json
from pathlib import Path

import numpy as np

from entrepot.formulas.score import competition_rank, scaled, weighted_score

PLACE = Path(__file__).with_name("scoring_cases.json")
DIRECTIONS = {"gap": "more", "distance_km": "less", "growth": "more", "tariff": "less", "fta": "more"}
WEIGHTS = [
    dict.fromkeys(DIRECTIONS, 1.0),
    {"gap": 2.0, "distance_km": 0.5, "growth": 0.0, "tariff": 3.0, "fta": 1.25},
    dict.fromkeys(DIRECTIONS, 0.0),
    {"tariff": 1.0},
]


def worlds() -> list[dict[str, np.ndarray]]:
    """Ordinary rows, ties, holes, a column without spread, a column that nobody has, one row, and no hole at all."""
    rng = np.random.default_rng(20261122)
    mixed = {c: rng.normal(size=40) for c in DIRECTIONS}
    mixed["fta"] = rng.integers(0, 2, 40).astype(float)
    mixed["distance_km"] = np.round(rng.lognormal(8, 1, 40), -2)
    for column in mixed:
        mixed[column] = np.where(rng.random(40) < 0.2, np.nan, mixed[column])
    mixed["tariff"][:] = np.nan
    flat = {c: np.full(7, 3.5) for c in DIRECTIONS}
    flat["gap"] = np.array([0.1, 0.1, 0.3, 0.2, 0.2, 0.2, np.nan])
    one = {c: np.array([x]) for c, x in zip(DIRECTIONS, [0.2, 900.0, np.nan, 0.05, 1.0], strict=True)}
    whole = {c: rng.normal(size=60) * 10.0 ** rng.integers(-6, 9) for c in DIRECTIONS}
    return [mixed, flat, one, whole]


def _json(x: np.ndarray) -> list[float | None]:
    return [float(v) if np.isfinite(v) else None for v in x]


def cases() -> list[dict[str, object]]:
    found = []
    for values in worlds():
        rows = len(values["gap"])
        for weights in WEIGHTS:
            for scale in ("percentile", "minmax", "zscore"):
                z = {c: scaled(values[c], DIRECTIONS[c], scale) for c in weights}
                score = weighted_score(z, weights, rows)
                found.append(
                    {
                        "scale": scale,
                        "columns": [{"id": c, "direction": d} for c, d in DIRECTIONS.items()],
                        "weights": weights,
                        "codes": [f"E{k:03d}" for k in range(rows)],
                        "values": {c: _json(x) for c, x in values.items()},
                        "expected": {
                            "score": _json(score.score),
                            "rank": _json(competition_rank(score.score)),
                            "weight_present": _json(score.weight_present),
                            "parts": {c: _json(x) for c, x in score.parts.items()},
                        },
                    }
                )
    return found


if __name__ == "__main__":
    PLACE.write_text(json.dumps({"cases": cases()}, separators=(",", ":")) + "\n", "utf-8")
