"""The notebooks run, from the first cell to the last, and find what they say."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
SMALLER = {"1200, 30, 5, range(2010, 2014)": "700, 20, 4, range(2010, 2013)"}


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    notebook = nbformat.read(NOTEBOOKS / "declarations-to-table.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)  # outputs are made, not kept in git
    for cell in notebook.cells:
        for old, new in SMALLER.items():
            cell.source = cell.source.replace(old, new)
    assert "700, 20" in notebook.cells[1].source
    return NotebookClient(notebook, timeout=120, kernel_name="python3").execute()


def said(executed: nbformat.NotebookNode) -> str:
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    return "\n".join(str(output.get("data", {})) for output in outputs)


def test_it_ends_with_the_main_table_and_the_truth_beside_it(executed):
    text = said(executed)
    assert "Table 1 Exchange and dispersion" in text
    assert "Kleibergen-Paap rk Wald F" in text
    assert "the truth is -0.4" in text
    assert "report.html" in text


def test_quality_agrees_with_the_truth(executed):
    cell = next(cell for cell in executed.cells if "quality_true" in cell.source)
    assert float(cell.outputs[-1]["data"]["text/plain"]) > 0.95
