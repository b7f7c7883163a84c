"""The questions on the command line: the same answers as everywhere, as table, JSON, CSV and file."""

import csv
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from entrepot.api import create_app


@pytest.fixture(scope="module")
def client(bench) -> TestClient:
    return TestClient(create_app(lambda: bench), base_url="http://localhost")


OPTIONS = {
    "year": 2023,
    "basis": "world",
    "exponent": "intervals",
    "average": "weighted",
    "price_period": "window",
    "missing": "one",
    "tariff": "max",
    "distance": "sea",
    "without": "panama,suez",
    "window": 3,
    "scale": "minmax",
    "weights": "gap=2,distance_km=1",
    "rank_by": "gap",
    "data": "minerals",
    "lang": "zh",
}


@pytest.mark.parametrize(
    ("question", "named", "options"),
    [
        ("markets", {"exporter": "CHL", "product": "2603"}, {"year": 2024}),
        ("markets", {"exporter": "CHL", "product": "2603"}, OPTIONS),
        ("products", {"exporter": "CHL"}, {"market": "CHN"}),
        ("products", {"exporter": "CHL"}, {"market": "CHN", "level": 6, "lang": "zh"}),
        ("priorities", {"exporter": "AUS"}, {"top": 5}),
        ("history", {"exporter": "CHL", "product": "2603", "market": "CHN"}, {"window": 10}),
    ],
)
def test_command_line_rest_and_python_agree(run, client, bench, question, named, options):
    if "market" in named:
        words = [named["exporter"], named["product"], named["market"]]
    else:
        words = list(named.values())
    flags = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), str(value))]
    shell = run(question, *words, *flags, "--json")
    assert shell.code == 0, shell.err
    rest = client.get(f"/api/v1/{question}", params=named | options)
    assert json.loads(shell.out) == rest.json()
    python = getattr(bench, question)(*words, **options)
    assert json.loads(python.to_json()) == rest.json()
    asked = rest.json()["parameters"]
    assert {name: asked[name] for name in options if name != "weights"} == {
        name: value for name, value in options.items() if name != "weights"
    }


def test_a_table_for_people(run):
    said = run("markets", "CHL", "2603", "--year", "2024")
    assert said.code == 0
    assert "Markets for 2603 Copper ores and concentrates from Chile, 2024 (minerals)" in said.out
    assert "20 of " in said.out
    assert "1. Amounts of potential" in said.out
    assert "Sources: " in said.out
    assert "Cite: " in said.out
    assert "US$" in said.out
    assert max(len(line) for line in said.out.split("\n1. ")[0].splitlines()) <= 120


def test_a_narrow_terminal_gets_fewer_columns(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "60")
    table = run("markets", "CHL", "2603", "--top", "3").out.split("3 of ")[0]
    assert max(map(len, table.splitlines()[1:])) <= 60, "the title may wrap"
    assert "Score" in table
    assert "…" not in table.splitlines()[1], "a column is left out rather than cut"


def test_rows_and_columns_can_be_chosen(run):
    said = run("markets", "CHL", "2603", "--top", "2", "--columns", "rank,importer,lpi,served")
    body = [line.split() for line in said.out.splitlines()[3:5]]
    assert [row[0] for row in body] == ["1", "2"]
    assert all(row[2:4] == ["not", "loaded"] for row in body)
    assert all(row[-1] in "●○" for row in body)
    unserved = run("markets", "CHL", "2603", "--columns", "importer,growth").out
    assert "no trade" in unserved, "what is missing says why"
    everything = run("markets", "CHL", "2603", "--all")
    assert " rows; --all" not in everything.out
    assert run("markets", "CHL", "2603", "--rows", "0").code == 2


def test_chinese(run, monkeypatch: pytest.MonkeyPatch):
    for words in (("--lang", "zh"), ("--lang=zh",)):
        assert "智利的2603" in run("markets", "智利", "2603", *words).out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = run("markets", "CHL", "2603")
    assert "数据来源" in said.out
    assert "亿" in said.out
    assert "Sources: " in run("markets", "CHL", "2603", "--lang", "en").out
    assert "哪些市场" in run("markets", "--help").out


def test_csv_on_standard_output_is_data_only(run):
    said = run("markets", "CHL", "2603", "--csv")
    assert said.out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert rows[0]["exporter"] == "CHL"
    assert float(rows[0]["score"]) > 0.5
    assert "1. Amounts of potential" in said.err
    assert "Amounts of potential" not in said.out


def test_json_on_standard_output_is_data_only(run):
    said = run("markets", "CHL", "2603", "--json")
    assert said.err == ""
    assert json.loads(said.out)["notes"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet", ".dta", ".json", ".svg"])
def test_out_decides_by_suffix(run, tmp_path: Path, suffix: str):
    path = tmp_path / f"answer{suffix}"
    said = run("markets", "CHL", "2603", "--out", str(path))
    assert said == (0, "", f"Saved: {path}\n")
    assert path.stat().st_size > 1000
    again = run("markets", "CHL", "2603", "--out", str(path))
    assert again.code == 2
    assert "already there" in again.err
    assert run("markets", "CHL", "2603", "--out", str(path), "--force").code == 0


def test_a_file_and_standard_output_together(run, tmp_path: Path):
    said = run("history", "CHL", "2603", "CHN", "--json", "--out", str(tmp_path / "a.json"))
    assert json.loads(said.out) == json.loads((tmp_path / "a.json").read_text())


@pytest.mark.parametrize(
    "content",
    ['{"gap": 2, "distance_km": 1}', "gap=2\n# a remark\ndistance_km = 1\n\n", "gap=2,distance_km=1"],
)
def test_weights_from_a_file(run, tmp_path: Path, content: str):
    profile = tmp_path / "profile"
    profile.write_text(content)
    said = run("markets", "CHL", "2603", "--weights", str(profile), "--json")
    assert json.loads(said.out)["parameters"]["weights"] == {"gap": 2.0, "distance_km": 1.0}


@pytest.mark.parametrize(
    "content", [b"[1]", b"{", b'{"gap": "2"}', b'{"gap": true}', b"\xff\xfe", b"{" * 70000, b"gap", b'{"gpa": 1}', b""]
)
def test_a_bad_profile_is_told(run, tmp_path: Path, content: bytes):
    profile = tmp_path / "profile"
    profile.write_bytes(content)
    said = run("markets", "CHL", "2603", "--weights", str(profile))
    if content == b"":  # no weights at all is a question: rows in the order of their codes
        assert said.code == 0
    else:
        assert said.code == 2
        assert "weights" in said.err


def test_weights_that_name_neither_preset_nor_file(run):
    said = run("markets", "CHL", "2603", "--weights", "balancd")
    assert said.code == 2
    assert "preset" in said.err


@pytest.mark.parametrize(
    ("lang", "rests", "sources"),
    [("en", "compound and last-year", "trade: CEPII"), ("zh", "复合增长与末年增长", "贸易数据：CEPII")],
)
def test_the_table_tells_codes_in_words_and_files_keep_them(run, lang: str, rests: str, sources: str):
    asked = ("markets", "CHL", "2603", "--year", "2024", "--lang", lang)
    said = run(*asked, "--columns", "importer_name,growth_basis").out
    assert rests in said
    assert "cagr+lyg" not in said
    assert sources in said, "what a table holds, not its id"
    assert "cagr+lyg 5/5" in run(*asked, "--csv").out
