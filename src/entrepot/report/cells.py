"""How one value is written for a reader: compact numbers with their units, reasons for nothing, harmless text."""

from math import isfinite
from typing import Any

from entrepot.core.indicator import Direction, Unit
from entrepot.core.text import Language, Text

# Spreadsheets take a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

UNIT_NAMES: dict[Unit, Text] = {
    "usd": Text("US$", "美元"),
    "t": Text("t", "吨"),
    "usd/t": Text("US$/t", "美元/吨"),
    "fraction": Text("%", "%"),
    "percent": Text("%", "%"),
    "km": Text("km", "公里"),
}

SHORT_REASONS: dict[str, Text] = {
    "zero_flow": Text("no trade", "无贸易"),
    "not_reported": Text("not reported", "未申报"),
    "undefined": Text("undefined", "无定义"),
    "not_loaded": Text("not loaded", "未载入"),
    "too_old": Text("too old", "过旧"),
}

DIRECTIONS: dict[Direction, Text] = {
    "more": Text("more", "越大越好"),
    "less": Text("less", "越小越好"),
    "none": Text("does not rank", "不参与排名"),
}
_STEPS: dict[Language, tuple[tuple[float, str], ...]] = {
    "en": ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}


class Exact(float):
    """A number that xlsxwriter writes with every digit; its own sixteen are one too few to tell all numbers apart."""

    def __format__(self, how: str) -> str:
        return repr(float(self))


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before a cell that begins like one.

    Examples
    --------
    >>> harmless("=1+1")
    "'=1+1"
    >>> harmless("Chile")
    'Chile'
    """
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def known(value: Any) -> bool:
    """Whether a cell holds anything: neither null nor a number that is not finite."""
    return value is not None and not (isinstance(value, float) and not isfinite(value))


def unit_name(unit: Unit, lang: Language) -> str:
    """The unit as it stands in a header; empty for codes, ranks and plain numbers."""
    return UNIT_NAMES[unit].say(lang) if unit in UNIT_NAMES else ""


def with_unit(name: str, unit: str, lang: Language) -> str:
    """A name with its unit (edition, data set …), if it has one, in the brackets of the language.

    Examples
    --------
    >>> with_unit("Distance", "km", "en"), with_unit("距离", "公里", "zh"), with_unit("Rank", "", "en")
    ('Distance (km)', '距离（公里）', 'Rank')
    """
    if not unit:
        return name
    return f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})"


def compact(value: Any, unit: Unit, lang: Language = "en") -> str:
    """A value in few characters; the unit itself stands in the header.

    Examples
    --------
    >>> compact(1_234_567_890.0, "usd")
    '1.23 bn'
    >>> compact(1_234_567_890.0, "usd", "zh")
    '12.3亿'
    >>> compact(0.0731, "fraction")
    '7.3 %'
    """
    if not known(value):
        return "–"
    if unit == "flag":
        return Text("yes", "是").say(lang) if value else Text("no", "否").say(lang)
    if isinstance(value, bool) or not isinstance(value, int | float) or unit in {"year", "code", "text", "date"}:
        return str(value)
    if unit == "rank":
        return f"{value:.0f}"
    if unit == "1" and isinstance(value, int):  # a count
        return f"{value:,}"
    if unit == "score":
        return f"{value:.3f}"
    if unit in {"fraction", "percent"}:
        return f"{value * (100 if unit == 'fraction' else 1):.1f} %"
    if unit == "km":
        return f"{value:,.0f}"
    return _scaled(float(value), lang)


def _scaled(value: float, lang: Language) -> str:
    for step, word in _STEPS[lang]:
        if abs(value) >= step:
            return f"{_three_digits(value / step)}{word}"
    return _three_digits(value)


def _three_digits(value: float) -> str:
    size = abs(value)
    if size >= 100 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 0.01 else f"{value:.2g}"
