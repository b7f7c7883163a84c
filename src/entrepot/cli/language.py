"""The language of the command line: asked for with --lang, else that of the locale."""

import os
from collections.abc import Mapping, Sequence

from entrepot.core.text import Language


def language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """The language to speak in, before the command line is taken apart; so that help and errors speak it too.

    Examples
    --------
    >>> language(["markets", "--lang", "zh"], {})
    'zh'
    >>> language(["markets"], {"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> language(["markets", "--lang=en"], {"LANG": "zh_CN.UTF-8"})
    'en'
    """
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return _known(word.partition("=")[2])
        if word == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
    # POSIX: the first of these that is set decides.
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return _known(locale)


def _known(word: str) -> Language:
    return "zh" if word.lower().startswith("zh") else "en"
