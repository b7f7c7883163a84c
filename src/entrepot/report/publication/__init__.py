"""Tables as they stand in a paper: text, HTML, LaTeX, Word, Excel. Writers are loaded when asked for."""

from entrepot.report.publication.files import FORMATS, check_publication, publish, render
from entrepot.report.publication.table import Cell, Group, Head, Number, PublicationTable, Row

__all__ = [
    "FORMATS",
    "Cell",
    "Group",
    "Head",
    "Number",
    "PublicationTable",
    "Row",
    "check_publication",
    "publish",
    "render",
]
