"""`entrepot iit-tables`: the four tables of the source of 2006, for any economy, as text or as files."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from entrepot.analyses.family_vocabulary import IIT
from entrepot.analyses.vocabulary import OPTIONS
from entrepot.cli.bench import opened
from entrepot.cli.family_questions import TABLES, TABLES_BY
from entrepot.cli.progress import waiting
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text

STEM = "tables"


def register(app: typer.Typer, lang: Language) -> None:
    """Give the command line the command."""

    def option(name: str, words: Text) -> Any:
        return typer.Option("--" + name.replace("_", "-"), help=words.say(lang), show_default=False)

    where = Text("FILE, or a FOLDER for all formats", "文件；或文件夹（写出全部格式）")

    @app.command("iit-tables", help=TABLES.say(lang))
    def command(
        reporter: Annotated[str, typer.Argument(metavar="REPORTER", help=IIT["reporter"].say(lang))],
        partners: Annotated[str | None, option("partners", IIT["partners"])] = None,
        by: Annotated[str | None, option("by", TABLES_BY)] = None,
        years: Annotated[str | None, option("years", IIT["years"])] = None,
        products: Annotated[str | None, option("products", IIT["products"])] = None,
        data: Annotated[str | None, option("data", OPTIONS["data"])] = None,
        out: Annotated[str | None, option("out", where)] = None,
        force: Annotated[bool, option("force", Text("replace files that are there", "文件已存在时覆盖"))] = False,
        spoken: Annotated[str, option("lang", OPTIONS["lang"])] = lang,
    ) -> None:
        check_choice("lang", spoken, LANGUAGES)
        chosen: Language = "zh" if spoken == "zh" else "en"
        asked = {"partners": partners, "by": by, "years": years, "products": products, "data": data}
        _tables(reporter, asked, out, chosen, force=force)


def _tables(reporter: str, asked: Mapping[str, str | None], out: str | None, lang: Language, *, force: bool) -> None:
    """Compute the tables; print them as text, or write the file, or all formats into the folder, that `out` names."""
    from entrepot.report.publication import publish, render
    from entrepot.report.publication.intraindustry import intraindustry_tables

    targets = [] if out is None else _targets(Path(out), lang, force=force)
    options = {name: value for name, value in asked.items() if value is not None}
    bench = opened(lang)
    with waiting(TABLES.say(lang)):
        answers = bench.iit_tables(reporter, lang=lang, **options)
    tables = intraindustry_tables(answers)
    if not targets:
        sys.stdout.write(render(tables, ".txt", lang))
    for target in targets:
        publish(tables, target, lang=lang, force=force)
        sys.stderr.write(Text(f"Saved: {target}\n", f"已保存：{target}\n").say(lang))


def _targets(out: Path, lang: Language, *, force: bool) -> list[Path]:
    """The files to write: the one named, or one of every format that can be written here in the folder named."""
    from entrepot.report.publication import FORMATS, check_publication

    if not out.is_dir():
        check_publication(out, force=force)
        return [out]
    targets = []
    for suffix in FORMATS:
        target = out / f"{STEM}{suffix}"
        try:
            check_publication(target, force=force)
        except InputError as error:
            if error.code != "no_word_writer":
                raise
            sys.stderr.write(error.message.say(lang) + "\n")
        else:
            targets.append(target)
    return targets
