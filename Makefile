# Two commands on a fresh machine (Python >= 3.11 with pip, and make): `make demo` and `make test`.
# All paths are relative, so that the checkout's own path may hold spaces.

PYTHON ?= python3
BIN := .venv/bin
PYTEST_ARGS ?= -n auto --dist loadfile

.PHONY: demo test lint format clean

demo: .venv/installed
	$(BIN)/stet demo

test: .venv/installed-test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Without pip inside: Debian keeps what `venv` needs for that in a package of its own, and pip can
# install into another environment.
.venv/bin/python:
	$(PYTHON) -m venv --without-pip .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e '.[web,notify]'
	@touch $@

.venv/installed-test: .venv/installed
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e '.[web,notify,test]'
	@touch $@
