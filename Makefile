# Everything happens in .venv, made here from the committed lock; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVAL ?= ../shared/eval

.PHONY: read test bench fmt lock single clean

read: $(VENV)/.installed
	$(BIN)/summitreader sample_corpus

test: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/pytest -n 4

bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "numpy>=2,<3"  # the scorers of the data need it
	$(BIN)/python benchmarks/run.py $(EVAL)

fmt: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

# The locks hold versions and hashes, and are made anew with this when pyproject.toml changes.
lock: $(VENV)/.made
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra all --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --extra all --extra dev --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements-dev.lock pyproject.toml

# One file that any Python 3.11 or later of this system runs: python3 dist/summitreader.pyz
single: $(VENV)/.made
	rm -rf build/single && mkdir -p build dist
	$(BIN)/python -m pip install --quiet --disable-pip-version-check shiv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target build/single --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target build/single --no-deps .
	$(BIN)/shiv --site-packages build/single --console-script summitreader --compressed --output-file dist/summitreader.pyz

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "summitreader needs Python 3.11 or later; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
