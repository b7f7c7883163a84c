"""Build the `pairs` table: every provider's distance for every ordered pair of economies."""

from collections.abc import Collection

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.formulas.distance import (
    DistanceRules,
    Geography,
    PairDistances,
    SeaLanes,
    capital_distances,
    great_circle_km,
    pair_distances,
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


def geography_of(
    economies: pl.DataFrame,
    borders: pl.DataFrame,
    ports: pl.DataFrame,
    main_ports: pl.DataFrame,
    rules: DistanceRules,
) -> Geography:
    """Turn the canonical tables into arrays, economies in order of their codes.

    A main port is usable if the table `ports` says that it lies on the lane network (which no Caspian port does) and
    it is within the rules' limit.
    """
    listed = economies.sort("iso3")
    position = {code: index for index, code in enumerate(listed["iso3"])}
    known = pl.col("economy").is_in(list(position))
    usable = (pl.col("on_lane") & (pl.col("lane_km") <= rules.lane_limit_km)).fill_null(False)
    stops = (
        main_ports.filter(known)
        .join(ports.select("port", "lane_km", "on_lane"), on="port", how="left", maintain_order="left")
        .with_columns(usable=usable)
        .sort("economy", "rank")
    )
    border = np.zeros((len(position), len(position)), dtype=bool)
    for one, other in (
        borders.filter(known & pl.col("neighbour").is_in(list(position))).select("economy", "neighbour").iter_rows()
    ):
        border[position[one], position[other]] = border[position[other], position[one]] = True
    np.fill_diagonal(border, False)
    return Geography(
        capital_lat=_floats(listed["capital_lat"]),
        capital_lon=_floats(listed["capital_lon"]),
        continent=_texts(listed["continent_en"]),
        subregion=_texts(listed["subregion_m49"]),
        border=border,
        port_economy=np.array([position[code] for code in stops["economy"]], dtype=np.int64),
        port_id=_texts(stops["port"]),
        port_lat=_floats(stops["lat"]),
        port_lon=_floats(stops["lon"]),
        port_rank=stops["rank"].cast(pl.Int64).to_numpy(),
        port_usable=stops["usable"].to_numpy(),
    )


def sea_lanes(lanes: pl.DataFrame) -> SeaLanes:
    """Turn the canonical table `lanes` into arrays."""
    return SeaLanes(
        from_lat=_floats(lanes["from_lat"]),
        from_lon=_floats(lanes["from_lon"]),
        to_lat=_floats(lanes["to_lat"]),
        to_lon=_floats(lanes["to_lon"]),
        km=_floats(lanes["km"]),
        passage=_texts(lanes["passage"]),
    )


def _floats(column: pl.Series) -> NDArray[np.float64]:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _texts(column: pl.Series) -> NDArray[np.str_]:
    return np.array(column.fill_null("").to_list(), dtype=np.str_)


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
