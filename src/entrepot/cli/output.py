"""Where an answer goes: a table for people, JSON or CSV for programs, a file."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.errors import InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.analyses.result import Result

ROWS = 20


@dataclass(frozen=True, slots=True)
class Output:
    """What the user wants to see or keep."""

    columns: str | None
    rows: int | None
    all: bool
    csv: bool
    json: bool
    out: str | None
    force: bool
    plot: str | None = None
    chart: str | None = None

    def check(self) -> None:
        """Refuse what cannot be done before anything is computed.

        Raises
        ------
        InputError, DataError
            For two formats on one output, a file that is there, an unknown suffix.
        """
        if self.csv and self.json:
            raise InputError(
                "one_format",
                Text(
                    "--csv and --json cannot both be printed; choose one.", "--csv 与 --json 不能同时使用，请选其一。"
                ),
                field="csv",
            )
        if self.rows is not None and self.rows < 1:
            raise InputError(
                "bad_rows",
                Text(f"--rows is {self.rows}; at least 1.", f"--rows 为 {self.rows}；至少为1。"),
                field="rows",
            )
        if self.out is not None:
            from entrepot.report import check_target

            check_target(Path(self.out), force=self.force)
        if self.plot is not None:
            from entrepot.report.target import check_path

            check_path(Path(self.plot), (".svg",), force=self.force)
        elif self.chart is not None and not (self.out or "").lower().endswith(".svg"):
            raise InputError(
                "chart_of_nothing",
                Text(
                    "--chart says which chart --plot draws; give --plot FILE.svg as well.",
                    "--chart 指定 --plot 所绘图形；请同时给出 --plot 文件.svg。",
                ),
                field="chart",
            )


def deliver(result: "Result", output: Output) -> None:
    """Save, print, or show the answer. Standard output carries data only."""
    if output.out is not None:
        from entrepot.report import save

        path = save(result, Path(output.out), force=output.force, chart=output.chart)
        _aside(Text(f"Saved: {path}", f"已保存：{path}").say(result.lang))
    if output.plot is not None:
        from entrepot.report import save_chart

        path = save_chart(result, Path(output.plot), output.chart, force=output.force)
        _aside(Text(f"Saved: {path}", f"已保存：{path}").say(result.lang))
    if output.json:
        _write(result.to_json() + b"\n")
    elif output.csv:
        from entrepot.report import csv_text

        _write(csv_text(result).encode("utf-8-sig"))
        for number, note in enumerate(result.notes, 1):
            _aside(f"{number}. {note.say(result.lang)}")
        _aside(result.citation)
    elif output.out is None:
        from entrepot.cli.table import show

        show(result, columns=output.columns, rows=None if output.all else output.rows or ROWS)


def _write(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _aside(line: str) -> None:
    sys.stderr.write(line + "\n")
