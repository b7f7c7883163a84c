"""The set-up scripts: a step is done once for the same inputs, and again as soon as one of them changes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def stamps(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.syspath_prepend(project / "tools" / "setup")
    import stamps

    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return stamps


def test_a_fingerprint_depends_on_place_content_and_facts_only(stamps, tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    first = stamps.fingerprint([one, two], "3.11")
    os.utime(one, (0, 0))
    assert stamps.fingerprint([two, one], "3.11") == first
    assert stamps.fingerprint([one, two], "3.12") != first
    assert stamps.fingerprint([one], "3.11") != first
    one.write_text("changed")
    assert stamps.fingerprint([one, two], "3.11") != first


def test_a_stamp_answers_for_its_key_only(stamps, tmp_path: Path):
    stamp = tmp_path / "deep" / "stamp"
    assert not stamps.is_done(stamp, "a")
    stamps.done(stamp, "a")
    assert stamps.is_done(stamp, "a")
    assert not stamps.is_done(stamp, "b")


def test_make_explains_a_missing_python(project: Path):
    run = subprocess.run(["make", "setup", "PYTHON=no-such-python"], cwd=project, capture_output=True, text=True)
    assert run.returncode != 0
    assert "no-such-python" in run.stderr
    assert "3.11 or newer" in run.stderr


def test_make_explains_an_old_python(project: Path, tmp_path: Path):
    old = tmp_path / "old python"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.1"\nexit 1\n')
    old.chmod(0o755)
    run = subprocess.run(["make", "setup", f"PYTHON={old}"], cwd=project, capture_output=True, text=True)
    assert run.returncode != 0
    assert "is Python 3.9.1" in run.stderr


def test_an_old_node_is_refused_in_words(project: Path, tmp_path: Path):
    for name, answer in (("node", "v18.20.0"), ("npm", "9")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {answer}\n")
        program.chmod(0o755)
    code = "import web_app; web_app.need_node()"
    environment = {"PATH": str(tmp_path) + os.pathsep + os.defpath, "PYTHONPATH": str(project / "tools" / "setup")}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert run.returncode == 2
    assert "too old: v18.20.0" in run.stderr
    assert re.search(r"Node 20[.\d]* or newer", run.stderr)


def test_the_ci_script_can_be_run(project: Path):
    script = project / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/usr/bin/env bash\n")
