"""A study carried out and shown: steps kept as they are done, tables, figures, a page, the numbers as data."""

from entrepot.report.study.run import Done, check_study, run_study

__all__ = ["Done", "check_study", "run_study"]
