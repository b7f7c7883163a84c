"""Econometrics on any table: which series wander, which move together, which panel model to believe."""
