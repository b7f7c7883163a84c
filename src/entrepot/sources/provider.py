"""The protocol of a reader: what every module of this folder exposes, and what it gives back.

A module that reads a provider's files exposes ``PROVIDER`` (or ``PROVIDERS``, a tuple). Nothing else has to be
registered: `registry.providers` finds it. A reader

1. *recognises*: `recognise(head)` looks at the name, the first bytes, the columns or the entries of a file and gives
   a `Match` or None. It never raises and never reads the whole file;
2. *reads*: `read(matches, known)` gets every file of one group (a folder may hold a release in several files) in the
   order of their paths, and gives a `TablesReading` (reference facts, whole) or a `TradeReading` (flows, one year at a
   time). It raises `faults.bad_file` for a file that is not what it should be, and counts in its report everything
   that it left out, summed or assumed.

Readers only read. Checking, merging with other sources, precedence and publishing are the business of `ingest`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.head import Head
from entrepot.sources.report import ReadReport


@dataclass(frozen=True, slots=True)
class Match:
    """A file that a provider recognised.

    Parameters
    ----------
    path : the file.
    layout : id of the layout, a key of the provider's `layouts`.
    understood : one sentence for people, said before anything is published ("BACI HS17, release V202601: 2024").
    edition : release or edition, as far as the file tells ("V202601"); empty otherwise.
    group : files of one provider with the same group are read together.
    rank : where two providers recognise one file, the higher rank reads it; leave it at 0 unless a layout is a
        special case of a more general one.
    """

    path: Path
    layout: str
    understood: Text
    edition: str = ""
    group: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows already and a reader may look up.

    Parameters
    ----------
    table : gives a canonical reference table by name, with its columns and no rows if the store does not hold it.
    """

    table: Callable[[str], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one reference table, as a reader made them of its files.

    Parameters
    ----------
    table : name of the canonical table.
    frame : its columns; the table's own check runs when it is published.
    complete : the source says everything there is of it; where False an absent row means "not known".
    note : what a reader of the table should know; empty where nothing.
    replaces : rows of the store that these take the place of, besides those with the same key and those of the same
        `source`: "same" (no others) or "all" (the table becomes these rows only, as with the world's ports).
    """

    table: str
    frame: pl.DataFrame
    complete: bool = False
    note: Text = Text("", "")
    replaces: str = "same"


@dataclass(frozen=True, slots=True)
class TablesReading:
    """Reference facts: small, read whole.

    Parameters
    ----------
    edition : edition of the source as it will be shown and cited.
    """

    tables: tuple[TableRows, ...]
    report: ReadReport
    edition: str = ""


@dataclass(frozen=True, slots=True)
class TradeYear:
    """One year of flows, canonical and in order (see `ordering.ordered`), and how it was read.

    Parameters
    ----------
    mirror : canonical table `mirror`: what each side told of the flows, and their gap; null where the source reconciles
        before it publishes, or tells one side only.
    conversion : how well the year was carried over from another classification (`formulas.concordance.Shares` by name);
        null where it was not.
    """

    year: int
    flows: pl.DataFrame
    report: ReadReport
    mirror: pl.DataFrame | None = None
    conversion: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class TradeReading:
    """Flows, read one year at a time so that memory does not depend on how many years there are.

    Parameters
    ----------
    classification : "HS92", "HS17" …
    level : digits of the product codes, 4 or 6.
    release : release or edition of the source.
    title : name of the data set for people.
    years : calendar years that the files hold, in order.
    read_year : reads one of them.
    products : codes and English names that came with the release (code, name_en), where they did.
    names : names of economies that the release itself gives to its codes (code → name).
    incomplete_years : years that the source itself calls provisional.
    converted_from : the classification of the files, where they are carried over while they are read.
    weights : name of the data set by whose trade codes are then parted; empty where there is none.
    """

    classification: str
    level: int
    release: str
    title: Text
    years: tuple[int, ...]
    read_year: Callable[[int], TradeYear]
    products: pl.DataFrame | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    incomplete_years: tuple[int, ...] = ()
    converted_from: str = ""
    weights: str = ""


Reading = TablesReading | TradeReading


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider's official format.

    Parameters
    ----------
    name : as it is cited ("CEPII BACI"); rows of reference tables carry it in their column `source`.
    licence, licence_url : terms of the data; empty where the provider states none.
    citation : how the provider wants to be cited.
    feeds : canonical tables that come of it.
    layouts : id → what the layout is, for people and for the table of providers in the documentation.
    recognise : see the module's text.
    read : see the module's text.
    """

    name: str
    licence: str
    licence_url: str
    citation: str
    feeds: tuple[str, ...]
    layouts: Mapping[str, Text]
    recognise: Callable[[Head], Match | None]
    read: Callable[[Sequence[Match], Known], Reading]
