"""The ranking as a bar chart in SVG: the score of the best rows, split into what each weight contributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from entrepot.analyses.columns import column
from entrepot.analyses.result import Result
from entrepot.core.indicator import Unit
from entrepot.core.text import Language, Text
from entrepot.report.cells import compact, known
from entrepot.report.heading import header, title

MOST_BARS = 20
WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 760, 210, 70, 16, 6, 44
LEGEND_LINE, LEGEND_COLUMNS = 18, 4
# Told apart by colour-blind eyes (Okabe and Ito), then lighter tones of the same.
COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A800", "#6F6F9C",
    "#8FBCE0", "#C49A50", "#7FC4AE", "#DDB0C8",
)  # fmt: skip
GREY = "#737373"  # reads on white and on black


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, its pieces (name, length) from zero outwards, and the number at its end."""

    label: str
    pieces: tuple[tuple[str, float], ...]
    value: str


def svg_text(result: Result) -> str:
    """The first twenty rows as horizontal bars, in SVG.

    Ranked by score, a bar is the score split exactly into its parts, one colour for each weighted column; ranked by one
    column, it is that column; for a history, the value of each year. Negative parts lie left of zero. Readable
    on light and dark ground.
    """
    measure = _measure(result)
    bars = _bars(result, measure)
    names = tuple(dict.fromkeys(name for bar in bars for name, _ in bar.pieces))
    colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}
    legend = names if len(names) > 1 else ()
    lines = -(-len(legend) // LEGEND_COLUMNS)
    height = TOP + max(1, len(bars)) * (BAR + GAP) + 16 + lines * LEGEND_LINE + 28
    heading = f"{title(result)}: {header(column(measure), result)}"
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, \'Noto Sans SC\', sans-serif" font-size="12" fill="{GREY}">',
        f"<title>{escape(heading)}</title>",
        f'<text x="8" y="24" font-size="15" font-weight="600">{escape(_fitting(heading, 92))}</text>',
        *_draw(bars, colours, result.lang),
        *_legend(legend, colours, TOP + len(bars) * (BAR + GAP) + 24, result.lang),
        f'<text x="8" y="{height - 10}" font-size="10">{escape(_fitting(result.citation, 138))}</text>',
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def _measure(result: Result) -> str:
    if result.question == "history":
        return "value_usd"
    return str(result.parameters.get("rank_by", "score"))


def _bars(result: Result, measure: str) -> list[Bar]:
    split = measure == "score" and len(result.parts) == result.frame.height
    bars: list[Bar] = []
    for number, row in enumerate(result.frame.iter_rows(named=True)):
        value = row.get(measure)
        if len(bars) == MOST_BARS or value is None or not known(value):
            continue
        parts: Mapping[str, float] = result.parts[number] if split else {measure: float(value)}
        pieces = tuple((name, float(part)) for name, part in parts.items() if known(part))
        bars.append(Bar(_label(result.question, row), pieces, compact(value, _unit(measure), result.lang)))
    return bars


def _unit(measure: str) -> Unit:
    return column(measure).unit


def _label(question: str, row: Mapping[str, object]) -> str:
    if question == "history":
        return str(row["year"])
    market = row.get("importer_name") or row.get("importer") or ""
    product = f"{row.get('product', '')} {row.get('product_name') or ''}".strip()
    said = {"markets": market, "products": product}.get(question, f"{market} · {product}")
    return str(said)


def _draw(bars: Sequence[Bar], colours: Mapping[str, str], lang: Language) -> list[str]:
    """The bars on one common scale that holds zero."""
    if not bars:
        nothing = Text("Nothing to draw: no row has a value.", "无可绘制的内容：没有任何一行有数值。").say(lang)
        return [f'<text x="8" y="{TOP + BAR}">{escape(nothing)}</text>']
    highest = max(max(sum(max(size, 0.0) for _, size in bar.pieces) for bar in bars), 0.0)
    lowest = min(min(sum(min(size, 0.0) for _, size in bar.pieces) for bar in bars), 0.0)
    scale = (WIDTH - LEFT - RIGHT) / ((highest - lowest) or 1.0)
    zero = LEFT - lowest * scale
    drawn = []
    for place, bar in enumerate(bars):
        y = TOP + place * (BAR + GAP)
        drawn.append(f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(_fitting(bar.label, 30))}</text>')
        right, left = zero, zero
        for name, size in bar.pieces:
            long = abs(size) * scale
            if long <= 0:
                continue
            start = right if size > 0 else left - long
            right, left = (right + long, left) if size > 0 else (right, left - long)
            tip = (
                f"{column(name).name.say(lang)}: {compact(size, 'score' if len(bar.pieces) > 1 else _unit(name), lang)}"
            )
            drawn.append(
                f'<rect x="{start:.2f}" y="{y}" width="{long:.2f}" height="{BAR}" fill="{colours[name]}">'
                f"<title>{escape(tip)}</title></rect>"
            )
        drawn.append(f'<text x="{right + 6:.2f}" y="{y + 12}">{escape(bar.value)}</text>')
    bottom = TOP + len(bars) * (BAR + GAP)
    return [*drawn, f'<path d="M{zero:.2f} {TOP - 4}V{bottom}" stroke="{GREY}" stroke-width="0.5"/>']


def _legend(names: Sequence[str], colours: Mapping[str, str], top: int, lang: Language) -> list[str]:
    drawn = []
    for place, name in enumerate(names):
        x = 8 + (place % LEGEND_COLUMNS) * ((WIDTH - 16) // LEGEND_COLUMNS)
        y = top + (place // LEGEND_COLUMNS) * LEGEND_LINE
        drawn.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colours[name]}"/>')
        drawn.append(f'<text x="{x + 15}" y="{y}">{escape(_fitting(column(name).name.say(lang), 26))}</text>')
    return drawn


def _fitting(text: str, room: int) -> str:
    """The text cut to so many Latin letters' room; a Chinese character takes that of two."""
    used = 0
    for place, letter in enumerate(text):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > room:
            return text[:place].rstrip() + "…"
    return text
