"""`entrepot build`: compute every parameter of every pair that trades once, and keep it in the store."""

import sys
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from entrepot.analyses.vocabulary import OPTIONS
from entrepot.cli.bench import opened
from entrepot.cli.finder_questions import HOW_A_FLOW
from entrepot.cli.progress import progress_bar
from entrepot.core.errors import check_choice
from entrepot.core.text import Language, Text

WHOLE_NUMBERS = {"year", "window"}
BOTH = "both"
LEVEL = Text(
    "HS digits of the products: 4, 6 or both; those of the data set if not given",
    "产品的HS位数：4、6 或 both（两者）；缺省同数据集",
)
HELP = Text(
    "Compute all parameters of all pairs that trade once, so that pages are read and not computed.",
    "一次算出所有贸易组合的全部参数并存入数据仓库，页面直接读取。",
)


def register(app: typer.Typer, lang: Language) -> None:
    """Give the program its command `build`."""
    app.command("build", help=HELP.say(lang))(_command(lang))


def _command(lang: Language) -> Callable[..., None]:
    names = ("data", "year", "level", *(name for name in HOW_A_FLOW if name not in {"data", "year", "basis"}))

    def command(**given: Any) -> None:
        build(given.pop("lang"), **{name: value for name, value in given.items() if value is not None})

    words = {**OPTIONS, "level": LEVEL}
    parameters = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                int | None if name in WHOLE_NUMBERS else str | None,
                typer.Option("--" + name.replace("_", "-"), help=words[name].say(lang), show_default=False),
            ],
        )
        for name in names
    ]
    said = typer.Option("--lang", help=OPTIONS["lang"].say(lang), show_default=False)
    parameters.append(Parameter("lang", Parameter.KEYWORD_ONLY, default=lang, annotation=Annotated[str, said]))
    # Typer reads a command's options from its signature and annotations.
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def build(spoken: str, *, level: str | None = None, **asked: Any) -> None:
    """Build one level or both, and say what there is now."""
    from entrepot.analyses.asking import LEVELS
    from entrepot.cli.program import checked

    lang = checked(spoken)
    if level is not None:
        check_choice("level", level, [*map(str, LEVELS), BOTH])
    bench = opened(lang)
    for digits in LEVELS if level == BOTH else [None if level is None else int(level)]:
        with progress_bar(Text("Building", "构建").say(lang)) as progress:
            made = bench.build(level=digits, progress=progress, **asked)
        size = sum(part.ref.bytes for part in made.parts) / 2**20
        sys.stdout.write(
            Text(
                f"Built {made.year}, {made.level} digits: {made.rows:,} cells, by product and by pair, {size:,.0f} MiB.\n",
                f"已构建 {made.year} 年、{made.level} 位编码：{made.rows:,} 个组合，按产品和按国家对各存一份，"
                f"共 {size:,.0f} MiB。\n",
            ).say(lang)
        )
