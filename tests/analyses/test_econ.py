"""Econometrics on tables: variables as they are written, series and panels, what is left out is said."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.econ.panel import econ_panel
from entrepot.analyses.econ.series import econ_series
from entrepot.analyses.econ.variables import computed, variables_of
from entrepot.core.errors import DataError, InputError


def table(years: int = 40, units: int = 6) -> pl.DataFrame:
    rng = np.random.default_rng(9)
    gdp = np.exp(np.cumsum(rng.normal(0.03, 0.02, years * units)).reshape(units, years))
    gl = 0.2 + 0.1 * np.log(gdp) + rng.normal(0, 0.01, gdp.shape)
    return pl.DataFrame(
        {
            "product": np.repeat([f"010{n}" for n in range(units)], years),
            "year": list(range(1980, 1980 + years)) * units,
            "gl": gl.ravel(),
            "gdp": gdp.ravel(),
        }
    )


def test_differences_and_lags_are_by_year_and_unit():
    # Unit a lacks 2002: the change of 2003 has no year before. Unit b begins anew.
    frame = pl.DataFrame(
        {"u": ["a", "a", "a", "b", "b"], "year": [2000, 2001, 2003, 2000, 2001], "v": [1.0, 3, 4, 10, 9]}
    )
    made = computed(frame, variables_of("d:v,lag:v,lag2:v,log:v,d:d:v"), "year", ["u"])
    assert made["d(v)"].to_list() == [None, 2.0, None, None, -1.0]
    assert made["lag(v)"].to_list() == [None, 1.0, None, None, 10.0]
    assert made["lag2(v)"].to_list() == [None, None, 3.0, None, None]
    assert made["d(d(v))"].to_list() == [None] * 5
    assert made["log(v)"].to_list() == pytest.approx([0, math.log(3), math.log(4), math.log(10), math.log(9)])


def test_logs_and_logits_outside_their_range_are_missing():
    frame = pl.DataFrame({"year": [1, 2, 3], "v": [0.0, 0.5, 1.0]})
    made = computed(frame, variables_of("log:v,logit:v"), "year", [])
    assert made["log(v)"].to_list() == [None, pytest.approx(math.log(0.5)), 0.0]
    assert made["logit(v)"].to_list() == [None, 0.0, None]


def test_row_order_cannot_change_a_report():
    held = table()
    one = econ_series(held, "gl", "log:gdp", where={"product": "0101"})
    other = econ_series(held.sample(fraction=1, shuffle=True, seed=3), "gl", "log:gdp", where={"product": "0101"})
    assert one.engle_granger == other.engle_granger
    assert one.granger == other.granger


def test_text_columns_of_a_csv_are_numbers_where_they_are_variables():
    held = table()
    as_text = held.with_columns(pl.col("gl", "gdp", "year").cast(pl.String))
    one, other = (
        econ_series(each, "gl", "log:gdp", where={"product": "0101"}, tests=("ecm",)) for each in (held, as_text)
    )
    assert one.ecm is not None
    assert other.ecm is not None
    assert one.ecm.coefficients == pytest.approx(other.ecm.coefficients)


def test_a_short_series_gets_what_can_be_done_and_notes_for_the_rest():
    report = econ_series(table(years=11, units=1), "gl", "log:gdp")
    assert report.unit_roots
    assert report.johansen is None
    assert any("johansen" in note.en for note in report.notes)
    with pytest.raises(DataError) as raised:
        econ_series(table(years=11, units=1), "gl", "log:gdp", tests=("johansen",))
    assert raised.value.code == "series_too_short"


def test_series_with_several_rows_a_year_say_how_to_narrow():
    with pytest.raises(DataError) as raised:
        econ_series(table(), "gl")
    assert raised.value.code == "several_rows"
    assert "product" in str(raised.value)


def test_a_hole_between_years_is_told_and_years_at_the_ends_are_left_out():
    held = table(units=1)
    ends = held.with_columns(gl=pl.when(pl.col("year") > 1981).then(pl.col("gl")))
    report = econ_series(ends, "gl", tests=("unit_roots",))
    assert (report.first, report.observations) == (1982, 38)
    assert any("2 rows" in note.en for note in report.notes)
    hole = held.with_columns(gl=pl.when(pl.col("year") != 1990).then(pl.col("gl")))
    with pytest.raises(DataError) as raised:
        econ_series(hole, "gl", tests=("unit_roots",))
    assert raised.value.code == "gaps_in_series"


def test_a_panel_has_every_model_and_test():
    report = econ_panel(table(), "gl", "log:gdp", unit="product")
    assert [model for model, _ in report.models] == ["pooled", "fixed", "two_way", "random"]
    assert report.models[1][1].coefficients[0] == pytest.approx(0.1, abs=0.01)
    assert report.hausman is not None
    assert set(report.unit_roots) == {"gl", "log(gdp)"}
    assert set(report.causality) == {("log(gdp)", "gl"), ("gl", "log(gdp)")}
    assert (report.rows, report.units, report.dropped) == (240, 6, 0)


def test_what_a_panel_leaves_out_is_counted():
    held = table().filter((pl.col("product") != "0105") | (pl.col("year") < 1984))
    held = held.with_columns(gdp=pl.when(pl.col("year") != 1990).then(pl.col("gdp")))
    report = econ_panel(held, "gl", "log:gdp", unit="product")
    assert report.dropped == 5
    said = " ".join(note.en for note in report.notes)
    assert "5 of 204 rows" in said
    assert "IPS (gl): units left out because they have too few years without gaps: 1" in said
    # Unit 0105 has 4 years; the others' runs of log(gdp) are 1991–2019.
    assert report.unit_roots["log(gdp)"][0].units == 5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"y": "glx"}, "unknown_column"),
        ({"y": "ln:gl"}, "unknown_transform"),
        ({"where": {"product": "0999"}}, "nothing_left"),
        ({"where": {"sector": "1"}}, "unknown_column"),
        ({"tests": ("adf",)}, "unknown_tests"),
        ({"time": "gl"}, "no_time"),
    ],
)
def test_bad_questions_are_named(given: dict[str, Any], code: str):
    asked = {"y": "gl", "where": {"product": "0101"}} | given
    with pytest.raises((InputError, DataError)) as raised:
        econ_series(table(), **asked)
    assert raised.value.code == code


def test_columns_may_be_called_as_ours_are():
    held = table().rename({"gl": "time", "gdp": "unit"})
    renamed = econ_panel(held, "time", "log:unit", unit="product,product", tests=("causality",))
    plain = econ_panel(table(), "gl", "log:gdp", unit="product", tests=("causality",))
    assert renamed.models[1][1].coefficients == pytest.approx(plain.models[1][1].coefficients)
    assert renamed.causality["log(unit)", "time"].wald == pytest.approx(plain.causality["log(gdp)", "gl"].wald)
    one = held.filter(pl.col("product") == "0101")
    assert econ_series(one, "time", "log:unit", tests=("ecm",)).first == 1980


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("year", [math.nan, *list(range(39))], "no_time"),
        ("year", [math.inf, *list(range(39))], "no_time"),
        ("year", [10**12, *list(range(39))], "no_time"),
        ("year", [10**7, *list(range(39))], "no_time"),
        ("year", ["2001-01-01"] * 40, "not_numbers"),
        ("gl", pl.Series(["low", "high"] * 20, dtype=pl.Categorical), "not_numbers"),
        ("gl", [[1.0]] * 40, "nested_column"),
    ],
)
def test_columns_that_are_no_numbers_are_named(column: str, values: Any, code: str):
    held = table(units=1).with_columns(pl.Series(column, values, strict=False))
    with pytest.raises((InputError, DataError)) as raised:
        econ_series(held, "gl", "gdp")
    assert raised.value.code == code


def test_of_several_models_one_that_cannot_be_leaves_a_note():
    held = table().with_columns(size=pl.col("product").cast(pl.Float64) ** 2)
    report = econ_panel(held, "gl", "log:gdp,size", unit="product", tests=("hausman",))
    assert [model for model, _ in report.models] == ["pooled", "random"]
    assert report.hausman is None
    said = " ".join(note.en for note in report.notes)
    for name in ("fixed", "two_way", "Hausman"):
        assert f"{name} was not done: 'size' does not vary within a unit" in said
    with pytest.raises(DataError) as raised:
        econ_panel(held, "gl", "log:gdp,size", unit="product", models=("fixed",), tests=())
    assert raised.value.code == "absorbed"


def test_causality_never_takes_the_years_around_a_gap_for_neighbours():
    held = table().filter(pl.col("year") != 1990)
    found = econ_panel(held, "gl", "log:gdp", unit="product", models=("fixed",), tests=("causality",)).causality
    after = table().filter(pl.col("year") > 1990)
    alone = econ_panel(after, "gl", "log:gdp", unit="product", models=("fixed",), tests=("causality",)).causality
    assert found["log(gdp)", "gl"] == alone["log(gdp)", "gl"]


def test_y_cannot_explain_itself():
    with pytest.raises(InputError) as raised:
        econ_panel(table(), "gl", "gl,log:gdp", unit="product")
    assert raised.value.code == "bad_y"


def test_sums_over_industries_are_no_units_of_a_panel():
    rows = table()
    one = rows.with_columns(industry=pl.lit("26"))
    sums = rows.with_columns(industry=pl.lit("TOTAL"))
    said: dict[str, Any] = {"y": "gl", "x": "gdp", "unit": "industry,product", "models": ("pooled",)}
    plain, both = econ_panel(one, **said), econ_panel(pl.concat([one, sums]), **said)
    assert dict(both.models)["pooled"].coefficients == pytest.approx(dict(plain.models)["pooled"].coefficients)
    assert any(f"{rows.height} rows of all industries" in note.en for note in both.notes)
    # Where there is nothing else, the sums are the units.
    assert not any("were left out" in note.en for note in econ_panel(sums, **said).notes)
