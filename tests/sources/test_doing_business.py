import pytest

from entrepot.sources import doing_business
from entrepot.sources.head import head_of
from tests.sources.reference import dropped, fails, read, real, stata, table

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
