"""Search that forgives; and pinyin held against pypinyin."""

import re
from itertools import pairwise

import pytest

from entrepot.analyses.group_words import GROUP_WORDS
from entrepot.analyses.pinyin import initials, pinyin, spelling, spellings
from entrepot.analyses.product_words import product_words
from entrepot.core.errors import InputError


def first(bench, typed, **options):
    found = bench.search(typed, **options)["results"]
    return (found[0]["code"], found[0]["how"]) if found else None


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("CHL", "CHL", "code"),
        ("cl", "CHL", "code"),
        ("842", "USA", "code"),
        ("Chile", "CHL", "name"),
        ("智利", "CHL", "name"),
        ("US", "USA", "code"),
        ("America", "USA", "synonym"),
        ("UK", "GBR", "synonym"),
        ("Holland", "NLD", "synonym"),
        ("cote d'iv", "CIV", "name"),
        ("zg", "CHN", "pinyin"),
        ("zhongguo", "CHN", "pinyin"),
        ("agenting", "ARG", "pinyin"),
        ("bilu", "PER", "pinyin"),
        ("Germny", "DEU", "typo"),
        ("austrlia", "AUS", "typo"),
        ("智力", "CHL", "typo"),
        ("eu27", "EU27", "code"),
        ("2603", "2603", "code"),
        ("26.03", "2603", "code"),
        ("copper concentrate", "2603", "synonym"),
        ("coper ores", "2603", "typo"),
        ("tongkuang", "2603", "pinyin"),
        ("铜矿", "2603", "synonym"),
        ("crude oil", "2709", "synonym"),
    ],
)
def test_what_people_type(bench, typed, code, how):
    assert first(bench, typed) == (code, how)


def test_initials_find_products_and_every_hit_says_why(bench):
    found = bench.search("tk", lang="zh", kind="product")["results"]
    assert {"2601", "2603"} == {hit["code"] for hit in found[:2]}
    assert {hit["matched"] for hit in found[:2]} == {"铁矿", "铜矿"}
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    assert bench.search("26", kind="product", limit=3)["results"][0]["level"] == 4


def test_blocs_are_found_by_what_people_call_them(bench):
    for typed, code in (
        ("欧盟", "EU27"),
        ("东盟", "ASEAN"),
        ("北美自贸区", "USMCA"),
        ("海合会", "GCC"),
        ("eurozone", "EURO"),
    ):
        assert bench.world.places.find(typed, field="market").code == code
        assert first(bench, typed)[0] == code
    assert bench.world.places.find("区域全面经济伙伴关系协定", field="among").code == "RCEP"
    assert bench.world.places.find("EU", field="market").code == "EU", "a code stays what it is"
    listed = {one["code"]: one["aliases"] for one in bench.economies()}
    assert "欧盟" in listed["EU27"], "the browser searches there"
    # No word stands for two, and each code is one of the store's.
    words = [word for said in GROUP_WORDS.values() for word in said]
    assert len(set(words)) == len(words)
    assert {bench.world.places.find(word, field="market").code for word in words} == set(GROUP_WORDS)


def test_kinds_limits_and_nothing(bench):
    assert {hit["kind"] for hit in bench.search("an", kind="economy")["results"]} <= {"economy", "group"}
    assert {hit["kind"] for hit in bench.search("ores", kind="product")["results"]} == {"product"}
    assert len(bench.search("a", limit=4)["results"]) == 4
    assert bench.search("qqqqqq")["results"] == []
    assert bench.search(" ")["results"] == []
    assert bench.search("()[*+?")["results"] == []
    for wrong in ({"limit": 0}, {"limit": 101}, {"limit": True}, {"kind": "town"}):
        with pytest.raises(InputError):
            bench.search("a", **wrong)


def test_every_name_finds_itself(bench):
    for place in bench.economies():
        for typed in (place["code"], place["name_en"], place["name_zh"]):
            codes = [hit["code"] for hit in bench.search(typed)["results"]]
            assert place["code"] in codes[:3], typed


def test_a_name_typed_in_letters_is_understood_where_a_name_is_asked_for(bench):
    places, goods = bench.world.places, bench.world.goods("minerals")
    assert places.find("zhongguo", field="exporter").code == "CHN"
    assert places.find("zg", field="exporter").code == "CHN"
    assert goods.find("crude oil").code == "2709"
    assert goods.find("yuanyou").code == "2709"
    with pytest.raises(InputError) as caught:
        goods.find("tk")
    assert caught.value.code == "ambiguous_product"
    assert {"2601", "2603"} <= set(caught.value.valid)


def test_product_words_name_codes_and_stand_once():
    words = product_words()
    assert all(re.fullmatch(r"[0-9]{4}([0-9]{2})?", code) for codes in words.values() for code in codes)
    assert words["copper concentrate"] == ("2603",)


def test_pinyin_agrees_with_pypinyin(bench):
    """Every Chinese name of the embedded data can be typed as pypinyin reads it, phrase by phrase."""
    lazy_pinyin = pytest.importorskip("pypinyin").lazy_pinyin
    names = {place["name_zh"] for place in bench.economies()} | {good["name_zh"] for good in bench.product_list()}
    names |= {word for word in product_words() if not word.isascii()}
    syllables = same = 0
    for name in sorted(names):
        # A part of a name at a time: every reading of a long one would be many.
        for run in re.findall(r"[\u4e00-\u9fff]+", name):
            read = lazy_pinyin(run)
            # Of a syllable as phrases have it, or as we know it besides.
            assert all(any(s in way.split() for way in _ways(c)) for c, s in zip(run, read, strict=True)), (run, read)
            ours = pinyin(run).split()
            syllables += len(read)
            same += sum(a == b for a, b in zip(ours, read, strict=True))
    assert syllables > 2000
    assert same / syllables > 0.99, "0.9948: 似, 调, 重 … are read by the words around them"


def _ways(character):
    from entrepot.analyses.pinyin import ways

    return ways(character)


def test_gb2312_is_whole():
    lazy_pinyin = pytest.importorskip("pypinyin").lazy_pinyin
    differing = 0
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                character = bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            usual = lazy_pinyin(character)[0]
            assert usual in _ways(character), character
            differing += pinyin(character) != usual
    assert differing < 40


def test_initials_follow_the_order_of_gb2312():
    """Characters of the first level stand in the order of their pinyin: a reading out of order would be a mistake."""
    letters = [
        initials(bytes([high, low]).decode("gb2312")) for high in range(0xB0, 0xD7) for low in (0xA1, 0xC0, 0xE0)
    ]
    out = sum(a > b for a, b in pairwise(letters))
    assert out <= 4


def test_spelling():
    assert spelling("zg").search(" zhong guo")
    assert not spelling("zo").search(" zhong guo")
    assert not spelling("hong").search(" zhong guo")
    assert spellings("重庆") >= {"chongqing", "cq"}
    assert spellings("Chile") == frozenset()


def test_lists_carry_what_a_browser_needs(bench):
    china = next(place for place in bench.economies() if place["code"] == "CHN")
    assert (china["pinyin"], china["initials"], china["income"]) == ("zhong guo", "zg", "upper_middle")
    copper = next(good for good in bench.product_list() if good["code"] == "2603")
    assert copper["initials"].startswith("tk")
    assert "铜矿" in copper["words"]
