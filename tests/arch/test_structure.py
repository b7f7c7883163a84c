"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common"}
ECONOMETRICS = {"statsmodels", "linearmodels", "pyfixest", "arch", "econml", "gme", "spreg", "ppmlhdfe"}
HEAVY = ("polars", "duckdb", "numpy", "scipy", "fastapi", "uvicorn", "typer", "rich", "pandas", "pyarrow", "xlsxwriter")


@pytest.fixture(scope="session")
def declared(project: Path) -> dict:
    return tomllib.loads((project / "pyproject.toml").read_text())


def test_layers_hold(project: Path):
    program = Path(sys.executable).with_name("lint-imports")
    check = subprocess.run([program, "--no-logo", "--no-cache"], cwd=project, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def test_source_files_are_short(source_files: list[Path], project: Path):
    lengths = {file.relative_to(project): len(file.read_text().splitlines()) for file in source_files}
    assert {name: length for name, length in lengths.items() if length >= LONGEST} == {}


def test_nothing_has_a_name_that_says_nothing(source_files: list[Path], project: Path):
    names = [file.relative_to(project).with_suffix("") for file in source_files]
    assert [name for name in names if VAGUE & set(name.parts)] == []


def test_nothing_is_left_for_later(source_files: list[Path], project: Path):
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
    assert [file.relative_to(project) for file in source_files if marks.search(file.read_text())] == []


def test_no_python_package_is_empty(project: Path):
    packages = [init.parent for init in (project / "src" / "entrepot").rglob("__init__.py")]
    empty = [folder for folder in packages if not any(f.read_text().strip() for f in folder.rglob("*.py"))]
    assert empty == []


def test_the_base_install_is_about_a_dozen_packages(declared: dict):
    assert len(declared["project"]["dependencies"]) <= 15


def imported_packages(file: Path) -> set[str]:
    """Top-level names of everything a module imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_only_models_imports_econometrics(project: Path):
    package = project / "src" / "entrepot"
    others = [file for file in package.rglob("*.py") if file.relative_to(package).parts[0] != "models"]
    assert {str(file): names for file in others if (names := ECONOMETRICS & imported_packages(file))} == {}


def test_every_import_is_declared(declared: dict, project: Path):
    """What the package imports is ours, from the standard library, a base dependency, or an extra."""
    allowed = {"entrepot"} | set(sys.stdlib_module_names)
    extras = declared["project"]["optional-dependencies"]
    lines = declared["project"]["dependencies"] + [line for name in extras if name != "dev" for line in extras[name]]
    allowed |= {re.split(r"[^A-Za-z0-9_-]", line)[0].replace("-", "_") for line in lines}
    allowed |= {"docx"}  # what python-docx is imported as
    # FastAPI's own foundations: its documented way to declare models and middleware is to import them from there.
    allowed |= {"pydantic", "starlette"}
    package = project / "src" / "entrepot"
    strangers = {str(file): imported_packages(file) - allowed for file in package.rglob("*.py")}
    assert {file: names for file, names in strangers.items() if names} == {}


def test_importing_the_package_is_light():
    """`import entrepot` is what every notebook and every `entrepot --help` pays, so it loads no engine."""
    code = f"import sys, entrepot; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
