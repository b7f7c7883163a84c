"""What a reader must know of an answer: what is missing, assumed, dropped, incomplete or out of date."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from entrepot.analyses.asking import trade_of
from entrepot.analyses.candidates import wants_no_agreement
from entrepot.analyses.choices import called, counted
from entrepot.analyses.columns import COLUMN_ORDER, column, weightable
from entrepot.analyses.directory import Good
from entrepot.analyses.mirrors import mirror_notes, silent_notes
from entrepot.analyses.options import Options
from entrepot.analyses.passages import note_of
from entrepot.analyses.rows import Rows, Setting
from entrepot.core.text import Text
from entrepot.formulas.compute import indicators

AMOUNTS = Text(
    "Amounts of potential are for comparing markets, not forecasts (the source says so itself).",
    "潜力金额用于市场间的比较，并非预测（原文亦如此说明）。",
)
PREFERENCES = Text(
    "Where a preference covers only some tariff lines of an HS6, the others bear the MFN mean of the HS6; schedules do not "
    "say which lines, so that several preferences are taken to cover the same ones.",
    "优惠税率只涵盖某 HS6 的部分税目时，其余税目按该 HS6 的最惠国平均税率计；税则未说明是哪些税目，多项优惠视为涵盖相同税目。",
)

# More products than this are not compared side by side: the sentence would say little, and cost a second.
MOST_COMPARED = 25


def notes_of(setting: Setting, rows: Rows, goods: Sequence[Good], windows: Sequence[int]) -> list[Text]:
    """The notes of an answer, in order of importance.

    Parameters
    ----------
    windows : the other windows with which the rank range was made.
    """
    options = setting.options
    notes = [
        AMOUNTS,
        *_not_loaded(rows, options),
        *incomplete_codes(goods),
        *_duties(setting, rows, goods),
        *_basis(options),
        *_passages(setting, rows),
        *_years(setting),
        *_steadiness(options, windows),
    ]
    return [
        *notes,
        *_flat(rows, options),
        *_thin(rows, options),
        *_silent(setting, goods),
        *_reporting(rows),
        *_prices(rows),
        *_gdp(rows),
        *_conditions(rows, setting),
        *_trust(setting, goods),
        *_groups(setting),
    ]


def notes_on_cells(setting: Setting, rows: Rows, goods: Sequence[Good]) -> list[Text]:
    """The notes of rows that are not ranked, of any number of exporters."""
    options = setting.options
    return [
        AMOUNTS,
        *_not_loaded(rows, replace(options, weights=None)),
        *incomplete_codes(goods),
        *_duties(setting, rows, goods),
        *_years(setting),
        *silent_notes(setting.world, setting.data, setting.year, (), setting.roster.codes),
        *_reporting(rows),
        *_prices(rows),
        *_gdp(rows),
        *_conditions(rows, setting),
    ]


def notes_on_trade(setting: Setting, goods: Sequence[Good]) -> list[Text]:
    """The notes that hold for any answer on these products: codes and years that are not whole."""
    return [*incomplete_codes(goods), *_years(setting)]


def _not_loaded(rows: Rows, options: Options) -> list[Text]:
    """Columns without a value in any row: those read from tables that are not there, and those that follow from them."""
    empty = [c for c in weightable() if c not in rows.values or not np.isfinite(rows.values[c]).any()]
    read = [c for c in empty if indicators()[c].reference]
    derived = [c for c in empty if c not in read]
    weighted = [c for c in empty if options.chosen_weights.get(c, 0) > 0]
    notes = []
    if read:
        said = called(read)
        notes.append(Text(f"Not loaded, so empty: {said.en}.", f"未载入数据，故为空：{said.zh}。"))
    if derived:
        said = called(derived)
        notes.append(Text(f"Without a value in any row: {said.en}.", f"所有行均无数值：{said.zh}。"))
    if "tariff" in read:
        notes.append(
            Text(
                "Tariffs are not loaded: the tariff advantage is 1 for every supplier inside the gravity share.",
                "未载入关税：引力份额中各供应方的比较关税优势均按1计。",
            )
        )
    if weighted:
        said, share = called(weighted), column("weight_present").name
        notes.append(
            Text(
                f"Weighted but without a value: {said.en}; the score rests on the other weights (see {share.en}).",
                f"有权重但无数值：{said.zh}；得分只依据其余权重（见“{share.zh}”）。",
            )
        )
    return notes


def _duties(setting: Setting, rows: Rows, goods: Sequence[Good]) -> list[Text]:
    """Schedules that could not be carried to the data set's vintage, and lines whose duty is not ad valorem."""
    loaded = [duties for good in goods[:1] if (duties := setting.duties(good.code)) is not None]
    if not loaded:
        return []
    notes = []
    own = setting.world.snapshot.dataset(setting.data).info.classification
    if loaded[0].unconverted:
        listed = ", ".join(loaded[0].unconverted)
        notes.append(
            Text(
                f"Tariff schedules in {listed} are left out: no concordance to {own} is loaded.",
                f"未载入与 {own} 的对照表，{listed} 版本的税则未采用。",
            )
        )
    specific = int(np.nansum(rows.values["tariff_lines_left_out"]))
    if specific:
        notes.append(
            Text(
                f"{specific} tariff lines with specific duties and no ad-valorem equivalent are left out of the averages.",
                f"{specific} 个从量税且无从价等值的税目未计入平均。",
            )
        )
    lines = np.array(["line" in basis for basis in rows.texts["tariff_basis"]], dtype=bool)
    if np.isfinite(rows.values["tariff_preferential"][lines]).any():
        notes.append(PREFERENCES)
    if "country" in rows.texts["tariff_basis"]:
        count = int((rows.texts["tariff_basis"] == "country").sum())
        notes.append(
            Text(
                f"{count} rows have no schedule of the product, only the average of all products of the market.",
                f"{count} 行没有该产品的税则，仅为该市场全部产品的平均关税。",
            )
        )
    return notes


