"""`entrepot indicators [ID]`: how every column is computed."""

import sys
from typing import Any

from entrepot.core.errors import check_choice
from entrepot.core.text import Language, Text

_FAMILIES = {
    "finder": Text("market finder", "市场发现"),
    "power": Text("trade power", "贸易实力"),
    "intraindustry": Text("intra-industry trade", "产业内贸易"),
    "overview": Text("overviews", "概览"),
    "allocation": Text("allocation efficiency", "配置效率"),
}

_INVARIANCES = {
    "value_scale": Text("another unit of value", "金额单位"),
    "row_order": Text("another order of rows", "行的次序"),
    "quantity_scale": Text("another unit of quantity", "数量单位"),
}


def indicators(name: str | None, *, family: str | None, as_json: bool, lang: Language) -> None:
    """Print all columns, those of one family, or one with its formula, its undefined cases and its source."""
    from entrepot.store import Store
    from entrepot.workbench import Workbench

    # These need no data, so nothing is published for them.
    listed = Workbench(Store()).indicators(lang, family)
    if name is not None:
        check_choice("indicator", name, [entry["id"] for entry in listed["indicators"]])
        listed["indicators"] = [entry for entry in listed["indicators"] if entry["id"] == name]
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(listed) + b"\n")
        return
    if name is not None:
        # The same id may mean another thing in another family.
        for entry in listed["indicators"]:
            _print_one(entry, lang)
    else:
        _print_all(listed, lang)


def _print_one(entry: dict[str, Any], lang: Language) -> None:
    from rich.text import Text as Styled

    from entrepot.cli.table import printer
    from entrepot.report.cells import DIRECTIONS, unit_name

    console = printer()
    console.print(Styled(f"{entry['id']}  {entry['name']}", style="bold"))
    said = {**entry, "family": _FAMILIES[entry["family"]].say(lang)}
    comma, semicolon = ("、", "；") if lang == "zh" else (", ", "; ")
    said["symbols"] = semicolon.join(f"{one['symbol']} {one['meaning']}" for one in entry["symbols"])
    said["needs"] = comma.join(entry["needs"])
    said["invariances"] = comma.join(_INVARIANCES[name].say(lang) for name in entry["invariances"])
    said["direction"] = DIRECTIONS[entry["direction"]].say(lang)
    said["unit"] = unit_name(entry["unit"], lang) or entry["unit"]
    heads = {
        "family": Text("Family", "类别"),
        "meaning": Text("Meaning", "含义"),
        "unit": Text("Unit", "单位"),
        "direction": Text("Better when", "越好方向"),
        "formula": Text("Formula", "公式"),
        "symbols": Text("Where", "其中"),
        "needs": Text("Computed from", "由以下指标算得"),
        "undefined": Text("Undefined", "无定义的情形"),
        "invariances": Text("Unchanged by", "不变性"),
        "source": Text("Source", "出处"),
    }
    for key, head in heads.items():
        if said[key]:
            colon = "：" if lang == "zh" else ": "
            console.print(Styled(f"{head.say(lang)}{colon}{said[key]}"), soft_wrap=True)


def _print_all(listed: dict[str, list[dict[str, str]]], lang: Language) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from entrepot.cli.table import printer

    heads = (
        Text("Id", "标识"),
        Text("Name", "名称"),
        Text("Unit", "单位"),
        Text("Weight", "可加权"),
        Text("Meaning", "含义"),
    )
    table = Table(*(head.say(lang) for head in heads), box=SIMPLE_HEAD, pad_edge=False)
    for entry in listed["indicators"]:
        table.add_row(entry["id"], entry["name"], entry["unit"], "●" if entry["weightable"] else "", entry["meaning"])
    printer().print(table)
    en = ", ".join(f"{preset['id']} ({preset['name']})" for preset in listed["presets"])
    zh = "、".join(f"{preset['id']}（{preset['name']}）" for preset in listed["presets"])
    sys.stdout.write(Text(f"Presets of weights: {en}\n", f"权重预设：{zh}\n").say(lang))
