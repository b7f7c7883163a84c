"""The three questions of Global Potential Markets: markets for a product, products for a market, priorities."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.analyses.answer import answer
from entrepot.analyses.asking import Progress, asked_of, goods_at, reachable_windows, setting_of, trade_of
from entrepot.analyses.basket import basket_notes, good_for, goods_of, rows_in_windows
from entrepot.analyses.built import pair_rows
from entrepot.analyses.candidates import narrowed, no_candidates, terms_in_words
from entrepot.analyses.choices import choice
from entrepot.analyses.directory import Good
from entrepot.analyses.many import Compared, compared
from entrepot.analyses.notes import notes_of
from entrepot.analyses.options import Options
from entrepot.analyses.ranking import rank_rows
from entrepot.analyses.result import Result
from entrepot.analyses.rows import Setting, markets_of, stacked
from entrepot.core.errors import InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot


def markets(
    snapshot: "Snapshot",
    exporter: str,
    product: str | Sequence[str],
    *,
    year: int | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """For an exporter and a product, or a basket of products: every market of the world, ranked.

    One row for every economy other than the exporter that imported the product from anyone in the window, whether or not
    the exporter sells there.

    Parameters
    ----------
    snapshot : the version of the store to ask.
    exporter : ISO3, name in English or Chinese, or a group (EU27).
    product : HS code of 4 or 6 digits, or words of its name; or a basket of 2 to 25 codes, parted by commas or as a list.
        See `entrepot.formulas.basket` for what is added up and what is weighted.
    year, data : default the latest year of the default data set.
    **options : see `Options`; the default basis is "bilateral".

    Raises
    ------
    InputError
        For anything unknown; it names what is valid and the nearest match.
    """
    chosen = Options.of(**options)
    setting, _ = setting_of(snapshot, exporter, None, year, data, chosen)
    goods = goods_of(setting.world, setting.data, product)
    about = asked_of(exporter=setting.exporter.code, product=good_for(goods).code)
    trades = [trade_of(setting, good) for good in goods]
    bought = [markets_of(trade, setting.options.window, setting.exporter_code) for trade in trades]
    there = np.unique(np.concatenate(bought))
    kept, windows = narrowed(setting, trades, there), reachable_windows(setting)
    found = Compared(left_out=len(there) - len(kept))
    if len(kept):
        rows, moved = rows_in_windows(setting, trades, kept, windows, _weighted(setting))
        found.parts, found.moved = [rows], [[values] for values in moved]
    return _ranked(setting, "markets", found, goods, about)


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
    ready, left = pair_rows(setting, buyer.code, goods)
    windows, at = reachable_windows(setting), setting.roster.index[buyer.code]
    found = compared(setting, left, windows, _weighted(setting), market=at, progress=progress)
    if ready is not None:
        found.parts.insert(0, ready)
    about = asked_of(exporter=setting.exporter.code, market=buyer.code, level=level)
    return _ranked(setting, "products", found, goods, about)


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
    found = compared(setting, goods, reachable_windows(setting), _weighted(setting), progress=progress)
    about = asked_of(exporter=setting.exporter.code, level=level, top=top)
    return _ranked(setting, "priorities", found, goods, about, top=top)


def _is_count(top: object) -> bool:
    return isinstance(top, int) and not isinstance(top, bool) and top >= 1


def _weighted(setting: Setting) -> list[str]:
    """The columns that must follow another window for the ranks in it."""
    return [*setting.options.chosen_weights, setting.options.rank_by]


def _ranked(
    setting: Setting,
    question: str,
    found: Compared,
    goods: list[Good],
    about: dict[str, Any],
    *,
    top: int | None = None,
) -> Result:
    """Rank and put together; the rows of all products are compared with each other."""
    windows, parts, left_out = reachable_windows(setting), found.parts, found.left_out
    if not parts:
        raise no_candidates(_narrowing(setting)) if left_out else _nothing(setting, question, about)
    rows = parts[0] if len(parts) == 1 else stacked(parts)
    codes = [f"{product} {market}" for product, market in zip(rows.products, rows.markets, strict=True)]
    elsewhere = [
        {column: np.concatenate([values[column] for values in other]) for column in rows.values}
        for other in found.moved
    ]
    ranking = rank_rows(rows.values, codes, setting.options, elsewhere)
    basket = question == "markets" and len(goods) > 1
    shown = set(rows.products)
    used = goods if basket else [good for good in goods if good.code in shown]
    notes = notes_of(setting, rows, used, windows)
    if basket:
        notes[:0] = basket_notes(goods, rows)
    notes[:0] = _left_out(setting, len(codes), left_out)
    if top is not None and top < len(codes):
        notes.insert(
            0,
            Text(
                f"{top} of {len(codes)} pairs shown; all were ranked.",
                f"共 {len(codes)} 对，显示前 {top}；全部参与排名。",
            ),
        )
    first = setting.year - setting.options.window + 1
    data_years = sum(first <= t <= setting.year for t in setting.world.snapshot.dataset(setting.data).years)
    by_code = {good.code: good for good in (*goods, good_for(goods))}
    return answer(setting, question, rows, ranking, by_code, about, notes, data_years=data_years, top=top)


def _narrowing(setting: Setting) -> str:
    options = setting.options
    served = f"served={options.served}" if options.served != "all" else ""
    return "; ".join(filter(None, (options.among and f"among={options.among}", served)))


def _left_out(setting: Setting, kept: int, left_out: int) -> list[Text]:
    """With whom the rows are compared, where not with all."""
    options, told = setting.options, []
    if options.among:
        told.append(terms_in_words(setting.world, options.among))
    if options.served != "all":
        told.append(choice("served", options.served))
    if not told:
        return []
    said = Text("; ".join(one.en for one in told), "；".join(one.zh for one in told))
    return [
        Text(
            f"Candidates: {said.en}. Scaled and ranked among {kept} rows; {left_out} are left out.",
            f"候选范围：{said.zh}。在 {kept} 行之间标准化并排名；未纳入 {left_out} 行。",
        )
    ]


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
