"""How a failure is told: one clear message on standard error, never a traceback."""

import sys

from typer import BadParameter
from typer.exceptions import TyperException

from entrepot.core.errors import EntrepotError
from entrepot.core.text import Language, Text

SHOWN = 12  # of the valid values; the rest is counted

ERROR = Text("Error{where}: {message}", "错误{where}：{message}")
NEAREST = Text("Did you mean {nearest}?", "是否想写 {nearest}？")
VALID = Text("Valid: {listed}", "可用：{listed}")
MORE = Text(" … ({many} in all)", " …（共 {many} 个）")


def tell(error: EntrepotError, lang: Language) -> None:
    """Print what is wrong, where, the nearest valid value, and what is valid unless the message says so already."""
    message = error.message.say(lang)
    where = f" [{error.field}]" if error.field else ""
    lines = [ERROR.say(lang).format(where=where, message=message)]
    if error.nearest and not _named_as_nearest(error.nearest, message):
        lines.append(NEAREST.say(lang).format(nearest=error.nearest))
    words = [str(word) for word in error.valid]
    if words and not all(word in message for word in words[:3]):
        more = MORE.say(lang).format(many=len(words)) if len(words) > SHOWN else ""
        lines.append(VALID.say(lang).format(listed=Text(", ", "、").say(lang).join(words[:SHOWN]) + more))
    _print(lines)


def tell_usage(error: TyperException, lang: Language) -> None:
    """Print what is wrong with how the command was typed."""
    said = error.format_message().rstrip(".")
    absent = error.param if isinstance(error, BadParameter) and type(error).__name__ == "MissingParameter" else None
    if lang == "zh" and absent is not None:
        said = f"缺少 {absent.get_error_hint()}"
    elif lang == "zh":
        said = f"命令写法有误（{said}）"
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "entrepot"
    hint = Text(f"Try '{command} --help'.", f"用法见 '{command} --help'。").say(lang)
    ended = said if said.endswith("?") else said + Text(".", "。").say(lang)
    _print([ERROR.say(lang).format(where="", message=ended), hint])


def tell_our_fault(error: BaseException, lang: Language) -> None:
    """Print that the fault is ours, what is known of it, and how to learn more."""
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    said = Text(
        f"Something went wrong inside Entrepôt; this is our fault, not yours ({what}). Your data are as they were. "
        "Run the same command as 'entrepot --debug …' to see where it happened, and please report it with that output.",
        f"Entrepôt 内部出错，这是程序的问题，与您的操作无关（{what}）。您的数据未受影响。"
        "用 'entrepot --debug …' 重新运行同一命令可查看出错位置，请附上该输出报告此问题。",
    )
    _print([said.say(lang)])


def tell_interrupted(lang: Language) -> None:
    """Print that the user stopped it."""
    _print([Text("Stopped.", "已中断。").say(lang)])


def _named_as_nearest(nearest: str, message: str) -> bool:
    """Whether the message itself says which value is the nearest: "Nearest: 2024", "Switzerland (CHE)"."""
    return any(form.format(nearest) in message for form in ("Nearest: {}", "最接近：{}", "({})?", "（{}）？", "{}?"))


def _print(lines: list[str]) -> None:
    sys.stderr.write("\n".join(lines) + "\n")
