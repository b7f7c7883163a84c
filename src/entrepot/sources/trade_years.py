"""A reading of trade from records held in memory, for sources smaller than a world of HS6."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place
from entrepot.sources.ordering import coded_of, ordered
from entrepot.sources.provider import TradeReading, TradeYear
from entrepot.sources.report import Dropped, ReadReport
from entrepot.sources.tally import Tally

SUMMED = Text("summed into another row of the same pair and product", "并入同一对经济体同一产品的另一行")
NO_AMOUNT = Text("no value, or a value of zero", "无金额或金额为零")
OWN = Text("exporter and importer are one economy", "出口方与进口方为同一经济体")

MONTHS = 12
# HS vintages by the name that UN Comtrade and WITS give them, and the year from which each is in force.
HS_OF_COMTRADE = {"H0": "HS92", "H1": "HS96", "H2": "HS02", "H3": "HS07", "H4": "HS12", "H5": "HS17", "H6": "HS22"}
HS_SINCE = (
    (1988, "HS92"),
    (1996, "HS96"),
    (2002, "HS02"),
    (2007, "HS07"),
    (2012, "HS12"),
    (2017, "HS17"),
    (2022, "HS22"),
)


def hs_in_force(year: int) -> str:
    """The HS vintage in force in a year.

    Examples
    --------
    >>> hs_in_force(2021), hs_in_force(2024)
    ('HS17', 'HS22')
    """
    return [name for since, name in HS_SINCE if since <= max(year, HS_SINCE[0][0])][-1]


def without_own_trade(records: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Dropped, ...]]:
    """Records between two economies, and how many were within one."""
    own = records.filter(pl.col("exporter") == pl.col("importer"))
    kept = records.filter(pl.col("exporter") != pl.col("importer"))
    return kept, (Dropped("own_trade", OWN, own.height, value_usd=float(own["value_usd"].sum())),) if own.height else ()


def without_all_months(records: pl.DataFrame, tally: Tally) -> tuple[int, ...]:
    """Years of monthly records (year, month) in which a month is lacking; the report says which."""
    months = records.group_by("year").agg(pl.col("month").n_unique())
    found = tuple(sorted(months.filter(pl.col("month") < MONTHS)["year"].to_list()))
    if found:
        listed = ", ".join(map(str, found))
        tally.warn(Text(f"Not all twelve months are in the file for {listed}.", f"{listed} 年数据不足十二个月。"))
    return found


def reading_of(
    flows: pl.DataFrame,
    report: ReadReport,
    place: Place,
    *,
    classification: str,
    release: str,
    title: Text,
    mirror: pl.DataFrame | None = None,
    incomplete_years: Sequence[int] = (),
) -> TradeReading:
    """Flows of several years as a reading.

    Parameters
    ----------
    flows : year, exporter, importer, product, value_usd, quantity_t; rows of one key are summed.
    report : of the whole file; the first year carries it, so that it is counted once.
    """
    flows = flows.filter(pl.col("value_usd") > 0)
    if flows.is_empty():
        raise place.fault("no_rows", Text("no row of it can be used", "没有可用的数据行"))
    economies = sorted({*flows["exporter"].unique(), *flows["importer"].unique()})
    level = int(flows["product"].str.len_chars().max() or 6)  # type: ignore[arg-type]
    years = flows["year"].unique().sort().to_list()
    quiet = replace(report, rows_read=0, rows_kept=0, dropped=(), warnings=())
    return TradeReading(
        classification=classification,
        level=level,
        release=release,
        title=title,
        years=tuple(years),
        read_year=_reader(flows, mirror, economies, level, {years[0]: report}, quiet),
        incomplete_years=tuple(incomplete_years),
    )


def _reader(
    flows: pl.DataFrame,
    mirror: pl.DataFrame | None,
    economies: Sequence[str],
    level: int,
    reports: dict[int, ReadReport],
    quiet: ReadReport,
) -> Callable[[int], TradeYear]:
    def read_year(year: int) -> TradeYear:
        of_year = flows.filter(pl.col("year") == year)
        result = ordered(year, coded_of(of_year, economies), economies, level)
        report = reports.get(year, quiet)
        dropped = (*report.dropped, Dropped("summed", SUMMED, result.summed)) if result.summed else report.dropped
        sides = None if mirror is None else mirror.filter(pl.col("year") == year)
        kept = result.flows.height
        return TradeYear(year, result.flows, replace(report, rows_kept=kept, dropped=dropped), sides)

    return read_year
