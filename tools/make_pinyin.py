"""Write src/entrepot/analyses/pinyin.txt: how each character of GB 2312 is read, without tones.

    .venv/bin/python tools/make_pinyin.py

One line for each syllable: the syllable, the characters usually read so, and after a bar those that are sometimes. The
readings are pypinyin's (MIT licence), a development dependency; the exceptions below are ours, since the usual reading in
the names of goods and economies is often not the usual one elsewhere (调制, 秘鲁, 乐器).
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

TARGET = Path(__file__).resolve().parents[1] / "src" / "entrepot" / "analyses" / "pinyin.txt"
# Characters beyond GB 2312 that names of goods hold.
BEYOND = "瓩撚榖粧鲃舖銲鳀荳靱梣鲹砲籐毬鳁韮榅桲瑯壸搾脇铇镕锿镎镅锫镄钔锘铹"
# character → the reading usual in such names.
USUAL = {
    "似": "si", "调": "tiao", "长": "chang", "着": "zhuo", "乐": "yue", "削": "xiao", "弹": "tan", "曝": "bao",
    "椎": "zhui", "茄": "qie", "校": "jiao", "轧": "zha", "刨": "bao", "粘": "nian", "都": "du", "肋": "lei",
    "扎": "za", "勒": "le", "膀": "pang", "薄": "bo", "还": "huan", "参": "shen", "秘": "bi", "栅": "zha",
    "藏": "zang", "柏": "bo", "咖": "ka", "厦": "xia", "伽": "jia", "什": "shi",
}  # fmt: skip
# character → a further reading.
ALSO = {
    "壳": "qiao", "圈": "juan", "塞": "se", "重": "chong", "的": "di", "模": "mu", "槟": "bing", "会": "kuai",
    "抹": "ma", "行": "hang", "迫": "pai", "咖": "ga", "解": "xie", "剥": "bao", "着": "zhao", "栅": "shan",
    "朝": "chao", "几": "ji", "大": "dai", "石": "dan", "车": "ju", "卡": "qia", "佛": "fu", "角": "jue", "色": "shai",
    "率": "shuai", "量": "liang", "铅": "yan", "铬": "luo", "钻": "zuan", "粘": "zhan", "曾": "ceng", "贾": "gu",
    "尼": "ni", "折": "she", "盛": "cheng", "系": "ji", "屏": "bing", "提": "di", "打": "da", "加": "jia",
}  # fmt: skip


def characters() -> str:
    """Every character of GB 2312, in its order, and those beyond."""
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return "".join(found) + BEYOND


def main() -> None:
    usual: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for character in characters():
        common = lazy_pinyin(character)[0].replace("ü", "v")
        reading = USUAL.get(character, common)
        usual[reading].append(character)
        for further in dict.fromkeys([common, ALSO.get(character, reading)]):
            if further != reading:
                also[further].append(character)
    lines = []
    for syllable in sorted({*usual, *also}):
        line = f"{syllable} {''.join(usual[syllable])}"
        lines.append(f"{line}|{''.join(also[syllable])}" if also[syllable] else line)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
