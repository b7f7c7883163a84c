"""From the canonical tables of places to the arrays that the distance rules work on."""

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from entrepot.formulas.distance.geography import Geography
from entrepot.formulas.distance.harbours import pool_of
from entrepot.formulas.distance.lanes import SeaLanes, lane_distance_km
from entrepot.formulas.distance.rules import DistanceRules

# The lane network has lanes on the Caspian (through the Volga and the Don), but it is no way to the open sea for
# merchant ships. Its shores as a box: south, north, west, east.
CASPIAN = (36.0, 47.6, 46.3, 54.8)


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


def with_lanes(places: pl.DataFrame, lanes: pl.DataFrame, *, limit_km: float = 100.0) -> pl.DataFrame:
    """Places (lat, lon) with how far each lies from the lanes (`lane_km`), and whether ships come and go (`on_lane`).

    Parameters
    ----------
    places : at least lat and lon, degrees.
    lanes : canonical table.
    limit_km : a place farther from every lane than this is not on the network; nor is one on the Caspian Sea.
    """
    km = lane_distance_km(_floats(places["lat"]), _floats(places["lon"]), sea_lanes(lanes))
    south, north, west, east = CASPIAN
    caspian = pl.col("lat").is_between(south, north) & pl.col("lon").is_between(west, east)
    return places.with_columns(lane_km=pl.Series(km, dtype=pl.Float64).round(3)).with_columns(
        on_lane=(pl.col("lane_km") <= limit_km) & ~caspian
    )


def rules_of(
    economies: pl.DataFrame,
    main_ports: pl.DataFrame,
    harbours: pl.DataFrame,
    throughput: pl.DataFrame,
    rules: DistanceRules | None = None,
) -> DistanceRules:
    """The rules with each pooled sub-region at its largest main ports, as far as the tables can tell.

    Parameters
    ----------
    harbours, throughput : canonical tables; without rows where they are not loaded, and then the ports that the rules name
        stand as long as they are main ports.
    rules : the documented defaults if not given.
    """
    chosen = rules or DistanceRules()
    pooled = {
        subregion: pool_of(
            economies.filter(pl.col("subregion_m49") == subregion)["iso3"],
            main_ports,
            harbours,
            throughput,
            named=named,
            count=chosen.ports_per_economy,
        )
        for subregion, named in chosen.pooled.items()
    }
    return replace(chosen, pooled={subregion: ports for subregion, ports in pooled.items() if ports})


def _floats(column: pl.Series) -> NDArray[np.float64]:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _texts(column: pl.Series) -> NDArray[np.str_]:
    return np.array(column.fill_null("").to_list(), dtype=np.str_)
