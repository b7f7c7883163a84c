"""`entrepot build` on the command line."""

import json

import pytest

from entrepot.analyses.built import CHOICES
from entrepot.cli import main
from entrepot.cli.finder_questions import HOW_A_FLOW


def test_every_option_that_changes_a_number_may_be_built():
    assert set(HOW_A_FLOW) - {"data", "year"} == set(CHOICES)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "cells, by product and by pair"), ("zh", "按产品和按国家对各存一份")]
)
def test_build_says_what_there_is_and_show_tells_it(tmp_path, monkeypatch, capsys, lang, words):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "home"))
    assert main(["build", "--level", "both", "--year", "2019", "--window", "3", "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert said.count(words) == 2
    assert main(["data", "show", "--lang", lang]) == 0
    assert "2019, HS4, window=3" in capsys.readouterr().out
    assert main(["data", "verify", "--lang", lang]) == 0


@pytest.mark.parametrize("words", [["--level", "5"], ["--data", "nope"], ["--year", "1800"], ["--window", "4"]])
def test_what_cannot_be_built_is_named(run, words):
    said = run("build", *words)
    assert said.code == 2
    assert "Error" in said.err


@pytest.mark.parametrize(("lang", "words"), [("en", "Flows of 2603"), ("zh", "贸易流量")])
def test_flows_are_read_from_the_build_and_kept_as_any_answer(tmp_path, monkeypatch, capsys, lang, words):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "home"))
    assert main(["flows", "--product", "2603", "--lang", lang]) == 2
    assert "entrepot build --data minerals --year 2024 --level 4" in capsys.readouterr().err
    assert main(["build", "--level", "4"]) == 0
    capsys.readouterr()
    assert main(["flows", "--product", "2603", "--exporter", "CHL", "--lang", lang]) == 0
    assert words in capsys.readouterr().out
    path = tmp_path / "flows.xlsx"
    assert main(["flows", "--exporter", "CHL", "--market", "CHN", "--level", "4", "--out", str(path)]) == 0
    assert path.stat().st_size > 10_000
    assert main(["flows", "--product", "2603", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert len(page["values"]["value_usd"]) == page["total"] > 100
