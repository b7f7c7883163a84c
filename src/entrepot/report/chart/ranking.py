"""Bars of the market finder: the score of the best rows, split into what each weight contributes."""

from collections.abc import Mapping

from entrepot.analyses.columns import Column, column
from entrepot.analyses.result import Result
from entrepot.core.errors import InputError
from entrepot.core.indicator import Unit
from entrepot.core.text import Text
from entrepot.report.cells import compact, known
from entrepot.report.chart.model import Axis, Chart, Series
from entrepot.report.heading import header, title

MOST_BARS = 20
# Answers that are not ranked by the score: what their bars show, and which column names a bar.
MEASURES = {
    "history": "value_usd",
    "flows": "value_usd",
    "competitors": "share_in_market",
    "availability": "share_known",
    "compare": "",
}
NAMED_BY = {"history": "year", "competitors": "exporter_name", "availability": "parameter_name"}


def ranking_bars(result: Result) -> Chart:
    """The first twenty rows; of the availability of parameters all.

    Ranked by score, a bar is the score split exactly into its parts, one colour for each weighted column; ranked by one
    column, it is that column; for a history, the value of each year; for the sellers in a market, their shares; for the availability of
    parameters, how many markets have them.

    Raises
    ------
    InputError
        ``no_chart`` for an answer whose rows are of many measures.
    """
    measure = _measure(result)
    split = measure == "score" and len(result.parts) == result.frame.height
    most = result.frame.height if result.question == "availability" else MOST_BARS
    labels: list[str] = []
    ends: list[str] = []
    rows: list[dict[str, float]] = []
    for number, row in enumerate(result.frame.iter_rows(named=True)):
        value = row.get(measure)
        if len(rows) == most or value is None or not known(value):
            continue
        parts: Mapping[str, float] = result.parts[number] if split else {measure: float(value)}
        rows.append({name: float(part) for name, part in parts.items() if known(part)})
        labels.append(_label(result.question, row))
        ends.append(compact(value, about(result, measure).unit, result.lang))
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    unit: Unit = "score" if len(names) > 1 else about(result, measure).unit
    return bar_chart(
        result, measure, labels, ends, {name: [row.get(name, 0.0) for row in rows] for name in names}, unit
    )


def bar_chart(
    result: Result,
    measure: str,
    labels: list[str],
    ends: list[str],
    pieces: Mapping[str, list[float]],
    unit: Unit,
) -> Chart:
    """Lying bars whose pieces are columns of the answer."""
    said = header(about(result, measure), result)
    series = tuple(Series(name, about(result, name).name.say(result.lang), tuple(x)) for name, x in pieces.items())
    return Chart(
        "bars",
        f"{title(result)}{'：' if result.lang == 'zh' else ': '}{said}",
        Axis("", "text"),
        Axis(said, unit),
        series,
        tuple(labels),
        tuple(ends),
        source=result.citation,
        lang=result.lang,
    )


def about(result: Result, name: str) -> Column:
    """What the answer says of its column; of one that it does not hold, what the market finder says."""
    return next((one for one in result.columns if one.id == name), None) or column(name)


def _measure(result: Result) -> str:
    """The column that a bar shows; without it, as with markets side by side, whose rows are of many units, there is none."""
    measure = MEASURES.get(result.question, str(result.parameters.get("rank_by", "score")))
    if result.question in MEASURES and measure not in result.frame.columns:
        raise InputError(
            "no_chart",
            Text(
                "This answer has no chart: its rows are not of one measure. Save it as a table.",
                "该答案没有图形：各行并非同一度量。请保存为表格。",
            ),
            field="chart",
        )
    return measure


def _label(question: str, row: Mapping[str, object]) -> str:
    if question in NAMED_BY:
        return str(row[NAMED_BY[question]])
    market = row.get("importer_name") or row.get("importer") or ""
    product = f"{row.get('product', '')} {row.get('product_name') or ''}".strip()
    flow = f"{row.get('exporter')} → {row.get('importer')} · {row.get('product')}"
    said = {"markets": market, "products": product, "flows": flow}.get(question, f"{market} · {product}")
    return str(said)