def incomplete_codes(goods: Sequence[Good]) -> list[Text]:
    """That products are made of fewer codes than the classification has; of a total, of how many it is."""
    if any(good.level == 0 for good in goods):
        return [
            Text(
                f"Total trade is that of the {goods[0].present} products of this data set, whatever else is traded.",
                f"总贸易仅为本数据集 {goods[0].present} 个产品之和，不含其他产品。",
            )
        ]
    partial = [good for good in goods if not good.complete]
    if not partial:
        return []
    shown = ", ".join(f"{good.code} ({good.present}/{good.total})" for good in partial[:8])
    zh = "、".join(f"{good.code}（{good.present}/{good.total}）" for good in partial[:8])
    more = len(partial) - 8
    return [
        Text(
            f"HS4 built from an incomplete set of HS6 codes (at hand/in the classification): {shown}"
            f"{f' and {more} more' if more > 0 else ''}.",
            f"HS4 由不完整的 HS6 汇总（现有/应有）：{zh}{f'等，另有 {more} 项' if more > 0 else ''}。",
        )
    ]


def _basis(options: Options) -> list[Text]:
    if options.basis == "world":
        return [
            Text(
                "The gravity share weights each supplier's sales to the world; growth is that of the market's imports.",
                "引力份额以各供应方对全球的出口额为权重；增长为市场进口的增长。",
            )
        ]
    return [
        Text(
            "The gravity share weights the flow between the two, as printed: a market where the exporter sells nothing has no "
            "potential; weighted by sales to the world (basis world), the untapped ones show.",
            "引力份额以双边流量为权重（原文公式）：尚无出口的市场潜力为0；改以对全球出口额为权重（basis 取 world）可显示未开发市场。",
        )
    ]


def _passages(setting: Setting, rows: Rows) -> list[Text]:
    without, roster = setting.options.without, setting.roster
    if without is None:
        return []
    usual = roster.mean_pairs(setting.world.distance("sea"))[setting.exporter_code]
    there = [roster.index[market] for market in rows.markets]
    return [note_of(without, rows.values["distance_km"], usual[there])]


