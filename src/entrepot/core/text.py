"""Words that a user reads, in the languages of the house."""

from typing import Literal, NamedTuple, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(NamedTuple):
    """The same sentence in English and Chinese.

    Examples
    --------
    >>> Text("distance", "距离").say("zh")
    '距离'
    """

    en: str
    zh: str

    def say(self, lang: Language = "en") -> str:
        """The sentence in one language."""
        return self.zh if lang == "zh" else self.en
