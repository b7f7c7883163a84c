"""What the letters of the formulas stand for, family by family, so that a formula can be read where it is shown."""

import re
from collections.abc import Mapping

from entrepot.core.text import Text

_TOKEN = re.compile(r"[A-Za-zΑ-Ωα-ω]\u0304?[A-Za-z]*[0-9]?(?:\^[A-Z])?(?:_[A-Za-z0-9]+)?")

_FINDER: dict[str, Text] = {
    "V_ij": Text("value of the flow from exporter i to market j, US$", "出口方 i 对市场 j 的出口额，美元"),
    "V_nj": Text("value of the flow from supplier n to market j", "供应方 n 对市场 j 的出口额"),
    "V_in": Text("value of the flow from exporter i to market n", "出口方 i 对市场 n 的出口额"),
    "V_i": Text("all exports of the product by i", "i 对全球出口该产品的总额"),
    "V_j": Text("all imports of the product by j", "j 自全球进口该产品的总额"),
    "V_N": Text("value in the last year of the window", "窗口末年的金额"),
    "V_1": Text("value in the first year of the window", "窗口首年的金额"),
    "V": Text("value in a year of the window", "窗口内某年的金额"),
    "V\u0304": Text("mean value of the window's years", "窗口各年金额的均值"),
    "N": Text("years of the window", "窗口年数"),
    "Q_ij": Text("quantity from i to j, metric tons", "i 对 j 出口的数量，吨"),
    "Q": Text("quantity known", "已知数量"),
    "P_ij": Text("unit value of the flow, US$ per metric ton", "该流量的单价，美元/吨"),
    "P\u0304_i": Text("mean unit value of i's exports", "i 出口的平均单价"),
    "P\u0304_j": Text("mean unit value of j's imports", "j 进口的平均单价"),
    "DIST_ij": Text("distance from i to j, km", "i 到 j 的距离，公里"),
    "DIST_in": Text("distance from i to market n, km", "i 到市场 n 的距离，公里"),
    "DIST_nj": Text("distance from supplier n to j, km", "供应方 n 到 j 的距离，公里"),
    "T_ij": Text("average tariff that j levies on i", "j 对 i 征收的平均关税"),
    "T_in": Text("average tariff that market n levies on i", "市场 n 对 i 征收的平均关税"),
    "T_nj": Text("average tariff that j levies on supplier n", "j 对供应方 n 征收的平均关税"),
    "S_i": Text("i's exports of the product to the world", "i 对全球出口该产品的金额"),
    "S_n": Text("supplier n's exports of the product to the world", "供应方 n 对全球出口该产品的金额"),
    "D_ij": Text(
        "relation factor: tariff, price and distance advantages together", "关系系数：关税、价格与距离优势之积"
    ),
    "D_nj": Text("the same of supplier n", "供应方 n 的关系系数"),
    "EDIST": Text("exporter's distance advantage", "出口方距离优势"),
    "IDIST": Text("importer's distance advantage", "进口方距离优势"),
    "CDA_ij": Text("comparative distance advantage", "比较距离优势"),
    "ET": Text("exporter's tariff advantage", "出口方关税优势"),
    "IT": Text("importer's tariff advantage", "进口方关税优势"),
    "CTA_ij": Text("comparative tariff advantage", "比较关税优势"),
    "EP": Text("exporter's price advantage", "出口方价格优势"),
    "IP": Text("importer's price advantage", "进口方价格优势"),
    "CPA_ij": Text("comparative price advantage", "比较价格优势"),
    "GDP_i": Text("gross domestic product of i", "i 的国内生产总值"),
    "GDP_j": Text("gross domestic product of j", "j 的国内生产总值"),
    "CAGR": Text("compound annual growth", "复合年增长率"),
    "LYG": Text("last year against the mean of the window", "末年相对窗口均值的变化"),
    "w": Text("weight of a parameter", "参数的权重"),
    "z": Text("scaled parameter, more being better", "标准化后的参数，越大越好"),
}
_POWER: dict[str, Text] = {
    "r_ij": Text("trade of economy i in product j, US$", "经济体 i 在产品 j 上的贸易额，美元"),
    "R_j": Text("world trade in product j, US$", "产品 j 的世界贸易额，美元"),
    "q_ij": Text("quantity of i in j, metric tons", "i 在 j 上的数量，吨"),
    "Q_j": Text("world quantity of j, metric tons", "j 的世界贸易量，吨"),
    "p_ij": Text("unit value of i in j", "i 在 j 上的单价"),
    "P_j": Text("world price of j", "j 的世界价格"),
    "TLC_ij": Text("share of the world market", "占世界市场份额（贸易大国指数）"),
    "FP_ij": Text("price factor", "价格因子"),
    "TPI_ij": Text("trade power index", "贸易强国指数"),
    "MP_ij": Text("market power", "市场势力"),
    "σ_j": Text("elasticity of substitution of product j", "产品 j 的替代弹性"),
    "σ_ij": Text("elasticity that i faces in j", "i 在 j 上面对的弹性"),
    "s_ij": Text("share of i in the exports of j", "i 在 j 出口中的份额"),
    "m_j": Text("number of exporters of j", "j 的出口方数"),
    "g_ij": Text("markup of i in j", "i 在 j 上的加成"),
    "w_i": Text("cost of inputs in i", "i 的要素成本"),
    "v_ij": Text("inputs per unit of i in j", "i 在 j 上的单位投入"),
    "a_ij": Text("quality of i in j", "i 在 j 上的质量"),
    "E": Text("exports", "出口"),
    "M": Text("imports", "进口"),
}
_STRUCTURE: dict[str, Text] = {
    "X": Text("exports in all", "出口合计"),
    "M": Text("imports in all", "进口合计"),
    "W": Text("world trade in all", "世界贸易合计"),
    "X_k": Text("exports of product or industry k", "产品或产业 k 的出口"),
    "M_k": Text("imports of product or industry k", "产品或产业 k 的进口"),
    "W_k": Text("world exports of k", "k 的世界出口"),
    "X_i": Text("exports of economy i", "经济体 i 的出口"),
    "M_i": Text("imports of economy i", "经济体 i 的进口"),
    "X_j": Text("exports to (or of) partner j", "对伙伴 j（或伙伴 j）的出口"),
    "M_j": Text("imports from (or of) partner j", "自伙伴 j（或伙伴 j）的进口"),
    "X_ij": Text("exports of i to j", "i 对 j 的出口"),
    "X_ik": Text("exports of k by i", "i 的 k 出口"),
    "X_jk": Text("exports of k by j", "j 的 k 出口"),
    "M_jk": Text("imports of k by j", "j 的 k 进口"),
    "M_w": Text("world imports", "世界进口"),
    "M_wk": Text("world imports of k", "k 的世界进口"),
    "R_k": Text("the others' trade in k", "他方在 k 上的贸易"),
    "GL_j": Text("Grubel-Lloyd index with partner j", "与伙伴 j 的 G-L 指数"),
    "w_j": Text("weight of partner j in trade", "伙伴 j 的贸易权重"),
    "UV^X": Text("unit value of exports", "出口单价"),
    "UV^M": Text("unit value of imports", "进口单价"),
    "P": Text("unit value, US$ per metric ton", "单价，美元/吨"),
    "P_i": Text("unit value of seller i", "出口方 i 的单价"),
    "P_w": Text("the world's unit value", "世界平均单价"),
    "Q1": Text("first quartile", "下四分位数"),
    "Q3": Text("third quartile", "上四分位数"),
}
_ALLOCATION: dict[str, Text] = {
    "n": Text("number of firms of the cell (region, product, year)", "单元（地区-产品-年份）内的企业数"),
    "n_pjt": Text("number of firms of region p that export product j in year t", "地区 p 在 t 年出口产品 j 的企业数"),
    "N": Text("number of regions that export the product in the year", "当年出口该产品的地区数"),
    "n_pjct": Text("number of firms of region p that sell product j to c", "地区 p 对 c 出口产品 j 的企业数"),
    "n_p": Text("the same number in another region: p', or p̃, the nearest to p", "其他地区的同一数目：p' 或离 p 最近的 p̃"),
    "P_i": Text("price of firm i", "企业 i 的价格"),
    "P\u0304_i": Text("mean price of the firms nearest to i in quality", "与 i 质量最接近的企业的平均价格"),
    "P": Text("price, value over quantity", "价格，金额除以数量"),
    "Y_i": Text("price of firm i over its quality", "企业 i 的价格质量比"),
    "Y": Text("price over quality", "价格质量比"),
    "EQ": Text("quality", "产品质量"),
    "mean_jct": Text("mean over the firms that sell product j to c in the year", "当年对 c 出口产品 j 的企业的均值"),
    "m_i": Text("mark-up of firm i", "企业 i 的成本加成"),
    "Q_ijct": Text("quantity that firm i sells of product j to c in year t", "企业 i 在 t 年对 c 出口产品 j 的数量"),
    "P_ijct": Text("its price there", "其在该处的价格"),
    "Q": Text("quantity", "数量"),
    "σ": Text("elasticity of substitution", "替代弹性"),
    "α_ct": Text("effect of the destination and year", "目的地-年份效应"),
    "α_j": Text("effect of the product", "产品效应"),
    "α_jt": Text("effect of the product and year", "产品-年份效应"),
    "μ_ijct": Text("demand that price and effects do not explain", "价格与各效应之外的需求"),
    "μ": Text("demand that price and effects do not explain", "价格与各效应之外的需求"),
    "x_i": Text("exports of firm i in the cell", "企业 i 在单元内的出口额"),
    "x_pkt": Text("exports of line k by region p", "地区 p 的细分产品 k 出口额"),
    "x_pjt": Text("exports of product j by region p", "地区 p 的产品 j 出口额"),
    "PRODY_kt": Text("income per head of the exporters of k, weighted by their advantage", "k 的出口方人均收入（按比较优势加权）"),
    "c_i": Text("destinations of firm i with the product", "企业 i 该产品的目的地数"),
    "h_i": Text("high-income destinations of firm i with the product", "企业 i 该产品的高收入目的地数"),
    "φ_jm": Text("proximity of j and m: the smaller probability of exporting one, given the other", "j 与 m 的相似性：互为条件的出口概率之较小者"),
    "φ_k": Text("proximities of k to the other products", "k 与其他产品的相似性"),
    "φ_j": Text("proximity of j to the core product of the firm", "j 与企业核心产品的相似性"),
}  # fmt: skip
SYMBOLS: Mapping[str, Mapping[str, Text]] = {
    "finder": _FINDER,
    "power": _POWER,
    "intraindustry": _STRUCTURE,
    "overview": {**_FINDER, **_POWER, **_STRUCTURE},
    "allocation": _ALLOCATION,
}


def symbols_of(formula: str, family: str) -> dict[str, Text]:
    """The symbols of a formula in the order in which they stand, with what they mean.

    Examples
    --------
    >>> [symbol for symbol in symbols_of("Gap_ij = Gravity_ij − V_ij / V_j", "finder")]
    ['V_ij', 'V_j']
    """
    known = SYMBOLS[family]
    found = (token.group() for token in _TOKEN.finditer(formula))
    return {symbol: known[symbol] for symbol in dict.fromkeys(found) if symbol in known}
