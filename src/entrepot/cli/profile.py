"""Weights as typed, or read from a file in which a profile was saved."""

import json
from pathlib import Path

from entrepot.core.errors import InputError
from entrepot.core.text import Text

LARGEST = 64 * 1024  # bytes; a profile has some twenty lines


def read_profile(text: str) -> str | dict[str, float]:
    """Weights for `Options`: the text itself, or what the file of that name holds.

    A file holds JSON, {"gap": 2, "distance_km": 1}, or one column=number a line; # begins a remark.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, or is neither.
    """
    from entrepot.analyses.weights import presets

    path = Path(text)
    if text.strip() in presets() or not _is_there(path):
        return text
    try:
        if path.stat().st_size > LARGEST:
            raise _not_a_profile(text, Text(f"it is larger than {LARGEST} bytes", f"超过 {LARGEST} 字节"))
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise _not_a_profile(text, Text("it cannot be read as text", "无法按文本读取")) from why
    if content.lstrip().startswith("{"):
        return _from_json(text, content)
    lines = [line.partition("#")[0].strip().rstrip(",") for line in content.splitlines()]
    return ",".join(line for line in lines if line)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _from_json(name: str, content: str) -> dict[str, float]:
    try:
        loaded = json.loads(content)
    except (ValueError, RecursionError) as why:
        raise _not_a_profile(name, Text("it is not valid JSON", "不是有效的 JSON")) from why
    if not isinstance(loaded, dict):
        raise _not_a_profile(name, Text("it is not a JSON object", "不是 JSON 对象"))
    return loaded


def _not_a_profile(name: str, why: Text) -> InputError:
    return InputError(
        "bad_profile",
        Text(
            f'The weights file {name!r} cannot be used: {why.en}. Write {{"gap": 2}}, or one column=number a line.',
            f'权重文件 {name!r} 无法使用：{why.zh}。请写成 {{"gap": 2}}，或每行一个 列名=数字。',
        ),
        field="weights",
    )
