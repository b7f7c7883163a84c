"""`entrepot data add` and `entrepot data remove`: bring files in, and take a data set out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entrepot.cli.bench import opened
from entrepot.cli.progress import progress_bar
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.ingest.add import Added, AddReport, Understood

FILES_SHOWN = 3


def register(data: typer.Typer, lang: Language) -> None:
    """Give `entrepot data` its commands `add` and `remove`."""
    path_help = Text("file or folder, as the provider publishes it", "提供者发布的原始文件或文件夹").say(lang)
    name_help = Text("name of the data set, for trade", "数据集名称（仅贸易数据）").say(lang)
    convert_help = Text(
        "carry trade over into this HS vintage (HS92 … HS22), by UNSD's correlation tables",
        "按 UNSD 对照表将贸易数据转换为该 HS 版本（HS92……HS22）",
    ).say(lang)
    spoken_help = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh").say(
        lang
    )
    spoken_option = typer.Option("--lang", help=spoken_help, show_default=False)

    @data.command("add", help=Text("Add an official file, or a folder of them.", "添加官方文件或文件夹。").say(lang))
    def add_(
        path: Annotated[Path, typer.Argument(metavar="PATH", help=path_help)],
        name: Annotated[str | None, typer.Option("--name", help=name_help)] = None,
        convert: Annotated[str | None, typer.Option("--convert", metavar="HS", help=convert_help)] = None,
        spoken: Annotated[str, spoken_option] = lang,
    ) -> None:
        add(path, name, _checked(spoken), convert=convert)

    @data.command("remove", help=Text("Remove a data set.", "删除数据集。").say(lang))
    def remove_(
        name: Annotated[str, typer.Argument(metavar="NAME", help=Text("its name", "数据集名称").say(lang))],
        spoken: Annotated[str, spoken_option] = lang,
    ) -> None:
        remove(name, _checked(spoken))


def add(path: Path, name: str | None, lang: Language, *, convert: str | None = None) -> None:
    """Say what the files are, publish them, and say what became of every row."""
    from entrepot.ingest.add import add as add_files

    store = opened(lang).store

    with progress_bar(Text("Adding", "添加").say(lang)) as progress:
        report = add_files(
            store,
            path,
            name=name,
            convert=convert,
            progress=progress,
            announce=lambda groups: show_understood(groups, lang),
        )
    show_report(report, lang)


def show_understood(groups: "tuple[Understood, ...]", lang: Language) -> None:
    """Say what the files are, before anything of them is published."""
    for group in groups:
        said = list(dict.fromkeys(sentence.say(lang) for sentence in group.said))
        more = f" (+{len(said) - FILES_SHOWN})" if len(said) > FILES_SHOWN else ""
        _say(Text("Understood: ", "识别为：").say(lang) + "; ".join(said[:FILES_SHOWN]) + more)


def show_report(report: "AddReport", lang: Language) -> None:
    """Say what became of every row."""
    for added in report.added:
        _show(added, lang)
    if report.unrecognised:
        listed = ", ".join(file.name for file in report.unrecognised[:FILES_SHOWN])
        count = len(report.unrecognised)
        _say(
            Text(
                f"Left alone, no reader knows them: {count} files ({listed} …)",
                f"未识别、未处理的文件：{count} 个（{listed}…）",
            ).say(lang)
        )


def remove(name: str, lang: Language) -> None:
    """Take a data set out of the store; versions before keep it until they are pruned."""
    from entrepot.ingest.add import remove as remove_dataset

    remove_dataset(opened(lang).store, name)
    _say(Text(f"The data set {name} was removed.", f"已删除数据集 {name}。").say(lang))


def _show(added: "Added", lang: Language) -> None:
    report = added.report
    tables = ", ".join(f"{table} {rows:,}" for table, rows in added.tables.items())
    _say("")
    _say(f"{report.provider} · {report.layout.say(lang)}")
    if added.data is not None:
        _say(Text(f"Data set: {added.data}", f"数据集：{added.data}").say(lang))
    _say(
        Text(
            f"Rows read {report.rows_read:,}, kept {report.rows_kept:,} ({tables})",
            f"读入 {report.rows_read:,} 行，保留 {report.rows_kept:,} 行（{tables}）",
        ).say(lang)
    )
    for entry in report.dropped:
        examples = f" ({', '.join(entry.examples[:6])})" if entry.examples else ""
        _say(f"  − {entry.rows:,} {entry.meaning.say(lang)}{examples}")
    for warning in report.warnings:
        _say(f"  ! {warning.say(lang)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _checked(spoken: str) -> Language:
    from entrepot.cli.program import checked

    return checked(spoken)
