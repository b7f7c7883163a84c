"""Numbers and words of a brief, written out with their units."""

from html import escape
from typing import Any

from entrepot.core.indicator import Unit
from entrepot.core.missing import MEANING, Reason
from entrepot.core.text import Language, Text
from entrepot.report.cells import compact, known

_AFTER: dict[str, Text] = {
    "t": Text("\u00a0t", "吨"),
    "usd/t": Text("\u00a0US$/t", "美元/吨"),
    "km": Text("\u00a0km", "公里"),
}


def said(value: Any, unit: Unit, lang: Language) -> str:
    """A value with its unit.

    Examples
    --------
    >>> said(1.5e9, "usd", "zh"), said(0.25, "fraction", "zh"), said(None, "usd", "en")
    ('15.0亿美元', '25.0%', '–')
    """
    text = short(value, unit, lang)
    if not known(value):
        return text
    if unit == "usd":
        return f"{text}美元" if lang == "zh" else f"US$\u00a0{text}"
    return text + (_AFTER[unit].say(lang) if unit in _AFTER else "")


def short(value: Any, unit: Unit, lang: Language) -> str:
    """A value in few characters, without its unit; a unit value keeps its thousands.

    Examples
    --------
    >>> short(4110.6, "usd/t", "en"), short(4110.6, "usd", "en").replace("\u00a0", " ")
    ('4,111', '4.11 k')
    """
    if unit == "usd/t" and known(value) and 1000 <= abs(value) < 1e6:
        return f"{value:,.0f}"
    # Chinese sets no blank before a unit; elsewhere it must not break there.
    if not known(value):
        return compact(value, unit, lang)
    gap = "" if lang == "zh" else "\u202f" if unit in {"fraction", "percent"} else "\u00a0"
    return compact(value, unit, lang).replace(" ", gap).replace("-", "−")


def points(value: float, lang: Language) -> str:
    """A difference of two shares, in percentage points.

    Examples
    --------
    >>> points(0.044, "en"), points(-0.044, "zh")
    ('4.4 points', '4.4个百分点')
    """
    size = abs(value) * 100
    return f"{size:.1f}个百分点" if lang == "zh" else f"{size:.1f} points"


def why(reason: Reason | None, lang: Language) -> str:
    """Why a value is not there."""
    return MEANING[reason].say(lang) if reason else Text("no value", "无数值").say(lang)


def tag(name: str, content: str, **attributes: str) -> str:
    """An element around content that is HTML already; attributes are escaped, `class_` is `class`."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{content}</{name}>"


def text(content: str) -> str:
    """Words made safe to stand in HTML."""
    return escape(content, quote=False)


def section(title: str, content: str, aside: str = "", **attributes: str) -> str:
    """A section under its title, with a quiet remark beside the title."""
    small = f" {tag('small', text(aside))}" if aside else ""
    return tag("section", tag("h2", text(title) + small) + content, **attributes)
