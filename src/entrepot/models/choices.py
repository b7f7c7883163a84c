"""What may be chosen of the panel models; apart from them, so that a help text loads no numbers."""

from typing import Literal, get_args

Effects = Literal["pooled", "fixed", "two_way", "random"]
Errors = Literal["classical", "robust", "by_unit", "by_year", "two_way", "driscoll_kraay"]
EFFECTS: tuple[Effects, ...] = get_args(Effects)
ERRORS: tuple[Errors, ...] = get_args(Errors)
