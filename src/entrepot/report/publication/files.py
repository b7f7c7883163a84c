"""Publication tables saved under the format a suffix names, or as text."""

from collections.abc import Callable, Sequence
from pathlib import Path

from entrepot.core.errors import check_choice
from entrepot.core.text import Language
from entrepot.report.publication.latex import latex
from entrepot.report.publication.plain import html, text
from entrepot.report.publication.table import PublicationTable
from entrepot.report.target import check_path, replace_file

_TEXTS: dict[str, Callable[[Sequence[PublicationTable], Language], str]] = {
    ".txt": text,
    ".html": html,
    ".tex": latex,
}
FORMATS = (*_TEXTS, ".docx", ".xlsx")


def render(tables: Sequence[PublicationTable], form: str = ".txt", lang: Language = "en") -> str:
    """The tables as one text: ".txt", ".html" or ".tex".

    Raises
    ------
    InputError
        For another format.
    """
    check_choice("format", form, tuple(_TEXTS))
    return _TEXTS[form](tables, lang)


def check_publication(path: Path, *, force: bool = False) -> str:
    """The format to write, once it is sure that the file may be written; so that nobody computes in vain.

    Raises
    ------
    InputError, DataError
        For a suffix without a writer, a writer that is not installed, a file that exists (without `force`), no such folder.
    """
    chosen = check_path(path, FORMATS, force=force)
    if chosen == ".docx":
        from entrepot.report.publication.word import check_word

        check_word()
    return chosen


def publish(tables: Sequence[PublicationTable], path: Path, *, lang: Language = "en", force: bool = False) -> Path:
    """Write the tables to one file, whole or not at all, and give the path back.

    Parameters
    ----------
    tables : in their order; in .xlsx each has a sheet.
    path : .txt, .html, .tex, .docx (needs the extra `econometrics`) or .xlsx.

    Raises
    ------
    InputError, DataError
        As for `check_publication`.
    """
    chosen = check_publication(path, force=force)
    replace_file(path, lambda draft: _write(tables, draft, chosen, lang))
    return path


def _write(tables: Sequence[PublicationTable], path: Path, form: str, lang: Language) -> None:
    if form == ".docx":
        from entrepot.report.publication.word import write_word

        write_word(tables, path, lang)
    elif form == ".xlsx":
        from entrepot.report.publication.book import write_book

        write_book(tables, path, lang)
    else:
        path.write_text(_TEXTS[form](tables, lang), encoding="utf-8")
