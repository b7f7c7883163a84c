"""What `entrepot build` keeps is, bit for bit, what a request computes; and it is used only as long as that holds."""

import random
import signal
import subprocess
import sys
import time

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from entrepot.analyses import build as building
from entrepot.analyses import questions
from entrepot.analyses.asking import goods_at, setting_of, trade_of
from entrepot.analyses.built import CHOICES, build_for, changed_since, rows_of, told_builds
from entrepot.analyses.columns import COLUMN_ORDER
from entrepot.analyses.options import Options
from entrepot.analyses.reasons import reasons
from entrepot.analyses.rows import COMPUTED, compute_rows, markets_of
from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.ingest.derived import coverage, reporters
from entrepot.store import DataSetInfo
from entrepot.tables import DATA_TABLES, REFERENCE_TABLES
from entrepot.tables.cells import NUMBERS
from entrepot.workbench import open_workbench

ECONOMIES = ("AUS", "CHL", "CHN", "DEU", "FRA", "JPN", "PER", "ZAF")
PRODUCTS = ("260111", "260112", "260300", "280461", "284610")
LEDGERS = ("texts", "origin_year", "origin_source", "too_old")


def made_up(seed: int, years: tuple[int, ...]) -> list[pl.DataFrame]:
    """Years of trade in which economies fall silent, flows stop, quantities are missing and some products have one pair."""
    dice = random.Random(seed)
    frames = []
    for year in years:
        silent = dice.choice([*ECONOMIES, ""])
        rows = [
            (year, i, j, k, dice.lognormvariate(10, 3), dice.choice([None, dice.lognormvariate(3, 1)]))
            for k in PRODUCTS
            for i in ECONOMIES
            for j in ECONOMIES
            if (i, j) == ("CHL", "CHN") or (i != j != silent and dice.random() < {"280461": 0.02}.get(k, 0.45))
        ]
        schema = ["year", "exporter", "importer", "product", "value_usd", "quantity_t"]
        frame = pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)
        frames.append(frame.cast({"year": pl.Int16, "quantity_t": pl.Float64}))
    return frames


def publish(publication, name: str, frames: list[pl.DataFrame], incomplete: tuple[int, ...] = ()) -> None:
    info = DataSetInfo(name, "HS92", 6, Text("made up", "虚构"), "1", "", "", "", "", incomplete_years=incomplete)
    for frame in frames:
        publication.put_flows(info, frame["year"][0], frame)
    for table, derive in (("reporters", reporters), ("coverage", coverage)):
        rows = pl.concat([DATA_TABLES[table].check(derive(frame)) for frame in frames])
        publication.put_data_table(name, table, rows)


