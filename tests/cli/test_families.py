"""Trade power and intra-industry trade on every surface: one vocabulary, one answer, as table, JSON, file and chart."""

import json
from xml.etree import ElementTree

import polars as pl
import pytest
from fastapi.testclient import TestClient

import entrepot
from entrepot.analyses.family_vocabulary import QUESTIONS
from entrepot.api import create_app
from entrepot.report.publication import FORMATS

CASES = [
    ("power", [], {"product": "2603", "years": "2022-2024"}),
    ("power", [], {"economy": "CHN", "method": "given", "sigma_table": "26=3,27=2.5", "level": 4, "lang": "zh"}),
    ("power", [], {"product": "2709", "method": "compare", "years": "2023,2024"}),
    ("power", [], {"product": "2603", "average": "geometric", "winsorise": 0.05, "least_exporters": 5, "rank_by": "tpi_export"}),
    ("power-change", ["CHN"], {"years": "2000-2024", "side": "export"}),
    ("power-roads", ["CHL"], {"years": "2000-2024"}),
    ("power-leaders", [], {"economy": "CHL", "year": 2020}),
    ("power-elasticities", [], {"product": "2603", "methods": "fixed_point,given", "sigma_table": "26=3"}),
    ("iit", ["CHN"], {"partners": "developed,developing", "by": "section", "level": "hs6", "years": "2002-2003", "alpha": 0.25}),
    ("iit", ["CHN"], {"by": "hs4", "typing": "ff", "bands": "0.5,2", "tc_bands": "0.5", "span": 2, "lang": "zh"}),
    ("iit-sources", ["CHN"], {"years": "2000-2024", "of": "industry", "by": "section"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(bench) -> TestClient:
    return TestClient(create_app(lambda: bench), base_url="http://localhost")


@pytest.mark.parametrize(("name", "named", "options"), CASES)
def test_command_line_rest_and_python_agree(run, client, bench, name, named, options):
    question = QUESTIONS[name]
    flags = [word for option, value in options.items() for word in ("--" + option.replace("_", "-"), str(value))]
    shell = run(name, *named, *flags, "--json")
    assert shell.code == 0, shell.err
    said = json.loads(shell.out)
    params = dict(zip(question.arguments, named, strict=True)) | options
    rest = client.get("/api/v1/" + name.replace("-", "/"), params=params)
    assert rest.json() == said
    python = getattr(bench, question.asks)(*named, **options)
    assert json.loads(python.to_json()) == said
    assert said["rows"]


def test_the_public_names_are_there(bench):
    for question in QUESTIONS.values():
        assert question.asks in entrepot.__all__
        assert callable(getattr(entrepot, question.asks))
    text = entrepot.iit_tables("CHN", years="2000,2003")
    assert text.startswith("Table 1.")


def test_tables_for_people_in_both_languages(run):
    english = run("power", "--product", "2603", "--rows", "3")
    assert "Trade power in 2603 Copper ores and concentrates, 2024" in english.out
    assert "Chile" in english.out
    chinese = run("iit", "CHN", "--by", "section", "--years", "2000-2003", "--lang", "zh")
    assert "中国的产业内贸易，2000–2003 年" in chinese.out


def test_charts_from_the_command_line(run, tmp_path):
    for name, named, kind, flags in (
        ("power", [], "scatter", ["--product", "2603"]),
        ("power", [], "stages", ["--economy", "CHN"]),
        ("power-change", ["CHN"], "waterfall", ["--years", "2000-2024"]),
        ("iit", ["CHN"], "stack", ["--by", "section", "--years", "2000-2003"]),
    ):
        file = tmp_path / f"{name}-{kind}.svg"
        said = run(name, *named, *flags, "--plot", str(file), "--chart", kind)
        assert said.code == 0, said.err
        assert ElementTree.parse(file).getroot().tag.endswith("svg")
        again = run(name, *named, *flags, "--plot", str(file))
        assert (again.code, "--force" in again.err) == (2, True)
    assert run("power", "--chart", "bars").code == 2
    wrong = run("power", "--product", "2603", "--plot", str(tmp_path / "x.svg"), "--chart", "pie")
    assert wrong.code == 2
    assert "scatter" in wrong.err
    assert not (tmp_path / "x.svg").exists()


def test_charts_as_data_over_rest(client):
    answer = client.get("/api/v1/power", params={"product": "2603", "years": "2020-2024", "chart": "path"}).json()
    plain = client.get("/api/v1/power", params={"product": "2603", "years": "2020-2024"}).json()
    assert {name: value for name, value in answer.items() if name != "chart"} == plain
    first = answer["chart"]["series"][0]
    rows = {row["year"]: row["tpi"] for row in plain["rows"] if row["economy"] == first["id"]}
    assert dict(zip(first["x"], first["values"], strict=True)) == rows


def test_tables_of_ones_own(run, tmp_path):
    sigma, industries = tmp_path / "sigma.csv", tmp_path / "industries.csv"
    sigma.write_text("product,sigma\n0026,9\n26,3\n")
    industries.write_text("product,industry,name_en\n2603,copper,Copper\n2709,oil,Oil\n")
    said = run("power", "--product", "2603", "--method", "given", "--sigma-table", str(sigma), "--json")
    assert {row["sigma"] for row in json.loads(said.out)["rows"]} == {3.0}
    said = run("iit", "CHN", "--by", "table", "--industries", str(industries), "--json")
    assert {row["industry"] for row in json.loads(said.out)["rows"]} <= {"TOTAL", "copper", "oil"}
    pl.DataFrame({"product": ["26"], "sigma": [4.0]}).write_parquet(tmp_path / "sigma.parquet")
    said = run(
        "power", "--product", "2603", "--method", "given", "--sigma-table", str(tmp_path / "sigma.parquet"), "--json"
    )
    assert json.loads(said.out)["rows"][0]["sigma"] == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("iit", "CHN", "--industries", "nowhere.csv"), "nowhere.csv"),
        (("iit", "CHN", "--industries", "x.txt"), ".parquet"),
        (("power", "--sigma-table", "26:3", "--method", "given"), "broda_weinstein"),
        (("power", "--method", "given"), "entrepot data add"),
        (("power", "--rank-by", "markup"), "no total"),
        (("power", "--economy", "CHN", "--years", "1900"), "1995–2024"),
        (("iit", "CHN", "--by", "sitc3"), "SITC3"),
        (("power-change", "CHN", "--years", "2024"), "two years"),
        (("power", "--product", "2603", "--chart", "stages", "--plot", "x.svg"), "economy without a product"),
    ],
)
def test_what_cannot_be_answered_says_why(run, words, told, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    said = run(*words)
    assert said.code == 2
    assert told in said.err
    assert run(*words, "--lang", "zh").code == 2


def test_an_answer_too_large_for_the_net_is_refused(client, monkeypatch):
    monkeypatch.setattr("entrepot.api.families.MOST_ROWS", 10)
    answer = client.get("/api/v1/iit", params={"reporter": "CHN", "by": "hs6", "years": "2023"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "too_many_rows"


def test_lists_of_partners(client, bench):
    listed = client.get("/api/v1/lists/partners").json()["partners"]
    assert listed == bench.partner_lists()
    advanced = next(one for one in listed if one["id"] == "advanced")
    assert "April 2024" in advanced["source"]


def test_the_tables_of_the_source_in_every_format(run, client, tmp_path):
    """1994 and 2003 would be its years; the embedded data begin in 1995."""
    printed = run("iit-tables", "CHN", "--years", "1995,2003")
    for head in ("Table 1. Intra-industry trade with all partners: China", "Table 2.", "Table 3.", "Table 4. Sources"):
        assert head in printed.out
    assert run("iit-tables", "CHN", "--years", "1995,2003", "--out", str(tmp_path)).code == 0
    assert {file.suffix for file in tmp_path.iterdir()} == set(FORMATS)
    assert (tmp_path / "tables.txt").read_text() == printed.out
    assert run("iit-tables", "CHN", "--out", str(tmp_path)).code == 2, "nothing is replaced unasked"
    rest = client.get("/api/v1/iit/tables", params={"reporter": "CHN", "years": "1995,2003"}).json()
    for table in rest["tables"]:
        assert table["title"] in printed.out


def test_the_tables_hold_what_the_question_answers(bench):
    from entrepot.report.publication.intraindustry import intraindustry_tables

    tables = intraindustry_tables(bench.iit_tables("CHN", years="1995,2003", partners="WLD,developed"))
    frame = bench.iit("CHN", years="1995,2003", partners="WLD,developed", by="section").frame
    whole = frame.filter(
        (pl.col("partner") == "developed") & (pl.col("year") == 2003) & (pl.col("industry") == "TOTAL")
    )
    last = tables[1].groups[0].rows[-1]
    assert last.label.en == "2003"
    assert [cell.value for cell in last.cells[2:]] == [whole["gl_aggregate"][0], whole["gl_adjusted"][0]]
    by_class = tables[2]
    assert [head.over.en for head in by_class.columns[::2]] == ["World", "Developed (source of 2006)"]
    assert by_class.groups[-1].rows[-1].cells[3].value == whole["gl_aggregate"][0]
    section = frame.filter((pl.col("partner") == "WLD") & (pl.col("year") == 1995) & (pl.col("industry") == "XV"))
    row = next(row for group in by_class.groups for row in group.rows if row.label.en == "XV Base metals")
    assert row.cells[0].value == section["gl"][0]
