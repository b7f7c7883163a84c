"""What an industry is: HS sections, chapters, headings, subheadings, the two broad classes, or a table of the user's."""

from dataclasses import dataclass

import polars as pl

from entrepot.analyses.families import check_columns
from entrepot.analyses.world import World
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text

LEVELS = ("class", "section", "hs2", "hs4", "hs6")
OTHER_CLASSIFICATIONS = ("sitc1", "sitc2", "sitc3", "sitc4", "sitc5", "bec", "isic")
TABLE = "table"
TOTAL, PRIMARY, MANUFACTURED = "TOTAL", "PRIMARY", "MANUFACTURED"
CLASS_NAMES = {
    TOTAL: Text("All industries", "全部产业"),
    PRIMARY: Text("Primary products", "初级产品"),
    MANUFACTURED: Text("Manufactures", "工业制成品"),
}
# Last chapter of each section of the Harmonized System; what lies beyond (98, 99) is unclassified and left out.
SECTION_ENDS = {
    "I": 5, "II": 14, "III": 15, "IV": 24, "V": 27, "VI": 38, "VII": 40, "VIII": 43, "IX": 46, "X": 49, "XI": 63, "XII": 67,
    "XIII": 70, "XIV": 71, "XV": 83, "XVI": 85, "XVII": 89, "XVIII": 92, "XIX": 93, "XX": 96, "XXI": 97,
}  # fmt: skip
PRIMARY_SECTIONS = frozenset({"I", "II", "III", "IV", "V"})


def section_of(code: str) -> str | None:
    """HS section of a code; None where the chapter has none.

    Examples
    --------
    >>> section_of("260300"), section_of("870323"), section_of("999999")
    ('V', 'XVII', None)
    """
    chapter = int(code[:2])
    return next((section for section, end in SECTION_ENDS.items() if chapter <= end), None)


@dataclass(frozen=True)
class Industries:
    """Which product is in which industry, class, and part over which an aggregate sums.

    Parameters
    ----------
    of_product : product, industry, part, class (null where none); products without an industry are not in it.
    names : code → name.
    left_out : products without an industry.
    by, level : what was asked.
    """

    of_product: pl.DataFrame
    names: dict[str, Text]
    left_out: tuple[str, ...]
    by: str
    level: str


def industries_of(
    world: World, data: str, products: list[str], by: str, level: str | None, table: pl.DataFrame | None
) -> Industries:
    """The industries of the products of a data set.

    Parameters
    ----------
    by : one of `LEVELS`, or "table" with a table of one's own.
    level : over what an aggregate sums, at least as fine as `by`; default `by` itself.
    table : product (code or its beginning), industry [, name_en, name_zh, class].

    Raises
    ------
    InputError
        For an unknown level, a level coarser than `by`, or a table without the columns.
    """
    if table is not None:
        by = TABLE
    elif by.casefold() in OTHER_CLASSIFICATIONS or by == TABLE:
        raise InputError(
            "no_industry_table",
            Text(
                f"by={by} needs a table from HS codes to its industries: pass industries with the columns product and "
                f"industry. Without one: {', '.join(LEVELS)}.",
                f"by={by} 需要 HS 到该分类的对应表：请以 industries 提供 product 与 industry 两列。无表可用：{'、'.join(LEVELS)}。",
            ),
            field="by",
            valid=LEVELS,
        )
    check_choice("by", by, (*LEVELS, TABLE))
    level = by if level is None else level
    check_choice("level", level, (*LEVELS, *([TABLE] if by == TABLE else [])))
    if by != TABLE and LEVELS.index(level) < LEVELS.index(by):
        raise InputError(
            "coarse_level",
            Text(
                f"level={level} is coarser than by={by}; an aggregate sums over something at least as fine.",
                f"level={level} 比 by={by} 更粗；汇总所用级别须不粗于 by。",
            ),
            field="level",
            valid=LEVELS[LEVELS.index(by) :],
        )
    own = _user_table(table, products) if table is not None else None
    rows, left_out = [], []
    for product in products:
        section = section_of(product)
        codes = {
            "class": None if section is None else PRIMARY if section in PRIMARY_SECTIONS else MANUFACTURED,
            "section": section,
            **{f"hs{digits}": product[:digits] if section else None for digits in (2, 4, 6)},
        }
        broad = codes["class"]
        if own is not None:
            codes[TABLE], broad = own.get(product, (None, None))
        industry, part = codes[by], codes[level]
        if industry is None or part is None:
            left_out.append(product)
            continue
        # An industry of a table may cut across HS codes, so a part is told by both.
        rows.append((product, industry, f"{industry}|{part}", broad if by != "class" else None))
    schema = dict.fromkeys(("product", "industry", "part", "class"), pl.String)
    names = _names(world, data, table)
    return Industries(pl.DataFrame(rows, schema=schema, orient="row"), names, tuple(left_out), by, level)


def _user_table(table: pl.DataFrame, products: list[str]) -> dict[str, tuple[str | None, str | None]]:
    check_columns("industries", table, ["product", "industry"])
    broad = table["class"].to_list() if "class" in table.columns else [None] * table.height
    told = dict(
        zip(table["product"].cast(pl.String), zip(table["industry"].cast(pl.String), broad, strict=True), strict=True)
    )
    found: dict[str, tuple[str | None, str | None]] = {}
    for product in products:
        beginnings = (product[:digits] for digits in range(len(product), 0, -1))
        hit = next((code for code in beginnings if code in told), None)
        if hit is not None:
            found[product] = told[hit]
    return found


def _names(world: World, data: str, table: pl.DataFrame | None) -> dict[str, Text]:
    names = {code: good.name for code, good in world.goods(data).by_code.items()}
    names |= {section: Text(f"HS section {section}", f"HS 第{section}类") for section in SECTION_ENDS}
    names |= CLASS_NAMES
    if table is not None and "name_en" in table.columns:
        zh = table["name_zh"] if "name_zh" in table.columns else table["name_en"]
        told = zip(table["industry"].cast(pl.String), table["name_en"], zh, strict=True)
        names |= {code: Text(en or code, zh or en or code) for code, en, zh in told}
    return names
