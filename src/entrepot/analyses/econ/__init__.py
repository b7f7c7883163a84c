"""Econometrics on any table: which series wander, which move together, which panel model to believe."""

from entrepot.analyses.econ.panel import PanelReport, econ_panel
from entrepot.analyses.econ.series import SeriesReport, econ_series

__all__ = ["PanelReport", "SeriesReport", "econ_panel", "econ_series"]
