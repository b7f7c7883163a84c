"""`entrepot build` on the command line."""

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
