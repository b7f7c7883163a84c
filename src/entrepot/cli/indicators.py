"""`entrepot indicators [ID]`: how every column is computed."""

import sys

from entrepot.core.errors import check_choice
from entrepot.core.text import Language, Text


def indicators(name: str | None, *, as_json: bool, lang: Language) -> None:
    """Print all columns, or one with its formula, its undefined cases and its source."""
    from entrepot.store import Store
    from entrepot.workbench import Workbench

    # These need no data, so nothing is published for them.
    listed = Workbench(Store()).indicators(lang)
    if name is not None:
        check_choice("indicator", name, [entry["id"] for entry in listed["indicators"]])
        listed["indicators"] = [entry for entry in listed["indicators"] if entry["id"] == name]
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(listed) + b"\n")
        return
    if name is not None:
        _print_one(listed["indicators"][0], lang)
    else:
        _print_all(listed, lang)


def _print_one(entry: dict[str, str], lang: Language) -> None:
    from rich.text import Text as Styled

    from entrepot.cli.table import printer

    console = printer()
    console.print(Styled(f"{entry['id']}  {entry['name']}", style="bold"))
    heads = {
        "meaning": Text("Meaning", "含义"),
        "unit": Text("Unit", "单位"),
        "direction": Text("Better when", "越好方向"),
        "formula": Text("Formula", "公式"),
        "undefined": Text("Undefined", "无定义的情形"),
        "source": Text("Source", "出处"),
    }
    for key, head in heads.items():
        if entry[key]:
            console.print(Styled(f"{head.say(lang)}: {entry[key]}"))


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
    names = ", ".join(f"{preset['id']} ({preset['name']})" for preset in listed["presets"])
    sys.stdout.write(Text(f"Presets of weights: {names}\n", f"权重预设：{names}\n").say(lang))
