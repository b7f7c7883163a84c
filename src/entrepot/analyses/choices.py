"""What the choices of the method are called, where an answer tells a reader how it was made."""

from collections.abc import Iterable, Mapping

from entrepot.analyses.columns import column
from entrepot.core.text import Text
from entrepot.formulas.entries import FAMILIES

CHOICES: dict[str, dict[str, Text]] = {
    "basis": {
        "bilateral": Text("the flow between the two", "双边流量"),
        "world": Text("each supplier's sales to the world", "各供应方对全球的出口额"),
    },
    "scale": {
        "percentile": Text("percentile", "百分位"),
        "minmax": Text("min–max", "极差"),
        "zscore": Text("standard score", "标准分"),
    },
    "served": {
        "all": Text("all markets", "全部市场"),
        "new": Text("markets where nothing is sold yet", "尚未进入的市场"),
        "served": Text("markets where something is sold", "已进入的市场"),
    },
    "distance": {
        "ports": Text("main port to main port", "主要港口之间"),
        "sea": Text("along shipping lanes", "沿航线"),
        "great_circle": Text("great circle", "大圆距离"),
        "cepii": Text("CEPII, between cities, weighted by population", "CEPII，城市之间，按人口加权"),
    },
}


def choice(option: str, value: str) -> Text:
    """The name of an option's value; a value without one, such as a column to rank by, is said as it is.

    Examples
    --------
    >>> choice("scale", "zscore").en
    'standard score'
    """
    return CHOICES.get(option, {}).get(value, Text(value, value))


def called(names: Iterable[str], family: str = "finder") -> Text:
    """The names of columns, as the head of a table says them, in one list.

    Examples
    --------
    >>> called(["gap", "distance_km"])
    Text(en='Share gap, Distance', zh='份额差距、距离')
    >>> called(["tlc_all"], "power").en
    'Trade share, all flows'
    """
    entries = FAMILIES[family].entries
    return listed(entries[name].name for name in names)


def counted(numbers: Mapping[str, int]) -> Text:
    """The names of columns, each with its number.

    Examples
    --------
    >>> counted({"distance_km": 3, "lpi": 162})
    Text(en='Distance 3, Logistics performance 162', zh='距离 3、国际物流绩效 162')
    """
    return listed(
        Text(f"{column(name).name.en} {number}", f"{column(name).name.zh} {number}") for name, number in numbers.items()
    )


def listed(words: Iterable[Text]) -> Text:
    """Words in one list, as each language parts them."""
    said = list(words)
    return Text(", ".join(word.en for word in said), "、".join(word.zh for word in said))
