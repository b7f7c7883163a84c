"""What an answer is called, and which of its columns say most in little room."""

from entrepot.analyses.columns import Column
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.report.cells import unit_name

# Columns of a compact table, the most telling first; a narrow table keeps the beginning of the list.
TELLING = tuple(
    """
    rank year importer importer_name product product_name score value_usd gap market_size_usd unrealised_usd
    share_in_market growth distance_km served price_usd_t sd quantity_t tariff fta political_stability weight_present
    """.split()
)
_SUBJECT = {
    "markets": Text("Markets for {product} from {exporter}", "{exporter}的{product}：各市场"),
    "products": Text("Products of {exporter} for {market}", "{exporter}对{market}：各产品"),
    "priorities": Text("Priorities of {exporter}", "{exporter}：优先的产品与市场"),
    "history": Text("{product} from {exporter} to {market}", "{exporter}对{market}出口{product}：历年"),
    "power": Text("Trade power", "贸易实力"),
    "iit": Text("Intra-industry trade", "产业内贸易"),
}


def title(result: Result) -> str:
    """What was asked, in one line.

    Examples
    --------
    "Markets for 2603 Copper ores and concentrates from Chile, 2024 (minerals)".
    """
    said = dict(result.parameters)
    for role, column in (("exporter", "exporter"), ("market", "importer"), ("product", "product")):
        said[role] = _named(result, column, str(said.get(role, "")))
    subject = _SUBJECT.get(result.question, Text(result.question, result.question)).say(result.lang).format(**said)
    year, data = said.get("year", ""), said.get("data", "")
    return f"{subject}，{year} 年（{data}）" if result.lang == "zh" else f"{subject}, {year} ({data})"


def _named(result: Result, column: str, code: str) -> str:
    """The code with its name, where every row says the same one."""
    frame, name = result.frame, f"{column}_name"
    if name not in frame.columns or not frame.height or frame[name].n_unique() != 1 or frame[name][0] is None:
        return code
    return f"{code} {frame[name][0]}" if column == "product" else str(frame[name][0])


def telling_columns(result: Result) -> tuple[Column, ...]:
    """The columns of a compact table, the most telling first: what differs between the rows and is known for some."""
    by_id = {column.id: column for column in result.columns}
    ranked_by = str(result.parameters.get("rank_by", "score"))
    wanted = [*TELLING[:7], ranked_by, *TELLING[7:]] if ranked_by not in TELLING[:7] else list(TELLING)
    fixed = {"importer": "market", "product": "product", "year": "year"}
    chosen = []
    for name in dict.fromkeys(wanted):
        base = name.removesuffix("_name")
        asked = fixed.get(base, base) in result.parameters and not (base == "year" and result.question == "history")
        if name in by_id and not asked and result.frame[name].null_count() < result.frame.height:
            chosen.append(by_id[name])
    return tuple(chosen)


def header(column: Column, result: Result) -> str:
    """The column's name with its unit."""
    unit = unit_name(column.unit, result.lang)
    return f"{column.name.say(result.lang)} ({unit})" if unit else column.name.say(result.lang)
