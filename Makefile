# Everything a person or a CI run does with crmtui, from a fresh checkout.

VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
RELEASE ?= bookworm
NODES ?= 3

.PHONY: demo test test-all check format generated lab bench screenshots dist release clean system system-demo

demo: system-demo $(STAMP)
	@$(BIN)/crmtui demo

test: system $(STAMP)
	@.ci/test $(BIN)

# What make test does, then all that takes longer: half an hour and more.
test-all: system $(STAMP)
	@.ci/test $(BIN) all

# Formatting, lint, types, the layers of the design, and what is generated is not stale.
check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.generated --check

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generated: $(STAMP)
	$(BIN)/python -m tests.generated

lab: system $(STAMP)
	$(BIN)/crmtui lab up --nodes $(NODES) --release $(RELEASE)
	$(BIN)/crmtui lab open

bench: system $(STAMP)
	$(BIN)/python -m tests.bench

screenshots: system $(STAMP)
	$(BIN)/python -m tests.screenshots

dist: $(STAMP)
	@.ci/dist $(BIN)

# A release of what is committed: make release VERSION=0.2.0
release: check
	@$(BIN)/python -m tests.release $(VERSION)

system:
	@sh .ci/system-packages

system-demo:
	@sh .ci/system-packages demo

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
