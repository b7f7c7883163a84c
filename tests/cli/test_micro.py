"""The micro laboratory on the command line: simulate, compute, save, print."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from entrepot.analyses.micro.answers import cells, quality
from tests.cli.conftest import Said

WORLD = "--firms 60 --products 3 --regions 3 --years 2010-2011".split()


@pytest.fixture(scope="module")
def flows(tmp_path_factory) -> Path:
    from entrepot.cli import main

    folder = tmp_path_factory.mktemp("micro")
    assert (
        main(["simulate", "customs", *WORLD, "--out", str(folder / "flows.parquet"), "--truth", str(folder / "truth")])
        == 0
    )
    return folder / "flows.parquet"


def test_the_truth_lies_beside(flows: Path):
    names = sorted(file.name for file in (flows.parent / "truth").iterdir())
    assert names == ["cells.parquet", "firms.parquet", "parameters.json", "regions.csv"]
    assert json.loads((flows.parent / "truth" / "parameters.json").read_text())["effect"] == -0.4
    assert pl.read_csv(flows.parent / "truth" / "regions.csv").columns == ["region", "latitude", "longitude"]


def test_nothing_is_replaced_unasked(run, flows: Path):
    again = run("simulate", "customs", *WORLD, "--out", str(flows))
    assert again.code == 2
    assert "already there" in again.err
    assert (
        run(
            "simulate",
            "customs",
            *WORLD,
            "--out",
            str(flows.with_name("x.parquet")),
            "--truth",
            str(flows.parent / "truth"),
        ).code
        == 2
    )


def test_a_folder_that_cannot_be_made_is_told_before_the_work(run, tmp_path: Path, monkeypatch):
    def refused(path, *_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    out = tmp_path / "flows.parquet"
    answer = run("simulate", "customs", *WORLD, "--out", str(out), "--truth", str(tmp_path / "truth"))
    assert (answer.code, "cannot be made (Permission denied)" in answer.err, out.exists()) == (2, True, False)


def test_csv_and_parquet_hold_the_same_world(run, flows: Path, tmp_path: Path):
    assert run("simulate", "customs", *WORLD, "--out", str(tmp_path / "flows.csv")).code == 0
    assert quality(tmp_path / "flows.csv").frame.equals(quality(flows).frame)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json", ".xlsx"])
def test_answers_are_saved_by_suffix(run, flows: Path, tmp_path: Path, suffix):
    regions = str(flows.parent / "truth" / "regions.csv")
    out = tmp_path / f"cells{suffix}"
    said: Said = run("cells", str(flows), "--regions", regions, "--out", str(out))
    assert said.code == 0, said.err
    assert "Rows read" in said.err
    expected = cells(flows, regions=pl.read_csv(regions)).frame
    if suffix == ".parquet":
        assert pl.read_parquet(out).equals(expected)
    if suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["region"] for row in rows] == expected["region"].to_list()
        assert [float(row["ico"]) for row in rows] == expected["ico"].to_list()
        assert out.read_bytes().splitlines()[1].startswith(b'"11",')  # text is quoted, so that codes stay text
    if suffix == ".json":
        assert json.loads(out.read_text())["rows"][0]["ico"] == expected["ico"][0]
    else:
        beside = out.with_name(out.name + ".provenance.json")
        assert suffix == ".xlsx" or json.loads(beside.read_text())["question"] == "cells"
    assert run("cells", str(flows), "--out", str(out)).code == 2


@pytest.mark.parametrize("question", ["quality", "dispersion", "exchange", "cells", "traders"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_question_speaks_both_languages(run, flows: Path, question, lang):
    said = run(question, str(flows), "--lang", lang, "--rows", "3")
    assert said.code == 0, said.err
    assert ("读入" in said.out) is (lang == "zh")
    assert ("Rows read" in said.out) is (lang == "en")
    helped = run(question, "--help", "--lang", lang)
    assert helped.code == 0
    printed = json.loads(run(question, str(flows), "--json", "--lang", lang).out)
    assert printed["rows"]


def test_options_reach_the_formulas(run, flows: Path):
    def first(*words: str) -> dict:
        return json.loads(run(*words, "--json").out)["rows"][0]

    plain = first("dispersion", str(flows))
    assert first("dispersion", str(flows), "--neighbours", "1")["rmd"] != plain["rmd"]
    assert first("dispersion", str(flows), "--power", "1")["rmd"] != plain["rmd"]
    assert first("exchange", str(flows), "--without-self")["ico"] < first("exchange", str(flows))["ico"]
    assert first("quality", str(flows), "--sigma", "6")["quality"] != first("quality", str(flows))["quality"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sigma", "0.5"), "sigma"),
        (("--mapping", "chian"), "china"),
        (("--mapping", "china"), "party_id"),
        (("--sigma", "nowhere.csv"), "nowhere.csv"),
        (("--csv", "--json"), "--json"),
    ],
)
def test_bad_questions_are_refused(run, flows: Path, words, said):
    answer = run("quality", str(flows), *words)
    assert answer.code == 2
    assert said in answer.err


def test_a_file_that_is_not_there(run, tmp_path: Path):
    answer = run("traders", str(tmp_path / "nothing.csv"))
    assert answer.code == 2
    assert "cannot be read" in answer.err


BAD = """year,firm,region,product,destination,value_usd,quantity
2010,1101115551,11,0101,USA,10,2
2010,1101115552,11,0101,USA,12,3
2010,1101115553,11,0101,JPN,12,3
2010,110111555,11,0101,JPN,13,3
2010,1101115554,11,101,JPN,17,3
2010,1101115555,11,0101,USA,15,0
2010,3101115556,31,0101,ZZZ,15,4
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["1 rows have firm codes of another length than the usual 10", "1 rows, US$ 17: product codes a digit short",
                "(101)", "1 rows, US$ 15: no quantity above zero", "1 have one firm", "one observation (ZZZ 2010)"]),
        ("zh", ["1 行的企业编码长度不同于通常的 10 位", "1 行，17 美元：产品编码少一位", "（101）", "1 行，15 美元：数量缺失或不大于零",
                "1 个只有一家企业", "仅有一个观测（ZZZ 2010）"]),
    ],
)  # fmt: skip
def test_bad_rows_are_counted_and_named(run, tmp_path: Path, lang, said):
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    answer = run("cells", str(tmp_path / "bad.csv"), "--lang", lang)
    assert answer.code == 0, answer.err
    assert [words for words in said if words not in answer.out] == []


def test_the_formulas_can_be_looked_up(run):
    one = json.loads(run("indicators", "rmd", "--json").out)["indicators"]
    assert [(entry["family"], entry["needs"]) for entry in one] == [("allocation", ["price_usd", "quality"])]
    listed = json.loads(run("indicators", "--family", "allocation", "--json").out)["indicators"]
    assert {entry["family"] for entry in listed} == {"allocation"}
    assert {"ico", "iv_ico", "rmd3", "expy", "quality_feng"} <= {entry["id"] for entry in listed}
    assert "配置效率" in run("indicators", "ico", "--lang", "zh").out