TARIFFS = [
    ("CHN", "", "mfn", "", "260300", "HS92", 2009, 0.10, 3, 1, "line", "S", "e"),
    ("CHN", "CHL", "preferential", "P", "260300", "HS92", 2009, 0.02, None, None, "line", "S", "e"),
    ("EUN", "", "mfn", "", "260300", "HS92", 2008, 0.04, 2, None, "line", "S", "e"),
    ("JPN", "", "mfn", "", "26", "HS92", 2007, 0.03, None, None, "chapter", "S", "e"),
    ("PER", "", "mfn", "", "", "", 2010, 0.06, None, None, "country", "S", "e"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A store of random worlds with tariffs: one of ten years of which the last is provisional, one of a single year."""
    bench = open_workbench(tmp_path_factory.mktemp("built"))
    with bench.store.publishing() as publication:
        publish(publication, "long", made_up(1, tuple(range(2001, 2011))), incomplete=(2010,))
        publish(publication, "one", made_up(2, (2010,)))
        schema = REFERENCE_TABLES["tariffs"].schema
        publication.put_reference("tariffs", pl.DataFrame(TARIFFS, schema=schema, orient="row"))
        areas = [("EUN", "European Union", code, None, None, "S") for code in ("DEU", "FRA")]
        publication.put_reference(
            "tariff_areas", pl.DataFrame(areas, schema=REFERENCE_TABLES["tariff_areas"].schema, orient="row")
        )
    return bench


def assert_same(bench, data: str, level: int, options: dict, products: list[str], sellers: int) -> int:
    """Every built cell of these products against the request of its exporter: numbers, words, companions, reasons."""
    compared = 0
    for product in products:
        page = bench.product_page(product, data=data, **options)
        exporters = page["exporter"].unique().sort().to_list()
        for exporter in random.Random(product).sample(exporters, min(sellers, len(exporters))):
            setting, _ = setting_of(bench.snapshot, exporter, None, None, data, Options.of(**options))
            good = next(good for good in goods_at(setting.world, data, level) if good.code == product)
            trade = trade_of(setting, good)
            there = markets_of(trade, setting.options.window, setting.exporter_code)
            asked = compute_rows(setting, trade, there)
            built = rows_of(setting, page.filter(pl.col("exporter") == exporter))
            at = [asked.markets.index(market) for market in built.markets]
            # What is not built of this exporter's markets does not trade in the window.
            assert sorted(at) == np.flatnonzero(asked.traded).tolist()
            assert set(asked.values) == set(built.values)
            for column, x in asked.values.items():
                np.testing.assert_array_equal(x[at], built.values[column], err_msg=f"{product} {exporter} {column}")
            for ledger in LEDGERS:
                ours, theirs = getattr(asked, ledger), getattr(built, ledger)
                assert set(ours) == set(theirs)
                for column, x in ours.items():
                    np.testing.assert_array_equal(x[at], theirs[column], err_msg=f"{product} {exporter} {column}")
            # A row's reasons look at its neighbours where nothing is known of any.
            codes = np.array([setting.roster.index[market] for market in built.markets])
            assert reasons(compute_rows(setting, trade, codes), 5) == reasons(built, 5)
            compared += len(at)
    return compared


VARIANTS = [
    {},
    {"average": "weighted", "price_period": "window", "missing": "one", "tariff": "max", "exponent": "intervals"},
    {"window": 3, "distance": "sea"},
    {"window": 10, "distance": "great_circle"},
]


@pytest.mark.parametrize("options", VARIANTS, ids=lambda options: "-".join(map(str, options.values())) or "default")
@pytest.mark.parametrize(("data", "level"), [("long", 6), ("long", 4), ("one", 6)])
def test_built_is_asked_in_random_worlds(small, data, level, options, monkeypatch):
    # Blocks and parts of a few flows, so that there are several of each.
    monkeypatch.setattr(building, "FLOWS_PER_BLOCK", 30)
    monkeypatch.setattr(building, "FLOWS_PER_PART", 60)
    made = small.build(data=data, level=level, **options)
    codes = sorted({code[:level] for code in PRODUCTS})
    assert assert_same(small, data, level, options, codes, 8) == made.rows > 80
    if level == 6:
        assert len(made.by_product) > 1
        assert len(made.by_pair) > 1


@pytest.mark.parametrize("options", VARIANTS[:2], ids=["default", "other"])
def test_built_is_asked_on_the_embedded_data(tmp_path_factory, options):
    bench = open_workbench(tmp_path_factory.mktemp("embedded"))
    bench.build(level=4, **options)
    assert assert_same(bench, "minerals", 4, options, ["2603", "2846", "2804"], 6) > 200


def test_the_two_orders_hold_the_same(small):
    made = small.build(data="long", level=6)
    whole = small.snapshot.cells(made)
    pairs = [small.market_page(i, j, data="long", level=6) for i in ECONOMIES for j in ECONOMIES if i != j]
    key = ["exporter", "importer", "product"]
    assert_frame_equal(pl.concat(pairs), whole.sort(key), check_exact=True)
    assert whole[["product", "exporter", "importer"]].equals(
        whole.sort("product", "exporter", "importer")[["product", "exporter", "importer"]]
    )


def test_every_computed_number_is_built():
    assert set(COMPUTED) - {"growth_basis"} <= set(NUMBERS)
    assert set(NUMBERS) <= set(COLUMN_ORDER) | {"tariff_lines_left_out"}
    assert set(CHOICES) <= set(Options.__dataclass_fields__)


def test_products_are_the_same_from_a_build(small, monkeypatch):
    small.build(data="one", level=6)
    used = []
    real = questions.pair_rows
    monkeypatch.setattr(questions, "pair_rows", lambda *asked: used.append(real(*asked)) or used[-1])
    pairs = [("CHL", "CHN"), ("DEU", "JPN"), ("AUS", "FRA")]
    from_build = [small.products(i, j, data="one", level=6, basis="bilateral") for i, j in pairs]
    assert any(rows is not None for rows, _ in used)
    monkeypatch.setattr(questions, "pair_rows", lambda setting, market, goods: (None, goods))
    for (i, j), ours in zip(pairs, from_build, strict=True):
        asked = small.products(i, j, data="one", level=6, basis="bilateral")
        assert_frame_equal(ours.frame, asked.frame, check_exact=True)
        assert list(ours.missing) == list(asked.missing)
        assert [note.en for note in ours.notes] == [note.en for note in asked.notes]


def test_a_build_that_no_longer_holds_is_told_and_not_used(small, tmp_path):
    small.build(data="one", level=6)
    setting, _ = setting_of(small.snapshot, "CHL", None, None, "one", Options.of())
    assert build_for(setting, 6) is not None
    assert build_for(setting, 4) is None
    other, _ = setting_of(small.snapshot, "CHL", None, None, "one", Options.of(average="weighted"))
    assert build_for(other, 6) is None
    with small.store.publishing() as publication:
        changed = [(*row[:7], row[7] / 2, *row[8:]) for row in TARIFFS]
        schema = REFERENCE_TABLES["tariffs"].schema
        publication.put_reference("tariffs", pl.DataFrame(changed, schema=schema, orient="row"))
    stale = small.snapshot.dataset("one").builds[-1]
    assert changed_since(small.snapshot, "one", stale) == ["tariffs"]
    setting, _ = setting_of(small.snapshot, "CHL", None, None, "one", Options.of())
    assert build_for(setting, 6) is None
    assert "tariffs" in told_builds(small.snapshot, "one")[-1].en
    with pytest.raises(InputError, match="entrepot build") as refused:
        small.product_page("260300", data="one")
    assert refused.value.code == "not_built"
    # Other flows: the build stays to be told, and is not used.
    with small.store.publishing() as publication:
        publish(publication, "one", made_up(3, (2010,)))
    assert "flows 2010" in changed_since(small.snapshot, "one", small.snapshot.dataset("one").builds[-1])
    small.build(data="one", level=6)
    assert [changed_since(small.snapshot, "one", b) for b in small.snapshot.dataset("one").builds].count([]) == 1
    assert small.product_page("260300", data="one").height > 0


def test_the_other_basis_is_refused(small):
    with pytest.raises(InputError, match="per request"):
        small.build(data="one", basis="world")


def test_the_store_knows_its_builds(tmp_path):
    bench = open_workbench(tmp_path / "home")
    with bench.store.publishing() as publication:
        publish(publication, "one", made_up(2, (2010,)))
    made = bench.build(data="one", level=6)
    assert bench.store.prune(older_than_hours=0).objects == 0
    checked = bench.store.verify()
    assert checked.whole
    path = bench.store.layout.object(made.by_pair[0].ref)
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert [finding.part for finding in bench.store.verify().findings] == ["one/build/2010"]
    bench.build(data="one", level=6)  # an equal object takes the place of the damaged one
    assert bench.store.verify().whole
    with bench.store.publishing() as publication:
        publication.remove_dataset("one")
    with bench.store.publishing() as publication:
        publication.set_default("minerals")
    bench.store.prune(older_than_hours=0)
    bench.build(data="minerals", level=4)
    bench.store.prune(older_than_hours=0)
    assert not path.exists()


BUILD = """
import sys
from entrepot.workbench import open_workbench
from entrepot.analyses import build
build.FLOWS_PER_PART = 20_000
bench = open_workbench(sys.argv[1])
print("ready", flush=True)
bench.build(data="minerals", level=6)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_kill_leaves_the_old_store_whole(tmp_path):
    bench = open_workbench(tmp_path / "home")
    before, files = bench.snapshot.id, len(list(bench.store.layout.objects.iterdir()))
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    deadline = time.monotonic() + 60
    while len(list(bench.store.layout.objects.iterdir())) < files + 2 and time.monotonic() < deadline:
        time.sleep(0.002)
    process.kill()
    process.wait()
    assert bench.snapshot.id == before
    assert not bench.snapshot.dataset("minerals").builds
    assert bench.store.verify().whole
    assert bench.store.prune(older_than_hours=0).objects > 0
    assert bench.build(data="minerals", level=6).rows > 0
