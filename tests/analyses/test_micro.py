"""The micro laboratory end to end: from declarations to cells, whatever their order, blocks and format."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import entrepot
from entrepot.analyses.micro.answers import cell_rows, cells, dispersion, exchange, quality, quality_rows
from entrepot.analyses.micro.product_year import product_year
from entrepot.analyses.simulation import simulate_customs
from entrepot.core.errors import DataError, InputError
from entrepot.scale import spool
from tests.formulas.allocation import twin

FIXED_CELLS = (
    "region product year n_firms rmd rmd1 rmd2 rmd3 ico iv_ico hhi expy n_entrants log_destinations "
    "log_destinations_high_income share_state share_foreign dist_market_centre dist_core"
).split()
FIXED_FIRMS = "firm product year quality price_usd quality_feng".split()


@pytest.fixture(scope="module")
def world():
    return simulate_customs(firms=120, products=4, regions=4, destinations=8, years=range(2010, 2013), seed=1)


@pytest.fixture(scope="module")
def found(world):
    return cells(world.flows, regions=world.regions)


def frame_of(*rows, **common):
    base = {"year": 2010, "region": "11", "product": "8501", "destination": "USA", "value_usd": 6.0, "quantity": 2.0}
    return pl.DataFrame([base | common | row for row in rows], infer_schema_length=None)


def test_the_columns_are_the_fixed_ones(world, found):
    assert found.frame.columns[: len(FIXED_CELLS)] == FIXED_CELLS
    assert quality(world.flows).frame.columns[: len(FIXED_FIRMS)] == FIXED_FIRMS
    assert [column.id for column in found.columns] == found.frame.columns
    assert not any(
        found.frame[name].is_nan().any() for name in found.frame.columns if found.frame[name].dtype.is_float()
    )


def test_quality_is_the_twins(world):
    table = world.flows.sort("firm", "product", "year", "destination")
    rows = list(table.select("firm", "product", "destination", "year", "value_usd", "quantity").iter_rows())
    residual = twin.quality(rows, 4.0, sweeps=300)
    expected = table.select("firm", "product", "year").with_columns(q=np.exp(np.array(residual) / 3))
    expected = expected.group_by("firm", "product", "year").agg(pl.col("q").mean())
    both = quality(world.flows).frame.join(expected, on=["firm", "product", "year"])
    assert both.height == world.firms.height
    np.testing.assert_allclose(both["quality"], both["q"], rtol=1e-9)


def test_cells_are_the_twins(world, found):
    firms = quality(world.flows).frame
    near = {}
    places = {row[0]: row[1:] for row in world.regions.iter_rows()}
    from entrepot.formulas.distance.sphere import great_circle_km

    for own, here in places.items():
        km = {p: float(great_circle_km(*here, *there)) for p, there in places.items() if p != own}
        near[own] = sorted(km, key=km.get)
    there = {}
    for region, product, year, destination, count in (
        world.flows.group_by("region", "product", "year", "destination").agg(pl.col("firm").n_unique()).iter_rows()
    ):
        there.setdefault((product, year), {}).setdefault(region, {})[destination] = count
    own = {}
    for firm, product, year, region, price, good in firms.select(
        "firm", "product", "year", "region", "price_usd", "quality"
    ).iter_rows():
        own.setdefault((region, product, year), {})[firm] = (price, good)
    assert set(own) == set(found.frame.select("region", "product", "year").iter_rows())
    for row in found.frame.iter_rows(named=True):
        market, cell = there[row["product"], row["year"]], own[row["region"], row["product"], row["year"]]
        expected = {
            "rmd": twin.rmd(cell, 5),
            "rmd1": twin.rmd(cell, 10),
            "rmd2": twin.rmd2(cell),
            "ico": twin.ico(market, row["region"]),
            "iv_ico": twin.iv_ico(market, row["region"], near[row["region"]]),
            "n_firms": len(cell),
        }
        for name, value in expected.items():
            assert row[name] == (None if value is None else pytest.approx(value, rel=1e-11)), name


def test_neither_the_order_of_rows_nor_the_blocks_change_a_bit(world, found, monkeypatch):
    mixed = world.flows.sample(fraction=1.0, shuffle=True, seed=3)
    assert cells(mixed, regions=world.regions).frame.equals(found.frame)
    whole = quality(world.flows).frame
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (200,))
    with cell_rows(mixed, ("rmd", *FIXED_CELLS[8:]), regions=world.regions) as answer:
        parts = answer.collected().frame
    for name in parts.columns:
        if parts[name].dtype.is_float():
            np.testing.assert_allclose(parts[name].to_numpy(), found.frame[name].to_numpy(), rtol=1e-12)
        else:
            assert parts[name].equals(found.frame[name])
    with quality_rows(mixed) as answer:
        assert answer.rows.collect().select("firm", "product", "year").equals(whole.select("firm", "product", "year"))
        np.testing.assert_allclose(answer.rows.collect()["quality"], whole["quality"], rtol=1e-12)


def test_parted_declarations_are_added_up(world, found):
    half = world.flows.with_columns(pl.col("value_usd", "quantity") / 2)
    np.testing.assert_allclose(cells(pl.concat([half, half])).frame["rmd"], found.frame["rmd"], rtol=1e-9)


def test_units_change_nothing(world, found):
    scaled = world.flows.with_columns(pl.col("value_usd") * 8, pl.col("quantity") * 1024)
    moved = cells(scaled, regions=world.regions).frame
    for name in FIXED_CELLS[4:]:
        np.testing.assert_allclose(moved[name].cast(float), found.frame[name].cast(float), rtol=1e-9, err_msg=name)


def test_other_frames_give_the_same(world, found):
    pytest.importorskip("pandas")
    assert entrepot.cells(world.flows.to_pandas(), regions=world.regions.to_pandas()).frame.equals(found.frame)
    assert entrepot.cells(world.flows.to_arrow(), regions=world.regions.to_arrow()).frame.equals(found.frame)


def test_parts_of_the_table_are_the_same(world, found):
    assert dispersion(world.flows).frame["rmd3"].equals(found.frame["rmd3"])
    assert exchange(world.flows, regions=world.regions).frame["iv_ico"].equals(found.frame["iv_ico"])


def test_what_cannot_be_computed_has_a_reason():
    rows = frame_of({"firm": "a"}, {"firm": "b", "quantity": 0.0, "region": "12"}, {"firm": "c", "destination": "FRA"})
    answer = cells(rows)
    at = {row["region"]: (row, why) for row, why in zip(answer.frame.to_dicts(), answer.missing, strict=True)}
    row, why = at["12"]
    assert row["n_firms"] == 1
    assert row["rmd"] is None
    assert why["rmd"] == "undefined"
    assert why["iv_ico"] == "not_loaded"
    assert why["expy"] == "not_loaded"
    assert why["n_entrants"] == "undefined"
    said = " ".join(note.en for note in answer.notes)
    assert "no quantity above zero" in said
    assert "1 have one firm" in said
    assert "no price" in said


def test_singletons_have_quality_one_and_are_flagged():
    rows = frame_of(
        *(
            {"firm": f, "destination": c, "value_usd": v}
            for f, c, v in [("a", "USA", 1.0), ("b", "USA", 9.0), ("c", "ZZZ", 5.0)]
        )
    )
    answer = quality(rows)
    assert answer.frame["n_singletons"].to_list() == [0, 0, 1]
    assert answer.frame["quality"][2] == 1.0
    assert "ZZZ 2010" in " ".join(note.en for note in answer.notes)


def test_connected_sets_and_what_alone_joins_them_are_told():
    """Two products with destinations of their own are two sets; one row of the first in a destination of the second joins them."""
    sold = [("8501", "USA"), ("8501", "FRA"), ("8502", "ZAF"), ("8502", "KEN")]
    prices = [("a", 3.0), ("b", 5.0), ("c", 11.0)]
    parts = [
        {"firm": firm, "product": product, "destination": place, "value_usd": value * (1 + at / 7)}
        for at, (product, place) in enumerate(sold)
        for firm, value in prices
    ]
    apart = quality(frame_of(*parts))
    assert any("2 connected sets; the largest holds 50.0%" in note.en for note in apart.notes)
    assert any("2 个连通组" in note.zh for note in apart.notes)
    bridge = {"firm": "d", "product": "8501", "destination": "ZAF", "value_usd": 4.0}
    joined = quality(frame_of(*parts, bridge))
    assert not any("connected sets" in note.en for note in joined.notes)
    assert any(note.en.startswith("1 further observations are fitted exactly") for note in joined.notes)
    one = joined.frame.filter(pl.col("firm") == "d")
    assert (one["quality"].item(), one["n_singletons"].item()) == (1.0, 0)


def test_lost_zeros_are_named_with_their_value_and_left_out():
    rows = frame_of({"firm": "a", "product": "0101"}, {"firm": "b", "product": "101"}, {"firm": "c", "product": "0101"})
    answer = quality(rows)
    assert answer.frame["firm"].to_list() == ["a", "c"]
    (said,) = [note for note in answer.notes if "leading zeros" in note.en]
    assert said.en.startswith("1 rows, US$ 6")
    # Where all codes have three digits, they are another classification.
    assert quality(rows.with_columns(product=pl.lit("381"))).frame.height == 3


def test_firm_codes_of_another_length_stay_and_are_named():
    rows = frame_of({"firm": "1101"}, {"firm": "1102"}, {"firm": "110"})
    answer = quality(rows)
    assert answer.frame.height == 3
    assert any("another length" in note.en for note in answer.notes)


def test_flows_and_regimes_are_left_out_only_when_asked():
    rows = frame_of(
        {"firm": "a", "flow": "import", "regime": "ordinary"}, {"firm": "b", "flow": "export", "regime": "processing"}
    )
    assert quality(rows).frame["firm"].to_list() == ["b"]
    assert quality(rows, flow="import").frame["firm"].to_list() == ["a"]
    with pytest.raises(DataError) as refused:
        quality(rows, regime="ordinary")
    assert refused.value.code == "nothing_left"
    assert "1 rows, US$ 6: other customs regimes" in refused.value.message.en


def test_entrants_and_owners():
    rows = frame_of(
        {"firm": "a", "owner": "state"}, {"firm": "b", "owner": None},
        {"firm": "a", "owner": "state", "year": 2011}, {"firm": "c", "owner": "joint_venture", "year": 2011},
    )  # fmt: skip
    frame = exchange(rows).frame
    assert frame["n_entrants"].to_list() == [None, 1]
    assert frame["share_state"].to_list() == [1.0, 0.5]
    assert frame["share_foreign"].to_list() == [0.0, 0.5]


def test_an_owner_named_in_one_destination_is_the_firms_in_all():
    rows = frame_of(
        {"firm": "a", "destination": "FRA", "owner": None}, {"firm": "a", "owner": "state"},
        {"firm": "b", "destination": "FRA", "owner": "state"}, {"firm": "b", "owner": "private"},
    )  # fmt: skip
    # a is state, as its one known owner says; b is private, the first of its two by name.
    assert exchange(rows).frame["share_state"].to_list() == [0.5]


def test_expy_and_high_income_destinations():
    rows = frame_of(
        {"firm": "a", "product": "850110", "value_usd": 3.0}, {"firm": "a", "product": "850120", "value_usd": 1.0},
        {"firm": "a", "product": "850120", "destination": "FRA", "value_usd": 4.0}, {"firm": "b", "product": "850110", "destination": "IND", "value_usd": 2.0},
    )  # fmt: skip
    prody = pl.DataFrame({"product": ["850110", "850120"], "prody": [8.0, 4.0]})
    rich = pl.DataFrame({"destination": ["USA", "FRA"]})
    frame = exchange(rows, level=4, prody=prody, high_income=rich).frame
    assert frame["product"].to_list() == ["8501"]
    assert frame["expy"].to_list() == [(5 * 8 + 5 * 4) / 10]
    # a sells to two rich destinations, b to none: left out of the mean, or ln 1 with ln(1+n).
    assert frame["log_destinations_high_income"].to_list() == pytest.approx([np.log(2)])
    other = exchange(rows, level=4, high_income=rich, log_of="1+n").frame
    assert other["log_destinations_high_income"].to_list() == pytest.approx([np.log(3) / 2])


CHINA = {
    "year": 2001, "exp_imp": 0, "party_id": "1101115555", "company": "电机厂", "hs_id": "85011000", "country": "502",
    "value": 4.0, "quantity": 2.0, "shipment": "10",
}  # fmt: skip


def china(*changes):
    return pl.DataFrame([CHINA | change for change in changes], infer_schema_length=None)


def test_the_option_outranks_the_level_of_a_mapping_and_finer_lines_stay_for_expy():
    rows = china({}, {"hs_id": "85012000", "party_id": "1101125556"})
    assert exchange(rows, mapping="china").frame["product"].to_list() == ["8501"]
    assert exchange(rows, mapping="china", level=6).frame["product"].to_list() == ["850110", "850120"]
    answer = exchange(rows, mapping="china", prody=pl.DataFrame({"product": ["850110"], "prody": [8.0]}))
    assert answer.frame["expy"].to_list() == [8.0]
    assert any("Export sophistication rests on 50.0% of the exports" in note.en for note in answer.notes)
    assert any("units differ" in note.en for note in answer.notes)


def test_a_mapping_that_cuts_digits_leaves_out_codes_that_lost_a_zero(tmp_path: Path):
    text = "[columns]\n" + "".join(f'{name} = "{name}"\n' for name in frame_of({"firm": "a"}).columns)
    text += "[product]\nlevel = 4\n"
    rows = frame_of({"firm": "a", "product": "010121"}, {"firm": "b", "product": "10121"})
    (tmp_path / "own.toml").write_text(text)
    answer = quality(rows, mapping=tmp_path / "own.toml")
    assert answer.frame.select("firm", "product").rows() == [("a", "0101")]  # b's would have become 1012
    assert any(note.en.startswith("1 rows, US$ 6: product codes a digit short") for note in answer.notes)
    # Where the mapping says how many digits there are, it is the mapping that checks them: here nine, as Japan's have.
    (tmp_path / "nine.toml").write_text(text + "[checks]\nproduct_digits = 9\n")
    nine = rows.with_columns(product=pl.lit("850110123"))
    for level in (None, 6):
        assert quality(nine, mapping=tmp_path / "nine.toml", level=level).frame.height == 2


def test_every_nearer_region_that_does_not_export_is_counted():
    """From 11 the nearest are 12, that exports another product only, then 13, that exports nothing, then 14."""
    rows = frame_of({"firm": "a"}, {"firm": "b", "region": "14"}, {"firm": "c", "region": "12", "product": "9999"})
    places = pl.DataFrame(
        {"region": ["11", "12", "13", "14"], "latitude": [0.0, 1.0, 2.0, 3.0], "longitude": [0.0] * 4}
    )
    row = exchange(rows, regions=places).frame.filter(region="11").row(0, named=True)
    assert (row["iv_region"], row["iv_passed"], row["iv_ico"]) == ("14", 2, 1.0)


def test_distances_in_product_space_by_hand():
    """Region 11 exports a (firms 1, 2), b (1); 12 exports b (3), c (3): φ_ab = φ_bc = ½, φ_ac = 0; b is the centre."""
    rows = frame_of(
        {"firm": "1", "product": "a", "value_usd": 5.0}, {"firm": "1", "product": "b", "value_usd": 1.0}, {"firm": "2", "product": "a"},
        {"firm": "3", "product": "b", "region": "12", "value_usd": 1.0}, {"firm": "3", "product": "c", "region": "12", "value_usd": 2.0},
    )  # fmt: skip
    frame = exchange(rows, space_threshold=0.0).frame
    assert frame.select("region", "product").rows() == [("11", "a"), ("11", "b"), ("12", "b"), ("12", "c")]
    assert frame["dist_market_centre"].to_list() == [0.5, 0, 0, 0.5]
    # Core of 1 and 2 is a, of 3 is c.
    assert frame["dist_core"].to_list() == [0, 0.5, 0.5, 0]
    by_firm = exchange(rows, space_threshold=0.0, space_unit="firm").frame
    # Firms: a by 1, 2; b by 1, 3; c by 3: φ_ab = ½, φ_bc = ½.
    assert by_firm["dist_core"].to_list() == [0, 0.5, 0.5, 0]
    assert exchange(rows.filter(product="a")).frame["dist_core"].to_list() == [None]


def test_other_classifications_take_the_products_place():
    rows = frame_of({"firm": "a"}, {"firm": "b", "product": "8502"}, {"firm": "c", "product": "9999"})
    table = pl.DataFrame({"product": ["8501", "8502"], "industry": ["38", "38"]})
    answer = dispersion(rows, industries=table)
    assert answer.frame.select("product", "n_firms").rows() == [("38", 2)]
    assert any("table of industries" in note.en for note in answer.notes)
    # Codes of an industry have the length that they have.
    mixed = pl.DataFrame({"product": ["8501", "8502"], "industry": ["381", "3812"]})
    assert quality(rows, industries=mixed).frame.height == 2


def test_markups_by_lu_and_yu():
    rows = frame_of({"firm": "a"}, {"firm": "b"})
    table = pl.DataFrame({"firm": ["a", "b"], "year": [2010, 2010], "markup": [1.0, 3.0]})
    assert dispersion(rows, markups=table).frame["rmd_markup"].to_list() == [0.5]


def test_sigma_by_product():
    rows = simulate_customs(firms=60, products=2, regions=2).flows
    products = rows["product"].unique().sort()
    table = pl.DataFrame({"product": products, "sigma": [4.0, 4.0]})
    assert quality(rows, sigma=table).frame.equals(quality(rows).frame)
    with pytest.raises(DataError) as refused:
        quality(rows, sigma=table.head(1))
    assert refused.value.code == "no_sigma"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"sigma": 1.0}, "bad_sigma"),
        ({"neighbours": 0}, "bad_neighbours"),
        ({"neighbors": 5}, "unknown_option"),
        ({"metric": "ln"}, "unknown_metric"),
        ({"regions": pl.DataFrame({"region": ["11"]})}, "bad_regions"),
        ({"regions": pl.DataFrame({"region": ["11"], "latitude": ["x"], "longitude": ["1"]})}, "bad_regions"),
        ({"regions": pl.DataFrame({"region": ["11"] * 2, "latitude": [1, 2], "longitude": [1, 1]})}, "bad_regions"),
        ({"regions": pl.DataFrame({"region": [11.5], "latitude": [1], "longitude": [1]})}, "bad_regions"),
        ({"regions": pl.DataFrame({"region": ["11"], "latitude": [116.4], "longitude": [39.9]})}, "bad_latitude"),
        ({"sigma": pl.DataFrame({"product": ["8501"], "sigma": [None]})}, "bad_sigma"),
        ({"sigma": pl.DataFrame({"product": ["8501"] * 2, "sigma": [3.0, 4.0]})}, "bad_sigma"),
        ({"industries": pl.DataFrame({"product": ["8501"] * 2, "industry": ["A", "B"]})}, "bad_industries"),
        ({"markups": pl.DataFrame({"firm": ["a"], "year": ["x"], "markup": [1.0]})}, "bad_markups"),
        ({"neighbours": 2.5}, "bad_neighbours"),
        ({"level": "4"}, "bad_level"),
        ({"space_threshold": "1"}, "bad_space_threshold"),
        ({"regime": 10}, "bad_regime"),
        ({"include_self": "no"}, "unknown_include_self"),
    ],
)
def test_bad_options_are_refused(options, code):
    with pytest.raises(InputError) as refused:
        cells(frame_of({"firm": "a"}), **options)
    assert refused.value.code == code
    assert refused.value.message.zh != refused.value.message.en


def test_a_row_given_twice_is_given_once():
    rows = frame_of({"firm": "a"}, {"firm": "b", "region": "12"})
    places = pl.DataFrame({"region": ["11", "12"], "latitude": [30.0, 31.0], "longitude": [110.0, 111.0]})
    once, twice = (exchange(rows, regions=table).frame for table in (places, pl.concat([places, places])))
    assert twice.equals(once)


def test_something_that_is_no_frame():
    with pytest.raises(InputError) as refused:
        quality(object())
    assert refused.value.code == "no_frame"


def test_facts_about_destinations_by_product():
    rows = frame_of(
        {"firm": "a", "value_usd": 3.0},
        {"firm": "b", "destination": "FRA", "value_usd": 1.0},
        {"firm": "b", "destination": "IND"},
    )
    facts = pl.DataFrame({"destination": ["USA", "FRA"], "value": [10.0, 2.0]})
    # (3·10 + 1·2)/4 = 8; the third has no distance and no weight.
    answer = product_year(rows, {"distance": facts})
    assert answer.frame["log_distance"].to_list() == pytest.approx([np.log(8)])
    assert "distance is known for 40.0% of the exports; the mean runs over these." in [note.en for note in answer.notes]
    by_number = pl.DataFrame({"destination": ["USA", "FRA"], "product": [8501, 8501], "value": ["10", "2"]})
    assert product_year(rows, {"distance": by_number}).frame.equals(answer.frame)
    for wrong in ("x", "nan"):
        with pytest.raises(InputError, match="no number"):
            product_year(rows, {"distance": pl.DataFrame({"destination": ["USA"], "value": [wrong]})})
