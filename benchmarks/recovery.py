"""Does the regression programme find the truth? Many small customs worlds, each through cells, sample and regressions.

    .venv/bin/python benchmarks/recovery.py --worlds 500     # writes recovery.md beside this file; about 3 s for each of the 500

For each world, without and with endogeneity and with half the products: does the 95 % interval of α₁ (clustered by product) hold
the truth, for fixed effects and for the instrument; and is the permutation test of two groups, between which nothing differs,
significant at 5 %?
"""

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python would look in this folder only

import numpy as np
import polars as pl
from scipy import stats

SMALL = {"regions": 6, "years": range(2010, 2014)}
FIRMS = 50  # for each product
SETTINGS = ((80, 0.0), (80, 1.0), (40, 0.0))  # products, endogeneity
LEVEL = 0.05
STUDY = """
[data]
file = "none.parquet"
[variables]
rmd = "rmd"
ico = "lag:ico"
iv = "lag:iv_ico"
[sample]
filters = ["n_firms >= 5"]
[groups.half]
by = "product_half"
split = "values"
[[table]]
name = "t"
outcome = "rmd"
regressors = ["ico"]
effects = ["region*product", "year"]
cluster = "product"
[[table.column]]
[[table.column]]
endogenous = "ico"
instruments = ["iv"]
[[table.column]]
group = "half"
permutations = 399
"""


def world_of(seed: int, products: int, endogeneity: float) -> dict[str, float]:
    """Estimates, whether their intervals hold the truth, and the permutation test's p-value."""
    from entrepot.analyses.micro.answers import cells
    from entrepot.analyses.simulation import simulate_customs
    from entrepot.analyses.study.plan import plan_of
    from entrepot.analyses.study.sample import prepared
    from entrepot.analyses.study.steps import estimated_of, permutation_of, run_step, steps_of

    world = simulate_customs(**SMALL, firms=FIRMS * products, products=products, seed=seed, endogeneity=endogeneity)
    truth, table = world.parameters["effect"], cells(world.flows, regions=world.regions).frame
    halves = table.join(drawn_halves(table, seed), on="product", maintain_order="left")
    plan = plan_of(STUDY, Path())
    rows = prepared(plan, halves)
    fixed, instrument, *_, test = steps_of(plan, rows)
    found: dict[str, float] = {"p": permutation_of(run_step(test, plan, rows)).p_value}
    for name, step in (("fixed effects", fixed), ("instrument", instrument)):
        model = estimated_of(run_step(step, plan, rows)).regression
        reach = stats.t.ppf(1 - LEVEL / 2, model.df) * model.errors[0]
        found[name] = float(model.coefficients[0])
        found[f"{name} held"] = float(abs(model.coefficients[0] - truth) <= reach)
    return found


def drawn_halves(table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Two groups of products, drawn anew for each world, so that the labels could as well have fallen otherwise."""
    products = table["product"].unique().sort()
    half = np.random.default_rng([seed, 2]).permutation(len(products)) % 2
    return pl.DataFrame({"product": products, "product_half": half})


def share(hits: float, of: int) -> str:
    """A share with its Monte-Carlo error."""
    p = hits / of
    return f"{100 * p:.1f} % ± {100 * np.sqrt(max(p * (1 - p), 1e-12) / of):.1f}"


def main() -> None:
    """Run the worlds and write what came of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=500)
    worlds = options.parse_args().worlds
    started, lines, load = time.perf_counter(), [], []
    for products, endogeneity in SETTINGS:
        found = []
        for seed in range(worlds):
            found.append(world_of(seed, products, endogeneity))
            load.append(os.getloadavg()[0])
        where = f"| {products} | {endogeneity:g} |"
        for name in ("fixed effects", "instrument"):
            b = np.array([one[name] for one in found])
            held = sum(one[f"{name} held"] for one in found)
            lines.append(f"{where} {name} | {b.mean():.4f} | {b.std(ddof=1):.4f} | {share(held, worlds)} |")
        size = sum(one["p"] <= LEVEL for one in found)
        lines.append(f"{where} permutation test, rejects at 5 % | – | – | {share(size, worlds)} |")
    took = time.perf_counter() - started
    head = (
        f"# Recovery of the truth in {worlds} small worlds\n\n"
        f"    .venv/bin/python benchmarks/recovery.py --worlds {worlds}\n\n"
        f"Each world: {FIRMS} firms for each product, 6 regions, 4 years; the truth is α₁ = −0.4 of RMD on ICO of the year before, "
        "in cells of five firms and more, nothing winsorised. ± is the Monte-Carlo error of the share.\n\n"
        f"Measured on {datetime.now(UTC):%Y-%m-%d}, {took:.0f} s in all on {os.cpu_count()} cores, load average {np.median(load):.1f} "
        f"(median; {min(load):.1f} to {max(load):.1f}).\n\n"
        "| products (clusters) | endogeneity | estimator | mean | sd | 95 % intervals that hold the truth, or rejections |\n"
        "|---|---|---|---|---|---|\n"
    )
    text = head + "\n".join(lines) + "\n"
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
