"""The three questions of Global Potential Markets: markets for a product, products for a market, priorities."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.analyses.answer import answer
from entrepot.analyses.asking import (
    Progress,
    asked_of,
    good_of,
    goods_at,
    reachable_windows,
    setting_of,
    trade_of,
    trades_of,
    with_window,
)
from entrepot.analyses.directory import Good
from entrepot.analyses.notes import notes_of
from entrepot.analyses.options import Options
from entrepot.analyses.ranking import rank_rows
from entrepot.analyses.result import Result
from entrepot.analyses.rows import Rows, Setting, compute_rows, markets_of, moved_values, stacked
from entrepot.analyses.trade import Trade
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values

if TYPE_CHECKING:
    from entrepot.store import Snapshot

Asked = tuple[Trade, Codes]  # a product and the markets in which its rows are wanted


def markets(
    snapshot: "Snapshot",
    exporter: str,
    product: str,
    *,
    year: int | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """For an exporter and a product: every market of the world, ranked.

    One row for every economy other than the exporter that imported the product from anyone in the window, whether or not
    the exporter sells there.

    Parameters
    ----------
    snapshot : the version of the store to ask.
    exporter : ISO3, name in English or Chinese, or a group (EU27).
    product : HS code of 4 or 6 digits, or words of its name.
    year, data : default the latest year of the default data set.
    **options : see `Options`; the default basis is "bilateral".

    Raises
    ------
    InputError
        For anything unknown; it names what is valid and the nearest match.
    """
    chosen = Options.of(**options)
    setting, _ = setting_of(snapshot, exporter, None, year, data, chosen)
    good = good_of(setting.world, setting.data, product)
    trade = trade_of(setting, good)
    asked = [(trade, markets_of(trade, chosen.window, setting.exporter_code))]
    about = asked_of(exporter=setting.exporter.code, product=good.code)
    return _ranked(setting, "markets", asked, [good], about)


def products(
    snapshot: "Snapshot",
    exporter: str,
    market: str,
    *,
    year: int | None = None,
    data: str | None = None,
    level: int = 4,
    progress: Progress | None = None,
    **options: Any,
) -> Result:
    """For an exporter and a market: every product that the one exported to anyone and the other imported from anyone.

    Parameters
    ----------
    level : 4 or 6 digits.
    progress : called with a label and the fraction done.
    **options : see `Options`; the default basis is "world", where the untapped comes first.
    """
    chosen = Options.of(**{**options, "basis": options.get("basis") or "world"})
    setting, buyer = setting_of(snapshot, exporter, market, year, data, chosen)
    assert buyer is not None
    goods = goods_at(setting.world, setting.data, level)
    at = setting.roster.index[buyer.code]
    asked: list[Asked] = []
    for trade in trades_of(setting, goods):
        there = markets_of(trade, chosen.window, setting.exporter_code)
        if at in there and _exports(trade, setting):
            asked.append((trade, np.array([at])))
    about = asked_of(exporter=setting.exporter.code, market=buyer.code, level=level)
    return _ranked(setting, "products", asked, goods, about, progress=progress)


def priorities(
    snapshot: "Snapshot",
    exporter: str,
    *,
    year: int | None = None,
    data: str | None = None,
    level: int = 4,
    top: int = 200,
    progress: Progress | None = None,
    **options: Any,
) -> Result:
    """For an exporter: every pair of a product it exports and a market that imports it, the best first.

    Parameters
    ----------
    level : 4 or 6 digits.
    top : how many rows to return; all pairs are scored and ranked against each other.
    progress : called with a label and the fraction done.
    **options : see `Options`; the default basis is "world".
    """
    if not _is_count(top):
        raise InputError(
            "bad_top",
            Text(f"top is {top!r}; it must be a whole number of at least 1.", f"top 为 {top!r}；须为不小于1的整数。"),
            field="top",
        )
    chosen = Options.of(**{**options, "basis": options.get("basis") or "world"})
    setting, _ = setting_of(snapshot, exporter, None, year, data, chosen)
    goods = goods_at(setting.world, setting.data, level)
    asked = [
        (trade, markets_of(trade, chosen.window, setting.exporter_code))
        for trade in trades_of(setting, goods)
        if _exports(trade, setting)
    ]
    about = asked_of(exporter=setting.exporter.code, level=level, top=top)
    return _ranked(setting, "priorities", asked, goods, about, progress=progress, top=top)


def _is_count(top: object) -> bool:
    return isinstance(top, int) and not isinstance(top, bool) and top >= 1


def _exports(trade: Trade, setting: Setting) -> bool:
    window = trade.exports[-setting.options.window :, setting.exporter_code]
    return bool(np.nansum(window) > 0)


def _ranked(
    setting: Setting,
    question: str,
    asked: list[Asked],
    goods: list[Good],
    about: dict[str, Any],
    *,
    progress: Progress | None = None,
    top: int | None = None,
) -> Result:
    """Compute, rank and put together; the rows of all products are compared with each other."""
    windows = reachable_windows(setting)
    parts: list[Rows] = []
    weighted = [*setting.options.chosen_weights, setting.options.rank_by]
    others: dict[int, list[Mapping[str, Values]]] = {window: [] for window in windows}
    for done, (trade, there) in enumerate(asked):
        parts.append(compute_rows(setting, trade, there))
        for window in windows:
            moved = moved_values(with_window(setting, window), trade, there, weighted)
            others[window].append({**parts[-1].values, **moved})
        if progress:
            progress(trade.product, (done + 1) / len(asked))
    if not parts or not any(part.markets for part in parts):
        raise _nothing(setting, question, about)
    rows = parts[0] if len(parts) == 1 else stacked(parts)
    codes = [f"{product} {market}" for product, market in zip(rows.products, rows.markets, strict=True)]
    elsewhere = [
        {column: np.concatenate([values[column] for values in other]) for column in rows.values}
        for other in others.values()
    ]
    ranking = rank_rows(rows.values, codes, setting.options, elsewhere)
    used = [good for good in goods if good.code in set(rows.products)]
    notes = notes_of(setting, rows, used, windows)
    if top is not None and top < len(codes):
        notes.insert(
            0,
            Text(
                f"{top} of {len(codes)} pairs shown; all were ranked.",
                f"共 {len(codes)} 对，显示前 {top}；全部参与排名。",
            ),
        )
    data_years = int(asked[0][0].held[-setting.options.window :].sum())
    by_code = {good.code: good for good in goods}
    return answer(setting, question, rows, ranking, by_code, about, notes, data_years=data_years, top=top)


def _nothing(setting: Setting, question: str, about: dict[str, Any]) -> InputError:
    asked = ", ".join(f"{name}={value}" for name, value in about.items())
    first = setting.year - setting.options.window + 1
    return InputError(
        "nothing_traded",
        Text(
            f"No {question} for {asked}: data set {setting.data!r} has no such trade in {first}–{setting.year}. "
            "Try another year, a longer --window or another --data.",
            f"{asked} 没有结果：数据集 {setting.data!r} 在 {first}–{setting.year} 年无此贸易。"
            "请换年份、加长 --window 或换 --data。",
        ),
        field="exporter",
    )
