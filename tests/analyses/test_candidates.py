"""Candidate markets: who competes for a rank."""

import pytest

from entrepot.analyses import candidates as module
from entrepot.analyses.candidates import candidates
from entrepot.core.errors import InputError


def members(bench, among, exporter="CHL", year=2024):
    world = bench.world
    return candidates(world, among, world.places.find(exporter, field="exporter"), year)


def test_kinds_narrow_and_terms_of_a_kind_add_up(bench):
    asia, europe = members(bench, "region:Asia"), members(bench, "region:欧洲")
    rich = members(bench, "income:high")
    assert {"CHN", "JPN"} <= asia
    assert {"FRA", "NOR"} <= europe
    assert members(bench, "region:Asia,region:Europe") == asia | europe
    assert members(bench, "region:Asia,region:Europe,income:high") == (asia | europe) & rich
    assert members(bench, "地区：亚洲，收入：高收入") == asia & rich
    assert members(bench, "region:South-eastern Asia") < asia


def test_blocs_and_bare_groups_are_their_members_of_the_year(bench):
    assert members(bench, "bloc:EU", year=2003) < members(bench, "bloc:EU", year=2005)
    assert members(bench, "EU27") == members(bench, "bloc:EU27")
    assert members(bench, "CHN,日本,EU27") == {"CHN", "JPN"} | members(bench, "EU27")


def test_agreements(bench):
    rcep = members(bench, "agreement:RCEP")
    assert {"CHN", "AUS", "JPN"} <= rcep
    assert "CHL" not in rcep
    assert members(bench, "agreement:rcep") == rcep
    partners = members(bench, "agreement:any")
    assert partners == set(bench.world.agreements("CHL", 2024))
    assert members(bench, "agreement:none") == set(bench.world.codes) - partners
    with pytest.raises(InputError):
        members(bench, "agreement:RCEP", year=2015)


def test_no_agreement_of_an_incomplete_list_is_told(bench):
    def told(among):
        notes = bench.markets("CHL", "2603", year=2024, among=among).notes
        return any("all without a known one are kept" in note.en for note in notes)

    assert told("协定：none")
    assert not told("agreement:any")


def test_ranks_and_scales_are_among_the_candidates(bench):
    everyone = bench.markets("CHL", "2603", year=2024)
    few = bench.markets("CHL", "2603", year=2024, among=["CHN", "JPN", "KOR", "DEU"], scale="minmax")
    assert set(few.frame["importer"]) == {"CHN", "JPN", "KOR", "DEU"}
    assert sorted(few.frame["rank"].to_list()) == [1, 2, 3, 4]
    parts = {row["importer"]: part for row, part in zip(few.frame.to_dicts(), few.parts, strict=True)}
    largest = max(few.frame.to_dicts(), key=lambda row: row["market_size_usd"])
    # The largest of the four has the whole scale of market size, though the world has others.
    weight = 1 / (few.frame.filter(importer=largest["importer"])["weight_present"][0] * len(few.parameters["weights"]))
    assert parts[largest["importer"]]["market_size_usd"] == pytest.approx(weight, rel=1e-12)
    by_code = {row["importer"]: row for row in everyone.frame.to_dicts()}
    for row in few.frame.to_dicts():
        assert row["gap"] == by_code[row["importer"]]["gap"], "numbers are of the whole world's trade"
    assert f"{everyone.frame.height - 4} are left out" in few.notes[0].en
    assert "4" in few.notes[0].zh


def test_who_competes_is_found_once_for_all_products(bench, monkeypatch):
    asked = []
    areas = module._areas
    monkeypatch.setattr(module, "_areas", lambda world: asked.append(world) or areas(world))
    assert bench.priorities("PER", year=2021, among="region:Oceania", top=5).frame["product"].n_unique() > 1
    assert len(asked) == 1


def test_new_and_served_part_the_whole(bench):
    everyone = bench.markets("CHL", "2603", year=2024).frame
    new = bench.markets("CHL", "2603", year=2024, served="new").frame
    served = bench.markets("CHL", "2603", year=2024, served="served").frame
    assert set(new["served"]) == {0}
    assert set(served["served"]) == {1}
    assert sorted([*new["importer"], *served["importer"]]) == sorted(everyone["importer"])


def test_baskets_products_and_priorities_are_narrowed_too(bench):
    basket = bench.markets("CHL", "2603,2604", year=2024, served="served")
    assert (basket.frame["value_usd"] > 0).all()
    unsold = bench.products("CHL", "CHN", year=2024, served="new")
    assert set(unsold.frame["served"]) == {0}
    best = bench.priorities("AUS", year=2024, among="bloc:ASEAN", top=50)
    assert set(best.frame["importer"]) <= members(bench, "ASEAN")


@pytest.mark.parametrize(
    ("among", "code", "nearest"),
    [
        ("regon:Asia", "unknown_among", "region:"),
        ("income:hihg", "unknown_among", "income:high"),
        ("region:Asa", "unknown_among", "region:asia"),
        ("agreement:RCPE", "unknown_among", "agreement:RCEP"),
        ("bloc:ASEAM", "unknown_among", "bloc:ASEAN"),
        ("Chinaa", "unknown_economy", "CHN"),
        ("bloc:ASEAN,region:Europe", "no_candidates", None),
        (3, "bad_among", None),
    ],
)
def test_what_is_no_candidate_says_why(bench, among, code, nearest):
    with pytest.raises(InputError) as caught:
        bench.markets("CHL", "2603", among=among)
    assert (caught.value.code, caught.value.field) == (code, "among")
    if nearest:
        assert caught.value.nearest == nearest


def test_nobody_left_among_those_who_buy_is_told(bench):
    with pytest.raises(InputError) as caught:
        bench.markets("CHL", "2603", among="PCN")
    assert caught.value.code == "no_candidates"
    assert "PCN" in str(caught.value)


def test_what_among_may_name_can_be_asked(bench):
    for lang in ("en", "zh"):
        listed = bench.choices(lang)
        kinds = {"regions": "region", "incomes": "income", "blocs": "bloc", "agreements": "agreement"}
        for name in kinds:
            assert listed[name]
            for entry in listed[name]:
                assert entry["members"], entry
        for entry in [*listed["regions"], *listed["incomes"], *listed["blocs"]]:
            kind = next(kinds[name] for name in kinds if entry in listed[name])
            assert members(bench, f"{kind}:{entry['id']}", year=2026) == frozenset(entry["members"]), entry["id"]
            if kind != "bloc":
                assert members(bench, f"{kind}:{entry['name']}", year=2026) == frozenset(entry["members"])
