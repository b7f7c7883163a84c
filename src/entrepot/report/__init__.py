"""A Result for people and other programs: workbooks, text, charts, notebooks. Writers are loaded when asked for."""

from entrepot.report.chart import svg_text
from entrepot.report.delimited import csv_text
from entrepot.report.files import SUFFIXES, check_target, provenance_beside, save, save_chart
from entrepot.report.notebook import html_table
from entrepot.report.overview_file import check_overview_target, save_overview

__all__ = [
    "SUFFIXES",
    "check_overview_target",
    "check_target",
    "csv_text",
    "html_table",
    "provenance_beside",
    "save",
    "save_chart",
    "save_overview",
    "svg_text",
]
