"""The small print of a brief: caveats, method, sources, and how to cite it and make it again."""

from collections.abc import Sequence

from entrepot.analyses.brief import Brief
from entrepot.analyses.choices import called, choice, listed
from entrepot.analyses.columns import column
from entrepot.core.text import Language, Text
from entrepot.formulas.compute import indicators
from entrepot.report.brief.values import section, tag, text
from entrepot.report.cells import with_unit
from entrepot.report.workbook import SHEETS

METHOD = ("gravity_share", "gap", "unrealised_usd", "growth", "score")
# What the small print may fill, so that the whole stays on its pages; a Chinese character is as wide as two letters.
ROOM = {"en": {"notes": 3200, "sources": 2600}, "zh": {"notes": 1500, "sources": 2200}}


def small_print(brief: Brief) -> str:
    """Caveats, method and sources, which all markets of the brief share."""
    lang, ranking = brief.lang, brief.ranking
    notes = [note.say(lang) for note in ranking.notes]
    shown = _that_fit(notes, ROOM[lang]["notes"])
    caveats = tag("ol", "".join(tag("li", text(note)) for note in shown), class_="columns caveats")
    if len(shown) < len(notes):
        caveats += tag("p", text(_more(len(notes) - len(shown), SHEETS["notes"]).say(lang)))
    return (
        _part(Text("Caveats", "使用须知"), caveats, lang)
        + _part(Text("Method", "方法"), _method(brief), lang, Text("after Global Potential Markets", "依据 Global Potential Markets"))
        + _part(Text("Sources", "数据来源"), _sources(brief), lang)
    )  # fmt: skip


def _part(title: Text, content: str, lang: Language, aside: Text = Text("", "")) -> str:
    return section(title.say(lang), content, aside.say(lang), class_="fine")


def _that_fit(texts: Sequence[str], room: int) -> list[str]:
    """The first texts, which are the most important, as long as there is room for them."""
    shown: list[str] = []
    for one in texts:
        room -= len(one)
        if room < 0:
            break
        shown.append(one)
    return shown


def _more(count: int, sheet: Text) -> Text:
    return Text(
        f"And {count} more, in full on the sheet “{sheet.en}” of the Excel file of the same ranking (entrepot markets … --out FILE.xlsx).",
        f"另有 {count} 条，全文见同一排名的 Excel 文件“{sheet.zh}”工作表（entrepot markets … --out FILE.xlsx）。",
    )


def _method(brief: Brief) -> str:
    lang, used = brief.lang, brief.ranking.parameters
    entries = "".join(
        tag(
            "div",
            tag("dt", text(entry.name.say(lang) + ("：" if lang == "zh" else ": ")))
            + tag("dd", text(entry.meaning.say(lang) + _formula(entry.formula, lang))),
        )
        for entry in (indicators()[name] for name in METHOD)
    )
    weights = {name: weight for name, weight in used["weights"].items() if weight}
    if len(set(weights.values())) == 1:
        names = called(weights)
        weighed = Text(f"{names.en}, all with the same weight", f"{names.zh}，权重相同")
    else:
        weighed = listed(
            Text(f"{column(name).name.en} {weight:g}", f"{column(name).name.zh} {weight:g}")
            for name, weight in weights.items()
        )
    basis, scale, by = choice("basis", used["basis"]), choice("scale", used["scale"]), column(used["rank_by"]).name
    asked = Text(
        f"Here: gravity share weighted by {basis.en}; window of {used['window']} years; parameters made comparable by "
        f"{scale.en}; ranked by {by.en}. Score of: {weighed.en or 'nothing'}.",
        f"本简报：引力份额以{basis.zh}为权重；窗口 {used['window']} 年；参数标准化方式：{scale.zh}；排名依据：{by.zh}。"
        f"得分构成：{weighed.zh or '无'}。",
    )
    return tag("dl", entries, class_="columns") + tag("p", text(asked.say(lang)))


def _formula(formula: str, lang: Language) -> str:
    if not formula:
        return ""
    return f"：{formula}" if lang == "zh" else f": {formula}"


def _sources(brief: Brief) -> str:
    """What the analysis read, whether or not a number of it is printed, by licence."""
    lang = brief.lang
    by_licence: dict[str, dict[str, None]] = {}
    for entry in brief.ranking.provenance:
        licence = str(entry.get("licence") or Text("licence not stated", "未注明许可").say(lang))
        by_licence.setdefault(licence, {})[with_unit(str(entry["name"]), str(entry.get("edition") or ""), lang)] = None
    comma, colon = ("；", "：") if lang == "zh" else ("; ", ": ")
    told = [f"{licence}{colon}{comma.join(names)}" for licence, names in by_licence.items()]
    shown = _that_fit(told, ROOM[lang]["sources"])
    left = (
        f" {_more(sum(map(len, list(by_licence.values())[len(shown) :])), SHEETS['provenance']).say(lang)}"
        if len(shown) < len(told)
        else ""
    )
    return tag("p", text(" · ".join(shown) + left))


def footer(brief: Brief, link: str | None, command: str) -> str:
    """How to cite the brief, where to open it and the command that makes it again."""
    lang = brief.lang
    lines = [f"{Text('Cite: ', '引用：').say(lang)}{brief.ranking.citation}"]
    if link:
        lines.append(f"{Text('Open and change: ', '打开并修改：').say(lang)}{link}")
    if command:
        lines.append(f"{Text('Make it again: ', '重新制作：').say(lang)}{command}")
    return tag("footer", "".join(tag("p", text(line)) for line in lines))
