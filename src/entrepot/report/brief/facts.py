"""The words of a brief: the sentence that sums a market up, its key figures, where a value is from, what is missing."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from entrepot.analyses.availability import STANDS_ON
from entrepot.analyses.brief import Brief, MarketPage
from entrepot.analyses.columns import column
from entrepot.analyses.spoken import cell_words
from entrepot.core.missing import MEANING
from entrepot.core.text import Language, Text
from entrepot.report.brief.values import points, said
from entrepot.report.cells import known

# In the order in which a reader asks: what is sold, what could be; how one gets there, how it is there.
TRADE = tuple(
    """
    rank score value_usd quantity_t price_usd_t share_in_market gravity_share gap unrealised_usd potential_usd market_size_usd
    growth sd
    """.split()
)
CONDITIONS = tuple(
    """
    distance_km tariff tariff_mfn tariff_preferential fta contract_cost customs_cost rule_of_law political_stability lpi
    """.split()
)


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
            "By the formula as printed a market without sales has no potential; weighted by sales to the world it would show one.",
            "按原文公式，尚无出口的市场没有潜力值；改以对全球出口额为权重可显示其潜力。",
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


def origin(brief: Brief, page: MarketPage, name: str) -> str:
    """Year and source of a reference value, and for an agreement its name; empty for what rests on trade."""
    row, lang = page.row, brief.lang
    if name not in CONDITIONS:
        return ""
    base = STANDS_ON.get(name, name)
    source = row.get(f"{base}_source")
    told = [cell_words(f"{base}_source", str(source), lang) if source else None, row.get(f"{base}_year")]
    if name == "fta" and row.get("fta"):
        told = [row.get("fta_name"), *told]
    return ("；" if lang == "zh" else "; ").join(str(one) for one in told if one)


def absent(page: MarketPage, lang: Language) -> list[str]:
    """What the market has no value of, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name in (*TRADE, *CONDITIONS):
        if name in page.missing:
            by_reason.setdefault(MEANING[page.missing[name]].say(lang), []).append(column(name).name.say(lang))
    comma, colon = ("、", "：") if lang == "zh" else (", ", ": ")
    return [f"{reason}{colon}{comma.join(names)}" for reason, names in by_reason.items()]
