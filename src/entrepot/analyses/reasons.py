"""Why a value of an answer is null: each null cell gets exactly one reason."""

import numpy as np

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
    unreported = np.isnan(rows.values["value_usd"])
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
        for k in np.flatnonzero(null).tolist():
            found[k][column] = _reason(column, rows, k, bool(unreported[k]), data_years)
    return [{**everywhere, **own} for own in found]


def _reason(column: str, rows: Rows, k: int, unreported: bool, data_years: int) -> Reason:
    if column in MARKET_CONDITIONS and column not in TARIFF:
        old = rows.too_old.get(column)
        return "too_old" if old is not None and old[k] else "not_loaded"
    if column in TARIFF or column in MATCH or column in ("distance_km", "fta"):
        return "not_loaded"
    if column in AGREEMENT:
        return "undefined" if rows.values["fta"][k] == 0 else "not_loaded"
    if column in DISTANCE and np.isnan(rows.values["distance_km"][k]):
        return "not_loaded"
    if column in GROWTH and data_years < 2:
        return "not_loaded"
    if column in GROWTH and not unreported and not rows.traded[k]:
        return "zero_flow"
    if unreported:
        return "not_reported"
    if column in PRICE:
        return "zero_flow" if rows.values["value_usd"][k] == 0 else "not_reported"
    return "undefined"
