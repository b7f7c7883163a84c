"""How far the two sides of a trade are apart, told of the flows behind an answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot


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
