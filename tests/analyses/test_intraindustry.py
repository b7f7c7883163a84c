"""Intra-industry trade on the embedded data: against plain sums over the flows, and what a user may ask and is told."""

from collections import defaultdict

import numpy as np
import polars as pl
import pytest

from entrepot.analyses.iit_sources import iit_sources
from entrepot.analyses.intraindustry import iit
from entrepot.analyses.partners import partner_lists, partners_of
from entrepot.core.errors import InputError
from entrepot.tables.hs_sections import section_of

FIXED = """reporter partner industry year exports_usd imports_usd gl gl_fine gl_aggregate gl_adjusted balassa aquino bergstrand span
brulhart_a brulhart_b brulhart_c hamilton_kniest thom_mcdowell typing alpha hiit viit_high viit_low iit_untyped iit_below iit_type
tc tc_band rca rsca nrca vollrath lafay michaely export_similarity complementarity intensity hhi_products hhi_markets""".split()
KINDS = ["hiit", "viit_high", "viit_low", "iit_untyped", "iit_below"]


@pytest.fixture(scope="module")
def snapshot(bench):
    return bench.snapshot


@pytest.fixture(scope="module")
def china(snapshot):
    return iit(snapshot, "CHN", partners="developed,developing,WLD", by="section", level="hs6", years="2000-2003")


def plain(flows, reporter, members, keep, alpha=0.15):
    """Levels, kinds and the changes' base of one row, by loops over the flows."""
    cells = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    for row in flows.iter_rows(named=True):
        if not keep(row["product"]):
            continue
        for own, other, shift in (("exporter", "importer", 0), ("importer", "exporter", 1)):
            if row[own] == reporter and row[other] in members:
                cell = cells[row["product"], row[other]]
                cell[shift] += row["value_usd"]
                if row["quantity_t"] is not None:
                    cell[2 + shift] += row["value_usd"]
                    cell[4 + shift] += row["quantity_t"]
    return cells


def pooled(cells, key):
    sums = defaultdict(lambda: [0.0, 0.0])
    for code, cell in cells.items():
        for k in (0, 1):
            sums[key(code)][k] += cell[k]
    return sums


def overlap(pairs):
    pairs = list(pairs)
    return sum(2 * min(x, m) for x, m, *_ in pairs) / sum(x + m for x, m, *_ in pairs)


def test_rows_agree_with_plain_sums(snapshot, china):
    flows = snapshot.flows("minerals", [2002, 2003])
    eu = {"AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR", "GRC", "IRL", "ITA", "LUX", "NLD", "PRT", "SWE"}
    developed = eu | {"USA", "JPN"}
    everyone = set(flows["exporter"]) | set(flows["importer"])
    for partner, members in (("developed", developed), ("developing", everyone - developed), ("WLD", everyone)):
        for industry, keep in (("TOTAL", lambda p: True), ("PRIMARY", lambda p: p < "28"), ("XV", lambda p: p >= "72")):
            now, then = (plain(flows.filter(pl.col("year") == y), "CHN", members, keep) for y in (2003, 2002))
            parts, before = pooled(now, lambda c: c[0]), pooled(then, lambda c: c[0])
            x, m = (sum(cell[k] for cell in now.values()) for k in (0, 1))
            changes = [[parts[c][k] - before[c][k] for k in (0, 1)] for c in sorted(set(parts) | set(before))]
            size = sum(abs(a) + abs(b) for a, b in changes)
            kinds = dict.fromkeys(KINDS, 0.0)
            for cx, cm, px, pm, qx, qm in now.values():
                u = (px / qx) / (pm / qm) if min(px, pm, qx, qm) > 0 else None
                name = "iit_untyped" if u is None else "viit_high" if u > 1.15 else "viit_low" if u < 0.85 else "hiit"
                kinds[name] += 2 * min(cx, cm) / (x + m)
            sections = pooled(now, lambda c: section_of(c[0]))
            expected = {
                "exports_usd": x,
                "imports_usd": m,
                "gl": 1 - abs(x - m) / (x + m),
                "gl_aggregate": overlap(parts.values()),
                "gl_adjusted": sum(min(p) for p in parts.values()) / min(x, m),
                "gl_fine": overlap(now.values()),
                "gl_partner_weighted": overlap(pooled(now, lambda c: c[1]).values()),
                "balassa": np.mean([abs(a - b) / (a + b) for a, b in parts.values() if a + b > 0]),
                "brulhart_a": 1 - sum(abs(a - b) for a, b in changes) / size,
                "thom_mcdowell": 1 - abs(sum(a - b for a, b in changes)) / size,
                "tc": (x - m) / (x + m),
                "hhi_products": sum((p[0] / x) ** 2 for p in parts.values()),
                "hhi_markets": sum((p[0] / x) ** 2 for p in pooled(now, lambda c: c[1]).values()),
                **kinds,
            }
            row = china.frame.filter(
                (pl.col("partner") == partner) & (pl.col("industry") == industry) & (pl.col("year") == 2003)
            ).row(0, named=True)
            assert sections
            for column, value in expected.items():
                assert row[column] == pytest.approx(value, rel=1e-9, abs=1e-12), (partner, industry, column)


