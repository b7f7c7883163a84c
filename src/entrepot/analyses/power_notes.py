"""What a reader must know of an answer about trade power."""

from collections import Counter

import polars as pl

from entrepot.analyses.choices import called, listed
from entrepot.analyses.power_options import PowerSetting
from entrepot.analyses.power_traders import Traders
from entrepot.analyses.spoken import spoken
from entrepot.core.text import Text
from entrepot.formulas.power.elasticity import Elasticities

IMPORTS = Text(
    "With the world price as total value over total quantity, import power of a product equals its share of the quantity "
    "imported: the price drops out. Export power is s²/(q/Q), so it sums to 1 or more over exporters.",
    "世界价格取总额除以总量时，单个产品的进口强国指数等于进口数量份额，价格不起作用；出口强国指数为 s²/（q/Q），各国之和不小于1。",
)
UNITS = Text(
    "Unit values compare like with like only within one quantity unit; quantities here are metric tons.",
    "单价仅在同一计量单位内可比；此处数量单位为吨。",
)

FAR = 10
_ODD = ("economy", "product", "year", "price_factor_export")


def power_notes(setting: PowerSetting, traders: Traders, found: Elasticities) -> tuple[Text, ...]:
    """The notes of an answer, in order of importance."""
    notes = [*_incomplete(setting), UNITS]
    if setting.options.average == "quantity" and setting.options.import_price == "unit":
        notes.append(IMPORTS)
    return (
        *notes,
        _covered(traders),
        *_sigma(setting, found),
        *_group(setting),
        *_value_added(traders),
        *_set(setting),
    )


def odd_prices(frame: pl.DataFrame) -> tuple[Text, ...]:
    """Sellers with a share or power that counts and a price far from the world's: a quantity may be wrong, and power with it."""
    factor = pl.col("price_factor_export")
    counts = pl.max_horizontal("tlc_export", "tpi_export") > 0.005
    odd = frame.filter(counts & ((factor > FAR) | (factor < 1 / FAR))).sort(factor.log().abs())
    if not odd.height:
        return ()
    shown = [f"{e} {p} {y} ({f:.2g})" for e, p, y, f in odd.reverse().head(5).select(*_ODD).iter_rows()]
    return (
        Text(
            f"{odd.height} export prices that carry a share or power above 0.5% lie beyond {FAR} times the world price, or below a "
            f"{FAR}th of it: check the quantities. Furthest: {', '.join(shown)}.",
            f"{odd.height} 个份额或强国指数高于0.5%的出口单价偏离世界价格 {FAR} 倍以上，请核对数量。最甚者：{'、'.join(shown)}。",
        ),
    )


def _incomplete(setting: PowerSetting) -> list[Text]:
    good = setting.good
    if good is None or good.complete:
        return []
    return [
        Text(
            f"{good.code} is built from {good.present} of its {good.total} HS6 codes.",
            f"{good.code} 由其 {good.total} 个 HS6 中的 {good.present} 个汇总。",
        )
    ]


def _covered(traders: Traders) -> Text:
    whole, priced = (float(traders[name].sum()) for name in ("exports_usd", "exports_priced_usd"))
    share = priced / whole if whole else 0.0
    whole_share = called(("tlc_all",), "power")
    return Text(
        f"{share:.1%} of the value has a quantity and enters; only {whole_share.en} counts everything.",
        f"{share:.1%} 的金额有数量记录并参与计算；只有“{whole_share.zh}”含全部贸易。",
    )


def _sigma(setting: PowerSetting, found: Elasticities) -> list[Text]:
    counted = Counter(str(status) for status in found.status)
    said = listed(
        Text(f"{spoken(status, 'en')} {number}", f"{spoken(status, 'zh')} {number}")
        for status, number in sorted(counted.items())
    )
    by = setting.options.method
    notes = [
        Text(
            f"Elasticities by {spoken(by, 'en')}, per product and year: {said.en}.",
            f"弹性估计方法：{spoken(by, 'zh')}；按产品与年份：{said.zh}。",
        )
    ]
    if setting.options.method == "iterate":
        notes.append(
            Text(
                "The printed iteration is repelled from its fixed point wherever σ is above 1: where it stopped near "
                "it, that is an accident of the stopping rule. The closed form (method fixed_point) gives that point exactly.",
                "σ 大于1时印刷的迭代在不动点附近发散：停在其附近只是停止规则的偶然；闭式解（fixed_point）精确给出该点。",
            )
        )
    if setting.options.method == "fixed_point":
        notes.append(
            Text(
                "The fixed point is right where quality is unrelated to value for money; elsewhere it errs by κ(σ−1)/(Var z − κ).",
                "不动点法在质量与性价比不相关时一致；否则误差为 κ(σ−1)/(Var z − κ)。",
            )
        )
    if setting.options.method == "feenstra":
        notes.append(
            Text(
                "Feenstra's estimate rests on independent supply and demand shocks and is biased upward in short panels.",
                "Feenstra 法假定供需冲击独立，短面板中估计偏高。",
            )
        )
    return notes


def _group(setting: PowerSetting) -> list[Text]:
    place = setting.economy
    if place is None or not place.is_group:
        return []
    return [
        Text(
            f"{place.code} stands for its {len(place.members)} members of {setting.years[-1]} in every year, without trade "
            "among them.",
            f"{place.code} 在各年均按 {setting.years[-1]} 年的 {len(place.members)} 个成员计，不含成员间贸易。",
        )
    ]


def _value_added(traders: Traders) -> list[Text]:
    if "value_added_share" not in traders.frame.columns:
        return []
    bare = traders.frame.filter(pl.col("value_added_share").is_null() & (pl.col("exports_priced_usd") > 0)).height
    return [
        Text(
            f"Export shares count domestic value added; {bare} entries without a share in the table count in full.",
            f"出口份额按国内增加值计；表中无比例的 {bare} 条按全额计。",
        )
    ]


def _set(setting: PowerSetting) -> list[Text]:
    if setting.good is not None:
        return []
    held = len(setting.world.goods(setting.data).at_level(setting.level))
    return [
        Text(
            f"Totals are over the {held} products of data set {setting.data!r} only.",
            f"合计仅涵盖数据集 {setting.data!r} 的 {held} 个产品。",
        )
    ]
