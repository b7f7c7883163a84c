"""Publication tables as text for a terminal or a mail, and as HTML."""

from collections.abc import Sequence
from html import escape

from rich.cells import cell_len

from entrepot.core.text import Language
from entrepot.report.publication.table import PublicationTable

BETWEEN = 2


def text(tables: Sequence[PublicationTable], lang: Language) -> str:
    """Each table between rules, columns aligned also where characters are wide."""
    return "\n".join(_text(table, lang) for table in tables)


def _text(table: PublicationTable, lang: Language) -> str:
    labels = [table.stub.say(lang)]
    heads = [head.label.say(lang) for head in table.columns]
    rows = [
        ("  " * row.indent + row.label.say(lang), [table.cell(cell, lang) for cell in row.cells])
        for group in table.groups
        for row in group.rows
    ]
    titles = [group.title.say(lang) for group in table.groups if group.title]
    first = max(map(cell_len, [*labels, *titles, *(label for label, _ in rows)])) + BETWEEN
    widths = [
        max(map(cell_len, [head, *(cells[place] for _, cells in rows)])) + BETWEEN for place, head in enumerate(heads)
    ]
    place = 0
    for over, count in table.spans:  # an upper head may need more room than what is below it
        lacking = cell_len(over.say(lang)) + BETWEEN - sum(widths[place : place + count]) if over else 0
        widths[place] += max(0, lacking)
        place += count
    whole = first + sum(widths)
    lines = [table.title.say(lang), "=" * whole]
    if table.spans:
        line, place = " " * first, 0
        for over, count in table.spans:
            room = sum(widths[place : place + count])
            line += _right(over.say(lang) if over else "", room)
            place += count
        lines.append(line.rstrip())
    lines.append(_left(labels[0], first) + "".join(_right(head, w) for head, w in zip(heads, widths, strict=True)))
    for group in table.groups:
        lines.append("-" * whole)
        if group.title:
            lines.append(group.title.say(lang))
        for row in group.rows:
            said = [_right(table.cell(cell, lang), wide) for cell, wide in zip(row.cells, widths, strict=True)]
            lines.append((_left("  " * row.indent + row.label.say(lang), first) + "".join(said)).rstrip())
    lines.append("=" * whole)
    lines += [note.say(lang) for note in table.notes]
    return "\n".join(lines) + "\n"


def _left(said: str, room: int) -> str:
    return said + " " * (room - cell_len(said))


def _right(said: str, room: int) -> str:
    return " " * (room - cell_len(said)) + said


STYLE = (
    "body{font-family:system-ui,'Noto Sans SC',sans-serif;margin:2em;color-scheme:light dark}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums;border-top:2px solid;border-bottom:2px solid}"
    "caption{text-align:left;font-weight:600;padding:.4em 0}th,td{padding:.15em .7em;text-align:right;font-weight:400}"
    "th[scope=row],thead th:first-child{text-align:left}tbody{border-top:1px solid}.strong>*{font-weight:600}"
    "th.over{text-align:center;border-bottom:1px solid}.notes{font-size:.85em;max-width:60em}"
)


def html(tables: Sequence[PublicationTable], lang: Language) -> str:
    """A page of its own with the tables; every word escaped, nothing loaded from elsewhere."""
    title = escape(tables[0].title.say(lang)) if tables else "Entrepôt"
    body = "\n".join(fragment(table, lang) for table in tables)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def fragment(table: PublicationTable, lang: Language) -> str:
    """One table as an HTML element with its notes, for a page or a notebook."""
    upper = ""
    if table.spans:
        cells = "".join(
            f'<th class="over" colspan="{count}" scope="colgroup">{escape(over.say(lang))}</th>'
            if over
            else f'<td colspan="{count}"></td>'
            for over, count in table.spans
        )
        upper = f"<tr><td></td>{cells}</tr>"
    heads = "".join(f'<th scope="col">{escape(head.label.say(lang))}</th>' for head in table.columns)
    bodies = []
    for group in table.groups:
        lines = []
        if group.title:
            lines.append(
                f'<tr class="strong"><th scope="row" colspan="{len(table.columns) + 1}">'
                f"{escape(group.title.say(lang))}</th></tr>"
            )
        for row in group.rows:
            cells = "".join(f"<td>{escape(table.cell(cell, lang))}</td>" for cell in row.cells)
            label = f'<th scope="row" style="padding-left:{0.7 + row.indent}em">{escape(row.label.say(lang))}</th>'
            strong = ' class="strong"' if row.strong else ""
            lines.append(f"<tr{strong}>{label}{cells}</tr>")
        bodies.append(f"<tbody>{''.join(lines)}</tbody>")
    notes = "".join(f"<p>{escape(note.say(lang))}</p>" for note in table.notes)
    return (
        f'<table id="{escape(table.name)}"><caption>{escape(table.title.say(lang))}</caption>'
        f'<thead>{upper}<tr><th scope="col">{escape(table.stub.say(lang))}</th>{heads}</tr></thead>'
        f'{"".join(bodies)}</table><div class="notes">{notes}</div>'
    )
