"""Random markets for the tests of trade power: some economies sell without a quantity, some only buy."""

import numpy as np
from hypothesis import strategies as st

from entrepot.cube.groups import Groups


def make(seed: int) -> dict[str, object]:
    rng = np.random.default_rng(seed)
    products, economies = int(rng.integers(1, 4)), int(rng.integers(2, 7))
    market = np.repeat(np.arange(products), economies)
    size = len(market)

    def side():
        value = np.where(rng.random(size) < 0.8, rng.lognormal(3, 1.5, size), 0.0)
        priced = np.where(rng.random(size) < 0.85, value, 0.0)
        return value, priced, np.where(priced > 0, priced / rng.lognormal(0, 0.7, size), 0.0)

    exports, imports = side(), side()
    return {
        "markets": Groups(market, products),
        "owners": Groups(np.tile(np.arange(economies), products), economies),
        "exports_usd": exports[0],
        "exports_priced_usd": exports[1],
        "exports_counted_usd": exports[1],
        "exports_t": exports[2],
        "imports_usd": imports[0],
        "imports_priced_usd": imports[1],
        "imports_t": imports[2],
        "sigma": rng.choice([np.nan, 1.4, 3.0, 8.0], products)[market],
        "average": "quantity",
    }


worlds = st.integers(0, 2**32 - 1).map(make)
