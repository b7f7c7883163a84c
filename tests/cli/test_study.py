"""`entrepot study` on the command line: begin, check, run, and what a user is told."""

from pathlib import Path

import pytest

from entrepot.analyses.simulation import simulate_customs
from entrepot.workbench import Workbench

STUDY = """
[study]
title_en = "Small"
title_zh = "小型研究"
[data]
flows = "flows.parquet"
[variables]
rmd = "rmd"
ico = { is = "lag:ico", label_en = "L.ICO", label_zh = "滞后交流" }
[[table]]
name = "main"
outcome = "rmd"
regressors = ["ico"]
effects = ["region*product", "year"]
cluster = "product"
[[table.column]]
[outputs]
tables = ".txt"
numbers = ".csv"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    simulate_customs(firms=500, products=15, regions=4, seed=2).flows.write_parquet(folder / "flows.parquet")
    (folder / "small.toml").write_text(STUDY)
    return folder / "small.toml"


def test_the_template_is_written_and_its_lack_of_data_named(run, tmp_path: Path):
    file = tmp_path / "study.toml"
    assert run("study", "init", str(file)).code == 0
    assert run("study", "init", str(file)).code == 2  # it is there
    checked = run("study", "check", str(file))
    assert checked.code == 2
    assert "flows.parquet" in checked.err
    (tmp_path / "flows.parquet").touch()
    (tmp_path / "regions.csv").touch()
    checked = run("study", "check", str(file))
    assert (checked.code, "6 tables with 16 columns" in checked.out) == (0, True)
    assert "6 张表共 16 列" in run("study", "check", str(file), "--lang", "zh").out


def test_a_misspelt_key_is_named_with_the_nearest(run, study: Path, tmp_path: Path):
    (tmp_path / "bad.toml").write_text(STUDY.replace("cluster =", "clusters ="))
    said = run("study", "check", str(tmp_path / "bad.toml"))
    assert said.code == 2
    assert "Did you mean 'cluster'?" in said.err


def test_a_run_prints_the_tables_and_tells_what_was_kept(run, study: Path):
    first = run("study", "run", str(study))
    assert first.code == 0, first.err
    assert "L.ICO" in first.out
    assert "2 steps computed, 0 taken" in first.err
    folder = study.with_name("small-results")
    assert (folder / "tables.txt").read_text() == first.out
    assert not (folder / "tables.docx").exists()
    again = run("study", "run", str(study), "--lang", "zh")
    assert "滞后交流" in again.out
    assert "沿用此前结果 2 步" in again.err


def test_a_name_puts_it_into_the_store(run, study: Path, bench: Workbench):
    done = run("study", "run", str(study), "--name", "small_one")
    assert done.code == 0
    assert "/?view=study&name=small_one" in done.err
    assert (bench.studies()[0]["name"], bench.studies()[0]["problem"]) == ("small_one", None)
    assert bench.study_file("small_one", "tables", "txt") == done.out.encode()
    assert "small_one" in bench.store.studies.names()
    assert bench.study("small_one", lang="zh")["title"] == "小型研究"
    for name in ("../out", "Big", "a/b"):
        said = run("study", "run", str(study), "--name", name)
        assert (said.code, "no name of a study" in said.err) == (2, True)
    assert run("study", "run", str(study), "--name", "x", "--out", "y").code == 2
