"""What can be wrong in a file of BACI, found again slowly once a fast look has seen that something is."""

from pathlib import Path
from typing import NoReturn

import polars as pl

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.faults import bad_file

COLUMNS = ("t", "i", "j", "k", "v", "q")
INTEGERS = ("t", "i", "j", "k")
UNKNOWN_QUANTITY = ("", "NA", "NaN", ".")
AGAIN = Text(
    "Download the release again from CEPII and add it as it is.", "请从 CEPII 重新下载该版本，不作修改直接添加。"
)
MEANING = {
    "t": Text("the year", "年份"),
    "i": Text("the exporter's number", "出口方编号"),
    "j": Text("the importer's number", "进口方编号"),
    "k": Text("the product code", "产品编码"),
    "v": Text("the value in thousand US$", "金额（千美元）"),
    "q": Text("the quantity in metric tons", "数量（公吨）"),
}


class BlockFaults:
    """Faults of a block of rows, told by their lines.

    Parameters
    ----------
    line : line of the block's first row in the file, the heading counted.
    """

    def __init__(self, provider: str, path: Path, name: str, line: int) -> None:
        self._provider, self._path, self._line = provider, path, line
        self._entry = name if name != path.name else None

    def parse(self, body: bytes, header: tuple[str, ...]) -> pl.DataFrame:
        """Parse every cell as text first, and cast it then.

        Raises
        ------
        DataError
            A cell is no number, a line has too many columns, or the bytes are no text.
        """
        text = body.decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines()):
            if line.count(",") != len(COLUMNS) - 1:
                problem = Text(
                    f"{line.count(',') + 1} columns instead of {len(COLUMNS)}",
                    f"共 {line.count(',') + 1} 列，应为 {len(COLUMNS)} 列",
                )
                raise self._error("ragged_line", number, None, problem, line)
        try:
            cells = pl.read_csv(body, has_header=False, schema=dict.fromkeys(header, pl.Utf8), encoding="utf8-lossy")
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise self._error(
                "unreadable", 0, None, Text(f"unreadable ({reason})", f"无法读取（{reason}）"), None
            ) from error
        return self.cast(cells)

    def cast(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Cells of text as numbers; unknown quantities as null.

        Raises
        ------
        DataError
            A cell is no number.
        """
        columns = {}
        for column in COLUMNS:
            stripped = cells[column].fill_null("").str.strip_chars()
            if column == "q":
                stripped = pl.select(pl.when(~stripped.is_in(UNKNOWN_QUANTITY)).then(stripped)).to_series()
            # Whole numbers that a program wrote as 842.0 lose nothing.
            numbers = stripped.cast(pl.Float64, strict=False)
            bad = numbers.is_null() & stripped.is_not_null()
            if column in INTEGERS:
                bad = bad | (numbers != numbers.round()).fill_null(False) | (numbers.abs() > 2**31 - 1).fill_null(False)
            if bad.any():
                at = int(bad.arg_true()[0])
                blank = not stripped[at]
                problem = (
                    Text(f"{MEANING[column].en} is blank", f"{MEANING[column].zh}为空")
                    if blank
                    else Text(f"{MEANING[column].en} is no number", f"{MEANING[column].zh}不是数字")
                )
                raise self._error("blank_value" if blank else "bad_value", at, column, problem, stripped[at])
            columns[column] = numbers.cast(pl.Int32) if column in INTEGERS else numbers
        return pl.DataFrame(columns)

    def refuse(self, frame: pl.DataFrame, year: int, highest_country: int, products: tuple[int, int]) -> NoReturn:
        """Raise for the first row that is at fault.

        Raises
        ------
        DataError
            Always.
        """
        low, high = products
        country_problem = Text(f"no country number (0 to {highest_country})", f"不是国家编号（0 至 {highest_country}）")
        checks: list[tuple[str, str, pl.Expr, Text]] = [
            (
                "blank_value",
                column,
                pl.col(column).is_null(),
                Text(f"{MEANING[column].en} is blank", f"{MEANING[column].zh}为空"),
            )
            for column in COLUMNS[:-1]
        ]
        checks += [
            ("wrong_year", "t", pl.col("t") != year, Text(f"the file is of {year}", f"该文件应为 {year} 年数据")),
            ("impossible_code", "i", ~pl.col("i").is_between(0, highest_country), country_problem),
            ("impossible_code", "j", ~pl.col("j").is_between(0, highest_country), country_problem),
            (
                "impossible_code",
                "k",
                ~pl.col("k").is_between(low, high),
                Text("no HS6 code (010000 to 999999)", "不是 HS6 编码（010000 至 999999）"),
            ),
        ]
        for column in ("v", "q"):
            finite = Text(f"{MEANING[column].en} is no finite number", f"{MEANING[column].zh}不是有限数值")
            checks.append(("bad_value", column, ~pl.col(column).is_finite(), finite))
            negative = Text(f"{MEANING[column].en} is negative", f"{MEANING[column].zh}为负")
            checks.append(("negative_value", column, pl.col(column) < 0, negative))
        for code, column, bad, problem in checks:
            rows = frame.select(bad.fill_null(False)).to_series().arg_true()
            if len(rows):
                at = int(rows[0])
                raise self._error(code, at, column, problem, frame[column][at])
        raise AssertionError("a block was refused without a fault")

    def _error(self, code: str, row: int, column: str | None, problem: Text, value: object) -> DataError:
        return bad_file(
            code,
            self._provider,
            self._path,
            problem,
            AGAIN,
            entry=self._entry,
            line=self._line + row,
            column=column,
            value=value,
        )


def wrong_columns(provider: str, path: Path, name: str, found: tuple[str, ...], missing: list[str]) -> DataError:
    """The heading is not the one of BACI."""
    shown = ", ".join(found[:12])
    return bad_file(
        "wrong_columns",
        provider,
        path,
        Text(
            f"the columns must be t,i,j,k,v,q; missing: {', '.join(missing) or '–'}",
            f"列应为 t,i,j,k,v,q；缺少：{', '.join(missing) or '–'}",
        ),
        Text(
            "Keep the heading that CEPII wrote, as UTF-8 text with commas.",
            "请保留 CEPII 的原始表头，使用 UTF-8 编码和逗号分隔。",
        ),
        entry=name if name != path.name else None,
        line=1,
        value=shown,
    )


def truncated(provider: str, path: Path, name: str, line: int, value: str) -> DataError:
    """The last line has been cut off."""
    return bad_file(
        "truncated",
        provider,
        path,
        Text("the file ends in the middle of a line", "文件在一行中间结束"),
        AGAIN,
        entry=name if name != path.name else None,
        line=line,
        value=value,
    )


def no_rows(provider: str, path: Path, name: str | None) -> DataError:
    """Nothing in the file can be used."""
    return bad_file(
        "no_rows",
        provider,
        path,
        Text("no row of it can be used", "没有可用的数据行"),
        Text("Check that it is a file of BACI and download it again.", "请确认其为 BACI 文件并重新下载。"),
        entry=name if name != path.name else None,
    )
