"""Pieces of an SVG: frame, legend, text that fits, ticks. Colours read on light and on dark ground."""

from collections.abc import Callable, Sequence
from html import escape
from math import ceil, floor, log10
from unicodedata import east_asian_width

from entrepot.core.indicator import Unit
from entrepot.core.text import Language
from entrepot.report.cells import compact
from entrepot.report.chart.model import Axis, Chart, Series

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 760, 210, 70, 16, 6, 44
LEGEND_LINE, LEGEND_COLUMNS = 18, (4, 3, 2)
SOURCE_LINE, SOURCE_LETTERS = 13, 128
TITLE_LETTERS = 76  # that fit at full size, in the wider of the usual faces
# Told apart by colour-blind eyes (Okabe and Ito), then lighter tones of the same.
COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A800", "#6F6F9C",
    "#8FBCE0", "#C49A50", "#7FC4AE", "#DDB0C8",
)  # fmt: skip
GREY = "#737373"  # reads on white and on black

Place = Callable[[float], float]


class Svg(str):
    """The text of a picture; a notebook shows the picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


def colour(place: int) -> str:
    """The colour of the series at this place."""
    return COLOURS[place % len(COLOURS)]


def frame(chart: Chart, height: float, inside: Sequence[str]) -> str:
    """The whole picture: title above, source below, the drawing between."""
    sources = _lines(chart.source, SOURCE_LETTERS)
    high = round(height) + SOURCE_LINE * (len(sources) - 1)
    below = [
        f'<text x="8" y="{high - 10 - SOURCE_LINE * (len(sources) - number)}" font-size="10">{escape(said)}</text>'
        for number, said in enumerate(sources, 1)
    ]
    titled = max(11.0, round(min(15.0, 15.0 * TITLE_LETTERS / max(wide(chart.title), 1)), 1))
    return (
        "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}" '
                f'role="img" font-family="system-ui, \'Noto Sans SC\', sans-serif" font-size="12" fill="{GREY}">',
                f"<title>{escape(chart.title)}</title>",
                f'<text x="8" y="24" font-size="{titled:g}" font-weight="600">{escape(fitting(chart.title, 104))}</text>',
                *inside,
                *below,
                "</svg>",
            ]
        )
        + "\n"
    )


def _lines(said: str, room: int) -> list[str]:
    """The text in lines, broken between words: who made the data is told whole, as their licences ask."""
    lines = [""]
    for word in said.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def legend(series: Sequence[Series], top: float) -> tuple[list[str], float]:
    """One entry per series if there are several, and how high that is."""
    if len(series) < 2:
        return [], 0.0
    drawn = []
    longest = max(wide(one.name) for one in series)
    columns = next((count for count in LEGEND_COLUMNS if longest <= _legend_room(count)), LEGEND_COLUMNS[-1])
    for place, one in enumerate(series):
        x = 8 + (place % columns) * ((WIDTH - 16) // columns)
        y = top + (place // columns) * LEGEND_LINE
        drawn.append(f'<rect x="{x}" y="{y - 9:.0f}" width="10" height="10" fill="{colour(place)}"/>')
        drawn.append(f'<text x="{x + 15}" y="{y:.0f}">{escape(fitting(one.name, _legend_room(columns)))}</text>')
    return drawn, ceil(len(series) / columns) * LEGEND_LINE


def _legend_room(columns: int) -> int:
    """How many letters an entry of the legend has, so that it does not run into the next."""
    return int(((WIDTH - 16) / columns - 25) / 7.2)


def text(x: float, y: float, said: str, *, anchor: str = "start", size: int = 12, room: int = 200) -> str:
    """A line of text."""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    small = f' font-size="{size}"' if size != 12 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{side}{small}>{escape(fitting(said, room))}</text>'


def line(x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, dash: str = "") -> str:
    """A hairline."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{GREY}" stroke-width="{width}"{dashed}/>'


def rule_label(value: float, unit: Unit, lang: Language) -> str:
    """A number at a tick: short, without the digits that all ticks share."""
    if unit == "year":
        return f"{value:.0f}"
    if unit in {"fraction", "percent"}:
        said = f"{value * (100 if unit == 'fraction' else 1):.6g}"
        return f"{said} %"
    return compact(value, unit, lang) if unit in {"usd", "t", "usd/t"} else f"{value:,.6g}"


def linear_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`.

    Examples
    --------
    >>> linear_ticks(0.03, 0.97)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if high <= low:
        high = low + 1.0
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first = floor(low / step + 1e-9)
    last = ceil(high / step - 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Powers of ten, with 2 and 5 between where there are few, that hold `low` and `high`.

    Examples
    --------
    >>> log_ticks(0.5, 30)
    [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
    """
    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    steps = (1, 2, 5) if len(decades) <= 4 else (1,)
    every = [round(step * 10.0**power, 12) for power in decades for step in steps]
    inside = [tick for tick in every if low <= tick <= high]
    below = [tick for tick in every if tick < low][-1:]
    above = [tick for tick in every if tick > high][:1]
    return [*below, *inside, *above] if not (inside and inside[0] == low) else [*inside, *above]


def scaled(axis: Axis, ticks: Sequence[float], start: float, end: float) -> Place:
    """From a value to its place between `start` and `end`."""
    low, high = ticks[0], ticks[-1]
    if axis.scale == "log":
        return lambda value: start + (log10(value) - log10(low)) / (log10(high) - log10(low)) * (end - start)
    return lambda value: start + (value - low) / (high - low) * (end - start)


def fitting(said: str, room: int) -> str:
    """The text cut to so many Latin letters' room; a Chinese character takes that of two."""
    used = 0
    for place, letter in enumerate(said):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > room:
            return said[:place].rstrip() + "…"
    return said


def wide(said: str) -> int:
    """How many Latin letters' room the text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said)
