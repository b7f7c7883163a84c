"""`entrepot route`: the way by sea from one port to another."""

from pathlib import Path
from typing import Annotated, Any

import typer

from entrepot.analyses.vocabulary import CLOSED, OPTIONS, PORT
from entrepot.cli.bench import opened
from entrepot.cli.output import Output, deliver
from entrepot.core.text import Language, Text

HELP = Text(
    "How far is it by sea from one port to another, through which passages?", "两港之间的海运航程有多远，途经哪些通道？"
)
_FORMATS = Text("save under this name: .xlsx .csv .parquet .dta .json", "另存为文件：.xlsx .csv .parquet .dta .json")


def register(app: typer.Typer, lang: Language) -> None:
    """Give the command line the command."""

    def option(name: str, words: Text) -> Any:
        return typer.Option("--" + name, help=words.say(lang), show_default=False)

    def port(name: str) -> Any:
        return typer.Argument(metavar=name, help=PORT.say(lang))

    @app.command("route", help=HELP.say(lang))
    def command(
        start: Annotated[str, port("START")],
        end: Annotated[str, port("END")],
        without: Annotated[str | None, option("without", CLOSED)] = None,
        csv: Annotated[
            bool, option("csv", Text("print CSV, with the points of the way", "输出 CSV，含航迹各点"))
        ] = False,
        json: Annotated[
            bool, option("json", Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同"))
        ] = False,
        out: Annotated[str | None, option("out", _FORMATS)] = None,
        force: Annotated[bool, option("force", Text("replace the file if it is there", "文件已存在时覆盖"))] = False,
        spoken: Annotated[str, option("lang", OPTIONS["lang"])] = lang,
    ) -> None:
        from entrepot.cli.program import checked
        from entrepot.report import SUFFIXES
        from entrepot.report.target import check_path

        chosen = checked(spoken)
        if out is not None:  # there is no chart of a way
            check_path(Path(out), [suffix for suffix in SUFFIXES if suffix != ".svg"], force=force)
        output = Output(columns=None, rows=None, all=True, csv=csv, json=json, out=out, force=force)
        output.check()
        deliver(opened(chosen).route(start, end, without=without, lang=chosen), output)
