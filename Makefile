# The whole house from Python 3.11 or later, git and make.
# A line of explanation stands after ## at each target; plain `make` prints them.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-spark check docs book bench train soak lock clean
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
READY := $(VENV)/.ready
JOBS ?= auto

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "make %-11s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv with the locked dependencies and diplograph itself

# The stamp is as new as the lock and the project file, so a second run has nothing to do.
$(READY): requirements.lock pyproject.toml
	@scripts/make-venv $(VENV)
	@echo "setup: installing the locked dependencies (about 400 MB the first time)"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@echo "setup: installing diplograph itself, editable"
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: setup ## read the demo articles, print events, whose turn it is, and draw the picture
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo out/demo

test: setup ## run all tests
	@scripts/install-chromium
	@scripts/install-virtuoso || true
	@echo "test: running the tests on all cores"
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal

test-spark: setup ## run the tests of the batch room (wants a JDK 17 or 21; installs pyspark)
	@scripts/check-jdk
	@$(PIP) install --quiet --require-hashes -r requirements-spark.lock
	@DIPLOGRAPH_TEST_SPARK=1 $(BIN)/python -m pytest -q tests/batch

check: setup ## format, lint, types, layers, generated docs, then the tests
	@echo "check: ruff format"
	@$(BIN)/ruff format --check .
	@echo "check: ruff"
	@$(BIN)/ruff check .
	@echo "check: mypy"
	@$(BIN)/mypy
	@echo "check: import-linter"
	@$(BIN)/lint-imports --no-cache
	@echo "check: generated docs"
	@$(BIN)/python scripts/ontology_pages.py --check
	@$(BIN)/python scripts/docs.py --check
	@$(MAKE) test

docs: setup ## write generated help texts and outputs into README and docs/
	@$(BIN)/python scripts/ontology_pages.py --write
	@$(BIN)/python scripts/docs.py --write

book: setup ## build the documentation as HTML in out/book
	@$(BIN)/python scripts/book.py

# What wants a cluster, a package index, a checkout of others' tests or hours is started by hand.
BY_HAND := batch packaging mutation line_coverage protocol_w3c store_soak soak_reading profiles
BENCHES = $(filter-out $(BY_HAND:%=benchmarks/%.py),$(wildcard benchmarks/*.py))

bench: setup ## measure speed and size; prints one line per figure
	@set -e; for bench in $(BENCHES); do echo "bench: $$bench"; $(BIN)/python "$$bench"; done

train: setup ## train the reader's weights on tests/gold (and ../shared/corpus if there) and write their card
	@$(BIN)/python scripts/train.py

soak: setup ## run the slow tests that the everyday run leaves out
	@DIPLOGRAPH_TEST_SOAK=1 $(BIN)/python -m pytest -q -n $(JOBS) -m soak
	@$(BIN)/python benchmarks/store_soak.py 200 50 1000
	@$(BIN)/python benchmarks/soak_reading.py 3600
	@DIPLOGRAPH_TEST_SOAK=1 $(MAKE) test-spark
	@$(BIN)/python benchmarks/packaging.py --save

lock: setup ## resolve the dependencies anew and write requirements.lock
	@scripts/lock $(VENV)

clean: ## remove everything that was made here
	rm -rf $(VENV) out dist build kg .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
