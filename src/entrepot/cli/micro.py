"""`entrepot quality|dispersion|exchange|cells|traders FILE`: from customs declarations to allocation efficiency."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entrepot.analyses.micro.vocabulary import FILE, MEETING, NEARNESS, OPTIONS, PRICING, READING
from entrepot.cli.bench import opened
from entrepot.cli.output import Output, deliver
from entrepot.cli.progress import progress_bar
from entrepot.cli.user_table import read_table
from entrepot.core.errors import check_choice
from entrepot.core.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    import polars as pl

    from entrepot.analyses.micro.rows import Answer

WHOLE_NUMBERS = {"level", "neighbours", "power"}
TABLES = {"industries", "markups", "regions", "prody", "high_income"}
OUTPUT: dict[str, tuple[Any, Any, Text]] = {
    "out": (str | None, None, Text("save as .parquet .csv (of any size), .xlsx .dta .json", "另存为 .parquet .csv（不限大小）、.xlsx .dta .json")),
    "force": (bool, False, Text("replace the file if it is there", "文件已存在时覆盖")),
    "rows": (int | None, None, Text("rows of the table (default 20)", "表格行数（缺省20）")),
    "all": (bool, False, Text("every row in the table", "表格显示全部行")),
    "columns": (str | None, None, Text("columns of the table, by id, parted by commas", "表格的列（标识，以逗号分隔）")),
    "csv": (bool, False, Text("print CSV; notes go to standard error", "输出 CSV；说明写到标准错误")),
    "json": (bool, False, Text("print JSON", "输出 JSON")),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One command: what its help says and which options it has."""

    help: Text
    options: tuple[str, ...]


QUESTIONS = {
    "quality": Question(
        Text("Quality and price of each firm's products, from customs declarations.", "由海关申报数据计算企业-产品质量与价格。"),
        (*READING, *PRICING),
    ),
    "dispersion": Question(
        Text("Price dispersion among firms of like quality, by region, product and year.", "同质产品价格离散度（地区-产品-年份）。"),
        (*READING, *PRICING, *NEARNESS),
    ),
    "exchange": Question(
        Text("Where firms of different regions meet abroad, by region, product and year.", "海外市场信息交流（地区-产品-年份）。"),
        (*READING, *MEETING),
    ),
    "cells": Question(
        Text("Dispersion and exchange in one table: what a regression needs.", "离散度与信息交流合为一表，供回归使用。"),
        (*READING, *PRICING, *NEARNESS, *MEETING),
    ),
    "traders": Question(
        Text("Who trades, by type of owner, customs regime and year.", "谁在贸易：按所有制、贸易方式与年份。"),
        ("mapping",),
    ),
}  # fmt: skip


def register(app: typer.Typer, lang: Language) -> None:
    """Add the commands."""
    for name, question in QUESTIONS.items():
        app.command(name, help=question.help.say(lang))(_command(name, question, lang))


def _command(name: str, question: Question, lang: Language) -> Callable[..., None]:
    def command(**given: Any) -> None:
        _answer(name, question, given, lang)

    def made(option: str, kind: Any, text: Text, default: Any) -> Parameter:
        declared = typer.Option("--" + option.replace("_", "-"), help=text.say(lang), show_default=False)
        return Parameter(option, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, declared])

    argument = typer.Argument(help=FILE.say(lang), metavar="FILE")
    parameters = [Parameter("file", Parameter.KEYWORD_ONLY, annotation=Annotated[Path, argument])]
    for option in question.options:
        kind = int | None if option in WHOLE_NUMBERS else float | None if option == "space_threshold" else str | None
        flag = option == "without_self"
        parameters.append(made(option, bool if flag else kind, OPTIONS[option], False if flag else None))
    parameters += [made(option, kind, text, default) for option, (kind, default, text) in OUTPUT.items()]
    spoken = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh")
    parameters.append(made("lang", str, spoken, lang))
    # Typer reads a command's options from its signature and annotations.
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _answer(name: str, question: Question, given: dict[str, Any], lang: Language) -> None:
    check_choice("lang", given["lang"], LANGUAGES)
    output = Output(**{option: given[option] for option in OUTPUT})
    output.check()
    asked = {option: given[option] for option in question.options if given[option] is not None}
    if "without_self" in asked:
        asked["include_self"] = not asked.pop("without_self")
    for option in TABLES & set(asked):
        asked[option] = read_table(option, asked[option])
    if "sigma" in asked:
        asked["sigma"] = _sigma(asked["sigma"])
    asked["lang"] = given["lang"]
    if "mapping" in asked and name != "traders":  # which products are traded plays no part there
        asked["concordances"] = concordances_for(asked["mapping"], lang)
    with progress_bar(question.help.say(lang)) as progress:
        if name == "traders":
            from entrepot.analyses.micro.traders import traders

            deliver(traders(given["file"], progress=progress, **asked), output)
            return
        with _rows(name, given["file"], progress, asked) as answer:
            _deliver(answer, output)


def _rows(name: str, file: Path, progress: Any, asked: dict[str, Any]) -> "AbstractContextManager[Answer]":
    from entrepot.analyses.micro.answers import EXCHANGE, cell_rows, quality_rows
    from entrepot.analyses.micro.cells import DISPERSION

    if name == "quality":
        return quality_rows(file, progress=progress, **asked)
    wanted = {"dispersion": DISPERSION, "exchange": EXCHANGE, "cells": (*DISPERSION, *EXCHANGE)}[name]
    return cell_rows(file, wanted, progress=progress, **asked)


def _deliver(answer: "Answer", output: Output) -> None:
    """Save the rows as they come; hold them only where they are printed."""
    if output.out is None or output.json or output.csv:
        deliver(answer.collected(), output)
        return
    from entrepot.report.streams import save_rows

    about, path = answer.about, save_rows(answer, Path(output.out), force=output.force)
    sys.stderr.write(Text(f"Saved: {path}\n", f"已保存：{path}\n").say(about.lang))
    for note in about.notes:
        sys.stderr.write(f"  {note.say(about.lang)}\n")


def _sigma(given: str) -> Any:
    try:
        return float(given)
    except ValueError:
        return read_table("sigma", given)


def concordances_for(mapping: str | Path, lang: Language) -> "pl.DataFrame | None":
    """The store's correspondences between vintages, if the mapping asks for one and they are loaded."""
    from entrepot.sources.customs_mapping import read_mapping

    if read_mapping(mapping).vintage is None:
        return None
    snapshot = opened(lang).snapshot
    return snapshot.reference("concordances") if snapshot.has_reference("concordances") else None
