"""Two to four markets of the market finder side by side: one row for each parameter, with differences and parts of the score."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from entrepot.analyses.columns import Column
from entrepot.analyses.questions import markets as markets_of
from entrepot.analyses.result import Result
from entrepot.analyses.world import world_of
from entrepot.core.errors import InputError
from entrepot.core.indicator import Direction
from entrepot.core.missing import Reason
from entrepot.core.text import Text

if TYPE_CHECKING:
    from entrepot.store import Snapshot

FEWEST, MOST = 2, 4
_PARAMETER = Column("parameter", Text("Parameter", "参数"), "code", "none", False, Text("Column id", "列标识"))
_NAME = Column("parameter_name", Text("Parameter", "参数名称"), "text", "none", False, Text("Its name", "名称"))
_UNIT = Column("unit", Text("Unit", "单位"), "text", "none", False, Text("Unit of the row", "该行单位"))
_DIRECTION = Column(
    "direction",
    Text("Better when", "方向"),
    "text",
    "none",
    True,
    Text("Whether more or less is better", "越大或越小越好"),
)
_BEST = Column(
    "best",
    Text("Best", "较优"),
    "text",
    "none",
    False,
    Text("The market or markets with the best value", "数值最优的市场"),
)


def compare(
    snapshot: "Snapshot", exporter: str, product: str | Sequence[str], markets: str | Sequence[str], **options: Any
) -> Result:
    """Two to four markets side by side, as the market finder has them.

    One row for every number of the market finder, in its own `unit`. Each market has a column by its code; `best` names who is best by the
    parameter's direction; `difference` is the second market minus the first, or with more of them the largest number minus
    the smallest (none for yes and no); `part_<code>` is the parameter's part of the market's score, so that a market's parts sum to its score.

    Parameters
    ----------
    exporter, product, **options : as in `markets`. Score and rank are those among all candidates.
    markets : two to four economies, parted by commas or as a list.

    Raises
    ------
    InputError
        ``bad_markets`` for another number of markets, ``not_a_market`` for one that has no row; and as `markets`.
    """
    found = markets_of(snapshot, exporter, product, **options)
    codes = _codes(snapshot, markets, found)
    place = {code: found.frame["importer"].to_list().index(code) for code in codes}
    shown = [c for c in found.columns if not c.hidden and found.frame[c.id].dtype.is_numeric() and c.id != "year"]
    rows = [_row(found, place, c) for c in shown]
    missing = [_missing(found, place, c) for c in shown]
    names = {code: found.frame["importer_name"][at] for code, at in place.items()}
    columns = _columns(names, found)
    schema = {c.id: pl.String if c.unit in {"code", "text"} else pl.Float64 for c in columns}
    return Result(
        question="compare",
        frame=pl.DataFrame(rows, schema=schema, orient="row"),
        columns=columns,
        parameters={**found.parameters, "markets": ",".join(codes)},
        notes=found.notes,
        provenance=found.provenance,
        missing=missing,
        citation=found.citation,
        title=_title(found, list(names.values())),
    )


def _title(found: Result, names: list[str]) -> Text:
    seller, good = found.frame["exporter_name"][0], found.frame["product_name"][0]
    code, year = found.parameters["product"], found.parameters["year"]
    return Text(
        f"{', '.join(names)} side by side: {code} {good} from {seller}, {year}",
        f"{'、'.join(names)}比较：{seller}的{code} {good}，{year} 年",
    )


def _codes(snapshot: "Snapshot", markets: str | Sequence[str], found: Result) -> list[str]:
    typed = markets.replace("，", ",").replace("、", ",").split(",") if isinstance(markets, str) else list(markets)
    places = world_of(snapshot).places
    codes = list(dict.fromkeys(places.find(word.strip(), field="markets").code for word in typed if word.strip()))
    if not FEWEST <= len(codes) <= MOST:
        raise InputError(
            "bad_markets",
            Text(
                f"Name {FEWEST} to {MOST} markets to compare, as in CHN,JPN; {len(codes)} given.",
                f"待比较的市场为 {len(codes)} 个；请给出 {FEWEST} 至 {MOST} 个，如 CHN,JPN。",
            ),
            field="markets",
        )
    held = found.frame["importer"].to_list()
    absent = [code for code in codes if code not in held]
    if absent:
        raise InputError(
            "not_a_market",
            Text(
                f"{', '.join(absent)} has no row in this answer: a group, the exporter itself, an economy that imported "
                "nothing of it in the window, or one that the candidates leave out.",
                f"{'、'.join(absent)} 不在此答案中：可能是集团、出口方本身、窗口内未进口该产品，或未列入候选范围。",
            ),
            field="markets",
            valid=sorted(held),
        )
    return codes


def _columns(names: dict[str, str], found: Result) -> tuple[Column, ...]:
    first, second = list(names)[:2]
    meaning = (
        Text(f"{second} minus {first}", f"{second} 减 {first}")
        if len(names) == 2
        else Text("Largest minus smallest", "最大值减最小值")
    )
    part, zh_part = "part of the score", "得分构成"
    return (
        _NAME,
        _UNIT,
        *(Column(code, Text(name, name), "1", "none", False, Text(name, name)) for code, name in names.items()),
        Column("difference", Text("Difference", "差额"), "1", "none", False, meaning),
        _BEST,
        *(
            Column(
                f"part_{code}",
                Text(f"{code}: {part}", f"{code}：{zh_part}"),
                "score",
                "more",
                False,
                Text(f"{name}: {part}", f"{name}：{zh_part}"),
            )
            for code, name in names.items()
        ),
        _PARAMETER,
        _DIRECTION,
    )


def _row(found: Result, place: dict[str, int], shown: Column) -> list[Any]:
    values = {code: found.frame[shown.id][at] for code, at in place.items()}
    known = {code: value for code, value in values.items() if value is not None}
    parts = [found.parts[at].get(shown.id) for at in place.values()]
    head, tail = [shown.name.say(found.lang), shown.unit], [shown.id, shown.direction]
    apart = None if shown.unit == "flag" else _difference(values)
    return [*head, *values.values(), apart, _best(known, shown.direction), *parts, *tail]


def _difference(values: dict[str, Any]) -> float | None:
    known = [float(value) for value in values.values() if value is not None]
    if len(values) == 2:
        return known[1] - known[0] if len(known) == 2 else None
    return max(known) - min(known) if len(known) > 1 else None


def _best(known: dict[str, Any], direction: Direction) -> str | None:
    """Who is best; nobody where the parameter does not rank, or all that have it are equal."""
    if direction == "none" or len(set(known.values())) < 2:
        return None
    top = max(known.values()) if direction == "more" else min(known.values())
    return " ".join(code for code, value in known.items() if value == top)


def _missing(found: Result, place: dict[str, int], shown: Column) -> dict[str, Reason]:
    return {code: found.missing[at][shown.id] for code, at in place.items() if shown.id in found.missing[at]}
