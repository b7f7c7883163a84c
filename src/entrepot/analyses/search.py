"""Search that forgives: economies, groups and products by code, name, synonym, pinyin, and nearly so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from rapidfuzz import fuzz, process

from entrepot.analyses.directory import fold
from entrepot.analyses.group_words import GROUP_WORDS
from entrepot.analyses.pinyin import pinyin, spelling, spellings, ways
from entrepot.analyses.product_words import words_of_products
from entrepot.analyses.world import World
from entrepot.core.errors import InputError, check_choice
from entrepot.core.kept import Kept
from entrepot.core.text import Language, Text

Kind = Literal["economy", "group", "product"]
How = Literal["code", "name", "synonym", "word", "pinyin", "typo"]
Asked = Literal["all", "economy", "product"]
KINDS: tuple[Asked, ...] = get_args(Asked)
FOUND, MOST_FOUND = 20, 100
NEAR = 78  # of 100: how like a word must be to count as mistyped
FILLING = frozenset({"and", "of", "the", "or", "other", "for", "in", "with"})


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry: as it is written, folded between blanks, and the ways of reading it if it is Chinese.

    `whole` : the readings run together, and their initials: what spells the name to its end.
    """

    said: str
    folded: str
    spoken: tuple[str, ...]
    whole: frozenset[str]

    @classmethod
    def of(cls, said: str) -> "Name":
        """The name made ready for search."""
        read = () if said.isascii() else tuple(f" {way}" for way in ways(said))
        return cls(said, f" {fold(said)} ", read, spellings(said))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found; `names` : the English and the Chinese first, then synonyms; `codes` : folded."""

    kind: Kind
    code: str
    name: Text
    level: int | None
    past: bool
    codes: frozenset[str]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits what was typed: what fitted, and how well (0 … 100)."""

    entry: Entry
    how: How
    matched: str
    score: float


def search(
    world: World, q: str, *, data: str | None = None, kind: Asked = "all", limit: int = FOUND, lang: Language = "en"
) -> dict[str, Any]:
    """What fits the typed text, best first.

    In this order: a code; a name or synonym typed in full; the beginning of a code or name; the beginning of words; a part of
    a Chinese name; pinyin, in full or by initials; words that are nearly right, and Chinese characters that sound right.

    Parameters
    ----------
    q : what was typed, in any case, with or without accents.
    data : the data set whose products are searched; default the store's.
    kind : everything, economies and groups only, or products only.
    limit : at most so many.

    Raises
    ------
    InputError
        For an unknown kind, and ``bad_limit`` for a limit outside 1 … 100.
    """
    check_choice("kind", kind, KINDS)
    if not _is_limit(limit):
        raise InputError(
            "bad_limit",
            Text(f"limit is {limit!r}; from 1 to {MOST_FOUND}.", f"limit 为 {limit!r}；须为 1 至 {MOST_FOUND}。"),
            field="limit",
        )
    entries = [e for e in entries_of(world, data) if kind == "all" or (e.kind == "product") == (kind == "product")]
    hits = sorted(_hits(fold(q), entries), key=_order)[:limit]
    return {
        "query": q,
        "results": [
            {
                "kind": hit.entry.kind,
                "code": hit.entry.code,
                "name": hit.entry.name.say(lang),
                "name_en": hit.entry.name.en,
                "name_zh": hit.entry.name.zh,
                "level": hit.entry.level,
                "how": hit.how,
                "matched": hit.matched,
                "score": round(hit.score, 1),
            }
            for hit in hits
        ],
    }


def _is_limit(limit: object) -> bool:
    return isinstance(limit, int) and not isinstance(limit, bool) and 1 <= limit <= MOST_FOUND


def _order(hit: Hit) -> tuple[Any, ...]:
    entry = hit.entry
    kinds = ("economy", "group", "product").index(entry.kind)
    return -hit.score, entry.past, kinds, entry.level or 0, len(entry.name.zh), entry.code


def _hits(typed: str, entries: Sequence[Entry]) -> list[Hit]:
    if not typed:
        return []
    plain = typed.replace(" ", "")
    spelt = spelling(plain) if plain.isascii() and plain.isalnum() and len(plain) > 1 else None
    hits = [hit for entry in entries if (hit := _fit(typed, spelt, entry))]
    found = {(hit.entry.kind, hit.entry.code) for hit in hits}
    if not any(hit.score >= 70 for hit in hits):
        hits += [hit for hit in _near(typed, entries) if (hit.entry.kind, hit.entry.code) not in found]
    return hits


