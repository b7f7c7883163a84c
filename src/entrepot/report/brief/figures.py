"""The figures of a brief as SVG: no script, no style of their own; colours come from the classes of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

from entrepot.analyses.columns import column
from entrepot.core.text import Language, Text
from entrepot.report.brief.values import said, short
from entrepot.report.cells import known, unit_name, with_unit
from entrepot.report.chart.svg import fitting, wide

WIDTH = 336.0  # of a figure that fills half of the page
YEARLY = ("value_usd", "share_in_market", "price_usd_t")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a market stands: its rank, and between which ranks it moves."""

    name: str
    rank: float
    low: float
    high: float


def _svg(height: float, title: str, drawn: Sequence[str], width: float = WIDTH) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"{''.join(drawn)}</svg>"
    )


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{side}{named}>{escape(words, quote=False)}</text>'


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" class="{kind}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, kind: str = "hair") -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{kind}"/>'


def rank_scale(places: Sequence[Place], count: int, lang: Language, width: float = 700.0) -> str:
    """All ranks as one line from the best to the last, each market a dot on it, its range a bar.

    Parameters
    ----------
    count : how many markets are ranked.
    """
    left, right, step = 8.0, width - 8, 25.0
    span = max(count - 1, 1)

    def at(rank: float) -> float:
        return left + (right - left) * (rank - 1) / span

    drawn = []
    for number, place in enumerate(places):
        y = 20 + number * step
        drawn.append(_line(left, y, right, y))
        if isfinite(place.low) and isfinite(place.high):
            drawn.append(_rect(at(place.low) - 2, y - 3.5, at(place.high) - at(place.low) + 4, 7, "range"))
        drawn.append(f'<circle cx="{at(place.rank):.1f}" cy="{y:.1f}" r="5" class="own"/>')
        label = f"{place.name} {place.rank:.0f}" if len(places) > 1 else f"{place.rank:.0f}"
        half = 3.2 * wide(label)
        middle = min(max(at(place.rank), half), width - half)
        drawn.append(_text(middle, y - 8.5, label, "strong", "middle"))
    bottom = 20 + (len(places) - 1) * step + 17
    ends = Text("1 (best)", "1（最优）"), Text(f"{count} (last)", f"{count}（末位）")
    drawn += [_text(left, bottom, ends[0].say(lang), "quiet"), _text(right, bottom, ends[1].say(lang), "quiet", "end")]
    return _svg(bottom + 4, Text("Position on the scale of ranks", "在全部名次中的位置").say(lang), drawn, width)


def five_years(
    years: Sequence[int], values: Mapping[str, Sequence[float | None]], lang: Language, width: float = WIDTH
) -> str:
    """One column per year for the first of the values, and the others as numbers beneath; a dash where there is none."""
    (first, heights), *others = values.items()
    top, base, step, gutter = 13.0, 60.0, 12.5, (82.0 if width >= WIDTH else 72.0)
    size, quiet = ("small", "quiet") if width >= WIDTH else ("tiny", "quiet tiny")
    numbers = [_number(value) for value in heights]
    highest = max([value for value in numbers if value is not None], default=0.0) or 1.0
    room = (width - gutter) / max(len(years), 1)
    drawn = [_text(0, base, _headed(first, lang), quiet), _line(gutter, base, width, base)]
    for place, (year, value) in enumerate(zip(years, numbers, strict=True)):
        x = gutter + place * room
        tall = 0.0 if value is None else (base - top) * max(value, 0.0) / highest
        drawn.append(
            _rect(x + room * 0.16, base - tall, room * 0.68, tall, "own" if place == len(years) - 1 else "other")
        )
        drawn.append(_text(x + room / 2, base - tall - 4, short(value, column(first).unit, lang), size, "middle"))
        drawn.append(_text(x + room / 2, base + step, str(year), "quiet", "middle"))
    for line, (name, row) in enumerate(others, start=2):
        y = base + line * step
        drawn.append(_text(0, y, _headed(name, lang), quiet))
        for place, value in enumerate(row):
            told = short(_number(value), column(name).unit, lang)
            drawn.append(_text(gutter + (place + 0.5) * room, y, told, size, "middle"))
    return _svg(base + (len(others) + 1) * step + 5, Text("Year by year", "逐年").say(lang), drawn, width)


