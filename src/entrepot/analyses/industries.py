"""What an industry is: a level of the HS, of the SITC or BEC, the two broad classes, or a table of the user's."""

from dataclasses import dataclass

import polars as pl

from entrepot.analyses.correspondence import Correspondence, broad_class, classification_of, correspondence
from entrepot.analyses.families import check_columns
from entrepot.analyses.hs_sections import PRIMARY_SECTIONS, SECTION_NAMES
from entrepot.analyses.world import World
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import Text
from entrepot.tables.hs_sections import section_of

LEVELS = ("class", "section", "hs2", "hs4", "hs6")
OTHERS = (*(f"sitc{digits}" for digits in range(1, 6)), "bec")
TABLE = "table"
TOTAL, PRIMARY, MANUFACTURED = "TOTAL", "PRIMARY", "MANUFACTURED"
CLASS_NAMES = {
    TOTAL: Text("All industries", "全部产业"),
    PRIMARY: Text("Primary products", "初级产品"),
    MANUFACTURED: Text("Manufactures", "工业制成品"),
}


def _section(code: str) -> str | None:
    """HS section of a code; None for chapters 98 and 99, which no convention classes."""
    found = section_of(code)
    return found if found in SECTION_NAMES else None


def class_of(by: str, code: str) -> str | None:
    """The broad class of a whole industry of a level; None where it has none.

    Examples
    --------
    >>> class_of("section", "V"), class_of("hs4", "2603"), class_of("sitc1", "7"), class_of("bec", "21")
    ('PRIMARY', 'PRIMARY', 'MANUFACTURED', None)
    """
    other = classification_of(by)
    if other is not None:
        return broad_class(other[0], code)
    section = code if by == "section" else _section(code) if by.startswith("hs") else None
    if section not in SECTION_NAMES:
        return None
    return PRIMARY if section in PRIMARY_SECTIONS else MANUFACTURED


@dataclass(frozen=True)
class Industries:
    """Which product is in which industry, class, and part over which an aggregate sums.

    Parameters
    ----------
    of_product : product, industry, part, class (null where none); products without an industry are not in it.
    names : code → name.
    left_out : products without an industry.
    by, level : what was asked.
    several : products that correspond to several industries of another classification and went to the likeliest.
    """

    of_product: pl.DataFrame
    names: dict[str, Text]
    left_out: tuple[str, ...]
    by: str
    level: str
    several: tuple[str, ...] = ()


def industries_of(
    world: World, data: str, products: list[str], by: str, level: str | None, table: pl.DataFrame | None
) -> Industries:
    """The industries of the products of a data set.

    Parameters
    ----------
    by : one of `LEVELS`; "sitc1" to "sitc5" (digits, of revision 3; "sitc3r2" is of revision 2); "bec"; or "table" with a
        table of one's own.
    level : over what an aggregate sums, at least as fine as `by`; default `by` itself.
    table : product (code or its beginning), industry [, name_en, name_zh, class].

    Raises
    ------
    InputError
        For an unknown level, a level coarser than `by`, a table without the columns, or a classification that the store
        knows no way to.
    """
    by = TABLE if table is not None else by.casefold()
    if by == TABLE and table is None:
        raise _no_table()
    other = classification_of(by)
    if other is None:
        check_choice("by", by, (*LEVELS, *OTHERS, TABLE))
    level = _checked_level(by, None if level is None else level.casefold())
    found = {word: correspondence(world, data, products, word) for word in {by, level} if classification_of(word)}
    own = _user_table(table, products) if table is not None else None
    rows, left_out = [], []
    for product in products:
        codes = _hs_codes(product) | {word: told.code_of.get(product) for word, told in found.items()}
        broad = codes["class"]
        if own is not None:
            codes[TABLE], broad = own.get(product, (None, None))
        elif other is not None and other[0].startswith("SITC"):
            code = codes[by]
            broad = broad_class(other[0], code) if code else None
        industry, part = codes[by], codes[level]
        if industry is None or part is None:
            left_out.append(product)
            continue
        # An industry of a table may cut across HS codes, so a part is told by both.
        rows.append((product, industry, f"{industry}|{part}", broad if by != "class" else None))
    schema = dict.fromkeys(("product", "industry", "part", "class"), pl.String)
    several = found[by].several if by in found else ()
    names = _names(world, data, table, found.get(by))
    return Industries(pl.DataFrame(rows, schema=schema, orient="row"), names, tuple(left_out), by, level, several)


def _checked_level(by: str, level: str | None) -> str:
    """The level over which an aggregate sums; refused where it is coarser than the industries themselves."""
    level = by if level is None else level
    own, asked = classification_of(by), classification_of(level)
    finer = LEVELS[LEVELS.index(by) :] if by in LEVELS else LEVELS
    if asked is None:
        check_choice("level", level, (*LEVELS, *OTHERS, *([TABLE] if by == TABLE else [])))
        coarse = level not in finer and level != by
    else:
        coarse = own is not None and (own[0] != asked[0] or asked[1] < own[1])
    if coarse:
        raise InputError(
            "coarse_level",
            Text(
                f"level={level} is coarser than by={by}; an aggregate sums over something at least as fine.",
                f"level={level} 比 by={by} 更粗；汇总所用级别须不粗于 by。",
            ),
            field="level",
            valid=finer,
        )
    return level


def _hs_codes(product: str) -> dict[str, str | None]:
    section = _section(product)
    return {
        "class": None if section is None else PRIMARY if section in PRIMARY_SECTIONS else MANUFACTURED,
        "section": section,
        **{f"hs{digits}": product[:digits] if section else None for digits in (2, 4, 6)},
    }


def _no_table() -> InputError:
    return InputError(
        "no_industry_table",
        Text(
            f"by=table needs a table from HS codes to industries: pass industries with the columns product and industry. "
            f"Without one: {', '.join((*LEVELS, *OTHERS))}.",
            f"by=table 需要对应表：请以 industries 提供 product 与 industry 两列。无表可用：{'、'.join((*LEVELS, *OTHERS))}。",
        ),
        field="by",
        valid=(*LEVELS, *OTHERS),
    )


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


def _names(world: World, data: str, table: pl.DataFrame | None, other: Correspondence | None) -> dict[str, Text]:
    if other is not None:  # whose codes may look like codes of the HS
        return other.names | CLASS_NAMES
    names = {code: good.name for code, good in world.goods(data).by_code.items()}
    names |= SECTION_NAMES
    names |= CLASS_NAMES
    if table is not None and "name_en" in table.columns:
        zh = table["name_zh"] if "name_zh" in table.columns else table["name_en"]
        told = zip(table["industry"].cast(pl.String), table["name_en"], zh, strict=True)
        names |= {code: Text(en or code, zh or en or code) for code, en, zh in told}
    return names
