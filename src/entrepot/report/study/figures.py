"""The figures of a study as charts of the house."""

from collections.abc import Sequence

from entrepot.analyses.study.pictures import Line
from entrepot.analyses.study.plan import FigurePlan
from entrepot.core.text import Language, Text
from entrepot.report.chart.model import Axis, Chart, Series

NUMBER = {"density": Text("density", "密度"), "trend": Text("mean", "均值"), "high_low": Text("mean", "均值")}


def chart_of_figure(figure: FigurePlan, label: Text, lines: Sequence[Line], at: int, lang: Language) -> Chart:
    """A figure as data; densities have points of their own, the others years."""
    number = Text(f"Figure {at} {figure.title.en}", f"图{at} {figure.title.zh}").say(lang)
    along = Axis(label.say(lang), "1") if figure.kind == "density" else Axis(Text("Year", "年份").say(lang), "year")
    up = Axis(NUMBER[figure.kind].say(lang), "1")
    series = tuple(Series(f"line_{place}", one.name.say(lang), one.y, one.x) for place, one in enumerate(lines))
    return Chart("curve" if figure.kind == "density" else "path", number, along, up, series, lang=lang)
