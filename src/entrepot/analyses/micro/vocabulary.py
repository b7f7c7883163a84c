"""What the options of the micro laboratory are called and mean, for the command line."""

from entrepot.core.text import Text

FILE = Text("customs declarations: .csv .parquet .dta", "海关申报数据：.csv .parquet .dta")
OPTIONS: dict[str, Text] = {
    "mapping": Text("how its columns are called: china, or a TOML FILE", "列映射：china，或 TOML 文件"),
    "flow": Text("export or import (default export)", "export 或 import（缺省 export）"),
    "regime": Text("only this customs regime, such as ordinary", "仅此贸易方式，如 ordinary"),
    "level": Text("digits of the product code that are kept", "保留的产品编码位数"),
    "industries": Text("FILE with product, industry: other codes in the products' place", "文件（product、industry）：以其他分类代替产品"),
    "sigma": Text("elasticity of substitution (default 4), or FILE with product, sigma", "替代弹性（缺省4），或文件（product、sigma）"),
    "price": Text("a firm's price: total (value over quantity) or mean (over destinations)", "企业价格：total（总额/总量）或 mean（目的地均值）"),
    "neighbours": Text("firms nearest in quality (default 5; rmd1 takes twice as many)", "质量最接近的企业数（缺省5；rmd1 取两倍）"),
    "metric": Text("nearness of quality: level or log", "质量距离：level 或 log"),
    "power": Text("2 (squared, default) or 1 (absolute)", "2（平方，缺省）或 1（绝对值）"),
    "markups": Text("FILE with firm, year, markup [, product], for rmd_markup", "文件（firm、year、markup[、product]），用于 rmd_markup"),
    "regions": Text("FILE with region, latitude, longitude, for iv_ico", "文件（region、latitude、longitude），用于 iv_ico"),
    "without_self": Text("leave a region's overlap with itself out of ico and iv_ico", "ico 与 iv_ico 不计地区与自身的交集"),
    "prody": Text("FILE with product, prody [, year] of finer products, for expy (with --level)", "文件（细分 product、prody[、year]），用于 expy（配合 --level）"),
    "high_income": Text("FILE with destination [, year], for log_destinations_high_income", "文件（destination[、year]），用于 log_destinations_high_income"),
    "log_of": Text("mean of ln n (n, default) or ln(1+n) (1+n) destinations", "目的地数取 ln n（n，缺省）或 ln(1+n)（1+n）"),
    "space_unit": Text("product space by region (default) or firm", "产品空间按 region（缺省）或 firm"),
    "space_threshold": Text("least advantage that counts as exporting (default 1; 0: any export)", "视为出口的最低比较优势（缺省1；0：任何出口）"),
}  # fmt: skip
READING = ("mapping", "flow", "regime", "level", "industries")
PRICING = ("sigma", "price")
NEARNESS = ("neighbours", "metric", "power", "markups")
MEETING = ("regions", "without_self", "prody", "high_income", "log_of", "space_unit", "space_threshold")
WORLD: dict[str, Text] = {
    "firms": Text("firms that ever export", "出口过的企业数"),
    "years": Text("years, such as 2010-2012", "年份，如 2010-2012"),
    "seed": Text("the same seed gives the same world", "随机种子；相同种子得到相同数据"),
    "sigma": Text("elasticity of substitution", "替代弹性"),
    "effect": Text("true effect of last year's exchange on dispersion", "上年信息交流对价格离散度的真实影响"),
    "regions": Text("regions", "地区数"),
    "products": Text("products", "产品数"),
    "destinations": Text("destinations", "目的地数"),
    "mean_destinations": Text("destinations of a firm's product in a year, on average", "企业-产品每年的平均目的地数"),
    "endogeneity": Text("0 to 1: weight of a shock that raises exchange and then dispersion", "0 至 1：同时提高交流与其后离散度的冲击权重"),
    "neighbours": Text("neighbours of the RMD for which the truth is stated", "真值所依据的 RMD 邻近企业数"),
}  # fmt: skip
