"""The questions about trade power and intra-industry trade as every surface has them: what they take, and in words.

Apart from the options themselves, which need the engines, so that `--help` answers at once; see `vocabulary`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entrepot.core.text import Text

YEARS = Text(
    "years: 2024, 2000-2024 or 1995,2005,2024; the latest if not given",
    "年份：2024、2000-2024 或 1995,2005,2024；缺省为最近一年",
)
CHART = Text("kind of the chart", "图形种类")

POWER: dict[str, Text] = {
    "economy": Text(
        "whose power: ISO3 code, name in English or Chinese, or a group such as EU27",
        "经济体：ISO3代码、中英文名称，或 EU27 等经济体集团",
    ),
    "product": Text("HS4 or HS6 code, or words of its name", "HS4或HS6编码，或产品名称"),
    "years": YEARS,
    "level": Text("HS digits of the products: 4 or 6 (default)", "产品的HS位数：4或6（缺省）"),
    "method": Text(
        "of the elasticity: fixed_point (default), the closed form; iterate, the source's printed steps; feenstra; given, a "
        "published table; for power itself also compare, all side by side",
        "弹性的估计方法：fixed_point（缺省）闭式解；iterate 文献所印迭代；feenstra；given 已发表弹性；power 命令另有 compare 各法对照",
    ),
    "estimator": Text("of method feenstra: liml (default) or gmm", "feenstra 法的估计量：liml（缺省）或 gmm"),
    "average": Text(
        "how the world price is averaged: quantity (default), total value over total quantity; simple; or geometric",
        "世界价格的平均方式：quantity（缺省）总额除以总量；simple 简单平均；geometric 几何平均",
    ),
    "import_price": Text(
        "price of imports: unit, the unit value (default), or variety, the CES price index of what is bought",
        "进口价格：unit（缺省）单价；variety 为所购品种的 CES 价格指数",
    ),
    "least_exporters": Text(
        "fewest exporters from which an elasticity is estimated (default 10)", "估计弹性所需的最少出口国数（缺省10）"
    ),
    "winsorise": Text(
        "share drawn in at each end before an elasticity is estimated (default 0.01)",
        "估计弹性前两端缩尾的比例（缺省0.01）",
    ),
    "sigma_table": Text(
        "elasticities for method given: broda_weinstein (default), protee or protee_post, if loaded; or 2603=2.5,27=3",
        "given 法所用弹性：broda_weinstein（缺省）、protee 或 protee_post（须已载入）；或 2603=2.5,27=3",
    ),
    "value_added": Text(
        "FILE (.csv, .parquet) with economy, product, share [, year]: the domestic value added that counts as exports",
        "文件（.csv、.parquet），列为 economy、product、share [、year]：按国内增加值计算出口",
    ),
    "rank_by": Text("column that ranks within a year; tpi by default", "用于排名的列；缺省为 tpi"),
    "side": Text(
        "whose change: total (default), export or import", "分解哪一方：total（缺省）合计、export 出口、import 进口"
    ),
    "steps": Text("ends (default), first year to last; or each, year by year", "ends（缺省）首尾两年；each 逐年"),
    "methods": Text(
        "which methods stand side by side, parted by commas; all by default", "参与对照的方法，以逗号分隔；缺省为全部"
    ),
}

IIT: dict[str, Text] = {
    "reporter": Text(
        "whose trade: ISO3 code, name in English or Chinese, or a group such as EU27",
        "报告方：ISO3代码、中英文名称，或 EU27 等经济体集团",
    ),
    "partners": Text(
        "with whom, parted by commas: economies, groups, lists (developed, developing, advanced, emerging, oecd, high_income …), "
        "each; the world as one partner (WLD) by default",
        "贸易伙伴，以逗号分隔：经济体、集团、名单（developed、developing、advanced、emerging、oecd、high_income 等）、each；"
        "缺省为全世界合并（WLD）",
    ),
    "by": Text(
        "what an industry is: hs6 (default), hs4, hs2, section, class, sitc1 to sitc5 (digits of revision 3; sitc3r2: of "
        "revision 2), bec",
        "产业口径：hs6（缺省）、hs4、hs2、section、class、sitc1 至 sitc5（第3修订版的位数；sitc3r2 为第2修订版）、bec",
    ),
    "level": Text("over what an aggregate sums; as `by` if not given", "汇总指数所用的细分级别；缺省与 by 相同"),
    "years": YEARS,
    "products": Text("only these HS codes or beginnings, parted by commas", "仅限这些 HS 编码或前几位，以逗号分隔"),
    "industries": Text(
        "FILE (.csv, .parquet) with product (code or beginning), industry [, name_en, name_zh, class]",
        "文件（.csv、.parquet），列为 product（编码或前几位）、industry [、name_en、name_zh、class]",
    ),
    "typing": Text(
        "how kinds are told: ghm (default, Greenaway-Hine-Milner), ff (Fontagné-Freudenberg) or celi",
        "类型划分方法：ghm（缺省，Greenaway-Hine-Milner）、ff（Fontagné-Freudenberg）或 celi",
    ),
    "alpha": Text(
        "half-width of what counts as the same quality: 0.15 (default), 0.20, 0.25 or any",
        "同质区间半宽：0.15（缺省）、0.20、0.25 或其他",
    ),
    "iit_type_by": Text(
        "the industry's one type by: overlap (default) or unit_value",
        "产业类型依据：overlap（缺省）重叠最多者；unit_value 产业自身单价",
    ),
    "span": Text("years over which the marginal indices take changes (default 1)", "边际指数的跨度年数（缺省1）"),
    "tc_bands": Text(
        "edges of the classes of trade competitiveness (default 0.3,0.6,0.8)",
        "贸易竞争力指数的分级界限（缺省 0.3,0.6,0.8）",
    ),
    "bands": Text(
        "unit-value ratios that part further bands of overlap, ascending", "按单价比进一步划分重叠部分的界限（递增）"
    ),
    "of": Text(
        "whose shares: class (default), primary and manufactured; or industry",
        "按 class（缺省）初级产品与工业制成品，或按 industry",
    ),
}


@dataclass(frozen=True, slots=True)
class FamilyQuestion:
    """A question of one of these families.

    Parameters
    ----------
    asks : method of the workbench that answers.
    arguments, needed, options : what must be named, what must be given by name, what may be given.
    words : what each of them means.
    help : what the question is.
    """

    asks: str
    arguments: tuple[str, ...]
    needed: tuple[str, ...]
    options: tuple[str, ...]
    words: Mapping[str, Text]
    help: Text


KINDS: dict[str, type] = {"least_exporters": int, "winsorise": float, "alpha": float, "span": int}  # all else is text
TABLES = ("value_added", "sigma_table", "industries")  # may be given as a table of the user's own
_HOW_POWER = tuple(
    "data level method estimator average import_price least_exporters winsorise sigma_table value_added rank_by".split()
)
_HOW_ESTIMATED = tuple(name for name in _HOW_POWER if name not in {"method", "rank_by"})
_HOW_IIT = tuple("data typing alpha iit_type_by span tc_bands bands".split())

QUESTIONS: dict[str, FamilyQuestion] = {
    "power": FamilyQuestion(
        "power",
        (),
        (),
        ("economy", "product", "years", *_HOW_POWER),
        POWER,
        Text(
            "Who has trade power, by share or by price? Name an economy, a product, both or neither.",
            "谁是贸易强国，强在份额还是价格？可指定经济体、产品、两者或都不指定。",
        ),
    ),
    "power-change": FamilyQuestion(
        "power_change",
        ("economy",),
        ("years",),
        ("product", "side", "steps", *_HOW_POWER),
        POWER,
        Text("Where an economy's change of power comes from.", "贸易强国指数变化的来源分解。"),
    ),
    "power-roads": FamilyQuestion(
        "power_roads",
        ("economy",),
        ("years",),
        ("product", *_HOW_POWER),
        POWER,
        Text("Which road each export product went, and its stage.", "各出口产品所走的道路与所处阶段。"),
    ),
    "power-leaders": FamilyQuestion(
        "power_leaders",
        (),
        (),
        ("economy", "year", *_HOW_POWER),
        POWER,
        Text("Who leads in each product; where an economy leads.", "各产品由谁领先，某经济体在何处领先。"),
    ),
    "power-elasticities": FamilyQuestion(
        "power_elasticities",
        (),
        (),
        ("economy", "product", "years", "methods", *_HOW_ESTIMATED),
        POWER,
        Text("Elasticities by all methods, side by side.", "各方法所得弹性对照。"),
    ),
    "iit": FamilyQuestion(
        "iit",
        ("reporter",),
        (),
        ("partners", "by", "level", "years", "products", "industries", *_HOW_IIT),
        IIT,
        Text(
            "Intra-industry trade, its kinds, and competitiveness, by partner, industry and year.",
            "产业内贸易的水平与类型、竞争力：按伙伴、产业和年份。",
        ),
    ),
    "iit-sources": FamilyQuestion(
        "iit_sources",
        ("reporter",),
        ("years",),
        ("partners", "by", "level", "products", "industries", "of", *_HOW_IIT),
        IIT,
        Text("Where a change of intra-industry trade comes from.", "产业内贸易变化的来源：份额与贡献度。"),
    ),
}


def kind_of(question: FamilyQuestion, option: str) -> type:
    """int, float or str: what the option holds in the question."""
    if option in ("year", "level"):
        return str if option == "level" and question.words is IIT else int
    return KINDS.get(option, str)
