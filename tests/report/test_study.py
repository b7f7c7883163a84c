"""A study carried out: the same to the byte, gone on with after a kill, shown in both languages."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import entrepot
from entrepot.analyses.simulation import simulate_customs
from entrepot.core.errors import InputError
from entrepot.report.study import check_study, keeping, run_study
from entrepot.report.study.keeping import FOLDER
from entrepot.report.study.traders import OWNERS, REGIMES
from entrepot.sources.customs_mapping import read_mapping
from entrepot.store.studies import FILES

STUDY = """
[study]
title_en = "A small programme"
title_zh = "小型研究"
seed = 11
[data]
flows = "flows.parquet"
regions = "regions.csv"
[variables]
rmd = { is = "rmd", label_en = "RMD", label_zh = "错配" }
ico = { is = "lag:ico", label_en = "L.ICO", label_zh = "滞后交流" }
iv = "lag:iv_ico"
hhi = "lag:hhi"
now = "ico"
[sample]
filters = ["n_firms >= 5"]
winsorise = 0.01
[samples.late]
label_en = "late years"
label_zh = "后期"
filters = ["year >= 2012"]
[groups.state]
by = "share_state"
[[table]]
name = "baseline"
title_en = "Baseline"
title_zh = "基准回归"
outcome = "rmd"
regressors = ["ico"]
effects = ["region*product", "year"]
cluster = "product"
size_of = "ico"
[[table.column]]
[[table.column]]
add = ["hhi", "ico*hhi"]
[[table.column]]
sample = "late"
[[table]]
name = "instrument"
outcome = "rmd"
regressors = ["ico"]
endogenous = "ico"
instruments = ["iv"]
effects = ["region*product", "year"]
cluster = "product"
[[table.column]]
[[table]]
name = "groups"
regressors = ["ico"]
effects = ["region*product", "year"]
cluster = "product"
outcome = "rmd"
[[table.column]]
group = "state"
permutations = 200
[[figure]]
name = "density"
kind = "density"
variable = "rmd"
[[figure]]
name = "trend"
kind = "trend"
variable = "rmd"
[[figure]]
name = "halves"
kind = "high_low"
variable = "rmd"
by = "now"
[outputs]
traders = true
"""
DATED = {"tables.docx", "tables.xlsx"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("study")
    world = simulate_customs(firms=900, products=25, regions=5, years=range(2010, 2014), seed=4)
    world.flows.write_parquet(made / "flows.parquet")
    world.regions.write_csv(made / "regions.csv")
    (made / "study.toml").write_text(STUDY)
    return made


@pytest.fixture(scope="module")
def done(folder: Path):
    return run_study(folder / "study.toml", folder / "first")


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_everything_is_there(done):
    data = "coefficients instruments permutations sample traders".split()
    wanted = {f"data/{name}{form}" for name in data for form in (".csv", ".parquet")}
    wanted |= {f"tables{form}" for form in (".txt", ".html", ".tex", ".docx", ".xlsx")}
    wanted |= {f"figures/{name}.svg" for name in ("density", "trend", "halves")} | {"report.html", "study.json"}
    assert set(done.files) == wanted == set(contents(done.folder))
    assert (done.computed, done.found) == (9, 0)  # cells, traders, 4 columns, 2 groups and their test


def test_the_same_to_the_byte_in_another_folder(done, folder: Path):
    again = run_study(folder / "study.toml", folder / "second")
    assert again.computed == done.computed
    first, second = contents(done.folder), contents(again.folder)
    assert {name for name in first if first[name] != second[name]} <= DATED


def test_how_far_it_is_is_told_to_the_end(folder: Path):
    told: list[tuple[str, float]] = []
    run_study(folder / "study.toml", folder / "told", progress=lambda label, share: told.append((label, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] == 1
    for label in ("baseline, (1)", "instrument, (1)", "writing"):
        assert label in [said for said, _ in told], label


def test_a_second_run_computes_nothing_and_a_changed_column_only_itself(done, folder: Path):
    assert (run_study(folder / "study.toml", done.folder).computed) == 0
    before = contents(done.folder)
    (folder / "other.toml").write_text(STUDY.replace('add = ["hhi", "ico*hhi"]', 'add = ["hhi"]'))
    assert run_study(folder / "other.toml", done.folder).computed == 1
    assert run_study(folder / "study.toml", done.folder).computed == 1  # what the other run did not need was taken away
    after = contents(done.folder)
    assert {name for name in after if before[name] != after[name]} <= DATED


def test_what_became_of_the_declarations_is_told_in_every_run(done, folder: Path):
    """What reading left out and what the fit found is said with the sample, also where the cells come from an earlier run."""
    flows = pl.read_parquet(folder / "flows.parquet")
    (folder / "short").mkdir()
    flows.with_columns(quantity=pl.when(pl.int_range(pl.len()) >= 3).then("quantity")).write_parquet(
        folder / "short" / "flows.parquet"
    )
    (folder / "short" / "regions.csv").write_bytes((folder / "regions.csv").read_bytes())
    (folder / "short" / "study.toml").write_text(STUDY)
    runs = [run_study(folder / "short" / "study.toml", folder / "short" / "out", lang=lang) for lang in ("en", "zh")]
    assert runs[1].computed == 0
    assert runs[0].notes == runs[1].notes
    for said in (
        f"Rows read {flows.height:,}, used {flows.height:,}.",
        "3 rows, US$",
        "have one firm (no dispersion)",
        "Base sample",
    ):
        assert any(said in note.en for note in runs[0].notes), said
    page = (folder / "short" / "out" / "report.html").read_text()
    assert "3 行" in page
    assert "数量缺失或不大于零：保留，但无价格与质量" in page
    assert (
        "3 rows, US$"
        in json.loads((folder / "short" / "out" / "study.json").read_text())["en"]["tables"][-1]["notes"][-1]
    )


def test_cells_are_computed_anew_where_the_correspondences_changed(folder: Path):
    text = "[columns]\n" + "".join(f'{name} = "{name}"\n' for name in pl.read_parquet(folder / "flows.parquet").columns)
    (folder / "own.toml").write_text(text + '[product]\nvintage = "HS96"\n')
    (folder / "mapped.toml").write_text(STUDY.replace('"regions.csv"', '"regions.csv"\nmapping = "own.toml"'))
    codes = pl.read_parquet(folder / "flows.parquet")["product"].unique().sort()
    table = pl.DataFrame({"from_code": codes, "to_code": codes, "chosen": [True] * len(codes)}).with_columns(
        from_classification=pl.lit("HS07"), to_classification=pl.lit("HS96")
    )
    without, first, second = (
        run_study(folder / "mapped.toml", folder / "mapped", concordances=known) for known in (None, table, table)
    )
    assert (without.computed, first.computed, second.computed) == (9, 9, 0)
    assert any("No correspondence from HS07" in note.en for note in without.notes)
    assert any("were carried to HS96" in note.en for note in first.notes)


def test_every_word_of_chinas_mapping_has_a_name_in_both_languages():
    words = read_mapping("china").words
    assert set(words["owner"].values()) <= set(OWNERS)
    assert set(words["regime"].values()) <= set(REGIMES)


def test_the_seed_moves_permutations_only(done, folder: Path):
    (folder / "seed.toml").write_text(STUDY.replace("seed = 11", "seed = 12"))
    other = run_study(folder / "seed.toml", folder / "seeded")
    assert contents(other.folder)["data/coefficients.csv"] == contents(done.folder)["data/coefficients.csv"]
    numbers = [pl.read_parquet(one.folder / "data" / "permutations.parquet") for one in (done, other)]
    assert numbers[0]["difference"].equals(numbers[1]["difference"])
    assert [one["seed"].item() for one in numbers] == [11, 12]


def test_tables_say_what_the_numbers_say(done):
    text = (done.folder / "tables.txt").read_text()
    numbers = pl.read_parquet(done.folder / "data" / "coefficients.parquet")
    for table, estimate in numbers.select("table", "estimate").rows():
        assert f"{estimate:.4f}" in text, table
    stage = pl.read_parquet(done.folder / "data" / "instruments.parquet")
    assert f"{stage['rk_f'].item():,.3f}" in text
    assert "16.38" in text
    assert "late years (year >= 2012)" in text
    assert "L.ICO × hhi" in text
    test = pl.read_parquet(done.folder / "data" / "permutations.parquet")
    assert f"p = {test['p_value'].item():.4f} (±{test['monte_carlo_error'].item():.4f}), 200 draws" in text
    sample = pl.read_parquet(done.folder / "data" / "sample.parquet")
    spread = sample.drop_nulls(["rmd", "ico"])
    b = numbers["estimate"][0]
    # The first column's own rows lack singletons, so its spread is near that of all complete rows, not equal to it.
    told = float(text.split("one standard deviation of L.ICO (")[1].split(")")[0])
    assert told == pytest.approx(spread["ico"].std(), rel=0.05)
    assert f"moves RMD by {b * told:.3f}" in text


def test_what_it_rests_on_is_told(done, folder: Path):
    """The rows that each filter left out, the spread of every variable, every test, as the numbers have them."""
    told = json.loads((done.folder / "study.json").read_bytes())
    about = {lang: {table["name"]: table for table in told[lang]["overview"]} for lang in ("en", "zh")}
    names = ["about_sample", "about_variables", "about_instruments", "about_permutations"]
    assert list(about["en"]) == list(about["zh"]) == names
    cells = entrepot.cells(folder / "flows.parquet", regions=pl.read_csv(folder / "regions.csv")).frame
    small = cells.filter(pl.col("n_firms") < 5).height
    value = cells.filter(pl.col("n_firms") < 5)["value_usd"].sum()
    assert small > 0
    assert told["en"]["rows"] == cells.height - small
    base = about["en"]["about_sample"]["groups"][0]["rows"]
    assert [(row["label"], row["numbers"]) for row in base] == [
        ("Rows of the data", [None, cells.height, None]),
        ("n_firms >= 5", [small, cells.height - small, pytest.approx(value)]),
        ("Base sample", [small, cells.height - small, pytest.approx(value)]),
    ]
    assert any(f"n_firms >= 5: {small} left out, US$ {value:,.0f}" in note for note in told["en"]["notes"])
    late = cells.filter((pl.col("n_firms") >= 5) & (pl.col("year") >= 2012)).height
    assert about["zh"]["about_sample"]["groups"][1]["rows"][0]["label"] == "后期（year >= 2012）"
    assert about["zh"]["about_sample"]["groups"][1]["rows"][0]["numbers"] == [cells.height - small - late, late, None]
    sample = pl.read_parquet(done.folder / "data" / "sample.parquet")
    rows = {row["label"]: row for row in about["en"]["about_variables"]["groups"][0]["rows"]}
    assert list(rows) == ["RMD", "L.ICO", "iv", "hhi", "now"]
    known = sample["ico"].drop_nulls()
    assert rows["L.ICO"]["cells"][0] == "lag(ico)"
    assert rows["L.ICO"]["numbers"][1:] == pytest.approx(
        [len(known), known.mean(), known.std(), known.min(), known.max(), 0.01]
    )
    (test,) = pl.read_parquet(done.folder / "data" / "permutations.parquet").rows(named=True)
    (row,) = about["en"]["about_permutations"]["groups"][0]["rows"]
    assert row["numbers"][1:7] == pytest.approx(
        [test[one] for one in ("first", "second", "difference", "p_value", "monte_carlo_error", "draws")]
    )
    assert (row["cells"][7:9], test["manner"]) == (["swapped within", "product"], "swapped")
    stage = pl.read_parquet(done.folder / "data" / "instruments.parquet").row(0, named=True)
    (row,) = about["zh"]["about_instruments"]["groups"][0]["rows"]
    assert row["numbers"][2:] == pytest.approx(
        [stage[one] for one in ("partial_r2", "rk_lm", "rk_lm_p", "rk_f", "cragg_donald_f", "stock_yogo_10")]
    )
    page = (done.folder / "report.html").read_text()
    assert "Base sample" in page
    assert "Permutation tests" in page


def test_every_file_is_one_that_may_be_taken_away(done):
    """What the study writes and what the store gives out by name are the same files."""
    known = {f"{part}.{form}" for part, forms in FILES.items() for form in forms}
    assert {Path(name).name for name in done.files if not name.startswith("figures/")} == known | {"study.json"}


def test_the_report_speaks_both_languages(done, folder: Path):
    chinese = run_study(folder / "study.toml", folder / "chinese", lang="zh")
    pages = {lang: (one.folder / "report.html").read_text() for lang, one in (("en", done), ("zh", chinese))}
    assert '<html lang="zh">' in pages["zh"]
    for word in (
        "小型研究",
        "表1 基准回归",
        "滞后交流",
        "地区 × 产品、年份",
        "按产品聚类",
        "工具变量检验",
        "图1",
        "谁在贸易",
        "后期",
    ):
        assert word in pages["zh"], word
    for word in (
        "A small programme",
        "Table 1 Baseline",
        "region × product, year",
        "clustered by product",
        "Who trades",
    ):
        assert word in pages["en"], word
    for page in pages.values():
        assert page.count("<svg") == 3
        assert "src=" not in page
        assert "nan" not in page.lower().replace("financ", "")
    told = json.loads((done.folder / "study.json").read_bytes())
    assert told == json.loads((chinese.folder / "study.json").read_bytes())
    assert told["zh"]["tables"][0]["title"] == "表1 基准回归"


def test_a_folder_of_somebody_elses_is_left_alone(folder: Path, tmp_path: Path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="no study wrote"):
        run_study(folder / "study.toml", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_missing_file_is_named(folder: Path, tmp_path: Path):
    (tmp_path / "study.toml").write_text(STUDY)
    with pytest.raises(InputError, match=r"flows: there is no file .*flows\.parquet"):
        check_study(tmp_path / "study.toml")


class Stopped(BaseException):
    """What no code of ours catches, as a kill is."""


def test_a_run_that_was_stopped_is_gone_on_with(done, folder: Path, monkeypatch):
    """What was done before the end is not done again, and the results are those of a run that nobody stopped."""
    out, whole, written = folder / "stopped", keeping._write, []

    def half(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) < 3:
            return whole(path, content)
        whole(path, content[: len(content) // 2])
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "_write", half)
        with pytest.raises(Stopped):
            run_study(folder / "study.toml", out)
    assert not (out / "study.json").exists()
    before = {path.name: path.stat().st_mtime_ns for path in (out / FOLDER).iterdir()}
    assert len(before) == 3  # cells and two regressions
    after = run_study(folder / "study.toml", out)
    assert (after.found, after.computed) == (len(before), done.computed - len(before))
    assert {name: (out / FOLDER / name).stat().st_mtime_ns for name in before} == before
    one, other = contents(out), contents(done.folder)
    assert {name for name in one if one[name] != other[name]} <= DATED
    assert set(one) == set(other)


# Keeps the result of one step, then is killed when half of the next one's is on the disk.
KILLED = """
import os, signal, sys
from pathlib import Path
from entrepot.report.study import keeping

whole, written = keeping._write, []

def half(path, content):
    written.append(path)
    whole(path, content[: len(content) // len(written)])
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

keeping._write = half
kept = keeping.Kept(Path(sys.argv[1]))
kept.open()
for step in (1, 2):
    kept.json(f"step{step}", lambda: {"result": step * 111})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_kill_leaves_each_step_whole_or_not_at_all(tmp_path: Path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert list((tmp_path / FOLDER).glob(".*"))  # the half that was written
    kept = keeping.Kept(tmp_path)
    kept.open()
    assert kept.json("step1", lambda: pytest.fail("computed again")) == {"result": 111}
    assert kept.json("step2", lambda: {"result": 222}) == {"result": 222}
    assert (kept.found, kept.computed) == (1, 1)
    kept.prune()
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == ["step1.json", "step2.json"]
