"""From HS codes to another classification, through the store's tables of concordance."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.errors import InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.analyses.world import World

REVISION = 3  # of the SITC, where none is named: the one of the book of 2015
_SITC = re.compile(r"sitc([1-5])(?:r([1-4]))?")
SITC_SECTIONS = {
    "0": Text("Food and live animals", "食品及主要供食用的活动物"),
    "1": Text("Beverages and tobacco", "饮料及烟类"),
    "2": Text("Crude materials, inedible", "非食用原料"),
    "3": Text("Mineral fuels and lubricants", "矿物燃料、润滑油及有关原料"),
    "4": Text("Animal and vegetable oils and waxes", "动、植物油脂及蜡"),
    "5": Text("Chemicals and related products", "化学品及有关产品"),
    "6": Text("Manufactured goods by material", "轻纺产品、橡胶制品、矿冶产品及其制品"),
    "7": Text("Machinery and transport equipment", "机械及运输设备"),
    "8": Text("Miscellaneous manufactured articles", "杂项制品"),
    "9": Text("Not classified elsewhere", "未分类商品"),
}


@dataclass(frozen=True)
class Correspondence:
    """Which code of another classification each product has.

    Parameters
    ----------
    to : the classification, such as "SITC3".
    code_of : product → code, cut to the digits asked for; products without one are not in it.
    several : products that correspond to more than one such code, of which the tables convert to none, or to more than one;
        they go to the likeliest one.
    names : code → name.
    """

    to: str
    code_of: dict[str, str]
    several: tuple[str, ...]
    names: dict[str, Text]


def classification_of(by: str) -> tuple[str, int] | None:
    """The classification and number of digits that a word of `by` means; None if it means none.

    Examples
    --------
    >>> classification_of("sitc3"), classification_of("sitc1r2"), classification_of("bec"), classification_of("hs4")
    (('SITC3', 3), ('SITC2', 1), ('BEC4', 3), None)
    """
    if by == "bec":
        return "BEC4", 3
    found = _SITC.fullmatch(by)
    return (f"SITC{found[2] or REVISION}", int(found[1])) if found else None


def correspondence(world: "World", data: str, products: list[str], by: str) -> Correspondence:
    """The codes of the products in the classification that `by` names.

    A product that the tables of the United Nations set against several codes goes to the one that they themselves convert to,
    else to the one with most correspondences below it, else to the first.

    Raises
    ------
    InputError
        ``concordance_not_loaded`` if the store has no way from the data set's classification there.
    """
    to, digits = classification_of(by) or ("", 0)
    own = world.snapshot.dataset(data).info.classification
    table = pl.DataFrame()
    if world.snapshot.has_reference("concordances"):
        ways = (pl.col("from_classification") == own) & (pl.col("to_classification") == to)
        table = world.snapshot.reference("concordances").filter(ways)
    if not table.height:
        raise _not_loaded(own, to, by)
    pieces = []
    for length in sorted({len(product) for product in products}):
        wanted = [product for product in products if len(product) == length]
        here = table.select(
            pl.col("from_code").str.slice(0, length).alias("product"),
            pl.col("to_code").str.slice(0, digits).alias("code"),
            pl.col("chosen").fill_null(value=False),
        )
        pieces.append(here.filter(pl.col("product").is_in(wanted)))
    counted = pl.concat(pieces).group_by("product", "code").agg(pl.col("chosen").sum(), pl.len().alias("ways"))
    best = counted.sort("product", -pl.col("chosen").cast(pl.Int64), -pl.col("ways").cast(pl.Int64), "code")
    first = best.group_by("product", maintain_order=True).agg(
        pl.col("code").first(), pl.len(), (pl.col("chosen") > 0).sum()
    )
    several = first.filter((pl.col("len") > 1) & (pl.col("chosen") != 1))["product"].sort()
    code_of = dict(first.select("product", "code").iter_rows())
    return Correspondence(to, code_of, tuple(several), _names(world, to, set(code_of.values())))


def broad_class(to: str, code: str) -> str | None:
    """PRIMARY for sections 0–4 of the SITC, MANUFACTURED for 5–8; None for 9 and other classifications."""
    if not to.startswith("SITC"):
        return None
    return "PRIMARY" if code[0] in "01234" else "MANUFACTURED" if code[0] in "5678" else None


def _names(world: "World", to: str, codes: set[str]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    if world.snapshot.has_reference("product_facts"):
        facts = world.snapshot.reference("product_facts").filter(
            (pl.col("classification") == to) & (pl.col("fact") == "name_en") & pl.col("code").is_in(codes)
        )
        found = {code: Text(word, word) for code, word in facts.select("code", "word").iter_rows()}
    if to.startswith("SITC"):
        found |= {code: name for code, name in SITC_SECTIONS.items() if code in codes}
    return found


def _not_loaded(own: str, to: str, by: str) -> InputError:
    return InputError(
        "concordance_not_loaded",
        Text(
            f"by={by} needs the way from {own} to {to}, which the store does not have. Load the correlation tables of the "
            "United Nations with `entrepot data add HS2022toHS…_SITC….xlsx`, or give a table of your own in industries.",
            f"by={by} 需要 {own} 到 {to} 的对应关系，数据仓库中没有。请用 `entrepot data add` 载入联合国对应表"
            "（HS-SITC/BEC），或以 industries 提供自己的对应表。",
        ),
        field="by",
    )
