"""What a data set holds of each product and year (derived from its flows).

flows : number of rows; value_usd : their value; value_with_quantity_usd : the value of those with a quantity,
0 where none has one.
"""

import polars as pl

from entrepot.tables.schema import Table, between, positive, product_code, year

TABLE = Table(
    "coverage",
    schema={
        "year": pl.Int16,
        "product": pl.Utf8,
        "flows": pl.Int64,
        "value_usd": pl.Float64,
        "value_with_quantity_usd": pl.Float64,
    },
    key=("year", "product"),
    rules=(
        year(),
        *product_code("product"),
        positive("flows"),
        positive("value_usd"),
        between("value_with_quantity_usd", 0, float("inf")),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
