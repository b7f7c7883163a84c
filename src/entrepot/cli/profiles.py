"""`entrepot profile`: weights kept under a name of one's own, for --weights NAME."""

import sys
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from entrepot.analyses.vocabulary import OPTIONS
from entrepot.cli.finder_questions import HOW_RANKED
from entrepot.core.errors import InputError
from entrepot.core.text import Language, Text

# What belongs to a question rather than to how someone judges.
NOT_KEPT = ("year", "data", "weights")
KEPT = tuple(name for name in HOW_RANKED if name not in NOT_KEPT)


def profiles(lang: Language) -> typer.Typer:
    """The commands, with their help in one language."""
    group = typer.Typer(no_args_is_help=False)
    spoken = Annotated[str, typer.Option("--lang", help=OPTIONS["lang"].say(lang), show_default=False)]
    named = Annotated[str, typer.Argument(metavar="NAME", help=Text("its name", "方案名称").say(lang))]
    as_json = Annotated[bool, typer.Option("--json", help=Text("print JSON", "输出 JSON").say(lang))]

    @group.callback(invoke_without_command=True)
    def about(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    group.command("save", help=Text("Keep weights, and options, under a name.", "保存权重与选项。").say(lang))(
        _saving(lang)
    )

    @group.command("list", help=Text("Presets and saved profiles.", "列出预设与已保存的方案。").say(lang))
    def list_(json: as_json = False, said: spoken = lang) -> None:
        _list(json, said)

    @group.command("show", help=Text("What a profile holds.", "显示方案内容。").say(lang))
    def show(name: named, json: as_json = False, said: spoken = lang) -> None:
        _checked(said)
        _show(name, json)

    @group.command("remove", help=Text("Forget a saved profile.", "删除已保存的方案。").say(lang))
    def remove(name: named, said: spoken = lang) -> None:
        from entrepot.store import Store

        spoken = _checked(said)
        Store().profiles.remove(name)
        _line(Text(f"Removed: {name}", f"已删除：{name}").say(spoken))

    return group


def _saving(lang: Language) -> Callable[..., None]:
    """`profile save`, with every option that may be kept: from the one vocabulary."""

    def command(**given: Any) -> None:
        _save(given)

    def parameter(name: str, kind: Any, declared: Any, default: Any) -> Parameter:
        return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, declared])

    name_help = Text("its name: a–z, 0–9, _ and -", "方案名称：a–z、0–9、_ 和 -").say(lang)
    made = [parameter("name", str, typer.Argument(metavar="NAME", help=name_help), Parameter.empty)]
    weights = typer.Option("--weights", help=OPTIONS["weights"].say(lang), metavar="W")
    made.append(parameter("weights", str, weights, Parameter.empty))
    for name in KEPT:
        kind = int | None if name == "window" else str | None
        option = typer.Option("--" + name.replace("_", "-"), help=OPTIONS[name].say(lang), show_default=False)
        made.append(parameter(name, kind, option, None))
    force = typer.Option("--force", help=Text("replace a profile of that name", "覆盖同名方案").say(lang))
    made.append(parameter("force", bool, force, False))
    made.append(
        parameter("lang", str, typer.Option("--lang", help=OPTIONS["lang"].say(lang), show_default=False), lang)
    )
    command.__signature__ = Signature(made)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in made}
    return command


def _save(given: dict[str, Any]) -> None:
    from entrepot.analyses.options import Options
    from entrepot.analyses.weights import presets
    from entrepot.cli.profile import read_profile
    from entrepot.store import Profile, Store

    if given["name"] in presets():
        raise InputError(
            "bad_profile_name",
            Text(f"{given['name']!r} is a preset; choose another name.", f"{given['name']!r} 是预设名称，请另选名称。"),
            field="name",
            valid=[],
        )
    weights, saved = read_profile(given["weights"])
    typed = {name: given[name] for name in KEPT if given[name] is not None}
    checked = Options.of(weights=weights, lang=given["lang"], **{**saved, **typed})
    options = {name: getattr(checked, name) for name in {**saved, **typed}}
    Store().profiles.save(Profile(given["name"], checked.chosen_weights, options), force=given["force"])
    name = given["name"]
    _line(
        Text(f"Saved: {name}. Use it with --weights {name}.", f"已保存：{name}。用 --weights {name} 调用。").say(
            checked.lang
        )
    )


def _list(as_json: bool, lang: str) -> None:
    from entrepot.analyses.weights import preset_descriptions, preset_names, presets
    from entrepot.store import Store

    spoken = _checked(lang)
    saved = Store().profiles.names()
    if as_json:
        import orjson

        told = [{"id": one, "name": preset_names()[one].say(spoken), "saved": False} for one in presets()]
        told += [{"id": one, "name": one, "saved": True} for one in saved]
        _line(orjson.dumps({"profiles": told}).decode())
        return
    for one in presets():
        _line(f"{one}  {preset_names()[one].say(spoken)} · {preset_descriptions()[one].say(spoken)}")
    for one in saved:
        _line(f"{one}  {Text('(saved)', '（已保存）').say(spoken)}")
    if not saved:
        _line(Text("No profile of your own is saved yet.", "尚无自行保存的方案。").say(spoken))


def _show(name: str, as_json: bool) -> None:
    from entrepot.analyses.weights import presets
    from entrepot.store import Profile, Store

    found = Profile(name, presets()[name], {}) if name in presets() else Store().profiles.get(name)
    if as_json:
        _line(found.as_json().decode().rstrip())
        return
    for column, weight in found.weights.items():
        _line(f"{column}={weight:g}")
    for option, value in found.options.items():
        _line(f"--{option.replace('_', '-')} {value}")


def _checked(said: str) -> Language:
    from entrepot.cli.program import checked

    return checked(said)


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
