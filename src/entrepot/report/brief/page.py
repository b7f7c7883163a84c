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
from entrepot.core.text import Text
from entrepot.report.brief.end import footer, small_print
from entrepot.report.brief.facts import CONDITIONS, TRADE, absent, heading, key_figures, lead, number, origin
from entrepot.report.brief.figures import YEARLY, Place, five_years, rank_scale, rivals, split
from entrepot.report.brief.values import said, section, tag, text
from entrepot.report.target import check_path, replace_file

STYLE = files("entrepot.report.brief").joinpath("style.css").read_text("utf-8")
# Nothing but the page's own style may act: a server sends this along, the page carries it for whoever opens the file.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# Of a figure, in CSS pixels of an A4 page: half of its width, or a third.
WIDTHS = {1: 336.0, 2: 336.0, 3: 218.0}
SUFFIXES = (".html",)


def brief_html(brief: Brief, *, on: date, link: str | None = None, command: str = "") -> str:
    """The brief as one page of HTML.

    Where each market ranks, what is sold, five years, who else sells, how the score is made up; every fact with year and
    source; what is missing, caveats, method, sources. Several markets stand side by side throughout. On A4 it fills at most
    two pages, with three markets at most three; what the small print has no room for is counted, and said where to find.

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
    blocks = [_kicker(brief, on), tag("h1", text(heading(brief)))]
    blocks += _one(brief) if len(brief.pages) == 1 else _several(brief)
    blocks += [small_print(brief), footer(brief, link, command)]
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


def _place(page: MarketPage) -> Place | None:
    rank = number(page.row, "rank")
    if rank is None:
        return None
    low, high = number(page.row, "rank_low"), number(page.row, "rank_high")
    return Place(page.name, rank, low if low is not None else rank, high if high is not None else rank)


def _scale(brief: Brief) -> str:
    places = [place for page in brief.pages if (place := _place(page)) is not None]
    if not places:
        return ""
    weighted = brief.ranking.parameters["rank_by"] == "score"
    aside = Text(
        "bar: where the rank moves to with " + ("each weight ±25 % and other windows" if weighted else "other windows"),
        "条形：" + ("各权重±25%及改换窗口时的名次范围" if weighted else "改换窗口时的名次范围"),
    )
    drawn = rank_scale(places, brief.ranking.frame.height, brief.lang)
    return section(Text("Where it ranks", "名次").say(brief.lang), drawn, aside.say(brief.lang))


def _one(brief: Brief) -> list[str]:
    """One market: in a sentence, in six figures, in three pictures, in a table."""
    page = brief.pages[0]
    figures = "".join(
        tag("div", tag("dt", text(name)) + tag("dd", text(figure) + (tag("small", text(remark)) if remark else "")))
        for name, figure, remark in key_figures(brief, page)
    )
    return [
        tag("p", text(lead(brief, page)), class_="lead"),
        tag("dl", figures, class_="figures"),
        _scale(brief),
        tag("div", tag("div", _years(brief) + _rivals(brief)) + tag("div", _split(brief)), class_="side two"),
        _facts(brief),
    ]


def _several(brief: Brief) -> list[str]:
    """Several markets: everything side by side, a market to each column."""
    leads = _beside(brief, [tag("p", text(lead(brief, page))) for page in brief.pages])
    return [leads, _scale(brief), _facts(brief), _years(brief), _rivals(brief), _split(brief)]


def _beside(brief: Brief, parts: Sequence[str]) -> str:
    """What there is of each market, beside each other, each under the market's name where there are several."""
    if len(parts) == 1:
        return parts[0]
    headed = "".join(
        tag("div", tag("h3", text(page.name)) + part) for page, part in zip(brief.pages, parts, strict=True)
    )
    return tag("div", headed, class_=f"side {'two' if len(parts) == 2 else 'three'}")


def _years(brief: Brief) -> str:
    lang, width = brief.lang, WIDTHS[len(brief.pages)]
    drawn = [
        five_years(frame["year"].to_list(), {name: frame[name].to_list() for name in YEARLY}, lang, width)
        for frame in (page.history.frame for page in brief.pages)
    ]
    aside = Text("– where there are no data, no report or no quantity", "“–”表示无数据、未申报或无数量").say(lang)
    return section(Text("Five years", "近五年").say(lang), _beside(brief, drawn), aside)


def _rivals(brief: Brief) -> str:
    lang, width = brief.lang, WIDTHS[len(brief.pages)]
    key = tag(
        "p",
        f'<i></i>{text(brief.exporter)}<i class="other"></i>{Text("share held", "实际份额").say(lang)}'
        f'<i class="mark"></i>{Text("gravity share", "引力份额").say(lang)}',
        class_="key",
    )
    drawn, selling = [], []
    for page in brief.pages:
        rows = page.rivals.frame.to_dicts()
        selling.append(str(sum((number(row, "value_usd") or 0) > 0 for row in rows)))
        drawn.append(rivals(rows, lang, width=width))
    counts = ("、" if lang == "zh" else ", ").join(selling)
    aside = Text(f"{counts} suppliers", f"共 {counts} 个供应方").say(lang)
    return section(Text("Who sells there", "该市场的供应方").say(lang), _beside(brief, drawn) + key, aside)


