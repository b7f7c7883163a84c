"""A finished study as one page of HTML: nothing is loaded from elsewhere, and it prints as it stands."""

from collections.abc import Sequence
from html import escape

from entrepot.analyses.study.plan import Plan
from entrepot.core.text import Language, Text
from entrepot.report.publication.plain import STYLE, fragment
from entrepot.report.publication.table import PublicationTable

TITLE = Text("Study", "研究")
CONTENTS = Text("Contents", "目录")
DATA = Text("What it rests on", "数据基础")
_PAGE = (
    "main{max-width:60em;margin:auto}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}nav li{line-height:1.6}"
    "figure{margin:1.5em 0;break-inside:avoid}svg{max-width:100%;height:auto}section{break-inside:avoid;overflow-x:auto}"
    "footer{font-size:.85em;margin-top:3em;border-top:1px solid}@media print{body{margin:0}nav{display:none}}"
)


def page_html(
    plan: Plan,
    about: Sequence[PublicationTable],
    tables: Sequence[PublicationTable],
    figures: Sequence[tuple[str, str, str]],
    notes: Sequence[Text],
    source: str,
    lang: Language,
) -> str:
    """The report.

    Parameters
    ----------
    about : what the study rests on.
    figures : name, title, SVG of each.
    notes : what the reader must know of the data.
    source : program and file behind the numbers.
    """
    title = plan.title.say(lang) or TITLE.say(lang)
    links = [(table.name, table.title.say(lang)) for table in tables] + [(name, said) for name, said, _ in figures]
    listed = "".join(f'<li><a href="#{escape(name)}">{escape(said)}</a></li>' for name, said in links)
    lead = f"<p>{escape(plan.about.say(lang))}</p>" if plan.about.say(lang) else ""
    told = "".join(f"<p>{escape(note.say(lang))}</p>" for note in notes)
    rested = "\n".join(f"<section>{fragment(table, lang)}</section>" for table in about)
    bodies = "\n".join(f"<section>{fragment(table, lang)}</section>" for table in tables)
    drawn = "\n".join(f'<figure id="{escape(name)}">{svg}</figure>' for name, _, svg in figures)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{STYLE}{_PAGE}</style></head><body><main>\n<h1>{escape(title)}</h1>{lead}"
        f"<nav><h2>{CONTENTS.say(lang)}</h2><ul>{listed}</ul></nav><h2>{DATA.say(lang)}</h2>{told}\n{rested}\n"
        f"{bodies}\n{drawn}\n<footer><p>{escape(source)}</p></footer></main></body></html>\n"
    )
