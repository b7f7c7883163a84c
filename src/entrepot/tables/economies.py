"""Economies: names in both languages, regions, capital.

iso3 : ISO 3166 alpha-3; iso2 : alpha-2; m49 : three-digit UN number as text.
aliases : further names and codes by which people call it, in either language; an empty list where there are none.
historical : no longer exists; successor is then the economy that its flows belong to.
capital_lat, capital_lon : degrees north and east.
income_group : World Bank group.

Null means that the fact does not exist or no source gives it: no UN region for an economy outside M49, no capital,
no income group, no successor of one that lives on; `note_en` and `note_zh` say where a fact was filled by hand.
"""

import polars as pl

from entrepot.core.text import Text
from entrepot.tables.schema import Rule, Table, between, iso3, one_of, pattern

CONTINENTS = ("Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania")

_SHAPE = Text("of the wrong shape", "格式不正确")
_NUMBER = Text("An M49 number is text of three digits.", "M49 编号是三位数字文本。")


def _m49(column: str) -> Rule:
    return pattern(column, "[0-9]{3}", _SHAPE, _NUMBER)


TABLE = Table(
    "economies",
    schema={
        "iso3": pl.Utf8,
        "iso2": pl.Utf8,
        "m49": pl.Utf8,
        "name_en": pl.Utf8,
        "name_zh": pl.Utf8,
        "region_m49": pl.Utf8,
        "region_en": pl.Utf8,
        "region_zh": pl.Utf8,
        "subregion_m49": pl.Utf8,
        "subregion_en": pl.Utf8,
        "subregion_zh": pl.Utf8,
        "continent_en": pl.Utf8,
        "income_group": pl.Utf8,
        "landlocked": pl.Boolean,
        "capital_en": pl.Utf8,
        "capital_lat": pl.Float64,
        "capital_lon": pl.Float64,
        "aliases": pl.List(pl.Utf8),
        "historical": pl.Boolean,
        "successor": pl.Utf8,
        "note_en": pl.Utf8,
        "note_zh": pl.Utf8,
        "source": pl.Utf8,
    },
    key=("iso3",),
    nullable=frozenset(
        {
            "iso2",
            "m49",
            "region_m49",
            "region_en",
            "region_zh",
            "subregion_m49",
            "subregion_en",
            "subregion_zh",
            "continent_en",
            "income_group",
            "landlocked",
            "capital_en",
            "capital_lat",
            "capital_lon",
            "successor",
            "note_en",
            "note_zh",
        }
    ),
    rules=(
        iso3("iso3"),
        pattern("iso2", "[A-Z]{2}", _SHAPE, Text("An alpha-2 code has two capital letters.", "两字母代码须为大写。")),
        _m49("m49"),
        _m49("region_m49"),
        _m49("subregion_m49"),
        one_of("continent_en", CONTINENTS),
        between("capital_lat", -90, 90),
        between("capital_lon", -180, 180),
        iso3("successor"),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
