"""`entrepot brief`: one or two pages on a market, made for printing."""

import sys
from datetime import UTC, datetime
from inspect import Signature
from pathlib import Path
from typing import Any

import typer

from entrepot.cli.bench import opened
from entrepot.cli.finder_questions import HOW_RANKED
from entrepot.cli.question import Question
from entrepot.cli.questions import parameters_of, read_asked
from entrepot.core.text import Language, Text

QUESTION = Question(
    ("exporter", "product"),
    ("market",),
    HOW_RANKED,
    Text("A market brief to print: one market, or two or three side by side.", "可打印的市场简报：一个市场，或两三个市场对比。"),
    slow=False,
    words={"market": Text("1 to 3 markets parted by commas, as in CHN,JPN", "1至3个市场，以逗号分隔，如 CHN,JPN")},
)  # fmt: skip
_OUT = Text(
    "save under this name (.html); default brief-….html here", "另存为该 .html 文件；缺省为当前文件夹的 brief-….html"
)
_SHOWN = {"out", "force", "lang", *QUESTION.arguments, *QUESTION.needed, *QUESTION.options}


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command."""

    def command(**given: Any) -> None:
        _write(given, lang)

    parameters = [one for one in parameters_of(QUESTION, lang) if one.name in _SHOWN]
    for one in parameters:
        if one.name == "out":
            one.annotation.__metadata__[0].help = _OUT.say(lang)
    # Typer reads a command's options from its signature and annotations.
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    app.command("brief", help=QUESTION.help.say(lang))(command)


def _write(given: dict[str, Any], lang: Language) -> None:
    """Make the brief and save it."""
    from entrepot.report.brief import SUFFIXES, save_brief
    from entrepot.report.target import check_path

    if given["out"] is not None:
        check_path(Path(given["out"]), SUFFIXES, force=given["force"])
    named, asked = read_asked(QUESTION, given)
    brief = opened(lang).brief(*named, **asked)
    used = brief.ranking.parameters
    markets = ",".join(page.code for page in brief.pages)
    about = f"{used['exporter']} {used['product']} --market {markets} --year {used['year']} --data {used['data']}"
    path = Path(given["out"] or f"brief-{used['exporter']}-{used['product']}-{markets}.html".replace(",", "-"))
    saved = save_brief(
        brief,
        path,
        force=given["force"],
        on=datetime.now(UTC).date(),
        command=f"entrepot brief {about} {_others(given)}".strip(),
    )
    sys.stderr.write(Text(f"Saved: {saved}", f"已保存：{saved}").say(brief.lang) + "\n")


def _others(given: dict[str, Any]) -> str:
    """The further options as they were typed."""
    from shlex import quote

    names = [
        name for name in (*QUESTION.options, "lang") if name not in {"year", "data"} and given.get(name) is not None
    ]
    return " ".join(f"--{name.replace('_', '-')} {quote(str(given[name]))}" for name in names)
