"""Tables derived from the flows of a data set, one year at a time."""

import polars as pl

from entrepot.tables import DATA_TABLES


def reporters(flows: pl.DataFrame) -> pl.DataFrame:
    """Who reports in each year: every economy with any import flow, with its total imports and exports.

    Parameters
    ----------
    flows : canonical flows of one or more years.

    Returns
    -------
    pl.DataFrame
        year, economy, imports_usd (> 0), exports_usd (0 where it exported nothing), in the order of year and economy.

    Examples
    --------
    >>> import polars as pl
    >>> trade = pl.DataFrame(
    ...     {"year": [2024], "exporter": ["CHL"], "importer": ["CHN"], "product": ["2603"], "value_usd": [5.0]}
    ... )
    >>> reporters(trade.cast({"year": pl.Int16})).row(0)
    (2024, 'CHN', 5.0, 0.0)
    """
    value = pl.col("value_usd").sum()
    imports = flows.group_by("year", economy="importer").agg(imports_usd=value)
    exports = flows.group_by("year", economy="exporter").agg(exports_usd=value)
    joined = imports.join(exports, on=["year", "economy"], how="left").with_columns(
        pl.col("exports_usd").fill_null(0.0)
    )
    return joined.select(list(DATA_TABLES["reporters"].schema)).sort("year", "economy")


def coverage(flows: pl.DataFrame) -> pl.DataFrame:
    """What there is of each product and year: number of flows, value, value of the flows that have a quantity.

    Parameters
    ----------
    flows : canonical flows of one or more years.

    Returns
    -------
    pl.DataFrame
        year, product, flows, value_usd, value_with_quantity_usd, in the order of year and product.

    Examples
    --------
    >>> import polars as pl
    >>> trade = pl.DataFrame({"year": [2024], "product": ["2603"], "value_usd": [5.0], "quantity_t": [None]})
    >>> coverage(trade.cast({"quantity_t": pl.Float64})).row(0)
    (2024, '2603', 1, 5.0, 0.0)
    """
    known = pl.col("quantity_t").is_not_null()
    sums = flows.group_by("year", "product").agg(
        flows=pl.len().cast(pl.Int64),
        value_usd=pl.col("value_usd").sum(),
        value_with_quantity_usd=pl.col("value_usd").filter(known).sum(),
    )
    return sums.select(list(DATA_TABLES["coverage"].schema)).sort("year", "product")
