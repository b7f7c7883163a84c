"""Econometrics: thin adapters to kept libraries, and what none of them has. Nothing else imports those libraries."""
