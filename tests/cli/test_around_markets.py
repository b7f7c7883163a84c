"""The commands around the market finder: baskets, candidates, competitors, comparison, availability, search, profiles."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from entrepot.analyses.weights import presets
from entrepot.api import create_app


@pytest.fixture(scope="module")
def client(bench):
    with TestClient(create_app(lambda: bench), base_url="http://127.0.0.1:8000") as made:
        yield made


@pytest.mark.parametrize(
    ("question", "words", "options"),
    [
        ("markets", {"exporter": "CHL", "product": "2603,2604"}, {"served": "new", "among": "region:Asia,income:high"}),
        ("markets", {"exporter": "CHL", "product": "2603"}, {"weights": "near"}),
        ("competitors", {"product": "2603"}, {"market": "CHN", "exporter": "CHL", "basis": "world"}),
        ("compare", {"exporter": "CHL", "product": "2603"}, {"markets": "CHN,JPN,KOR", "weights": "tariff_first"}),
        ("availability", {"exporter": "CHL", "product": "2603"}, {"by": "market", "lang": "zh"}),
        ("availability", {"exporter": "CHL", "product": "2603,2604"}, {}),
    ],
)
def test_command_line_and_rest_agree(run, client, question, words, options):
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    shell = run(question, *words.values(), *flags, "--json")
    assert shell.code == 0, shell.err
    rest = client.get(f"/api/v1/{question}", params=words | options)
    assert rest.status_code == 200
    assert json.loads(shell.out) == rest.json()


def test_the_table_marks_new_markets_apart(run):
    table = run("markets", "CHL", "2603", "--served", "new").out
    assert "○ new" in table
    assert "●" not in table
    assert "○ 新" in run("markets", "CHL", "2603", "--served", "new", "--lang", "zh").out
    assert "●" in run("markets", "CHL", "2603", "--served", "served").out


def test_lists_come_from_files(run, tmp_path: Path):
    goods, places = tmp_path / "goods.txt", tmp_path / "places.txt"
    goods.write_text("2603  # copper\n2604,\n", encoding="utf-8")
    places.write_text("\ufeffCHN\nJPN\n", encoding="utf-8")
    answer = json.loads(run("markets", "CHL", str(goods), "--among", str(places), "--json").out)
    assert answer["parameters"]["product"] == "2603,2604"
    assert {row["importer"] for row in answer["rows"]} == {"CHN", "JPN"}


def test_side_by_side_each_row_has_its_own_unit(run):
    table = run("compare", "CHL", "2603", "--markets", "CHN,JPN", "--all").out
    lines = {line.split("  ")[0].strip(): line for line in table.splitlines()}
    assert "China, Japan side by side" in table
    assert "bn" in lines["Market size"]
    assert "%" in lines["Share gap"]
    assert "%" not in lines["Distance"]
    assert "US$" in lines["Market size"]
    assert "fraction" not in table, "units are told by their names"
    chinese = run("compare", "CHL", "2603", "--markets", "CHN,JPN", "--all", "--lang", "zh").out
    assert "美元/吨" in chinese
    assert "usd/t" not in chinese


def test_a_history_is_called_by_the_names(run):
    assert "Copper ores and concentrates from Chile to China" in run("history", "CHL", "2603", "CHN").out
    assert "智利对中国出口2603 铜矿砂及其精矿" in run("history", "CHL", "2603", "CHN", "--lang", "zh").out


def test_nobody_is_marked_where_nobody_was_asked_about(run):
    assert "Asked about" not in run("competitors", "2603", "--market", "CHN").out


def test_who_is_told_apart_in_the_table_of_competitors(run):
    table = run("competitors", "2603", "--market", "CHN", "--exporter", "PER", "--top", "5").out
    assert "Who sells 2603" in table
    assert [line.split()[1] for line in table.splitlines() if "yes" in line] == ["PER"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet", ".json"])
@pytest.mark.parametrize(
    "words",
    [
        ("markets", "CHL", "2603,2604"),
        ("competitors", "2603", "--market", "CHN"),
        ("compare", "CHL", "2603", "--markets", "CHN,JPN"),
        ("availability", "CHL", "2603"),
    ],
)
def test_every_answer_can_be_kept(run, tmp_path: Path, suffix, words):
    target = tmp_path / f"answer{suffix}"
    said = run(*words, "--out", str(target))
    assert said.code == 0, said.err
    assert target.stat().st_size > 500


def test_search(run, client):
    said = run("search", "zg", "--lang", "zh")
    assert "CHN" in said.out
    assert "中国的拼音" in said.out
    assert "also called" in run("search", "crude", "oil").out
    assert "Nothing fits" in run("search", "qqqq").out
    shell = json.loads(run("search", "tk", "--kind", "product", "--json").out)
    assert shell == client.get("/api/v1/search", params={"q": "tk", "kind": "product"}).json()
    assert run("search", "x", "--kind", "town").code == 2


def test_profiles_are_kept_and_used(run, bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    saved = run(
        "profile", "save", "steady", "--weights", "political_stability=3,gap=1", "--basis", "world", "--scale", "minmax"
    )
    try:
        assert saved.code == 0, saved.err
        assert "--weights steady" in saved.out
        assert run("profile", "save", "steady", "--weights", "gap=1").code == 2
        listed = json.loads(run("profile", "list", "--json").out)["profiles"]
        assert [entry["id"] for entry in listed] == [*presets(), "steady"]
        answer = json.loads(run("markets", "CHL", "2603", "--weights", "steady", "--json").out)["parameters"]
        assert answer["weights"] == {"political_stability": 3, "gap": 1}
        assert (answer["basis"], answer["scale"]) == ("world", "minmax")
        # What is typed outranks what was saved.
        typed = json.loads(run("markets", "CHL", "2603", "--weights", "steady", "--scale", "zscore", "--json").out)
        assert typed["parameters"]["scale"] == "zscore"
        kept = tmp_path / "steady.json"
        kept.write_text(run("profile", "show", "steady", "--json").out, encoding="utf-8")
    finally:
        assert run("profile", "remove", "steady").code == 0
    again = json.loads(run("markets", "CHL", "2603", "--weights", str(kept), "--json").out)["parameters"]
    assert again == answer
    assert run("markets", "CHL", "2603", "--weights", "steady").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("save", "balanced", "--weights", "gap=1"),
        ("save", "../out", "--weights", "gap=1"),
        ("save", "mine", "--weights", "gapp=1"),
        ("save", "mine", "--weights", "gap=1", "--basis", "wrold"),
        ("show", "nobody"),
        ("list", "--lang", "fr"),
        ("show", "near", "--lang", "fr"),
        ("remove", "near"),
    ],
)
def test_what_is_no_profile_is_refused(run, words):
    said = run("profile", *words)
    assert said.code == 2
    assert said.err.startswith("Error")


def test_rest_knows_presets_but_no_profiles_and_no_paths(run, client, tmp_path: Path):
    kept = tmp_path / "w.json"
    kept.write_text('{"gap": 1}', encoding="utf-8")
    run("profile", "save", "private", "--weights", "gap=1")
    try:
        for weights in ("private", str(kept)):
            rest = client.get("/api/v1/markets", params={"exporter": "CHL", "product": "2603", "weights": weights})
            assert rest.status_code == 422
            assert rest.json()["error"]["field"] == "weights"
        listed = tmp_path / "p.txt"
        listed.write_text("2603,2604", encoding="utf-8")
        for field in ("product", "among"):
            asked = {"exporter": "CHL", "product": "2603", field: str(listed)}
            assert client.get("/api/v1/markets", params=asked).status_code == 422
    finally:
        run("profile", "remove", "private")


@pytest.mark.parametrize("preset", list(presets()))
def test_each_preset_ranks(bench, preset):
    answer = bench.markets("CHL", "2603", year=2024, weights=preset)
    assert answer.parameters["weights"] == presets()[preset]
    listed = {entry["id"]: entry for lang in ("en", "zh") for entry in bench.indicators(lang)["presets"]}
    assert listed[preset]["description"].endswith("。")
    assert not listed[preset]["name"].isascii()


def test_near_markets_come_first_with_the_preset_for_them(bench):
    def kilometres(weights):
        return bench.markets("CHL", "2603", year=2024, weights=weights).frame["distance_km"].head(10).mean()

    assert kilometres("near") < kilometres("balanced")
