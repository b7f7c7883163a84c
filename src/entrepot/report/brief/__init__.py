"""A market brief: one or two pages for whoever decides, from the same numbers as everything else."""

from entrepot.report.brief.page import POLICY, SUFFIXES, brief_html, save_brief

__all__ = ["POLICY", "SUFFIXES", "brief_html", "save_brief"]
