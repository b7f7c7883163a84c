# Two commands matter: `make run` (the market finder in the browser) and `make test`.
# Everything is set up inside this folder (.venv/, web/node_modules/); a second run finds the stamps and installs nothing.

PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=
BENCH_ARGS ?=

VENV_BIN := .venv/bin
SETUP := "$(PYTHON)" tools/setup

.DEFAULT_GOAL := help
.PHONY: help run setup dev web web-packages browser test check types bench lock clean interpreter

help:
	@echo "make run     set up what is missing, then serve the market finder on http://127.0.0.1:$(PORT) (PORT=… changes it)"
	@echo "make test    set up what tests need, then run all of them (PYTEST_ARGS='-k gap' to choose)"
	@echo "make setup   the Python side only: gives .venv/bin/entrepot"
	@echo "make check   style, types, structure"
	@echo "make bench   time the kernels against pandas, Polars and DuckDB (BENCH_ARGS=…)"
	@echo "make types   after a change of a column or an option: its description for the browser app"
	@echo "make web     build the browser app        make lock   renew locks/        make clean   remove everything made"

run: setup web
	@exec $(VENV_BIN)/entrepot serve --port $(PORT)

setup: interpreter
	@$(SETUP)/python_env.py base

dev: interpreter
	@$(SETUP)/python_env.py dev

web: interpreter
	@$(SETUP)/web_app.py build

web-packages: interpreter
	@$(SETUP)/web_app.py packages

browser: interpreter
	@$(SETUP)/browser.py

test: dev web browser
	@echo "· unit tests of the browser app"
	@npm --prefix web run test --if-present
	@echo "· pytest"
	@$(VENV_BIN)/python -m pytest $(PYTEST_ARGS)

check: dev web-packages
	@echo "· ruff"
	@$(VENV_BIN)/ruff check --quiet .
	@$(VENV_BIN)/ruff format --check --quiet .
	@echo "· mypy"
	@$(VENV_BIN)/mypy
	@echo "· lint-imports"
	@$(VENV_BIN)/lint-imports --no-logo
	@echo "· browser app: types and style"
	@npm --prefix web run --silent check --if-present
	@npm --prefix web run --silent types:check --if-present

types: dev web-packages
	@$(VENV_BIN)/python -m entrepot.api.export_openapi web/openapi.json
	@npm --prefix web run --silent types

bench: dev
	@$(VENV_BIN)/python benchmarks/run.py $(BENCH_ARGS)

lock: dev
	@$(VENV_BIN)/python tools/setup/lock.py

clean:
	rm -rf .venv .stamps .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	rm -rf web/node_modules src/entrepot/webui/static
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# Every set-up script needs a Python new enough to read it, so this is asked in the shell.
interpreter:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "Entrepôt needs Python 3.11 or newer, and there is no '$(PYTHON)' here." >&2; \
	  echo "Install it, or name another interpreter: make PYTHON=/path/to/python3.12 …" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Entrepôt needs Python 3.11 or newer; '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1)." >&2; \
	  echo "Name a newer one: make PYTHON=python3.12 …" >&2; exit 2; }