def _fit(typed: str, spelt: re.Pattern[str] | None, entry: Entry) -> Hit | None:
    """The best way in which the entry fits; None if it does not."""
    plain = typed.replace(" ", "")
    code = plain.replace(".", "")
    if code in entry.codes:
        return Hit(entry, "code", code, 100)
    if code.isdigit() and entry.kind == "product" and len(code) > 1 and entry.code.startswith(code):
        return Hit(entry, "code", entry.code, 95 - len(entry.code))
    best: Hit | None = None
    for place, name in enumerate(entry.names):
        how: How = "name" if place < 2 else "synonym"
        score = _likeness(typed, name.folded) - (0 if place < 2 else 1)
        if score > 1 and (best is None or score > best.score):
            best = Hit(entry, how if score > 84 else "word", name.said, score)
    return best if best is not None or spelt is None else _spoken(plain, spelt, entry)


def _likeness(typed: str, folded: str) -> float:
    if folded == f" {typed} ":
        return 98
    if folded.startswith(f" {typed}"):
        return 90
    if not typed.isascii():
        return 80 if typed in folded else 0
    asked = [word for word in typed.split() if word not in FILLING] or typed.split()
    if not all(
        f" {word}" in folded or (len(word) > 3 and word.endswith("s") and f" {word[:-1]} " in folded) for word in asked
    ):
        return 0
    return 86 if folded.startswith(f" {asked[0]}") else 82


def _spoken(plain: str, spelt: re.Pattern[str], entry: Entry) -> Hit | None:
    best: Hit | None = None
    for name in entry.names:
        if plain in name.whole:
            return Hit(entry, "pinyin", name.said, 88)
        starts = [found.start() for way in name.spoken if (found := spelt.search(way))]
        if starts and (best is None or min(starts) == 0):
            best = Hit(entry, "pinyin", name.said, 74 if min(starts) == 0 else 58)
    return best


def _near(typed: str, entries: Sequence[Entry]) -> Iterator[Hit]:
    """Mistyped words of names; and Chinese that only sounds right."""
    if not typed.isascii():
        sound = pinyin(typed).replace(" ", "")
        for entry in entries:
            said = next((name.said for name in entry.names if sound and sound in name.whole), None)
            if said is not None:
                yield Hit(entry, "typo", said, 66)
        return
    if len(typed) < 3:
        return
    named = [(entry, name, name.folded.split()) for entry in entries for name in entry.names]
    vocabulary = sorted({word for _, _, words in named for word in words if word.isascii()})
    near: list[dict[str, float]] = []
    for one in typed.split():
        close = process.extract(one, vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR if len(one) > 3 else 99, limit=12)
        near.append({word: score for word, score, _ in close})
    if not all(near):
        return
    best: dict[int, Hit] = {}
    for entry, name, words in named:
        likes = [max((scores[word] for word in words if word in scores), default=0.0) for scores in near]
        if min(likes) == 0:
            continue
        # A name of one word mistyped is more likely meant than a long name that has such a word.
        score = 0.6 * sum(likes) / len(likes) + 10 * len(near) / max(len(words), len(near))
        if id(entry) not in best or score > best[id(entry)].score:
            best[id(entry)] = Hit(entry, "typo", name.said, score)
    yield from best.values()


_entries = Kept[list[Entry]](limit=4)


def entries_of(world: World, data: str | None) -> list[Entry]:
    """Everything that can be found in a data set; made once for each version of the store."""
    dataset = world.snapshot.dataset(data)
    key = (world.snapshot.home, world.snapshot.id, dataset.name)
    return _entries.get(key, lambda: [*_places(world), *_goods(world, dataset.name)])


def _places(world: World) -> Iterator[Entry]:
    rows = {row["iso3"]: row for row in world.economies.iter_rows(named=True)}
    numbers: dict[str, set[str]] = {}
    for iso3, code in world.snapshot.reference("codes").select("iso3", "code").iter_rows():
        numbers.setdefault(iso3, set()).add(fold(code))
    for code, place in world.places.by_code.items():
        row = rows.get(code, {})
        exact = {fold(one) for one in (code, row.get("iso2"), row.get("m49")) if one} | numbers.get(code, set())
        kind: Kind = "group" if place.is_group else "economy"
        past = code in world.places.historical
        words = GROUP_WORDS.get(code, ()) if place.is_group else row.get("aliases") or ()
        yield _entry(kind, code, place.name, None, past, exact, words)


def _goods(world: World, data: str) -> Iterator[Entry]:
    words = words_of_products()
    for good in world.goods(data).by_code.values():
        yield _entry("product", good.code, good.name, good.level, False, {fold(good.code)}, words.get(good.code, []))


def _entry(
    kind: Kind, code: str, name: Text, level: int | None, past: bool, codes: set[str], synonyms: Iterable[str]
) -> Entry:
    names = tuple(map(Name.of, dict.fromkeys((name.en, name.zh, *synonyms))))
    return Entry(kind, code, name, level, past, frozenset(codes), names)
