"""Finding what a user means: economies, groups and products by code, name or words in either language."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl
from rapidfuzz import fuzz, process

from entrepot.analyses.group_words import GROUP_WORDS
from entrepot.analyses.pinyin import spellings
from entrepot.analyses.product_words import spelt_words
from entrepot.core.errors import InputError
from entrepot.core.text import Text

SHOWN = 12  # candidates named in a message
TOTAL = "TOTAL"  # the product code of total trade T_ij


@dataclass(frozen=True, slots=True)
class Place:
    """An economy, or a group of economies that stands as one."""

    code: str
    name: Text
    members: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether several economies stand behind it."""
        return bool(self.members)


def fold(text: str) -> str:
    """Text without case, accents, full stops or spare blanks, so that "Côte d’Ivoire" meets "cote d'ivoire"."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter != ".")
    return " ".join(kept.replace(",", " ").replace("-", " ").split())


class Places:
    """The economies and groups of a store, found by any of their names and codes."""

    def __init__(self, economies: pl.DataFrame, codes: pl.DataFrame, groups: pl.DataFrame) -> None:
        self.by_code: dict[str, Place] = {}
        self._keys: dict[str, set[str]] = defaultdict(set)
        self.historical = frozenset(economies.filter(pl.col("historical"))["iso3"])
        for row in economies.iter_rows(named=True):
            code = row["iso3"]
            self.by_code[code] = Place(code, Text(row["name_en"], row["name_zh"]))
            self._add(code, [code, row["iso2"], row["m49"]], [row["name_en"], row["name_zh"], *(row["aliases"] or [])])
        known = set(self.by_code)
        self._memberships = groups.filter(pl.col("economy").is_in(known))
        for code, name_en, name_zh in (
            groups.select("group", "name_en", "name_zh").unique(maintain_order=True).iter_rows()
        ):
            self.by_code[code] = Place(code, Text(name_en, name_zh), self._members(code, None))
            self._add(code, [code], [name_en, name_zh, *GROUP_WORDS.get(code, ())])
        for row in codes.iter_rows(named=True):
            key = fold(row["code"])
            if row["iso3"] in self.by_code and (key not in self._keys or row["scheme"] != "old"):
                # A number that trade files use for another economy than M49 does (251, 842 …) is what users mean.
                self._keys[key] = {row["iso3"]}

    def _add(self, code: str, exact: Iterable[str | None], names: Iterable[str | None]) -> None:
        for word in (*exact, *names):
            if word:
                self._keys[fold(word)].add(code)

    def _members(self, group: str, year: int | None) -> tuple[str, ...]:
        """The members at the end of a year, or today's."""
        of_group = self._memberships.filter(pl.col("group") == group)
        if year is None:
            inside = of_group.filter(pl.col("until").is_null())
        else:
            end = pl.date(year, 12, 31)
            joined = pl.col("since").is_null() | (pl.col("since") <= end)
            inside = of_group.filter(joined & (pl.col("until").is_null() | (pl.col("until") >= end)))
        return tuple(sorted(set(inside["economy"])))

    def at(self, place: Place, year: int) -> Place:
        """The group as it was at the end of the year; an economy is always itself.

        Raises
        ------
        InputError
            ``no_members``: the group had none then.
        """
        if not place.is_group and place.code not in set(self._memberships["group"]):
            return place
        members = self._members(place.code, year)
        if not members:
            raise InputError(
                "no_members",
                Text(
                    f"{place.code} had no members at the end of {year}. Choose a later year, or name the economies.",
                    f"{place.code} 在 {year} 年末没有成员。请选择更晚的年份，或逐一指定经济体。",
                ),
                field="year",
            )
        return replace(place, members=members)

    def find(self, text: str, *, field: str) -> Place:
        """The economy or group of that code or name.

        Raises
        ------
        InputError
            `ambiguous_economy` lists the candidates; `unknown_economy` names the nearest.
        """
        key = fold(text)
        if found := self._keys.get(key):
            return self._only(found, text, field)
        if key:
            # A fragment finds an economy of today by its proper name only: an alias, a group or a former economy is typed whole.
            partial = {
                code
                for code, place in self.by_code.items()
                if any(_begins_a_word(key, fold(name)) for name in place.name)
                if not place.is_group and code not in self.historical
            }
            # A Chinese name typed in letters: zhongguo, or zg.
            spoken = partial or self._spoken.get(key.replace(" ", ""), set())
            if spoken:
                return self._only(spoken, text, field)
        close = process.extract(key, list(self._keys), scorer=fuzz.ratio, score_cutoff=60, limit=8)
        # Among equally close words the one that begins alike: CHLE is more likely CHL than CHE.
        best = max(close, key=lambda found: (found[1], _shared(found[0], key)), default=None)
        nearest = self.by_code[min(self._keys[best[0]])] if best else None
        hint = Text(
            f" Did you mean {nearest.name.en} ({nearest.code})?" if nearest else "",
            f"是否指 {nearest.name.zh}（{nearest.code}）？" if nearest else "",
        )
        raise InputError(
            "unknown_economy",
            Text(
                f"{field} {text!r} is no economy or group that the store knows.{hint.en} Use ISO3 (CHL), a name in English "
                "or Chinese, or a group (EU27).",
                f"{field} {text!r} 不是已知的经济体或集团。{hint.zh}可用 ISO3 代码（CHL）、中英文名称或集团名（EU27）。",
            ),
            field=field,
            valid=sorted(code for code, place in self.by_code.items() if code not in self.historical),
            nearest=nearest.code if nearest else None,
        )

    @cached_property
    def _spoken(self) -> dict[str, set[str]]:
        """Economies of today by their Chinese names in pinyin, in full or by initials."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, place in self.by_code.items():
            if not place.is_group and code not in self.historical:
                for typed in spellings(place.name.zh):
                    found[typed].add(code)
        return dict(found)

    def _only(self, found: set[str], text: str, field: str) -> Place:
        if len(found) == 1:
            return self.by_code[next(iter(found))]
        listed = sorted(found)
        said = [f"{self.by_code[code].name.en} ({code})" for code in listed[:SHOWN]]
        zh = [f"{self.by_code[code].name.zh}（{code}）" for code in listed[:SHOWN]]
        more = len(listed) - SHOWN
        raise InputError(
            "ambiguous_economy",
            Text(
                f"{field} {text!r} fits {len(listed)}: {', '.join(said)}{f' and {more} more' if more > 0 else ''}. "
                "Type one of the codes.",
                f"{field} {text!r} 对应 {len(listed)} 个经济体：{'、'.join(zh)}{'等' if more > 0 else ''}。请输入其中一个代码。",
            ),
            field=field,
            valid=listed,
            nearest=listed[0],
        )


@dataclass(frozen=True, slots=True)
class Good:
    """A product of a data set: an HS6, an HS4 (its HS6 codes are summed), or the total of all of them (level 0)."""

    code: str
    name: Text
    level: int
    present: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether every HS6 of the HS4 is in the data set."""
        return self.level == 6 or 0 < self.total <= self.present


