"""An answer as a small HTML table, for notebooks."""

from html import escape

from entrepot.analyses.result import Result
from entrepot.core.missing import MEANING
from entrepot.core.text import Text
from entrepot.report.cells import compact, known
from entrepot.report.heading import header, telling_columns, title

MOST_ROWS = 20
_LEFT = {"code", "text", "date"}


def html_table(result: Result) -> str:
    """The first rows with the most telling columns, the notes and the citation; every word escaped.

    An empty cell says in its tooltip why it is empty.
    """
    lang, columns = result.lang, telling_columns(result)
    heads = "".join(f'<th title="{escape(c.meaning.say(lang))}">{escape(header(c, result))}</th>' for c in columns)
    rows = result.frame.head(MOST_ROWS).select([column.id for column in columns]).rows()
    body = []
    for number, row in enumerate(rows):
        reasons = result.missing[number] if number < len(result.missing) else {}
        cells = []
        for column, value in zip(columns, row, strict=True):
            why = "" if known(value) or column.id not in reasons else MEANING[reasons[column.id]].say(lang)
            aside = f' title="{escape(why)}"' if why else ""
            side = "left" if column.unit in _LEFT else "right"
            cells.append(f'<td style="text-align:{side}"{aside}>{escape(compact(value, column.unit, lang))}</td>')
        body.append(f"<tr>{''.join(cells)}</tr>")
    shown = min(MOST_ROWS, result.frame.height)
    more = Text(f"{shown} of {result.frame.height} rows", f"共 {result.frame.height} 行，显示前 {shown} 行").say(lang)
    notes = "".join(f"<li>{escape(note.say(lang))}</li>" for note in result.notes)
    return (
        f'<table style="font-variant-numeric:tabular-nums"><caption>{escape(title(result))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        f"<p><small>{escape(more)}</small></p><ol>{notes}</ol><p><small>{escape(result.citation)}</small></p>"
    )
