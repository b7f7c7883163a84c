"""Why a value of an answer is null: each null cell gets exactly one reason."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrepot.analyses.columns import COLUMN_ORDER, MARKET_CONDITIONS
from entrepot.analyses.rows import Rows
from entrepot.core.missing import Reason

PRICE = frozenset({"quantity_t", "quantity_coverage", "price_usd_t", "ep", "ip", "cpa"})
GROWTH = frozenset({"cagr", "lyg", "growth", "growth_basis", "potential_usd"})
MATCH = frozenset({"supply", "demand", "sd", "sd_years", "gdp_basis"})
DISTANCE = frozenset({"cda", "edist", "idist"})
TARIFF = frozenset(
    {"tariff", "tariff_mfn", "tariff_preferential", "tariff_lowest", "tariff_lines", "tariff_basis", "et", "it", "cta"}
)
AGREEMENT = frozenset({"fta_name", "fta_date"})


def reasons(rows: Rows, data_years: int) -> list[dict[str, Reason]]:
    """Column → reason for every null of every row, in the order of the rows.

    Parameters
    ----------
    data_years : years of the window that the data set holds; with fewer than two, growth has nothing to stand on.
    """
    count = len(rows.markets)
    everywhere: dict[str, Reason] = {}
    found: list[dict[str, Reason]] = [{} for _ in range(count)]
    for column in COLUMN_ORDER:
        if column in rows.values:
            null = np.isnan(rows.values[column])
        elif column in rows.texts:
            null = rows.texts[column] == ""
        elif column in TARIFF:
            null = np.ones(count, dtype=bool)
        else:
            continue
        if column in TARIFF and null.all():
            everywhere[column] = "not_loaded"
            continue
        why = _why(column, rows, data_years)
        for k in np.flatnonzero(null).tolist():
            found[k][column] = why[k]
    return [{**everywhere, **own} for own in found]


def _why(column: str, rows: Rows, data_years: int) -> Sequence[Reason]:
    """What a null in the column would mean, for each row."""
    count = len(rows.markets)
    if column in MARKET_CONDITIONS and column not in TARIFF:
        old = rows.too_old.get(column, np.zeros(count, dtype=bool))
        return _chosen((old, "too_old"), count=count, otherwise="not_loaded")
    if column in TARIFF or column in MATCH or column in ("distance_km", "fta"):
        return ["not_loaded"] * count
    if column in AGREEMENT:
        return _chosen((rows.values["fta"] == 0, "undefined"), count=count, otherwise="not_loaded")
    value = rows.values["value_usd"]
    unreported = np.isnan(value)
    if column in DISTANCE:
        away = np.isnan(rows.values["distance_km"])
        return _chosen((away, "not_loaded"), (unreported, "not_reported"), count=count)
    if column in GROWTH:
        if data_years < 2:
            return ["not_loaded"] * count
        return _chosen((unreported, "not_reported"), (~rows.traded, "zero_flow"), count=count)
    if column in PRICE:
        quiet: tuple[NDArray[np.bool_], Reason] = (value == 0, "zero_flow")
        return _chosen((unreported, "not_reported"), quiet, count=count, otherwise="not_reported")
    return _chosen((unreported, "not_reported"), count=count)


def _chosen(*cases: tuple[NDArray[np.bool_], Reason], count: int, otherwise: Reason = "undefined") -> Sequence[Reason]:
    """The reason of the first case that holds in each row."""
    why = np.full(count, otherwise, dtype=object)
    for holds, reason in reversed(cases):
        why[holds] = reason
    return why.tolist()