def _years(setting: Setting) -> list[Text]:
    held = setting.world.snapshot.dataset(setting.data).years
    window = range(setting.year - setting.options.window + 1, setting.year + 1)
    there = [t for t in window if t in held]
    notes = []
    if len(there) < 2:
        notes.append(
            Text(
                f"The data set has {len(there)} year of the window: growth and the dynamic potential are empty.",
                f"窗口内仅有 {len(there)} 年数据：增长与动态潜力为空。",
            )
        )
    elif len(there) < len(window):
        notes.append(
            Text(
                f"The data set has {len(there)} of the {len(window)} years of the window ({there[0]}–{there[-1]}).",
                f"窗口 {len(window)} 年中数据集仅有 {len(there)} 年（{there[0]}–{there[-1]}）。",
            )
        )
    return notes


def _steadiness(options: Options, windows: Sequence[int]) -> list[Text]:
    swings = options.rank_by == "score" and any(options.chosen_weights.values())
    en = ["each weight ±25 % in turn"] if swings else []
    zh = ["各权重依次±25%"] if swings else []
    if windows:
        years = ", ".join(map(str, windows))
        en, zh = [*en, f"windows of {years} years instead"], [*zh, f"窗口改为 {years.replace(', ', '、')} 年"]
    if not en:
        return [Text("Rank range: nothing moves this ranking.", "名次区间：没有可使该排名变动的因素。")]
    return [Text(f"Rank range: {'; '.join(en)}.", f"名次区间：{'；'.join(zh)}。")]


def _silent(setting: Setting, goods: Sequence[Good]) -> list[Text]:
    """Who is no market because the data set has no imports of it; named where few products are asked for."""
    few = [good for good in goods if good.level] if len(goods) <= MOST_COMPARED else []
    trades = (trade_of(setting, good) for good in few)
    return silent_notes(setting.world, setting.data, setting.year, trades, setting.roster.codes)


def _reporting(rows: Rows) -> list[Text]:
    unreported = int(np.isnan(rows.values["value_usd"]).sum())
    if not unreported:
        return []
    return [
        Text(
            f"{unreported} of {len(rows.markets)} rows: nothing reported in the year, so their flow is empty, not 0.",
            f"{len(rows.markets)} 行中有 {unreported} 行当年无申报，流量为空而非0。",
        )
    ]


def _flat(rows: Rows, options: Options) -> list[Text]:
    """Weighted columns that are the same wherever they are known: they tell rows apart only by being known."""
    used = {c: rows.values[c] for c, w in options.chosen_weights.items() if w > 0}
    known = {c: x[np.isfinite(x)] for c, x in used.items()}
    flat = [c for c, x in known.items() if 0 < len(x) < len(rows.markets) and x.min() == x.max()]
    if not flat:
        return []
    names = called(flat)
    return [
        Text(
            f"The same value in every row that has one: {names.en}. It adds the middle of the scale there, and nothing where it "
            "is empty, so it hardly ranks; give it weight 0 to leave it out.",
            f"凡有值的行取值均相同：{names.zh}。有值处得标准化的中值，空值处不计，几乎不影响区分；可将其权重设为0。",
        )
    ]


def _thin(rows: Rows, options: Options) -> list[Text]:
    """Rows whose score rests on few of the parameters that others have."""
    weights = {c: w for c, w in options.chosen_weights.items() if w > 0}
    present = sum((w * np.isfinite(rows.values[c]) for c, w in weights.items()), np.zeros(len(rows.markets)))
    thin = int((present < 0.5 * present.max()).sum())
    if not thin:
        return []
    share = column("weight_present").name
    return [
        Text(
            f"{thin} of {len(rows.markets)} rows have a value for less than half of the weights that the fullest row has; "
            f"their rank says little (compare {share.en}).",
            f"{len(rows.markets)} 行中有 {thin} 行的有效权重不到最完整一行的一半，其名次参考意义有限（见“{share.zh}”）。",
        )
    ]


def _prices(rows: Rows) -> list[Text]:
    served = rows.values["served"] > 0
    bare = int((served & np.isnan(rows.values["price_usd_t"])).sum())
    if not bare:
        return []
    return [
        Text(
            f"{bare} of {int(served.sum())} served rows have no unit value (quantity missing for over half of the value).",
            f"{int(served.sum())} 个已进入的行中有 {bare} 个无单价（超过一半金额缺数量）。",
        )
    ]


