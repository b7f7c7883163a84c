"""What tables 1–4 of the source of 2006 stand on, for any economy, partners, classification and period."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from entrepot.analyses.iit_sources import iit_sources
from entrepot.analyses.intraindustry import iit
from entrepot.analyses.result import Result
from entrepot.analyses.years import Years, years_of
from entrepot.core.errors import InputError
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

PARTNERS = "WLD,developed,developing"
CLASSES = "sitc1,section"


def iit_tables(
    snapshot: "Snapshot",
    reporter: str,
    *,
    years: Years = None,
    partners: str | Sequence[str] | None = None,
    by: str | None = None,
    products: str | Sequence[str] | None = None,
    data: str | None = None,
    **options: Any,
) -> list[Result]:
    """One answer of `iit` per classification, over all the years; with two years or more also the sources of the change.

    An aggregate index sums over the classes themselves, as in the source.

    Parameters
    ----------
    years : default every year of the data set.
    partners : the first is the whole, the others its parts; default the world, developed and developing as in the source.
    by : classifications parted by commas; default "sitc1,section", or "section" where the store has no way to the SITC.
    products, data, **options : as in `iit`.

    Raises
    ------
    InputError
        As for `iit`.
    """
    chosen = years_of(years, snapshot.dataset(data).years) if years is not None else snapshot.dataset(data).years
    asked = dict(partners=partners or PARTNERS, years=tuple(chosen), products=products, data=data, **options)
    found: list[Result] = []
    for word in [one.strip() for one in (by or CLASSES).replace("，", ",").split(",") if one.strip()]:
        try:
            found.append(iit(snapshot, reporter, by=word, **asked))
        except InputError as error:
            if by is not None or error.code != "concordance_not_loaded":
                raise
    if not found:
        raise InputError("no_by", Text("by names no classification.", "by 未指定分类。"), field="by")
    if len(chosen) > 1:
        level = str(found[-1].parameters["by"])
        found.append(iit_sources(snapshot, reporter, by=level, **asked))
    return found
