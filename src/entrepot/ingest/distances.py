"""Build the `pairs` table: every provider's distance for every ordered pair of economies."""

from collections.abc import Collection

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.formulas.distance import (
    DistanceRules,
    PairDistances,
    capital_distances,
    geography_of,
    great_circle_km,
    pair_distances,
    sea_lanes,
    sea_leg_km,
)
from entrepot.tables import pairs


def build_pairs(
    economies: pl.DataFrame,
    borders: pl.DataFrame,
    ports: pl.DataFrame,
    main_ports: pl.DataFrame,
    lanes: pl.DataFrame,
    *,
    rules: DistanceRules | None = None,
    without: Collection[str] = (),
) -> pl.DataFrame:
    """Distances of all three providers between all economies.

    Parameters
    ----------
    economies, borders, ports, main_ports, lanes
        Canonical tables.
    rules
        The configurable numbers of the rules; the documented defaults if not given.
    without
        Further passages to close for the provider `sea`, besides those that the rules close.

    Returns
    -------
    polars.DataFrame
        The canonical table `pairs`, by exporter and importer. A distance is null where its rule is ``none``.

    Raises
    ------
    InputError
        If a passage is not among the lanes, or a pooled sub-region names an unknown port.
    """
    rules = rules or DistanceRules()
    codes = economies["iso3"].sort().to_list()
    geography = geography_of(economies, borders, ports, main_ports, rules)
    lat, lon = geography.port_lat, geography.port_lon
    straight = great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    by_sea = sea_leg_km(lat, lon, sea_lanes(lanes), without=sorted({*rules.closed_passages, *without}))
    frame = _pairs_frame(
        codes,
        geography.border,
        pair_distances(geography, straight, rules),
        pair_distances(geography, by_sea, rules),
        capital_distances(geography, rules),
    )
    return pairs.check(frame)


def _pairs_frame(
    codes: list[str],
    border: NDArray[np.bool_],
    by_ports: PairDistances,
    by_sea: PairDistances,
    great_circle: NDArray[np.float64],
) -> pl.DataFrame:
    """One row for each ordered pair, to the metre (so that every machine builds the same file), NaN as null."""
    exporter, importer = (~np.eye(len(codes), dtype=bool)).nonzero()
    names = np.array(codes, dtype=np.str_)
    return pl.DataFrame(
        {
            "exporter": names[exporter].tolist(),
            "importer": names[importer].tolist(),
            "border": border[exporter, importer],
            "km_ports": by_ports.km[exporter, importer],
            "rule_ports": by_ports.rule[exporter, importer].tolist(),
            "km_sea": by_sea.km[exporter, importer],
            "rule_sea": by_sea.rule[exporter, importer].tolist(),
            "km_great_circle": great_circle[exporter, importer],
        },
        schema=dict(pairs.SCHEMA),
    ).with_columns(pl.selectors.float().round(3).fill_nan(None))
