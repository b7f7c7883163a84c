"""Gap with its three advantages, by each engine, one module per way, each with `load`, `compute` and `answer`.

`load(path)` brings the world year into the form that the engine likes best, and is timed apart. `compute(loaded)` is what is
timed: CDA, CPA (simple mean prices), CTA and the gap (bilateral basis, the `usual` rule for what is missing), from the columns
of a `WorldYear`. `answer(computed)` gives the four as NumPy arrays in the order of the flows, NaN where undefined, and is not
timed.
"""

ENGINES = ("entrepot", "pandas", "polars", "duckdb")
COLUMNS = ("cda", "cpa", "cta", "gap")
