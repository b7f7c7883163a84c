import pytest

from entrepot.core.missing import REASONS
from entrepot.report.cells import SHORT_REASONS, compact, harmless
from entrepot.report.heading import header


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_is_neutralised(start: str):
    assert harmless(start + "cmd") == "'" + start + "cmd"


def test_other_text_is_left_alone():
    assert harmless("Chile = Chile") == "Chile = Chile"
    assert harmless("") == ""


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (1_234_567_890.0, "usd", "1.23 bn", "12.3亿"),
        (12_345.0, "t", "12.3 k", "1.23万"),
        (0.0731, "fraction", "7.3 %", "7.3 %"),
        (12.5, "percent", "12.5 %", "12.5 %"),
        (10652.97, "km", "10,653", "10,653"),
        (0.70561, "score", "0.706", "0.706"),
        (3.0, "rank", "3", "3"),
        (2024, "year", "2024", "2024"),
        (1, "flag", "yes", "是"),
        ("0901", "code", "0901", "0901"),
        (None, "usd", "–", "–"),
        (float("nan"), "usd", "–", "–"),
        (float("inf"), "1", "–", "–"),
        (0.0, "usd", "0", "0"),
        (-1500.0, "usd", "-1.50 k", "-1,500"),
        (0.00012, "1", "0.00012", "0.00012"),
    ],
)
def test_compact_numbers(value, unit, en, zh):
    assert compact(value, unit, "en") == en
    assert compact(value, unit, "zh") == zh


def test_every_reason_has_a_short_form():
    assert set(SHORT_REASONS) == set(REASONS)


def test_a_heading_has_the_brackets_of_its_language(made_up):
    english, chinese = made_up(), made_up("zh")
    column = next(one for one in english.columns if one.unit == "usd")
    assert header(column, english).endswith(" (US$)")
    assert header(column, chinese).endswith("（美元）")
    source = next(one for one in chinese.columns if one.id == "supply_source")
    assert "：来源" in source.name.zh
