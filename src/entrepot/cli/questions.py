"""The questions as commands. Their arguments and options are made from one vocabulary, not written four times."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from entrepot.analyses.vocabulary import ARGUMENTS, OPTIONS
from entrepot.cli.bench import opened
from entrepot.cli.family_questions import FAMILIES
from entrepot.cli.finder_questions import AROUND_MARKETS, HOW_RANKED, PAGES
from entrepot.cli.output import Output, deliver
from entrepot.cli.profile import read_list, read_profile
from entrepot.cli.progress import progress_bar, waiting
from entrepot.cli.question import Question
from entrepot.cli.user_table import read_table
from entrepot.core.text import Language, Text

WHOLE_NUMBERS = {"year", "window", "level", "top"}
HOW_COMPUTED = HOW_RANKED

QUESTIONS: dict[str, Question] = {
    "markets": Question(
        ("exporter", "product"),
        (),
        HOW_COMPUTED,
        Text("Which markets for an exporter's product?", "某出口方的某产品：哪些市场最有潜力？"),
        slow=False,
    ),
    "products": Question(
        ("exporter",),
        ("market",),
        (*HOW_COMPUTED, "level"),
        Text("Which products for an exporter in a market?", "某出口方对某市场：哪些产品最有潜力？"),
        slow=True,
    ),
    "priorities": Question(
        ("exporter",),
        (),
        (*HOW_COMPUTED, "level", "top"),
        Text("Which pairs of product and market for an exporter?", "某出口方：哪些产品与市场的组合应优先？"),
        slow=True,
    ),
    "history": Question(
        ("exporter", "product", "market"),
        (),
        ("year", "data", "window"),
        Text("One flow, year by year.", "一项贸易的历年数据。"),
        slow=False,
    ),
    **AROUND_MARKETS,
    **PAGES,
    **FAMILIES,
}
_OUTPUT: dict[str, tuple[Any, Any, Text]] = {
    "columns": (
        str | None,
        None,
        Text("columns of the table, by id, parted by commas", "表格的列（标识，以逗号分隔）"),
    ),
    "rows": (
        int | None,
        None,
        Text(
            "rows of the table (default 20); files, --json and --csv hold all",
            "表格行数（缺省20）；文件、--json 和 --csv 含全部行",
        ),
    ),
    "all": (bool, False, Text("every row in the table", "表格显示全部行")),
    "csv": (bool, False, Text("print CSV; notes go to standard error", "输出 CSV；说明写到标准错误")),
    "json": (bool, False, Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同")),
    "out": (
        str | None,
        None,
        Text(
            "save under this name: .xlsx .csv .parquet .dta .json .svg",
            "另存为文件：.xlsx .csv .parquet .dta .json .svg",
        ),
    ),
    "plot": (str | None, None, Text("draw a chart into this .svg file", "绘图并存为该 .svg 文件")),
    "chart": (
        str | None,
        None,
        Text(
            "kind of chart, where there is a choice; an unknown one lists them", "图形种类（可选时）；填错会列出可用者"
        ),
    ),
    "force": (bool, False, Text("replace the file if it is there", "文件已存在时覆盖")),
}


def command_of(name: str, lang: Language) -> Callable[..., None]:
    """The function that Typer makes a command of."""
    question = QUESTIONS[name]

    def command(**given: Any) -> None:
        _answer(name, question, given, lang)

    command.__doc__ = question.help.say(lang)
    parameters = parameters_of(question, lang)
    # Typer reads a command's options from its signature and annotations.
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def parameters_of(question: Question, lang: Language) -> list[Parameter]:
    """The arguments and options of a question's command, as Typer reads them from a signature."""

    def parameter(name: str, kind: Any, declared: Any, default: Any) -> Parameter:
        return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, declared])

    words = {**ARGUMENTS, **OPTIONS, **question.words}
    made = [
        parameter(name, str, typer.Argument(help=words[name].say(lang), metavar=name.upper()), Parameter.empty)
        for name in question.arguments
    ]
    made += [
        parameter(name, str, typer.Option(_flag(name), help=words[name].say(lang), metavar="M"), Parameter.empty)
        for name in question.needed
    ]
    for name in question.options:
        kind = question.kinds.get(name, int if name in WHOLE_NUMBERS else str) | None
        said = words[name].say(lang)
        if name == "weights":
            said += Text(
                "; or a saved profile (see `entrepot profile`), or a FILE",
                "；或已保存的方案（见 entrepot profile）、权重文件",
            ).say(lang)
        made.append(parameter(name, kind, typer.Option(_flag(name), help=said, show_default=False), None))
    for name, (kind, default, text) in _OUTPUT.items():
        # Where the answer itself is not cut, --top can only mean the rows that are shown.
        flags = [_flag(name), "--top"] if name == "rows" and "top" not in question.options else [_flag(name)]
        made.append(parameter(name, kind, typer.Option(*flags, help=text.say(lang), show_default=False), default))
    said = OPTIONS["lang"].say(lang)
    made.append(parameter("lang", str, typer.Option("--lang", help=said, show_default=False), lang))
    return made


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _answer(name: str, question: Question, given: Mapping[str, Any], lang: Language) -> None:
    """Ask the workbench and hand over the answer."""
    output = Output(**{option: given[option] for option in _OUTPUT})
    output.check()
    named, asked = read_asked(question, given)
    bench = opened(lang)
    ask = getattr(bench, question.asks or name)
    if question.slow:
        with progress_bar(question.help.say(lang)) as progress:
            result = ask(*named, progress=progress, **asked)
    else:
        with waiting(question.help.say(lang)) if question.asks else nullcontext():
            result = ask(*named, **asked)
    deliver(result, output)


def read_asked(question: Question, given: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """What the workbench is asked: arguments in order, and options by name; files and saved profiles are read."""
    asked = {option: given[option] for option in question.options if given[option] is not None}
    if "weights" in asked:
        asked["weights"], saved = read_profile(asked["weights"])
        asked = {**{option: value for option, value in saved.items() if option in question.options}, **asked}
    if "among" in asked:
        asked["among"] = read_list(asked["among"])
    for option in question.tables:
        if option in asked:
            asked[option] = read_table(option, asked[option])
    asked |= {need: given[need] for need in question.needed} | {"lang": given["lang"]}
    named = [read_list(given[one]) if one == "product" else given[one] for one in question.arguments]
    return named, asked
