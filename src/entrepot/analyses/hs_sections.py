"""The sections of the Harmonized System: short names, order, which are primary."""

from entrepot.core.text import Text

PRIMARY_SECTIONS = frozenset({"I", "II", "III", "IV", "V"})
_TITLES = {
    "I": ("Animals and animal products", "第一类 活动物、动物产品"),
    "II": ("Vegetable products", "第二类 植物产品"),
    "III": ("Fats and oils", "第三类 动植物油脂及蜡"),
    "IV": ("Food, beverages, tobacco", "第四类 食品、饮料、烟草"),
    "V": ("Mineral products", "第五类 矿产品"),
    "VI": ("Chemicals", "第六类 化工产品"),
    "VII": ("Plastics and rubber", "第七类 塑料、橡胶及其制品"),
    "VIII": ("Hides, leather, furs", "第八类 皮革、毛皮及其制品"),
    "IX": ("Wood, cork, basketware", "第九类 木、软木及编结品"),
    "X": ("Pulp, paper, print", "第十类 纸浆、纸及印刷品"),
    "XI": ("Textiles and clothing", "第十一类 纺织原料及制品"),
    "XII": ("Footwear, headgear, umbrellas", "第十二类 鞋、帽、伞"),
    "XIII": ("Stone, ceramics, glass", "第十三类 石料、陶瓷、玻璃制品"),
    "XIV": ("Pearls, precious stones and metals", "第十四类 珠宝、贵金属"),
    "XV": ("Base metals", "第十五类 贱金属及其制品"),
    "XVI": ("Machinery, electrical equipment", "第十六类 机器、电气设备"),
    "XVII": ("Vehicles, aircraft, vessels", "第十七类 车辆、航空器、船舶"),
    "XVIII": ("Instruments, clocks, musical instruments", "第十八类 光学、医疗仪器、钟表、乐器"),
    "XIX": ("Arms and ammunition", "第十九类 武器、弹药"),
    "XX": ("Furniture, toys, miscellaneous", "第二十类 家具、玩具等杂项"),
    "XXI": ("Works of art, antiques", "第二十一类 艺术品、收藏品"),
}
SECTION_NAMES = {section: Text(f"{section} {en}", zh) for section, (en, zh) in _TITLES.items()}
SECTION_ORDER = {section: number for number, section in enumerate(SECTION_NAMES, 1)}