def _headed(name: str, lang: Language) -> str:
    unit = unit_name(column(name).unit, lang)
    return fitting(with_unit(column(name).name.say(lang), "" if unit == "%" else unit, lang), 18)


def rivals(rows: Sequence[Mapping[str, object]], lang: Language, most: int = 6, width: float = WIDTH) -> str:
    """The largest suppliers: a bar for the share held, a mark for the share that the gravity model expects.

    Parameters
    ----------
    rows : exporter_name, asked, share_in_market, gravity_share, the largest first; the exporter asked is always shown.
    """
    shown = list(rows[:most])
    asked = next((row for row in rows if row["asked"]), None)
    if asked is not None and asked not in shown:
        shown = [*shown[: most - 1], asked]
    left, right, step, top = (104.0 if width >= WIDTH else 82.0), width - 44, 17.0, 2.0
    shares = [_number(row[name]) for row in shown for name in ("share_in_market", "gravity_share")]
    highest = max([share for share in shares if share is not None], default=0.0) or 1.0

    def at(share: float) -> float:
        return left + (right - left) * share / highest

    drawn = []
    for number, row in enumerate(shown):
        y = top + number * step
        held, expected = _number(row["share_in_market"]), _number(row["gravity_share"])
        own = bool(row["asked"])
        drawn.append(
            _text(left - 6, y + 11, fitting(str(row["exporter_name"]), int(left / 6.2)), "strong" if own else "", "end")
        )
        if held is not None:
            drawn.append(_rect(left, y + 2, at(held) - left, 11, "own" if own else "other"))
        if expected is not None:
            drawn.append(_line(at(expected), y, at(expected), y + 15, "mark"))
        end = max(at(held or 0.0), at(expected or 0.0))
        drawn.append(_text(end + 5, y + 11, said(held, "fraction", lang), "small strong" if own else "small"))
    bottom = top + len(shown) * step
    drawn.append(_line(left, top, left, bottom))
    return _svg(bottom + 4, Text("Suppliers of the market", "该市场的供应方").say(lang), drawn, width)


def split(parts: Sequence[tuple[str, float, float]], lang: Language, width: float = WIDTH) -> str:
    """The score as a waterfall: what each parameter adds (dark), out of what it could add at most (light).

    Parameters
    ----------
    parts : name, part of the score, greatest possible part; in the order in which they stand.
    """
    narrow = width < WIDTH
    left, right, step = (122.0 if narrow else 142.0), width - 34, 14.5
    scale = (right - left) / max(sum(most for _, _, most in parts), sum(max(part, 0.0) for _, part, _ in parts), 1e-9)
    shift = -min([0.0, *_running([part for _, part, _ in parts])])
    drawn, total = [], 0.0
    for number, (name, part, most) in enumerate(parts):
        y = 2 + number * step
        start = left + (min(total, total + part) + shift) * scale
        drawn.append(_text(left - 6, y + 10, fitting(name, 26), "small" if narrow else "", "end"))
        if part >= 0:
            drawn.append(_rect(start, y + 1, most * scale, 11, "room"))
        drawn.append(_rect(start, y + 1, abs(part) * scale, 11, "own" if part >= 0 else "less"))
        drawn.append(_text(start + max(most, abs(part)) * scale + 4, y + 10, f"{part:.3f}", "small"))
        total += part
    y = 2 + len(parts) * step
    drawn.append(_line(left, y, right, y))
    drawn.append(_text(left - 6, y + 13, Text("Score", "得分").say(lang), "strong", "end"))
    drawn.append(_rect(left + shift * scale, y + 4, max(total, 0.0) * scale, 11, "total"))
    drawn.append(_text(left + (max(total, 0.0) + shift) * scale + 4, y + 13, f"{total:.3f}", "small strong"))
    return _svg(y + 20, Text("How the score is made up", "得分的构成").say(lang), drawn, width)


def _running(parts: Sequence[float]) -> list[float]:
    sums, total = [], 0.0
    for part in parts:
        total += part
        sums.append(total)
    return sums


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and known(value) else None
