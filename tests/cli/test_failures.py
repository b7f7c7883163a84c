"""Whatever goes wrong is one clear message on standard error and an exit code; never a traceback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from entrepot.cli import main, program

ENTREPOT = Path(sys.executable).with_name("entrepot")


@pytest.mark.parametrize(
    ("words", "field", "expected"),
    [
        (["markets", "Germny", "2603"], "exporter", "DEU"),
        (["markets", "Congo", "2603"], "exporter", "COG"),
        (["markets", "CHL", "2699"], "product", "2601"),
        (["markets", "CHL", "260"], "product", "HS4"),
        (["markets", "CHL", "2603", "--year", "2030"], "year", "2024"),
        (["markets", "CHL", "2603", "--data", "mineral"], "data", "minerals"),
        (["markets", "CHL", "2603", "--weights", "gpa=1"], "weights", "gap"),
        (["markets", "CHL", "2603", "--weights", "gap=-1"], "weights", "at least 0"),
        (["markets", "CHL", "2603", "--rank-by", "scor"], "rank_by", "Did you mean score?"),
        (["markets", "CHL", "2603", "--basis", "bilatral"], "basis", "Did you mean bilateral?"),
        (["markets", "CHL", "2603", "--window", "4"], "window", "3, 5, 10"),
        (["markets", "CHL", "2603", "--lang", "fr"], "lang", "en, zh"),
        (["markets", "CHL", "2603", "--columns", "gpa"], "columns", "Did you mean gap?"),
        (["markets", "CHL", "2603", "--csv", "--json"], "csv", "choose one"),
        (["markets", "CHL", "2603", "--out", "a.xls"], "out", ".xlsx"),
        (["markets", "CHL", "2603", "--out", "nowhere/a.csv"], "out", "folder"),
        (["products", "CHL", "--market", "CHL"], "market", "CHL"),
        (["products", "CHL", "--market", "CHN", "--level", "5"], "level", "4, 6"),
        (["priorities", "CHL", "--level", "2"], "level", "4, 6"),
        (["priorities", "CHL", "--top", "0"], "top", "at least 1"),
        (["history", "CHL", "2603", "Chna"], "market", "CHN"),
        (["indicators", "gpa"], "indicator", "Did you mean gap?"),
        (["data", "use", "mineral"], "data", "minerals"),
        (["serve", "--host", "0.0.0.0"], "host", "--allow-remote"),
        (["serve", "--port", "70000"], "port", "65535"),
        (["serve", "--host", "no.such.host.invalid", "--allow-remote"], "host", "resolved"),
    ],
)
def test_bad_input_exits_2_and_says_what_where_and_what_to_do(run, words, field, expected):
    for lang, error in (("en", f"Error [{field}]: "), ("zh", f"错误 [{field}]：")):
        said = run(*words, *([] if "--lang" in words else ["--lang", lang]))
        if "--lang" in words:
            error = f"Error [{field}]: "
        assert said.code == 2
        assert said.out == ""
        assert said.err.startswith(error)
        if lang == "en":
            assert expected in said.err
        assert len(said.err) < 2000


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["markets", "CHL"], "PRODUCT"),
        (["products", "CHL"], "--market"),
        (["mrkets", "CHL", "2603"], "mrkets"),
        (["markets", "CHL", "2603", "--yaer", "2024"], "--yaer"),
        (["markets", "CHL", "2603", "--year", "soon"], "--year"),
        (["data", "use"], "NAME"),
    ],
)
@pytest.mark.parametrize("lang", ["en_US.UTF-8", "zh_CN.UTF-8"])
def test_a_command_typed_wrong(run, monkeypatch: pytest.MonkeyPatch, words, expected, lang):
    monkeypatch.setenv("LC_ALL", lang)
    said = run(*words)
    assert said.code == 2
    assert said.out == ""
    assert expected in said.err
    assert "--help" in said.err
    assert said.err.startswith("错误" if lang.startswith("zh") else "Error")


def test_a_long_list_of_valid_values_is_cut_and_counted(run):
    error = run("markets", "CHL", "2699").err
    assert "in all)" in error
    assert error.count("\n") <= 4


def test_our_own_fault_is_admitted_in_one_paragraph(run, monkeypatch: pytest.MonkeyPatch):
    def fail(lang: str):
        raise KeyError("boom")

    monkeypatch.setattr("entrepot.cli.questions.opened", fail)
    said = run("markets", "CHL", "2603")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "our fault" in said.err
    assert "--debug" in said.err
    assert "程序的问题" in run("markets", "CHL", "2603", "--lang", "zh").err
    with pytest.raises(KeyError):
        main(["--debug", "markets", "CHL", "2603"])


def test_ctrl_c_exits_130(run, monkeypatch: pytest.MonkeyPatch):
    def stop(lang: str):
        raise KeyboardInterrupt

    monkeypatch.setattr("entrepot.cli.questions.opened", stop)
    assert run("markets", "CHL", "2603") == (130, "", "Stopped.\n")


@pytest.mark.parametrize("shown", ["--csv", "--all"])
def test_a_reader_who_has_seen_enough_is_no_error(bench, shown):
    command = f'set -o pipefail; "{ENTREPOT}" markets CHL 2603 {shown} | head -c 10 >/dev/null'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_damaged_store_is_told(tmp_path: Path, bench):
    home = tmp_path / "home"
    shutil.copytree(bench.store.home, home)
    environment = os.environ | {"ENTREPOT_HOME": str(home)}

    def entrepot(*words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([ENTREPOT, *words], env=environment, capture_output=True, text=True)
        assert "Traceback" not in done.stdout + done.stderr
        return done

    assert entrepot("data", "verify").returncode == 0
    flows = max((home / "objects").iterdir(), key=lambda file: file.stat().st_size)
    for file in (home / "objects").iterdir():
        file.chmod(0o644)
        if file.stat().st_size > 100_000:
            file.write_bytes(file.read_bytes()[:1000])
    told = entrepot("data", "verify")
    assert told.returncode == 2
    assert "damaged" in told.stderr
    assert entrepot("markets", "CHL", "2603").returncode == 2
    flows.unlink()
    assert entrepot("data", "verify").returncode == 2
    (home / "current").write_text("nonsense\n")
    for words in (["markets", "CHL", "2603"], ["data", "list"], ["data", "verify"], ["data", "show"]):
        told = entrepot(*words)
        assert told.returncode == 2
        assert "current" in told.stderr


def test_a_home_that_is_a_file_is_told(tmp_path: Path):
    (tmp_path / "home").write_text("")
    environment = os.environ | {"ENTREPOT_HOME": str(tmp_path / "home")}
    done = subprocess.run([ENTREPOT, "data", "list"], env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_told(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = run("serve", "--port", str(port))
    assert said.code == 2
    assert f"Port {port}" in said.err
    assert f"--port {port + 1}" in said.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_serving_prints_its_address_answers_and_stops_cleanly(bench, lang: str):
    with subprocess.Popen(
        [ENTREPOT, "serve", "--port", "0", "--lang", lang], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        address = next(
            word
            for word in server.stdout.readline().replace("：http", " http").replace("（", " ").split()
            if "http" in word
        )
        with urllib.request.urlopen(f"{address}/api/v1/lists/datasets?lang={lang}", timeout=20) as answer:
            assert json.load(answer)["default"] == "minerals"
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert out == ""
    assert "Traceback" not in err


def test_the_exit_code_reaches_the_shell():
    assert subprocess.run([ENTREPOT, "markets", "CHL"], capture_output=True).returncode == 2
    assert program.INTERRUPTED == 130
