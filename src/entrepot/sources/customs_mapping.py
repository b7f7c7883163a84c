"""How the columns of somebody's customs file become those of `firm_flows`: a small TOML file, parsed and nothing else.

name_en = "Our customs"                 # name_zh likewise
[columns]                               # canonical column (or `name`, the firm's name) → column of the file, or a list
firm = ["party_id", "企业编码"]          # of which the first that is there is taken
[parts]                                 # characters of another column, counted from 1
region = { of = "firm", first = 1, last = 2 }
[words.owner]                           # codes of the file → words; `other` is for every other code
1 = "state"
[constants]                             # columns that the file does not have
flow = "export"
[checks]
firm_length = 10
product_digits = 8
pad_product = false                     # put back leading zeros (of a file that held codes as numbers)
[product]
level = 4                               # digits kept, after the carrying to another vintage
vintage = "HS96"                        # from the vintage in force in the row's year, through the concordance
[filters]                               # rows kept; each says what it dropped
flow = ["export"]
regime = ["ordinary"]
not_named = ["trading"]                 # firms whose name holds one of these are dropped
chapters = ["16-24", "28-96"]
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text
from entrepot.sources.trade_years import HS_SINCE
from entrepot.tables.firm_flows import SCHEMA

READY = ("china",)
NAME = "name"  # of the firm: for filters only, never kept
MAX_BYTES = 1 << 20
SECTIONS: dict[str, tuple[str, ...] | None] = {
    "columns": (*SCHEMA, NAME),
    "parts": tuple(SCHEMA),
    "words": ("flow", "owner", "regime"),
    "constants": tuple(SCHEMA),
    "checks": ("firm_length", "product_digits", "pad_product"),
    "product": ("level", "vintage"),
    "filters": ("flow", "regime", "not_named", "chapters"),
}


@dataclass(frozen=True)
class CustomsMapping:
    """A mapping as read; see the head of this module for what each part says.

    Parameters
    ----------
    parts : column → (column it is cut from, first, last character counted from 1).
    chapters : HS chapters kept, of two digits; empty for all.
    """

    name: Text
    columns: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    words: Mapping[str, dict[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    firm_length: int | None = None
    product_digits: int | None = None
    pad_product: bool = False
    level: int | None = None
    vintage: str | None = None
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_named: tuple[str, ...] = ()
    chapters: frozenset[str] = field(default=frozenset())


CANONICAL = CustomsMapping(Text("canonical columns", "标准列"), MappingProxyType({name: (name,) for name in SCHEMA}))


def read_mapping(given: str | Path | None) -> CustomsMapping:
    """The mapping of that name ("china"), or in that file; None stands for canonical columns.

    Raises
    ------
    InputError
        ``no_mapping``, ``bad_mapping``: what is wrong where, and what is valid.

    Examples
    --------
    >>> read_mapping("china").parts["owner"]
    ('firm', 6, 6)
    """
    if given is None:
        return CANONICAL
    if str(given) in READY:
        text = resources.files("entrepot.sources").joinpath(f"customs_{given}.toml").read_text(encoding="utf-8")
        return parse_mapping(text)
    path = Path(given)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _bad(Text(f"{path.name} is too large", f"{path.name} 过大"))
        return parse_mapping(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "no_mapping",
            Text(
                f"There is no mapping {str(given)!r} that can be read. Ready ones: {', '.join(READY)}; or name a TOML file.",
                f"无法读取映射 {str(given)!r}。内置映射：{'、'.join(READY)}；或指定 TOML 文件。",
            ),
            field="mapping",
            valid=READY,
            nearest=nearest_of(str(given), READY),
        ) from error


def parse_mapping(text: str) -> CustomsMapping:
    """A mapping from its TOML text; see `read_mapping` for the errors."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(Text(f"it is not TOML ({error})", f"不是有效的 TOML（{error}）")) from error
    _known("", set(said) - {"name_en", "name_zh"}, tuple(SECTIONS))
    for section, valid in SECTIONS.items():
        held = said.get(section, {})
        if not isinstance(held, dict):
            raise _bad(Text(f"[{section}] is no section", f"[{section}] 不是小节"))
        _known(f"{section}.", set(held), valid or ())
    checks, product, filters = said.get("checks", {}), said.get("product", {}), said.get("filters", {})
    vintage = product.get("vintage")
    vintages = [name for _, name in HS_SINCE]
    if vintage is not None and vintage not in vintages:
        raise _bad(Text(f"product.vintage is {vintage!r}", f"product.vintage 为 {vintage!r}"), vintages)
    name_en = str(said.get("name_en", "customs file"))
    return CustomsMapping(
        name=Text(name_en, str(said.get("name_zh", name_en))),
        columns=MappingProxyType({k: _words(f"columns.{k}", v) for k, v in said.get("columns", {}).items()}),
        parts=MappingProxyType({k: _part(k, v) for k, v in said.get("parts", {}).items()}),
        words=MappingProxyType({k: _codes(k, v) for k, v in said.get("words", {}).items()}),
        constants=MappingProxyType({k: str(v) for k, v in said.get("constants", {}).items()}),
        firm_length=_whole("checks.firm_length", checks.get("firm_length")),
        product_digits=_whole("checks.product_digits", checks.get("product_digits")),
        pad_product=checks.get("pad_product", False) is True,
        level=_whole("product.level", product.get("level")),
        vintage=vintage,
        keep=MappingProxyType({k: _words(f"filters.{k}", filters[k]) for k in ("flow", "regime") if k in filters}),
        not_named=_words("filters.not_named", filters.get("not_named", [])),
        chapters=_chapters(_words("filters.chapters", filters.get("chapters", []))),
    )


