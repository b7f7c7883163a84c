"""A basket: several products asked about as one. Each is computed alone; sums, shares and means follow from them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.asking import good_of, with_window
from entrepot.analyses.choices import called, listed
from entrepot.analyses.columns import MARKET_CONDITIONS
from entrepot.analyses.directory import TOTAL, Good
from entrepot.analyses.rows import (
    Rows,
    Setting,
    add_conditions,
    add_pair_facts,
    block_of,
    compute_rows,
    markets_of,
    moved_values,
)
from entrepot.analyses.trade import Trade, joined
from entrepot.analyses.world import World
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.basket import Parts, basket_mean, basket_share, basket_total
from entrepot.formulas.compute import resolve

LARGEST = 25
_CODE = re.compile(r"[0-9][0-9. ]*")

# What becomes of each column of an answer. Amounts are added up; these are computed again, by the same formulas, from
# sums; those of the market or the pair are the same for every product; the rest is weighted by the market's size.
SUMMED = (
    "value_usd", "quantity_t", "market_size_usd", "potential_static_usd", "potential_usd", "unrealised_usd",
    "tariff_lines", "tariff_lines_left_out",
)  # fmt: skip
RECOMPUTED = (
    "served", "share_in_market", "gravity_share", "gap", "quantity_coverage", "price_usd_t", "cagr", "lyg", "growth",
    "growth_basis",
)  # fmt: skip
UNCHANGED = ("distance_km", "fta", "fta_name", "fta_date", *(c for c in MARKET_CONDITIONS if c != "tariff"))
WEIGHTED = (
    "supply", "demand", "sd", "cda", "edist", "idist", "tariff", "tariff_mfn", "tariff_preferential", "tariff_lowest",
    "et", "it", "cta", "ep", "ip", "cpa",
)  # fmt: skip
JOINED = ("sd_years", "gdp_basis", "tariff_basis")  # words: those of the products, each once
PERIOD = ("period_value_usd", "period_priced_value_usd", "period_quantity_t")
Texts = NDArray[np.object_]


def goods_of(world: World, data: str, product: str | Sequence[str]) -> list[Good]:
    """The products asked for: one, or a basket of codes parted by commas, sorted, each once.

    Raises
    ------
    InputError
        ``basket_overlap`` where one code holds another, which would count it twice; ``basket_too_large`` beyond 25; and
        all that `good_of` raises.
    """
    codes = _codes(product)
    if codes is None:
        return [good_of(world, data, product)]  # type: ignore[arg-type]
    goods = {good.code: good for good in (good_of(world, data, code) for code in codes)}
    if len(goods) > LARGEST:
        raise InputError(
            "basket_too_large",
            Text(
                f"The basket has {len(goods)} products; at most {LARGEST}. Use HS4 headings in place of their HS6 codes.",
                f"产品组合含 {len(goods)} 个产品，上限为 {LARGEST} 个。可用 HS4 代替其下的 HS6。",
            ),
            field="product",
        )
    for code in goods:
        within = [one for one in goods if one != code and (code == TOTAL or one.startswith(code))]
        if within:
            raise InputError(
                "basket_overlap",
                Text(
                    f"The basket has {code} and {', '.join(within)}, which is part of it and would count twice. Leave one out.",
                    f"产品组合同时含有 {code} 及其组成部分 {'、'.join(within)}，会重复计算。请去掉其一。",
                ),
                field="product",
                valid=[code, *within],
            )
    return [goods[code] for code in sorted(goods)]


def _codes(product: str | Sequence[str]) -> list[str] | None:
    """The codes of a basket; None for one product, whose name may have commas of its own."""
    if isinstance(product, str):
        parts = [part.strip() for part in re.split(r"[,，、;；\n]", product) if part.strip()]
        return parts if len(parts) > 1 and all(_CODE.fullmatch(part) for part in parts) else None
    return list(product) if isinstance(product, list | tuple) and product else None


def good_for(goods: Sequence[Good]) -> Good:
    """The one product, or the basket as if it were one."""
    if len(goods) == 1:
        return goods[0]
    count = len(goods)
    name = Text(f"Basket of {count} products", f"产品组合（{count} 个）")
    present, total = sum(good.present for good in goods), sum(good.total for good in goods)
    return Good(",".join(good.code for good in goods), name, 4, present, total)


def trade_for(trades: Sequence[Trade], good: Good) -> Trade:
    """The trade of the one product, or the flows of the basket added up."""
    return trades[0] if len(trades) == 1 else joined(trades, good.code)


def rows_in_windows(
    setting: Setting, trades: Sequence[Trade], markets: Codes, windows: Sequence[int], weighted: Sequence[str]
) -> tuple[Rows, list[Mapping[str, Values]]]:
    """The rows of a product or basket in these markets; and their numbers as other windows would have them.

    Parameters
    ----------
    weighted : columns that must follow the window; the others stay.
    """
    others = [with_window(setting, window) for window in windows]
    if len(trades) == 1:
        rows = compute_rows(setting, trades[0], markets)
        return rows, [{**rows.values, **moved_values(other, trades[0], markets, weighted)} for other in others]
    whole = joined(trades, ",".join(trade.product for trade in trades))
    # Market by market and window by window the same products take part: those that are bought in the window asked for.
    inside = [np.isin(markets, markets_of(trade, setting.options.window, setting.exporter_code)) for trade in trades]
    settings = [setting, *others]
    parts: list[list[Part]] = [[] for _ in settings]
    for trade, there in zip(trades, inside, strict=True):  # all windows of a product ask the same block
        for place, one in enumerate(settings):
            parts[place].append(_part(one, trade, markets, there))
    merged = [_merged(one, part, whole, markets) for one, part in zip(settings, parts, strict=True)]
    return merged[0], [rows.values for rows in merged[1:]]


@dataclass(frozen=True)
class Part:
    """One product of a basket: its rows, where they stand among those of the basket, and the sums behind its prices."""

    rows: Rows
    there: NDArray[np.bool_]
    period: Mapping[str, Values]


def _part(setting: Setting, trade: Trade, markets: Codes, there: NDArray[np.bool_]) -> Part:
    known = block_of(setting, trade).rows_of(setting.exporter_code, markets[there])
    return Part(compute_rows(setting, trade, markets[there]), there, {name: known[name] for name in PERIOD})


def spread(parts: Sequence[tuple[Values, NDArray[np.bool_]]]) -> Parts:
    """Numbers of each product in the rows where it stands, shape (products, rows); NaN elsewhere."""
    found = np.full((len(parts), len(parts[0][1])), np.nan)
    for place, (x, there) in enumerate(parts):
        found[place, there] = x
    return found


@dataclass(frozen=True)
class Merged:
    """The columns of a basket, one entry per row; `coverage` : the share of the market's size on which they rest."""

    values: dict[str, Values]
    growth_basis: Texts
    coverage: dict[str, Values]


