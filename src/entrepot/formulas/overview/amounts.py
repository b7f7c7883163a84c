"""Amounts and shares of an overview (docs/overview.md). Growth, balance, advantage and unit values are the house's own."""

from dataclasses import replace

from entrepot.core.indicator import Direction, Indicator, Unit
from entrepot.core.text import Text
from entrepot.cube.cells import Values
from entrepot.formulas.growth import CAGR as _CAGR
from entrepot.formulas.growth import GROWTH as _GROWTH
from entrepot.formulas.growth import LYG as _LYG
from entrepot.formulas.intraindustry.competitiveness import RCA as _RCA
from entrepot.formulas.intraindustry.competitiveness import TC as _TC
from entrepot.formulas.intraindustry.level import ratio
from entrepot.formulas.overview import SOURCE_HERE
from entrepot.formulas.power.indices import TPI_EXPORT as _TPI_EXPORT
from entrepot.formulas.trade import PRICE_USD_T as _PRICE_USD_T
from entrepot.formulas.trade import QUANTITY_COVERAGE as _QUANTITY_COVERAGE
from entrepot.formulas.trade import QUANTITY_T as _QUANTITY_T

NOT_REPORTED = Text("null where nothing is traded and the economy does not report the year", "无贸易且当年未申报时为空")
_NO_TOTAL = Text("null where the whole is 0 or not reported", "整体为零或未申报时为空")

# The same formulas as elsewhere, said of the rows of an overview.
CAGR = replace(_CAGR, weightable=False)
LYG = replace(_LYG, weightable=False)
GROWTH = replace(
    _GROWTH,
    meaning=Text(
        "Of the row's amount over the window: mean of compound growth and of the last year against the mean",
        "该行金额在窗口期内的增长：复合增长率与末年相对均值变化的平均",
    ),
    weightable=False,
)
RCA = replace(
    _RCA,
    meaning=Text(
        "Share of the product in the economy's exports over its share in the world's",
        "该产品占本经济体出口比重与占世界出口比重之比",
    ),
)
TC = replace(
    _TC,
    name=Text("Normalised balance", "差额率（贸易竞争力指数）"),
    meaning=Text("Net exports over exports and imports together", "净出口占进出口总额的比例"),
)
TPI_EXPORT = replace(_TPI_EXPORT, function=None)  # computed by the family of trade power over all sellers
PRICE_USD_T = replace(_PRICE_USD_T, weightable=False)
QUANTITY_T = replace(_QUANTITY_T, direction="none")
QUANTITY_COVERAGE = _QUANTITY_COVERAGE


def _counted(
    column: str, en: str, zh: str, meaning: Text, *, unit: Unit = "1", undefined: Text | None = None
) -> Indicator:
    """An entry for what is summed or counted over the flows."""
    direction: Direction = "more" if column == "exports_usd" else "none"
    said = undefined or NOT_REPORTED
    return Indicator(column, Text(en, zh), unit, meaning, undefined=said, source=SOURCE_HERE, direction=direction)


EXPORTS_USD = _counted(
    "exports_usd", "Exports", "出口额", Text("Sum of the flows that leave", "流出贸易之和"), unit="usd"
)
IMPORTS_USD = _counted(
    "imports_usd", "Imports", "进口额", Text("Sum of the flows that come in", "流入贸易之和"), unit="usd"
)
WORLD_USD = _counted(
    "world_usd",
    "World trade",
    "世界贸易额",
    Text("Sum of all flows of the data set", "数据集全部流量之和"),
    unit="usd",
    undefined=Text("never", "总有定义"),
)
VALUE_USD = _counted(
    "value_usd", "Value", "贸易额", Text("Value of the flow in the year", "当年该流量的金额"), unit="usd"
)
PRODUCTS_SOLD = _counted(
    "products_sold", "Products sold", "出口产品数", Text("Products with any export", "有出口的产品数")
)
PRODUCTS_BOUGHT = _counted(
    "products_bought", "Products bought", "进口产品数", Text("Products with any import", "有进口的产品数")
)
MARKETS_SERVED = _counted(
    "markets_served", "Markets", "市场数", Text("Economies that are sold to", "有出口的目的经济体数")
)
SUPPLIERS = _counted(
    "suppliers", "Suppliers", "供应方数", Text("Economies that are bought from", "有进口的来源经济体数")
)
SELLERS = _counted("sellers", "Sellers", "出口方数", Text("Economies with any export", "有出口的经济体数"))
BUYERS = _counted("buyers", "Buyers", "进口方数", Text("Economies with any import", "有进口的经济体数"))


def balance_usd(exports_usd: Values, imports_usd: Values) -> Values:
    """X − M, US$; NaN where either is not reported.

    Examples
    --------
    >>> import numpy as np
    >>> balance_usd(np.array([15.0, 3.0]), np.array([5.0, np.nan])).tolist()
    [10.0, nan]
    """
    return exports_usd - imports_usd


BALANCE_USD = Indicator(
    "balance_usd",
    Text("Balance", "贸易差额"),
    "usd",
    Text("Exports less imports of what the data set holds", "数据集所含产品的出口减进口"),
    formula="X − M",
    undefined=Text("null where exports or imports are not reported", "出口或进口未申报时为空"),
    source=SOURCE_HERE,
    function=balance_usd,
    invariances=("row_order",),
)


def share(amount_usd: Values, total_usd: Values) -> Values:
    """The row's part of its whole: a product or partner of the economy's trade, a trader of the product's.

    Examples
    --------
    >>> import numpy as np
    >>> share(np.array([30.0, 1.0]), np.array([40.0, 0.0])).tolist()
    [0.75, nan]
    """
    return ratio(amount_usd, total_usd)


SHARE = Indicator(
    "share",
    Text("Share", "占比"),
    "fraction",
    Text("The row's part of all that the table is about", "该行占全部金额的比重"),
    formula="X_k / X; X_j / X; X_i / W",
    undefined=_NO_TOTAL,
    source=SOURCE_HERE,
    function=share,
    invariances=("value_scale", "row_order"),
)


def share_of_world(amount_usd: Values, world_amount_usd: Values) -> Values:
    """The economy's part of what the world trades of the product: X_k / W_k."""
    return ratio(amount_usd, world_amount_usd)


SHARE_OF_WORLD = Indicator(
    "share_of_world",
    Text("Share of the world", "占世界份额"),
    "fraction",
    Text("Part of the world's trade in the product", "占该产品世界贸易额的份额"),
    formula="X_k / W_k",
    undefined=_NO_TOTAL,
    source=SOURCE_HERE,
    function=share_of_world,
    invariances=("value_scale", "row_order"),
)


def export_share_of_world(exports_usd: Values, world_total_usd: Values) -> Values:
    """X / W."""
    return ratio(exports_usd, world_total_usd)


EXPORT_SHARE_OF_WORLD = Indicator(
    "export_share_of_world",
    Text("Share of world exports", "占世界出口份额"),
    "fraction",
    Text("Part of all that the data set holds of the year", "占数据集当年全部贸易额的份额"),
    formula="X / W",
    undefined=NOT_REPORTED,
    source=SOURCE_HERE,
    function=export_share_of_world,
    invariances=("value_scale", "row_order"),
)


def import_share_of_world(imports_usd: Values, world_total_usd: Values) -> Values:
    """M / W."""
    return ratio(imports_usd, world_total_usd)


IMPORT_SHARE_OF_WORLD = replace(
    EXPORT_SHARE_OF_WORLD,
    id="import_share_of_world",
    name=Text("Share of world imports", "占世界进口份额"),
    formula="M / W",
    function=import_share_of_world,
)
