"""The commands around the market finder: who competes, what is known, markets side by side."""

from entrepot.cli.question import Question
from entrepot.core.text import Text

HOW_A_FLOW = tuple("year data basis exponent average price_period missing tariff distance without window".split())
HOW_RANKED = (*HOW_A_FLOW, "scale", "weights", "rank_by", "among", "served")

AROUND_MARKETS: dict[str, Question] = {
    "competitors": Question(
        ("product",),
        ("market",),
        ("exporter", *HOW_A_FLOW),
        Text(
            "Who sells a product in a market, at what share, price and growth?", "某市场的某产品：有哪些出口方在竞争？"
        ),
        slow=False,
        words={
            "exporter": Text(
                "whose row is marked; it has one even if it sells nothing", "需标出的出口方；即使无出口也列出"
            )
        },
    ),
    "availability": Question(
        ("exporter", "product"),
        (),
        ("by", *HOW_RANKED),
        Text(
            "Which parameter is known for which market, of which year and source?",
            "各市场各参数是否有数值、年份与来源。",
        ),
        slow=False,
    ),
    "compare": Question(
        ("exporter", "product"),
        ("markets",),
        HOW_RANKED,
        Text("Two to four markets side by side.", "并列比较2至4个市场。"),
        slow=False,
    ),
}
