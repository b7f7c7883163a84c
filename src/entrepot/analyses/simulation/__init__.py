"""Worlds with a known truth, for teaching and for testing estimators."""

from entrepot.analyses.simulation.customs import CustomsWorld, simulate_customs

__all__ = ["CustomsWorld", "simulate_customs"]
