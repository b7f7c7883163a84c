"""A made-up release in the layout of BACI: one zip, a CSV for each year and the files of codes; the same every time."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.world import WorldYear

NAME = "BACI_HS92_Y{year}_V209901.csv"
NOISE = 0.3  # standard deviation of the logarithm of a flow from year to year
KEPT = 0.9  # share of the flows that a year has


def write_release(path: Path, world: WorldYear, years: Iterable[int], codes: pl.DataFrame, products: list[str]) -> int:
    """Write the zip and say how many rows it has.

    Parameters
    ----------
    world : flows that every year varies: other amounts, and one flow in ten absent.
    codes : code (country number), iso3; as many as the world has economies.
    products : HS6 codes, as many as the world has products.
    """
    rows = 0
    number = codes["code"].cast(pl.Int32).to_numpy()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for year in years:
            frame = _year(world, year, number, products)
            archive.writestr(NAME.format(year=year), frame.write_csv().encode())
            rows += frame.height
        economies = "\n".join(f"{code},{iso3},{iso3}" for code, iso3 in codes.select("code", "iso3").iter_rows())
        archive.writestr("country_codes_V209901.csv", f"country_code,country_name,country_iso3\n{economies}\n")
        listed = "\n".join(f'{code},"Product {code}"' for code in products)
        archive.writestr("product_codes_HS92_V209901.csv", f"code,description\n{listed}\n")
    return rows


def _year(world: WorldYear, year: int, number: np.ndarray, products: list[str]) -> pl.DataFrame:
    """One year as BACI writes it: by exporter, thousand US$ with three decimals, quantities padded, NA where unknown."""
    rng = np.random.default_rng(year)
    there = np.flatnonzero(rng.random(len(world)) < KEPT)
    flows = {name: x[there] for name, x in world.columns.items()}
    change = np.exp(rng.normal(0.0, NOISE, len(there)))
    value = np.maximum(flows["value_usd"] / 1000 * change, 0.001).round(3)
    quantity = pl.Series(flows["quantity_t"] * change).round(3).fill_nan(None)
    known = pl.col("q") > 0
    frame = pl.DataFrame(
        {
            "t": np.full(len(there), year),
            "i": number[flows["exporter"]],
            "j": number[flows["importer"]],
            "k": pl.Series(products).gather(flows["product"].astype(np.int64)),
            "v": value,
            "q": quantity,
        }
    )
    return frame.with_columns(
        pl.when(known).then(pl.col("q").cast(pl.Utf8)).otherwise(pl.lit("NA")).str.pad_start(13)
    ).sort("i", "j", "k")
