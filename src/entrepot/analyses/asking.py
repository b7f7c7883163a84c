"""From what a user typed to a Setting: places, product, year, data set, options; all checked at the door."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import index
from typing import TYPE_CHECKING, Any

from entrepot.analyses.directory import Good, Place
from entrepot.analyses.options import WINDOWS, Options
from entrepot.analyses.passages import check_passages
from entrepot.analyses.roster import Roster
from entrepot.analyses.rows import Setting
from entrepot.analyses.trade import Trade, load_trade
from entrepot.analyses.world import World, world_of
from entrepot.core.errors import InputError, check_choice
from entrepot.core.kept import Kept
from entrepot.core.text import Text
from entrepot.formulas.compute import stands_on

if TYPE_CHECKING:
    from entrepot.store import Snapshot

Progress = Callable[[str, float], None]
LEVELS = (4, 6)
# What a weight must stand on for another window to move a rank.
MOVES = frozenset({"history", "data_years", "supply", "demand"})


def setting_of(
    snapshot: "Snapshot", exporter: str, market: str | None, year: int | None, data: str | None, options: Options
) -> tuple[Setting, Place | None]:
    """The setting of a question, and the market if one is asked for.

    Raises
    ------
    InputError
        For an unknown or ambiguous economy, an unknown data set or year, or a market that is the exporter.
    """
    for field, given in (("exporter", exporter), ("market", market)):
        check_text(field, given)
    world = world_of(snapshot)
    check_passages(world, options.without)
    dataset = snapshot.dataset(data)
    chosen = check_year(year, list(dataset.years))
    seller = world.places.at(world.places.find(exporter, field="exporter"), chosen)
    buyer = None if market is None else world.places.at(world.places.find(market, field="market"), chosen)
    if buyer is not None and (buyer == seller or seller.code in buyer.members or buyer.code in seller.members):
        raise InputError(
            "same_economy",
            Text(
                f"{seller.code} cannot be the market of {buyer.code}: choose two economies that do not hold each other.",
                f"{seller.code} 与 {buyer.code} 相同或互相包含：请选择两个不同的经济体。",
            ),
            field="market",
        )
    places = [place for place in (seller, buyer) if place is not None]
    return Setting(world, dataset.name, world.roster(*places), seller, chosen, options), buyer


def check_text(field: str, given: object) -> None:
    """Refuse what is no text: a product code read as a number has lost its leading zero."""
    if given is not None and not isinstance(given, str):
        raise InputError(
            f"bad_{field}",
            Text(
                f"{field} is {given!r} of type {type(given).__name__}; write it as text, with leading zeros.",
                f"{field} 为 {type(given).__name__} 类型的 {given!r}；请以文本给出，并保留前导零。",
            ),
            field=field,
        )


def check_year(year: int | None, held: list[int]) -> int:
    """The year asked for, or the latest; refused if the data set does not have it."""
    if year is None:
        return held[-1]
    try:
        year = index(year)
    except TypeError:
        raise InputError(
            "bad_year", Text(f"year is {year!r}; write a whole number.", f"year 为 {year!r}；请写整数。"), field="year"
        ) from None
    if year not in held:
        nearest = min(held, key=lambda t: abs(t - year))
        raise InputError(
            "unknown_year",
            Text(
                f"Year {year} is not in the data set; it has {held[0]}–{held[-1]}. Nearest: {nearest}.",
                f"数据集中没有 {year} 年；现有 {held[0]}–{held[-1]}。最接近：{nearest}。",
            ),
            field="year",
            valid=held,
            nearest=str(nearest),
        )
    return year


def good_of(world: World, data: str, product: str) -> Good:
    """The product asked for; if only another data set has it, the error names that one."""
    check_text("product", product)
    others = [(name, world.goods(name)) for name in world.snapshot.datasets if name != data]
    return world.goods(data).find(product, elsewhere=others, data=data)


def goods_at(world: World, data: str, level: int) -> list[Good]:
    """All products of the level."""
    check_choice("level", level, LEVELS)
    return world.goods(data).at_level(level)


_trades = Kept[Trade](limit=256)


def trade_of(setting: Setting, good: Good) -> Trade:
    """The trade of one product; the last asked for are kept."""
    return _trades.get(_key(setting, good), lambda: next(_load(setting, [good])))


def trades_of(setting: Setting, goods: list[Good]) -> list[Trade]:
    """The trade of all these products of one level, read in one go, and kept as far as there is room."""
    return [
        _trades.get(_key(setting, good), lambda trade=trade: trade)  # type: ignore[misc]
        for good, trade in zip(goods, _load(setting, goods), strict=True)
    ]


def _load(setting: Setting, goods: list[Good]) -> Iterator[Trade]:
    if not goods:
        return iter(())
    codes, level = [good.code for good in goods], goods[0].level
    return load_trade(setting.world, setting.data, setting.roster, codes, level=level, year=setting.year)


def _key(setting: Setting, good: Good) -> tuple[World, str, Roster, str, int]:
    return setting.world, setting.data, setting.roster, good.code, setting.year


def read_ahead(snapshot: "Snapshot") -> None:
    """Read the products of the default data set's latest year, so that a server's first questions need not wait.

    Does nothing where the data set has more products than are kept.
    """
    dataset = snapshot.dataset(None)
    world = world_of(snapshot)
    goods = world.goods(dataset.name)
    if len(goods.by_code) > 200:
        return
    seller = next(iter(world.places.by_code.values()))
    setting = Setting(world, dataset.name, world.roster(seller), seller, dataset.years[-1], Options.of())
    for level in LEVELS:
        trades_of(setting, goods.at_level(level))


def reachable_windows(setting: Setting) -> list[int]:
    """The other windows that the data reach back to, if a weight stands on something that a window moves."""
    options = setting.options
    weighted = options.chosen_weights if options.rank_by == "score" else {options.rank_by: 1.0}
    used = {c for c, w in weighted.items() if w > 0}
    priced = options.price_period == "window"
    if not any(MOVES & (stands_on(c) | {c}) or (priced and "price_usd_t" in stands_on(c) | {c}) for c in used):
        return []
    held = setting.world.snapshot.dataset(setting.data).years
    first = min(held)
    return [w for w in WINDOWS if w != options.window and setting.year - w + 1 >= first]


def with_window(setting: Setting, window: int) -> Setting:
    """The same question over another window."""
    return replace(setting, options=replace(setting.options, window=window))


def asked_of(**given: Any) -> dict[str, Any]:
    """The arguments of the question, for the parameters of its Result."""
    return {name: value for name, value in given.items() if value is not None}
