"""What users type: codes, names in two languages, words; and what they are told when it fits nothing or too much."""

import pytest

from entrepot.core.errors import InputError


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CHL", "CHL"),
        ("chile", "CHL"),
        ("智利", "CHL"),
        ("490", "TWN"),
        ("S19", "TWN"),
        ("台湾", "TWN"),
        ("251", "FRA"),
        ("842", "USA"),
        ("699", "IND"),
        ("757", "CHE"),
        ("579", "NOR"),
        ("156", "CHN"),
        ("USA", "USA"),
        ("cote d'ivoire", "CIV"),
        ("Guinea", "GIN"),
        ("EU27", "EU27"),
    ],
)
def test_economies_by_code_and_name(bench, typed, code):
    assert bench.world.places.find(typed, field="exporter").code == code


def test_an_ambiguous_name_lists_its_candidates(bench):
    with pytest.raises(InputError) as caught:
        bench.markets("Korea", "2603")
    assert caught.value.code == "ambiguous_economy"
    assert {"KOR", "PRK"} <= set(caught.value.valid)
    assert "KOR" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Chilee", "CHL"), ("CHLE", "CHL"), ("Germnay", "DEU"), ("Brasil", "BRA")]
)
def test_an_unknown_economy_names_the_nearest(bench, typed, nearest):
    with pytest.raises(InputError) as caught:
        bench.markets(typed, "2603")
    assert caught.value.code == "unknown_economy"
    assert caught.value.nearest == nearest
    assert caught.value.field == "exporter"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2603", "2603"), ("260300", "260300"), ("26.03", "2603"), ("copper ores", "2603"), ("铜矿", "2603")],
)
def test_products_by_code_and_words(bench, typed, code):
    assert bench.world.goods("minerals").find(typed).code == code


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("9999", "unknown_product"),
        ("26030", "bad_product_code"),
        ("ores", "ambiguous_product"),
        ("bananas", "unknown_product"),
    ],
)
def test_products_that_are_not_there(bench, typed, problem):
    with pytest.raises(InputError) as caught:
        bench.markets("CHL", typed)
    assert caught.value.code == problem
    assert caught.value.field == "product"
    assert caught.value.valid


def test_a_product_of_another_data_set_names_that_set(bench):
    from entrepot.analyses.directory import Goods

    reference = bench.snapshot.reference("products")
    shoes = Goods(reference, ["640399"])
    with pytest.raises(InputError) as caught:
        bench.world.goods("minerals").find("6403", elsewhere=[("world", shoes)], data="minerals")
    assert caught.value.code == "product_elsewhere"
    assert caught.value.nearest == "world"
    assert "--data world" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "field", "nearest"),
    [
        ({"year": 1980}, "year", "1995"),
        ({"weights": {"gapp": 1}}, "weights", "gap"),
        ({"weights": "gap=-1"}, "weights", None),
        ({"weights": "gap"}, "weights", None),
        ({"basis": "bilatral"}, "basis", "bilateral"),
        ({"window": 4}, "window", None),
        ({"rank_by": "scor"}, "rank_by", "score"),
        ({"data": "mineral"}, "data", "minerals"),
        ({"distence": "sea"}, "distence", "distance"),
        ({"lang": "fr"}, "lang", None),
    ],
)
def test_wrong_options_name_what_is_valid(bench, given, field, nearest):
    with pytest.raises(InputError) as caught:
        bench.markets("CHL", "2603", **given)
    assert caught.value.field == field
    if nearest:
        assert caught.value.nearest == nearest
    told = caught.value.as_dict("zh")["error"]
    assert told["message"] != caught.value.as_dict("en")["error"]["message"]


def test_a_market_that_is_the_exporter_is_refused(bench):
    for market in ("CHL", "chile"):
        with pytest.raises(InputError, match="hold each other"):
            bench.products("CHL", market)
    with pytest.raises(InputError, match="hold each other"):
        bench.products("DEU", "EU27")


def test_levels_and_top_are_checked(bench):
    with pytest.raises(InputError, match="level"):
        bench.products("CHL", "CHN", level=5)
    with pytest.raises(InputError, match="top"):
        bench.priorities("AUS", top=0)


def test_nothing_traded_says_what_to_do(bench):
    with pytest.raises(InputError) as caught:
        bench.products("CHL", "PCN", year=1996)
    assert caught.value.code == "nothing_traded"


@pytest.mark.parametrize("typed", ["World", "other", "Dutch", "Latin America"])
def test_a_fragment_does_not_silently_become_a_group_or_a_territory(bench, typed):
    try:
        found = bench.world.places.find(typed, field="exporter")
    except InputError:
        return
    assert typed.casefold() in found.name.en.casefold()
    assert not found.is_group


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"product": 2603}, "product"),
        ({"exporter": 152}, "exporter"),
        ({"year": 2024.5}, "year"),
        ({"window": 5.0}, "window"),
        ({"weights": 3}, "weights"),
        ({"weights": "gap=1,gap=3"}, "weights"),
        ({"weights": {"gap": True}}, "weights"),
    ],
)
def test_wrong_types_are_told_not_thrown(bench, given, field):
    asked = {"exporter": "CHL", "product": "2603", **given}
    with pytest.raises(InputError) as caught:
        bench.markets(asked.pop("exporter"), asked.pop("product"), **asked)
    assert caught.value.field == field
