"""Study files are read strictly, samples formed as they say, and small worlds with a known truth are recovered."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.micro.answers import cells
from entrepot.analyses.simulation import simulate_customs
from entrepot.analyses.study.filters import filter_of, kept_by
from entrepot.analyses.study.pictures import density, lines_of
from entrepot.analyses.study.plan import plan_of, template
from entrepot.analyses.study.sample import Prepared, prepared, winsorised
from entrepot.analyses.study.steps import Estimated, estimated_of, permutation_of, run_step, steps_of
from entrepot.core.errors import DataError, EntrepotError, InputError

SMALL = """
[study]
seed = 3
[data]
file = "cells.csv"
unit = ["region", "product"]
[variables]
y = "rmd"
x = "lag:ico"
w = { is = "log:n_firms", winsorise = 0.0, label_en = "ln firms", label_zh = "企业数对数" }
[sample]
filters = ["n_firms >= 5"]
[samples.late]
filters = ["year >= 2012"]
[groups.size]
by = "n_firms"
within = "year"
[groups.region]
by = "region"
split = "values"
[[table]]
name = "main"
outcome = "y"
regressors = ["x"]
effects = ["region*product", "year"]
cluster = "product"
[[table.column]]
[[table.column]]
add = ["w", "x*w"]
[[table.column]]
sample = "late"
[[table.column]]
group = "size"
permutations = 99
[[table.column]]
group = "region"
[[figure]]
name = "halves"
kind = "high_low"
variable = "y"
by = "x"
[[figure]]
name = "curves"
kind = "density"
variable = "y"
years = [2011, 2012]
"""


def refused(text: str, old: str = "", new: str = "") -> InputError:
    with pytest.raises(InputError) as caught:
        plan_of(text.replace(old, new), Path())
    assert caught.value.message.zh != caught.value.message.en
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "field", "nearest"),
    [
        ("seed = 3", "sede = 3", "study.sede", "seed"),
        ("[samples.late]", "[sampels.late]", "file.sampels", "samples"),
        ('regressors = ["x"]', 'regressor = ["x"]', "table 1.regressor", "regressors"),
        ('add = ["w", "x*w"]', 'ad = ["w"]', "table main, column 2.ad", "add"),
        ('add = ["w", "x*w"]', 'add = ["x*ww"]', "table main, column 2.regressors", "w"),
        ('outcome = "y"', 'outcome = "yy"', "table main, column 1.outcome", "y"),
        ('sample = "late"', 'sample = "lates"', "table main, column 3.sample", "late"),
        ('group = "size"', 'group = "sise"', "table main, column 4.group", "size"),
        ('split = "values"', 'split = "value"', "groups.region.split", "values"),
        ('kind = "density"', 'kind = "densty"', "figure 2.kind", "density"),
        ('x = "lag:ico"', 'x = "lagg:ico"', "variable", "lag"),
    ],
)
def test_a_wrong_word_is_named_with_the_nearest(old: str, new: str, field: str, nearest: str):
    error = refused(SMALL, old, new)
    assert (error.field, error.nearest) == (field, nearest)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("seed = 3", "seed = ", "bad_toml"),
        ("seed = 3", "seed = -1", "bad_value"),
        ("seed = 3", "seed = true", "bad_value"),
        ('file = "cells.csv"', "", "bad_value"),
        ('file = "cells.csv"', 'file = "cells.csv"\nflows = "f.parquet"', "bad_value"),
        ('file = "cells.csv"', 'file = "cells.csv"\nregions = "r.csv"', "bad_value"),
        ("n_firms >= 5", "n_firms => 5", "bad_filter"),
        ("n_firms >= 5", "n_firms >= five", "bad_filter"),
        ("n_firms >= 5", "__import__('os').system('true')", "bad_filter"),
        ("winsorise = 0.0", "winsorise = 0.5", "bad_value"),
        ("permutations = 99", "permutations = 99\nendogenous = 'x'\ninstruments = ['w']", "bad_value"),
        ('add = ["w", "x*w"]', 'endogenous = "x"', "bad_value"),
        ('regressors = ["x"]', 'regressors = ["y"]', "bad_value"),
        ('cluster = "product"', 'cluster = ["product", "region", "year"]', "bad_value"),
        ('name = "curves"', 'name = "main"', "bad_value"),
        ('name = "curves"', 'name = "../out"', "bad_value"),
        ('name = "main"', 'name = "a/b"', "bad_value"),
        ('x = "lag:ico"', '"a*b" = "ico"', "bad_value"),
        ('kind = "density"', 'kind = "high_low"', "bad_value"),
        ("[[figure]]", "[outputs]\ntraders = true\n[[figure]]", "bad_value"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, code: str):
    assert old in SMALL
    assert refused(SMALL.replace(old, new, 1)).code == code


def test_the_template_is_a_study():
    plan = plan_of(template(), Path())
    assert [
        table.name for table in plan.tables
    ] == "baseline robustness instrument groups interactions mechanisms".split()
    assert {figure.kind for figure in plan.figures} == {"density", "trend", "high_low"}
    assert plan.traders
    assert plan.tables[2].models[1].instruments == ("L_iv_ico",)


def test_filters_compare_numbers_as_numbers_and_codes_as_text():
    frame = pl.DataFrame({"region": ["11", "012", None, "31"], "n": [4, 7, 9, None]})

    def kept(*said: str) -> list[bool]:
        return kept_by(frame, [filter_of(one) for one in said]).to_list()

    assert kept("n >= 7") == [False, True, True, False]
    assert kept("n == 7.0") == [False, True, False, False]
    assert kept("region != 12") == [True, True, False, True]
    assert kept("region not in 11, 31") == [False, True, False, False]
    assert kept("region in 11,012", "n < 5") == [True, False, False, False]
    with pytest.raises(InputError, match="'nn' is not known"):
        kept("nn > 1")


def table() -> pl.DataFrame:
    """Two regions, two products, three years; as text, as a CSV file gives it."""
    rows = [
        (region, product, year, 10 * r + 5 * p + year - 2006, 0.1 * (year - 2009) + r, 0.2 * (year - 2009) + p)
        for r, region in enumerate(("11", "12"))
        for p, product in enumerate(("8501", "8502"))
        for year in (2010, 2011, 2012)
    ]
    names = ["region", "product", "year", "n_firms", "rmd", "ico"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.col("n_firms", "rmd", "ico").cast(pl.String))


def small(text: str = SMALL, rows: pl.DataFrame | None = None) -> Prepared:
    return prepared(plan_of(text, Path()), table() if rows is None else rows)


def test_lags_are_taken_before_the_sample_is_cut():
    """Cell 11/8501 has 4 firms in 2010: it is out of the sample, but says what ICO was before 2011."""
    found = small()
    assert found.table.height == 11
    first = found.table.select("region", "product", "year").rows().index(("11", "8501", 2011))
    assert found.value("x")[first] == pytest.approx(0.2)
    assert np.isnan(found.value("x")[found.years == 2010]).all()
    assert found.value("x*w")[first] == pytest.approx(0.2 * np.log(5))
    assert "11 of 12 rows (n_firms >= 5: 1 left out)" in found.notes[0].en


def test_row_order_changes_nothing():
    rows = table()
    shuffled = small(rows=rows.sample(fraction=1.0, shuffle=True, seed=1))
    assert shuffled.table.rows() == small().table.rows()
    assert shuffled.value("x").tolist() == pytest.approx(small().value("x").tolist(), nan_ok=True)


def test_winsorising_moves_the_tails_only():
    """Of 0…100 the 1 % quantile is 1 and the 99 % one 99; what is missing stays missing and counts for nothing."""
    values = np.append(np.arange(101.0), np.nan)
    found = winsorised(values, 0.01)
    assert (found[0], found[1], found[50], found[100]) == (1, 1, 50, 99)
    assert np.isnan(found[101])
    text = SMALL.replace('filters = ["n_firms >= 5"]', 'filters = ["n_firms >= 5"]\nwinsorise = 0.2')
    assert small(text).value("y").max() < small().value("y").max()
    assert small(text).value("w").tolist() == small().value("w").tolist()  # which says 0 for itself


def test_groups_at_the_median_of_each_year_and_by_values():
    found = small()
    labels, side = found.groups["size"]
    assert [one.en for one in labels] == ["size: low", "size: high"]
    # 2011: firms 5, 10, 15, 20 in region-product order; median 12.5.
    assert side[found.years == 2011].tolist() == [0, 0, 1, 1]
    labels, codes = found.groups["region"]
    assert [one.zh for one in labels] == ["region：11", "region：12"]
    assert codes.tolist() == [0 if region == "11" else 1 for region in found.table["region"]]


def test_joins_are_by_text_and_counted(tmp_path: Path):
    (tmp_path / "gdp.csv").write_text("region,year,gdp\n11,2010,1\n11,2011,2\n11,2012,4\n")
    text = SMALL.replace(
        "[variables]", '[[data.join]]\nfile = "gdp.csv"\non = ["region", "year"]\n[variables]\ng = "d:log:gdp"'
    )
    found = prepared(plan_of(text, tmp_path), table())
    assert "gdp.csv: 6 of 12 rows" in found.notes[0].en
    here = (found.years == 2012) & (found.table["region"] == "11").to_numpy()
    assert found.value("g")[here] == pytest.approx(np.log(2))
    (tmp_path / "gdp.csv").write_text("region,year,gdp\n11,2010,1\n11,2010,2\n")
    with pytest.raises(DataError, match="1 rows repeat region, year"):
        prepared(plan_of(text, tmp_path), table())


def code_of(text: str, rows: pl.DataFrame) -> str:
    with pytest.raises(EntrepotError) as caught:
        small(text, rows)
    return caught.value.code


def test_tables_that_do_not_fit_are_refused():
    assert code_of(SMALL, pl.concat([table(), table().head(1)])) == "double_rows"
    assert code_of(SMALL, table().drop("rmd")) == "unknown_key"
    assert code_of(SMALL, table().drop("region")) == "unknown_key"
    assert code_of(SMALL.replace(">= 5", ">= 500"), table()) == "nothing_left"
    assert code_of(SMALL.replace('by = "n_firms"', 'by = "firms"'), table()) == "unknown_key"


def test_densities_integrate_to_one_and_halves_part_rows_at_the_median():
    rng = np.random.default_rng(4)
    x, y = density(np.append(rng.gamma(2.0, size=3000), np.nan))
    assert np.trapezoid(y, x) == pytest.approx(1, abs=2e-3)
    # Against the plain sum of kernels at some points.
    values = rng.normal(size=200)
    x, y = density(values)
    quarter = (np.quantile(values, 0.75) - np.quantile(values, 0.25)) / 1.349
    h = 0.9 * min(values.std(ddof=1), quarter) * 200 ** (-0.2)
    exact = np.exp(-0.5 * ((x[:, None] - values) / h) ** 2).sum(axis=1) / (200 * h * np.sqrt(2 * np.pi))
    assert y == pytest.approx(exact, abs=2e-4)
    assert density(np.ones(5))[0].size == 0
    plan, rows = plan_of(SMALL, Path()), small()
    high, low = lines_of(plan.figures[0], plan, rows)
    assert high.x == low.x == (2011.0, 2012.0)
    # x = lag of ICO: 0.2 + p in 2011; the median is 0.7, the high half is product 8502: RMD 0.2 and 1.2.
    assert high.y[0] == pytest.approx(0.7)


@pytest.fixture(scope="module")
def worlds() -> dict[float, pl.DataFrame]:
    found = {}
    for endogeneity in (0.0, 1.0):
        world = simulate_customs(
            firms=4000, products=80, regions=6, years=range(2010, 2014), seed=5, endogeneity=endogeneity
        )
        found[endogeneity] = cells(world.flows, regions=world.regions).frame
    return found


RECOVERY = """
[data]
file = "cells.parquet"
[variables]
rmd = "rmd"
ico = "lag:ico"
iv = "lag:iv_ico"
[sample]
filters = ["n_firms >= 5"]
[groups.half]
by = "share_state"
[[table]]
name = "t"
outcome = "rmd"
regressors = ["ico"]
effects = ["region*product", "year"]
cluster = "product"
[[table.column]]
[[table.column]]
endogenous = "ico"
instruments = ["iv"]
[[table.column]]
group = "half"
permutations = 199
"""


def estimates(rows: pl.DataFrame) -> list[Estimated]:
    plan = plan_of(RECOVERY, Path())
    sample = prepared(plan, rows)
    steps = [step for step in steps_of(plan, sample) if step.group is None]
    return [estimated_of(run_step(step, plan, sample)) for step in steps]


def away(found: Estimated) -> float:
    """Distance from the truth in standard errors."""
    return (float(found.regression.coefficients[0]) + 0.4) / float(found.regression.errors[0])


def test_fixed_effects_and_instruments_find_the_truth_without_endogeneity(worlds):
    fixed, instrument = estimates(worlds[0.0])
    assert abs(away(fixed)) < 3
    assert abs(away(instrument)) < 3
    assert fixed.regression.coefficients[0] < -8 * fixed.regression.errors[0]


def test_with_endogeneity_only_the_instrument_does(worlds):
    fixed, instrument = estimates(worlds[1.0])
    assert away(fixed) > 4
    assert abs(away(instrument)) < 3
    stage = instrument.first_stage
    assert stage is not None
    assert stage.lm_p < 0.001
    assert stage.rk_f > stage.stock_yogo[0.10]


def test_columns_equal_pyfixest_on_the_same_rows(worlds):
    import pyfixest

    frame = worlds[0.0].sort("region", "product", "year")
    lag = frame.select("region", "product", pl.col("year") + 1, x="ico")
    frame = frame.join(lag, on=["region", "product", "year"], how="left").filter(pl.col("n_firms") >= 5)
    frame = frame.with_columns(cell=pl.concat_str("region", "product", separator=" ")).drop_nulls(["rmd", "x"])
    theirs = pyfixest.feols("rmd ~ x | cell + year", frame.to_pandas(), vcov={"CRV1": "product"})
    ours = estimates(worlds[0.0])[0].regression
    assert ours.coefficients[0] == pytest.approx(float(theirs.coef().iloc[0]), rel=1e-6)
    assert ours.errors[0] == pytest.approx(float(theirs.se().iloc[0]), rel=1e-6)


def test_groups_give_a_column_each_and_a_test(worlds):
    plan = plan_of(RECOVERY, Path())
    rows = prepared(plan, worlds[0.0])
    low, high, test = steps_of(plan, rows)[2:]
    assert (low.group, high.group, test.against) == (0, 1, 1)
    b = [float(estimated_of(run_step(one, plan, rows)).regression.coefficients[0]) for one in (low, high)]
    found = permutation_of(run_step(test, plan, rows))
    assert (found.first, found.second) == pytest.approx(b, rel=1e-5)
    assert found.p_value > 0.01  # the truth is the same in both


def test_what_a_model_refuses_is_told_with_its_place(worlds):
    text = RECOVERY.replace('effects = ["region*product", "year"]', 'effects = ["region*product*year"]')
    plan = plan_of(text, Path())
    rows = prepared(plan, worlds[0.0])
    with pytest.raises(DataError, match=r"^Table t, \(1\): No row is left"):
        run_step(steps_of(plan, rows)[0], plan, rows)
    plan = plan_of(RECOVERY.replace('"region*product", ', '"regions*product", '), Path())
    with pytest.raises(InputError, match="Did you mean 'region'"):
        run_step(steps_of(plan, rows)[0], plan, rows)
