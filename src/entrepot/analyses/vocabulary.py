"""What each argument and option means, in words, for the command line's help and the REST description.

Apart from the options themselves, which need the engines, so that `--help` answers at once.
"""

from entrepot.core.text import Text

ARGUMENTS: dict[str, Text] = {
    "exporter": Text(
        "who sells: ISO3 code, name in English or Chinese, or a group such as EU27",
        "出口方：ISO3代码、中英文名称，或 EU27 等经济体集团",
    ),
    "market": Text(
        "who buys: ISO3 code, name in English or Chinese, or a group such as EU27",
        "市场（进口方）：ISO3代码、中英文名称，或 EU27 等经济体集团",
    ),
    "product": Text(
        "HS4 or HS6 code (digits decide), words of its name, or TOTAL; in most questions also a basket of up to 25 codes, "
        "as in 2603,2604,7403",
        "HS4或HS6编码（按位数判断）、产品名称，或 TOTAL（合计）；多数问题也可给出至多25个编码的产品组合，如 2603,2604,7403",
    ),
}

OPTIONS: dict[str, Text] = {
    "year": Text("analysis year; the latest one if not given", "分析年份；缺省为最近一年"),
    "data": Text("data set; the store's default if not given", "数据集；缺省为数据仓库的默认数据集"),
    "level": Text("HS digits of the products: 4 (default) or 6", "产品的HS位数：4（缺省）或6"),
    "top": Text("how many of the best pairs the answer holds (default 200)", "答案保留的最优组合数（缺省200）"),
    "basis": Text(
        "what the gravity share weights: bilateral, the flow as it is (default for markets); or world, the exporter's "
        "sales to all (default otherwise)",
        "引力份额的加权对象：bilateral 为双边贸易额（markets 的缺省）；world 为出口方对全球的出口额（其余问题的缺省）",
    ),
    "exponent": Text(
        "exponent of compound growth: window (default), 1/N; or intervals, 1/(N−1)",
        "复合增长率的指数：window（缺省）为1/N；intervals 为1/(N−1)",
    ),
    "average": Text(
        "mean price: simple (default), mean of the pairs' unit values; or weighted, total value over total quantity",
        "平均价格：simple（缺省）为各双边单价的均值；weighted 为总值除以总量",
    ),
    "price_period": Text(
        "prices of the year (default) or of the whole window", "价格取自：year（缺省）当年，或 window 整个窗口期"
    ),
    "missing": Text(
        "an unknown factor of the bilateral advantages counts as the market's usual one (default) or as one",
        "双边优势中缺失的因子：usual（缺省）取该市场的通常值，one 取1",
    ),
    "tariff": Text(
        "the tariff on a product: mean (default) over the regimes open to the exporter, or max, the dearest regime",
        "产品关税：mean（缺省）为出口方可用各制度的平均，max 为其中最高者",
    ),
    "distance": Text(
        "provider of distances: ports (default), main port to main port; sea, along shipping lanes; great_circle; or cepii (needs GeoDist loaded)",
        "距离来源：ports（缺省）主要港口之间；sea 沿航线；great_circle 大圆距离；cepii 人口加权（需载入 GeoDist）",
    ),
    "without": Text(
        "passages closed to ships, parted by commas, with distance sea: suez, panama, malacca, ormuz, gibraltar, bosporus …",
        "关闭的航运通道，以逗号分隔，须配合 distance sea：suez（苏伊士）、panama（巴拿马）、malacca（马六甲）、ormuz、gibraltar、bosporus 等",
    ),
    "window": Text(
        "years that end in the analysis year: 3, 5 (default) or 10", "以分析年份结束的窗口年数：3、5（缺省）或10"
    ),
    "scale": Text(
        "how parameters are made comparable: percentile (default), minmax or zscore",
        "参数标准化方式：percentile（缺省）百分位、minmax 或 zscore",
    ),
    "weights": Text(
        "a preset (balanced is the default), or column=number parted by commas, as in gap=2,distance_km=1",
        "权重预设名（缺省 balanced），或以逗号分隔的 列名=数字，如 gap=2,distance_km=1",
    ),
    "rank_by": Text("score (default), or one column to rank by alone", "score（缺省）按得分，或指定单独用于排名的列"),
    "among": Text(
        "candidate markets, as in region:Asia,income:high,bloc:ASEAN,agreement:RCEP or CHN,JPN,EU27; terms of one kind add "
        "up, different kinds narrow each other (income: low, lower_middle, upper_middle, high; agreement: also any, none)",
        "候选市场，如 region:Asia,income:high,bloc:ASEAN,agreement:RCEP 或 CHN,JPN,EU27；同类取并集，不同类取交集"
        "（income：low、lower_middle、upper_middle、high；agreement 另有 any、none）",
    ),
    "served": Text(
        "markets to rank: all (default); new, where nothing is sold yet; or served, where something is",
        "参与排名的市场：all（缺省）全部；new 尚未进入的；served 已进入的",
    ),
    "markets": Text("two to four markets, as in CHN,JPN,KOR", "2至4个市场，如 CHN,JPN,KOR"),
    "by": Text(
        "one row for each parameter (default), or for each market and parameter: parameter or market",
        "每个参数一行（parameter，缺省），或每个市场的每个参数一行（market）",
    ),
    "kind": Text(
        "what to look for: all (default), economy or product", "搜索范围：all（缺省）全部、economy 经济体、product 产品"
    ),
    "limit": Text("at most so many results (default 20)", "最多返回的结果数（缺省20）"),
    "lang": Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh"),
}

# Of the way by sea between two ports.
PORT = Text(
    'a seaport: UN/LOCODE (NLRTM), number of the World Port Index, or name, with the economy where several have it ("Georgetown, GUY")',
    "海港：UN/LOCODE（如 NLRTM）、世界港口索引编号或英文名称；重名时加经济体（如 “Georgetown, GUY”）",
)
CLOSED = Text(
    "passages closed to ships, parted by commas: suez, panama, malacca, ormuz, gibraltar, bosporus …",
    "关闭的航运通道，以逗号分隔：suez（苏伊士）、panama（巴拿马）、malacca（马六甲）、ormuz、gibraltar、bosporus 等",
)
