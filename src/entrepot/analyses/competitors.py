"""Who else sells there: every exporter of a product in one market, with shares held and expected, price and growth."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.answer import WHOLE, citation_of, provenance_of
from entrepot.analyses.asking import asked_of, check_text, setting_of, trade_of
from entrepot.analyses.basket import PERIOD, Merged, basket_notes, good_for, goods_of, merged_numbers, trade_for
from entrepot.analyses.columns import Column, column
from entrepot.analyses.directory import Good, Place
from entrepot.analyses.notes import PREFERENCES, notes_on_trade
from entrepot.analyses.options import Options
from entrepot.analyses.reasons import reasons
from entrepot.analyses.result import Result
from entrepot.analyses.rows import Rows, Setting, block_of
from entrepot.analyses.trade import Trade
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.compute import resolve
from entrepot.formulas.score import competition_rank, rank_order

if TYPE_CHECKING:
    from entrepot.store import Snapshot

ASKED = Column(
    "asked",
    Text("Asked about", "所问出口方"),
    "flag",
    "none",
    False,
    Text("1 for the exporter asked about", "所问出口方为1"),
)
NUMBERS = tuple(
    """
    value_usd share_in_market gravity_share gap price_usd_t growth distance_km tariff unrealised_usd cagr lyg quantity_t
    quantity_coverage cda cta cpa
    """.split()
)
OF_CELLS = (
    "served", "value_usd", "quantity_t", "market_size_usd", "gravity_share", "share_in_market", "gap", "unrealised_usd",
    "quantity_coverage", "price_usd_t", "cda", "tariff", "cta", "cpa",
)  # fmt: skip
SAME = ("importer", "importer_name", "product", "product_name", "year")
NOTHING_SOLD = frozenset({"served", "value_usd", "gravity_share", "share_in_market", "gap", "unrealised_usd", *PERIOD})
GROWTH = ("cagr", "lyg", "growth")
# Options that rank and narrow markets have no part in who competes in one.
NOT_USED = frozenset({"weights", "rank_by", "scale", "among", "served"})


def competitors(
    snapshot: "Snapshot",
    product: str | Sequence[str],
    market: str,
    *,
    exporter: str | None = None,
    year: int | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """Every exporter of a product, or basket, in one market; the largest first.

    One row for every economy that sold there in the window; with basis="world" for every one that sells to anyone, since
    all of them have a gravity share. Shares, gravity shares and gaps are those of the market finder; over all rows they
    sum to 1, 1 and 0. Growth is that of the exporter's own flow.

    Parameters
    ----------
    product, market, year, data : as in `markets`.
    exporter : whose row is marked (`asked`); it has one even if it sells nothing.
    **options : those of `Options` that say how a flow is computed; not those that rank and narrow markets.

    Raises
    ------
    InputError
        For anything unknown, and ``nothing_traded`` where the market bought the product from nobody.
    """
    chosen = Options.of(**options)
    if exporter is None:  # the setting is then the market's own; a message still speaks of the market
        check_text("market", market)
        world_of(snapshot).places.find(market, field="market")
    seller, place = (market, None) if exporter is None else (exporter, market)
    setting, buyer = setting_of(snapshot, seller, place, year, data, chosen)
    there = buyer or setting.exporter
    j = setting.roster.index[there.code]
    goods = goods_of(setting.world, setting.data, product)
    good = good_for(goods)
    trades = [trade_of(setting, one) for one in goods]
    whole = trade_for(trades, good)
    history = whole.supplies(j)[-chosen.window :]
    who = _suppliers(setting, whole, history, asked=None if exporter is None else setting.exporter_code)
    if not np.nansum(history) > 0:
        raise _nothing(there, good, setting)
    rows = _rows(setting, trades, who, j, history[:, who], good)
    return _result(setting, rows, goods, there, exporter is not None, int(whole.held[-chosen.window :].sum()))


def _suppliers(setting: Setting, whole: Trade, history: Values, asked: int | None) -> Codes:
    selling = np.nansum(history, axis=0) > 0
    if setting.options.basis == "world":
        selling |= np.nan_to_num(whole.exports[-1]) > 0
    if asked is not None:
        selling[asked] = True
    return np.flatnonzero(selling)


def _rows(setting: Setting, trades: Sequence[Trade], who: Codes, j: int, history: Values, good: Good) -> Rows:
    codes = setting.roster.codes
    parts = [part for part in (_of_product(setting, trade, who, j) for trade in trades) if part is not None]
    exponent = setting.options.exponent
    if len(parts) == 1:
        found = resolve((*GROWTH, "growth_basis"), {**parts[0], "history": history, "exponent": exponent})
        merged = Merged({c: found[c] for c in (*OF_CELLS, *GROWTH)}, found["growth_basis"].astype(object), {})
    else:
        stack = {c: np.array([part[c] for part in parts]) for c in (*OF_CELLS, *PERIOD)}
        merged = merged_numbers(stack, history, exponent)
    return Rows(
        markets=tuple(codes[n] for n in who),
        products=(good.code,) * len(who),
        values={**merged.values, "distance_km": setting.place.km[who, j]},
        texts={"growth_basis": merged.growth_basis},
        traded=np.nansum(history, axis=0) > 0,
        coverage=merged.coverage,
    )


def _of_product(setting: Setting, trade: Trade, who: Codes, j: int) -> dict[str, Values] | None:
    """The suppliers' cells in the market; None if it never bought the product."""
    block = block_of(setting, trade)
    own = np.flatnonzero(block.cells.importer == j)
    if not len(own):
        return None
    at = np.full(trade.economies, -1)
    at[block.cells.exporter[own]] = own
    there = at[who] >= 0
    found = {}
    for name in (*OF_CELLS, *PERIOD):
        # Who never sold this product of a basket to anyone sells, and is expected to sell, none of it here.
        found[name] = np.where(there, 0.0, 0.0 if name in NOTHING_SOLD else np.nan)
        found[name][there] = block.known[name][at[who][there]]
    unreported = ~there & np.isnan(trade.supplies(j)[-1, who])
    for name in ("value_usd", "gravity_share", "share_in_market", "gap", "unrealised_usd"):
        found[name][unreported] = np.nan
    found["market_size_usd"][~there] = block.known["market_size_usd"][own[0]]
    return found