def test_advantage_agrees_with_plain_sums(snapshot):
    flows = snapshot.flows("minerals", [2024])
    found = iit(snapshot, "CHL", by="hs4", years=2024).frame
    row = found.filter(pl.col("industry") == "2603").row(0, named=True)
    copper, own = pl.col("product").str.starts_with("2603"), pl.col("exporter") == "CHL"
    total = flows["value_usd"].sum()
    x, w, chile = (flows.filter(f)["value_usd"].sum() for f in (copper & own, copper, own))
    assert row["rca"] == pytest.approx((x / chile) / (w / total))
    assert row["nrca"] == pytest.approx(x / total - chile * w / total**2)
    assert row["market_share"] == pytest.approx(x / w)
    rows = found.filter(~pl.col("industry").is_in(["TOTAL", "PRIMARY", "MANUFACTURED"]))
    assert rows["lafay"].sum() == pytest.approx(0, abs=1e-12)
    assert rows["michaely"].sum() == pytest.approx(0, abs=1e-12)
    whole = found.filter(pl.col("industry") == "TOTAL").row(0, named=True)
    assert rows["complementarity"].sum() == pytest.approx(whole["complementarity"])
    assert whole["intensity"] == pytest.approx(1)
    assert whole["rca"] == pytest.approx(1)


def test_structures_agree_with_plain_sums(snapshot):
    flows = snapshot.flows("minerals", [2024])
    row = (
        iit(snapshot, "CHL", partners="PER", by="hs6", years=2024)
        .frame.filter(pl.col("industry") == "TOTAL")
        .row(0, named=True)
    )

    def shares(side, code):
        own = dict(flows.filter(pl.col(side) == code).group_by("product").agg(pl.col("value_usd").sum()).iter_rows())
        return {product: value / sum(own.values()) for product, value in own.items()}

    chile, peru, bought = shares("exporter", "CHL"), shares("exporter", "PER"), shares("importer", "PER")
    assert row["export_similarity"] == pytest.approx(sum(min(v, peru.get(p, 0)) for p, v in chile.items()))
    assert row["complementarity"] == pytest.approx(sum(min(v, bought.get(p, 0)) for p, v in chile.items()))
    value = {
        name: flows.filter(condition)["value_usd"].sum()
        for name, condition in {
            "ij": (pl.col("exporter") == "CHL") & (pl.col("importer") == "PER"),
            "i": pl.col("exporter") == "CHL",
            "j": pl.col("importer") == "PER",
            "others": pl.col("importer") != "CHL",
        }.items()
    }
    assert row["intensity"] == pytest.approx((value["ij"] / value["i"]) / (value["j"] / value["others"]))


