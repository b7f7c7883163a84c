"""What both sides told of a flow of a data set, and how far they are apart: how much its value is to be trusted.

importer_usd : the importer's report, made FOB; exporter_usd : the exporter's. Null where that side told nothing.
side : whose report stands in the flows, "importer" or "exporter".
cif_fob : the factor by which the importer's CIF value was divided; null where it told FOB itself, or nothing.
gap : |ln(importer_usd / exporter_usd)|, 0 where both agree; null where one side alone tells.
"""

import polars as pl

from entrepot.tables.schema import Table, between, distinct, iso3, one_of, positive, product_code, year

TABLE = Table(
    "mirror",
    schema={
        "year": pl.Int16,
        "exporter": pl.Utf8,
        "importer": pl.Utf8,
        "product": pl.Utf8,
        "importer_usd": pl.Float64,
        "exporter_usd": pl.Float64,
        "side": pl.Utf8,
        "cif_fob": pl.Float64,
        "gap": pl.Float64,
    },
    # By product first, as flows lie.
    key=("year", "product", "exporter", "importer"),
    nullable=frozenset({"importer_usd", "exporter_usd", "cif_fob", "gap"}),
    rules=(
        year(),
        iso3("exporter"),
        iso3("importer"),
        distinct("exporter", "importer"),
        *product_code("product"),
        positive("importer_usd"),
        positive("exporter_usd"),
        one_of("side", ("importer", "exporter")),
        between("cif_fob", 1, 10),
        between("gap", 0, 1_000),
    ),
)
SCHEMA, KEY, NULLABLE, check = TABLE.schema, TABLE.key, TABLE.nullable, TABLE.check