def _result(setting: Setting, rows: Rows, goods: Sequence[Good], there: Place, marked: bool, data_years: int) -> Result:
    options, good = setting.options, good_for(goods)
    rank = competition_rank(rows.values["value_usd"])
    order = rank_order(rank, rows.markets)
    seller = setting.exporter.code if marked else None
    frame = _frame(setting, rows, rank, good, there, seller).select(pl.all().gather(order))
    why = reasons(rows, data_years)
    unranked: Mapping[str, Any] = {"rank": "not_reported"}
    shown = set(frame.columns)
    missing = [
        {**{c: one for c, one in why[k].items() if c in shown}, **(unranked if np.isnan(rank[k]) else {})}
        for k in order.tolist()
    ]
    used = {name: value for name, value in options.as_dict().items() if name not in NOT_USED}
    coverage = [{c: float(x[k]) for c, x in rows.coverage.items() if x[k] < 1} for k in order] if rows.coverage else ()
    return Result(
        question="competitors",
        frame=frame,
        columns=tuple(_column(name, marked=marked) for name in frame.columns),
        parameters={
            **asked_of(product=good.code, market=there.code, exporter=seller),
            "year": setting.year,
            "data": setting.data,
            **used,
        },
        notes=(*_notes(setting, rows, goods, there), *basket_notes(goods, rows), *notes_on_trade(setting, goods)),
        provenance=provenance_of(setting),
        missing=missing,
        coverage=coverage,
        citation=citation_of(setting),
        title=Text(
            f"Who sells {good.code} {good.name.en} in {there.name.en}, {setting.year}",
            f"{there.name.zh}的{good.code} {good.name.zh}：各出口方，{setting.year} 年",
        ),
    )