def _gdp(rows: Rows) -> list[Text]:
    if not np.isfinite(rows.values["sd"]).any():
        return [
            Text(
                "Supply-demand match: no GDP of the window is loaded for both sides; a later year is never taken.",
                "供需匹配度：窗口内没有双方的GDP数据；不使用更晚年份的数据。",
            )
        ]
    told = np.isfinite(rows.values["sd"])
    real = int(np.array(["real growth" in text for text in rows.texts["gdp_basis"]])[told].sum())
    if not real:
        return []
    where = called(("gdp_basis", "sd_years"))
    return [
        Text(
            f"Supply-demand match: in {real} of {told.sum()} rows one year of current GDP is at hand on a side; its growth is "
            f"that of real GDP (see {where.en}).",
            f"供需匹配度：{told.sum()} 行中有 {real} 行的一方仅有一个年份的现价GDP，增长取自实际GDP（见{where.zh}）。",
        )
    ]


def _conditions(rows: Rows, setting: Setting) -> list[Text]:
    world, notes = setting.world, []
    loaded = [name for name in COLUMN_ORDER if name in rows.origin_year and name in world.conditions_loaded]
    behind = {
        name: int((np.isfinite(rows.values[name]) & (rows.origin_year[name] < setting.year)).sum())
        for name in ("tariff", *loaded)
        if name in rows.origin_year
    }
    old = {name: count for name, count in behind.items() if count}
    if old:
        # The components of the logistics index are of its editions: said once unless they differ.
        alike = [name for name in old if name.startswith("lpi_") and old[name] == old.get("lpi")]
        said = counted({name: count for name, count in old.items() if name not in alike})
        if alike:
            said = Text(f"{said.en} (each component too)", f"{said.zh}（各分项相同）")
        notes.append(
            Text(
                f"Rows whose value is older than {setting.year}: {said.en}; each tells its year.",
                f"数据早于 {setting.year} 年的行数：{said.zh}；各值均注明年份。",
            )
        )
    remarked = [name for name in loaded if any(world.condition(name, setting.year).note)]
    if remarked:
        about = world.snapshot.reference_entry("conditions").note
        names = called(remarked)
        notes.append(
            Text(
                f"Remarks stand with the source of some values of {names.en}. {about.en}",
                f"{names.zh}的个别数值在来源处附有说明。{about.zh}",
            )
        )
    if not world.agreements_complete:
        notes.append(
            Text(
                "An agreement is there or not known, never denied: the list of agreements is not complete.",
                "自贸协定只标“有”或留空，不标“无”：协定清单并不完整。",
            )
        )
        if wants_no_agreement(setting.options.among):
            notes.append(
                Text(
                    "Markets without an agreement: all without a known one are kept, since the list is not complete.",
                    "协定清单并不完整：“无协定”的市场包括所有未知有协定的市场。",
                )
            )
    return notes


def _trust(setting: Setting, goods: Sequence[Good]) -> list[Text]:
    """How well the data set was carried over from another classification, and how far both sides of its flows agree."""
    world, seller = setting.world, setting.exporter
    info = world.snapshot.dataset(setting.data).info
    notes = [] if info.converted is None else [info.converted.said]
    codes = [good.code for good in goods if good.level]
    if 0 < len(codes) <= MOST_COMPARED:
        exporters = seller.members or (seller.code,)
        notes += mirror_notes(world.snapshot, setting.data, [setting.year], codes, exporters)
    return notes


def _groups(setting: Setting) -> list[Text]:
    return [
        Text(
            f"{group.code} stands for {len(group.members)} members: flows are summed without trade among them, "
            "distances and conditions are GDP-weighted means, and an agreement counts if each member has one.",
            f"{group.code} 代表 {len(group.members)} 个成员：流量合计并剔除内部贸易，距离与条件为GDP加权平均，"
            "各成员均有协定才计为有协定。",
        )
        for group in setting.roster.groups
    ]
