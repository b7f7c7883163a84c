"""The figures of a study as SVG, with the pieces of which every chart of the house is made."""

from collections.abc import Sequence
from itertools import pairwise

from entrepot.analyses.study.pictures import Line
from entrepot.analyses.study.plan import FigurePlan
from entrepot.core.text import Language, Text
from entrepot.report.chart.draw import svg_of
from entrepot.report.chart.model import Axis, Chart, Series
from entrepot.report.chart.points import HEIGHT, LEFT, RIGHT
from entrepot.report.chart.svg import TOP, colour, frame, legend, line, linear_ticks, rule_label, scaled, text

NUMBER = {"density": Text("density", "密度"), "trend": Text("mean", "均值"), "high_low": Text("mean", "均值")}


def chart_of_figure(figure: FigurePlan, label: Text, lines: Sequence[Line], at: int, lang: Language) -> Chart:
    """A figure as data; densities have points of their own, the others years."""
    number = Text(f"Figure {at} {figure.title.en}", f"图{at} {figure.title.zh}").say(lang)
    along = Axis(label.say(lang), "1") if figure.kind == "density" else Axis(Text("Year", "年份").say(lang), "year")
    up = Axis(NUMBER[figure.kind].say(lang), "1")
    series = tuple(Series(f"line_{place}", one.name.say(lang), one.y, one.x) for place, one in enumerate(lines))
    return Chart("path", number, along, up, series, lang=lang)


def figure_svg(figure: FigurePlan, chart: Chart) -> str:
    """The figure, drawn."""
    return _curves(chart) if figure.kind == "density" else svg_of(chart)


def _curves(chart: Chart) -> str:
    """A smooth line per series over any numbers."""
    known = [one for one in chart.series if one.x]
    every = [(x, y) for one in known for x, y in zip(one.x, one.values, strict=True) if y is not None]
    if not every:
        return svg_of(chart)  # which says that there is nothing
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
        path = f"M{points[0][0]:.1f} {points[0][1]:.1f}" + "".join(
            f"L{x:.1f} {y:.1f}" for _, (x, y) in pairwise(points)
        )
        drawn.append(
            f'<path d="{path}" fill="none" stroke="{colour(place)}" stroke-width="2" stroke-linejoin="round"/>'
        )
    entries, high = legend(known, bottom + 56)
    return frame(chart, bottom + 48 + high + 26, [*drawn, *entries])
