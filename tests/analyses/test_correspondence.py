"""Industries of the SITC and published elasticities, through a small made-up table of concordance."""

import polars as pl
import pytest

from entrepot.analyses.correspondence import correspondence
from entrepot.analyses.industries import industries_of
from entrepot.analyses.power_published import published_sigma
from entrepot.analyses.world import World
from entrepot.core.errors import InputError

# 2603 has one way; 270900 three, two of them into 333; 710812 is chosen by the source itself; 740311 has none.
WAYS = [
    ("260300", "28310", None), ("260300", "28320", None), ("270900", "33300", None), ("270900", "33301", None),
    ("270900", "28310", None), ("710812", "97101", True), ("710812", "28310", False), ("710812", "28320", False),
    ("710813", "28310", True),
]  # fmt: skip
PRODUCTS = ["260300", "270900", "710812", "740311"]
FACTS = [
    ("HS92", "260", "CHN", "substitution_elasticity", 4.0), ("HS92", "260", "JPN", "substitution_elasticity", 0.5),
    ("HS07", "260310", "", "trade_elasticity", -3.0), ("HS07", "260320", "", "trade_elasticity", -5.0),
    ("HS07", "270900", "", "trade_elasticity", -0.7),
]  # fmt: skip


class Lent:
    """The embedded snapshot with two tables lent to it."""

    def __init__(self, snapshot, **tables: pl.DataFrame) -> None:
        self._snapshot, self._tables = snapshot, tables

    def __getattr__(self, name):
        return getattr(self._snapshot, name)

    def has_reference(self, table: str) -> bool:
        return table in self._tables or self._snapshot.has_reference(table)

    def reference(self, table: str) -> pl.DataFrame:
        return self._tables[table] if table in self._tables else self._snapshot.reference(table)


@pytest.fixture(scope="module")
def world(bench) -> World:
    ways = [("HS92", code, "SITC3", to, chosen) for code, to, chosen in WAYS]
    ways += [("HS92", "260300", "HS07", code, None) for code in ("260310", "260320")]
    ways += [("HS92", "270900", "HS07", "270900", None)]
    columns = ["from_classification", "from_code", "to_classification", "to_code", "chosen"]
    concordances = pl.DataFrame(ways, schema=columns, orient="row")
    facts = pl.DataFrame(FACTS, schema=["classification", "code", "importer", "fact", "number"], orient="row")
    named = pl.DataFrame(
        [("SITC3", "283", "", "name_en", "Copper ores")], schema=[*facts.columns[:4], "word"], orient="row"
    )
    return World(
        Lent(bench.snapshot, concordances=concordances, product_facts=pl.concat([facts, named], how="diagonal"))
    )


def by(world, word, level=None):
    found = industries_of(world, "minerals", PRODUCTS, word, level, None)
    return found, {row["product"]: row for row in found.of_product.iter_rows(named=True)}


def test_the_likeliest_code_and_how_many_are_in_doubt(world):
    found, rows = by(world, "sitc3")
    assert {code: row["industry"] for code, row in rows.items()} == {"260300": "283", "270900": "333", "710812": "971"}
    assert found.several == ("270900",)
    assert found.left_out == ("740311",)
    assert found.names["283"].en == "Copper ores"
    assert {code: row["class"] for code, row in rows.items()} == {
        "260300": "PRIMARY",
        "270900": "PRIMARY",
        "710812": None,
    }
    assert by(world, "sitc5")[0].several == ("260300", "270900")


def test_a_heading_whose_codes_are_converted_to_several_is_in_doubt(world):
    """710812 is converted to 971 and 710813 to 283: the heading goes to one of them, and that is said."""
    assert correspondence(world, "minerals", ["710812", "710813"], "sitc3").several == ()
    assert correspondence(world, "minerals", ["7108"], "sitc3").several == ("7108",)


def test_aggregates_sum_over_something_at_least_as_fine(world):
    _, rows = by(world, "sitc1", "sitc3")
    assert rows["270900"]["part"] == "3|333"
    assert by(world, "sitc3", "hs6")[1]["260300"]["part"] == "283|260300"
    assert by(world, "section", "sitc3")[1]["260300"]["part"] == "V|283"
    for level in ("sitc1", "sitc3r2"):
        with pytest.raises(InputError) as refused:
            by(world, "sitc3", level)
        assert refused.value.code == "coarse_level"
    with pytest.raises(InputError) as refused:
        by(world, "bec")
    assert refused.value.code == "concordance_not_loaded"


def test_what_no_convention_classes_is_left_out(world):
    """Chapters 98 and 99 are what customs keep for themselves."""
    for word in ("section", "class", "hs2", "hs6"):
        found = industries_of(world, "minerals", ["260300", "990000"], word, None, None)
        assert found.left_out == ("990000",)
        assert found.of_product["product"].to_list() == ["260300"]


def test_published_elasticities_in_the_codes_of_the_data_set(world):
    by_country = published_sigma(world, "minerals", "broda_weinstein", 6)
    assert by_country.select("economy", "product", "sigma").rows() == [("CHN", "260", 4.0)]
    # −3 and −5 meet in one code: their median; −0.7 gives no σ above 1 before duty, 1.7 after.
    before = published_sigma(world, "minerals", "protee", 6)
    assert before.rows() == [("260300", 4.0)]
    after = dict(published_sigma(world, "minerals", "protee_post", 4).iter_rows())
    assert after == pytest.approx({"2603": 5.0, "2709": 1.7})


def test_what_is_not_loaded_is_named(bench):
    with pytest.raises(InputError) as refused:
        published_sigma(bench.world, "minerals", "protee", 6)
    assert refused.value.code == "sigma_not_loaded"
    assert "entrepot data add" in refused.value.message.en
