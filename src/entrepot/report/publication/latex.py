"""Publication tables in LaTeX: `booktabs` and nothing else."""

from collections.abc import Sequence

from entrepot.core.text import Language
from entrepot.report.publication.table import PublicationTable

_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "–": "--",
    "σ": r"$\sigma$", "α": r"$\alpha$", "β": r"$\beta$", "χ": r"$\chi$", "λ": r"$\lambda$", "Δ": r"$\Delta$", "²": r"$^2$",
    "×": r"$\times$", "≥": r"$\geq$", "≤": r"$\leq$", "Σ": r"$\Sigma$", "ρ": r"$\rho$", "−": "$-$",
}  # fmt: skip


def latex(tables: Sequence[PublicationTable], lang: Language) -> str:
    r"""The tables as `table` environments to be \input; the first lines say what the document must load."""
    needs = ["% \\usepackage{booktabs}"]
    if lang == "zh":
        needs.append("% \\usepackage[UTF8]{ctex}  % XeLaTeX")
    return "\n".join([*needs, *(_latex(table, lang) for table in tables)]) + "\n"


def escaped(text: str) -> str:
    r"""Text that LaTeX prints as it stands.

    Examples
    --------
    >>> escaped("R&D 5 %_x")
    'R\\&D 5 \\%\\_x'
    """
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _latex(table: PublicationTable, lang: Language) -> str:
    wide = len(table.columns)
    lines = [
        r"\begin{table}[htbp]",
        r"\centering",
        rf"\caption{{{escaped(table.title.say(lang))}}}",
        rf"\label{{tab:{table.name}}}",
        rf"\begin{{tabular}}{{l{'r' * wide}}}",
        r"\toprule",
    ]
    if table.spans:
        cells, rules, place = [], [], 2
        for over, count in table.spans:
            cells.append(rf"\multicolumn{{{count}}}{{c}}{{{escaped(over.say(lang)) if over else ''}}}")
            if over:
                rules.append(rf"\cmidrule(lr){{{place}-{place + count - 1}}}")
            place += count
        lines += [" & ".join(["", *cells]) + r" \\", "".join(rules)]
    heads = [escaped(head.label.say(lang)) for head in table.columns]
    lines.append(" & ".join([escaped(table.stub.say(lang)), *heads]) + r" \\")
    for group in table.groups:
        lines.append(r"\midrule")
        if group.title:
            lines.append(rf"\multicolumn{{{wide + 1}}}{{l}}{{\textbf{{{escaped(group.title.say(lang))}}}}} \\")
        for row in group.rows:
            label = r"\quad " * row.indent + escaped(row.label.say(lang))
            said = [label, *(_cell(table.cell(cell, lang)) for cell in row.cells)]
            if row.strong:
                said = [rf"\textbf{{{one}}}" if one else "" for one in said]
            lines.append(" & ".join(said) + r" \\")
    lines += [r"\bottomrule", r"\end{tabular}"]
    if table.notes:
        notes = r" \\ ".join(escaped(note.say(lang)) for note in table.notes)
        lines += [r"\par\smallskip", rf"\begin{{minipage}}{{0.9\linewidth}}\footnotesize {notes}\end{{minipage}}"]
    return "\n".join([*lines, r"\end{table}"])


def _cell(said: str) -> str:
    """A cell; stars stand raised, a minus is a minus."""
    bare = said.rstrip("*")
    stars = said[len(bare) :]
    shown = escaped(bare)
    if bare[:1] == "-" and bare[1:2].isdigit():
        shown = "$-$" + shown[1:]
    elif bare[:2] == "(-":
        shown = "($-$" + shown[2:]
    return shown + (rf"$^{{{stars}}}$" if stars else "")