def _known(where: str, given: set[str], valid: tuple[str, ...]) -> None:
    for name in sorted(given - set(valid)):
        raise _bad(Text(f"{where}{name} is not known", f"{where}{name} 未知"), valid, nearest_of(name, valid))


def _words(where: str, given: object) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(word, str) and word for word in listed):
        raise _bad(Text(f"{where} is neither a text nor a list of texts", f"{where} 不是文本或文本列表"))
    return tuple(listed)


def _part(column: str, given: object) -> tuple[str, int, int]:
    where = f"parts.{column}"
    if not isinstance(given, dict) or set(given) != {"of", "first", "last"} or not isinstance(given["of"], str):
        raise _bad(Text(f"{where} needs of, first and last", f"{where} 需要 of、first 和 last"))
    first, last = _whole(f"{where}.first", given["first"]), _whole(f"{where}.last", given["last"])
    if first is None or last is None or first > last:
        raise _bad(Text(f"{where} ends before it begins", f"{where} 的起止颠倒"))
    return given["of"], first, last


def _codes(column: str, given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(word, str) for word in given.values()):
        raise _bad(Text(f"words.{column} is no list of code and word", f"words.{column} 不是编码与词的对照"))
    return {str(code): word for code, word in given.items()}


def _whole(where: str, given: object) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given > 0):
        return given
    raise _bad(Text(f"{where} is {given!r}, no whole number above 0", f"{where} 为 {given!r}，应为正整数"))


def _chapters(given: tuple[str, ...]) -> frozenset[str]:
    kept: set[str] = set()
    for words in given:
        found = re.fullmatch(r"(\d\d)(?:-(\d\d))?", words)
        if found is None:
            raise _bad(Text(f"filters.chapters holds {words!r}", f"filters.chapters 含 {words!r}"), ("28-96", "16"))
        kept |= {f"{chapter:02d}" for chapter in range(int(found[1]), int(found[2] or found[1]) + 1)}
    return frozenset(kept)


def _bad(problem: Text, valid: tuple[str, ...] | list[str] = (), nearest: str | None = None) -> InputError:
    listed = Text(f" Valid: {', '.join(valid)}.", f"可用：{'、'.join(valid)}。") if valid else Text("", "")
    return InputError(
        "bad_mapping",
        Text(f"The mapping cannot be used: {problem.en}.{listed.en}", f"映射无法使用：{problem.zh}。{listed.zh}"),
        field="mapping",
        valid=valid,
        nearest=nearest,
    )
