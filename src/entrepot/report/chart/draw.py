"""From an answer, or a chart as data, to SVG."""

from entrepot.analyses.result import Result
from entrepot.report.chart.bars import bars, columns, waterfall
from entrepot.report.chart.choose import chart_of
from entrepot.report.chart.curve import curve
from entrepot.report.chart.model import Chart
from entrepot.report.chart.points import path, scatter
from entrepot.report.chart.svg import Svg


def svg_text(result: Result, kind: str | None = None) -> Svg:
    """The answer as a chart in SVG.

    Parameters
    ----------
    kind : one of `KINDS` of the question; the most telling one by default.

    Raises
    ------
    InputError
        ``unknown_chart``: it lists the kinds that the answer has.
    """
    return Svg(svg_of(chart_of(result, kind)))


def svg_of(chart: Chart) -> str:
    """The chart, drawn."""
    if chart.kind == "stack":
        standing = all(category.isdigit() for category in chart.categories) and len(chart.categories) > 1
        return columns(chart) if standing else bars(chart)
    draw = {"bars": bars, "waterfall": waterfall, "path": path, "curve": curve, "scatter": scatter, "stages": scatter}
    return draw[chart.kind](chart)
