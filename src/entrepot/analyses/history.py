"""The history of one flow: value, quantity, unit value and share, year by year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.analyses.answer import citation_of, provenance_of
from entrepot.analyses.asking import asked_of, setting_of, trade_of
from entrepot.analyses.basket import good_for, goods_of, trade_for
from entrepot.analyses.columns import column
from entrepot.analyses.mirrors import mirror_notes
from entrepot.analyses.notes import incomplete_codes
from entrepot.analyses.options import Options
from entrepot.analyses.result import Result
from entrepot.core.missing import Reason
from entrepot.core.text import Text
from entrepot.formulas.trade import price_usd_t, quantity_coverage, share_in_market

if TYPE_CHECKING:
    from entrepot.store import Snapshot


def history(
    snapshot: "Snapshot",
    exporter: str,
    product: str | Sequence[str],
    market: str,
    *,
    year: int | None = None,
    data: str | None = None,
    **options: Any,
) -> Result:
    """One row per year of the window: what the exporter sold of the product in the market, at what price, and its share.

    Parameters
    ----------
    exporter, product, market, year, data : as in `markets`; the flows of a basket of products are added up.
    **options : `window` and `lang` of `Options`.
    """
    chosen = Options.of(**options)
    setting, buyer = setting_of(snapshot, exporter, market, year, data, chosen)
    assert buyer is not None
    goods = goods_of(setting.world, setting.data, product)
    good = good_for(goods)
    trade = trade_for([trade_of(setting, one) for one in goods], good)
    i, j = setting.exporter_code, setting.roster.index[buyer.code]
    own = (trade.exporter == i) & (trade.importer == j)
    size = len(trade.years)
    priced, quantity = (
        np.bincount(trade.when[own], x[own], size).astype(np.float64) for x in (trade.priced, trade.quantity)
    )
    value, imports = trade.history(i)[:, j], trade.imports[:, j]
    numbers = {
        "value_usd": value,
        "quantity_t": np.where(priced > 0, quantity, np.nan),
        "quantity_coverage": quantity_coverage(np.nan_to_num(value), priced),
        "price_usd_t": price_usd_t(np.nan_to_num(value), priced, quantity),
        "share_in_market": share_in_market(value, imports),
        "market_size_usd": imports,
    }
    window = slice(-chosen.window, None)
    frame = pl.DataFrame({"year": list(trade.years)[window]}).with_columns(
        pl.Series(name, x[window]).fill_nan(None) for name, x in numbers.items()
    )
    return Result(
        question="history",
        frame=frame,
        columns=tuple(column(name) for name in frame.columns),
        parameters={
            **asked_of(exporter=setting.exporter.code, product=good.code, market=buyer.code),
            "year": setting.year,
            "data": setting.data,
            "window": chosen.window,
            "lang": chosen.lang,
        },
        notes=(
            *incomplete_codes(goods),
            *mirror_notes(
                snapshot,
                setting.data,
                frame["year"].to_list(),
                [one.code for one in goods if one.level],
                setting.exporter.members or (setting.exporter.code,),
                buyer.members or (buyer.code,),
            ),
        ),
        provenance=provenance_of(setting)[:1],
        missing=[
            _missing(row, held=held)
            for row, held in zip(frame.iter_rows(named=True), trade.held[window].tolist(), strict=True)
        ],
        citation=citation_of(setting),
        title=Text(
            f"{good.code} {good.name.en} from {setting.exporter.name.en} to {buyer.name.en}, by year",
            f"{setting.exporter.name.zh}对{buyer.name.zh}出口{good.code} {good.name.zh}：历年",
        ),
    )


def _missing(row: dict[str, Any], *, held: bool) -> dict[str, Reason]:
    """Why each null of a year is null; `held`: whether the data set has the year."""
    reason: Reason = "not_loaded" if not held else "zero_flow" if row["value_usd"] == 0 else "not_reported"
    return {name: reason for name, value in row.items() if value is None}
