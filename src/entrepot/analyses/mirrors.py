"""How far the two sides of a trade are apart, and who reported nothing, told of the flows behind an answer."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.analyses.trade import Trade
    from entrepot.analyses.world import World
    from entrepot.store import Snapshot

NAMED = 8  # economies called by name
LEAST_SHARE = 5e-4  # of all exports; less is not seen in a percentage of one decimal


def mirror_notes(
    snapshot: "Snapshot",
    data: str,
    years: Sequence[int],
    products: Sequence[str],
    exporters: Sequence[str],
    importers: Sequence[str] | None = None,
) -> list[Text]:
    """One sentence on whose reports the flows rest on and how far they are apart; none where the data set has no such table.

    Parameters
    ----------
    years, products, exporters, importers : of the flows, as in `Snapshot.flows`.
    """
    rows = snapshot.mirror(data, years, products, exporters, importers)
    if rows.is_empty():
        return []
    used = pl.coalesce("importer_usd", "exporter_usd")
    value, importer, factor = rows.select(
        used.sum(), used.filter(pl.col("side") == "importer").sum().alias("importer"), pl.col("cif_fob").median()
    ).row(0)
    share = importer / value
    gaps = rows["gap"].drop_nulls()
    apart_en = apart_zh = ""
    if len(gaps):
        median, widest = rows.select(pl.col("gap").median().alias("median"), pl.col("gap").max().alias("widest")).row(0)
        apart_en = f" Both sides told {len(gaps)}: the gap |ln(importer/exporter)| is {median:.2f} at the median, {widest:.2f} at most."
        apart_zh = f"双方均有申报的 {len(gaps)} 条：差距 |ln（进口方/出口方）| 中位数 {median:.2f}，最大 {widest:.2f}。"
    divided_en = f" Imports told only CIF were divided by {factor:.3f}." if factor is not None else ""
    divided_zh = f"仅有 CIF 的进口额除以 {factor:.3f}。" if factor is not None else ""
    return [
        Text(
            f"Of the {len(rows)} flows here {share:.0%} of the value rests on the importer's report, the rest on the exporter's."
            f"{divided_en}{apart_en}",
            f"此处 {len(rows)} 条贸易流中，{share:.0%} 的金额取自进口方申报，其余取自出口方。{divided_zh}{apart_zh}",
        )
    ]


def silent_notes(world: "World", data: str, year: int, trades: Iterable["Trade"], codes: Sequence[str]) -> list[Text]:
    """One sentence on the exporters of which the data set has no imports in the year, so that they are no markets; none if it has all.

    Parameters
    ----------
    trades : trade of the products asked for, whose exporters can be named; `codes` : economies and groups as they count them.
    """

    def total(table: str, column: str) -> float:
        of_year = world.snapshot.data_table(data, table).filter(pl.col("year") == year)
        return float(of_year[column].sum())

    everything = total("coverage", "value_usd")
    share = 1 - total("reporters", "exports_usd") / everything if everything else 0.0
    if share < LEAST_SHARE:
        return []
    sold: dict[str, float] = {}
    for trade in trades:
        last = len(trade.years) - 1
        here = (trade.when == last) & ~trade.reports[last, trade.exporter]
        for place, value in zip(trade.exporter[here].tolist(), trade.value[here].tolist(), strict=True):
            if codes[place] in world.index:  # groups are counted besides their members
                sold[codes[place]] = sold.get(codes[place], 0.0) + value
    largest = sorted(sold, key=lambda code: (-sold[code], code))[:NAMED]
    names = [world.places.by_code[code].name for code in largest]
    more = len(sold) - len(names)
    who = Text(
        f" Of this trade: {', '.join(name.en for name in names)}{f' and {more} more' if more else ''}."
        if names
        else "",
        f"就本次所问的产品，包括{'、'.join(name.zh for name in names)}{f'等（另有 {more} 个）' if more else ''}。"
        if names
        else "",
    )
    return [
        Text(
            f"Exporters with {share:.1%} of all exports have no imports in the data set in {year}: they did not report, are no markets "
            f"here, and totals of the world lack what they bought.{who.en}",
            f"占全部出口 {share:.1%} 的出口方 {year} 年在数据集中没有进口记录：它们未申报，故不列为市场，全球合计也不含其进口。{who.zh}",
        )
    ]
