import random
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from entrepot.core.text import Text
from entrepot.store import DataSetInfo, Source, Store

ECONOMIES = ("AUS", "CHL", "CHN", "DEU", "JPN", "PER", "TWN", "ZAF")
PRODUCTS = ("010121", "260111", "260112", "260300", "260400", "270900", "999999")
SOURCE = Source("Atlas", "2026", "CC0", citation="The Atlas, 2026")

World = Callable[..., pl.DataFrame]


def world_of(year: int, seed: int = 0, density: float = 0.5) -> pl.DataFrame:
    """A small random year of trade in no particular order."""
    dice = random.Random(f"{year}-{seed}")
    rows = [
        (year, exporter, importer, product, dice.uniform(1, 1e6), dice.choice([None, dice.uniform(0.1, 1e3)]))
        for exporter in ECONOMIES
        for importer in ECONOMIES
        for product in PRODUCTS
        if exporter != importer and dice.random() < density
    ]
    dice.shuffle(rows)
    schema = {
        "year": pl.Int16,
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "product": pl.Utf8,
        "value_usd": pl.Float64,
        "quantity_t": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture(scope="session")
def world() -> World:
    return world_of


@pytest.fixture(scope="session")
def info() -> DataSetInfo:
    return DataSetInfo(
        name="small",
        classification="HS92",
        level=6,
        title=Text("A small world", "小世界"),
        release="2026",
        licence="CC0",
        source="made up",
        citation="nobody",
        retrieved="2026-01-01",
        incomplete_years=(2003,),
        sources=(SOURCE,),
    )


@pytest.fixture
def borders() -> pl.DataFrame:
    rows = {"economy": ["CHL", "PER"], "neighbour": ["PER", "CHL"], "source": ["atlas"] * 2, "note": [None] * 2}
    return pl.DataFrame(rows, schema_overrides={"note": pl.Utf8})


@pytest.fixture
def store(tmp_path: Path, info: DataSetInfo, borders: pl.DataFrame) -> Store:
    """Three years of a small world and one reference table."""
    store = Store(tmp_path / "home")
    with store.publishing() as publication:
        for year in (2001, 2002, 2003):
            publication.put_flows(info, year, world_of(year))
        publication.put_reference("borders", borders, sources=[SOURCE], note=Text("two", "两个"))
        publication.set_default("small")
    return store
