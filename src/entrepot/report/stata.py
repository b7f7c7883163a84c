"""Stata files, by way of pandas."""

from pathlib import Path

import polars as pl

from entrepot.analyses.result import Result
from entrepot.core.errors import DataError
from entrepot.core.text import Text

LONGEST_LABEL = 80


def write_stata(result: Result, path: Path) -> None:
    """The frame as a .dta file: column ids as variable names, names as labels, nulls as Stata's missing values.

    Raises
    ------
    DataError
        If the extra `dataframes` (pandas, pyarrow) is not installed.
    """
    try:
        import pandas as pd
    except ImportError as why:
        raise DataError(
            "extra_missing",
            Text(
                "Stata files need pandas, which is not installed. Install the extra: 'entrepot[dataframes]'.",
                "写出 Stata 文件需要 pandas，但尚未安装。请安装附加组件：'entrepot[dataframes]'。",
            ),
            field="out",
        ) from why
    columns = {}
    for column in result.columns:
        series = result.frame[column.id]
        if series.dtype.is_numeric() or series.dtype == pl.Boolean:
            columns[column.id] = pd.Series(series.cast(pl.Float64).to_numpy())
        else:
            # Stata has no null text: the empty one stands for it.
            columns[column.id] = pd.Series(series.cast(pl.Utf8).fill_null("").to_list(), dtype=object)
    labels = {column.id: column.name.say(result.lang)[:LONGEST_LABEL] for column in result.columns}
    frame = pd.DataFrame(columns)
    frame.to_stata(path, write_index=False, version=118, variable_labels=labels, data_label="Entrepot")
