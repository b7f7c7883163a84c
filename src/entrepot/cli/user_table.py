"""A small table of the user's own, named on the command line: CSV or Parquet."""

from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    import polars as pl

LARGEST = 64 * 1024**2  # bytes
NUMBERS = ("sigma", "share", "year")  # every other column is text: codes keep their leading zeros


def read_table(option: str, given: str) -> "pl.DataFrame | str":
    """The table in the file, or the text itself where it names none of ours (`sigma_table` also takes words).

    Raises
    ------
    InputError
        ``no_such_file`` for a name with a table's suffix that is not there; ``bad_<option>`` for one that is too large.
    DataError
        If the file cannot be read.
    """
    import polars as pl

    path = Path(given)
    suffix = path.suffix.lower()
    if option == "sigma_table" and suffix not in (".csv", ".parquet"):
        return given
    if suffix not in (".csv", ".parquet"):
        said = Text(
            f"{given!r} is no table: give a .csv or .parquet file.",
            f"{given!r} 不是表格：请给出 .csv 或 .parquet 文件。",
        )
        raise InputError(f"bad_{option}", said, field=option, valid=(".csv", ".parquet"))
    if not path.is_file():
        raise InputError("no_such_file", Text(f"There is no file {given!r}.", f"没有文件 {given!r}。"), field=option)
    if path.stat().st_size > LARGEST:
        said = Text(f"{given!r} is larger than {LARGEST >> 20} MiB.", f"{given!r} 超过 {LARGEST >> 20} MiB。")
        raise InputError(f"bad_{option}", said, field=option)
    try:
        frame = pl.read_csv(path, infer_schema=False) if suffix == ".csv" else pl.read_parquet(path)
        return frame.with_columns(
            pl.col(name).cast(pl.Int64 if name == "year" else pl.Float64) for name in NUMBERS if name in frame.columns
        )
    except (OSError, pl.exceptions.PolarsError) as why:
        raise DataError(
            "unreadable_table",
            Text(
                f"{given!r} cannot be read as a table ({str(why).splitlines()[0][:160]}).",
                f"无法将 {given!r} 读作表格（{str(why).splitlines()[0][:160]}）。",
            ),
            field=option,
        ) from why
