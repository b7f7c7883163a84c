"""Rows that may be more than memory holds, written as they come, with what is said about them beside."""

from pathlib import Path

import polars as pl

from entrepot.analyses.micro.rows import Answer
from entrepot.report.cells import FORMULA_STARTS
from entrepot.report.files import check_target, save, write_provenance
from entrepot.report.target import replace_file

STREAMED = (".parquet", ".csv")


def save_rows(answer: Answer, path: Path, *, force: bool = False) -> Path:
    """Write the rows of an answer; .parquet and .csv without holding them, other formats as `save` does.

    Raises
    ------
    InputError, DataError
        As for `save`.
    """
    suffix = check_target(path, force=force)
    if suffix not in STREAMED:
        return save(answer.collected(), path, force=force)
    if suffix == ".parquet":
        replace_file(path, lambda draft: answer.rows.sink_parquet(draft, compression="zstd"))
    else:
        replace_file(path, lambda draft: write_tame_csv(answer.rows, draft))
    write_provenance(answer.about, path)
    return path


def write_tame_csv(rows: pl.LazyFrame, path: Path) -> None:
    """Rows as `csv_text` writes them: text quoted so that codes stay text, and harmless to a spreadsheet."""
    texts = [name for name, dtype in rows.collect_schema().items() if dtype == pl.Utf8]
    tame = [
        pl.when(pl.any_horizontal(pl.col(name).str.starts_with(start) for start in FORMULA_STARTS))
        .then(pl.concat_str(pl.lit("'"), name))
        .otherwise(name)
        .alias(name)
        for name in texts
    ]
    rows.with_columns(tame).sink_csv(path, include_bom=True, quote_style="non_numeric", line_terminator="\r\n")
