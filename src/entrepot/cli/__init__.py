"""The command `entrepot`. Nothing heavy is loaded before a question needs it."""

from entrepot.cli.program import main

__all__ = ["main"]
