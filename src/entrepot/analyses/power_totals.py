"""An economy's trade power over all products: its products weighted by what each weighs in world trade."""

import numpy as np
import polars as pl

from entrepot.analyses.power_traders import Traders
from entrepot.cube.cells import Values
from entrepot.cube.groups import Groups
from entrepot.formulas.power.indices import both_sides, covered_share, share_of_world
from entrepot.formulas.power.totals import mean_factor, over_products


def side_weights(traders: Traders) -> tuple[Values, Values]:
    """R_j/R of each entry's product and year: in world exports (what counts of them), and in world imports."""

    def weight(amount: Values) -> Values:
        with np.errstate(invalid="ignore", divide="ignore"):
            return traders.markets.sum(amount) / traders.years.sum(amount)

    return weight(traders["exports_counted_usd"]), weight(traders["imports_priced_usd"])


def totals(traders: Traders, frame: pl.DataFrame, code: str) -> pl.DataFrame:
    """One row per economy and year, summed over the products of the traders (eq. 2, 4, 6 and 7).

    Parameters
    ----------
    frame : the columns of every entry, in the order of the traders.
    code : what stands in the column product.
    """
    owners = traders.owners
    sold, bought = side_weights(traders)
    column = {
        name: frame[name].fill_null(np.nan).to_numpy()
        for name in ("tlc_export", "tpi_export", "tlc_import", "tpi_import")
    }
    column["market_power"] = frame["market_power"].fill_null(np.nan).to_numpy()
    weights = {"export": sold, "import": bought}
    summed = {
        f"{what}_{side}": over_products(column[f"{what}_{side}"], weights[side], owners)
        for side in weights
        for what in ("tlc", "tpi")
    }
    world = {name: _of_world(traders, name) for name in ("exports_priced_usd", "imports_priced_usd")}
    amounts = {name: owners.total(traders[name]) for name in traders.frame.columns if name.endswith("_usd")}
    power = owners.mean(column["market_power"], traders["exports_counted_usd"])
    share = {name: summed[f"tlc_{name}"] for name in weights}
    both = [
        both_sides(
            summed[f"{what}_export"], summed[f"{what}_import"], world["exports_priced_usd"], world["imports_priced_usd"]
        )
        for what in ("tlc", "tpi")
    ]
    values = {
        **summed,
        "price_factor_export": mean_factor(summed["tpi_export"], share["export"]),
        "price_factor_import": mean_factor(summed["tpi_import"], share["import"]),
        "tlc": both[0],
        "tpi": both[1],
        "covered_share": covered_share(
            *(amounts[name] for name in ("exports_usd", "imports_usd", "exports_priced_usd", "imports_priced_usd"))
        ),
        "market_power": power,
        "tpi_market_power": np.where(share["export"] == 0, 0.0, share["export"] * power),
        "tlc_all": share_of_world(amounts["exports_usd"] + amounts["imports_usd"], _years_of_owners(traders)),
        "exports_usd": amounts["exports_usd"],
        "imports_usd": amounts["imports_usd"],
    }
    return traders.owner_keys.with_columns(
        pl.lit(code).alias("product"), *(pl.Series(name, x, nan_to_null=True) for name, x in values.items())
    )


def _of_world(traders: Traders, name: str) -> Values:
    years = _years_of_owners(traders)
    return years.sum(traders.owners.total(traders[name]))


def _years_of_owners(traders: Traders) -> Groups:
    """Which owners share a year."""
    year = traders.owner_keys["year"]
    code = (year.rank("dense") - 1).to_numpy().astype(np.intp)
    return Groups(code, int(code.max()) + 1 if len(code) else 0)
