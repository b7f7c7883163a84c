"""The program: its commands, and what becomes of every failure."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from entrepot.cli.brief import register as register_brief
from entrepot.cli.build import register as register_build
from entrepot.cli.data_add import register as register_add
from entrepot.cli.data_pull import register as register_pull
from entrepot.cli.data_show import register as register_show
from entrepot.cli.econ import register as register_econ
from entrepot.cli.faults import tell, tell_interrupted, tell_our_fault, tell_usage
from entrepot.cli.finder import register as register_finder
from entrepot.cli.iit_tables import register as register_iit_tables
from entrepot.cli.language import language
from entrepot.cli.micro import register as register_micro
from entrepot.cli.overviews import register as register_overviews
from entrepot.cli.questions import QUESTIONS, command_of
from entrepot.cli.route import register as register_route
from entrepot.cli.simulate import register as register_simulate
from entrepot.cli.study import register as register_study
from entrepot.core.errors import EntrepotError
from entrepot.core.text import Language, Text

INTERRUPTED = 130
OUR_FAULT = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code: 0, 2 for bad input, 130 when stopped, 1 when the fault is ours.

    Parameters
    ----------
    arguments : the words after `entrepot`; those of the process by default.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(words)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark; it does not stop the program.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    try:
        code = build(lang)(args=words, prog_name="entrepot", standalone_mode=False)
        sys.stdout.flush()
    except EntrepotError as error:
        tell(error, lang)
        code = error.exit_code
    except TyperException as error:
        tell_usage(error, lang)
        code = 2
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python must not find the closed pipe again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        if "--debug" in words:
            raise
        tell_our_fault(error, lang)
        code = OUR_FAULT
    if code == INTERRUPTED:
        tell_interrupted(lang)
    return code if isinstance(code, int) else 0


def build(lang: Language) -> typer.Typer:
    """The commands, with their help in one language."""
    app = typer.Typer(
        help=Text(
            "Entrepôt: an open workbench for world trade. Where could we sell more of what?",
            "商埠 Entrepôt：开放的世界贸易工作台。什么产品还能卖到哪里？",
        ).say(lang),
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=True)(_program(lang))
    for name, question in QUESTIONS.items():
        app.command(name, help=question.help.say(lang))(command_of(name, lang))
    register_finder(app, lang)
    register_iit_tables(app, lang)
    _add_serve(app, lang)
    register_overviews(app, lang)
    register_brief(app, lang)
    register_micro(app, lang)
    register_simulate(app, lang)
    register_econ(app, lang)
    register_study(app, lang)
    register_build(app, lang)
    register_route(app, lang)
    _add_indicators(app, lang)
    app.add_typer(_data(lang), name="data", help=Text("What the store holds.", "数据仓库的内容与管理。").say(lang))
    return app


def _program(lang: Language) -> Any:
    version_help = Text("Print the version.", "显示版本。").say(lang)
    debug_help = Text("Show where the program failed, if it does.", "程序出错时显示出错位置。").say(lang)

    def program(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", help=version_help)] = False,
        debug: Annotated[bool, typer.Option("--debug", help=debug_help)] = False,
    ) -> None:
        context.obj = debug
        if version:
            from importlib.metadata import version as version_of

            sys.stdout.write(f"entrepot {version_of('entrepot')}\n")
            raise typer.Exit
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    return program


def _lang_option(lang: Language) -> Any:
    said = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh").say(lang)
    return typer.Option("--lang", help=said, show_default=False)


def _add_serve(app: typer.Typer, lang: Language) -> None:
    host_help = Text("address to listen on", "监听地址").say(lang)
    remote_help = Text("allow a host that other machines can reach", "允许使用其他机器可访问的地址").say(lang)
    name_help = Text(
        "further name under which browsers may address the server", "浏览器访问时允许使用的其他主机名"
    ).say(lang)

    @app.command(
        "serve", help=Text("Serve the browser app and the REST interface.", "启动网页应用与 REST 接口。").say(lang)
    )
    def serve(
        context: typer.Context,
        port: Annotated[
            int, typer.Option("--port", help=Text("port; 0 takes a free one", "端口；0 为任选").say(lang))
        ] = 8000,
        host: Annotated[str, typer.Option("--host", help=host_help)] = "127.0.0.1",
        allow_remote: Annotated[bool, typer.Option("--allow-remote", help=remote_help)] = False,
        allow_host: Annotated[list[str] | None, typer.Option("--allow-host", help=name_help)] = None,
        spoken: Annotated[str, _lang_option(lang)] = lang,
    ) -> None:
        from entrepot.cli.server import serve

        names = tuple(allow_host or ())
        serve(host, port, allow_remote=allow_remote, allow_host=names, debug=bool(context.obj), lang=checked(spoken))


def _add_indicators(app: typer.Typer, lang: Language) -> None:
    id_help = Text("id of one column, such as gap", "列的标识，如 gap").say(lang)
    family_help = Text(
        "only those of: finder, power, intraindustry, overview, allocation",
        "只列出：finder、power、intraindustry、overview、allocation 之一",
    ).say(lang)
    json_help = Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同").say(lang)

    @app.command("indicators", help=Text("How every column is computed.", "各列如何计算。").say(lang))
    def indicators(
        name: Annotated[str | None, typer.Argument(help=id_help, metavar="[ID]", show_default=False)] = None,
        family: Annotated[str | None, typer.Option("--family", help=family_help, show_default=False)] = None,
        as_json: Annotated[bool, typer.Option("--json", help=json_help)] = False,
        spoken: Annotated[str, _lang_option(lang)] = lang,
    ) -> None:
        from entrepot.cli.indicators import indicators

        indicators(name, family=family, as_json=as_json, lang=checked(spoken))


def _data(lang: Language) -> typer.Typer:
    data = typer.Typer(no_args_is_help=False)
    spoken_option = _lang_option(lang)
    json_help = Text("print JSON, as the REST interface gives it", "输出 JSON，与 REST 接口相同").say(lang)

    @data.callback(invoke_without_command=True)
    def about(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    @data.command("list", help=Text("Data sets; the default one is marked.", "列出数据集，并标出默认者。").say(lang))
    def list_(
        as_json: Annotated[bool, typer.Option("--json", help=json_help)] = False,
        spoken: Annotated[str, spoken_option] = lang,
    ) -> None:
        from entrepot.cli.data import list_datasets

        list_datasets(checked(spoken), as_json=as_json)

    @data.command("use", help=Text("Make a data set the default one.", "设为默认数据集。").say(lang))
    def use(
        name: Annotated[str, typer.Argument(metavar="NAME", help=Text("its name", "数据集名称").say(lang))],
        spoken: Annotated[str, spoken_option] = lang,
    ) -> None:
        from entrepot.cli.data import use_dataset

        use_dataset(name, checked(spoken))

    helps = {
        "verify": Text("Check every file of the store.", "校验数据仓库的每个文件。"),
        "prune": Text("Delete versions that nobody needs.", "删除不再需要的旧版本。"),
    }
    for name, text in helps.items():
        data.command(name, help=text.say(lang))(_plain_command(name, lang))
    for register in (register_add, register_pull, register_show):
        register(data, lang)
    return data


def _plain_command(name: str, lang: Language) -> Any:
    """A command on the store that takes nothing but the language."""

    def command(spoken: Annotated[str, _lang_option(lang)] = lang) -> None:
        import entrepot.cli.data as commands

        getattr(commands, name)(checked(spoken))

    return command


def checked(spoken: str) -> Language:
    """The language as typed, if it is one.

    Raises
    ------
    InputError
        Otherwise.
    """
    from entrepot.core.errors import check_choice
    from entrepot.core.text import LANGUAGES

    check_choice("lang", spoken, LANGUAGES)
    return "zh" if spoken == "zh" else "en"
