"""Chinese names of agreements: put together of their parties where the English name is, known by heart otherwise."""

import re

from entrepot.sources.who import Economies

# Blocs and agreements whose names are not put together of names of economies.
NAMES = {
    "asean free trade area (afta)": "东盟自由贸易区",
    "asean": "东盟",
    "african continental free trade area (afcfta)": "非洲大陆自由贸易区",
    "andean community (can)": "安第斯共同体",
    "asia pacific trade agreement (apta)": "亚太贸易协定",
    "caribbean community and common market (caricom)": "加勒比共同体和共同市场",
    "caricom": "加勒比共同体",
    "cariforum states": "加勒比论坛国家",
    "central american common market (cacm)": "中美洲共同市场",
    "central america": "中美洲",
    "central european free trade agreement (cefta) 2006": "中欧自由贸易协定（2006）",
    "colombia, ecuador and peru": "哥伦比亚、厄瓜多尔和秘鲁",
    "colombia and peru": "哥伦比亚和秘鲁",
    "common market for eastern and southern africa (comesa)": "东部和南部非洲共同市场",
    "comprehensive and progressive agreement for trans-pacific partnership (cptpp)": "全面与进步跨太平洋伙伴关系协定",
    "east african community (eac)": "东非共同体",
    "eastern and southern africa states": "东部和南部非洲国家",
    "economic cooperation organization (eco)": "经济合作组织",
    "economic community of west african states (ecowas)": "西非国家经济共同体",
    "efta": "欧洲自由贸易联盟",
    "ec": "欧共体",
    "eu": "欧盟",
    "eu treaty": "欧盟条约",
    "eurasian economic union (eaeu)": "欧亚经济联盟",
    "european economic area (eea)": "欧洲经济区",
    "european free trade association (efta)": "欧洲自由贸易联盟",
    "gcc": "海湾合作委员会",
    "global system of trade preferences among developing countries (gstp)": "发展中国家全球贸易优惠制",
    "gulf cooperation council (gcc)": "海湾合作委员会",
    "iceland, liechtenstein and norway": "冰岛、列支敦士登和挪威",
    "latin american integration association (laia)": "拉丁美洲一体化协会",
    "mercosur": "南方共同市场",
    "north american free trade agreement (nafta)": "北美自由贸易协定",
    "norway and iceland": "挪威和冰岛",
    "overseas countries and territories (oct)": "海外国家和领地",
    "pacific alliance": "太平洋联盟",
    "pacific states": "太平洋国家",
    "pan-arab free trade area (pafta)": "泛阿拉伯自由贸易区",
    "protocol on trade negotiations (ptn)": "贸易谈判议定书",
    "sacu": "南部非洲关税同盟",
    "sacu and mozambique": "南部非洲关税同盟和莫桑比克",
    "sadc": "南部非洲发展共同体",
    "south asian free trade agreement (safta)": "南亚自由贸易协定",
    "south asian preferential trade arrangement (sapta)": "南亚特惠贸易安排",
    "southern african customs union (sacu)": "南部非洲关税同盟",
    "southern african development community (sadc)": "南部非洲发展共同体",
    "southern common market (mercosur)": "南方共同市场",
    "trans-pacific strategic economic partnership": "跨太平洋战略经济伙伴关系协定",
    "united states-mexico-canada agreement (usmca/cusma/t-mec)": "美墨加协定",
    "west african economic and monetary union (waemu)": "西非经济货币联盟",
}


def chinese_name(name: str, who: Economies) -> str:
    """The Chinese name of an agreement; its English one where no part of it is known.

    Examples
    --------
    "Japan - Viet Nam" becomes 日本—越南贸易协定; a name of another shape stays as it is.
    """
    known = NAMES.get(name.strip().casefold())
    if known is not None:
        return known
    # "EU - Chile (Association Agreement)": what stands in brackets is not a party, except in names known as a whole.
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", name.strip())
    parts = re.split(r"\s+[-–]\s+", bare)
    said = [_of_party(part, who) for part in parts]
    if len(parts) < 2 or None in said:
        return name.strip()
    return "—".join(part for part in said if part) + "贸易协定"


def _of_party(part: str, who: Economies) -> str | None:
    known = NAMES.get(part.casefold())
    if known is not None:
        return known
    iso3 = who.of_name(part)
    return who.name_zh[iso3] if iso3 is not None else None
