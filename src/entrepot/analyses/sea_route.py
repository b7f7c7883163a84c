"""The way by sea from one port to another: how long, through which passages, and how much longer with some of them closed."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.choices import listed
from entrepot.analyses.columns import Column
from entrepot.analyses.origins import cited, sources_of
from entrepot.analyses.passages import check_passages, names_of, parse_passages
from entrepot.analyses.result import Result
from entrepot.analyses.sea_ports import SeaPort, sea_port
from entrepot.core.errors import InputError, check_choice
from entrepot.core.indicator import Unit
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.distance import (
    KM_OF_NAUTICAL_MILE,
    DistanceRules,
    SeaWay,
    great_circle_km,
    sea_lanes,
    sea_way,
)

if TYPE_CHECKING:
    from entrepot.analyses.world import World
    from entrepot.store import Snapshot

TABLES = ("ports", "lanes")
METHOD = "shortest way over the network of sea lanes"
ALWAYS_CLOSED = DistanceRules().closed_passages
CAVEAT = Text(
    "The way is the shortest along a network of usual lanes, straight between each port and its nearest lane. Draught, ice, "
    "currents, fees and waiting are not in it; published tables differ by a few per cent.",
    "航程为常用航线网络上的最短路径，港口与最近航线之间取直线。未计吃水、冰情、海流、通行费与等待；与公开里程表可相差百分之几。",
)


def sea_route(
    snapshot: "Snapshot", start: str, end: str, *, without: str | None = None, lang: Language = "en"
) -> Result:
    """One row for each stage of the way, which a passage ends; the last row tells the whole length.

    Parameters
    ----------
    start, end : ports by UN/LOCODE, number of the World Port Index or name, see `sea_ports.sea_port`.
    without : passages that are closed, parted by commas, besides those that the rules of distances close.

    Raises
    ------
    InputError
        ``unknown_start``, ``ambiguous_start`` (and ``_end``), ``port_off_lanes``, ``unknown_without``, and ``no_way`` where
        no open lane leads there.

    Examples
    --------
    >>> sea_route(snapshot, "Shanghai", "Rotterdam").frame["km_total"][-1]  # doctest: +SKIP
    19609.9
    """
    from entrepot.analyses.world import world_of

    check_choice("lang", lang, LANGUAGES)
    world = world_of(snapshot)
    closed = parse_passages(without) if without else None
    check_passages(world, closed)
    one, other = sea_port(world, start, field="start"), sea_port(world, end, field="end")
    way = _way(world, one, other, closed)
    if not np.isfinite(way.km[-1]):
        raise InputError(
            "no_way",
            Text(
                f"No open sea lane leads from {one} to {other}.",
                f"{one.name}（{one.code}）与 {other.name}（{other.code}）之间没有可通行的航线。",
            ),
            field="without" if closed else "end",
        )
    usual = way if closed is None else _way(world, one, other, None)
    frame = _stages(way, one, other, lang)
    km, origins = float(way.km[-1]), sources_of(snapshot, TABLES)
    data = "; ".join(dict.fromkeys(source["citation"].rstrip(".") for source in origins))
    return Result(
        question="route",
        frame=frame,
        columns=COLUMNS,
        parameters={"start": one.code, "end": other.code, "without": closed, "lang": lang},
        notes=tuple(_notes(one, other, way, usual, closed)),
        provenance=origins,
        citation=cited(data, METHOD),
        title=Text(
            f"{one} to {other} by sea: {km:,.0f} km, {km / KM_OF_NAUTICAL_MILE:,.0f} nautical miles",
            f"{one.name}（{one.code}）至 {other.name}（{other.code}）海运航程：{km:,.0f} 公里，{km / KM_OF_NAUTICAL_MILE:,.0f} 海里",
        ),
    )


def _way(world: "World", one: SeaPort, other: SeaPort, closed: str | None) -> SeaWay:
    shut = {*ALWAYS_CLOSED, *(closed.split(",") if closed else ())}
    lanes = sea_lanes(world.table("lanes"))
    return sea_way((one.lat, one.lon), (other.lat, other.lon), lanes, without=sorted(shut))


def _stages(way: SeaWay, one: SeaPort, other: SeaPort, lang: Language) -> pl.DataFrame:
    """The way cut where a passage ends."""
    named = way.passage.tolist()
    last = len(named) - 1
    ends = [k for k in range(last) if named[k] and named[k + 1] != named[k]]
    places = [one.name, *(name.say(lang) for k in ends for name in names_of(named[k])), other.name]
    cuts = [0, *ends, last]
    km = way.km[cuts]
    return pl.DataFrame(
        {
            "stage": list(range(1, len(cuts))),
            "from_place": places[:-1],
            "to_place": places[1:],
            "km": np.diff(km).round(1),
            "km_total": km[1:].round(1),
            "nautical_miles_total": (km[1:] / KM_OF_NAUTICAL_MILE).round().astype(np.int64),
            "lat": way.lat[cuts[1:]].round(4),
            "lon": way.lon[cuts[1:]].round(4),
            "way": [_line(way, a, b) for a, b in pairwise(cuts)],
        },
        schema_overrides={"stage": pl.Int64},
    )


def _line(way: SeaWay, first: int, last: int) -> str:
    points = zip(way.lon[first : last + 1].tolist(), way.lat[first : last + 1].tolist(), strict=True)
    return f"LINESTRING ({', '.join(f'{lon:.4f} {lat:.4f}' for lon, lat in points)})"


def _notes(one: SeaPort, other: SeaPort, way: SeaWay, usual: SeaWay, closed: str | None) -> list[Text]:
    sailed = listed(names_of(",".join(way.passages))) if way.passages else None
    always = listed(names_of(",".join(ALWAYS_CLOSED)))
    straight = float(
        great_circle_km(np.float64(one.lat), np.float64(one.lon), np.float64(other.lat), np.float64(other.lon))
    )
    notes = [
        Text(
            f"Passages: {sailed.en}." if sailed else "The way takes no canal or strait of the list.",
            f"途经：{sailed.zh}。" if sailed else "不经过所列运河或海峡。",
        ),
        Text(
            f"As the crow flies {straight:,.0f} km; to the lanes {one.lane_km:,.0f} km from {one.name} and {other.lane_km:,.0f} km "
            f"from {other.name}.",
            f"大圆距离 {straight:,.0f} 公里；距最近航线：{one.name} {one.lane_km:,.0f} 公里，{other.name} {other.lane_km:,.0f} 公里。",
        ),
    ]
    if closed is not None:
        shut, more = listed(names_of(closed)), float(way.km[-1] - usual.km[-1])
        told = Text("The way is no longer for it.", "航程未因此变长。")
        if more >= 0.5:
            told = Text(
                f"With them open {usual.km[-1]:,.0f} km, that is {more:,.0f} km less.",
                f"开放时为 {usual.km[-1]:,.0f} 公里，少 {more:,.0f} 公里。",
            )
        notes.insert(0, Text(f"Closed: {shut.en}. {told.en}", f"已关闭：{shut.zh}。{told.zh}"))
    notes.append(
        Text(
            f"Closed in any case, as for the distances of economies: {always.en}.",
            f"始终视为关闭（与经济体间距离的算法一致）：{always.zh}。",
        )
    )
    return [*notes, CAVEAT]


def _column(name: str, label: Text, unit: Unit, meaning: Text, **more: Any) -> Column:
    return Column(name, label, unit, "none", more.get("hidden", False), meaning)


COLUMNS = (
    _column("stage", Text("Stage", "航段"), "rank", Text("Number of the stage.", "航段序号。")),
    _column("from_place", Text("From", "自"), "text", Text("Port, or passage just left.", "港口，或刚驶出的通道。")),
    _column(
        "to_place", Text("To", "至"), "text", Text("Port, or passage sailed to its end.", "港口，或驶至其终点的通道。")
    ),
    _column("km", Text("Length", "里程"), "km", Text("Kilometres of the stage.", "该航段公里数。")),
    _column("km_total", Text("Total", "累计"), "km", Text("Kilometres since the start.", "自起点累计公里数。")),
    _column(
        "nautical_miles_total",
        Text("Nautical miles, total", "累计海里"),
        "1",
        Text("Nautical miles since the start (1.852 km each).", "自起点累计海里数（1 海里 = 1.852 公里）。"),
    ),
    _column("lat", Text("Latitude at its end", "终点纬度"), "1", Text("Degrees north.", "北纬度数。"), hidden=True),
    _column("lon", Text("Longitude at its end", "终点经度"), "1", Text("Degrees east.", "东经度数。"), hidden=True),
    _column(
        "way",
        Text("Way", "航迹"),
        "text",
        Text(
            "Its points as a line in well-known text: degrees east and north.",
            "航段各点，以 WKT 折线表示：经度、纬度。",
        ),
        hidden=True,
    ),
)