def _split(brief: Brief) -> str:
    lang, weights = brief.lang, brief.ranking.parameters["weights"]
    by = brief.ranking.parameters["rank_by"]
    bare = Text("No parameter with a weight has a value, so there is no score.", "有权重的参数均无数值，故无得分。")
    drawn = []
    for page in brief.pages:
        present = sum(weights[name] for name in page.parts)
        parts = [(column(name).name.say(lang), part, weights[name] / present) for name, part in page.parts.items()]
        drawn.append(split(parts, lang, WIDTHS[len(brief.pages)]) if parts else tag("p", text(bare.say(lang))))
    known = dict.fromkeys(said(number(page.row, "weight_present"), "fraction", lang) for page in brief.pages)
    there = ("、" if lang == "zh" else ", ").join(known)
    aside = Text(f"{there} of the weights have a value", f"有数值的权重占 {there}").say(lang)
    key = f'<i></i>{Text("part", "得分").say(lang)}<i class="room"></i>{Text("most it could add", "可能的最大值").say(lang)}'
    alone = Text(f"Ranked by {column(by).name.en} alone.", f"仅按{column(by).name.zh}排名。").say(lang)
    content = tag("p", text(alone)) if by != "score" else ""
    content += _beside(brief, drawn) + tag("p", key, class_="key")
    return section(Text("Why this rank", "名次的由来").say(lang), content, aside)


def _facts(brief: Brief) -> str:
    """What rests on trade, and beside it the reference values; beneath, the years and sources that the marks name."""
    lang, year = brief.lang, brief.ranking.parameters["year"]
    flows = next((str(entry["name"]) for entry in brief.ranking.provenance if entry["table"] == "flows"), "")
    marks: dict[str, int] = {}
    trade = section(Text("Trade", "贸易").say(lang), _table(brief, TRADE, marks), f"{year}, {flows}")
    read = _table(brief, CONDITIONS, marks)
    notes = "".join(tag("li", tag("sup", str(mark)) + text(said)) + " " for said, mark in marks.items())
    below = tag("ul", notes, class_="marks") if marks else ""
    access = section(Text("Access and conditions", "准入与条件").say(lang), read + below)
    return tag("div", tag("div", trade + _missing(brief)) + access, class_="side two")


def _table(brief: Brief, names: Sequence[str], marks: dict[str, int]) -> str:
    """A row for each of the columns that any of the markets has; the best of several stands out, a mark leads to the source."""
    lang, body = brief.lang, []
    for name in names:
        values = [number(page.row, name) for page in brief.pages]
        if all(value is None for value in values):
            continue
        best = _best(name, values)
        cells = []
        for place, (page, value) in enumerate(zip(brief.pages, values, strict=True)):
            told = origin(brief, page, name) if value is not None else ""
            mark = tag("sup", str(marks.setdefault(told, len(marks) + 1))) if told else ""
            cells.append(
                tag("td", text(said(value, column(name).unit, lang)) + mark, class_="n best" if place in best else "n")
            )
        body.append(tag("tr", tag("th", text(column(name).name.say(lang)), scope="row") + "".join(cells)))
    heads = "".join(tag("th", text(page.name), class_="n") for page in brief.pages) if len(brief.pages) > 1 else ""
    top = tag("thead", tag("tr", tag("td", "") + heads)) if heads else ""
    return tag("table", top + tag("tbody", "".join(body)))


def _missing(brief: Brief) -> str:
    """What the markets have no value of, by reason; said once where it is the same for all of them."""
    lang = brief.lang
    told = {page.name: absent(page, lang) for page in brief.pages}
    if not any(told.values()):
        return ""
    alike = len({tuple(lines) for lines in told.values()}) == 1
    stop, colon = ("；", "：") if lang == "zh" else ("; ", ": ")
    lines = (
        next(iter(told.values()))
        if alike
        else [f"{name} – {stop.join(lines)}" for name, lines in told.items() if lines]
    )
    title = Text("What is missing", "缺失的数据").say(lang) + colon
    return tag("p", tag("b", text(title)) + text(stop.join(lines)), class_="missing")


def _best(name: str, values: Sequence[float | None]) -> set[int]:
    direction = "less" if name == "rank" else column(name).direction
    there = [value for value in values if value is not None]
    if direction == "none" or len(set(there)) < 2:
        return set()
    best = min(there) if direction == "less" else max(there)
    return {place for place, value in enumerate(values) if value == best}
