"""The words of a brief: the sentence that sums a market up, its key figures, its facts with year and source, what is missing."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from entrepot.analyses.brief import Brief, MarketPage
from entrepot.analyses.columns import column
from entrepot.analyses.passages import names_of
from entrepot.core.missing import MEANING
from entrepot.core.text import Language, Text
from entrepot.report.brief.values import points, said
from entrepot.report.cells import known

# In the order in which a reader asks: what is sold, what could be; how one gets there, how it is there.
TRADE = tuple(
    "value_usd quantity_t price_usd_t share_in_market gravity_share gap unrealised_usd potential_usd market_size_usd growth sd".split()
)
CONDITIONS = tuple(
    """
    distance_km tariff tariff_mfn tariff_preferential fta contract_cost customs_cost rule_of_law political_stability lpi
    """.split()
)
COMPARED = tuple(
    """
    rank score value_usd share_in_market gravity_share unrealised_usd market_size_usd growth price_usd_t distance_km tariff
    fta contract_cost customs_cost rule_of_law political_stability lpi
    """.split()
)
_DISTANCES: dict[str, Text] = {
    "ports": Text("main port to main port", "主要港口之间"),
    "sea": Text("along shipping lanes", "沿航线"),
    "great_circle": Text("great circle", "大圆距离"),
    "cepii": Text("CEPII, between cities, weighted by population", "CEPII，城市之间，按人口加权"),
}


def number(row: Mapping[str, Any], name: str) -> float | None:
    """A number of the row, None where it is null."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) and known(value) and isfinite(value) else None


def heading(brief: Brief) -> str:
    """What the brief is about, in one line."""
    names = [page.name for page in brief.pages]
    if brief.lang == "zh":
        return f"{brief.exporter}的{brief.product}：{'、'.join(names)}市场"
    there = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"{brief.product} from {brief.exporter} to {there}"


def lead(brief: Brief, page: MarketPage) -> str:
    """Where the market stands, what is sold, and what the gravity share would make of it; what is null is not said."""
    lang, row, year = brief.lang, page.row, brief.ranking.parameters["year"]
    count = brief.ranking.frame.height
    value, share = number(row, "value_usd"), number(row, "share_in_market")
    expected, unrealised = number(row, "gravity_share"), number(row, "unrealised_usd")
    rank, low, high = (number(row, name) for name in ("rank", "rank_low", "rank_high"))
    told: list[Text] = []
    if rank is not None:
        moved = low is not None and high is not None and low < high
        told.append(
            Text(
                f"{page.name} is number {rank:.0f} of {count} markets"
                + (f", between {low:.0f} and {high:.0f} when weights or the window move." if moved else "."),
                f"{page.name}在 {count} 个市场中排第 {rank:.0f} 位"
                + (f"，权重或窗口变动时在第 {low:.0f} 至 {high:.0f} 位之间。" if moved else "。"),
            )
        )
    if value is None:
        told.append(Text(f"No flow was reported for {year}.", f"{year} 年没有申报数据。"))
    elif value == 0:
        told.append(
            Text(f"{brief.exporter} sold none of it there in {year}.", f"{year} 年{brief.exporter}对该市场没有出口。")
        )
    else:
        sold, held = said(value, "usd", lang), said(share, "fraction", lang)
        told.append(
            Text(
                f"In {year} {brief.exporter} sold {sold} there"
                + (f", {held} of what the market imports." if share is not None else "."),
                f"{year} 年{brief.exporter}对其出口{sold}"
                + (f"，占该市场进口的{held}。" if share is not None else "。"),
            )
        )
    if expected is not None and share is not None:
        told.append(_against(expected - share, expected, unrealised, brief))
    return "".join(text.zh for text in told) if lang == "zh" else " ".join(text.en for text in told)


