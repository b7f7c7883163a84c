"""Points: lines over years, scatters, and scatters over the stages of the elasticity."""

from html import escape
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from entrepot.report.cells import compact
from entrepot.report.chart.bars import NOTHING
from entrepot.report.chart.model import Axis, Chart
from entrepot.report.chart.svg import (
    GREY,
    TOP,
    WIDTH,
    Place,
    colour,
    fitting,
    frame,
    legend,
    line,
    linear_ticks,
    log_ticks,
    rule_label,
    scaled,
    text,
    wide,
)

HEIGHT = 320
LEFT, RIGHT = 64.0, WIDTH - 20.0
SMALL, MIDDLE, LARGE = 3.0, 5.0, 16.0  # radii
MOST_LABELS = 14
LETTER = 5.8  # width of a Latin letter at size 11


class _Point(NamedTuple):
    """One point of a scatter, with the place of its series."""

    series: int
    x: float
    y: float
    size: float
    label: str


def path(chart: Chart) -> str:
    """A line per series over the years, broken where a year has no value; its name stands at its end if there is room."""
    points = [(x, y) for s in chart.series for x, y in zip(s.x, s.values, strict=True) if y is not None]
    if not points:
        return _nothing(chart)
    years = sorted({x for s in chart.series for x in s.x})
    ticks = linear_ticks(min(0.0, *(y for _, y in points)), max(y for _, y in points))
    bottom = TOP + HEIGHT
    up = scaled(chart.y, ticks, bottom, TOP + 8.0)
    ends = (years[0], years[-1] if len(years) > 1 else years[0] + 1)
    along = scaled(chart.x, ends, LEFT + 8, RIGHT - 8)
    drawn = _grid(chart, ticks, up, bottom)
    step = max(1, -(-len(years) * 44 // round(RIGHT - LEFT)))
    for year in years[::step]:
        drawn.append(text(along(year), bottom + 16, f"{year:.0f}", anchor="middle", size=11))
    for place, one in enumerate(chart.series):
        known = [(x, y) for x, y in zip(one.x, one.values, strict=True) if y is not None]
        for (x1, y1), (x2, y2) in pairwise(known):
            if years.index(x2) - years.index(x1) == 1:
                drawn.append(
                    f'<path d="M{along(x1):.1f} {up(y1):.1f}L{along(x2):.1f} {up(y2):.1f}" stroke="{colour(place)}" '
                    'stroke-width="2" stroke-linecap="round"/>'
                )
        drawn += [
            _dot(along(x), up(y), 2.6, place, f"{one.name}, {x:.0f}: {_said(chart.y, y, chart)}") for x, y in known
        ]
    entries, high = legend(chart.series, bottom + 44)
    return frame(chart, bottom + 36 + high + 26, [*drawn, *entries])


def scatter(chart: Chart) -> str:
    """A disc per point, its area by its size; the largest have their names; bands and lines lie below them."""
    every = [
        _Point(place, x, y, size, label)
        for place, s in enumerate(chart.series)
        for x, y, size, label in zip(s.x, s.values, s.sizes, s.labels, strict=True)
        if y is not None
    ]
    if not every:
        return _nothing(chart)
    bottom = TOP + HEIGHT
    across = _ticks(
        chart.x, [point.x for point in every] + [edge for b in chart.bands for edge in (b.start, b.end) if edge]
    )
    upwards = _ticks(chart.y, [point.y for point in every])
    along, up = scaled(chart.x, across, LEFT, RIGHT), scaled(chart.y, upwards, bottom, TOP + 24.0)
    drawn = _bands(chart, along, bottom) + _grid(chart, upwards, up, bottom)
    for tick in across:
        drawn.append(
            text(along(tick), bottom + 16, rule_label(tick, chart.x.unit, chart.lang), anchor="middle", size=11)
        )
    drawn.append(text(RIGHT, bottom + 34, chart.x.label, anchor="end", size=11, room=110))
    for axis, value in chart.lines:
        if axis == "x" and across[0] <= value <= across[-1]:
            drawn.append(line(along(value), TOP + 12, along(value), bottom, dash="4 3", width=0.8))
        elif axis == "y" and upwards[0] <= value <= upwards[-1]:
            drawn.append(line(LEFT, up(value), RIGHT, up(value), dash="4 3", width=0.8))
    discs, names = _discs(chart, every, along, up)
    entries, high = legend(chart.series, bottom + 56)
    return frame(chart, bottom + 48 + high + 26, [*drawn, *discs, *names, *entries])


def _discs(chart: Chart, every: list[_Point], along: Place, up: Place) -> tuple[list[str], list[str]]:
    """A disc per point, largest first, and the names for which there is room beside their discs."""
    sizes = [point.size for point in every]
    largest, alike = max(sizes) or 1.0, max(sizes) == min(sizes)
    discs: list[str] = []
    names: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    placed: list[tuple[float, float, float, str]] = []
    for point in sorted(every, key=lambda one: -one.size):
        x, y = along(point.x), up(point.y)
        radius = MIDDLE if alike else SMALL + (LARGE - SMALL) * sqrt(max(point.size, 0.0) / largest)
        tip = f"{point.label}: {_said(chart.x, point.x, chart)}; {_said(chart.y, point.y, chart)}"
        discs.append(_dot(x, y, radius, point.series, tip, opacity=0.75))
        taken.append((x - radius, y - radius, x + radius, y + radius))
        placed.append((x, y, radius, point.label))
    for number, (x, y, radius, label) in enumerate(placed):
        code = label.partition(" ")[0]
        for words in (label, code) if code.isdigit() else (label,):
            box = _box(x, y, radius, words)
            free = not any(_overlap(box, other) for place, other in enumerate(taken) if place != number)
            if free and len(names) < MOST_LABELS:
                taken.append(box)
                names.append(text(box[0], y + 4, words, size=11, room=26))
                break
    return discs, names


def _ticks(axis: Axis, values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    return log_ticks(low, high) if axis.scale == "log" else linear_ticks(min(0.0, low), high)


def _grid(chart: Chart, ticks: list[float], up: Place, bottom: float) -> list[str]:
    drawn = [text(8, TOP - 4, chart.y.label, size=11, room=90)]
    for tick in ticks:
        drawn.append(line(LEFT, up(tick), RIGHT, up(tick), width=0.25))
        drawn.append(text(LEFT - 6, up(tick) + 4, rule_label(tick, chart.y.unit, chart.lang), anchor="end", size=11))
    return [*drawn, line(LEFT, bottom, RIGHT, bottom, width=0.9)]


def _bands(chart: Chart, along: Place, bottom: float) -> list[str]:
    """A tint for every other band, and its name above."""
    drawn = []
    for number, band in enumerate(chart.bands):
        start = LEFT if band.start is None else along(band.start)
        end = RIGHT if band.end is None else along(band.end)
        if number % 2 == 0:
            drawn.append(
                f'<rect x="{start:.1f}" y="{TOP + 12}" width="{end - start:.1f}" height="{bottom - TOP - 12:.1f}" '
                f'fill="{GREY}" opacity="0.1"/>'
            )
        drawn.append(
            text((start + end) / 2, TOP + 10, band.name, anchor="middle", size=11, room=int((end - start) / 5.6))
        )
    return drawn


def _dot(x: float, y: float, radius: float, place: int, tip: str, *, opacity: float = 1.0) -> str:
    seen = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour(place)}"{seen}>'
        f"<title>{escape(tip)}</title></circle>"
    )


def _box(x: float, y: float, radius: float, label: str) -> tuple[float, float, float, float]:
    long = wide(fitting(label, 26)) * LETTER
    start = x + radius + 3
    if start + long > WIDTH - 4:
        start = x - radius - 3 - long
    return start, y - 6, start + long, y + 6


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _said(axis: Axis, value: float, chart: Chart) -> str:
    return compact(value, axis.unit, chart.lang)


def _nothing(chart: Chart) -> str:
    return frame(chart, 120, [text(8, TOP + 16, NOTHING.say(chart.lang))])
