"""The REST interface: the questions and lists of a workbench over HTTP, read-only, under /api/v1."""

from entrepot.api.app import BASE, create_app

__all__ = ["BASE", "create_app"]
