"""Smooth lines over any numbers, such as densities."""

from itertools import pairwise

from entrepot.report.chart.model import Chart
from entrepot.report.chart.points import HEIGHT, LEFT, RIGHT, path
from entrepot.report.chart.svg import TOP, colour, frame, legend, line, linear_ticks, rule_label, scaled, text


def curve(chart: Chart) -> str:
    """A line per series, from one point to the next by their x; the vertical axis begins at 0."""
    known = [one for one in chart.series if one.x]
    every = [(x, y) for one in known for x, y in zip(one.x, one.values, strict=True) if y is not None]
    if not every:
        return path(chart)  # which says that there is nothing
    bottom = TOP + HEIGHT
    across = linear_ticks(min(x for x, _ in every), max(x for x, _ in every), 8)
    upwards = linear_ticks(0.0, max(y for _, y in every))
    along, up = scaled(chart.x, across, LEFT, RIGHT), scaled(chart.y, upwards, bottom, TOP + 8.0)
    drawn = [text(8, TOP - 4, chart.y.label, size=11, room=90)]
    for tick in upwards:
        drawn.append(line(LEFT, up(tick), RIGHT, up(tick), width=0.25))
        drawn.append(text(LEFT - 6, up(tick) + 4, rule_label(tick, chart.y.unit, chart.lang), anchor="end", size=11))
    for tick in across:
        said = rule_label(tick, chart.x.unit, chart.lang)
        drawn.append(text(along(tick), bottom + 16, said, anchor="middle", size=11))
    drawn.append(line(LEFT, bottom, RIGHT, bottom, width=0.9))
    drawn.append(text(RIGHT, bottom + 34, chart.x.label, anchor="end", size=11, room=110))
    for place, one in enumerate(known):
        points = [(along(x), up(y)) for x, y in zip(one.x, one.values, strict=True) if y is not None]
        drawn_line = f"M{points[0][0]:.1f} {points[0][1]:.1f}" + "".join(
            f"L{x:.1f} {y:.1f}" for _, (x, y) in pairwise(points)
        )
        drawn.append(
            f'<path d="{drawn_line}" fill="none" stroke="{colour(place)}" stroke-width="2" stroke-linejoin="round"/>'
        )
    entries, high = legend(known, bottom + 56)
    return frame(chart, bottom + 48 + high + 26, [*drawn, *entries])
