"""Charts of an answer: chosen as data, drawn as SVG without any library, readable on light and dark ground."""

from entrepot.report.chart.choose import KINDS, chart_of
from entrepot.report.chart.draw import svg_of, svg_text
from entrepot.report.chart.model import Chart
from entrepot.report.chart.svg import LEFT, RIGHT, WIDTH

__all__ = ["KINDS", "LEFT", "RIGHT", "WIDTH", "Chart", "chart_of", "svg_of", "svg_text"]
