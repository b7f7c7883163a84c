"""What the words of an answer's cells are called: files keep `cagr+lyg 5/5`, a reader is told it in the language asked."""

import re

from entrepot.analyses.choices import choice, listed
from entrepot.analyses.passages import names_of
from entrepot.core.missing import MEANING
from entrepot.core.text import Language, Text
from entrepot.formulas.distance.rules import RULES

# Codes of the methods and of how an estimate ended, of stages, roads, kinds and bases of a value.
WORDS: dict[str, Text] = {
    # elasticities
    "iterate": Text("the printed iteration", "印刷的迭代"),
    "fixed_point": Text("the fixed point in closed form", "不动点闭式解"),
    "feenstra": Text("Feenstra", "Feenstra 法"),
    "given": Text("given", "给定"),
    "converged": Text("converged", "收敛"),
    "closed_form": Text("closed form", "闭式解"),
    "estimated": Text("estimated", "已估计"),
    "stopped_near_fixed_point": Text("stopped near the fixed point", "停在不动点附近"),
    "did_not_settle": Text("did not settle", "未收敛"),
    "at_bound": Text("at the bound", "处于边界"),
    "inelastic": Text("inelastic", "缺乏弹性"),
    "too_few": Text("too few exporters", "出口国过少"),
    "not_in_table": Text("not in the table", "表中没有"),
    # stages and roads of power
    "efficiency": Text("efficiency", "效率阶段"),
    "quality": Text("quality", "质量阶段"),
    "exhausted": Text("efficiency exhausted", "效率耗尽"),
    "better_and_larger": Text("better and larger", "质升量扩"),
    "dearer_and_larger": Text("dearer and larger", "价升量扩"),
    "cheaper_and_larger": Text("cheaper and larger", "价降量扩"),
    "upgrading": Text("upgrading", "升级"),
    "pricing_out": Text("pricing out", "价升量缩"),
    "retreat": Text("retreat", "退缩"),
    "entry": Text("entry", "进入"),
    "exit": Text("exit", "退出"),
    # intra-industry trade
    "balanced": Text("balanced", "均衡"),
    "horizontal": Text("horizontal", "水平型"),
    "vertical_high": Text("vertical, high", "高质垂直型"),
    "vertical_low": Text("vertical, low", "低质垂直型"),
    "ghm": Text("Greenaway-Hine-Milner", "Greenaway-Hine-Milner 法"),
    "ff": Text("Fontagné-Freudenberg", "Fontagné-Freudenberg 法"),
    "celi": Text("CELI", "CELI 法"),
    # what a duty is of
    "line": Text("tariff lines", "税目"),
    "chapter": Text("mean of the HS chapter", "章平均"),
    "country": Text("mean of all products", "全部产品平均"),
    "mean of members": Text("mean of members", "成员平均"),
    # what a domestic product is of
    "current": Text("current prices", "现价"),
    "current level, real growth": Text("level at current prices, real growth", "水平为现价，增长为实际增长"),
    **{str(reason): said for reason, said in MEANING.items()},
}
CODED = frozenset(
    """
    growth_basis sd_years gdp_basis tariff_basis sigma_method sigma_status stage road iit_type typing tc_band supply_basis
    demand_basis reason status_fixed_point status_iterate status_feenstra
    """.split()
)
_REMARKS: dict[str, str] = {
    "mean of two cities, weighted by population": "两城市按人口加权平均",
    "mean of two cities": "两城市平均",
    "GDP-weighted mean of members": "成员按GDP加权平均",
    "mean of members": "成员平均",
    "sum of members": "成员合计",
    "entered by hand": "人工录入",
    "2025 update, by a revised method: not comparable with the 2023 update": "2025年更新，方法已修订，与2023年更新不可比",
}
_GROWTH = re.compile(r"^(cagr\+lyg|lyg) (\d+)/(\d+)$")
_BAND = re.compile(r"^(advantage|disadvantage)_(\d+)$")
_PROVIDER = re.compile(r"^(ports|sea|great_circle|cepii)( without [a-z_,]+)?(: [a-z+]+)?$")
_YEARS = re.compile(r"level ([\d–]+), growth ([\d–]+)")


