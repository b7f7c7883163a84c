"""Serves the built browser app. Its files are made by `make web` and shipped in the wheel."""

from entrepot.webui.pages import STATIC, Pages

__all__ = ["STATIC", "Pages"]