def test_bergstrand_with_one_partner(snapshot):
    flows = snapshot.flows("minerals", [2024])
    total = {
        (side, c): flows.filter(pl.col(side) == c)["value_usd"].sum()
        for side in ("exporter", "importer")
        for c in ("DEU", "FRA")
    }
    (x_i, m_i), (x_j, m_j) = ((total["exporter", c], total["importer", c]) for c in ("DEU", "FRA"))
    out = ((x_i + m_i) / (2 * x_i) + (x_j + m_j) / (2 * m_j)) / 2
    back = ((x_j + m_j) / (2 * x_j) + (x_i + m_i) / (2 * m_i)) / 2
    pairs = defaultdict(lambda: [0.0, 0.0])
    for row in flows.iter_rows(named=True):
        for k, pair in enumerate((("DEU", "FRA"), ("FRA", "DEU"))):
            if (row["exporter"], row["importer"]) == pair:
                pairs[row["product"]][k] += row["value_usd"] * (out, back)[k]
    row = (
        iit(snapshot, "DEU", partners="FRA", by="hs6", years=2024)
        .frame.filter(pl.col("industry") == "TOTAL")
        .row(0, named=True)
    )
    assert row["bergstrand"] == pytest.approx(overlap(pairs.values()))


def test_columns_are_the_fixed_ones_and_every_null_has_a_reason(china):
    assert china.frame.columns[: len(FIXED)] == FIXED
    assert china.frame.columns == [column.id for column in china.columns]
    for row, why in zip(china.frame.iter_rows(named=True), china.missing, strict=True):
        assert {name for name, value in row.items() if value is None} == set(why)
    assert china.to_json()
    assert china.parameters["years"] == "2000-2003"


@pytest.mark.parametrize(
    "options",
    [{"typing": "ff", "alpha": 0.25}, {"typing": "celi", "iit_type_by": "unit_value"}, {"alpha": 0.2, "span": 3}],
)
def test_what_must_hold_holds_in_every_row(snapshot, options):
    frame = iit(snapshot, "DEU", partners="each", by="hs4", level="hs6", years=2019, **options).frame
    kinds = sum(frame[name] for name in KINDS)
    assert (kinds - frame["gl_fine"]).abs().max() < 1e-12
    for larger, smaller in (
        ("gl", "gl_aggregate"),
        ("gl", "gl_fine"),
        ("gl_adjusted", "gl_aggregate"),
        ("gl", "gl_partner_weighted"),
    ):
        assert (frame[larger] - frame[smaller]).drop_nulls().min() >= -1e-12
    assert frame["gl"].drop_nulls().is_between(0, 1).all()
    if options.get("typing") == "ff":
        shares = sum(frame[name] for name in ("one_way", "two_way_horizontal", "two_way_vertical", "two_way_untyped"))
        assert (shares - 1).abs().max() < 1e-12
    else:
        assert frame["iit_below"].max() == 0


def test_bands_and_the_untyped_sum_to_the_overlap(snapshot):
    frame = iit(snapshot, "DEU", by="section", years=2019, bands="0.5,0.85,1.15,2").frame
    bands = sum(frame[f"overlap_band_{number}"] for number in range(1, 6)) + frame["iit_untyped"]
    assert (bands - frame["gl_fine"]).abs().max() < 1e-12


def test_the_first_year_has_no_changes(snapshot):
    found = iit(snapshot, "CHN", by="section", years="1995-1996")
    first = found.frame.filter(pl.col("year") == 1995)
    assert first["span"].null_count() == first["brulhart_a"].null_count() == first.height
    assert found.missing[0]["brulhart_a"] == "not_loaded"
    assert found.frame.filter(pl.col("year") == 1996)["brulhart_a"].null_count() == 0


