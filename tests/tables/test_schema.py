"""The check that every canonical table goes through: what passes, and how each failure is told."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import DataError
from entrepot.tables import DATA_TABLES, FLOWS, REFERENCE_TABLES, agreements, conditions, economies, flows, products
from entrepot.tables.schema import lossless_cast

TRADE = {
    "year": [2023, 2024],
    "exporter": ["CHL", "PER"],
    "importer": ["CHN", "CHN"],
    "product": ["260300", "010121"],
    "value_usd": [5.0, 7.0],
    "quantity_t": [2.0, None],
}


def trade(**columns: object) -> pl.DataFrame:
    return pl.DataFrame({**TRADE, **columns})


def refused(frame: pl.DataFrame, code: str) -> DataError:
    with pytest.raises(DataError) as caught:
        flows.check(frame)
    assert caught.value.code == code
    assert "flows" in caught.value.message.en
    assert "flows" in caught.value.message.zh
    return caught.value


def test_a_good_frame_comes_back_in_canonical_columns_and_types() -> None:
    shuffled = trade().select(reversed(list(flows.SCHEMA)))
    checked = flows.check(shuffled)
    assert dict(checked.schema) == dict(flows.SCHEMA)
    assert checked.rows() == [
        (2023, "CHL", "CHN", "260300", 5.0, 2.0),
        (2024, "PER", "CHN", "010121", 7.0, None),
    ]


def test_the_input_is_not_changed() -> None:
    frame = trade()
    before = frame.clone()
    flows.check(frame)
    assert frame.equals(before)
    assert frame.schema == before.schema


def test_an_empty_frame_is_a_table_without_rows() -> None:
    for table in (FLOWS, *REFERENCE_TABLES.values(), *DATA_TABLES.values()):
        checked = table.check(pl.DataFrame({column: [] for column in table.schema}))
        assert checked.is_empty()
        assert dict(checked.schema) == dict(table.schema)


def test_every_key_and_nullable_column_is_a_column() -> None:
    for name, table in {"flows": FLOWS, **REFERENCE_TABLES, **DATA_TABLES}.items():
        assert table.name == name
        assert set(table.key) <= set(table.schema)
        assert table.nullable <= set(table.schema)


def test_missing_and_unexpected_columns_are_named() -> None:
    assert refused(trade().drop("quantity_t"), "missing_column").field == "quantity_t"
    assert refused(trade(tariff=[1, 2]), "unexpected_column").field == "tariff"


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (
            ["260300", "10121"],
            "1 row with 5 digits; HS6 needs 6 (the first: '10121'). Leading zeros were probably lost",
        ),
        (["101", "102"], "2 rows with 3 digits; HS4 needs 4"),
        (["26030011", "2603"], "with neither 4 nor 6 digits"),
        (["26.03", "2603"], "something other than digits"),
        (["2603 ", "2603"], "something other than digits"),
        (["", "2603"], "with neither 4 nor 6 digits"),
        (["2603\n", "2603"], "something other than digits"),
        (["٢٦٠٣", "2603"], "something other than digits"),
    ],
)
def test_product_codes_that_are_none(codes: list[str], told: str) -> None:
    error = refused(trade(product=codes), "invalid_value")
    assert error.field == "product"
    assert told in error.message.en


def test_product_codes_held_as_numbers_lost_their_zeros() -> None:
    error = refused(trade(product=[260300, 10121]), "wrong_type")
    assert "Leading zeros may have been lost: read the column as text" in error.message.en


@pytest.mark.parametrize("code", ["usa", "USAA", "US", "842", "S19", "CHN ", ""])
def test_economies_are_three_capital_letters(code: str) -> None:
    error = refused(trade(importer=["CHN", code]), "invalid_value")
    assert error.field == "importer"
    assert repr(code) in error.message.en


@pytest.mark.parametrize("column", ["value_usd", "quantity_t"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 0.0, -1.0])
def test_amounts_are_finite_and_above_zero(column: str, value: float) -> None:
    error = refused(trade(**{column: [1.0, value]}), "invalid_value")
    assert error.field == column
    assert "1 row" in error.message.en


def test_null_passes_only_where_it_means_something() -> None:
    assert refused(trade(value_usd=[1.0, None]), "null_value").field == "value_usd"
    assert refused(trade(exporter=[None, "CHL"]), "null_value").field == "exporter"
    assert flows.check(trade(quantity_t=[None, None]))["quantity_t"].null_count() == 2


def test_a_repeated_key_is_counted_and_shown() -> None:
    error = refused(pl.concat([trade(), trade().head(1)]), "duplicate_key")
    assert "2 rows" in error.message.en
    assert "(2023, 'CHL', 'CHN', '260300')" in error.message.en


def test_null_in_a_key_is_a_value_like_any_other() -> None:
    table = REFERENCE_TABLES["groups"]
    row = {"group": "G", "name_en": "G", "name_zh": "G", "economy": "CHL", "until": None, "source": "s"}
    once = pl.DataFrame([{**row, "since": None}, {**row, "since": date(2000, 1, 1)}], schema=table.schema)
    assert table.check(once).height == 2
    with pytest.raises(DataError, match="share their key"):
        table.check(pl.DataFrame([{**row, "since": None}] * 2, schema=table.schema))


@pytest.mark.parametrize("year", [0, 1799, 2101, 24])
def test_years_that_cannot_be(year: int) -> None:
    assert refused(trade(year=[2024, year]), "invalid_value").field == "year"


@pytest.mark.parametrize("years", [[2023.5, 2024.0], ["2023", "2024"], [99_999, 2024], [True, False]])
def test_types_that_cannot_be_cast_without_loss(years: list[object]) -> None:
    assert refused(trade(year=years), "wrong_type").field == "year"


def test_types_that_can() -> None:
    frame = trade(year=[2023.0, 2024.0], value_usd=[5, 7]).cast({"exporter": pl.Categorical})
    assert dict(flows.check(frame).schema) == dict(flows.SCHEMA)


def test_economies_hold_lists_and_flags() -> None:
    row = dict.fromkeys(economies.SCHEMA)
    row |= {"iso3": "CHL", "name_en": "Chile", "name_zh": "智利", "aliases": [], "historical": False, "source": "s"}
    assert economies.check(pl.DataFrame([row], schema=economies.SCHEMA)).height == 1
    for column, value in {"m49": "52", "continent_en": "Atlantis", "capital_lat": 91.0, "iso2": "cl"}.items():
        with pytest.raises(DataError, match=column):
            economies.check(pl.DataFrame([{**row, column: value}], schema=economies.SCHEMA))


@pytest.mark.parametrize(
    ("changed", "column"),
    [({"level": 4}, "level"), ({"parent": "2602"}, "parent"), ({"parent": None}, "parent"), ({"hs6_total": 0}, "hs6")],
)
def test_products_know_their_level_and_parent(changed: dict[str, object], column: str) -> None:
    row: dict[str, object] = {
        "classification": "HS92",
        "code": "260300",
        "level": 6,
        "parent": "2603",
        "name_en": "Copper ores",
        "name_zh": "铜矿",
        "section": "V",
        "hs6_total": None,
        "source": "s",
    }
    assert products.check(pl.DataFrame([row], schema=products.SCHEMA)).height == 1
    with pytest.raises(DataError, match=column):
        products.check(pl.DataFrame([{**row, **changed}], schema=products.SCHEMA))


def test_an_agreement_needs_two_economies_and_a_kind() -> None:
    row = {
        "agreement": "rcep",
        "name_en": "RCEP",
        "name_zh": "区域全面经济伙伴关系协定",
        "exporter": "CHN",
        "importer": "JPN",
        "since": date(2022, 1, 1),
        "until": None,
        "kind": "FTA",
        "source": "s",
    }
    assert agreements.check(pl.DataFrame([row], schema=agreements.SCHEMA)).height == 1
    for changed in ({"importer": "CHN"}, {"kind": "treaty"}):
        with pytest.raises(DataError):
            agreements.check(pl.DataFrame([{**row, **changed}], schema=agreements.SCHEMA))


def test_conditions_may_be_negative() -> None:
    row = {
        "economy": "CHL",
        "year": 2024,
        "indicator": "political_stability",
        "value": -1.5,
        "source": "s",
        "edition": "e",
        "note": None,
    }
    assert conditions.check(pl.DataFrame([row], schema=conditions.SCHEMA)).height == 1


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True))))
def test_a_cast_keeps_every_value_or_does_not_happen(values: list[float | None]) -> None:
    series = pl.Series("x", values, dtype=pl.Float64)
    cast = lossless_cast(series, pl.Int16)
    if cast is None:
        assert any(
            value is not None and (value != value or not -32768 <= value <= 32767 or value % 1) for value in values
        )
    else:
        assert cast.dtype == pl.Int16
        assert cast.cast(pl.Float64).eq_missing(series).all()


@given(st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1))))
def test_an_integer_becomes_a_float_only_where_it_is_exact(values: list[int | None]) -> None:
    cast = lossless_cast(pl.Series("x", values, dtype=pl.Int64), pl.Float64)
    if cast is not None:
        assert [None if value is None else int(value) for value in cast.to_list()] == values