def merged_numbers(stack: Mapping[str, Parts], history: NDArray[np.float64], exponent: str) -> Merged:
    """The columns of a basket from those of its products.

    Parameters
    ----------
    stack : column → numbers, shape (products, rows), NaN where null or where the product is no part of the row.
    history : the basket's flow in each year of the window, shape (years, rows).
    """
    size = stack["market_size_usd"]
    weight = np.where(np.isfinite(stack["served"]), np.nan_to_num(size), np.nan)
    totals = {c: basket_total(stack[c]) for c in (*SUMMED, *PERIOD) if c in stack}
    means = {c: basket_mean(stack[c], weight) for c in stack if c in (*WEIGHTED, *SUMMED) and c != "quantity_t"}
    known = {
        **totals,
        "share_in_market": basket_share(stack["value_usd"], size),
        "gravity_share": basket_share(stack["gravity_share"] * size, size),
        "history": history,
        "exponent": exponent,
    }
    have = resolve(RECOMPUTED, known)
    values = {
        **{c: totals[c] for c in SUMMED if c in totals},
        **{c: mean.value for c, mean in means.items() if c in WEIGHTED},
        **{c: have[c] for c in RECOMPUTED if c != "growth_basis"},
    }
    rests = {c: np.where(np.isfinite(values[c]), mean.coverage, 1.0) for c, mean in means.items()}
    partial = {c: share for c, share in rests.items() if (share < 1).any()}
    return Merged(values, have["growth_basis"].astype(object), partial)


