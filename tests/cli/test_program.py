"""The program around the questions: help, version, data, indicators, start-up."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from entrepot.analyses.options import CHOICES, Options
from entrepot.cli.language import language
from entrepot.cli.progress import progress_bar
from entrepot.cli.questions import HOW_COMPUTED, QUESTIONS
from entrepot.cli.server import is_loopback
from entrepot.report import SUFFIXES

ENTREPOT = Path(sys.executable).with_name("entrepot")
HEAVY = ["polars", "duckdb", "numpy", "scipy", "fastapi", "uvicorn", "pandas", "pyarrow", "xlsxwriter", "pydantic"]


def test_help_is_quick_and_loads_no_engine():
    code = (
        f"import sys; from entrepot.cli import main; main(['--help']); print([m for m in {HEAVY} if m in sys.modules])"
    )
    begun = perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    taken = perf_counter() - begun
    assert done.stdout.splitlines()[-1] == "[]"
    assert taken < 1.5, "0.3 s on a quiet machine"


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["data"], ["data", "--help"]])
def test_help_in_either_language(run, words, monkeypatch: pytest.MonkeyPatch):
    english = run(*words)
    assert english.code == 0
    assert "Commands" in english.out
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert "数据" in run(*words).out


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_explains_every_option(run, question: str):
    text = run(question, "--help").out
    for name in (*QUESTIONS[question].options, *QUESTIONS[question].needed):
        assert "--" + name.replace("_", "-") in text
    for name in ("--csv", "--json", "--out", "--force", "--lang", "--columns"):
        assert name in text


def test_the_command_line_has_every_option():
    assert set(HOW_COMPUTED) == set(Options.__dataclass_fields__) - {"lang"} | {"year", "data"}


def test_version(run):
    assert run("--version").out.startswith("entrepot 0.")


def test_indicators(run):
    every = run("indicators")
    assert "gap" in every.out
    assert "balanced" in every.out
    one = run("indicators", "gap", "--lang", "zh")
    assert "公式" in one.out
    assert "Gravity" in one.out
    listed = json.loads(run("indicators", "gap", "--json").out)
    assert [entry["id"] for entry in listed["indicators"]] == ["gap"]


def test_data_commands(run, bench):
    assert "minerals" in run("data", "list").out
    assert json.loads(run("data", "list", "--json", "--lang", "zh").out) == bench.datasets("zh")
    shown = run("data", "show").out
    assert "Etalab" in shown
    assert "pairs" in shown
    assert bench.snapshot.id in shown
    assert "is whole" in run("data", "verify").out
    assert "完整" in run("data", "verify", "--lang", "zh").out
    assert "Removed" in run("data", "prune").out
    assert run("data", "use", "minerals").code == 0
    assert bench.snapshot.default_data == "minerals"


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_HK", "LANG": "en_US"}, "zh"),
        (["--lang", "zh"], {}, "zh"),
        (["--lang"], {"LANG": "zh"}, "zh"),
        (["--lang=en"], {"LANG": "zh"}, "en"),
    ],
)
def test_the_language(words, environment, expected):
    assert language(words, environment) == expected


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("x", False),
    ],
)
def test_what_is_this_machine_alone(host: str, own: bool):
    assert is_loopback(host) is own


def test_an_output_that_cannot_show_chinese_does_not_stop_the_program(bench):
    done = subprocess.run(
        [ENTREPOT, "history", "CHL", "2603", "CHN", "--lang", "zh"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert done.returncode == 0, done.stderr
    assert b"2024" in done.stdout


def test_a_first_start_publishes_the_embedded_data(tmp_path: Path):
    environment = {**os.environ, "ENTREPOT_HOME": str(tmp_path / "home")}
    done = subprocess.run([ENTREPOT, "data", "list", "--json"], env=environment, capture_output=True, text=True)
    assert json.loads(done.stdout)["default"] == "minerals"
    assert done.stderr == "", "no bar where there is no terminal"


def test_a_bar_is_shown_at_a_terminal(tmp_path: Path):
    master, terminal = pty.openpty()
    code = (
        "import time; from entrepot.cli import progress as p; p.PATIENCE_S = 0\n"
        "with p.progress_bar('Working') as move:\n"
        "    for k in range(5): move(str(k), k / 5); time.sleep(0.05)\n"
    )
    done = subprocess.Popen([sys.executable, "-c", code], stderr=terminal, stdout=subprocess.PIPE)
    assert done.wait(20) == 0
    os.close(terminal)
    assert b"Working" in os.read(master, 10_000)
    os.close(master)
    with progress_bar("silent") as move:
        move("x", 0.5)


def test_the_page_on_the_command_line_is_in_step(project: Path):
    page = (project / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, choices in CHOICES.items():
        assert f"`--{name.replace('_', '-')}`" in page
        assert all(str(choice) in page for choice in choices), name
    for suffix in SUFFIXES:
        assert f"`{suffix}`" in page
    for name in QUESTIONS:
        assert f"entrepot {name} " in page
