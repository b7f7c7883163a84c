"""The trade of a data set in another classification of products: a vintage of the HS, SITC or BEC."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from entrepot.analyses.asking import check_year
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError, nearest_of
from entrepot.core.text import Text
from entrepot.formulas.concordance import Shares, carry, conversion, shares
from entrepot.store import traded_in
from entrepot.tables.concordances import correspondences, targets_of

if TYPE_CHECKING:
    from entrepot.store import Snapshot


@dataclass(frozen=True, slots=True)
class CarriedTrade:
    """Flows of one year in another classification, and how well they were carried over.

    Parameters
    ----------
    flows : year, exporter, importer, product (codes of `classification`), value_usd, quantity_t (null where any part is
        unknown), in the order of product, exporter, importer. Its value and the lost value add up to the value given.
    shares : fractions of the value: exact, merged, split by trade, by the choice of the table, in equal parts, lost.
    weights : data set by whose trade codes were parted; empty where the store has none of the classification.
    """

    flows: pl.DataFrame
    classification: str
    shares: Shares
    weights: str


def carried(snapshot: "Snapshot", to: str, *, data: str | None = None, year: int | None = None) -> CarriedTrade:
    """Flows of a year carried over at six digits through the concordances of the store.

    A code that corresponds to one other goes there whole. One that corresponds to several is parted by the trade of those
    in a data set of that classification, where each of them trades; otherwise it goes where the table itself converts to, or
    in equal parts (see `entrepot.formulas.concordance.conversion`).

    Parameters
    ----------
    to : "HS92" … "HS22", "SITC1" … "SITC4", "BEC4".
    data, year : default the latest year of the default data set.

    Raises
    ------
    InputError
        ``concordance_not_loaded``: the store knows no way there; it names the ways that it knows.

    Examples
    --------
    >>> carried(snapshot, "SITC3", year=2024).shares.lost  # doctest: +SKIP
    0.0
    """
    dataset = snapshot.dataset(data)
    source, to = dataset.info.classification, to.strip().upper()
    chosen = check_year(year, list(dataset.years))
    table = world_of(snapshot).table("concordances")
    valid = targets_of(table, source)
    if to not in valid:
        listed = ", ".join(valid) or "–"
        raise InputError(
            "concordance_not_loaded",
            Text(
                f"No table leads from {source} to {to}; from there the store knows the way to: {listed}. Add UNSD's correlation "
                "tables with `entrepot data add`.",
                f"没有从 {source} 到 {to} 的对照表；现可转换为：{listed}。请用 `entrepot data add` 添加 UNSD 对照表。",
            ),
            field="to",
            valid=valid,
            nearest=nearest_of(to, valid),
        )
    traded = traded_in(snapshot, to)
    pairs, preferred = (correspondences(table, source, to, chosen=chosen) for chosen in (False, True))
    way = conversion(pairs, traded.value, preferred)
    flows = snapshot.flows(dataset.name, [chosen])
    codes = pl.Enum(flows["product"].unique().sort())
    places = way.places(codes.categories)[flows["product"].cast(codes).to_physical().to_numpy()]
    parts = carry(way, places)
    weight = pl.Series(parts.weight)
    rows = flows[parts.row].with_columns(
        product=pl.Series(way.to_codes, dtype=pl.Utf8).gather(parts.target),
        value_usd=pl.col("value_usd") * weight,
        quantity_t=pl.col("quantity_t") * weight,
    )
    key = ["year", "exporter", "importer", "product"]
    known = pl.col("quantity_t").null_count() == 0
    summed = rows.group_by(key).agg(
        pl.col("value_usd").sum(), quantity_t=pl.when(known).then(pl.col("quantity_t").sum())
    )
    told = shares(way, places, flows["value_usd"].to_numpy())
    return CarriedTrade(summed.sort("product", "exporter", "importer"), to, told, traded.data)