def _merged(setting: Setting, parts: Sequence[Part], whole: Trade, markets: Codes) -> Rows:
    options = setting.options
    columns = [c for c in (*SUMMED, *RECOMPUTED, *WEIGHTED) if c in parts[0].rows.values]
    stack = {c: spread([(part.rows.values[c], part.there) for part in parts]) for c in columns}
    stack |= {c: spread([(part.period[c], part.there) for part in parts]) for c in PERIOD}
    bilateral = options.basis == "bilateral"
    history = (whole.history(setting.exporter_code) if bilateral else whole.imports)[-options.window :, markets]
    merged = merged_numbers(stack, history, options.exponent)
    texts = {c: _words(parts, "texts", c) for c in JOINED if c in parts[0].rows.texts}
    rows = Rows(
        markets=tuple(setting.roster.codes[j] for j in markets),
        products=(whole.product,) * len(markets),
        values=merged.values,
        texts={"growth_basis": merged.growth_basis, **texts},
        traded=np.nansum(history, axis=0) > 0,
        coverage=merged.coverage,
    )
    add_pair_facts(rows, setting, np.full(len(markets), setting.exporter_code), markets)
    add_conditions(rows, setting, markets)
    for column in ("supply", "demand", "tariff"):
        if column in parts[0].rows.origin_year:
            years = spread([(part.rows.origin_year[column], part.there) for part in parts])
            oldest = np.where(np.isfinite(years), years, np.inf).min(axis=0)
            rows.origin_year[column] = np.where(np.isfinite(oldest), oldest, np.nan)
            rows.origin_source[column] = _words(parts, "origin_source", column)
    return rows


def _words(parts: Sequence[Part], of: str, column: str) -> Texts:
    """The words of the products, each once, in their order."""
    found: list[dict[str, None]] = [{} for _ in parts[0].there]
    for part in parts:
        for row, word in zip(np.flatnonzero(part.there).tolist(), getattr(part.rows, of)[column], strict=True):
            if word:
                found[row][word] = None
    return np.array(["; ".join(words) for words in found], dtype=object)


def basket_notes(goods: Sequence[Good], rows: Rows) -> list[Text]:
    """What was added up, what was weighted, and what of it rests on part of the basket only."""
    if len(goods) == 1:
        return []
    codes = ", ".join(good.code for good in goods)
    notes = [
        Text(
            f"Basket of {len(goods)} products, each computed alone: {codes}. Amounts are sums; shares, gap, unit value and "
            "growth are computed again from the sums; match, tariffs and advantages are means weighted by what the market "
            "imports of each product; distance and conditions are the market's own. Unrealised potential adds up the "
            "shortfalls: selling more than expected of one product does not offset another.",
            f"{len(goods)} 个产品的组合，各自单独计算：{codes.replace(', ', '、')}。金额为合计；份额、差距、单价与增长由合计重新计算；"
            "供需匹配、关税与各项优势按市场对各产品的进口额加权平均；距离与市场条件为市场本身的数值。"
            "未实现潜力为各产品缺口之和，某一产品的超额出口不抵消另一产品的缺口。",
        )
    ]
    partial = {c: share[share < 1] for c, share in rows.coverage.items()}
    if partial:
        rest = listed(
            Text(
                f"{called([c]).en} ({len(x)} rows, least {x.min():.2%})",
                f"{called([c]).zh}（{len(x)} 行，最低 {x.min():.2%}）",
            )
            for c, x in partial.items()
        )
        notes.append(
            Text(
                f"Known for part of the basket only, and resting on that part of the market's imports: {rest.en}.",
                f"仅部分产品有数值，按该部分计算（括号内为该部分占市场进口额的最低比例）：{rest.zh}。",
            )
        )
    return notes
