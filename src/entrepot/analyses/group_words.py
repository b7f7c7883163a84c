"""What people call blocs and organisations besides the names that the store has of them, in either language."""

from collections.abc import Mapping

# The European Union without a word on its time is the Union of today in every year; `EU` is that of the year asked about.
# NAFTA had the members that the USMCA has.
GROUP_WORDS: Mapping[str, tuple[str, ...]] = {
    "AFCFTA": ("African Continental Free Trade Agreement", "非洲自贸区", "非洲大陆自贸区"),
    "AFRICAN_UNION": ("非盟",),
    "ANDEAN": ("安共体",),
    "APEC": ("亚太经合组织",),
    "ARAB": ("Arab League", "阿盟", "阿拉伯国家"),
    "ASEAN": ("东盟", "东南亚国家联盟", "东盟十国", "东盟10国"),
    "BRICS": ("金砖",),
    "CARICOM": ("加共体",),
    "CIS": ("独联体",),
    "CPTPP": (
        "TPP11", "Trans-Pacific Partnership", "全面与进步跨太平洋伙伴关系协定", "全面与进步跨太平洋伙伴关系",
    ),
    "EAC": ("东共体",),
    "EAEU": ("EEU", "欧亚联盟"),
    "ECOWAS": ("西共体",),
    "EU27": ("European Union", "EU-27", "欧盟", "欧洲联盟", "欧盟27国", "欧盟二十七国"),
    "EU15": ("EU-15", "欧盟15国"),
    "EU28": ("EU-28", "欧盟28国"),
    "EURO": ("Euro area", "Eurozone", "欧元区"),
    "G20": ("二十国集团",),
    "GCC": ("海合会", "海湾合作委员会"),
    "LDC": ("LDCs", "Least developed countries", "最不发达国家"),
    "MERCOSUR": ("Southern Common Market", "南共市"),
    "OECD": ("经合组织",),
    "OPEC": ("欧佩克",),
    "RCEP": ("区域全面经济伙伴关系协定", "区域全面经济伙伴关系"),
    "SAARC": ("南盟",),
    "SADC": ("南共体",),
    "SCO": ("上合组织", "上合"),
    "USMCA": ("CUSMA", "T-MEC", "NAFTA", "North American Free Trade Area", "北美自贸区", "北美自由贸易区"),
    "WAEMU": ("UEMOA",),
    "WTO": ("世贸组织", "世贸"),
}  # fmt: skip
