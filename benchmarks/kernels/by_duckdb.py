"""DuckDB: window SQL on a table in memory, on all cores; the answer stays in DuckDB as a table."""

from pathlib import Path

import duckdb
import numpy as np

from benchmarks.kernels import COLUMNS

LOAD = """
CREATE TABLE flows AS
SELECT file_row_number AS row, product, exporter, importer, value_usd, neighbour,
    CASE WHEN isfinite(quantity_t) THEN quantity_t END AS quantity_t,
    CASE WHEN isfinite(log_distance) THEN log_distance END AS log_distance,
    CASE WHEN isfinite(tariff) THEN tariff END AS tariff
FROM read_parquet($path, file_row_number = true)
"""
COMPUTE = """
CREATE OR REPLACE TABLE answer AS
WITH priced AS (SELECT *, value_usd / quantity_t AS price FROM flows),
usual AS (
    SELECT *,
        sum(value_usd * log_distance) OVER e / sum(value_usd) FILTER (log_distance IS NOT NULL) OVER e AS far_e,
        sum(value_usd * log_distance) OVER i / sum(value_usd) FILTER (log_distance IS NOT NULL) OVER i AS far_i,
        avg(price) OVER e AS price_e, avg(price) OVER i AS price_i,
        avg(tariff) OVER e AS tariff_e, avg(tariff) OVER i AS tariff_i,
        sum(value_usd) OVER i AS size
    FROM priced
    WINDOW e AS (PARTITION BY product, exporter), i AS (PARTITION BY product, importer)
),
advantage AS (
    SELECT row, product, importer, value_usd, size,
        CASE WHEN neighbour THEN 1.0::DOUBLE
            ELSE exp(-greatest(abs(far_e - log_distance), abs(far_i - log_distance))) END AS cda,
        least(1 + price / (price_e + price), 1 + price_i / (price_i + price)) AS cpa,
        least((1 + tariff_e) / (1 + tariff), (1 + tariff_i) / (1 + tariff)) AS cta
    FROM usual
),
pulling AS (
    SELECT *, value_usd
        * coalesce(cta, sum(value_usd * cta) OVER i / sum(value_usd) FILTER (cta IS NOT NULL) OVER i, 1)
        * coalesce(cpa, sum(value_usd * cpa) OVER i / sum(value_usd) FILTER (cpa IS NOT NULL) OVER i, 1)
        * coalesce(cda, sum(value_usd * cda) OVER i / sum(value_usd) FILTER (cda IS NOT NULL) OVER i, 1) AS pull
    FROM advantage
    WINDOW i AS (PARTITION BY product, importer)
)
SELECT row, cda, cpa, cta, pull / sum(pull) OVER i - value_usd / size AS gap
FROM pulling
WINDOW i AS (PARTITION BY product, importer)
"""


def load(path: Path) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect()
    engine.execute("SET preserve_insertion_order = false")
    engine.execute(LOAD, {"path": str(path)})
    return engine


def compute(engine: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    engine.execute(COMPUTE)
    return engine


def answer(computed: duckdb.DuckDBPyConnection) -> dict:
    columns = ", ".join(f"coalesce({name}, 'nan'::DOUBLE) AS {name}" for name in COLUMNS)
    found = computed.execute(f"SELECT {columns} FROM answer ORDER BY row").fetchnumpy()
    return {name: np.asarray(found[name]) for name in COLUMNS}
