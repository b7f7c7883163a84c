"""Chinese names as they are typed on a keyboard of letters: in full, by initials, or anything between (zhongguo, zg, zhongg).

Readings stand in pinyin.txt (made by tools/make_pinyin.py): every character of GB 2312 with its usual reading in the names of
goods and economies, and some with a further one, so that nobody must know which of them we take for usual.
"""

import re
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product

MOST_WAYS = 8  # of reading a name with several characters that have two readings


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    """Character → its readings, the usual one first."""
    text = files("entrepot.analyses").joinpath("pinyin.txt").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    further: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        syllable, _, characters = line.partition(" ")
        usual, _, also = characters.partition("|")
        found |= dict.fromkeys(usual, (syllable,))
        for character in also:
            further[character] = (*further.get(character, ()), syllable)
    return found | {character: (*found.get(character, ()), *more) for character, more in further.items()}


def ways(text: str) -> list[str]:
    """The ways of reading a name, the usual first; Latin letters and digits stand for themselves, others are left out.

    Examples
    --------
    >>> ways("重油")
    ['zhong you', 'chong you']
    """
    table = _table()
    known = (table.get(one) or ((one.casefold(),) if one.isascii() and one.isalnum() else ()) for one in text)
    return [" ".join(way) for way in islice(product(*filter(None, known)), MOST_WAYS)]


def pinyin(text: str) -> str:
    """The usual reading, syllables parted by blanks.

    Examples
    --------
    >>> pinyin("秘鲁")
    'bi lu'
    """
    return ways(text)[0]


def spellings(text: str) -> frozenset[str]:
    """What spells a Chinese name to its end: every reading in full, run together, or its initials; nothing for other names.

    Examples
    --------
    >>> sorted(spellings("中国")), spellings("China")
    (['zg', 'zhongguo'], frozenset())
    """
    if text.isascii():
        return frozenset()
    found = [way.split() for way in ways(text)]
    return frozenset({"".join(way) for way in found} | {"".join(one[0] for one in way) for way in found})


def initials(text: str) -> str:
    """The first letters of the usual reading.

    Examples
    --------
    >>> initials("铜矿砂")
    'tks'
    """
    return "".join(syllable[0] for syllable in pinyin(text).split())


def spelling(typed: str) -> re.Pattern[str]:
    """What finds the typed letters in a reading after a blank: each syllable in full or from its beginning, none skipped.

    Parameters
    ----------
    typed : lower-case letters and digits.

    Examples
    --------
    >>> reading = " jing lian tong"
    >>> [
    ...     found.start() if (found := spelling(typed).search(reading)) else None
    ...     for typed in ("jlt", "liant", "jingl", "jt")
    ... ]
    [0, 5, 0, None]
    """
    return re.compile(" " + "(?:[a-z0-9]* )?".join(map(re.escape, typed)))
