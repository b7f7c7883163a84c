"""What an answer is called, and which of its columns say most in little room."""

from entrepot.analyses.columns import Column
from entrepot.analyses.result import Result
from entrepot.core.text import Text
from entrepot.report.cells import unit_name, with_unit

# Columns of a compact table, the most telling first; a narrow table keeps the beginning of the list.
TELLING = tuple(
    """
    rank year importer importer_name product product_name score value_usd served gap market_size_usd unrealised_usd
    share_in_market growth distance_km price_usd_t sd quantity_t tariff fta political_stability weight_present
    """.split()
)
# The same for questions that have columns of their own; what they all say alike is left out.
TELLING_OF: dict[str, tuple[str, ...]] = {
    "flows": tuple(
        """
        exporter exporter_name importer importer_name product product_name value_usd share_in_market gap market_size_usd
        unrealised_usd growth distance_km tariff fta price_usd_t sd
        """.split()
    ),
    "history": ("year", "value_usd", "market_size_usd", "share_in_market", "price_usd_t", "quantity_t"),
    "power": tuple(
        """
        rank year economy economy_name product product_name tpi tlc_export price_factor_export tpi_export tlc_import
        price_factor_import tpi_import sigma stage quality value_for_money market_power markup covered_share
        """.split()
    ),
    "power_change": tuple(
        """
        from_year to_year product product_name change share_part price_part mix_part entry_exit power_before power_after
        """.split()
    ),
    "power_roads": tuple(
        """
        product product_name road stage sigma tlc_export_before tlc_export price_factor_export_before price_factor_export
        log_price_change markup_part cost_part quality_before quality road_meaning
        """.split()
    ),
    "power_leaders": tuple(
        "product product_name leader leader_name leader_power power leads above_first first_power".split()
    ),
    "power_elasticities": tuple(
        """
        product product_name year sigma_fixed_point status_fixed_point sigma_feenstra status_feenstra sigma_iterate
        status_iterate sigma_given status_given sigma_exporters
        """.split()
    ),
    "iit": tuple(
        """
        year partner partner_name industry industry_name exports_usd imports_usd gl gl_aggregate gl_adjusted gl_fine hiit viit_high
        viit_low iit_untyped iit_type tc rca brulhart_a
        """.split()
    ),
    "iit_sources": tuple(
        """
        partner partner_name industry industry_name gl_before gl_after trade_share_before trade_share_after iit_share_before
        iit_share_after contribution
        """.split()
    ),
}
_SUBJECT = {
    "markets": Text("Markets for {product} from {exporter}", "{exporter}的{product}：各市场"),
    "products": Text("Products of {exporter} for {market}", "{exporter}对{market}：各产品"),
    "priorities": Text("Priorities of {exporter}", "{exporter}：优先的产品与市场"),
}


def title(result: Result) -> str:
    """What was asked, in one line.

    Examples
    --------
    "Markets for 2603 Copper ores and concentrates from Chile, 2024 (minerals)".
    """
    if result.title is not None:
        return with_unit(result.title.say(result.lang), str(result.parameters.get("data", "")), result.lang)
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
    if result.question in TELLING_OF:
        return tuple(by_id[name] for name in TELLING_OF[result.question] if name in by_id and _tells(result, name))
    if result.title is not None:  # a small table made to be shown as it stands
        return tuple(
            c for c in result.columns if not c.hidden and result.frame[c.id].null_count() < result.frame.height
        )
    ranked_by = str(result.parameters.get("rank_by", "score"))
    wanted = [*TELLING[:7], ranked_by, *TELLING[7:]] if ranked_by not in TELLING[:7] else list(TELLING)
    fixed = {"importer": "market", "product": "product", "year": "year"}
    chosen = []
    for name in dict.fromkeys(wanted):
        base = name.removesuffix("_name")
        asked = fixed.get(base, base) in result.parameters and base in {*fixed, "exporter"}
        if name in by_id and not asked and result.frame[name].null_count() < result.frame.height:
            chosen.append(by_id[name])
    return tuple(chosen)


def _tells(result: Result, name: str) -> bool:
    """Whether a column of such an answer says anything: known somewhere, and no name that the title says already."""
    values = result.frame[name]
    same = name.removesuffix("_name") in {"economy", "product", "partner", "industry", "year", "from_year", "to_year"}
    return values.null_count() < values.len() and not (same and values.len() > 1 and values.n_unique() == 1)


def header(column: Column, result: Result) -> str:
    """The column's name with its unit."""
    return with_unit(column.name.say(result.lang), unit_name(column.unit, result.lang), result.lang)
