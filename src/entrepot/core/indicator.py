"""The Indicator entry: everything a surface must know to compute, show and explain one column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from entrepot.core.text import Text

Direction = Literal["more", "less", "none"]
Unit = Literal[
    "usd", "t", "usd/t", "fraction", "percent", "km", "1", "score", "rank", "year", "date", "text", "code", "flag"
]
Invariance = Literal["value_scale", "row_order", "quantity_scale"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One column of an answer.

    Parameters
    ----------
    id : column id, the same on every surface.
    name, meaning : for people, in both languages.
    unit : unit of the numbers; shares, growth and tariffs are fractions.
    direction : whether more or less of it speaks for a market; "none" where it does not rank.
    formula : the formula in one line, in the notation of the methods.
    undefined : when it is null, stated once and true everywhere.
    source : document and section.
    function : computes it; its parameters are other column ids or the inputs of the analysis. None for a column that
        is read from a table.
    invariances : what must not change it; a property test runs them all.
    weightable : may enter the score.
    reference : read from a reference table, hence with a year and a source of its own.
    """

    id: str
    name: Text
    unit: Unit
    meaning: Text
    formula: str = ""
    undefined: Text = Text("never", "总有定义")
    source: str = "Global Potential Markets"
    direction: Direction = "none"
    function: Callable[..., Any] | None = None
    invariances: tuple[Invariance, ...] = ()
    weightable: bool = False
    reference: bool = False
