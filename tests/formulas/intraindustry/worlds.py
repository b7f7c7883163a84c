"""Random trade of one reporter: rows hold industries (parts), those hold finest cells with single partners."""

import numpy as np
from hypothesis import strategies as st

from entrepot.cube.groups import Groups


def make(seed: int) -> dict[str, object]:
    rng = np.random.default_rng(seed)
    rows, parts, partners, products = (int(n) for n in rng.integers(1, 4, 4))
    shape = (rows, parts, products, partners)
    row, part, _product, partner = (x.ravel() for x in np.indices(shape))

    def side():
        value = np.where(rng.random(shape) < 0.7, rng.lognormal(3, 1.5, shape), 0.0).ravel()
        priced = np.where(rng.random(value.shape) < 0.85, value, 0.0)
        return value, priced, np.where(priced > 0, priced / rng.lognormal(0, 0.3, value.shape), 0.0)

    (x, x_priced, x_t), (m, m_priced, m_t) = side(), side()
    of_part, of_market = row * parts + part, row * partners + partner

    def pooled(values, code, size):
        return np.bincount(code, values, size).astype(float)

    whole = np.arange(rows * parts) // parts
    xp, mp = (pooled(v, of_part, rows * parts) for v in (x, m))
    xr, mr = (pooled(v, row, rows) for v in (x, m))
    change = [rng.normal(0, 5, rows * parts) for _ in range(2)]
    others = rng.lognormal(5, 1, (4, rows))
    shares = rng.dirichlet(np.ones(rows * parts), 3)
    return {
        "exports_usd": xr, "imports_usd": mr,
        "part_exports_usd": xp, "part_imports_usd": mp, "parts": Groups(whole, rows),
        "balanced_exports_usd": xp * 1.2, "balanced_imports_usd": mp * 0.8,
        "balance_exports_usd": np.full(rows * parts, x.sum()), "balance_imports_usd": np.full(rows * parts, m.sum()),
        "market_exports_usd": pooled(x, of_market, rows * partners), "market_imports_usd": pooled(m, of_market, rows * partners),
        "market_rows": Groups(np.arange(rows * partners) // partners, rows),
        "cell_exports_usd": x, "cell_imports_usd": m, "cells": Groups(row, rows),
        "cell_exports_priced_usd": x_priced, "cell_exports_t": x_t, "cell_imports_priced_usd": m_priced, "cell_imports_t": m_t,
        "row_unit_value_ratio": rng.lognormal(0, 0.3, rows),
        "part_exports_change": change[0], "part_imports_change": change[1], "change_parts": Groups(whole, rows),
        "exports_change": pooled(change[0], whole, rows), "imports_change": pooled(change[1], whole, rows),
        "own_exports_usd": np.full(rows, x.sum()), "own_imports_usd": np.full(rows, m.sum()),
        "world_exports_usd": xr + others[0], "world_imports_usd": mr + others[1],
        "world_total_usd": np.full(rows, x.sum() + others[0].sum()), "world_imports_total_usd": np.full(rows, m.sum() + others[1].sum()),
        "reporter_world_exports_usd": xr + 1, "partner_world_imports_usd": xr + others[2], "others_imports_usd": xr + others[2] + others[3],
        "own_export_shares": shares[0], "partner_export_shares": shares[1], "partner_import_shares": shares[2],
        "others_import_shares": shares.mean(axis=0), "structure_rows": Groups(whole, rows),
        "alpha": float(rng.choice([0.15, 0.2, 0.25])), "typing": str(rng.choice(["ghm", "ff", "celi"])),
        "iit_type_by": str(rng.choice(["overlap", "unit_value"])), "tc_bands": (0.3, 0.6, 0.8),
    }  # fmt: skip


worlds = st.integers(0, 2**32 - 1).map(make)
