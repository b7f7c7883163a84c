"""A world year of trade at full size, made up but shaped like the real one, and the same every time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20240607
ECONOMIES, PRODUCTS = 226, 1241  # the economies of a year of BACI; the headings of HS92
# The strength at which a pair trades a product every other time; with the sizes below it gives 4.9 million flows.
HALF = 210.0
NO_QUANTITY, NO_DISTANCE, NO_TARIFF = 0.05, 0.01, 0.06


@dataclass(frozen=True)
class WorldYear:
    """Flows of one year, one entry per (exporter, importer, product) that trades, sorted by product.

    `quantity_t`, `log_distance` and `tariff` are NaN where unknown. Duties stand for the pairs that trade only.
    """

    economies: int
    products: int
    columns: dict[str, NDArray]

    def __len__(self) -> int:
        return len(self.columns["value_usd"])


def world_year(economies: int = ECONOMIES, products: int = PRODUCTS, seed: int = SEED) -> WorldYear:
    """Economies and products of very unequal size: few trade nearly everything with everyone, most trade little."""
    rng = np.random.default_rng(seed)
    seller, buyer = rng.lognormal(0.0, 2.6, economies), rng.lognormal(0.0, 1.4, economies)
    good = rng.lognormal(0.0, 1.3, products)
    log_distance, neighbour = _geography(rng, economies)
    usual_duty = rng.choice([0.0, 0.03, 0.07, 0.15], (economies, products), p=[0.3, 0.3, 0.3, 0.1])

    found = [_flows_of(rng, seller, buyer, good[p], economies) for p in range(products)]
    product = np.repeat(np.arange(products), [len(i) for i, _, _ in found])
    exporter, importer, value = (np.concatenate(part) for part in zip(*found, strict=True))
    n = len(product)
    price = np.exp(rng.normal(1.0, 2.0, products)[product] + rng.normal(0.0, 0.8, n))
    # A third of the pairs trade under a preference that halves the duty; schedules have holes.
    preferred = rng.random((economies, economies)) < 0.33
    tariff = usual_duty[importer, product] * np.where(preferred[exporter, importer], 0.5, 1.0)
    columns = {
        "product": product.astype(np.int16),
        "exporter": exporter.astype(np.int16),
        "importer": importer.astype(np.int16),
        "value_usd": value,
        "quantity_t": np.where(rng.random(n) < NO_QUANTITY, np.nan, value / price),
        "log_distance": log_distance[exporter, importer],
        "neighbour": neighbour[exporter, importer],
        "tariff": np.where(rng.random(n) < NO_TARIFF, np.nan, tariff),
    }
    return WorldYear(economies, products, columns)


def _geography(rng: np.random.Generator, economies: int) -> tuple[NDArray, NDArray]:
    """Log kilometres between points on a globe, a few unknown; the nearest are neighbours."""
    at = rng.normal(size=(economies, 3))
    at /= np.linalg.norm(at, axis=1, keepdims=True)
    km = np.maximum(100.0, 6371.0 * np.arccos(np.clip(at @ at.T, -1, 1)))
    neighbour = km < np.quantile(km, 0.02)
    km[rng.random(km.shape) < NO_DISTANCE] = np.nan
    return np.log(km), neighbour


def _flows_of(
    rng: np.random.Generator, seller: NDArray, buyer: NDArray, good: float, economies: int
) -> tuple[NDArray, NDArray, NDArray]:
    """Who sells the product to whom, and for how much: the stronger the pair, the likelier and the larger the flow."""
    strength = np.outer(seller * rng.lognormal(0.0, 1.5, economies), buyer) * good
    np.fill_diagonal(strength, 0.0)
    exporter, importer = np.nonzero(rng.random(strength.shape) < strength / (strength + HALF))
    value = 1e7 * strength[exporter, importer] * rng.lognormal(0.0, 2.0, len(exporter))
    return exporter, importer, value
