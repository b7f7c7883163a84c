"""What a reader must know of an answer: what is missing, assumed, dropped, incomplete or out of date."""

from collections.abc import Sequence

import numpy as np

from entrepot.analyses.columns import weightable
from entrepot.analyses.directory import Good
from entrepot.analyses.options import Options
from entrepot.analyses.rows import Rows, Setting
from entrepot.core.text import Text
from entrepot.formulas.compute import indicators

AMOUNTS = Text(
    "Amounts of potential are for comparing markets, not forecasts (the source says so itself).",
    "潜力金额用于市场间的比较，并非预测（原文亦如此说明）。",
)


def notes_of(setting: Setting, rows: Rows, goods: Sequence[Good], windows: Sequence[int]) -> list[Text]:
    """The notes of an answer, in order of importance.

    Parameters
    ----------
    windows : the other windows with which the rank range was made.
    """
    options = setting.options
    notes = [AMOUNTS, *_not_loaded(rows, options), *_incomplete(goods), *_basis(options), *_years(setting, windows)]
    return [*notes, *_reporting(rows), *_prices(rows), *_gdp(rows), *_conditions(rows, setting), *_groups(setting)]


def _not_loaded(rows: Rows, options: Options) -> list[Text]:
    """Columns without a value in any row: those read from tables that are not there, and those that follow from them."""
    empty = [c for c in weightable() if c not in rows.values or not np.isfinite(rows.values[c]).any()]
    read = [c for c in empty if indicators()[c].reference]
    derived = [c for c in empty if c not in read]
    weighted = [c for c in empty if options.chosen_weights.get(c, 0) > 0]
    notes = []
    if read:
        notes.append(Text(f"Not loaded, so null: {', '.join(read)}.", f"未载入数据，故为空：{'、'.join(read)}。"))
    if derived:
        notes.append(
            Text(f"Without a value in any row: {', '.join(derived)}.", f"所有行均无数值：{'、'.join(derived)}。")
        )
    if "tariff" in read:
        notes.append(
            Text(
                "tariffs not loaded: the tariff advantage CTA is 1 for every supplier inside the gravity share.",
                "未载入关税：引力份额中各供应方的比较关税优势 CTA 均按1计。",
            )
        )
    if weighted:
        notes.append(
            Text(
                f"Weighted but without a value: {', '.join(weighted)}; the score rests on the other weights "
                "(weight_present).",
                f"有权重但无数值：{'、'.join(weighted)}；得分只依据其余权重（见 weight_present）。",
            )
        )
    return notes


def _incomplete(goods: Sequence[Good]) -> list[Text]:
    partial = [good for good in goods if not good.complete]
    if not partial:
        return []
    shown = ", ".join(f"{good.code} ({good.present}/{good.total})" for good in partial[:8])
    more = len(partial) - 8
    return [
        Text(
            f"HS4 built from an incomplete set of HS6 codes (at hand/in the classification): {shown}"
            f"{f' and {more} more' if more > 0 else ''}.",
            f"HS4 由不完整的 HS6 汇总（现有/应有）：{shown}{f'等，另有{more}项' if more > 0 else ''}。",
        )
    ]


def _basis(options: Options) -> list[Text]:
    if options.basis == "world":
        return [
            Text(
                "basis=world: the gravity share weights each supplier's exports to the world; growth is the market's.",
                "basis=world：引力份额以各供应方对全球出口额为权重；增长为市场进口的增长。",
            )
        ]
    return [
        Text(
            "basis=bilateral (as printed): a market where the exporter sells nothing has no potential; "
            "basis=world shows the untapped ones.",
            "basis=bilateral（原文公式）：尚无出口的市场潜力为0；basis=world 可显示未开发市场。",
        )
    ]


def _years(setting: Setting, windows: Sequence[int]) -> list[Text]:
    held = setting.world.snapshot.dataset(setting.data).years
    window = range(setting.year - setting.options.window + 1, setting.year + 1)
    there = [t for t in window if t in held]
    notes = []
    if len(there) < 2:
        notes.append(
            Text(
                f"The data set has {len(there)} year of the window: growth and the dynamic potential are null.",
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
    said = ", ".join(f"{w}" for w in windows) or "–"
    notes.append(
        Text(
            f"Rank range: each weight ±25 % in turn; other windows within reach of the data: {said} years.",
            f"名次区间：各权重依次±25%；数据可及的其他窗口：{said} 年。",
        )
    )
    return notes


def _reporting(rows: Rows) -> list[Text]:
    unreported = int(np.isnan(rows.values["value_usd"]).sum())
    if not unreported:
        return []
    return [
        Text(
            f"{unreported} of {len(rows.markets)} rows: nothing reported in the year, so their flow is null, not 0.",
            f"{len(rows.markets)} 行中有 {unreported} 行当年无申报，流量为空而非0。",
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
    if not any("real growth" in text for text in rows.texts["gdp_basis"]):
        return []
    return [
        Text(
            "Supply-demand match: one year of current GDP is at hand; its growth is that of real GDP (see gdp_basis, sd_years).",
            "供需匹配度：仅有一个年份的现价GDP，增长取自实际GDP（见 gdp_basis、sd_years）。",
        )
    ]


def _conditions(rows: Rows, setting: Setting) -> list[Text]:
    world, notes = setting.world, []
    for column in sorted(set(rows.origin_year) & world.conditions_loaded):
        years = rows.origin_year[column]
        label = indicators()[column].name
        behind = int((years < setting.year).sum())
        if behind:
            notes.append(
                Text(
                    f"{label.en}: {behind} rows have a value older than {setting.year} (see {column}_year).",
                    f"{label.zh}：{behind} 行的数据早于 {setting.year} 年（见 {column}_year）。",
                )
            )
        if any(world.condition(column, setting.year).note):
            said = world.snapshot.reference_entry("conditions").note
            notes.append(Text(f"{label.en}: {said.en}", f"{label.zh}：{said.zh}"))
    if not world.agreements_complete:
        notes.append(
            Text(
                "fta is 1 or null, never 0: the list of agreements is not complete.",
                "fta 只取1或空，不取0：协定清单并不完整。",
            )
        )
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
