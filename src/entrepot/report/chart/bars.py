"""Bars: lying ones from zero outwards, standing ones over years, and the steps of a waterfall."""

from html import escape

from entrepot.core.text import Text
from entrepot.report.cells import compact
from entrepot.report.chart.model import Chart
from entrepot.report.chart.svg import (
    BAR,
    GAP,
    GREY,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    colour,
    fitting,
    frame,
    legend,
    line,
    linear_ticks,
    rule_label,
    scaled,
    text,
)

NOTHING = Text("Nothing to draw: no row has a value.", "无可绘制的内容：没有任何一行有数值。")
UP, DOWN, WHOLE = "#0072B2", "#E69F00", GREY
PLOT_HEIGHT = 260


def bars(chart: Chart) -> str:
    """One lying bar per category, its pieces from zero outwards; negative ones lie left of zero."""
    count = len(chart.categories)
    bottom = TOP + max(1, count) * (BAR + GAP)
    entries, high = legend(chart.series, bottom + 24)
    if not count:
        inside = [text(8, TOP + BAR, NOTHING.say(chart.lang))]
        return frame(chart, bottom + 16 + 28, inside)
    rows = [[(place, s.values[number] or 0.0) for place, s in enumerate(chart.series)] for number in range(count)]
    highest = max(max(sum(max(size, 0.0) for _, size in row) for row in rows), 0.0)
    lowest = min(min(sum(min(size, 0.0) for _, size in row) for row in rows), 0.0)
    scale = (WIDTH - LEFT - RIGHT) / ((highest - lowest) or 1.0)
    zero = LEFT - lowest * scale
    drawn = []
    for number, row in enumerate(rows):
        y = TOP + number * (BAR + GAP)
        label = escape(fitting(chart.categories[number], 27))
        drawn.append(f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{label}</text>')
        right, left = zero, zero
        for place, size in row:
            long = abs(size) * scale
            if long <= 0:
                continue
            start = right if size > 0 else left - long
            right, left = (right + long, left) if size > 0 else (right, left - long)
            one = chart.series[place]
            unit = "score" if chart.y.unit == "score" and len(chart.series) > 1 else chart.y.unit
            tip = f"{one.name}: {compact(size, unit, chart.lang)}"
            drawn.append(
                f'<rect x="{start:.2f}" y="{y}" width="{long:.2f}" height="{BAR}" fill="{colour(place)}">'
                f"<title>{escape(tip)}</title></rect>"
            )
        if chart.ends:
            drawn.append(f'<text x="{right + 6:.2f}" y="{y + 12}">{escape(chart.ends[number])}</text>')
    drawn.append(f'<path d="M{zero:.2f} {TOP - 4}V{bottom}" stroke="{GREY}" stroke-width="0.5"/>')
    return frame(chart, bottom + 16 + high + 28, [*drawn, *entries])


def columns(chart: Chart) -> str:
    """One standing bar per category, such as a year, stacked upwards."""
    count = len(chart.categories)
    left, right, bottom = 56.0, WIDTH - 16.0, TOP + PLOT_HEIGHT
    totals = [sum(s.values[number] or 0.0 for s in chart.series) for number in range(count)]
    ticks = linear_ticks(0.0, max([*totals, 0.0]) or 1.0)
    up = scaled(chart.y, ticks, bottom, TOP + 8.0)
    room = (right - left) / max(1, count)
    drawn = _rules(chart, ticks, up, left, right)
    step = max(1, -(-count * 40 // round(right - left)))
    for number, category in enumerate(chart.categories):
        x, below = left + number * room, 0.0
        if number % step == 0:
            drawn.append(text(x + room / 2, bottom + 16, category, anchor="middle", size=11, room=12))
        for place, one in enumerate(chart.series):
            size = one.values[number] or 0.0
            if size <= 0:
                continue
            high = up(below) - up(below + size)
            tip = f"{category}, {one.name}: {compact(size, chart.y.unit, chart.lang)}"
            drawn.append(
                f'<rect x="{x + room * 0.1:.2f}" y="{up(below + size):.2f}" width="{room * 0.8:.2f}" height="{high:.2f}" '
                f'fill="{colour(place)}"><title>{escape(tip)}</title></rect>'
            )
            below += size
    entries, high = legend(chart.series, bottom + 44)
    return frame(chart, bottom + 36 + high + 26, [*drawn, *entries])


def waterfall(chart: Chart) -> str:
    """From a first total over steps up and down to the last total."""
    count = len(chart.categories)
    left, right, bottom = 64.0, WIDTH - 16.0, TOP + PLOT_HEIGHT
    froms, tos = (tuple(value or 0.0 for value in one.values) for one in chart.series)
    ticks = linear_ticks(min(0.0, *froms, *tos), max(0.0, *froms, *tos))
    up = scaled(chart.y, ticks, bottom, TOP + 8.0)
    room = (right - left) / max(1, count)
    drawn = _rules(chart, ticks, up, left, right)
    for number, category in enumerate(chart.categories):
        x, start, end = left + number * room, froms[number], tos[number]
        whole = number in (0, count - 1)
        fill = WHOLE if whole else UP if end >= start else DOWN
        top, high = up(max(start, end)), abs(up(start) - up(end))
        size = end - start
        said = compact(size, chart.y.unit, chart.lang)
        shown = said if whole or size < 0 else f"+{said}"
        drawn.append(
            f'<rect x="{x + room * 0.12:.2f}" y="{top:.2f}" width="{room * 0.76:.2f}" height="{max(high, 0.5):.2f}" '
            f'fill="{fill}"><title>{escape(f"{category}: {shown}")}</title></rect>'
        )
        drawn.append(text(x + room / 2, top - 5, shown, anchor="middle", size=11, room=16))
        for part, words in enumerate(_two_lines(category, max(8, int(room / 6.2)))):
            drawn.append(text(x + room / 2, bottom + 16 + part * 14, words, anchor="middle", size=11, room=30))
        if number + 1 < count:
            drawn.append(line(x + room * 0.88, up(end), x + room * 1.12, up(end)))
    return frame(chart, bottom + 62, drawn)


def _rules(chart: Chart, ticks: list[float], up: object, left: float, right: float) -> list[str]:
    """Hairlines across at every tick, with their numbers, and what is measured."""
    assert callable(up)
    drawn = [text(8, TOP - 4, chart.y.label, size=11, room=90)]
    for tick in ticks:
        drawn.append(line(left, up(tick), right, up(tick), width=0.9 if tick == 0 else 0.25))
        drawn.append(text(left - 6, up(tick) + 4, rule_label(tick, chart.y.unit, chart.lang), anchor="end", size=11))
    return drawn


def _two_lines(said: str, room: int) -> list[str]:
    """Text over two lines at most, broken at a blank where there is one."""
    first = fitting(said, room).rstrip("…")
    if len(first) == len(said):
        return [said]
    cut = first.rfind(" ")
    first = first[:cut] if cut > 0 else first
    return [first, fitting(said[len(first) :].strip(), room)]