def spoken(value: str, lang: Language) -> str:
    """A code as words; text that is none of the house's codes stays as it is.

    Examples
    --------
    >>> spoken("stopped_near_fixed_point", "en"), spoken("too_few", "zh"), spoken("Chile", "zh")
    ('stopped near the fixed point', '出口国过少', 'Chile')
    """
    return WORDS[value].say(lang) if value in WORDS else value


def cell_words(column: str, value: str, lang: Language) -> str:
    """The text of a cell of this column as a reader is told it; names and texts of sources stay as they are.

    Examples
    --------
    >>> cell_words("growth_basis", "cagr+lyg 5/5", "en")
    'compound and last-year growth, 5 of 5 years'
    >>> cell_words("gdp_basis", "exporter: current; market: current level, real growth", "zh")
    '出口方：现价；市场：水平为现价，增长为实际增长'
    >>> cell_words("lpi_source", "Doing Business (mean of two cities)", "zh")
    'Doing Business（两城市平均）'
    """
    if column == "distance_km_source":
        return _way(value, lang)
    if column.endswith("_source") or column in {"source", "sources"}:
        return _source(value, lang)
    if column not in CODED:
        return value
    return ("；" if lang == "zh" else "; ").join(_sided(part, lang) for part in value.split("; "))


def _sided(value: str, lang: Language) -> str:
    """A part that may tell of which side it is."""
    for side, said in (("exporter: ", Text("exporter: ", "出口方：")), ("market: ", Text("market: ", "市场："))):
        if value.startswith(side):
            return said.say(lang) + _coded(value.removeprefix(side), lang)
    return _coded(value, lang)


def _coded(value: str, lang: Language) -> str:
    if found := _BAND.match(value):
        side = Text("advantage", "优势") if found[1] == "advantage" else Text("disadvantage", "劣势")
        return Text(f"{side.en}, degree {found[2]}", f"{side.zh} {found[2]} 级").say(lang)
    if found := _GROWTH.match(value):
        parts, reported, window = found.groups()
        what = Text("last-year growth", "末年增长") if parts == "lyg" else Text("compound and last-year growth", "复合增长与末年增长")  # fmt: skip
        return Text(f"{what.en}, {reported} of {window} years", f"{what.zh}，{window} 年中有 {reported} 年").say(lang)
    if found := _YEARS.match(value):
        level, growth = found.groups()
        return Text(f"level of {level}, growth over {growth}", f"水平取 {level} 年，增长取 {growth} 年").say(lang)
    return spoken(value, lang)


def _way(value: str, lang: Language) -> str:
    """How a distance was found: the provider, passages closed, and the rule, as in "ports: land+ports"."""
    provider, _, rule = value.partition(": ")
    provider, _, closed = provider.partition(" without ")
    said = choice("distance", provider)
    if closed:
        names = listed(names_of(closed))
        said = Text(f"{said.en}, closed: {names.en}", f"{said.zh}，关闭：{names.zh}")
    if rule in RULES:
        said = Text(f"{said.en} ({RULES[rule].en})", f"{said.zh}（{RULES[rule].zh}）")
    return said.say(lang)


def _source(value: str, lang: Language) -> str:
    """Names of sources stay; how distances were found and the remarks on values are told in the language."""
    parts = [_way(part, lang) if _PROVIDER.match(part) else part for part in value.split("; ")]
    value = "; ".join(parts)
    if lang == "en":
        return value
    for en, zh in _REMARKS.items():
        value = value.replace(f" ({en})", f"（{zh}）").replace(en, zh)
    return value.replace("; ", "；").replace(", 人工", "、人工")