def _against(gap: float, expected: float, unrealised: float | None, brief: Brief) -> Text:
    """The share held against the gravity share; a bilateral share of an unserved market is 0 and says nothing."""
    lang = brief.lang
    if expected == 0 and brief.ranking.parameters["basis"] == "bilateral":
        return Text(
            "By the formula as printed a market without sales has no potential; basis=world would show it.",
            "按原文公式，尚无出口的市场没有潜力值；basis=world 可显示其潜力。",
        )
    share = said(expected, "fraction", lang)
    if gap > 0:
        amount = said(unrealised, "usd", lang)
        return Text(
            f"Size, prices, distances and duties of all suppliers would give a share of {share}: {points(gap, lang)} more, or {amount} a year not yet realised.",
            f"若按各供应方的规模、价格、距离和关税推算，份额应为{share}，高出{points(gap, lang)}，相当于每年尚有{amount}未实现。",
        )
    return Text(
        f"Size, prices, distances and duties of all suppliers would give a share of {share}: more is sold than expected, by {points(gap, lang)}.",
        f"若按各供应方的规模、价格、距离和关税推算，份额应为{share}，实际份额已高出{points(gap, lang)}。",
    )


def key_figures(brief: Brief, page: MarketPage) -> list[tuple[str, str, str]]:
    """Name, figure and remark of the six figures that stand at the top."""
    lang, row = brief.lang, page.row
    count = brief.ranking.frame.height

    def has(name: str) -> str:
        return said(number(row, name), column(name).unit, lang)

    growth, size = number(row, "growth"), number(row, "market_size_usd")
    lines: list[tuple[str, str, Text]] = [
        ("rank", has("rank"), Text(f"of {count}", f"共 {count} 个市场")),
        ("value_usd", has("value_usd"), Text(f"growth {has('growth')}" if growth is not None else "", f"增长 {has('growth')}" if growth is not None else "")),
        ("share_in_market", has("share_in_market"), Text(f"gravity share {has('gravity_share')}", f"引力份额 {has('gravity_share')}")),
        ("unrealised_usd", has("unrealised_usd"), Text("by today's market", "按当前市场规模")),
        ("market_size_usd", has("market_size_usd"), Text("imports from all" if size is not None else "", "自全球进口" if size is not None else "")),
        ("price_usd_t", has("price_usd_t"), Text("", "")),
    ]  # fmt: skip
    return [(column(name).name.say(lang), figure, remark.say(lang)) for name, figure, remark in lines]


def trade_facts(brief: Brief, page: MarketPage) -> list[tuple[str, str]]:
    """Name and value of every number that rests on the trade of the year."""
    lang = brief.lang
    there = [(name, number(page.row, name)) for name in TRADE]
    return [(column(name).name.say(lang), said(x, column(name).unit, lang)) for name, x in there if x is not None]


def conditions(brief: Brief, page: MarketPage) -> list[tuple[str, str, str, str]]:
    """Name, value, year and source of every reference value that the market has."""
    lang, row, used = brief.lang, page.row, brief.ranking.parameters
    found = []
    for name in CONDITIONS:
        value = number(row, name)
        if value is None:
            continue
        text = said(value, column(name).unit, lang)
        year, source = row.get(f"{name}_year"), row.get(f"{name}_source")
        if name == "distance_km":
            source = _distance(used["distance"], used["without"]).say(lang)
        if name == "fta" and value:
            source = f"{row.get('fta_name') or ''}; {source or ''}".strip("; ")
        found.append((column(name).name.say(lang), text, str(year or ""), str(source or "")))
    return found


def _distance(provider: str, without: str | None) -> Text:
    """Along which way a distance is measured, and which passages are closed."""
    way = _DISTANCES[provider]
    if without is None:
        return way
    closed = names_of(without)
    return Text(
        f"{way.en}, closed: {', '.join(name.en for name in closed)}",
        f"{way.zh}，关闭：{'、'.join(name.zh for name in closed)}",
    )


def absent(page: MarketPage, lang: Language) -> list[str]:
    """What the market has no value of, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name in (*TRADE, *CONDITIONS):
        if name in page.missing:
            by_reason.setdefault(MEANING[page.missing[name]].say(lang), []).append(column(name).name.say(lang))
    comma, colon = ("、", "：") if lang == "zh" else (", ", ": ")
    return [f"{reason}{colon}{comma.join(names)}" for reason, names in by_reason.items()]
