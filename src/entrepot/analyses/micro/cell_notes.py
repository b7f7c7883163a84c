"""What a reader must know of cells and firms: what is empty and why, which cells are thin."""

import polars as pl

from entrepot.analyses.choices import called
from entrepot.analyses.micro.cells import RESTS_ON
from entrepot.analyses.micro.options import MicroOptions
from entrepot.core.text import Text

ROUNDING = 1e-9  # of two sums of the same numbers in another order
FEW = 5  # firms: cells with fewer leave when the regression sample is formed


def unpriced_notes(count: int) -> list[Text]:
    """What is said of firms without a price."""
    if not count:
        return []
    return [
        Text(
            f"{count:,} firms in a product and year have no price, as no declaration gives a quantity; they count among the firms only.",
            f"{count:,} 个企业-产品-年份因申报均无数量而无价格，仅计入企业数。",
        )
    ]


def cell_notes(table: pl.DataFrame, options: MicroOptions, meeting: bool) -> list[Text]:
    """What is said of the cells: `meeting` where they hold exchange."""
    alone, few = ((table["n_firms"] < least).sum() for least in (2, FEW))
    said = [
        Text(
            f"{table.height:,} cells; {alone:,} have one firm (no dispersion), {few:,} fewer than {FEW} (for the study to leave out).",
            f"共 {table.height:,} 个单元；{alone:,} 个只有一家企业（无离散度），{few:,} 个不足 {FEW} 家（由回归程序剔除）。",
        )
    ]
    tables = {"regions": "iv_ico", "prody": "expy", "high_income": "log_destinations_high_income"}
    for name, column in tables.items():
        if meeting and getattr(options, name) is None:
            title = called((column,), "allocation")
            said.append(Text(f"{title.en} is empty: no table {name} was given.", f"{title.zh}为空：未提供 {name} 表。"))
    if RESTS_ON in table.columns:
        share = float(table[RESTS_ON].sum()) / float(table["value_usd"].sum())
        if share < 1 - ROUNDING:
            said.append(
                Text(
                    f"Export sophistication rests on {share:.1%} of the exports; the table of PRODY does not have the products of the rest.",
                    f"出口技术复杂度依据出口额的 {share:.1%}；其余产品不在 PRODY 表中。",
                )
            )
    if meeting and options.regions is not None:
        known = set(options.regions["region"].to_list())
        absent = sorted(set(table["region"].unique().to_list()) - known)
        if absent:
            said.append(
                Text(
                    f"{len(absent)} regions have no coordinates ({', '.join(absent[:6])}): they have no nearest region, and are nobody's.",
                    f"{len(absent)} 个地区缺少坐标（{'、'.join(absent[:6])}）：没有邻近地区，也不作为邻近地区。",
                )
            )
        passed = int((table["iv_passed"].fill_null(0) > 0).sum())
        if passed:
            said.append(
                Text(
                    f"In {passed:,} cells the nearest region does not export the product; the next nearest that does takes its place.",
                    f"{passed:,} 个单元的最近地区不出口该产品，改用次近且出口者。",
                )
            )
    return said
