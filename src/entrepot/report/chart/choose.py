"""Which chart shows an answer, and what is in it."""

from collections.abc import Callable, Mapping

from entrepot.analyses.result import Result
from entrepot.core.errors import check_choice
from entrepot.report.chart import choose_iit, choose_power
from entrepot.report.chart.model import Chart
from entrepot.report.chart.ranking import ranking_bars

_Makers = Mapping[str, Callable[[Result], Chart]]
_MARKETS: _Makers = {"bars": ranking_bars}
KINDS: dict[str, _Makers] = {
    "power": choose_power.POWER,
    "power_change": choose_power.CHANGE,
    "power_roads": choose_power.ROADS,
    "power_leaders": choose_power.LEADERS,
    "power_elasticities": choose_power.ELASTICITIES,
    "iit": choose_iit.IIT,
    "iit_sources": choose_iit.SOURCES,
}


def chart_of(result: Result, kind: str | None = None) -> Chart:
    """The chart of the answer as data.

    Parameters
    ----------
    kind : one of `KINDS[result.question]`; by default lines where there are several years, else the first.

    Raises
    ------
    InputError
        ``unknown_chart``: it lists the kinds that the answer has.
    """
    kinds = KINDS.get(result.question, _MARKETS)
    if kind is not None:
        check_choice("chart", kind, tuple(kinds))
    elif "path" in kinds and result.frame["year"].n_unique() > 1:
        kind = "path"
    return kinds[kind or next(iter(kinds))](result)
