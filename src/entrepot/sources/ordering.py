"""Flows of a year in the one order that the house keeps them in, each pair and product once.

Ten million rows are sorted as one whole number each: product, exporter, importer and the row's own place packed into
64 bits. That is several times faster than sorting by three columns, and needs 8 bytes a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

ORDER = ("product", "exporter", "importer")


@dataclass(frozen=True, slots=True)
class Coded:
    """Flows of one year as numbers, one row each.

    Parameters
    ----------
    exporter, importer : places in a sorted list of economies, uint16.
    product : the code read as a number, int32.
    value : US$, float64.
    quantity : metric tons, float64; NaN where unknown.
    """

    exporter: NDArray[np.uint16]
    importer: NDArray[np.uint16]
    product: NDArray[np.int32]
    value: NDArray[np.float64]
    quantity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Canonical flows by product, exporter, importer, and how many rows were summed into others."""

    flows: pl.DataFrame
    summed: int


def joined(parts: Sequence[Coded]) -> Coded:
    """Several pieces of a year as one."""
    return Coded(
        np.concatenate([part.exporter for part in parts]),
        np.concatenate([part.importer for part in parts]),
        np.concatenate([part.product for part in parts]),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.quantity for part in parts]),
    )


def ordered(year: int, coded: Coded, economies: Sequence[str], level: int) -> Ordered:
    """Sort the flows and sum the rows that share exporter, importer and product.

    The sum has a quantity only where every part of it has one: a partial quantity would falsify unit values.

    Parameters
    ----------
    economies : ISO3 codes in alphabetical order, that `coded` points into.
    level : digits of the product codes.

    Returns
    -------
    Ordered
        Economies and products as categories in alphabetical order, which the store turns into text.
    """
    rows = len(coded)
    listed = np.flatnonzero(np.bincount(coded.product))
    place = np.zeros(int(listed[-1]) + 1 if len(listed) else 1, dtype=np.int64)
    place[listed] = np.arange(len(listed))
    economy_bits, row_bits = max(len(economies) - 1, 1).bit_length(), max(rows, 1).bit_length()
    packed = place[coded.product]
    for column, bits in ((coded.exporter, economy_bits), (coded.importer, economy_bits)):
        packed <<= bits
        packed |= column
    packed <<= row_bits
    packed |= np.arange(rows)
    # Polars sorts whole numbers on all cores; NumPy on one.
    packed = pl.Series(packed).sort().to_numpy()
    row = packed & ((1 << row_bits) - 1)
    key = packed >> row_bits
    del packed
    value, quantity = coded.value[row], coded.quantity[row]
    del row
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if rows else np.zeros(0, dtype=np.int64)
    summed = rows - len(first)
    if summed:
        key = key[first]
        # NaN in any part makes the sum NaN: unknown.
        value, quantity = np.add.reduceat(value, first), np.add.reduceat(quantity, first)
    mask = (1 << economy_bits) - 1
    economy = pl.Enum(list(economies))
    product = pl.Enum([f"{code:0{level}d}" for code in listed])
    flows = pl.DataFrame(
        {
            "year": pl.repeat(year, len(key), dtype=pl.Int16, eager=True),
            "exporter": _categories((key >> economy_bits) & mask, economy),
            "importer": _categories(key & mask, economy),
            "product": _categories(key >> (2 * economy_bits), product),
            "value_usd": value,
            "quantity_t": pl.Series(quantity).fill_nan(None),
        }
    )
    return Ordered(flows, summed)


def coded_of(flows: pl.DataFrame, economies: Sequence[str]) -> Coded:
    """Flows with columns of text as numbers; every code must be among the economies, every product all digits."""
    economy = pl.Enum(list(economies))
    return Coded(
        flows["exporter"].cast(economy).to_physical().cast(pl.UInt16).to_numpy(),
        flows["importer"].cast(economy).to_physical().cast(pl.UInt16).to_numpy(),
        flows["product"].cast(pl.Int32).to_numpy(),
        flows["value_usd"].cast(pl.Float64).to_numpy(),
        flows["quantity_t"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
    )


def _categories(places: NDArray[np.int64], categories: pl.Enum) -> pl.Series:
    physical = pl.Series([], dtype=categories).to_physical().dtype
    return pl.Series(places).cast(physical).cat.to(categories)
