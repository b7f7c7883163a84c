"""A study carried out: the same to the byte, gone on with after a kill, shown in both languages."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from entrepot.analyses.simulation import simulate_customs
from entrepot.core.errors import InputError
from entrepot.report.study import check_study, run_study
from entrepot.report.study.keeping import FOLDER
from entrepot.report.study.traders import OWNERS, REGIMES
from entrepot.sources.customs_mapping import read_mapping

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


# Carries a study out up to the third regression, of whose result it writes one half; then it waits for its end.
HALF = """
import sys, time
from pathlib import Path
from entrepot.report.study import keeping, run_study

whole, written = keeping._write, []

def half(path, content):
    written.append(path)
    if len(written) < 3:
        return whole(path, content)
    whole(path, content[: len(content) // 2])
    print("half", flush=True)
    time.sleep(600)

keeping._write = half
run_study(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_and_gone_on_with(done, folder: Path):
    """What was done before the kill is not done again, and the end is that of a run that nobody stopped."""
    out = folder / "killed"
    words = [sys.executable, "-c", HALF, str(folder / "study.toml"), str(out)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "half\n"
    finally:
        process.kill()  # SIGKILL
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (out / "study.json").exists()
    assert list((out / FOLDER).glob(".*"))  # the half that was written
    before = {path.name: path.stat().st_mtime_ns for path in (out / FOLDER).glob("[!.]*")}
    assert len(before) == 3  # cells and two regressions
    after = run_study(folder / "study.toml", out)
    assert after.found == len(before)
    assert after.found + after.computed == done.computed
    assert {name: (out / FOLDER / name).stat().st_mtime_ns for name in before} == before
    assert not list((out / FOLDER).glob(".*"))  # drafts of the killed run
    one, other = contents(out), contents(done.folder)
    assert {name for name in one if one[name] != other[name]} <= DATED
    assert set(one) == set(other)
