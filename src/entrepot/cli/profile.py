"""Weights and lists as typed, or as they were saved: presets, saved profiles, files of the user's."""

import json
import re
from pathlib import Path
from typing import Any

from entrepot.core.errors import InputError
from entrepot.core.text import Text

LARGEST = 64 * 1024  # bytes; a profile has some twenty lines
_CODES = re.compile(r"[0-9., ]*")
Weights = str | dict[str, float]


def read_profile(text: str) -> tuple[Weights, dict[str, Any]]:
    """Weights for `Options`, and the further options that were saved with them.

    In this order: a preset; a profile saved under that name; a file of that name; else the text itself. A file holds JSON,
    {"gap": 2, "distance_km": 1} or what `entrepot profile show NAME --json` prints, or one column=number a line; # begins a
    remark.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, or is none of these.
    """
    from entrepot.analyses.weights import presets
    from entrepot.store import Store

    if text.strip() in presets() or "=" in text:
        return text, {}
    profiles = Store().profiles
    if text.strip() in profiles.names():
        saved = profiles.get(text.strip())
        return dict(saved.weights), dict(saved.options)
    if not is_there(Path(text)):
        return text, {}
    content = _content(text)
    if content.lstrip().startswith("{"):
        return _from_json(text, content)
    return _lines(content), {}


def read_list(text: str) -> str:
    """A list of codes or names as typed, or one or more a line in the file of that name; # begins a remark.

    Raises
    ------
    InputError
        If the file cannot be read or is too large.
    """
    if _CODES.fullmatch(text) or not is_there(Path(text)):
        return text
    return _lines(_content(text))


def is_there(path: Path) -> bool:
    """Whether there is such a file."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _lines(content: str) -> str:
    lines = [line.partition("#")[0].strip().rstrip(",") for line in content.splitlines()]
    return ",".join(line for line in lines if line)


def _content(name: str) -> str:
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise _not_usable(name, Text(f"it is larger than {LARGEST} bytes", f"超过 {LARGEST} 字节"))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise _not_usable(name, Text("it cannot be read as text", "无法按文本读取")) from why


def _from_json(name: str, content: str) -> tuple[Weights, dict[str, Any]]:
    try:
        loaded = json.loads(content)
    except (ValueError, RecursionError) as why:
        raise _not_usable(name, Text("it is not valid JSON", "不是有效的 JSON")) from why
    if not isinstance(loaded, dict):
        raise _not_usable(name, Text("it is not a JSON object", "不是 JSON 对象"))
    if not isinstance(loaded.get("weights"), dict):
        return loaded, {}
    options = loaded.get("options", {})
    if not isinstance(options, dict):
        raise _not_usable(name, Text("its options are no JSON object", "其中的 options 不是 JSON 对象"))
    return loaded["weights"], options


def _not_usable(name: str, why: Text) -> InputError:
    return InputError(
        "bad_profile",
        Text(
            f'The file {name!r} cannot be used: {why.en}. Weights: {{"gap": 2}}, or one column=number a line; a list: one '
            "code a line.",
            f'文件 {name!r} 无法使用：{why.zh}。权重写成 {{"gap": 2}} 或每行一个 列名=数字；清单每行一个编码。',
        ),
        field="weights",
    )