def test_sources_sum_to_the_whole(snapshot, china):
    found = iit_sources(snapshot, "CHN", partners="developed,developing,WLD", years="2000-2003", level="hs6")
    for partner, own in found.frame.group_by("partner"):
        for column in ("iit_share_before", "iit_share_after", "trade_share_after", "contribution"):
            assert own[column].sum() == pytest.approx(1), partner
        whole = (own["trade_share_after"] * own["gl_after"]).sum()
        total = china.frame.filter(
            (pl.col("partner") == partner[0]) & (pl.col("industry") == "TOTAL") & (pl.col("year") == 2003)
        )
        assert whole == pytest.approx(total["gl_aggregate"][0])
    assert found.as_dict()["rows"]


def test_a_table_of_ones_own(snapshot):
    table = pl.DataFrame(
        {
            "product": ["2603", "7403", "2709"],
            "industry": ["copper", "copper", "oil"],
            "name_en": ["Copper"] * 2 + ["Oil"],
            "name_zh": ["铜"] * 2 + ["油"],
        }
    )
    found = iit(snapshot, "CHN", industries=table, years=2024, lang="zh")
    assert set(found.frame["industry"]) <= {"TOTAL", "copper", "oil"}
    assert "铜" in found.frame["industry_name"].to_list()
    assert any("left out" in note.en for note in found.notes)


def test_partners_in_many_words(snapshot):
    found = iit(snapshot, "智利", partners="中国,high_income,advanced,emerging,ASEAN", by="class", years=2024).frame
    assert found["partner"].unique(maintain_order=True).to_list() == [
        "CHN",
        "high_income",
        "advanced",
        "emerging",
        "ASEAN",
    ]
    whole = iit(snapshot, "CHL", by="class", years=2024).frame
    both = found.filter(pl.col("partner").is_in(["advanced", "emerging"]) & (pl.col("industry") == "TOTAL"))
    assert both["exports_usd"].sum() == pytest.approx(whole.filter(pl.col("industry") == "TOTAL")["exports_usd"][0])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"by": "sitc3"}, "concordance_not_loaded"),
        ({"by": "table"}, "no_industry_table"),
        ({"by": "hs5"}, "unknown_by"),
        ({"by": "hs6", "level": "hs4"}, "coarse_level"),
        ({"partners": "Atlantis"}, "unknown_economy"),
        ({"partners": ""}, "no_partner"),
        ({"alpha": 1.5}, "bad_alpha"),
        ({"tc_bands": "0.8,0.3"}, "bad_tc_bands"),
        ({"colour": "red"}, "unknown_option"),
        ({"typing": "gmh"}, "unknown_typing"),
        ({"industries": pl.DataFrame({"code": ["1"]})}, "bad_industries"),
    ],
)
def test_what_cannot_be_answered_says_why(snapshot, asked, code):
    with pytest.raises(InputError) as caught:
        iit(snapshot, "CHN", **asked)
    assert caught.value.code == code
    assert caught.value.message.zh != caught.value.message.en


def test_every_place_of_the_committed_lists_is_known(bench):
    places = bench.world.places.by_code
    for name, rows in partner_lists().items():
        assert {row["name_en"] for row in rows} == {rows[0]["name_en"]}
        for row in rows:
            assert row["source"]
            assert bool(row["complement_of"]) != bool(row["place"])
            assert (
                row["complement_of"] in partner_lists() or row["place"].startswith("income:") or row["place"] in places
            ), name


def test_a_list_is_what_it_was_in_the_year(bench):
    china = bench.world.places.by_code["CHN"]
    developed, developing = partners_of(bench.world, "发达国家,developing", [2003, 2010], china)
    assert len(developed.members[2003]) >= 17
    assert "POL" in developed.members[2010]
    assert "POL" in developing.members[2003]
    assert not developed.members[2010] & developing.members[2010]
    assert "CHN" not in developing.members[2003]
