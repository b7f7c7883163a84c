"""The embedded data set: Parquet tables with sources and licences in ``manifest.json``, made by the tools."""

from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files(__name__)))
"""Folder of the files of the embedded data set."""

__all__ = ["FOLDER"]