def _column(name: str, *, marked: bool) -> Column:
    """What is the same in every row stays in files and is left out of tables."""
    if name == "asked":
        return replace(ASKED, hidden=not marked)
    return replace(column(name), hidden=True) if name in SAME else column(name)


def _frame(setting: Setting, rows: Rows, rank: Values, good: Good, there: Place, seller: str | None) -> pl.DataFrame:
    lang, places, count = setting.options.lang, setting.world.places.by_code, len(rows.markets)
    numbers = [pl.Series(name, rows.values[name], dtype=pl.Float64, nan_to_null=True) for name in NUMBERS]
    frame = pl.DataFrame(
        [
            pl.Series("rank", rank, nan_to_null=True),
            pl.Series("exporter", rows.markets, dtype=pl.String),
            pl.Series("exporter_name", [places[code].name.say(lang) for code in rows.markets], dtype=pl.String),
            pl.Series("asked", [int(code == seller) for code in rows.markets], dtype=pl.Int64),
            *numbers,
            pl.Series("growth_basis", [text or None for text in rows.texts["growth_basis"]], dtype=pl.String),
            pl.Series("importer", [there.code] * count),
            pl.Series("importer_name", [there.name.say(lang)] * count),
            pl.Series("product", [good.code] * count),
            pl.Series("product_name", [good.name.say(lang)] * count),
            pl.Series("year", [setting.year] * count, dtype=pl.Int64),
        ]
    )
    return frame.with_columns(pl.col([c for c in frame.columns if c in WHOLE]).cast(pl.Int64))


def _notes(setting: Setting, rows: Rows, goods: Sequence[Good], there: Place) -> list[Text]:
    selling = int((np.nan_to_num(rows.values["value_usd"]) > 0).sum())
    size = float(np.nansum(rows.values["value_usd"]))
    notes = [
        Text(
            f"{there.name.en} bought from {selling} exporters in {setting.year}, {size / 1e6:,.1f} million US$ in all.",
            f"{there.name.zh} {setting.year} 年自 {selling} 个出口方进口，共 {size / 1e8:,.2f} 亿美元。",
        )
    ]
    if setting.options.basis == "world":
        notes.append(
            Text(
                "With sales to the world as weights, exporters that sell nothing here have a gravity share too and stand at the end; "
                "growth is that of each exporter's own flow.",
                "以对全球出口额为权重时，尚未进入该市场的出口方也有引力份额，列于末尾；增长为各出口方自身流量的增长。",
            )
        )
    if not np.isfinite(rows.values["tariff"]).any():
        notes.append(
            Text(
                "No tariff is known here: the tariff advantage is 1 for every supplier inside the gravity share.",
                "无可用关税数据：引力份额中各供应方的比较关税优势均按1计。",
            )
        )
    j = setting.roster.index[there.code]
    levied = [duties.levied[j] for duties in setting.duties_on([good.code for good in goods])]
    if any("line" in one.basis and np.isfinite(one.rates["preferential"]).any() for one in levied):
        notes.append(PREFERENCES)
    return notes


def _nothing(there: Place, good: Good, setting: Setting) -> InputError:
    first = setting.year - setting.options.window + 1
    return InputError(
        "nothing_traded",
        Text(
            f"{there.name.en} ({there.code}) bought {good.code} from nobody in {first}–{setting.year} in data set "
            f"{setting.data!r}. Try another year, a longer --window or another --data.",
            f"数据集 {setting.data!r} 中，{there.name.zh}（{there.code}）在 {first}–{setting.year} 年没有进口 {good.code}。"
            "请换年份、加长 --window 或换 --data。",
        ),
        field="market",
    )
