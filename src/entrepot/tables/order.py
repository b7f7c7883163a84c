"""Whether rows already stand in order, which a large table tells more cheaply than it sorts."""

import polars as pl


def in_strict_order(frame: pl.DataFrame, columns: tuple[str, ...]) -> bool:
    """Whether the rows ascend by these columns, no two alike: then they are sorted, and unique, without further ado.

    Examples
    --------
    >>> import polars as pl
    >>> in_strict_order(pl.DataFrame({"a": [1, 1, 2], "b": [1, 2, 1]}), ("a", "b"))
    True
    >>> in_strict_order(pl.DataFrame({"a": [1, 1], "b": [2, 2]}), ("a", "b"))
    False
    """
    for column in columns:
        series = frame[column]
        if series.null_count() or (
            isinstance(series.dtype, pl.Categorical | pl.Enum) and not _sorted_categories(series)
        ):
            return False
    above = pl.lit(False)
    for column in reversed(columns):
        value = pl.col(column)
        if isinstance(frame[column].dtype, pl.Categorical | pl.Enum):
            value = value.to_physical()
        before = value.shift(1)
        above = (value > before) | ((value == before) & above)
    return bool(frame.select(above.slice(1).all()).item())


def _sorted_categories(series: pl.Series) -> bool:
    if not isinstance(series.dtype, pl.Enum):
        return False
    return bool(series.dtype.categories.is_sorted())
