"""The commands around the market finder: who competes, what is known, markets side by side, pages of what is built."""

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
PAGES: dict[str, Question] = {
    "flows": Question(
        (),
        (),
        ("product", "exporter", "market", "level", *(name for name in HOW_A_FLOW if name != "basis")),
        Text(
            "Every parameter of all flows of a product, or of a pair of economies, as `entrepot build` left them.",
            "某产品或某对经济体全部贸易流量的各项参数（读取 entrepot build 的结果）。",
        ),
        slow=False,
        words={
            "product": Text(
                "HS4 or HS6 code, or words of its name; or name --exporter and --market",
                "HS4或HS6编码或产品名称；也可改为同时给出 --exporter 与 --market",
            ),
            "exporter": Text("only what this economy sells", "只取该出口方"),
            "market": Text("only what this economy buys", "只取该市场"),
            "level": Text(
                "HS digits of the products of a pair: 4 or 6; those of the data set if not given",
                "一对经济体的产品HS位数：4 或 6；缺省同数据集",
            ),
        },
    ),
}
