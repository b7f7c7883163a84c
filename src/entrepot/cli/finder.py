"""The commands `search` and `profile`, registered in one line."""

from typing import Annotated

import typer

from entrepot.analyses.vocabulary import OPTIONS
from entrepot.cli.profiles import profiles
from entrepot.core.text import Language, Text


def register(app: typer.Typer, lang: Language) -> None:
    """Add them to the program."""
    _add_search(app, lang)
    said = Text("Weights kept under a name of your own, for --weights NAME.", "以自定名称保存权重，供 --weights 调用。")
    app.add_typer(profiles(lang), name="profile", help=said.say(lang))


def _add_search(app: typer.Typer, lang: Language) -> None:
    words_help = Text(
        "code, name in either language, pinyin or its initials", "代码、中英文名称、拼音或拼音首字母"
    ).say(lang)
    json_help = Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同").say(lang)

    def option(name: str) -> typer.models.OptionInfo:
        made: typer.models.OptionInfo = typer.Option(f"--{name}", help=OPTIONS[name].say(lang), show_default=False)
        return made

    @app.command("search", help=Text("Find economies and products.", "查找经济体与产品。").say(lang))
    def search(
        words: Annotated[list[str], typer.Argument(help=words_help, metavar="WORDS")],
        kind: Annotated[str | None, option("kind")] = None,
        data: Annotated[str | None, option("data")] = None,
        limit: Annotated[int | None, option("limit")] = None,
        as_json: Annotated[bool, typer.Option("--json", help=json_help)] = False,
        spoken: Annotated[str, option("lang")] = lang,
    ) -> None:
        from entrepot.cli.program import checked
        from entrepot.cli.search import search

        search(" ".join(words), as_json=as_json, lang=checked(spoken), kind=kind, data=data, limit=limit)
