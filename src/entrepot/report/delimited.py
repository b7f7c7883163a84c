"""Comma-separated text: one header row of column ids, full precision, text quoted, nothing that acts as a formula."""

from typing import Any

from entrepot.analyses.result import Result
from entrepot.report.cells import harmless, known

# Excel reads Chinese in a text file only if it begins so.
BOM = "\ufeff"


def csv_text(result: Result) -> str:
    """The answer as comma-separated text, without the byte-order mark that files begin with.

    One row per market, product, pair or year and one column per id, companions (`<id>_year`, `<id>_source`) included.
    A null is an empty cell. Text is quoted, so that codes stay text ("0901"); numbers are not, and keep every digit.
    A text cell that begins with = + - @, a tab or a carriage return gets an apostrophe in front.

    Examples
    --------
    >>> import polars as pl
    >>> from entrepot.analyses.columns import column
    >>> frame = pl.DataFrame({"product": ["0901"], "gap": [-0.25]})
    >>> result = Result("markets", frame, (column("product"), column("gap")), {}, (), ())
    >>> csv_text(result).splitlines()
    ['"product","gap"', '"0901",-0.25']
    """
    ids = [column.id for column in result.columns]
    lines = [",".join(_cell(name) for name in ids)]
    lines += [",".join(map(_cell, row)) for row in result.frame.select(ids).iter_rows()]
    return "\r\n".join(lines) + "\r\n"


def _cell(value: Any) -> str:
    if not known(value):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    return '"' + harmless(str(value)).replace('"', '""') + '"'
