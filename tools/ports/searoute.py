"""Read searoute's ports and lane network from its GeoJSON files."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from entrepot.formulas.distance import great_circle_km
from ports.sea_ports import Place

DATA = "searoute/searoute-1.6.0/searoute/data"
DEGREES = 6  # decimals kept, 0.1 m: enough to tell every vertex from its neighbours


def read_ports(sources: Path) -> list[tuple[str, Place]]:
    """Return every port in the order of the file; an identifier may occur twice."""
    return [
        (feature["properties"]["port"], _place(feature["properties"]["name"], feature["geometry"]["coordinates"]))
        for feature in _features(sources, "ports.geojson")
    ]


def read_lanes(sources: Path) -> pl.DataFrame:
    """Return the canonical table `lanes`: one row for each stretch between two vertices, the smaller end first.

    Longitudes are brought into [-180, 180), so that lanes that meet on the date line share their vertex there; the
    package's own bridge along that meridian is then superfluous and is left out.
    """
    edges: dict[tuple[tuple[float, float], tuple[float, float]], str | None] = {}
    for feature in _features(sources, "marnet_searoute.geojson"):
        passage = feature["properties"].get("passage")
        for line in _lines(feature["geometry"]):
            vertices = [_vertex(point) for point in line]
            for one, other in pairwise(vertices):
                if one != other:
                    edge = (min(one, other), max(one, other))
                    edges[edge] = edges.get(edge) or passage
    rows = [(*one, *other, passage) for (one, other), passage in sorted(edges.items(), key=lambda item: item[0])]
    columns = ["from_lat", "from_lon", "to_lat", "to_lon", "passage"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    km = great_circle_km(*(frame[column].to_numpy() for column in columns[:4]))
    # Lengths shorter than a metre are kept above zero: a sparse matrix has no edge of length 0.
    return frame.select(*columns[:4], pl.Series("km", km).round(3).clip(lower_bound=0.001), "passage")


def _features(sources: Path, file: str) -> list[dict[str, Any]]:
    path = sources / DATA / file
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def _lines(geometry: dict[str, Any]) -> list[list[list[float]]]:
    if geometry["type"] == "LineString":
        return [geometry["coordinates"]]
    return list(geometry["coordinates"])


def _place(name: str, point: list[float]) -> Place:
    lat, lon = _vertex(point)
    return Place(name, lat, lon)


def _vertex(point: list[float]) -> tuple[float, float]:
    """Latitude and longitude, the latter in [-180, 180)."""
    lon = (point[0] + 180.0) % 360.0 - 180.0
    return round(point[1], DEGREES) + 0.0, round(lon, DEGREES) + 0.0
