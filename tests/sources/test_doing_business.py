import pyreadstat
import pytest

from entrepot.sources import doing_business
from entrepot.sources.head import head_of
from tests.sources.reference import dropped, fails, read, real, stata, table, workbook

ROWS = [
    ("CHL", "Chile", 2020.0, 25.6, 290.0, 50.0),
    ("CHIN", "China", 2020.0, 16.18, 241.25, 77.25),
    ("CHN", "China Shanghai", 2020.0, 15.1, 230.0, 75.0),
    ("CHN_Beij", "China Beijing", 2020.0, 17.5, 255.0, 80.0),
    ("CHIN", "China", 2010.0, None, None, None),
    ("CHN", "China Shanghai", 2010.0, 15.0, None, None),
    ("CHN_Beij", "China Beijing", 2010.0, None, None, None),
    ("ERI", "Eritrea", 2020.0, 16.6, -9999.0, -9999.0),
    ("ROM", "Romania", 2020.0, 25.8, 0.0, 0.0),
]
COLUMNS = ("cod", "economy", "dbyear", "contractscost", "tradeMcostborder", "tradeMcostdocs")


def sample(path, rows=ROWS, columns=COLUMNS):
    return stata(path, {name: [row[n] for row in rows] for n, name in enumerate(columns)})


def test_values_are_of_the_whole_economy_or_say_which_city(tmp_path):
    reading = read(doing_business.PROVIDER, sample(tmp_path / "Historical-data.dta"))
    frame = table(reading, "conditions")
    told = {(r["economy"], r["year"], r["indicator"]): (r["value"], r["note"]) for r in frame.iter_rows(named=True)}
    assert told["CHL", 2019, "customs_cost"] == (340.0, None)
    assert told["CHN", 2019, "contract_cost"] == (16.18, doing_business.WEIGHTED)
    assert told["CHN", 2019, "customs_cost"][0] == 318.5
    assert told["CHN", 2009, "contract_cost"] == (15.0, "one city only: China Shanghai")
    assert told["ROU", 2019, "customs_cost"][0] == 0.0
    assert ("ERI", 2019, "customs_cost") not in told
    assert dropped(reading)["no_practice"] == 2


SHEET = [
    ["Doing Business", "", "", "", "", "", "", "", "", ""],
    ["Legend", "", "", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "Enforcing contracts", "", "Trading across borders", "", ""],
    ["Country code", "Economy", "Region", "Income group", "DB Year", "Cost (% of claim)", "Score-Cost (% of claim)",
     "Cost to import: Border compliance (USD) (DB16-20 methodology)",
     "Cost to import: Documentary compliance (USD) (DB16-20 methodology)",
     "Score-Cost to import: Border compliance (USD) (DB16-20 methodology)"],
    ["CHL", "Chile", "", "", "2020", "25.6", "70", "290", "50", "76"],
    ["CHN", "China", "", "", "2020", "16.18", "70", "241.25", "77.25", "76"],
    ["CHN_Shanghai", "China Shanghai", "", "", "2020", "15.1", "70", "230", "75", "76"],
    ["CHN_Beijing", "China Beijing", "", "", "2020", "17.5", "70", "255", "80", "76"],
    ["CHN_Shanghai", "China Shanghai", "", "", "2010", "15", "70", "", "", ""],
    ["ERI", "Eritrea", "", "", "2020", "16.6", "70", "No Practice", "No Practice", ""],
]  # fmt: skip


def test_the_workbook_says_the_same_as_the_stata_file(tmp_path):
    path = workbook(tmp_path / "Historical-data---COMPLETE-dataset-with-scores.xlsx", {"All Data": SHEET})
    found = doing_business.PROVIDER.recognise(head_of(path))
    assert found is not None
    assert found.layout == "workbook"
    reading = read(doing_business.PROVIDER, path)
    told = {
        (r["economy"], r["year"], r["indicator"]): (r["value"], r["note"])
        for r in table(reading, "conditions").iter_rows(named=True)
    }
    of_stata = {
        (r["economy"], r["year"], r["indicator"]): (r["value"], r["note"])
        for r in table(read(doing_business.PROVIDER, sample(tmp_path / "a.dta")), "conditions").iter_rows(named=True)
        if r["economy"] != "ROU"
    }
    assert told == of_stata
    assert dropped(reading)["no_practice"] == 2


def test_the_real_data_as_a_workbook_say_what_they_say_as_a_stata_file(tmp_path):
    path = real("conditions/DoingBusiness_Historical-data.dta")
    frame, _ = pyreadstat.read_dta(str(path), usecols=list(COLUMNS))

    def cell(value):
        if isinstance(value, str):
            return value
        return "" if value != value else "No Practice" if value == -9999 else repr(value).removesuffix(".0")

    heading = [SHEET[3][0], SHEET[3][1], SHEET[3][4], SHEET[3][5], SHEET[3][7], SHEET[3][8]]
    body = [[cell(value) for value in row] for row in frame[list(COLUMNS)].itertuples(index=False)]
    book = workbook(tmp_path / "Historical-data.xlsx", {"All Data": [["Legend"], heading, *body]})
    key = ["economy", "year", "indicator"]
    of_book, of_stata = (table(read(doing_business.PROVIDER, one), "conditions").sort(key) for one in (book, path))
    assert of_book.equals(of_stata)


@pytest.mark.parametrize("convention", ["CHN", "CHIN"])
def test_a_whole_economy_is_known_by_its_name_whatever_its_code(tmp_path, convention):
    rows = [*SHEET[:4], [convention, *SHEET[5][1:]], ["CHN", *SHEET[6][1:]], SHEET[7]]
    path = workbook(tmp_path / "a.xlsx", {"All Data": rows})
    frame = table(read(doing_business.PROVIDER, path), "conditions")
    assert frame.filter(indicator="contract_cost").select("economy", "value", "note").rows() == [
        ("CHN", 16.18, doing_business.WEIGHTED)
    ]


def test_a_workbook_without_one_column_of_a_kind_is_not_read(tmp_path):
    twice = [[*row, row[5]] for row in SHEET]
    path = workbook(tmp_path / "twice.xlsx", {"All Data": twice})
    assert doing_business.PROVIDER.recognise(head_of(path)) is None


def test_recognised_by_its_variables_only(tmp_path):
    other = stata(tmp_path / "other.dta", {"cod": ["CHL"], "year": [1.0]})
    assert doing_business.PROVIDER.recognise(head_of(other)) is None


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (("PER", "Peru", 2020.0, -5.0, 1.0, 1.0), "out_of_range", ("contractscost", "line 10")),
        (("PER", "Peru", 20.0, 5.0, 1.0, 1.0), "not_a_year", ("dbyear",)),
        (("CHL", "Chile", 2020.0, 5.0, 1.0, 1.0), "duplicate_rows", ("CHL",)),
    ],
)
def test_bad_files(tmp_path, row, code, words):
    fails(doing_business.PROVIDER, sample(tmp_path / "db.dta", [*ROWS, row]), code, *words)


def test_truncated_file(tmp_path):
    path = sample(tmp_path / "db.dta")
    path.write_bytes(path.read_bytes()[:-700])
    fails(doing_business.PROVIDER, path, "bad_stata_file", layout="historical")


def test_real_file():
    frame = table(read(doing_business.PROVIDER, real("conditions/DoingBusiness_Historical-data.dta")), "conditions")
    last = frame.filter(year=2019, indicator="contract_cost")
    assert last.height > 185
    assert last.filter(economy="CHN")["value"].item() == pytest.approx(16.18)
    assert last.filter(economy="USA")["note"].item() == doing_business.WEIGHTED
