"""How often does the permutation test of two groups reject, where there is no difference?

    .venv/bin/python benchmarks/permutation.py --worlds 1000     # prints a table; some 40 s

Worlds of 40 products (the clusters), 6 regions and 4 years; x and errors have a part in common within a product's year. Beside the
test of this package stands the plain one: single rows dealt anew (whole products where a group is made of products), differences
compared as they are.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

import numpy as np

PRODUCTS, REGIONS, YEARS = 40, 6, 4
DRAWS, LEVEL = 199, 0.05
KINDS = {
    "products": "half of the clusters",
    "few products": "a fifth of the clusters, with another spread of x and of the errors",
    "rows": "rows at random",
    "years": "half of the cluster-years",
    "few years": "a fifth of the cluster-years",
    "regions": "half of the regions",
}


def world(kind: str, seed: int) -> tuple[Any, Any]:
    """A sample in which the coefficient is 0.5 everywhere, and the group of each row."""
    from entrepot.models.absorbed import absorbed_sample

    rng = np.random.default_rng(seed)
    shape = (PRODUCTS, REGIONS, YEARS)
    product, region, year = (one.ravel() for one in np.indices(shape))
    cell = product * REGIONS + region
    shared = rng.normal(size=(3, PRODUCTS, YEARS))[:, product, year]
    x = rng.normal(size=cell.size) + 0.7 * shared[0] + rng.normal(size=PRODUCTS * REGIONS)[cell]
    e = rng.normal(size=cell.size) + 0.7 * shared[1]
    side = {
        "products": product % 2 == 1,
        "few products": product < PRODUCTS // 5,
        "rows": rng.random(cell.size) < 0.5,
        "years": shared[2] > 0,
        "few years": shared[2] > 0.84,
        "regions": region < REGIONS // 2,
    }[kind]
    if kind == "few products":
        x, e = np.where(side, 0.4 * x, x), np.where(side, 2 * e, e)
    effects = {"cell": cell, "year": year}
    sample = absorbed_sample("y", 0.5 * x + e + year, {"x": x}, effects=effects, clusters={"product": product})
    return sample, side[sample.kept].astype(np.int64)


def plain(sample: Any, side: Any, seed: int) -> float:
    """The p-value of the plain test."""
    from entrepot.models.absorbed import residualised

    split = [np.unique(codes * 2 + side, return_inverse=True)[1] for codes in sample.effects.values()]
    y, x = residualised(np.column_stack([sample.y, sample.columns["x"]]), split).T
    product = sample.clusters["product"]
    whole = all(np.ptp(side[product == one]) == 0 for one in np.unique(product))
    unit = product if whole else np.arange(side.size)
    squares, products = np.bincount(unit, weights=x * x), np.bincount(unit, weights=x * y)
    label = np.bincount(unit, weights=side) > 0
    rng = np.random.default_rng(seed)
    dealt = np.vstack([label, rng.permuted(np.tile(label, (DRAWS, 1)), axis=1)]).astype(np.float64)
    slopes = [(part @ products) / (part @ squares) for part in (1 - dealt, dealt)]
    apart = np.abs(slopes[0] - slopes[1])
    return float((apart >= apart[0] * (1 - 1e-9)).mean())


def main() -> None:
    """Run the worlds and print how often each test rejects."""
    from entrepot.models.permutation import permutation_test

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=1000)
    worlds = options.parse_args().worlds
    sys.stdout.write("| groups | plain | here | labels |\n|---|---|---|---|\n")
    for kind, said in KINDS.items():
        rejected, manner = np.zeros(2), ""
        for seed in range(worlds):
            sample, side = world(kind, seed)
            found = permutation_test(sample, side, "x", draws=DRAWS, seed=seed)
            manner = found.manner
            rejected += [plain(sample, side, seed) <= LEVEL, found.p_value <= LEVEL]
        shares = " | ".join(f"{100 * p:.1f} % ± {100 * np.sqrt(p * (1 - p) / worlds):.1f}" for p in rejected / worlds)
        sys.stdout.write(f"| {said} | {shares} | {manner} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
