"""What people call goods besides their names in the classification, in either language (product_words.csv)."""

import csv
from functools import lru_cache
from importlib.resources import files

from entrepot.analyses.pinyin import spellings


@lru_cache(maxsize=1)
def product_words() -> dict[str, tuple[str, ...]]:
    """Word → HS codes of 4 or 6 digits; of several vintages, so that a data set has some of them."""
    text = files("entrepot.analyses").joinpath("product_words.csv").read_text("utf-8")
    return {row["word"]: tuple(row["codes"].split()) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def words_of_products() -> dict[str, tuple[str, ...]]:
    """The same the other way round: HS code → what people call it."""
    words: dict[str, list[str]] = {}
    for word, codes in product_words().items():
        for code in codes:
            words.setdefault(code, []).append(word)
    return {code: tuple(said) for code, said in words.items()}


@lru_cache(maxsize=1)
def spelt_words() -> dict[str, frozenset[str]]:
    """Every way of typing a word, itself and its pinyin in full or by initials → HS codes."""
    found: dict[str, set[str]] = {}
    for word, codes in product_words().items():
        for typed in {word, *spellings(word)}:
            found.setdefault(typed, set()).update(codes)
    return {typed: frozenset(codes) for typed, codes in found.items()}
