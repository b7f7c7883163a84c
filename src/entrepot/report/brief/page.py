"""A brief as one self-contained HTML page: no script, its own style, made for paper."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from entrepot.analyses.brief import Brief, MarketPage
from entrepot.analyses.columns import column
from entrepot.core.text import Language, Text
from entrepot.formulas.compute import indicators
from entrepot.report.brief.facts import COMPARED, absent, conditions, heading, key_figures, lead, number, trade_facts
from entrepot.report.brief.figures import Place, columns, rank_scale, rivals, split
from entrepot.report.brief.values import said, tag, text
from entrepot.report.cells import unit_name, with_unit
from entrepot.report.target import check_path, replace_file

STYLE = files("entrepot.report.brief").joinpath("style.css").read_text("utf-8")
# Nothing but the page's own style may act: a server sends this along, the page carries it for whoever opens the file.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
METHOD = ("gravity_share", "gap", "unrealised_usd", "growth", "score")
SUFFIXES = (".html",)


def brief_html(brief: Brief, *, on: date, link: str | None = None, command: str = "") -> str:
    """The brief as one page of HTML.

    One market: where it ranks, what is sold, five years, who else sells, how the score is made up; then every fact with year
    and source, what is missing, caveats, method, sources. Several markets: side by side first, then each on a page.

    Parameters
    ----------
    on : the day it is made.
    link : address at which the same question can be opened and changed.
    command : the command that makes the same brief.

    Examples
    --------
    >>> from datetime import date
    >>> import entrepot
    >>> brief_html(entrepot.brief("CHL", "2603", "CHN"), on=date.today())  # doctest: +SKIP
    """
    lang = brief.lang
    several = len(brief.pages) > 1
    blocks = [_kicker(brief, on), tag("h1", text(heading(brief)))]
    if several:
        blocks += _comparison(brief)
    for page in brief.pages:
        blocks.append(_market(brief, page, alone=not several))
    blocks.append(tag("div", "".join(_end(brief)) + _footer(brief, link, command), class_="page"))
    hint = Text(
        "Print this page (Ctrl+P or ⌘P), to paper or to PDF.", "可直接打印本页（Ctrl+P 或 ⌘P），或另存为 PDF。"
    ).say(lang)
    back = f" {tag('a', Text('Open it in the workbench', '在工作台中打开').say(lang), href=link)}" if link else ""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{text(heading(brief))}</title><style>{STYLE}</style>"
    )
    screen = tag("p", text(hint) + back, class_="screen")
    spoken = "zh-Hans" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{spoken}"><head>{head}</head>\n'
        f"<body>{screen}<main>\n{chr(10).join(blocks)}\n</main></body></html>\n"
    )


def save_brief(brief: Brief, path: Path, *, force: bool = False, **about: Any) -> Path:
    """Write the brief to an .html file, whole or not at all, and give the path back."""
    check_path(path, SUFFIXES, force=force)
    content = brief_html(brief, **about)
    replace_file(path, lambda draft: _write(draft, content))
    return path


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _kicker(brief: Brief, on: date) -> str:
    used, lang = brief.ranking.parameters, brief.lang
    name = Text("Market brief", "市场简报").say(lang)
    rest = Text(
        f"Trade of {used['year']} · data set {used['data']} · made on {on.isoformat()}",
        f"{used['year']} 年贸易数据 · 数据集 {used['data']} · 制作于 {on.isoformat()}",
    )
    return tag(
        "p", f"<span><b>Entrepôt 商埠</b> · {text(name)}</span><span>{text(rest.say(lang))}</span>", class_="kicker"
    )


def _section(title: str, content: str, aside: str = "", **attributes: str) -> str:
    small = f" {tag('small', text(aside))}" if aside else ""
    return tag("section", tag("h2", text(title) + small) + content, **attributes)


def _place(page: MarketPage) -> Place | None:
    rank = number(page.row, "rank")
    if rank is None:
        return None
    low, high = number(page.row, "rank_low"), number(page.row, "rank_high")
    return Place(page.name, rank, low if low is not None else rank, high if high is not None else rank)


def _scale(brief: Brief, pages: Sequence[MarketPage]) -> str:
    places = [place for page in pages if (place := _place(page)) is not None]
    if not places:
        return ""
    title = Text("Where it ranks", "名次").say(brief.lang)
    weighted = brief.ranking.parameters["rank_by"] == "score"
    aside = Text(
        "bar: where the rank moves to with " + ("each weight ±25 % and other windows" if weighted else "other windows"),
        "条形：" + ("各权重±25%及改换窗口时的名次范围" if weighted else "改换窗口时的名次范围"),
    )
    return _section(title, rank_scale(places, brief.ranking.frame.height, brief.lang), aside.say(brief.lang))


def _market(brief: Brief, page: MarketPage, *, alone: bool) -> str:
    """Everything about one market."""
    title = "" if alone else tag("h1", text(page.name))
    figures = "".join(
        tag("div", tag("dt", text(name)) + tag("dd", text(figure) + (tag("small", text(remark)) if remark else "")))
        for name, figure, remark in key_figures(brief, page)
    )
    blocks = [
        title,
        tag("p", text(lead(brief, page)), class_="lead"),
        tag("dl", figures, class_="figures"),
        _scale(brief, [page]) if alone else "",
        _years(brief, page),
        tag("div", _rivals(brief, page) + _split(brief, page), class_="two"),
        _facts(brief, page),
    ]
    return tag("div", "".join(blocks), **({} if alone else {"class_": "page"}))


def _years(brief: Brief, page: MarketPage) -> str:
    lang, frame = brief.lang, page.history.frame
    years = frame["year"].to_list()
    drawn = "".join(
        columns(_headed(name, lang), years, frame[name].to_list(), column(name).unit, lang)
        for name in ("value_usd", "share_in_market", "price_usd_t")
    )
    aside = Text("– where there are no data, no report or no quantity", "“–”表示无数据、未申报或无数量").say(lang)
    return _section(Text("Five years", "近五年").say(lang), tag("div", drawn, class_="three"), aside)


def _headed(name: str, lang: Language) -> str:
    unit = unit_name(column(name).unit, lang)
    return with_unit(column(name).name.say(lang), "" if unit == "%" else unit, lang)


def _rivals(brief: Brief, page: MarketPage) -> str:
    lang, rows = brief.lang, page.rivals.frame.to_dicts()
    key = (
        f'<i></i>{text(brief.exporter)}<i class="other"></i>{Text("share held", "实际份额").say(lang)}'
        f'<i class="mark"></i>{Text("gravity share", "引力份额").say(lang)}'
    )
    selling = sum((number(row, "value_usd") or 0) > 0 for row in rows)
    aside = Text(f"{selling} suppliers", f"共 {selling} 个供应方").say(lang)
    return _section(
        Text("Who sells there", "该市场的供应方").say(lang), rivals(rows, lang) + tag("p", key, class_="key"), aside
    )


def _split(brief: Brief, page: MarketPage) -> str:
    lang, weights = brief.lang, brief.ranking.parameters["weights"]
    present = sum(weights[name] for name in page.parts)
    parts = [(column(name).name.say(lang), part, weights[name] / present) for name, part in page.parts.items()]
    there = said(number(page.row, "weight_present"), "fraction", lang)
    aside = Text(f"{there} of the weights have a value", f"有数值的权重占 {there}").say(lang)
    key = f'<i></i>{Text("part", "得分").say(lang)}<i class="room"></i>{Text("most it could add", "可能的最大值").say(lang)}'
    by = brief.ranking.parameters["rank_by"]
    alone = (
        Text(f"Ranked by {column(by).name.en} alone.", f"仅按{column(by).name.zh}排名。")
        if by != "score"
        else Text("", "")
    )
    bare = Text("No parameter with a weight has a value, so there is no score.", "有权重的参数均无数值，故无得分。")
    drawn = tag("p", text(alone.say(lang))) if by != "score" else ""
    drawn += split(parts, lang) + tag("p", key, class_="key") if parts else tag("p", text(bare.say(lang)))
    return _section(Text("Why this rank", "名次的由来").say(lang), drawn, aside)


def _facts(brief: Brief, page: MarketPage) -> str:
    """What rests on trade, and beside it the reference values with their years and sources."""
    lang, year = brief.lang, brief.ranking.parameters["year"]
    flows = next((str(entry["name"]) for entry in brief.ranking.provenance if entry["table"] == "flows"), "")
    trade = "".join(_fact(name, value) for name, value in trade_facts(brief, page))
    read = "".join(
        _fact(name, value, ", ".join(filter(None, (source, when))))
        for name, value, when, source in conditions(brief, page)
    )
    missing = tag("ul", "".join(tag("li", text(line)) for line in absent(page, lang)), class_="missing")
    lacking = tag("h2", Text("What is missing", "缺失的数据").say(lang)) + missing if absent(page, lang) else ""
    left = _section(Text("Trade", "贸易").say(lang), tag("table", trade), f"{year}, {flows}")
    right = _section(Text("Access and conditions", "准入与条件").say(lang), tag("table", read) + lacking)
    return tag("div", left + right, class_="two")


def _fact(name: str, value: str, source: str = "") -> str:
    """A row: the name, its value, and beneath a longer value where it is from."""
    small = tag("small", text(source)) if source else ""
    return tag(
        "tr",
        tag("th", text(name) + small, scope="row") + tag("td", text(value), class_="n"),
    )


def _comparison(brief: Brief) -> list[str]:
    """Several markets side by side; the best value of each row stands out where there is a better and a worse."""
    lang = brief.lang
    heads = "".join(tag("th", text(page.name), class_="n") for page in brief.pages)
    body = []
    for name in COMPARED:
        values = [number(page.row, name) for page in brief.pages]
        if all(value is None for value in values):
            continue
        about, best = column(name), _best(name, values)
        cells = "".join(
            tag("td", text(said(value, about.unit, lang)), class_="n best" if place in best else "n")
            for place, value in enumerate(values)
        )
        body.append(tag("tr", tag("th", text(about.name.say(lang)), scope="row") + cells))
    table = tag("table", tag("thead", tag("tr", tag("th", "") + heads)) + tag("tbody", "".join(body)))
    leads = "".join(tag("p", text(lead(brief, page))) for page in brief.pages)
    return [leads, _scale(brief, brief.pages), _section(Text("Side by side", "市场对比").say(lang), table)]


def _best(name: str, values: Sequence[float | None]) -> set[int]:
    direction = "less" if name == "rank" else column(name).direction
    there = [value for value in values if value is not None]
    if direction == "none" or len(set(there)) < 2:
        return set()
    best = min(there) if direction == "less" else max(there)
    return {place for place, value in enumerate(values) if value == best}


def _end(brief: Brief) -> list[str]:
    """Caveats, method and sources, which all markets of the brief share."""
    lang, ranking = brief.lang, brief.ranking
    notes = tag("ol", "".join(tag("li", text(note.say(lang))) for note in ranking.notes), class_="columns")
    method = "".join(
        tag(
            "div",
            tag("dt", text(entry.name.say(lang)))
            + tag("dd", text(entry.meaning.say(lang) + _formula(entry.formula, lang))),
        )
        for entry in (indicators()[name] for name in METHOD)
    )
    weights = ", ".join(
        f"{column(name).name.say(lang)} {weight:g}" for name, weight in ranking.parameters["weights"].items() if weight
    )
    used = ranking.parameters
    asked = Text(
        f"Basis {used['basis']}, window of {used['window']} years, scale {used['scale']}, ranked by {used['rank_by']}. Weights: {weights}.",
        f"基础：{used['basis']}；窗口：{used['window']} 年；标准化：{used['scale']}；排名依据：{used['rank_by']}。权重：{weights.replace(', ', '、')}。",
    ).say(lang)
    sources = " · ".join(dict.fromkeys(text(_source(entry, lang)) for entry in ranking.provenance))
    return [
        _section(Text("Caveats", "使用须知").say(lang), notes, class_="long"),
        _section(Text("Method", "方法").say(lang), tag("dl", method, class_="method columns") + tag("p", text(asked), class_="method"), Text("after Global Potential Markets", "依据 Global Potential Markets").say(lang)),
        _section(Text("Sources", "数据来源").say(lang), tag("p", sources, class_="method"), class_="long"),
    ]  # fmt: skip


def _formula(formula: str, lang: str) -> str:
    if not formula:
        return ""
    return f"：{formula}" if lang == "zh" else f": {formula}"


def _source(entry: Any, lang: str) -> str:
    told = [str(entry.get(key)) for key in ("name", "edition", "licence") if entry.get(key)]
    return ("；" if lang == "zh" else "; ").join(told)


def _footer(brief: Brief, link: str | None, command: str) -> str:
    lang = brief.lang
    lines = [f"{Text('Cite: ', '引用：').say(lang)}{brief.ranking.citation}"]
    if link:
        lines.append(f"{Text('Open and change: ', '打开并修改：').say(lang)}{link}")
    if command:
        lines.append(f"{Text('Make it again: ', '重新制作：').say(lang)}{command}")
    return tag("footer", "".join(tag("p", text(line)) for line in lines))