class Goods:
    """The products of one data set, found by code or words."""

    def __init__(self, products: pl.DataFrame, codes: Iterable[str]) -> None:
        """`products`: the reference table of the data set's classification; `codes`: the codes that occur in the data set."""
        codes = sorted(set(codes))
        named = {row["code"]: row for row in products.iter_rows(named=True)}
        self.by_code: dict[str, Good] = {}
        children: dict[str, int] = defaultdict(int)
        for code in codes:
            children[code[:4]] += 1
            self.by_code[code] = Good(code, _name(named, code), 6, 1, 1)
        for code, present in children.items():
            total = named[code]["hs6_total"] if code in named and named[code]["hs6_total"] else present
            self.by_code[code] = Good(code, _name(named, code), 4, present, total)

        self.by_code[TOTAL] = Good(TOTAL, Text("All products of the data set", "数据集全部产品"), 0, len(codes), 0)

    def at_level(self, level: int) -> list[Good]:
        """All products of 4 or 6 digits, by code."""
        return sorted((good for good in self.by_code.values() if good.level == level), key=lambda good: good.code)

    def find(self, text: str, *, elsewhere: Iterable[tuple[str, "Goods"]] = (), data: str = "") -> Good:
        """The product of that code, the only one whose name holds all the words, or the only one that people call so.

        Raises
        ------
        InputError
            `unknown_product` names the nearest, and the other data set if the product is there; `ambiguous_product` lists
            the candidates; `bad_product_code` for a number of digits that no HS level has.
        """
        typed = text.strip().replace(".", "").replace(" ", "") if text.strip()[:1].isdigit() else text.strip()
        if typed.upper() in self.by_code:
            return self.by_code[typed.upper()]
        if typed.isdigit():
            self._refuse_code(typed, elsewhere, data)
        words = _words(typed)
        hits = [
            good for good in self.by_code.values() if good.level and words and all(_holds(good, word) for word in words)
        ]
        exact = [good for good in hits if fold(typed) in (fold(good.name.en), fold(good.name.zh))]
        called = [self.by_code[code] for code in spelt_words().get(fold(typed), ()) if code in self.by_code]
        for candidates in (exact, hits, called):
            headings = {good.code[:4] for good in candidates}
            if len(headings) == 1 and candidates:
                heading = next(iter(headings))
                whole = [good for good in candidates if good.level == 4]
                return whole[0] if whole else candidates[0] if len(candidates) == 1 else self.by_code[heading]
        if hits or called:
            listed = sorted({good.code[:4] for good in hits or called})
            said = [f"{code} {self.by_code[code].name.en}" for code in listed[:SHOWN]]
            zh = [f"{code} {self.by_code[code].name.zh}" for code in listed[:SHOWN]]
            raise InputError(
                "ambiguous_product",
                Text(
                    f"product {text!r} fits {len(listed)}: {'; '.join(said)}. Type one of the codes.",
                    f"产品 {text!r} 对应 {len(listed)} 项：{'；'.join(zh)}。请输入其中一个代码。",
                ),
                field="product",
                valid=listed,
                nearest=listed[0],
            )
        self._refuse_code(typed, elsewhere, data)
        raise AssertionError("unreachable")

    def _refuse_code(self, typed: str, elsewhere: Iterable[tuple[str, "Goods"]], data: str) -> None:
        valid = sorted(self.by_code, key=lambda code: (len(code), code))
        homes = [name for name, goods in elsewhere if typed in goods.by_code]
        if homes:
            raise InputError(
                "product_elsewhere",
                Text(
                    f"Product {typed} is not in the data set {data!r}, but in {', '.join(homes)}: add --data {homes[0]}.",
                    f"数据集 {data!r} 中没有产品 {typed}，但 {'、'.join(homes)} 中有：请加 --data {homes[0]}。",
                ),
                field="product",
                valid=valid,
                nearest=homes[0],
            )
        if typed.isdigit() and len(typed) not in (4, 6):
            padded = typed.zfill(len(typed) + 1)
            raise InputError(
                "bad_product_code",
                Text(
                    f"Product {typed!r} has {len(typed)} digits; HS4 has 4 and HS6 has 6. If a leading zero was lost, "
                    f"write {padded!r}.",
                    f"产品代码 {typed!r} 为 {len(typed)} 位；HS4 为4位、HS6 为6位。若丢失前导零，请写 {padded!r}。",
                ),
                field="product",
                valid=valid,
                nearest=padded if padded in self.by_code else None,
            )
        if typed.isdigit():  # a neighbour in the classification, not one that merely looks alike
            nearest: str | None = min(
                valid, key=lambda code: (-_shared(code, typed), abs(len(code) - len(typed)), code)
            )
        else:
            names = {code: f"{good.name.en} {good.name.zh}" for code, good in self.by_code.items()}
            close = process.extractOne(typed, names, scorer=fuzz.partial_ratio, score_cutoff=50)
            nearest = close[2] if close else None
        said = Text(
            f" Nearest: {nearest} {self.by_code[nearest].name.en}." if nearest else "",
            f"最接近：{nearest} {self.by_code[nearest].name.zh}。" if nearest else "",
        )
        raise InputError(
            "unknown_product",
            Text(
                f"Product {typed!r} is not in the data set {data!r} ({len(valid)} codes).{said.en} Use an HS code of 4 or 6 "
                "digits or words of its name.",
                f"数据集 {data!r}（共 {len(valid)} 个代码）中没有产品 {typed!r}。{said.zh}请用4位或6位 HS 代码，或名称中的词。",
            ),
            field="product",
            valid=valid,
            nearest=nearest,
        )


def _begins_a_word(key: str, name: str) -> bool:
    """Whether the typed letters begin a word of the name; Chinese has no blanks, so any place in it will do."""
    return key in name if not key.isascii() else name.startswith(key) or f" {key}" in name


def _words(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in {"and", "of", "the", "or"}]


def _holds(good: Good, word: str) -> bool:
    """Whether the name has the word; a plural is as good as a singular."""
    name = fold(f"{good.name.en} {good.name.zh}")
    return word in name or (len(word) > 3 and word.endswith("s") and word[:-1] in name)


def _shared(code: str, typed: str) -> int:
    return next((k for k in range(min(len(code), len(typed))) if code[k] != typed[k]), min(len(code), len(typed)))


def _name(named: dict[str, dict[str, str]], code: str) -> Text:
    row = named.get(code)
    return Text(row["name_en"], row["name_zh"]) if row else Text(code, code)
