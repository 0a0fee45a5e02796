# make run      sets up, builds a graph from the sample articles and serves it at http://127.0.0.1:8000
# make test     sets up and runs every check
# make setup    leaves a working .venv/bin/rawabit; PYTHON=... chooses the interpreter
# make check    the checks alone, where the setup is done
# make coverage the tests, with the lines counted that they reach
# make clean    removes what was built, but not .venv

SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
STORE := store
HOST  := 127.0.0.1
PORT  := 8000
STAMP := $(VENV)/.rawabit-setup
BUILT := $(STORE)/.made-from-samples
PAGE  := api/web/index.html
PYTHON ?=
export PYTHON

# What the sample graph is made from and by: a change in any of these builds it anew.
INPUTS := $(shell find seeds graph -name '*.csv' -o -name '*.txt' -o -name '*.jsonl' -o -name '*.py' \
	-o -name '*.yaml' -o -name '*.ttl')
PAGE_INPUTS := .ci/page $(shell find web -path web/node_modules -prune -o -type f -print)

TESTS := $(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

.PHONY: setup run test check coverage clean

setup: $(STAMP) $(PAGE)

$(STAMP): pyproject.toml
	@.ci/setup $(VENV)
	@touch $@

# The data and the interface are of use without the page, so a page that cannot be built stops nothing; / says so.
$(PAGE): $(STAMP) $(PAGE_INPUTS)
	@.ci/page $(VENV) && touch $@ || echo "The page could not be built: http://$(HOST):$(PORT)/ will say how." >&2

run: $(BUILT) $(PAGE)
	@exec $(BIN)/rawabit serve --store $(STORE) --host $(HOST) --port $(PORT)

$(BUILT): $(STAMP) $(INPUTS)
	$(BIN)/rawabit build seeds/documents --store $(STORE)
	@touch $@

test: setup
	@.ci/peers $(VENV) .peers
	@$(MAKE) --no-print-directory check

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(TESTS)

# Counting lines makes all that runs slower by half, so it is asked for.
coverage: setup
	@.ci/peers $(VENV) .peers
	$(TESTS) --cov --cov-report=term:skip-covered

clean:
	rm -rf $(STORE) out dist build api/web htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
