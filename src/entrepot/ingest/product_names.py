"""Names for the products of a data set: from its own release, from what the store knows, in both languages."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.provider import TableRows
from entrepot.tables.hs_sections import section_of

NOTE = Text(
    "Names of HS6 codes as their release gives them, in English only where no Chinese name of the same code is at "
    "hand; an HS4 without a name of its own is called by what the names of its HS6 codes begin with.",
    "HS6 名称取自数据发布版本；若无同一编码的中文名称，则显示英文。没有独立名称的 HS4 以其所含 HS6 名称的开头部分表示。",
)

PHRASES = 3
FIRST_PHRASE = re.compile(r"[;:,]")
NO_LETTER = re.compile(r"[\W_]+")


def product_rows(
    classification: str, release: pl.DataFrame | None, traded: Iterable[str], known: pl.DataFrame, source: str
) -> TableRows | None:
    """Rows for the codes of a data set that the table `products` lacks.

    Parameters
    ----------
    release : code and name_en of every HS6 that the release lists; null if it lists none.
    traded : codes that occur in the flows.
    known : the table `products` of the store, all classifications.
    source : name of the provider.

    Returns
    -------
    TableRows or None
        None where nothing is lacking.
    """
    listed = {} if release is None else dict(release.select("code", "name_en").iter_rows())
    have = set(known.filter(pl.col("classification") == classification)["code"])
    six = {code for code in {*listed, *traded} if len(code) == 6}
    four = {code[:4] for code in {*six, *traded}}
    lacking = sorted((six | four) - have)
    if not lacking:
        return None
    english, chinese = _names_elsewhere(known)
    below: dict[str, list[str]] = {code: [] for code in four}
    for code in sorted(six):
        below[code[:4]].append(code)
    rows = []
    for code in lacking:
        if len(code) == 6:
            name = listed.get(code) or english.get(code) or f"HS {code}"
        else:
            name = english.get(code) or common_name([listed[child] for child in below[code] if child in listed])
            name = name or f"HS {code}"
        # A six-digit code may mean another thing in another vintage: only the same English name lends its Chinese.
        same = len(code) == 4 or _alike(name, english.get(code, ""))
        rows.append(
            {
                "classification": classification,
                "code": code,
                "level": len(code),
                "parent": code[:4] if len(code) == 6 else None,
                "name_en": name,
                "name_zh": chinese[code] if same and code in chinese else name,
                "section": section_of(code),
                "hs6_total": len(below[code]) or None if len(code) == 4 else None,
                "source": source,
            }
        )
    schema = {"level": pl.Int8, "parent": pl.Utf8, "hs6_total": pl.Int16}
    return TableRows("products", pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None), note=NOTE)


def common_name(names: list[str]) -> str:
    """What the names of the products below a heading begin with: a phrase of all, or the first phrases of most of them.

    Examples
    --------
    >>> common_name(["Horses; live, pure-bred", "Horses; live, other"])
    'Horses; live'
    >>> common_name(["Sports footwear; ski-boots", "Footwear; with outer soles of rubber", "Footwear; n.e.c."])
    'Footwear / Sports footwear'
    """
    if len(set(names)) <= 1:
        return "".join(names[:1])
    pairs = zip(min(names), max(names), strict=False)
    # The first and the last in the order of the alphabet share what all of them share.
    shared = "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    cut = max(shared.rfind(mark) for mark in ";:,")
    if cut > 0:
        return shared[:cut].strip()
    firsts = Counter(FIRST_PHRASE.split(name, maxsplit=1)[0].strip() for name in names)
    most = [phrase for phrase, _ in firsts.most_common(PHRASES)]
    return " / ".join(most) + (" …" if len(firsts) > PHRASES else "")


def _names_elsewhere(known: pl.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """English and Chinese names of codes in any classification of the store."""
    rows = known.select("code", "name_en", "name_zh").rows()
    english = {code: name for code, name, _ in rows}
    chinese = {code: zh for code, en, zh in rows if zh != en}
    return english, chinese


def _alike(one: str, other: str) -> bool:
    """Whether two names say the same thing, punctuation and case aside."""
    return one == other or NO_LETTER.sub("", one.casefold()) == NO_LETTER.sub("", other.casefold())
