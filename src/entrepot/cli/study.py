"""`entrepot study run|check|init FILE`: a regression programme from one file."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from entrepot.cli.micro import concordances_for
from entrepot.cli.progress import progress_bar
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text

WORDS = {
    "file": Text("study file (TOML)", "研究文件（TOML）"),
    "out": Text(
        "folder of the results (default: the file's name with -results)", "结果文件夹（缺省为文件名加 -results）"
    ),
    "name": Text(
        "put the results into the store under this name, where the browser and REST find them",
        "以此名称存入数据仓库，供浏览器与 REST 接口读取",
    ),
    "force": Text("use a folder or replace a file that is there", "允许使用已有文件夹或覆盖已有文件"),
    "lang": Text("language: en or zh", "语言：en 或 zh"),
}


def register(app: typer.Typer, lang: Language) -> None:
    """Give the command line `study`."""
    study = typer.Typer(no_args_is_help=True)
    file = typer.Argument(metavar="FILE", help=WORDS["file"].say(lang))

    def option(name: str) -> Any:
        return typer.Option("--" + name, help=WORDS[name].say(lang), show_default=False)

    run_help = Text(
        "Make every table and figure, a report and the numbers; goes on where it was stopped.",
        "生成全部表、图、报告与数据；中断后可继续。",
    )

    @study.command("run", help=run_help.say(lang))
    def run(
        path: Annotated[Path, file],
        out: Annotated[Path | None, option("out")] = None,
        name: Annotated[str | None, option("name")] = None,
        force: Annotated[bool, option("force")] = False,
        spoken: Annotated[str, option("lang")] = lang,
    ) -> None:
        check_choice("lang", spoken, LANGUAGES)
        _run(path, out, name, "zh" if spoken == "zh" else "en", force=force)

    @study.command(
        "check",
        help=Text("See whether a study file is right; nothing is computed.", "检查研究文件，不做计算。").say(lang),
    )
    def check(path: Annotated[Path, file], spoken: Annotated[str, option("lang")] = lang) -> None:
        from entrepot.report.study import check_study

        check_choice("lang", spoken, LANGUAGES)
        plan = check_study(path)
        columns = sum(len(table.models) for table in plan.tables)
        said = Text(
            f"{path.name} is right: {len(plan.variables)} variables, {len(plan.tables)} tables with {columns} columns, {len(plan.figures)} figures.",
            f"{path.name} 无误：{len(plan.variables)} 个变量，{len(plan.tables)} 张表共 {columns} 列，{len(plan.figures)} 幅图。",
        )
        typer.echo(said.say("zh" if spoken == "zh" else "en"))

    @study.command(
        "init", help=Text("Write a commented study file to begin with.", "写出带注释的研究文件模板。").say(lang)
    )
    def init(
        path: Annotated[Path, file] = Path("study.toml"),
        force: Annotated[bool, option("force")] = False,
    ) -> None:
        from entrepot.analyses.study.plan import template
        from entrepot.report.target import check_path, replace_file

        check_path(path, (".toml",), force=force)
        replace_file(path, lambda draft: _fill(draft, template()))
        sys.stderr.write(Text(f"Saved: {path}\n", f"已保存：{path}\n").say(lang))

    about = Text("A whole regression programme from one file.", "用一个文件完成整套回归分析。")
    app.add_typer(study, name="study", help=about.say(lang))


def _run(path: Path, out: Path | None, name: str | None, lang: Language, *, force: bool) -> None:
    from entrepot.analyses.study.sample import read_by
    from entrepot.report.publication import render
    from entrepot.report.study import check_study, run_study
    from entrepot.store import Store

    if out is not None and name is not None:
        said = Text("Give --out or --name, not both.", "--out 与 --name 只能给出一个。")
        raise InputError("out_and_name", said, field="name")
    plan = check_study(path)
    if name is not None:
        folder = Store().studies.folder(name)
    else:
        folder = out if out is not None else path.with_name(f"{path.stem}-results")
    mapping = read_by(plan)
    concordances = None if mapping is None else concordances_for(mapping, lang)
    with progress_bar(plan.title.say(lang) or path.name) as progress:
        done = run_study(path, folder, lang=lang, force=force, progress=progress, concordances=concordances)
    sys.stdout.write(render(done.tables, ".txt", lang))
    for note in done.notes:
        sys.stderr.write(f"{note.say(lang)}\n")
    told = Text(
        f"Saved: {done.folder} ({len(done.files)} files; {done.computed} steps computed, {done.found} taken from an earlier run)\n",
        f"已保存：{done.folder}（{len(done.files)} 个文件；计算 {done.computed} 步，沿用此前结果 {done.found} 步）\n",
    )
    sys.stderr.write(told.say(lang))
    if name is not None:
        shown = Text(
            f"To look at it: entrepot serve, then /?view=study&name={name}\n",
            f"查看方式：运行 entrepot serve，打开 /?view=study&name={name}\n",
        )
        sys.stderr.write(shown.say(lang))


def _fill(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
