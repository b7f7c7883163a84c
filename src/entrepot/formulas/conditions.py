"""Conditions of a market and of a pair that are read from tables (Global Potential Markets, sections 2.3 and 3)."""

from entrepot.core.indicator import Direction, Indicator, Unit
from entrepot.core.text import Text


def _entry(column: str, name: Text, unit: Unit, meaning: Text, source: str, direction: Direction) -> Indicator:
    return Indicator(
        column,
        name,
        unit,
        meaning,
        undefined=Text("null where no value is loaded, or the latest is too old", "未载入或最近数据过旧时为空"),
        source=source,
        direction=direction,
        weightable=True,
        reference=True,
    )


def _logistics(component: str, en: str, zh: str) -> Indicator:
    column = f"lpi_{component}" if component else "lpi"
    name = Text(f"Logistics: {en}" if component else en, f"物流绩效：{zh}" if component else zh)
    meaning = Text("Logistics Performance Index, 1 (low) to 5 (high)", "物流绩效指数，1（低）至5（高）")
    return _entry(column, name, "1", meaning, "Global Potential Markets, section 3.4", "more")


DISTANCE_KM = _entry(
    "distance_km",
    Text("Distance", "距离"),
    "km",
    Text(
        "Transport distance from exporter to market, by the chosen provider; by ports and by sea, neighbours over land count "
        "100 km and no pair counts less",
        "出口方至市场的运输距离（按所选口径）；按港口和海运计算时，陆地相邻的双方记为100公里，其他各对不低于此值",
    ),
    "Global Potential Markets, section 2.3",
    "less",
)
CONTRACT_COST = _entry(
    "contract_cost",
    Text("Contract enforcement cost", "合同履行成本"),
    "percent",
    Text("Cost of enforcing a contract, per cent of the claim", "执行合同的成本占索赔额的百分比"),
    "Global Potential Markets, section 3.1",
    "less",
)
CUSTOMS_COST = _entry(
    "customs_cost",
    Text("Customs compliance cost", "通关合规成本"),
    "usd",
    Text("Border and documentary compliance to import one shipment", "进口一批货物的边境与文件合规成本"),
    "Global Potential Markets, section 3.2",
    "less",
)
RULE_OF_LAW = _entry(
    "rule_of_law",
    Text("Rule of law", "法治环境"),
    "1",
    Text("Worldwide Governance Indicators, −2.5 to 2.5", "全球治理指标，−2.5至2.5"),
    "Global Potential Markets, section 3.3",
    "more",
)
POLITICAL_STABILITY = _entry(
    "political_stability",
    Text("Political stability", "政治稳定"),
    "1",
    Text(
        "Worldwide Governance Indicators, −2.5 to 2.5; not a stand-in for rule of law",
        "全球治理指标，−2.5至2.5；不替代法治环境",
    ),
    "Global Potential Markets, section 3.3 (same source)",
    "more",
)
LPI = _logistics("", "Logistics performance", "国际物流绩效")
LPI_CUSTOMS = _logistics("customs", "customs", "海关")
LPI_INFRASTRUCTURE = _logistics("infrastructure", "infrastructure", "基础设施")
LPI_SHIPMENTS = _logistics("shipments", "international shipments", "国际货运")
LPI_COMPETENCE = _logistics("competence", "competence", "物流能力")
LPI_TRACKING = _logistics("tracking", "tracking", "追踪与跟踪")
LPI_TIMELINESS = _logistics("timeliness", "timeliness", "时效性")
FTA = _entry(
    "fta",
    Text("Free trade agreement", "自贸协定"),
    "flag",
    Text("1 if an agreement is in force between the two in the year", "当年双方有生效的自贸协定为1"),
    "Global Potential Markets, section 3.5",
    "more",
)
FTA_NAME = Indicator(
    "fta_name",
    Text("Agreement", "协定名称"),
    "text",
    Text("Names of the agreements in force", "生效协定的名称"),
    undefined=Text("null where no agreement is known", "无已知协定时为空"),
)
FTA_DATE = Indicator(
    "fta_date",
    Text("In force since", "生效日期"),
    "date",
    Text("Date on which the earliest of them entered into force", "其中最早协定的生效日期"),
    undefined=Text("null where no agreement is known", "无已知协定时为空"),
)
